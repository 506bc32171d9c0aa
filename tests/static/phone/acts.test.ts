import { describe, expect, it } from "vitest";
import { block, report, visits } from "../../../static/phone/acts";
import { SEND_MS } from "../../../static/phone/queue";
import type { OpinionItem, QueueRow, VisitItem } from "../../../static/phone/types";
import { clockAt, door, NOON } from "./fixtures";

const visitOf = (row: QueueRow | undefined) =>
  row?.items.find((item): item is VisitItem => item.kind === "visit");
const opinionsOf = (row: QueueRow | undefined) =>
  row?.items.filter((item): item is OpinionItem => item.kind === "opinion") ?? [];

describe("a tap at a door", () => {
  it("becomes one visit and one opinion that doesn't know the flat", () => {
    const { rows, acts } = visits([door()], { outcome: "no_answer" }, clockAt(NOON));
    const [opinion] = opinionsOf(rows[0]);
    expect(visitOf(rows[0])).toMatchObject({
      state: "again",
      dwelling: "d1",
      at: "2026-11-24T07:00:00.000Z",
    });
    expect(opinion).toMatchObject({ outcome: "no_answer", entrance: "e1", day: "2026-11-24", replaces: [] });
    expect(JSON.stringify(opinion)).not.toContain("d1");
    expect(acts[0]?.opinions).toEqual([opinion?.id]);
  });

  it("has a timed id for the visit and a random one for the opinion", () => {
    const { rows } = visits([door()], { outcome: "refused" }, clockAt(NOON));
    expect(rows[0]?.id[14]).toBe("7");
    expect(opinionsOf(rows[0])[0]?.id[14]).toBe("4");
  });

  it("has one opinion a voter; what was spoken of is counted once", () => {
    const heard = { outcome: "talked" as const, supports: ["for" as const, "against" as const], topics: [3] };
    const said = opinionsOf(visits([door()], heard, clockAt(NOON)).rows[0]);
    expect(said.map(({ outcome, support, topics }) => [outcome, support, topics])).toEqual([
      ["talked", undefined, undefined],
      [undefined, "for", [3]],
      [undefined, "against", []],
    ]);
  });

  it("at many doors makes a row a door in one group, sendable after the undo", () => {
    const { rows } = visits([door("d1"), door("d2"), door("d3")], { outcome: "no_answer" }, clockAt(NOON));
    expect(new Set(rows.map((row) => row.group)).size).toBe(1);
    expect(rows.map((row) => row.ready_at)).toEqual([NOON + SEND_MS, NOON + SEND_MS, NOON + SEND_MS]);
  });

  it("after midnight of the campaign's zone belongs to the next day", () => {
    const late = Date.parse("2026-11-24T19:30:00.000Z");
    expect(opinionsOf(visits([door()], { outcome: "refused" }, clockAt(late)).rows[0])[0]?.day).toBe(
      "2026-11-25",
    );
  });

  it("gives times of the phone's clock: headquarters corrects them", () => {
    const { rows } = visits([door()], { outcome: "refused" }, clockAt(NOON, 86_400_000));
    expect(visitOf(rows[0])?.at).toBe("2026-11-24T07:00:00.000Z");
    expect(opinionsOf(rows[0])[0]?.day).toBe("2026-11-24");
  });
});

describe("a correction", () => {
  it("keeps the time of the act, has its own, and replaces the opinions", () => {
    const [first] = visits([door()], { outcome: "refused" }, clockAt(NOON)).acts;
    const later = clockAt(NOON + 3_600_000);
    const { rows, acts } = visits(
      [door()],
      { outcome: "talked", supports: ["for"], corrects: first ?? null },
      later,
    );
    expect(visitOf(rows[0])).toMatchObject({
      corrects: first?.id,
      acted_at: "2026-11-24T07:00:00.000Z",
      at: "2026-11-24T08:00:00.000Z",
    });
    expect(opinionsOf(rows[0]).map((opinion) => opinion.replaces)).toEqual([
      first?.opinions,
      first?.opinions,
    ]);
    expect(acts[0]?.opinions).toHaveLength(2);
  });
});

describe("a block and a report", () => {
  it("wait in the queue like visits", () => {
    const plan = { entrances: 1, floors: 2, flats_per_landing: 2, first_flat: 1, skip: [] };
    expect(block("b1", "Толе би, 15", plan, clockAt(NOON)).rows[0]?.items[0]).toMatchObject({
      kind: "block",
      plan,
    });
    const told = { building: "b1", entrance: 1, floor: 2, flat: "5", problem: "missing" as const };
    expect(report(told, "Толе би, 15", clockAt(NOON)).rows[0]?.items[0]).toMatchObject({
      kind: "flat-report",
      ...told,
    });
  });
});
