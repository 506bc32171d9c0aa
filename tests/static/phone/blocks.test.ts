import { describe, expect, it } from "vitest";
import { entrancesOf, faultOf, skippedFlats } from "../../../static/phone/blocks";
import { dwellingId, entranceId } from "../../../static/phone/ids";
import type { BlockPlan } from "../../../static/phone/types";

const BUILDING = "0190a5f0-7c1e-7000-8000-000000000001";
const plan: BlockPlan = { entrances: 2, floors: 3, flats_per_landing: 4, first_flat: 1, skip: [] };

describe("ids of a block described without a signal", () => {
  // The same table stands in campaign/territory/blocks.py.
  it("are those that headquarters computes", () => {
    expect(entranceId(BUILDING, 1)).toBe("208204d4-69dd-5c3c-af04-d2ba383eaf0b");
    expect(entranceId(BUILDING, 2)).toBe("2410fdb1-3dcd-565e-88fa-888033c3e47a");
    expect(dwellingId(BUILDING, 1, "1")).toBe("13b1111a-dc47-5703-9977-fc886da97a3b");
    expect(dwellingId(BUILDING, 2, "37")).toBe("3b24b12d-9584-525c-b44d-128b36c9a983");
    expect(dwellingId(BUILDING, 2, "37а")).toBe("e06832c8-af0c-5d57-9013-0d2a8d421eb1");
  });
});

describe("a block from four numbers", () => {
  it("numbers flats on through the entrances, from the bottom floor up", () => {
    const [first, second] = entrancesOf(BUILDING, plan);
    expect(first?.dwellings.map(([, floor, flat]) => `${floor}:${flat}`).slice(0, 5)).toEqual([
      "1:1",
      "1:2",
      "1:3",
      "1:4",
      "2:5",
    ]);
    expect(second?.dwellings[0]?.slice(1)).toEqual([1, "13", 1]);
  });

  it("passes over the numbers that are missing", () => {
    const [, second] = entrancesOf(BUILDING, { ...plan, skip: ["13", "14"] });
    expect(second?.dwellings.map(([, , flat]) => flat).slice(0, 3)).toEqual(["15", "16", "17"]);
  });

  it("says which number to correct", () => {
    expect(faultOf(plan)).toBeNull();
    expect(faultOf({ ...plan, floors: Number.NaN })).toEqual({ field: "floors", low: 1, high: 40 });
    expect(faultOf({ ...plan, entrances: 30, floors: 40, flats_per_landing: 10 })).toEqual({ field: "many" });
    expect(faultOf({ ...plan, skip: ["25"] })).toEqual({ field: "skip", flat: "25" });
  });

  it("reads missing numbers as people type them", () => {
    expect(skippedFlats(" 13, 26;13 ")).toEqual(["13", "26"]);
  });
});
