import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { visits } from "../../../static/phone/acts";
import { become, labelOf, link } from "../../../static/phone/link";
import { Queue } from "../../../static/phone/queue";
import { Store } from "../../../static/phone/store";
import { clockAt, door, NOON, pack } from "./fixtures";

const aigerim = (token: string) => ({ token, person: "7", name: "Айгерим С.", language: "kk" });
const bolat = { token: "other", person: "8", name: "Болат", language: "ru" };
const answering = (response: Response) => (async () => response) as typeof fetch;

describe("becoming a device", () => {
  it("takes the token from the answer", async () => {
    const answer = answering(
      Response.json({ token: "secret", person: "7", name: "Айгерим С.", language: "kk" }),
    );
    expect(await link(answer, "once", "csrf", "Android")).toEqual({
      kind: "linked",
      device: { token: "secret", person: "7", name: "Айгерим С.", language: "kk" },
    });
  });

  it("says whether the link was used or is too old, or nothing is known", async () => {
    const gone = (error: string) => answering(Response.json({ error }, { status: 410 }));
    const cut = (async () => Promise.reject(new TypeError())) as typeof fetch;
    const kinds = await Promise.all(
      [gone("used"), gone("expired"), cut].map((post) => link(post, "t", "c", "l")),
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(["used", "expired", "failed"]);
  });

  it("keeps what waits, and asks anew what to walk", async () => {
    const store = new Store("linked");
    await new Queue(store).put(visits([door()], { outcome: "refused" }, clockAt(NOON)));
    await store.keep("pack", pack);
    await become(store, aigerim("new"));
    expect([(await store.all("queue")).length, await store.kept("pack")]).toEqual([1, undefined]);
  });

  it("becomes nobody else's while something of the first holder's waits", async () => {
    const store = new Store("two persons");
    await become(store, aigerim("first"));
    await new Queue(store).put(visits([door("d1"), door("d2")], { outcome: "refused" }, clockAt(NOON)));
    expect(await become(store, bolat)).toEqual({ name: "Айгерим С.", count: 2 });
    expect(await store.kept("device")).toEqual(aigerim("first"));
    expect(await become(store, aigerim("second"))).toBeNull();
    expect(await store.kept("device")).toEqual(aigerim("second"));
    await store.write(["queue"], (tx) => tx.objectStore("queue").clear());
    expect(await become(store, bolat)).toBeNull();
    expect(await store.kept("device")).toEqual(bolat);
  });

  it("knows two persons of one name apart, and one person of an older version again", async () => {
    const store = new Store("namesakes");
    const { person: _, ...older } = aigerim("older");
    await become(store, older);
    await new Queue(store).put(visits([door()], { outcome: "refused" }, clockAt(NOON)));
    expect(await become(store, aigerim("newer"))).toBeNull();
    expect(await become(store, { ...aigerim("namesake's"), person: "9" })).toMatchObject({ count: 1 });
  });

  it("names the phone for the coordinator", () => {
    expect(
      labelOf("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"),
    ).toBe("Android, Chrome");
  });
});
