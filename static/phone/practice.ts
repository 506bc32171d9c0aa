// An entrance to practise in: the same house, nothing of it is kept or sent.
import { PRACTICE } from "./route";
import type { Act, Building, DwellingRow, Pack } from "./types";

export const PRACTICE_BUILDING = "practice";
const FLOORS = 4;
const LANDING = 4;

export function practicePack(): Pack {
  const dwellings = Array.from({ length: FLOORS * LANDING }, (_, index): DwellingRow => {
    return [`practice-${index + 1}`, 1 + Math.floor(index / LANDING), String(index + 1), 1];
  });
  const building: Building = {
    id: PRACTICE_BUILDING,
    address: "",
    precinct: null,
    kind: "block",
    note: "",
    described: true,
    entrances: [{ id: "practice", number: 1, dwellings }],
  };
  const round = { id: PRACTICE, name: "", script: { ru: "", kk: "" }, theses: { ru: [], kk: [] } };
  return {
    v: 1,
    now: "",
    digest: "",
    utc_offset: 0,
    person: { name: "", language: "" },
    candidate: { ru: "", kk: "" },
    window: null,
    topics: [],
    states: [],
    assignments: [
      {
        id: PRACTICE,
        starts_at: "",
        ends_at: "",
        round,
        turf: { id: 0, number: 0, name: "" },
        buildings: [building],
      },
    ],
  };
}

/** What the minute teaches, in order: a closed door, a talk, a whole floor, a correction by undo. */
export const LESSONS = ["door", "talk", "floor", "undo"] as const;
export type Lesson = (typeof LESSONS)[number];

export class Lessons {
  readonly #learnt = new Set<Lesson>();

  undid(): void {
    this.#learnt.add("undo");
  }

  /** The first lesson that is not learnt yet; null when all are. What was learnt stays so after an undo. */
  next(acts: Iterable<Act>): Lesson | null {
    const groups = new Map<string, Act[]>();
    for (const act of acts) groups.set(act.group, [...(groups.get(act.group) ?? []), act]);
    for (const group of groups.values()) {
      if (group.length > 1) this.#learnt.add("floor");
      else this.#learnt.add(group[0]?.state === "done" ? "talk" : "door");
    }
    return LESSONS.find((lesson) => !this.#learnt.has(lesson)) ?? null;
  }
}
