import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { block, report, visits } from "../../../static/phone/acts";
import { Phone } from "../../../static/phone/phone";
import { Queue, type Records, SEND_MS, UNDO_MS } from "../../../static/phone/queue";
import { Store } from "../../../static/phone/store";
import { clockAt, door, NOON, surroundings } from "./fixtures";

const said = { text: "", topics: false };
let count = 0;
let store: Store;
let phone: Phone;
let around: ReturnType<typeof surroundings>;
let told = 0;

beforeEach(() => {
  count += 1;
  told = 0;
  store = new Store(`phone-${count}`);
  around = surroundings(() => Promise.reject(new TypeError("no line")));
  phone = new Phone(store, new Queue(store), around, () => {
    told += 1;
  });
});

const refused = (dwelling = "d1"): Records =>
  visits([door(dwelling)], { outcome: "refused" }, clockAt(around.clock));
const plan = { entrances: 1, floors: 2, flats_per_landing: 2, first_flat: 1, skip: [] };
const rows = async () => (await store.all("queue")).length;

describe("a double tap", () => {
  const missing = { building: "b1", entrance: 1, floor: 2, flat: "5", problem: "missing" as const };
  const acts: [string, () => Records][] = [
    ["a door", refused],
    ["a floor", () => visits([door("d1"), door("d2")], { outcome: "no_answer" }, clockAt(NOON))],
    ["a talk", () => visits([door()], { outcome: "talked", supports: ["for"] }, clockAt(NOON))],
    ["a block", () => block("b1", "Толе би, 15", plan, clockAt(NOON))],
    ["a report", () => report(missing, "Толе би, 15", clockAt(NOON))],
  ];

  it.each(acts)("counts %s once, with both taps in one breath", async (_name, act) => {
    const once = act();
    const both = await Promise.all([phone.record(once, said), phone.record(act(), said)]);
    expect([both, await rows(), phone.unsent]).toEqual([[true, false], once.rows.length, once.rows.length]);
  });

  it.each(acts)("counts %s once, with the second tap after the first was kept", async (_name, act) => {
    const once = act();
    expect(await phone.record(once, said)).toBe(true);
    around.clock += 300;
    expect(await phone.record(act(), said)).toBe(false);
    expect(await rows()).toBe(once.rows.length);
  });

  it("on two buttons counts the first alone", async () => {
    const never = visits([door()], { outcome: "never" }, clockAt(NOON));
    await Promise.all([phone.record(refused(), said), phone.record(never, said)]);
    expect((await store.all("acts")).map((act) => act.state)).toEqual(["done"]);
  });
});

describe("taps that mean it", () => {
  it("count each: another flat at once, the same flat a second later", async () => {
    expect(await phone.record(refused("d1"), said)).toBe(true);
    expect(await phone.record(refused("d2"), said)).toBe(true);
    around.clock += 1000;
    expect(await phone.record(refused("d2"), said)).toBe(true);
    expect(await rows()).toBe(3);
  });

  it("count again after an undo, and after a tap that the phone refused", async () => {
    const first = refused();
    await phone.record(first, said);
    expect(await phone.undo(first.rows[0]?.group ?? "")).toBe(true);
    expect(await phone.record(refused(), said)).toBe(true);
    const put = phone.queue.put;
    phone.queue.put = () => Promise.reject(new Error("no"));
    expect(await phone.record(refused("d3"), said)).toBe(false);
    expect(phone.alarm).toBe("failed");
    phone.queue.put = put;
    expect(await phone.record(refused("d3"), said)).toBe(true);
  });
});

describe("what was just done", () => {
  it("can be taken back for ten seconds, and leaves only after them", async () => {
    const records = refused();
    await phone.record(records, said);
    const group = records.rows[0]?.group ?? "";
    expect(phone.undoable(group)).toBe(UNDO_MS);
    around.clock = NOON + UNDO_MS;
    expect([phone.undoable(group), phone.connection.delay()]).toEqual([0, SEND_MS - UNDO_MS]);
  });

  it("tells other pages of its topics, and aloud when they come too late", async () => {
    const records = visits([door()], { outcome: "talked", supports: ["for"] }, clockAt(NOON));
    await phone.record(records, said);
    const group = records.rows[0]?.group ?? "";
    await phone.setTopics(group, [3]);
    expect([told, phone.alarm]).toEqual([1, null]);
    around.clock = NOON + UNDO_MS;
    await phone.setTopics(group, [3, 4]);
    expect(phone.alarm).toBe("late");
  });
});

describe("leaving a phone", () => {
  it("is refused while another page's record waits, and shows it", async () => {
    await store.keep("device", { token: "t", name: "Айгерим С.", language: "ru" });
    await phone.load();
    await new Queue(new Store(store.name)).put(refused());
    expect(phone.unsent).toBe(0);
    expect(await phone.leave()).toBe(false);
    expect([phone.unsent, await rows(), phone.token()]).toEqual([1, 1, "t"]);
  });

  it("erases everything when nothing waits, and other pages hear it", async () => {
    await store.keep("device", { token: "t", name: "Айгерим С.", language: "ru" });
    await phone.load();
    expect(await phone.leave()).toBe(true);
    expect([phone.token(), told]).toEqual([null, 1]);
  });
});
