// What waits to be sent. A row leaves by the server's answer for its ids, or by an undo within ten seconds.
import type { Store, Write } from "./store";
import type {
  Act,
  Answer,
  DescribedBlock,
  Item,
  OpinionItem,
  Pack,
  QueueRow,
  Reply,
  StateRow,
} from "./types";

export const UNDO_MS = 10_000;
/** From an undo's end until sending: an undo begun in its last moment is on the disk, and known to other pages. */
const SETTLE_MS = 1_000;
export const SEND_MS = UNDO_MS + SETTLE_MS;

export interface Records {
  rows: QueueRow[];
  acts: Act[];
  block?: DescribedBlock;
}

/** Sendable now. A clock that was turned back must not hold a row for longer than it has to wait. */
export const isReady = (row: QueueRow, now: number): boolean =>
  row.ready_at <= now || row.ready_at - now > SEND_MS;

/** For how many milliseconds a row can still be taken back or changed. */
export const undoableFor = (row: QueueRow, now: number): number =>
  isReady(row, now) ? 0 : Math.max(0, row.ready_at - SETTLE_MS - now);

export const readyRows = (rows: Iterable<QueueRow>, now: number): QueueRow[] =>
  [...rows].filter((row) => isReady(row, now)).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));

export class Queue {
  constructor(private readonly store: Store) {}

  /** Keep new acts; the draft that they came from goes in the same transaction. */
  async put({ rows, acts, block }: Records): Promise<void> {
    await this.store.write(["queue", "acts", "blocks", "keep"], async (tx) => {
      const writes: Promise<unknown>[] = rows.map((row) => tx.objectStore("queue").put(row));
      writes.push(...acts.map((act) => tx.objectStore("acts").put(act)));
      if (block) writes.push(tx.objectStore("blocks").put(block));
      writes.push(tx.objectStore("keep").delete("draft"));
      await Promise.all(writes);
    });
  }

  /** Take the whole group back. False when it is too late: it may be on its way. */
  async undo(group: string, now: number): Promise<boolean> {
    return this.store.write(["queue", "acts", "blocks"], async (tx) => {
      const rows = (await tx.objectStore("queue").getAll()).filter((row) => row.group === group);
      if (rows.length === 0 || rows.some((row) => undoableFor(row, now) === 0)) return false;
      for (const row of rows) {
        await tx.objectStore("queue").delete(row.id);
        await tx.objectStore("acts").delete(row.id);
        for (const item of row.items)
          if (item.kind === "block") await tx.objectStore("blocks").delete(item.building);
      }
      return true;
    });
  }

  /** Topics may follow the support: they go to the first voter's opinion, and the row waits a little longer. */
  async setTopics(group: string, topics: number[], now: number): Promise<QueueRow | null> {
    return this.store.write(["queue"], async (tx) => {
      const row = (await tx.objectStore("queue").getAll()).find((each) => each.group === group);
      const opinion = row?.items.find(isVoter);
      if (!row || !opinion || undoableFor(row, now) === 0) return null;
      opinion.topics = topics;
      row.ready_at = now + SEND_MS;
      await tx.objectStore("queue").put(row);
      return row;
    });
  }

  /** Headquarters has answered: what it named leaves, what it told is kept, all or nothing. */
  async answered(reply: Reply, clockError: number): Promise<void> {
    const answers = new Map(reply.answers.map((answer) => [answer.id, answer]));
    await this.store.write(["queue", "acts", "states", "reviews", "keep"], async (tx) => {
      for (const row of await tx.objectStore("queue").getAll()) await settle(tx, row, answers);
      for (const state of reply.states) await tx.objectStore("states").put(stateOf(state));
      await tx.objectStore("keep").put(reply.cursor, "cursor");
      await tx.objectStore("keep").put(clockError, "clockError");
      await tx.objectStore("keep").put(reply.revoked, "revoked");
    });
  }

  /** A new pack: its states, without what ended. Described blocks go when headquarters has them. */
  async packed(pack: Pack, serverNow: number): Promise<void> {
    await this.store.write(["keep", "states", "blocks", "acts", "queue"], async (tx) => {
      await tx.objectStore("keep").put({ ...pack, states: [] }, "pack");
      await tx.objectStore("states").clear();
      for (const state of pack.states) await tx.objectStore("states").put(stateOf(state));
      await forgetBlocks(tx, pack);
      await forgetActs(tx, serverNow);
    });
  }
}

type Packing = Write<"keep" | "states" | "blocks" | "acts" | "queue">;

async function forgetBlocks(tx: Packing, pack: Pack): Promise<void> {
  for (const { buildings } of pack.assignments)
    for (const building of buildings)
      if (building.described) await tx.objectStore("blocks").delete(building.id);
}

/** Which opinions are whose is known until the assignment ends, and as long as the visit waits. */
async function forgetActs(tx: Packing, serverNow: number): Promise<void> {
  const waiting = new Set(await tx.objectStore("queue").getAllKeys());
  for (const act of await tx.objectStore("acts").getAll())
    if (Date.parse(act.until) < serverNow && !waiting.has(act.id))
      await tx.objectStore("acts").delete(act.id);
}

type Settling = Write<"queue" | "acts" | "states" | "reviews" | "keep">;

const isReceived = (answer: Answer | undefined): boolean =>
  answer !== undefined && ["accepted", "known", "review"].includes(answer.status);

const isVoter = (item: Item): item is OpinionItem => item.kind === "opinion" && item.support !== undefined;

async function settle(tx: Settling, row: QueueRow, answers: Map<string, Answer>): Promise<void> {
  const left = row.items.filter((item) => !isReceived(answers.get(item.id)));
  if (left.length === row.items.length) return;
  for (const item of row.items) {
    const answer = answers.get(item.id);
    if (answer && isReceived(answer)) await tell(tx, row, item, answer);
  }
  if (left.length) await tx.objectStore("queue").put({ ...row, items: left });
  else await tx.objectStore("queue").delete(row.id);
}

async function tell(tx: Settling, row: QueueRow, item: Item, answer: Answer): Promise<void> {
  const act = item.kind === "visit" ? await tx.objectStore("acts").get(item.id) : undefined;
  if (act) await tx.objectStore("acts").put({ ...act, received: answer.status, reason: answer.reason });
  // A reviewed opinion is told without its flat.
  if (answer.status === "review" && item.kind !== "opinion")
    await tx
      .objectStore("reviews")
      .put({ id: item.id, reason: answer.reason, about: row.about, at: row.added_at });
}

export function stateOf([round, dwelling, state, again_at, ordered_at, visit]: StateRow) {
  return { round, dwelling, state, again_at, ordered_at, visit };
}
