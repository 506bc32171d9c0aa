// The phone as a whole: what is kept, in memory too; what was just done; and who is told when it changes.
import type { Clock } from "./clock";
import { Connection, type Line, type Port, type Surroundings } from "./connection";
import { Model } from "./model";
import { practicePack } from "./practice";
import { type Queue, type Records, UNDO_MS, undoableFor } from "./queue";
import { PRACTICE } from "./route";
import { MemoryFull, type Store } from "./store";
import type {
  Act,
  DescribedBlock,
  Device,
  Draft,
  Item,
  Pack,
  QueueRow,
  Reply,
  Reviewed,
  ServerState,
} from "./types";

export interface Done {
  group: string;
  text: string;
  /** Topics may follow: one voter was talked to. */
  topics: boolean;
}

export type Alarm = "full" | "failed" | "late";

/** Two taps so near one another are one tap of a trembling thumb. */
const TWICE_MS = 700;

export class Phone implements Port {
  device: Device | null = null;
  pack: Pack | null = null;
  rowsById = new Map<string, QueueRow>();
  acts = new Map<string, Act>();
  states = new Map<string, ServerState>();
  blocks = new Map<string, DescribedBlock>();
  reviews: Reviewed[] = [];
  draft: Draft | null = null;
  revoked = false;
  clockError = 0;
  line: Line;
  done: Done | null = null;
  alarm: Alarm | null = null;
  readonly connection: Connection;
  readonly practised = new Map<string, Act>();
  #recording = false;
  #last = { act: "", at: 0 };
  #cursor: string | null = null;
  #model: Model | null = null;
  #practice: Model | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(
    readonly store: Store,
    readonly queue: Queue,
    private readonly around: Surroundings,
    private readonly announce: () => void = () => undefined,
  ) {
    this.connection = new Connection(this, around);
    this.line = this.connection.line;
  }

  /** Read everything that is kept: at the start, after an answer, after another page's write. */
  async load(): Promise<void> {
    const { store } = this;
    const [rows, acts, states, blocks, reviews] = await Promise.all([
      store.all("queue"),
      store.all("acts"),
      store.all("states"),
      store.all("blocks"),
      store.all("reviews"),
    ]);
    this.rowsById = byId(rows);
    this.acts = byId(acts);
    this.states = new Map(states.map((state) => [`${state.round} ${state.dwelling}`, state]));
    this.blocks = new Map(blocks.map((block) => [block.building, block]));
    this.reviews = reviews;
    await this.#loadKept();
    this.changedAll();
  }

  async #loadKept(): Promise<void> {
    const { store } = this;
    this.device = (await store.kept<Device>("device")) ?? null;
    this.pack = (await store.kept<Pack>("pack")) ?? null;
    this.draft = (await store.kept<Draft>("draft")) ?? null;
    this.#cursor = (await store.kept<string | null>("cursor")) ?? null;
    this.clockError = (await store.kept<number>("clockError")) ?? 0;
    this.revoked = (await store.kept<boolean>("revoked")) ?? false;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changedAll(): void {
    this.#model = null;
    this.tell();
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  get clock(): Clock {
    return { now: () => this.around.now(), error: this.clockError, offset: this.pack?.utc_offset ?? 300 };
  }

  get model(): Model {
    this.#model ??= new Model({ ...this.#kept(), pack: this.pack, rows: this.rowsById, acts: this.acts });
    return this.#model;
  }

  /** The same house and hands, but nothing of it is kept or sent. */
  get practice(): Model {
    this.#practice ??= new Model({
      ...this.#kept(),
      pack: practicePack(),
      rows: new Map(),
      acts: this.practised,
    });
    return this.#practice;
  }

  modelOf(assignment: number): Model {
    return assignment === PRACTICE ? this.practice : this.model;
  }

  #kept() {
    return { states: this.states, blocks: this.blocks, clockError: this.clockError };
  }

  get unsent(): number {
    return this.rowsById.size;
  }

  // What a hand does

  /** When the last act was kept; 0 before the first. */
  get recordedAt(): number {
    return this.#last.at;
  }

  /**
   * Keep acts. True when they are on the disk: only then may the screen show them, `shown` with them.
   * While one is on its way to the disk, and for the same once more within a moment, a tap is the first one's echo.
   */
  async record(
    records: Records,
    done: Omit<Done, "group">,
    shown: () => void = () => undefined,
  ): Promise<boolean> {
    const act = wordOf(records);
    const now = this.around.now();
    if (this.#recording || (act === this.#last.act && Math.abs(now - this.#last.at) < TWICE_MS)) return false;
    this.#recording = true;
    try {
      const kept = await this.#keep(records, done, shown);
      if (kept) this.#last = { act, at: this.around.now() };
      return kept;
    } finally {
      this.#recording = false;
    }
  }

  async #keep(records: Records, done: Omit<Done, "group">, shown: () => void): Promise<boolean> {
    const kept = await this.#trying(() => this.queue.put(records));
    if (!kept) return false;
    for (const row of records.rows) this.rowsById.set(row.id, row);
    for (const act of records.acts) this.acts.set(act.id, act);
    if (records.block) this.blocks.set(records.block.building, records.block);
    this.draft = null;
    this.#did(records, done, shown);
    return true;
  }

  #did(records: Records, done: Omit<Done, "group">, shown: () => void): void {
    const group = records.rows[0]?.group;
    this.done = group ? { group, ...done } : null;
    this.#model = null;
    shown();
    this.tell();
    // The screen first: other pages and the connection can wait for a moment.
    this.around.later(() => {
      this.announce();
      this.connection.wake();
    }, 0);
  }

  practise(records: Records, text: string, shown: () => void): void {
    for (const act of records.acts) this.practised.set(act.id, act);
    this.#practice = null;
    this.done = records.acts[0] ? { group: records.acts[0].group, text, topics: false } : null;
    shown();
    this.tell();
  }

  unpractise(group: string): void {
    for (const act of this.practised.values()) if (act.group === group) this.practised.delete(act.id);
    this.#practice = null;
    this.done = null;
    this.tell();
  }

  /** Erase what is on this phone. Refused, with how many wait, while something has not been sent from any page. */
  async leave(): Promise<boolean> {
    let waiting = 0;
    const tried = await this.#trying(async () => {
      waiting = await this.store.clear();
    });
    if (tried) await this.load();
    this.announce();
    return tried && waiting === 0;
  }

  async undo(group: string): Promise<boolean> {
    let undone = false;
    await this.#trying(async () => {
      undone = await this.queue.undo(group, this.around.now());
    });
    this.done = null;
    this.#last.act = "";
    this.alarm = undone ? null : (this.alarm ?? "late");
    await this.load();
    this.announce();
    return undone;
  }

  async setTopics(group: string, topics: number[]): Promise<void> {
    let late = false;
    await this.#trying(async () => {
      const row = await this.queue.setTopics(group, topics, this.around.now());
      if (row) this.rowsById.set(row.id, row);
      else late = true;
    });
    if (late) this.alarm = "late";
    this.connection.wake();
    this.changedAll();
    this.announce();
  }

  async keepDraft(draft: Draft): Promise<void> {
    this.draft = draft;
    await this.#trying(() => this.store.keep("draft", draft));
  }

  forgetDone(): void {
    this.done = null;
    this.tell();
  }

  hush(): void {
    this.alarm = null;
    this.tell();
  }

  /** For how many milliseconds the group can still be taken back. */
  undoable(group: string): number {
    const now = this.around.now();
    const practised = [...this.practised.values()].find((act) => act.group === group);
    if (practised) return Math.max(0, Date.parse(practised.at) + UNDO_MS - now);
    const rows = [...this.rowsById.values()].filter((row) => row.group === group);
    return Math.max(0, ...rows.map((row) => undoableFor(row, now)));
  }

  async #trying(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.alarm = null;
      return true;
    } catch (error) {
      this.alarm = error instanceof MemoryFull ? "full" : "failed";
      this.tell();
      return false;
    }
  }

  // What the connection asks and tells

  token(): string | null {
    return this.device?.token ?? null;
  }

  rows(): Iterable<QueueRow> {
    return this.rowsById.values();
  }

  cursor(): string | null {
    return this.#cursor;
  }

  digest(): string | null {
    return this.pack?.digest ?? null;
  }

  async answered(reply: Reply, clockError: number): Promise<void> {
    await this.queue.answered(reply, clockError);
    await this.load();
    this.announce();
  }

  async packed(pack: Pack): Promise<void> {
    await this.queue.packed(pack, this.around.now() + this.clockError);
    await this.load();
    this.announce();
  }

  changed(line: Line): void {
    this.line = line;
    this.tell();
  }
}

/** What is recorded, without its ids and times: a second tap of the same button says the same. */
const wordOf = ({ rows }: Records): string =>
  JSON.stringify(rows.map(({ about, items }) => [about, items.map(bare)]));

function bare(item: Item) {
  switch (item.kind) {
    case "visit":
      return [item.round, item.dwelling, item.state];
    case "opinion":
      return [item.outcome, item.support];
    case "block":
      return item.building;
    case "flat-report":
      return [item.building, item.entrance, item.floor, item.flat];
  }
}

function byId<T extends { id: string }>(list: T[]): Map<string, T> {
  return new Map(list.map((each) => [each.id, each]));
}
