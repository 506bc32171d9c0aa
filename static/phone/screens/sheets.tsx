// What lies over the house: the sheet of outcomes, its further pages, the menu, the lit block.
import type { Heard } from "../acts";
import { type App, momentOf, useApp } from "../app";
import { daysToSaturday, hourOf, iso } from "../clock";
import { flatName, record, reportFlat, type Spot } from "../doing";
import { type FlatState, isClosed } from "../model";
import { OUTCOMES } from "../outcomes";
import { Icon, Sheet } from "../parts";
import { type HouseRoute, type Mode, PRACTICE } from "../route";
import type { DwellingRow, OutcomeCode } from "../types";
import { Cheer } from "./cheer";
import { Menu } from "./menu";
import { Talk } from "./talk";
import { Topics } from "./topics";

interface SheetsProps {
  spot: Spot;
  route: HouseRoute;
  startPicking: () => void;
}

export function HouseSheets({ spot, route, startPicking }: SheetsProps) {
  if (route.sheet === "menu") return <Menu spot={spot} startPicking={startPicking} />;
  if (route.sheet === "topics") return <Topics />;
  if (route.sheet === "cheer") return <Cheer spot={spot} route={route} />;
  const dwelling = spot.entrance.dwellings.find(([id]) => id === route.flat);
  if (!route.sheet || !dwelling) return null;
  const door: DoorProps = {
    spot,
    route,
    dwelling,
    state: spot.model.flat(spot.assignment.round.id, dwelling),
  };
  if (route.sheet === "talk") return <Talk {...door} />;
  if (route.sheet === "more") return <MoreSheet {...door} />;
  if (route.sheet === "later") return <LaterSheet {...door} />;
  return <OutcomeSheet {...door} />;
}

export interface DoorProps {
  spot: Spot;
  route: HouseRoute;
  dwelling: DwellingRow;
  state: FlatState;
}

/** A tap at a closed flat of one's own corrects it, at one to try again it is another visit; both can be chosen. */
function modeOf({ state, route }: DoorProps): Exclude<Mode, null> {
  if (!state.act) return "new";
  return route.mode ?? (isClosed(state.state) ? "correct" : "new");
}

/** Keep what was met, close all sheets; the last window of a block lights the whole of it. */
export function saveDoor(app: App, door: DoorProps, heard: Omit<Heard, "corrects">): Promise<void> {
  const corrects = modeOf(door) === "correct" ? door.state.act : null;
  return record(app, door.spot, [door.dwelling], { ...heard, corrects }, () => {
    const cheer: HouseRoute = { ...door.route, flat: null, sheet: "cheer", mode: null };
    app.nav.close(isLit(app, door.spot) ? cheer : null);
  });
}

function isLit(app: App, { assignment, building }: Spot): boolean {
  if (assignment.id === PRACTICE || building.kind === "private") return false;
  const flats = building.entrances.flatMap((entrance) => entrance.dwellings);
  const { closed, all } = app.phone.modelOf(assignment.id).progress(assignment.round.id, flats);
  return closed === all && all > 1;
}

const ICONS = Object.fromEntries(OUTCOMES.map((outcome) => [outcome.code, outcome.icon]));
const FIRST: OutcomeCode[] = ["refused", "children", "language", "no_voters", "never"];
const FURTHER: OutcomeCode[] = ["no_access", "moved", "deceased", "not_dwelling"];

function OutcomeSheet(door: DoorProps) {
  const app = useApp();
  const go = (sheet: HouseRoute["sheet"]) => app.nav.go({ ...door.route, sheet });
  return (
    <Sheet title={flatName(app, door.dwelling[2])} sub={<Standing {...door} />}>
      <Modes {...door} />
      <div class="outc">
        <button type="button" class="ob" onClick={() => go("later")}>
          <Icon name="clock-arrow-up" />
          {app.say("outcome_come_back")}
        </button>
        {FIRST.map((code) => (
          <OutcomeButton key={code} code={code} door={door} />
        ))}
        <button type="button" class="ob wide" onClick={() => go("more")}>
          <Icon name="ellipsis" />
          {app.say("more_outcomes")}
          <Icon name="chevron-right" />
        </button>
        <button type="button" class="ob lit wide" onClick={() => go("talk")}>
          <Icon name="message-circle" />
          {app.say("outcome_talked")}
          <Icon name="chevron-right" />
        </button>
        <OutcomeButton code="no_answer" door={door} look="dusk wide" />
      </div>
    </Sheet>
  );
}

function OutcomeButton({ code, door, look = "" }: { code: OutcomeCode; door: DoorProps; look?: string }) {
  const app = useApp();
  return (
    <button
      type="button"
      class={`ob ${look}`}
      data-outcome={code}
      onClick={() => saveDoor(app, door, { outcome: code })}
    >
      <Icon name={ICONS[code] ?? "ellipsis"} />
      {app.say(`outcome_${code}`)}
    </button>
  );
}

/** Entrance, floor, and the last word about the flat with the place where it stands. */
function Standing({ spot, dwelling, state }: DoorProps) {
  const app = useApp();
  const where = app.say("entrance_floor", { entrance: spot.entrance.number, floor: dwelling[1] });
  if (state.at === null) return <>{`${where} · ${app.say("not_visited")}`}</>;
  const again = state.again_at
    ? `, ${app.say("asked_for", { when: momentOf(app, Date.parse(state.again_at)) })}`
    : "";
  return (
    <>
      {`${where} · ${app.say(`state_${state.state}`)}${again}, ${momentOf(app, state.at)} · `}
      <span class="place">
        <Icon name={state.place === "phone" ? "clock" : "check"} />
        {app.say(`place_${state.place ?? "headquarters"}`)}
      </span>
      {state.place === "review" && state.act && ` · ${app.say(`reason_${reasonOf(state.act.reason)}`)}`}
    </>
  );
}

const REASONS = [
  "outside_assignment",
  "outside_window",
  "unknown_id",
  "other_content",
  "other_description",
  "revoked_device",
  "unreadable",
  "flat_report",
] as const;

/** A reason that this version doesn't know yet is still a reason. */
export const reasonOf = (reason: string): (typeof REASONS)[number] | "other" =>
  REASONS.find((known) => known === reason) ?? "other";

function Modes(door: DoorProps) {
  const app = useApp();
  if (!door.state.act) return null;
  const mode = modeOf(door);
  return (
    <div class="pills two">
      {(["new", "correct"] as const).map((each) => (
        <button
          type="button"
          class="pill"
          key={each}
          aria-pressed={mode === each}
          onClick={() => app.nav.turn({ ...door.route, mode: each })}
        >
          {app.say(`mode_${each}`)}
        </button>
      ))}
    </div>
  );
}

function MoreSheet(door: DoorProps) {
  const app = useApp();
  const { building, entrance } = door.spot;
  const [, floor, flat] = door.dwelling;
  const tell = () => {
    const reported = { entrance: entrance.number, floor, flat, problem: "not_dwelling" as const };
    return reportFlat(app, building, reported, () => app.nav.close());
  };
  return (
    <Sheet title={flatName(app, flat)} sub={app.say("more_outcomes_sub")}>
      <div class="outc">
        {FURTHER.map((code) => (
          <OutcomeButton key={code} code={code} door={door} look="wide" />
        ))}
        {building.kind === "block" && door.spot.assignment.id !== PRACTICE && (
          <button type="button" class="ob wide" onClick={tell}>
            <Icon name="flag" />
            {app.say("report_no_flat")}
          </button>
        )}
      </div>
    </Sheet>
  );
}

function LaterSheet(door: DoorProps) {
  const app = useApp();
  const { clock } = app.phone;
  const save = (ms: number | null) =>
    saveDoor(app, door, { outcome: "come_back", again_at: ms === null ? null : iso(ms + clock.error) });
  const times = [
    { word: "today_evening", at: hourOf(0, 19, clock) },
    { word: "tomorrow_noon", at: hourOf(1, 12, clock) },
    { word: "tomorrow_evening", at: hourOf(1, 19, clock) },
    { word: "saturday_noon", at: hourOf(daysToSaturday(clock), 12, clock) },
  ] as const;
  return (
    <Sheet title={app.say("when_again")} sub={flatName(app, door.dwelling[2])}>
      <div class="outc">
        {times
          .filter(
            ({ at, word }) => at > clock.now() && (word !== "saturday_noon" || daysToSaturday(clock) > 1),
          )
          .map(({ word, at }) => (
            <button type="button" class="ob wide" key={word} onClick={() => save(at)}>
              <Icon name="clock-arrow-up" />
              {app.say(word)}
              <small>{momentOf(app, at + clock.error)}</small>
            </button>
          ))}
        <button type="button" class="ob dusk wide" onClick={() => save(null)}>
          <Icon name="s-again" />
          {app.say("when_unknown")}
        </button>
      </div>
    </Sheet>
  );
}
