import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { visits } from "../../../static/phone/acts";
import { become, labelOf, link } from "../../../static/phone/link";
import { Queue } from "../../../static/phone/queue";
import { Store } from "../../../static/phone/store";
import { clockAt, door, NOON, pack } from "./fixtures";

const answering = (response: Response) => (async () => response) as typeof fetch;

describe("becoming a device", () => {
  it("takes the token from the answer", async () => {
    const answer = answering(Response.json({ token: "secret", name: "Айгерим С.", language: "kk" }));
    expect(await link(answer, "once", "csrf", "Android")).toEqual({
      kind: "linked",
      device: { token: "secret", name: "Айгерим С.", language: "kk" },
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
    await become(store, { token: "new", name: "Болат", language: "ru" });
    expect([(await store.all("queue")).length, await store.kept("pack")]).toEqual([1, undefined]);
  });

  it("names the phone for the coordinator", () => {
    expect(
      labelOf("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"),
    ).toBe("Android, Chrome");
  });
});
