// A flat that the list doesn't have: where it is, and its number.
import { useState } from "preact/hooks";
import { useApp } from "../app";
import { reportFlat } from "../doing";
import { Alarm, Head, Strip } from "../parts";
import type { Building } from "../types";

export function ReportScreen({ building, entrance }: { building: Building; entrance: number }) {
  const app = useApp();
  const [floor, setFloor] = useState("");
  const [flat, setFlat] = useState("");
  const [asked, ask] = useState(false);
  const floorWrong = !/^\d{1,2}$/.test(floor.trim());
  const flatWrong = flat.trim() === "" || flat.trim().length > 10;
  const save = () => {
    ask(true);
    if (floorWrong || flatWrong) return document.getElementById(floorWrong ? "f-floor" : "f-flat")?.focus();
    const reported = { entrance, floor: Number(floor), flat: flat.trim(), problem: "missing" as const };
    return reportFlat(app, building, reported, () => app.nav.back());
  };
  return (
    <>
      <Head
        title={app.say("report_missing")}
        sub={`${building.address} · ${app.say("entrance_n", { n: entrance })}`}
      />
      <Strip />
      <div class="pages">
        <p>{app.say("report_text")}</p>
        <Field
          id="f-floor"
          label={app.say("report_floor")}
          value={floor}
          onType={setFloor}
          wrong={asked && floorWrong}
          numeric
        />
        <Field
          id="f-flat"
          label={app.say("report_flat")}
          value={flat}
          onType={setFlat}
          wrong={asked && flatWrong}
        />
      </div>
      <Alarm />
      <div class="dock big">
        <button type="button" class="btn main" onClick={save}>
          {app.say("report_send")}
        </button>
      </div>
    </>
  );
}

interface FieldProps {
  id: string;
  label: string;
  value: string;
  wrong: boolean;
  numeric?: boolean;
  onType: (value: string) => void;
}

function Field({ id, label, value, wrong, numeric = false, onType }: FieldProps) {
  const app = useApp();
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for={id}>{label}</label>
      {wrong && <p class="err">{app.say("write_number")}</p>}
      <input
        class="in"
        id={id}
        inputMode={numeric ? "numeric" : "text"}
        autocomplete="off"
        value={value}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </div>
  );
}
