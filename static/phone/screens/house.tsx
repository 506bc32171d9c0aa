// A block as people see it: entrances in tabs, floors one over another, flats in a row.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type App, useApp } from "../app";
import { record, type Spot, spotOf } from "../doing";
import { type Floor, floorsOf, isClosed } from "../model";
import { Alarm, Head, IconButton, Strip, Toast } from "../parts";
import { type HouseRoute, house, PRACTICE } from "../route";
import type { DwellingRow } from "../types";
import { HouseDock } from "./dock";
import { FlatCell } from "./flat";
import { WindowNotice } from "./notices";
import { HouseSheets } from "./sheets";

/** What is chosen in the house: flats of a floor, or one by one. */
export interface Picked {
  floor: number | null;
  flats: ReadonlySet<string>;
}

export function HouseScreen({ route }: { route: HouseRoute }) {
  const app = useApp();
  const spot = spotOf(app, route);
  const [picked, pick] = useState<Picked | null>(null);
  useEffect(() => pick(null), [route.building, route.entrance]);
  if (!spot) return <Gone />;
  const sheets = (
    <HouseSheets spot={spot} route={route} startPicking={() => pick({ floor: null, flats: new Set() })} />
  );
  if (route.sheet === "talk" || route.sheet === "cheer") return sheets;
  const chosen = picked ? spot.entrance.dwellings.filter(([id]) => picked.flats.has(id)) : [];
  return (
    <>
      <div class="under" aria-hidden={route.sheet !== null}>
        <HouseHead spot={spot} route={route} />
        <Strip />
        <WindowNotice />
        <Tabs spot={spot} route={route} />
        <Floors spot={spot} picked={picked} pick={pick} route={route} />
        <Toast />
        {route.sheet === null && <Alarm />}
        <HouseDock spot={spot} route={route} picked={picked} chosen={chosen} pick={pick} />
      </div>
      {sheets}
    </>
  );
}

/** The assignment ended or was taken away while the page stood here. */
function Gone() {
  const app = useApp();
  return (
    <>
      <Head title={app.say("gone_title")} />
      <Strip />
      <div class="pages">
        <p>{app.say("gone_text")}</p>
      </div>
      <div class="dock big">
        <button type="button" class="btn main" onClick={() => app.nav.turn({ at: "home" })}>
          {app.say("to_home")}
        </button>
      </div>
    </>
  );
}

function HouseHead({ spot, route }: { spot: Spot; route: HouseRoute }) {
  const app = useApp();
  const { building, assignment } = spot;
  const practice = assignment.id === PRACTICE;
  const title = practice ? app.say("practice") : building.address;
  const sub = practice ? app.say("practice_sub") : subtitle(app, spot);
  return (
    <Head title={title} sub={sub}>
      <IconButton
        icon="ellipsis-vertical"
        label={app.say("more_acts")}
        onClick={() => app.nav.go({ ...route, flat: null, sheet: "menu", mode: null })}
      />
    </Head>
  );
}

function subtitle(app: App, { building, assignment }: Spot): string {
  const precinct = building.precinct
    ? app.say("precinct_n", { n: building.precinct })
    : turfName(app, assignment.turf);
  return `${precinct} · ${assignment.round.name}`;
}

export const turfName = (app: App, turf: { number: number; name: string }): string =>
  turf.name || app.say("turf_n", { n: turf.number });

function Tabs({ spot, route }: { spot: Spot; route: HouseRoute }) {
  const app = useApp();
  const { entrances } = spot.building;
  if (entrances.length < 2) return null;
  return (
    <div class={entrances.length > 4 ? "tabs many" : "tabs"} role="tablist" aria-label={app.say("entrances")}>
      {entrances.map((entrance) => {
        const { closed, all } = spot.model.progress(spot.assignment.round.id, entrance.dwellings);
        return (
          <button
            type="button"
            key={entrance.id}
            role="tab"
            class={closed === all ? "full" : ""}
            aria-selected={entrance === spot.entrance}
            onClick={() => app.nav.turn(house(route.assignment, route.building, entrance.number))}
          >
            <b>{entrance.number}</b>
            <span>{app.say("of", { n: closed, all })}</span>
          </button>
        );
      })}
    </div>
  );
}

interface FloorsProps {
  spot: Spot;
  route: HouseRoute;
  picked: Picked | null;
  pick: (picked: Picked | null) => void;
}

function Floors({ spot, route, picked, pick }: FloorsProps) {
  const floors = floorsOf(spot.entrance);
  const shape = spot.entrance.dwellings.length === 1 ? "solo" : floors.length > 6 ? "" : "fit";
  return (
    <div class={`house ${shape}`}>
      {floors.map((floor) => (
        <FloorRow key={floor.floor} floor={floor} spot={spot} route={route} picked={picked} pick={pick} />
      ))}
    </div>
  );
}

function FloorRow({ floor, spot, route, picked, pick }: FloorsProps & { floor: Floor }) {
  const app = useApp();
  const on = picked?.floor === floor.floor;
  const tap = useSteady((id: string) => {
    if (picked) pick(toggled(picked, id));
    else app.nav.go({ ...route, flat: id, sheet: "outcome", mode: null });
  });
  return (
    <div class={on ? "floor on" : "floor"}>
      <button
        type="button"
        class="lift"
        aria-pressed={on}
        aria-label={`${floor.floor} ${app.say("floor")}: ${app.say("floor_pick")}`}
        onClick={() => pick(on ? null : { floor: floor.floor, flats: unanswered(spot, floor.dwellings) })}
      >
        <b>{floor.floor}</b> <span>{app.say("floor")}</span>
      </button>
      <div class="flats">
        {floor.dwellings.map((dwelling) => (
          <FlatCell
            key={dwelling[0]}
            dwelling={dwelling}
            state={spot.model.flat(spot.assignment.round.id, dwelling)}
            picked={picked?.flats.has(dwelling[0]) ?? false}
            onTap={tap}
          />
        ))}
      </div>
    </div>
  );
}

/** The same function at every drawing, with the newest thoughts: flats that did not change need no drawing. */
function useSteady(act: (id: string) => void): (id: string) => void {
  const newest = useRef(act);
  newest.current = act;
  return useCallback((id) => newest.current(id), []);
}

/** The flats of a floor that nobody has been at; when there are none, those to try again. */
function unanswered(spot: Spot, dwellings: DwellingRow[]): Set<string> {
  const states = dwellings.map((each) => ({
    id: each[0],
    state: spot.model.flat(spot.assignment.round.id, each).state,
  }));
  const fresh = states.filter(({ state }) => state === "none");
  const again = states.filter(({ state }) => !isClosed(state));
  return new Set((fresh.length ? fresh : again).map(({ id }) => id));
}

function toggled(picked: Picked, id: string): Picked {
  const flats = new Set(picked.flats);
  if (!flats.delete(id)) flats.add(id);
  return { floor: null, flats };
}

export function recordMany(
  app: App,
  spot: Spot,
  flats: DwellingRow[],
  outcome: "no_answer" | "no_access",
  shown: () => void,
) {
  return flats.length > 0 && record(app, spot, flats, { outcome }, shown);
}
