import { describe, expect, it } from "vitest";
import { beneath, chain, house, type Route, read, write } from "../../../static/phone/route";

const flat: Route = { ...house(7, "b1", 3), flat: "d1", sheet: "talk", mode: "correct" };

describe("addresses", () => {
  const routes: Route[] = [
    { at: "home" },
    { at: "queue" },
    { at: "settings" },
    { at: "script", assignment: 7 },
    { at: "describe", assignment: 7, building: "b1" },
    { at: "report", assignment: 7, building: "b1", entrance: 3 },
    house(7, "b1", 3),
    flat,
    { ...house(0, "practice", 1), sheet: "menu" },
  ];
  it.each(routes.map((route) => [write(route), route] as const))(
    "%s leads back to where it was",
    (hash, route) => {
      expect(read(hash)).toEqual(route);
    },
  );

  it.each(["", "#", "#/nowhere", "#/house/x/b1/3", "#/house/7", "#/script/"])("%s leads home", (hash) => {
    expect(read(hash)).toEqual({ at: "home" });
  });
});

describe("what lies beneath", () => {
  it("is the sheet of outcomes under the talk, the house under it, home under the house", () => {
    expect(chain(flat).map(write)).toEqual([
      "#/house/7/b1/3",
      "#/house/7/b1/3/d1/outcome/correct",
      "#/house/7/b1/3/d1/talk/correct",
    ]);
    expect(beneath({ at: "report", assignment: 7, building: "b1", entrance: 3 })).toEqual(house(7, "b1", 3));
  });
});
