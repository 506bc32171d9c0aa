// One flat of the house: number, sign and word of its state; the clock while it is only on the phone.
import { useMemo } from "preact/hooks";
import { useApp } from "../app";
import type { FlatState } from "../model";
import { Icon } from "../parts";
import type { DwellingRow, State } from "../types";

interface FlatProps {
  dwelling: DwellingRow;
  state: FlatState;
  picked: boolean;
  onTap: (id: string) => void;
}

/** Drawn anew only when something of it changed: a house has hundreds. */
export function FlatCell({ dwelling: [id, , flat], state: { state, place }, picked, onTap }: FlatProps) {
  const { words } = useApp();
  const waits = place === "phone";
  return useMemo(
    () => <Cell id={id} flat={flat} state={state} waits={waits} picked={picked} onTap={onTap} />,
    [id, flat, state, waits, picked, onTap, words],
  );
}

interface CellProps extends Pick<FlatProps, "picked" | "onTap"> {
  id: string;
  flat: string;
  state: State;
  waits: boolean;
}

function Cell({ id, flat, state, waits, picked, onTap }: CellProps) {
  const app = useApp();
  const classes = ["flat", `s-${state}`, flat.length > 2 ? "n3" : "", picked ? "pick" : ""];
  return (
    <button
      type="button"
      class={classes.filter(Boolean).join(" ")}
      data-flat={id}
      aria-pressed={picked}
      onClick={() => onTap(id)}
    >
      <b>{flat || app.say("house")}</b>
      <Icon name={`s-${state}`} />
      <span>{app.say(`state_${state}`)}</span>
      {waits && (
        <>
          <Icon name="clock" class="q" />
          <span class="vh">{app.say("place_phone")}</span>
        </>
      )}
    </button>
  );
}
