import { describe, expect, it } from "vitest";
import { visits } from "../../../static/phone/acts";
import { Connection, type Fetch, type Port, parcel } from "../../../static/phone/connection";
import { SEND_MS } from "../../../static/phone/queue";
import type { Item, QueueRow, Reply } from "../../../static/phone/types";
import { clockAt, door, NOON, pack, surroundings } from "./fixtures";

interface Sent {
  url: string;
  items: Item[];
  token: string | null;
}

/** A phone with rows in memory, and a server that does as it is told. */
function phoneWith(
  doors: string[],
  answer: (sent: Sent) => Response | Promise<Response>,
  now = NOON + SEND_MS,
) {
  const rows = new Map<string, QueueRow>();
  for (const row of visits(doors.map(door), { outcome: "refused" }, clockAt(NOON)).rows)
    rows.set(row.id, row);
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, init) => {
    const body = init.body ? (JSON.parse(String(init.body)) as { items: Item[] }) : { items: [] };
    const said = { url, items: body.items, token: new Headers(init.headers).get("Authorization") };
    sent.push(said);
    return answer(said);
  };
  const port: Port = {
    token: () => "secret",
    rows: () => rows.values(),
    cursor: () => null,
    digest: () => "one",
    answered: async (reply: Reply) => {
      const named = new Set(reply.answers.map((each) => each.id));
      for (const row of rows.values()) if (row.items.every((item) => named.has(item.id))) rows.delete(row.id);
    },
    packed: async () => undefined,
    changed: () => undefined,
  };
  return { rows, sent, port, connection: new Connection(port, surroundings(fetch, now)) };
}

const accepting = ({ items }: Sent): Response => Response.json(replying(items.map((item) => item.id)));
const replying = (ids: string[]): Reply => ({
  v: 1,
  now: "2026-11-24T07:00:10.000Z",
  answers: ids.map((id) => ({ id, status: "accepted", reason: "" })),
  states: [],
  cursor: "c",
  pack: "one",
  revoked: false,
});

const cutOff = (headers: Record<string, string>) =>
  new Response(JSON.stringify(replying(["a", "b"])).slice(0, 40), { headers });
const brokenStream = () =>
  new ReadableStream({ start: (stream) => stream.error(new TypeError("connection reset")) });

describe("sending", () => {
  it("sends what may leave, with the token, and hears the answer", async () => {
    const { rows, sent, connection } = phoneWith(["d1", "d2"], accepting);
    await connection.sync();
    expect(rows.size).toBe(0);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.token).toBe("Bearer secret");
    expect(connection.line).toMatchObject({ cause: null, online: true, sending: false });
  });

  it("leaves alone what can still be undone, and comes back when it can't", async () => {
    const { rows, sent, connection } = phoneWith(["d1"], accepting, NOON + 4000);
    await connection.sync();
    expect([sent[0]?.items, rows.size, connection.delay()]).toEqual([[], 1, SEND_MS - 4000]);
  });

  it("joins a second call to the first", async () => {
    const { sent, connection } = phoneWith(["d1"], accepting);
    await Promise.all([connection.sync(), connection.sync()]);
    expect(sent).toHaveLength(1);
  });

  const lies: [string, () => Response, string][] = [
    ["a page of a Wi-Fi", () => new Response("<html>", { status: 200 }), "foreign"],
    ["other JSON", () => Response.json({ answers: 1 }), "foreign"],
    ["401", () => Response.json({ error: "token" }, { status: 401 }), "unknown_phone"],
    ["400", () => Response.json({ error: "v" }, { status: 400 }), "not_understood"],
    ["500", () => new Response("", { status: 500 }), "server"],
    ["503", () => new Response("", { status: 503 }), "busy"],
    ["JSON that was cut half-way", () => cutOff({ "Content-Type": "application/json" }), "no_answer"],
    ["a body that was cut off on the line", () => new Response(brokenStream()), "no_answer"],
    ["an answer that names nothing", () => Response.json(replying([])), "not_understood"],
  ];
  it.each(lies)("keeps everything at %s and names the cause", async (_name, lie, cause) => {
    const { rows, connection } = phoneWith(["d1", "d2"], lie);
    await connection.sync();
    expect([rows.size, connection.line.cause]).toEqual([2, cause]);
  });

  it("keeps everything when nobody knows whether it arrived", async () => {
    const { rows, connection } = phoneWith(["d1"], () => Promise.reject(new TypeError("cut")));
    await connection.sync();
    expect([rows.size, connection.line.cause]).toEqual([1, "no_answer"]);
  });

  it("does not say that it sends for ever when the answer can't be kept", async () => {
    const { rows, connection, port } = phoneWith(["d1"], accepting);
    port.answered = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));
    await connection.sync();
    expect(connection.line).toMatchObject({ sending: false, cause: "not_kept" });
    expect([rows.size, connection.delay()]).toEqual([1, 5_000]);
  });

  it("nor when the pack can't be kept", async () => {
    const { connection, port } = phoneWith([], () => Response.json({ ...pack, v: 1 }));
    port.digest = () => null;
    port.packed = () => Promise.reject(new Error("closed"));
    await connection.sync();
    expect(connection.line).toMatchObject({ sending: false, cause: "not_kept" });
  });

  it("halves a parcel that is too large, and one that is too large alone holds up no other", async () => {
    let large = "";
    const { rows, sent, connection } = phoneWith(["d1", "d2", "d3"], (said) => {
      const named = said.items.filter((item) => item.kind === "visit");
      large ||= named[0]?.id ?? "";
      if (named.length > 1 || named.some((item) => item.id === large))
        return new Response("", { status: 413 });
      return accepting(said);
    });
    await connection.sync();
    expect([...rows.keys()]).toEqual([large]);
    expect(connection.line.cause).toBe("too_large");
    expect(sent.length).toBeLessThan(8);
  });

  it("tries again sooner at first, and within a minute at last", async () => {
    const { connection } = phoneWith(["d1"], () => new Response("", { status: 503 }));
    const waits: number[] = [];
    for (let time = 0; time < 7; time++) {
      await connection.sync();
      waits.push(connection.delay());
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
  });
});

describe("a parcel", () => {
  it("has blocks first and opinions in no order", () => {
    const { rows } = visits([door("d1"), door("d2")], { outcome: "refused" }, clockAt(NOON));
    const plan = { entrances: 1, floors: 1, flats_per_landing: 1, first_flat: 1, skip: [] };
    const described: Item = { kind: "block", id: "b", building: "b1", at: "", plan };
    const last = { ...(rows[0] as QueueRow), items: [described] };
    const draws = [0.9, 0.1];
    const items = parcel([...rows, last], () => draws.shift() ?? 0);
    expect(items.map((item) => item.kind)).toEqual(["block", "visit", "visit", "opinion", "opinion"]);
    expect(items.slice(3).map((item) => item.id)).toEqual([rows[1]?.items[1]?.id, rows[0]?.items[1]?.id]);
  });
});
