import { describe, expect, it } from "vitest";
import { visits } from "../../../static/phone/acts";
import { floorsOf, type Kept, Model } from "../../../static/phone/model";
import type { Act, DwellingRow, QueueRow, ServerState } from "../../../static/phone/types";
import { assignment, clockAt, door, entrance, NOON, pack } from "./fixtures";

const flat = entrance.dwellings[0] as DwellingRow;

function kept(part: Partial<Kept> = {}): Kept {
  return {
    pack,
    rows: new Map(),
    acts: new Map(),
    states: new Map(),
    blocks: new Map(),
    clockError: 0,
    ...part,
  };
}

function recorded(at: number, outcome: "refused" | "no_answer" = "refused") {
  const { rows, acts } = visits([door("d1")], { outcome }, clockAt(at));
  const [row, act] = [rows[0] as QueueRow, acts[0] as Act];
  return { act, rows: new Map([[row.id, row]]), acts: new Map([[act.id, act]]) };
}

const told = (ordered_at: number, visit = "00000000-0000-7000-8000-000000000000"): Map<string, ServerState> =>
  new Map([
    [
      "2 d1",
      {
        round: 2,
        dwelling: "d1",
        state: "never",
        again_at: null,
        ordered_at: new Date(ordered_at).toISOString(),
        visit,
      },
    ],
  ]);

describe("the state of a flat", () => {
  it("is not yet without a visit, and not a dwelling where there is none", () => {
    const model = new Model(kept());
    expect(entrance.dwellings.map((each) => model.flat(2, each).state)).toEqual([
      "none",
      "none",
      "none",
      "nodw",
    ]);
  });

  it("is this phone's while it waits", () => {
    expect(new Model(kept(recorded(NOON))).flat(2, flat)).toMatchObject({ state: "done", place: "phone" });
  });

  it("is the newest by corrected time, whoever made it", () => {
    const own = recorded(NOON);
    expect(new Model(kept({ ...own, states: told(NOON + 1) })).flat(2, flat).state).toBe("never");
    expect(new Model(kept({ ...own, states: told(NOON - 1) })).flat(2, flat).state).toBe("done");
    const slow = new Model(kept({ ...own, states: told(NOON + 1), clockError: 60_000 }));
    expect(slow.flat(2, flat).state).toBe("done");
  });

  it("at the same moment is the one with the greater id", () => {
    const own = recorded(NOON);
    expect(new Model(kept({ ...own, states: told(NOON) })).flat(2, flat).state).toBe("done");
    const other = told(NOON, "ffffffff-ffff-7fff-8fff-ffffffffffff");
    expect(new Model(kept({ ...own, states: other })).flat(2, flat).state).toBe("never");
  });

  it("of a received visit stands at headquarters, of a reviewed one on review", () => {
    const { act, acts } = recorded(NOON);
    const placed = (received: Act["received"]) =>
      new Model(kept({ acts: new Map([[act.id, { ...act, received }]]) })).flat(2, flat).place;
    expect([placed("accepted"), placed("review"), acts.size]).toEqual(["headquarters", "review", 1]);
  });

  it("is of its round only", () => {
    expect(new Model(kept(recorded(NOON))).flat(3, flat).state).toBe("none");
  });
});

describe("the house", () => {
  it("has the highest floor on top", () => {
    expect(floorsOf(entrance).map(({ floor, dwellings }) => [floor, dwellings.length])).toEqual([
      [2, 2],
      [1, 2],
    ]);
  });

  it("counts what is closed, to try again, and left", () => {
    const model = new Model(kept(recorded(NOON, "no_answer")));
    expect(model.progress(2, entrance.dwellings)).toEqual({ all: 4, closed: 1, again: 1, none: 2 });
  });

  it("of a block described here is walked before headquarters knows of it", () => {
    const building = { ...assignment.buildings[0], described: false, entrances: [] };
    const blank = { ...pack, assignments: [{ ...assignment, buildings: [building] }] } as typeof pack;
    const plan = { entrances: 2, floors: 1, flats_per_landing: 3, first_flat: 1, skip: [] };
    const blocks = new Map([[building.id ?? "", { building: building.id ?? "", group: "g", plan }]]);
    const [walked] = new Model(kept({ pack: blank, blocks })).assignments[0]?.buildings ?? [];
    expect([walked?.described, walked?.entrances.map((each) => each.dwellings.length)]).toEqual([
      true,
      [3, 3],
    ]);
  });
});
