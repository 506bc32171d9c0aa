// What headquarters and a phone say to each other (docs/sync.md), and what the phone keeps.
import type { KeptState, OutcomeCode, State, SupportCode } from "./outcomes";

export type { KeptState, OutcomeCode, State, SupportCode };

/** `[id, floor, flat, 1 | 0]`; 0 is not a dwelling. */
export type DwellingRow = [id: string, floor: number, flat: string, dwelling: 0 | 1];

export interface Entrance {
  id: string;
  number: number;
  dwellings: DwellingRow[];
}

/** As campaign/territory/models.py names them; only a block's list of flats can lack one or have one too many. */
export type BuildingKind = "block" | "private" | "other";

export interface Building {
  id: string;
  address: string;
  precinct: number | null;
  kind: BuildingKind;
  note: string;
  described: boolean;
  entrances: Entrance[];
}

export interface Texts {
  ru: string;
  kk: string;
}

export interface Round {
  id: number;
  name: string;
  script: Texts;
  theses: { ru: string[]; kk: string[] };
}

export interface Assignment {
  id: number;
  starts_at: string;
  ends_at: string;
  round: Round;
  turf: { id: number; number: number; name: string };
  buildings: Building[];
}

export interface Topic extends Texts {
  id: number;
}

export interface Pack {
  v: 1;
  now: string;
  digest: string;
  utc_offset: number;
  person: { name: string; language: string };
  candidate: Texts;
  window: { from: string; until: string; refuses: boolean } | null;
  topics: Topic[];
  assignments: Assignment[];
  states: StateRow[];
}

export type StateRow = [
  round: number,
  dwelling: string,
  state: KeptState,
  again_at: string | null,
  ordered_at: string,
  visit: string,
];

export interface BlockPlan {
  entrances: number;
  floors: number;
  flats_per_landing: number;
  first_flat: number;
  skip: string[];
}

export interface VisitItem {
  kind: "visit";
  id: string;
  round: number;
  dwelling: string;
  state: KeptState;
  again_at: string | null;
  at: string;
  acted_at: string;
  corrects: string | null;
}

export interface OpinionItem {
  kind: "opinion";
  id: string;
  round: number;
  entrance: string;
  day: string;
  replaces: string[];
  outcome?: OutcomeCode;
  support?: SupportCode;
  topics?: number[];
}

export interface BlockItem {
  kind: "block";
  id: string;
  building: string;
  at: string;
  plan: BlockPlan;
}

export type Problem = "missing" | "not_dwelling";

export interface ReportItem {
  kind: "flat-report";
  id: string;
  building: string;
  entrance: number;
  floor: number;
  flat: string;
  problem: Problem;
  at: string;
}

export type Item = VisitItem | OpinionItem | BlockItem | ReportItem;

export type Status = "accepted" | "known" | "review";

export interface Answer {
  id: string;
  status: Status;
  reason: string;
}

export interface Reply {
  v: 1;
  now: string;
  answers: Answer[];
  states: StateRow[];
  cursor: string | null;
  pack: string;
  revoked: boolean;
}

/** What a row is about, in words that need no pack: an assignment may be gone before its rows are. */
export interface About {
  address: string;
  flat: string;
}

/** One act in the queue: a door, a block, a report. Its items leave one by one, it leaves with the last. */
export interface QueueRow {
  id: string;
  group: string;
  order: number;
  added_at: string;
  ready_at: number;
  about: About;
  items: Item[];
}

/** A visit of this phone. Of its opinions only the ids are kept, so that a correction can replace them. */
export interface Act {
  id: string;
  group: string;
  round: number;
  dwelling: string;
  state: KeptState;
  again_at: string | null;
  at: string;
  acted_at: string;
  opinions: string[];
  until: string;
  received: Status | null;
  reason: string;
}

export interface ServerState {
  round: number;
  dwelling: string;
  state: KeptState;
  again_at: string | null;
  ordered_at: string;
  visit: string;
}

export interface DescribedBlock {
  building: string;
  group: string;
  plan: BlockPlan;
}

/** What went to review: the phone tells its holder, with the reason. */
export interface Reviewed {
  id: string;
  reason: string;
  about: About;
  at: string;
}

export interface Device {
  token: string;
  /** Whose phone it is; phones connected by an older version don't know it. */
  person?: string;
  name: string;
  language: string;
}

/** A half-filled answer: it survives the death of the phone. */
export interface Draft {
  round: number;
  dwelling: string;
  voters: number;
  supports: (SupportCode | null)[];
  topics: number[];
}
