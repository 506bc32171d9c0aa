// What the screens do with the phone: one tap, one act, and the words of the toast.
import { block, type Door, type Heard, report, visits } from "./acts";
import type { App } from "./app";
import type { Model } from "./model";
import { type HouseRoute, PRACTICE } from "./route";
import type { Assignment, BlockPlan, Building, DwellingRow, Entrance, Problem } from "./types";
import { lowered } from "./words";

/** Where one stands in the house. */
export interface Spot {
  model: Model;
  assignment: Assignment;
  building: Building;
  entrance: Entrance;
}

export function spotOf(app: App, route: HouseRoute): Spot | null {
  const model = app.phone.modelOf(route.assignment);
  const assignment = model.assignment(route.assignment);
  const building = assignment?.buildings.find((each) => each.id === route.building);
  const entrance =
    building?.entrances.find((each) => each.number === route.entrance) ?? building?.entrances[0];
  return assignment && building && entrance ? { model, assignment, building, entrance } : null;
}

const doorOf = ({ assignment, building, entrance }: Spot, [dwelling, , flat]: DwellingRow): Door => ({
  round: assignment.round.id,
  entrance: entrance.id,
  dwelling,
  until: assignment.ends_at,
  about: { address: building.address, flat },
});

/** Record what was met at these flats, and show `shown` with it. */
export async function record(
  app: App,
  spot: Spot,
  flats: DwellingRow[],
  heard: Heard,
  shown: () => void,
): Promise<void> {
  const doors = flats.map((flat) => doorOf(spot, flat));
  const records = visits(doors, heard, app.phone.clock);
  const text = toast(app, flats, heard);
  if (spot.assignment.id === PRACTICE) app.phone.practise(records, text, shown);
  else await app.phone.record(records, { text, topics: heard.supports?.length === 1 }, shown);
}

function toast(app: App, flats: DwellingRow[], heard: Heard): string {
  const outcome = lowered(app.say(`outcome_${heard.outcome}`));
  if (flats.length !== 1) return app.say("flats_outcome", { n: flats.length, outcome });
  const talkers = heard.supports?.length ?? 0;
  const text = flatName(app, flats[0]?.[2] ?? "", true);
  if (talkers > 1) return app.say("flat_talked", { flat: text, n: talkers });
  return app.say(heard.corrects ? "flat_corrected" : "flat_outcome", { flat: text, outcome });
}

export function flatName(app: App, flat: string, short = false): string {
  if (!flat) return app.say("house");
  return app.say(short ? "flat_short" : "flat", { flat });
}

export async function takeBack(app: App): Promise<void> {
  const { done } = app.phone;
  if (!done) return;
  if ([...app.phone.practised.values()].some((act) => act.group === done.group)) {
    app.lessons.undid();
    app.phone.unpractise(done.group);
  } else {
    await app.phone.undo(done.group);
  }
}

export function describeBlock(app: App, building: Building, plan: BlockPlan, shown: () => void) {
  const records = block(building.id, building.address, plan, app.phone.clock);
  const text = app.say("block_kept", { address: building.address });
  return app.phone.record(records, { text, topics: false }, shown);
}

interface Reported {
  entrance: number;
  floor: number;
  flat: string;
  problem: Problem;
}

export function reportFlat(app: App, building: Building, reported: Reported, shown: () => void) {
  const records = report({ building: building.id, ...reported }, building.address, app.phone.clock);
  const text = app.say("report_kept", { flat: reported.flat });
  return app.phone.record(records, { text, topics: false }, shown);
}
