// What a tap becomes: the visit that the flat keeps, and the opinions that don't know the flat.
import { type Clock, dayOf, iso } from "./clock";
import { randomId, timedId } from "./ids";
import { STATE_OF } from "./outcomes";
import { type Records, SEND_MS } from "./queue";
import type {
  About,
  Act,
  BlockPlan,
  Item,
  OpinionItem,
  OutcomeCode,
  QueueRow,
  ReportItem,
  SupportCode,
  VisitItem,
} from "./types";

export interface Door {
  round: number;
  entrance: string;
  dwelling: string;
  /** End of the assignment: until then the phone keeps which opinions are its visit's. */
  until: string;
  about: About;
}

export interface Heard {
  outcome: OutcomeCode;
  supports?: SupportCode[];
  topics?: number[];
  again_at?: string | null;
  /** The visit that this one corrects. */
  corrects?: Act | null;
}

/** One act at one or many doors: each door gets its own visit and opinion, an undo takes all. */
export function visits(doors: Door[], heard: Heard, clock: Clock): Records {
  const group = timedId();
  const pairs = doors.map((door) => visit(door, heard, clock, group));
  return { rows: pairs.map((pair) => pair.row), acts: pairs.map((pair) => pair.act) };
}

function visit(door: Door, heard: Heard, clock: Clock, group: string): { row: QueueRow; act: Act } {
  const id = timedId();
  const now = clock.now();
  const at = iso(now);
  const corrected = heard.corrects ?? null;
  const state = STATE_OF[heard.outcome];
  const kept = { round: door.round, dwelling: door.dwelling, state, again_at: heard.again_at ?? null, at };
  const acted_at = corrected?.acted_at ?? at;
  const item: VisitItem = { kind: "visit", id, ...kept, acted_at, corrects: corrected?.id ?? null };
  // The day as the phone has it: headquarters corrects it, like every other time.
  const day = dayOf(Date.parse(acted_at), { ...clock, error: 0 });
  const said = opinions(door, heard, day, corrected?.opinions ?? []);
  const act = {
    id,
    group,
    ...kept,
    acted_at,
    opinions: said.map((opinion) => opinion.id),
    until: door.until,
  };
  return {
    row: rowOf(id, group, now, door.about, [item, ...said]),
    act: { ...act, received: null, reason: "" },
  };
}

function opinions(door: Door, heard: Heard, day: string, replaces: string[]): OpinionItem[] {
  const base = { kind: "opinion" as const, round: door.round, entrance: door.entrance, day, replaces };
  const outcome = { ...base, id: randomId(), outcome: heard.outcome };
  // What was spoken of is one conversation's: the first voter's row carries it, or topics would count twice.
  const voters = (heard.supports ?? []).map((support, index) => {
    return { ...base, id: randomId(), support, topics: index === 0 ? (heard.topics ?? []) : [] };
  });
  return [outcome, ...voters];
}

export function block(building: string, address: string, plan: BlockPlan, clock: Clock): Records {
  const id = timedId();
  const now = clock.now();
  const item: Item = { kind: "block", id, building, at: iso(now), plan };
  const rows = [rowOf(id, id, now, { address, flat: "" }, [item])];
  return { rows, acts: [], block: { building, group: id, plan } };
}

export function report(
  report: Omit<ReportItem, "kind" | "id" | "at">,
  address: string,
  clock: Clock,
): Records {
  const id = timedId();
  const now = clock.now();
  const item: ReportItem = { kind: "flat-report", id, ...report, at: iso(now) };
  return { rows: [rowOf(id, id, now, { address, flat: report.flat }, [item])], acts: [] };
}

let counter = 0;

function rowOf(id: string, group: string, now: number, about: About, items: Item[]): QueueRow {
  counter += 1;
  return {
    id,
    group,
    order: now * 1000 + (counter % 1000),
    added_at: iso(now),
    ready_at: now + SEND_MS,
    about,
    items,
  };
}
