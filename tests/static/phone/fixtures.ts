// What the tests build phones from: an invented block, a clock that stands still, a server in memory.
import type { Door } from "../../../static/phone/acts";
import type { Clock } from "../../../static/phone/clock";
import type { Surroundings } from "../../../static/phone/connection";
import type { Assignment, Entrance, Pack } from "../../../static/phone/types";

export const NOON = Date.parse("2026-11-24T07:00:00.000Z"); // 12:00 in the campaign's zone

export const clockAt = (now: number, error = 0): Clock => ({ now: () => now, error, offset: 300 });

export const entrance: Entrance = {
  id: "e1",
  number: 1,
  dwellings: [
    ["d1", 1, "1", 1],
    ["d2", 1, "2", 1],
    ["d3", 2, "3", 1],
    ["d4", 2, "4", 0],
  ],
};

export const door = (dwelling = "d1"): Door => ({
  round: 2,
  entrance: "e1",
  dwelling,
  until: "2026-11-24T16:00:00.000Z",
  about: { address: "Толе би, 13/12", flat: dwelling.slice(1) },
});

export const assignment: Assignment = {
  id: 7,
  starts_at: "2026-11-24T05:00:00.000Z",
  ends_at: "2026-11-24T16:00:00.000Z",
  round: { id: 2, name: "Первый обход", script: { ru: "", kk: "" }, theses: { ru: [], kk: [] } },
  turf: { id: 4, number: 4, name: "" },
  buildings: [
    {
      id: "0190a5f0-7c1e-7000-8000-000000000001",
      address: "Толе би, 13/12",
      precinct: 13,
      kind: "block",
      note: "",
      described: true,
      entrances: [entrance],
    },
  ],
};

export const pack: Pack = {
  v: 1,
  now: "2026-11-24T07:00:00.000Z",
  digest: "one",
  utc_offset: 300,
  person: { name: "Айгерим С.", language: "ru" },
  candidate: { ru: "", kk: "" },
  window: null,
  topics: [],
  assignments: [assignment],
  states: [],
};

/** Surroundings whose clock is turned by hand and whose timers never ring by themselves. */
export function surroundings(fetch: Surroundings["fetch"], now = NOON): Surroundings & { clock: number } {
  const around = {
    clock: now,
    fetch,
    now: () => around.clock,
    online: () => true,
    later: () => () => undefined,
  };
  return around;
}
