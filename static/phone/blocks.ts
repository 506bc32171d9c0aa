// A block as four numbers, and the dwellings that follow from them; the server's copy is campaign/territory/blocks.py.
import { dwellingId, entranceId } from "./ids";
import type { BlockPlan, DwellingRow, Entrance } from "./types";

export const LIMITS = {
  entrances: [1, 30],
  floors: [1, 40],
  flats_per_landing: [1, 30],
  first_flat: [1, 9999],
} as const;

export type Measure = keyof typeof LIMITS;
export const MEASURES = Object.keys(LIMITS) as Measure[];
const MAX_DWELLINGS = 2000;

export const flatsPerEntrance = (plan: BlockPlan): number => plan.floors * plan.flats_per_landing;
const places = (plan: BlockPlan): number => plan.entrances * flatsPerEntrance(plan);
export const lastFlat = (plan: BlockPlan): number => plan.first_flat + places(plan) - 1;

export type PlanFault =
  | { field: Measure; low: number; high: number }
  | { field: "many" }
  | { field: "skip"; flat: string };

/** What to correct in the plan, or null when such a block can be. */
export function faultOf(plan: BlockPlan): PlanFault | null {
  for (const field of MEASURES) {
    const [low, high] = LIMITS[field];
    const value = plan[field];
    if (!Number.isInteger(value) || value < low || value > high) return { field, low, high };
  }
  if (places(plan) > MAX_DWELLINGS) return { field: "many" };
  const strange = plan.skip.find((flat) => !isFlatOf(plan, flat));
  return strange === undefined ? null : { field: "skip", flat: strange };
}

function isFlatOf(plan: BlockPlan, flat: string): boolean {
  const number = Number(flat);
  return String(number) === flat && number >= plan.first_flat && number <= lastFlat(plan);
}

/** Numbers that people type as missing: «13, 26». */
export const skippedFlats = (typed: string): string[] => [...new Set(typed.match(/[^\s,;]+/g) ?? [])];

export function entrancesOf(building: string, plan: BlockPlan): Entrance[] {
  return Array.from({ length: plan.entrances }, (_, index) => ({
    id: entranceId(building, index + 1),
    number: index + 1,
    dwellings: dwellingsOf(building, plan, index + 1),
  }));
}

function dwellingsOf(building: string, plan: BlockPlan, entrance: number): DwellingRow[] {
  const each = flatsPerEntrance(plan);
  const first = plan.first_flat + (entrance - 1) * each;
  const rows: DwellingRow[] = [];
  for (let place = 0; place < each; place++) {
    const flat = String(first + place);
    if (plan.skip.includes(flat)) continue;
    rows.push([
      dwellingId(building, entrance, flat),
      1 + Math.floor(place / plan.flats_per_landing),
      flat,
      1,
    ]);
  }
  return rows;
}
