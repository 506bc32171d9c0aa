import { describe, expect, it } from "vitest";
import { dateOf, dayOf, daysToSaturday, hourOf, timeOf } from "../../../static/phone/clock";
import { Lessons } from "../../../static/phone/practice";
import type { Act } from "../../../static/phone/types";
import { type Catalogues, lowered, raised, Words } from "../../../static/phone/words";
import { clockAt, NOON } from "./fixtures";

const flats = { one: "{n} квартира", few: "{n} квартиры", many: "{n} квартир" };
const catalogues: Catalogues = {
  ru: { left: "Осталось: {n}.", today_done: flats },
  kk: { left: "Қалды: {n}.", today_done: { one: "{n} пәтер", few: "{n} пәтер", many: "{n} пәтер" } },
  en: {},
};

describe("words", () => {
  it("choose the plural form of the language", () => {
    const words = new Words(catalogues, "ru");
    expect([1, 3, 11, 25].map((n) => words.say("today_done", { n }))).toEqual([
      "1 квартира",
      "3 квартиры",
      "11 квартир",
      "25 квартир",
    ]);
    expect(new Words(catalogues, "kk").say("today_done", { n: 7 })).toBe("7 пәтер");
  });

  it("take the campaign's texts in Kazakh only where Kazakh is chosen and written", () => {
    expect(new Words(catalogues, "kk").text({ ru: "Двор", kk: "Аула" })).toBe("Аула");
    expect(new Words(catalogues, "kk").text({ ru: "Двор", kk: "" })).toBe("Двор");
    expect(new Words(catalogues, "en").text({ ru: "Двор", kk: "Аула" })).toBe("Двор");
  });

  it("begin small or large in Kazakh too", () => {
    expect([lowered("Әлі жоқ"), raised("әлі жоқ")]).toEqual(["әлі жоқ", "Әлі жоқ"]);
  });
});

describe("the campaign's clock", () => {
  it("shows the corrected moment in the campaign's zone", () => {
    expect([timeOf(NOON, clockAt(NOON)), dateOf(NOON, clockAt(NOON))]).toEqual(["12:00", "24.11"]);
    expect(dayOf(NOON, clockAt(NOON, -86_400_000))).toBe("2026-11-23");
  });

  it("finds the evening and the Saturday that people name", () => {
    const clock = clockAt(NOON);
    expect(new Date(hourOf(0, 19, clock)).toISOString()).toBe("2026-11-24T14:00:00.000Z");
    expect(daysToSaturday(clock)).toBe(4); // from Tuesday
    expect(daysToSaturday(clockAt(NOON + 4 * 86_400_000))).toBe(7);
  });
});

describe("the practice", () => {
  const act = (group: string, state: Act["state"]) => ({ group, state }) as Act;

  it("teaches a door, a talk, a floor and an undo, in this order", () => {
    const lessons = new Lessons();
    expect(lessons.next([])).toBe("door");
    expect(lessons.next([act("a", "again")])).toBe("talk");
    expect(lessons.next([act("a", "again"), act("b", "done")])).toBe("floor");
    expect(lessons.next([act("c", "again"), act("c", "again")])).toBe("undo");
    lessons.undid();
    expect(lessons.next([])).toBeNull();
  });
});
