import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { visits } from "../../../static/phone/acts";
import { Queue } from "../../../static/phone/queue";
import { MemoryFull, Store } from "../../../static/phone/store";
import { clockAt, door, NOON } from "./fixtures";

describe("the phone's memory", () => {
  it("writes strictly, and says done only after the transaction is complete", async () => {
    const asked = vi.spyOn(IDBDatabase.prototype, "transaction");
    const store = new Store("strict");
    await store.keep("draft", 1);
    expect(asked.mock.lastCall?.[2]).toMatchObject({ durability: "strict" });
    asked.mockRestore();
    expect(await new Store("strict").kept("draft")).toBe(1);
  });

  it("opens again when the database was closed under it", async () => {
    const databases: IDBDatabase[] = [];
    const open = indexedDB.open.bind(indexedDB);
    const spy = vi.spyOn(indexedDB, "open").mockImplementation((name, version) => {
      const opening = open(name, version);
      opening.addEventListener("success", () => databases.push(opening.result));
      return opening;
    });
    const store = new Store("closed");
    await store.keep("a", 1);
    databases[0]?.close();
    await store.keep("b", 2);
    expect([await store.kept("a"), await store.kept("b"), databases.length]).toEqual([1, 2, 2]);
    spy.mockRestore();
  });

  it("yields to a newer version and goes on when it is gone", async () => {
    const store = new Store("versions");
    await store.keep("a", 1);
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("versions", 9);
      opening.onblocked = () => reject(new Error("the old page does not yield"));
      opening.onsuccess = () => resolve(opening.result);
    });
    expect([...newer.objectStoreNames]).toContain("queue");
    newer.close();
  });

  it("is not erased while something waits to be sent", async () => {
    const store = new Store("leaving");
    await store.keep("device", { token: "t" });
    const records = visits([door("d1"), door("d2")], { outcome: "refused" }, clockAt(NOON));
    await new Queue(new Store("leaving")).put(records); // another page's
    expect(await store.clear()).toBe(2);
    expect([await store.kept("device"), (await store.all("queue")).length]).toEqual([{ token: "t" }, 2]);
    await store.write(["queue"], (tx) => tx.objectStore("queue").clear());
    expect(await store.clear()).toBe(0);
    expect([await store.kept("device"), await store.all("acts")]).toEqual([undefined, []]);
  });

  it("names a full memory and leaves nothing half-written", async () => {
    const store = new Store("full");
    await store.keep("a", 1);
    const failing = store.write(["keep"], async (tx) => {
      await tx.objectStore("keep").put(2, "a");
      throw new DOMException("no room", "QuotaExceededError");
    });
    await expect(failing).rejects.toBeInstanceOf(MemoryFull);
    expect(await store.kept("a")).toBe(1);
  });
});
