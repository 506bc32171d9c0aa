// What is on screen, from what is kept: the pack, blocks described here, own visits over headquarters' states.
import { entrancesOf } from "./blocks";
import type {
  Act,
  Assignment,
  Building,
  DescribedBlock,
  DwellingRow,
  Entrance,
  Pack,
  QueueRow,
  ServerState,
  State,
} from "./types";

export interface Kept {
  pack: Pack | null;
  rows: Map<string, QueueRow>;
  acts: Map<string, Act>;
  states: Map<string, ServerState>;
  blocks: Map<string, DescribedBlock>;
  clockError: number;
}

/** Where the last word about a flat stands: on this phone, at headquarters, or there on review. */
export type Place = "phone" | "headquarters" | "review";

export interface FlatState {
  state: State;
  again_at: string | null;
  /** Corrected time of the visit, in milliseconds of the server's clock. */
  at: number | null;
  place: Place | null;
  /** The visit, when it is this phone's. */
  act: Act | null;
}

const UNTOUCHED: FlatState = { state: "none", again_at: null, at: null, place: null, act: null };
const NO_DWELLING: FlatState = { ...UNTOUCHED, state: "nodw" };

const doorKey = (round: number, dwelling: string): string => `${round} ${dwelling}`;

export const isClosed = (state: State): boolean => state === "done" || state === "never" || state === "nodw";

export class Model {
  readonly assignments: Assignment[];
  readonly #newest = new Map<string, Act>();

  constructor(readonly kept: Kept) {
    this.assignments = (kept.pack?.assignments ?? []).map((assignment) => described(assignment, kept.blocks));
    for (const act of kept.acts.values()) this.#order(act);
  }

  #order(act: Act): void {
    const key = doorKey(act.round, act.dwelling);
    const other = this.#newest.get(key);
    if (!other || isLater(act.at, act.id, other.at, other.id)) this.#newest.set(key, act);
  }

  assignment(id: number): Assignment | undefined {
    return this.assignments.find((assignment) => assignment.id === id);
  }

  flat(round: number, [id, , , dwelling]: DwellingRow): FlatState {
    const key = doorKey(round, id);
    const known = this.kept.states.get(key);
    const own = this.#newest.get(key);
    if (own && (!known || this.#wins(own, known))) return this.#ofOwn(own);
    if (known) return ofServer(known, own);
    return dwelling ? UNTOUCHED : NO_DWELLING;
  }

  /** The newest by corrected time of the visit, ties by id, as at headquarters. */
  #wins(own: Act, known: ServerState): boolean {
    if (own.id === known.visit) return !this.#isReceived(own);
    const at = Date.parse(own.at) + this.kept.clockError;
    const other = Date.parse(known.ordered_at);
    return at === other ? own.id > known.visit : at > other;
  }

  #isReceived(act: Act): boolean {
    return !this.kept.rows.has(act.id);
  }

  #ofOwn(act: Act): FlatState {
    const place = this.#isReceived(act) ? (act.received === "review" ? "review" : "headquarters") : "phone";
    return {
      state: act.state,
      again_at: act.again_at,
      at: Date.parse(act.at) + this.kept.clockError,
      place,
      act,
    };
  }

  progress(round: number, dwellings: DwellingRow[]): Progress {
    const progress = { all: dwellings.length, closed: 0, again: 0, none: 0 };
    for (const dwelling of dwellings) {
      const { state } = this.flat(round, dwelling);
      progress[isClosed(state) ? "closed" : state === "again" ? "again" : "none"] += 1;
    }
    return progress;
  }
}

export interface Progress {
  all: number;
  closed: number;
  again: number;
  none: number;
}

function ofServer(known: ServerState, own: Act | undefined): FlatState {
  const act = own && own.id === known.visit ? own : null;
  return {
    state: known.state,
    again_at: known.again_at,
    at: Date.parse(known.ordered_at),
    place: "headquarters",
    act,
  };
}

function isLater(at: string, id: string, otherAt: string, otherId: string): boolean {
  return at === otherAt ? id > otherId : at > otherAt;
}

function described(assignment: Assignment, blocks: Map<string, DescribedBlock>): Assignment {
  const buildings = assignment.buildings.map((building) => {
    const block = building.described ? undefined : blocks.get(building.id);
    return block
      ? { ...building, described: true, entrances: entrancesOf(building.id, block.plan) }
      : building;
  });
  return { ...assignment, buildings };
}

export const dwellingsOf = (building: Building): DwellingRow[] =>
  building.entrances.flatMap((entrance) => entrance.dwellings);

export interface Floor {
  floor: number;
  dwellings: DwellingRow[];
}

/** Floors as people see them: the highest first, flats in the order of the pack. */
export function floorsOf(entrance: Entrance): Floor[] {
  const floors = new Map<number, DwellingRow[]>();
  for (const dwelling of entrance.dwellings) {
    const row = floors.get(dwelling[1]);
    if (row) row.push(dwelling);
    else floors.set(dwelling[1], [dwelling]);
  }
  return [...floors].sort(([a], [b]) => b - a).map(([floor, dwellings]) => ({ floor, dwellings }));
}
