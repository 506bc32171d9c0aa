// A block nobody has described: four numbers at its door, with or without a signal.
import { useState } from "preact/hooks";
import { useApp } from "../app";
import {
  faultOf,
  flatsPerEntrance,
  LIMITS,
  lastFlat,
  MEASURES,
  type Measure,
  type PlanFault,
  skippedFlats,
} from "../blocks";
import { describeBlock } from "../doing";
import { Alarm, Head, Strip } from "../parts";
import { house } from "../route";
import type { BlockPlan, Building } from "../types";

type Typed = Record<Measure | "skip", string>;
const BLANK: Typed = { entrances: "", floors: "", flats_per_landing: "", first_flat: "1", skip: "" };

export function DescribeScreen({ assignment, building }: { assignment: number; building: Building }) {
  const app = useApp();
  const [typed, type] = useState(BLANK);
  const [asked, ask] = useState(false);
  const plan = planOf(typed);
  const fault = faultOf(plan);
  const save = () => {
    ask(true);
    if (fault)
      return document.getElementById(`f-${fault.field === "many" ? "entrances" : fault.field}`)?.focus();
    return describeBlock(app, building, plan, () => app.nav.turn(house(assignment, building.id, 1)));
  };
  return (
    <>
      <Head title={building.address} sub={app.say("describe_sub")} />
      <Strip />
      <div class="pages">
        <p>{app.say("describe_text")}</p>
        {MEASURES.map((measure) => (
          <NumberField
            key={measure}
            name={measure}
            value={typed[measure]}
            fault={asked ? fault : null}
            onType={(value) => type({ ...typed, [measure]: value })}
          />
        ))}
        <SkipField
          value={typed.skip}
          fault={asked ? fault : null}
          onType={(skip) => type({ ...typed, skip })}
        />
      </div>
      <Alarm />
      <div class="dock big">
        <p aria-live="polite">{fault ? app.say("describe_wait") : preview(app.say, plan)}</p>
        <button type="button" class="btn main" onClick={save}>
          {app.say("describe_save")}
        </button>
      </div>
    </>
  );
}

function planOf(typed: Typed): BlockPlan {
  const number = (measure: Measure) => (typed[measure].trim() === "" ? Number.NaN : Number(typed[measure]));
  return {
    entrances: number("entrances"),
    floors: number("floors"),
    flats_per_landing: number("flats_per_landing"),
    first_flat: number("first_flat"),
    skip: skippedFlats(typed.skip),
  };
}

function preview(say: ReturnType<typeof useApp>["say"], plan: BlockPlan): string {
  return say("describe_preview", {
    n: plan.entrances,
    each: flatsPerEntrance(plan),
    first: plan.first_flat,
    last: lastFlat(plan),
  });
}

interface FieldProps<Name> {
  name: Name;
  value: string;
  fault: PlanFault | null;
  onType: (value: string) => void;
}

function NumberField({ name, value, fault, onType }: FieldProps<Measure>) {
  const app = useApp();
  const [low, high] = LIMITS[name];
  const wrong = fault?.field === name || (fault?.field === "many" && name === "entrances");
  const message = fault?.field === "many" ? app.say("describe_many") : app.say("from_to", { low, high });
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for={`f-${name}`}>{app.say(`measure_${name}`)}</label>
      {wrong && (
        <p class="err" id={`e-${name}`}>
          {message}
        </p>
      )}
      <input
        class="in"
        id={`f-${name}`}
        inputMode="numeric"
        autocomplete="off"
        value={value}
        aria-invalid={wrong}
        aria-describedby={wrong ? `e-${name}` : undefined}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </div>
  );
}

function SkipField({ value, fault, onType }: Omit<FieldProps<"skip">, "name">) {
  const app = useApp();
  const wrong = fault?.field === "skip";
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for="f-skip">
        {app.say("measure_skip")} <span class="optional">({app.say("may_skip")})</span>
      </label>
      {wrong && <p class="err">{app.say("describe_strange", { flat: fault.flat })}</p>}
      <input
        class="in"
        id="f-skip"
        inputMode="decimal"
        autocomplete="off"
        value={value}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </div>
  );
}
