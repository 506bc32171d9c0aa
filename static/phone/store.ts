// The phone's memory: IndexedDB. Every write is strict, and counts as done only after the transaction's `complete`.
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { Act, DescribedBlock, QueueRow, Reviewed, ServerState } from "./types";

export interface Schema extends DBSchema {
  keep: { key: string; value: unknown };
  notes: { key: string; value: unknown };
  queue: { key: string; value: QueueRow };
  acts: { key: string; value: Act };
  states: { key: [number, string]; value: ServerState };
  blocks: { key: string; value: DescribedBlock };
  reviews: { key: string; value: Reviewed };
}

export type Name = StoreNames<Schema>;
export type Write<N extends Name> = IDBPTransaction<Schema, N[], "readwrite">;

export const DATABASE = "dauys";
const VERSION = 1;

/** The phone's memory is full: nothing was written, and what was there before is whole. */
export class MemoryFull extends Error {}

function upgrade(db: IDBPDatabase<Schema>): void {
  db.createObjectStore("keep");
  db.createObjectStore("notes");
  db.createObjectStore("queue", { keyPath: "id" });
  db.createObjectStore("acts", { keyPath: "id" });
  db.createObjectStore("states", { keyPath: ["round", "dwelling"] });
  db.createObjectStore("blocks", { keyPath: "building" });
  db.createObjectStore("reviews", { keyPath: "id" });
}

export class Store {
  #opened: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(readonly name: string = DATABASE) {}

  /** Several stores in one transaction; resolves when the disk has it. */
  async write<N extends Name, T>(names: N[], work: (tx: Write<N>) => Promise<T>): Promise<T> {
    return this.#reopening(async (db) => {
      const tx = db.transaction(names, "readwrite", { durability: "strict" });
      const done = tx.done.catch((error: unknown) => Promise.reject(named(error)));
      done.catch(() => undefined);
      try {
        const result = await work(tx);
        await done;
        return result;
      } catch (error) {
        await abort(tx);
        throw named(error);
      }
    });
  }

  all<N extends Name>(name: N): Promise<Schema[N]["value"][]> {
    return this.#reopening((db) => db.getAll(name));
  }

  async keep(key: string, value: unknown): Promise<void> {
    await this.write(["keep"], (tx) => tx.objectStore("keep").put(value, key));
  }

  /** What may be lost with the power, but not with the page: where one stands. Apart from acts: none waits for it. */
  async note(key: string, value: unknown): Promise<void> {
    await this.#reopening((db) => db.put("notes", value, key)).catch(() => undefined);
  }

  noted<T>(key: string): Promise<T | undefined> {
    return this.#reopening((db) => db.get("notes", key)) as Promise<T | undefined>;
  }

  kept<T>(key: string): Promise<T | undefined> {
    return this.#reopening((db) => db.get("keep", key)) as Promise<T | undefined>;
  }

  /** Erase everything, unless something waits to be sent: then nothing, and how many. */
  async clear(): Promise<number> {
    const names: Name[] = ["keep", "notes", "queue", "acts", "states", "blocks", "reviews"];
    return this.write(names, async (tx) => {
      const waiting = await tx.objectStore("queue").count();
      if (waiting === 0) await Promise.all(names.map((name) => tx.objectStore(name).clear()));
      return waiting;
    });
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    (await opened)?.close();
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#opened ??= openDB<Schema>(this.name, VERSION, {
      upgrade,
      // A newer page wants another schema: this one yields, and opens again at its next need.
      blocking: () => void this.close(),
      terminated: () => {
        this.#opened = null;
      },
    }).catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }

  /** iOS closes a database under a living page: open it again, once, and go on. */
  async #reopening<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#open());
    } catch (error) {
      if (!wasClosed(error)) throw named(error);
      this.#opened = null;
      return work(await this.#open());
    }
  }
}

async function abort(tx: { abort(): void }): Promise<void> {
  try {
    tx.abort();
  } catch {
    // it has ended by itself
  }
}

const nameOf = (error: unknown): string => (error as { name?: string } | null)?.name ?? "";
// Chromium says InvalidStateError, Safari after a long sleep UnknownError. Writing again is safe: ids are kept.
const wasClosed = (error: unknown): boolean => ["InvalidStateError", "UnknownError"].includes(nameOf(error));
const named = (error: unknown): unknown =>
  nameOf(error) === "QuotaExceededError" ? new MemoryFull("quota", { cause: error }) : error;
