// One flat of the house: number, sign and word of its state; the clock while it is only on the phone.
import { useApp } from "../app";
import type { FlatState } from "../model";
import { Icon } from "../parts";
import type { DwellingRow } from "../types";

interface FlatProps {
  dwelling: DwellingRow;
  state: FlatState;
  picked: boolean;
  onTap: () => void;
}

export function FlatCell({ dwelling: [id, , flat], state, picked, onTap }: FlatProps) {
  const app = useApp();
  const classes = ["flat", `s-${state.state}`, flat.length > 2 ? "n3" : "", picked ? "pick" : ""];
  return (
    <button
      type="button"
      class={classes.filter(Boolean).join(" ")}
      data-flat={id}
      aria-pressed={picked}
      onClick={onTap}
    >
      <b>{flat || app.say("house")}</b>
      <Icon name={`s-${state.state}`} />
      <span>{app.say(`state_${state.state}`)}</span>
      {state.place === "phone" && (
        <>
          <Icon name="clock" class="q" />
          <span class="vh">{app.say("place_phone")}</span>
        </>
      )}
    </button>
  );
}
