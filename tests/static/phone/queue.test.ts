import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { visits } from "../../../static/phone/acts";
import { isReady, Queue, readyRows, SEND_MS, UNDO_MS } from "../../../static/phone/queue";
import { Store } from "../../../static/phone/store";
import type { Answer, QueueRow, Reply } from "../../../static/phone/types";
import { assignment, clockAt, door, NOON, pack } from "./fixtures";

let store: Store;
let queue: Queue;
let count = 0;

beforeEach(() => {
  count += 1;
  store = new Store(`queue-${count}`);
  queue = new Queue(store);
});

async function put(dwelling = "d1", outcome: "refused" | "talked" = "refused"): Promise<QueueRow> {
  const supports = outcome === "talked" ? { supports: ["for" as const] } : {};
  const records = visits([door(dwelling)], { outcome, ...supports }, clockAt(NOON));
  await queue.put(records);
  return records.rows[0] as QueueRow;
}

const reply = (answers: Answer[], part: Partial<Reply> = {}): Reply => {
  return { v: 1, now: "", answers, states: [], cursor: "c1", pack: "one", revoked: false, ...part };
};
const saying = (status: Answer["status"], ids: string[], reason = ""): Answer[] =>
  ids.map((id) => ({ id, status, reason }));
const idsOf = (row: QueueRow): string[] => row.items.map((item) => item.id);

describe("the queue", () => {
  it("keeps a row until headquarters has named each of its items", async () => {
    const row = await put();
    const [visit = "", opinion = ""] = idsOf(row);
    await queue.answered(reply(saying("accepted", [visit])), 0);
    expect((await store.all("queue")).map(idsOf)).toEqual([[opinion]]);
    await queue.answered(reply(saying("known", [opinion])), 0);
    expect(await store.all("queue")).toEqual([]);
  });

  it("keeps what an answer doesn't name, or names with a word it doesn't know", async () => {
    const row = await put();
    await queue.answered(reply(saying("refused" as Answer["status"], idsOf(row))), 0);
    await queue.answered(reply(saying("accepted", ["somebody else's"])), 0);
    expect((await store.all("queue")).map(idsOf)).toEqual([idsOf(row)]);
  });

  it("keeps the ids of a visit's opinions, and of a reviewed one the reason", async () => {
    const row = await put();
    await queue.answered(reply(saying("review", idsOf(row), "outside_window")), 0);
    const [act] = await store.all("acts");
    expect(act).toMatchObject({
      id: row.id,
      received: "review",
      reason: "outside_window",
      opinions: [idsOf(row)[1]],
    });
    expect(await store.all("reviews")).toMatchObject([{ id: row.id, reason: "outside_window" }]);
  });

  it("takes others' states, cursor and clock error in the same stroke", async () => {
    await queue.answered(
      reply([], { states: [[2, "d3", "never", null, "2026-11-24T06:00:00.000Z", "v"]] }),
      1500,
    );
    expect(await store.all("states")).toMatchObject([{ round: 2, dwelling: "d3", state: "never" }]);
    expect([await store.kept("cursor"), await store.kept("clockError")]).toEqual(["c1", 1500]);
  });

  it("undoes within ten seconds, and not after", async () => {
    const row = await put();
    expect(await queue.undo(row.group, NOON + UNDO_MS)).toBe(false);
    expect(await store.all("queue")).toHaveLength(1);
    expect(await queue.undo(row.group, NOON + UNDO_MS - 1)).toBe(true);
    expect([await store.all("queue"), await store.all("acts")]).toEqual([[], []]);
  });

  it("sends nothing at the moment in which an undo may still be on its way", async () => {
    const row = await put();
    expect(SEND_MS).toBeGreaterThan(UNDO_MS);
    for (let late = 0; late < SEND_MS - UNDO_MS; late += 100) {
      expect(readyRows([row], NOON + UNDO_MS + late)).toEqual([]);
      expect(await queue.undo(row.group, NOON + UNDO_MS + late)).toBe(false);
    }
    expect(readyRows([row], NOON + SEND_MS)).toEqual([row]);
  });

  it("puts topics into the voter's opinion while it may still be changed", async () => {
    const row = await put("d1", "talked");
    await queue.setTopics(row.group, [4, 5], NOON + 5000);
    const [kept] = await store.all("queue");
    expect(kept?.items[2]).toMatchObject({ support: "for", topics: [4, 5] });
    expect(kept?.ready_at).toBe(NOON + 5000 + SEND_MS);
    expect(await queue.setTopics(row.group, [6], NOON + 60_000)).toBeNull();
  });

  it("sends in the order of the taps, and a clock turned back holds nothing up", async () => {
    const [first, second] = [await put("d1"), await put("d2")];
    expect(readyRows([second, first], NOON + SEND_MS).map((row) => row.id)).toEqual([first.id, second.id]);
    expect(isReady(first, NOON)).toBe(false);
    expect(isReady(first, NOON - 86_400_000)).toBe(true);
  });

  it("forgets whose opinions are whose when the assignment has ended and nothing waits", async () => {
    const [sent, waiting] = [await put("d1"), await put("d2")];
    await queue.answered(reply(saying("accepted", idsOf(sent))), 0);
    await queue.packed(pack, Date.parse(assignment.ends_at) - 1);
    expect(await store.all("acts")).toHaveLength(2);
    await queue.packed(pack, Date.parse(assignment.ends_at) + 1);
    expect((await store.all("acts")).map((act) => act.id)).toEqual([waiting.id]);
  });
});
