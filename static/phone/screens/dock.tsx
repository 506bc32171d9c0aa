// What lies under the thumb in the house: the choice, the gladness, or what to say at the door.
import { type App, useApp } from "../app";
import { flatName, type Spot } from "../doing";
import { isClosed } from "../model";
import { Icon } from "../parts";
import { PRACTICE_BUILDING } from "../practice";
import { type HouseRoute, house, type Route } from "../route";
import type { Building, DwellingRow } from "../types";
import { type Picked, recordMany } from "./house";
import { Coach } from "./practice";

interface DockProps {
  spot: Spot;
  route: HouseRoute;
  picked: Picked | null;
  chosen: DwellingRow[];
  pick: (picked: Picked | null) => void;
}

export function HouseDock({ spot, route, picked, chosen, pick }: DockProps) {
  if (picked) return <PickedDock spot={spot} picked={picked} chosen={chosen} pick={pick} />;
  if (spot.building.id === PRACTICE_BUILDING) return <Coach />;
  const { none, again, all } = spot.model.progress(spot.assignment.round.id, spot.entrance.dwellings);
  if (all > 0 && none === 0) return <WalkedDock spot={spot} route={route} again={again} />;
  return <IdleDock spot={spot} startPicking={() => pick({ floor: null, flats: new Set() })} />;
}

function PickedDock({
  spot,
  picked,
  chosen,
  pick,
}: Omit<DockProps, "route" | "picked"> & { picked: Picked }) {
  const app = useApp();
  const flats = chosen.map(([, , flat]) => flat).join(", ");
  const title = picked.floor === null ? "picked_flats" : "picked_floor";
  const save = () => recordMany(app, spot, chosen, "no_answer", () => pick(null));
  return (
    <div class="dock big">
      <p>
        <strong>
          {chosen.length ? app.say(title, { floor: picked.floor ?? "", flats }) : app.say("pick_flats")}
        </strong>
      </p>
      <div class="pair">
        <button type="button" class="btn main" disabled={chosen.length === 0} onClick={save}>
          <Icon name="rotate-ccw" />
          {app.say("outcome_no_answer")}
        </button>
        <button type="button" class="btn" onClick={() => pick(null)}>
          {app.say("cancel")}
        </button>
      </div>
    </div>
  );
}

function IdleDock({ spot, startPicking }: { spot: Spot; startPicking: () => void }) {
  const app = useApp();
  return (
    <div class="dock big">
      <div class="pair even">
        <button
          type="button"
          class="btn"
          onClick={() => app.nav.go({ at: "script", assignment: spot.assignment.id })}
        >
          <Icon name="book-open" />
          {app.say("what_to_say")}
        </button>
        {spot.entrance.dwellings.length > 1 && (
          <button type="button" class="btn" onClick={startPicking}>
            <Icon name="list-checks" />
            {app.say("pick_many")}
          </button>
        )}
      </div>
    </div>
  );
}

/** Nobody is left out: all lit, or some to come back to; and where to next. */
function WalkedDock({ spot, route, again }: { spot: Spot; route: HouseRoute; again: number }) {
  const app = useApp();
  const next = nextStep(spot, route);
  return (
    <div class="dock big">
      <p class={again ? "glad dim" : "glad"}>
        <Icon name={again ? "s-again" : "s-done"} />
        <span>
          <strong>{walked(app, spot)}</strong>
          <br />
          {again ? app.say("come_back_to", { flats: toTryAgain(app, spot) }) : app.say("all_lit")}
        </span>
      </p>
      <button type="button" class="btn main" onClick={() => app.nav.turn(next?.route ?? { at: "home" })}>
        {next ? app.say("next", { name: nextName(app, next) }) : app.say("to_home")}
        <Icon name="arrow-right" />
      </button>
    </div>
  );
}

const walked = (app: App, { building, entrance }: Spot): string =>
  building.entrances.length > 1
    ? app.say("entrance_walked", { n: entrance.number })
    : app.say("building_walked");

const MOST_NAMED = 8;

function toTryAgain(app: App, spot: Spot): string {
  const open = spot.entrance.dwellings.filter(
    (each) => !isClosed(spot.model.flat(spot.assignment.round.id, each).state),
  );
  const names = open.slice(0, MOST_NAMED).map(([, , flat]) => flat || flatName(app, flat));
  return names.join(", ") + (open.length > MOST_NAMED ? "…" : "");
}

export interface Next {
  building: Building;
  entrance: number | null;
  route: Route;
}

const nextName = (app: App, next: Next): string =>
  next.entrance === null ? next.building.address : app.say("entrance_n", { n: next.entrance });

/** The next entrance where somebody was not met yet, else the next building of the turf. */
export function nextStep({ model, assignment, building, entrance }: Spot, route: HouseRoute): Next | null {
  const fresh = (dwellings: DwellingRow[]) => model.progress(assignment.round.id, dwellings).none > 0;
  const here = building.entrances.find((each) => each !== entrance && fresh(each.dwellings));
  if (here)
    return { building, entrance: here.number, route: house(route.assignment, building.id, here.number) };
  const there = assignment.buildings.find(
    (each) =>
      each.id !== building.id && (!each.described || each.entrances.some((one) => fresh(one.dwellings))),
  );
  return there ? { building: there, entrance: null, route: into(route.assignment, there) } : null;
}

/** Where a tap at a building leads: into the house, or to its description. */
export const into = (assignment: number, building: Building): Route =>
  building.described
    ? house(assignment, building.id, building.entrances[0]?.number ?? 1)
    : { at: "describe", assignment, building: building.id };
