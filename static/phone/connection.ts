// Sends what waits and hears what changed. Three outcomes, never two: received, refused with a named cause, unknown.
import { iso } from "./clock";
import { readyRows } from "./queue";
import type { Item, Pack, QueueRow, Reply } from "./types";

export type Cause =
  | "offline"
  | "no_answer"
  | "foreign"
  | "unknown_phone"
  | "too_large"
  | "server"
  | "busy"
  | "not_understood"
  | "not_kept";

export type Outcome<T> =
  | { kind: "received"; body: T; clockError: number }
  | { kind: "refused"; cause: Cause; code: number }
  | { kind: "unknown"; cause: Cause };

interface Failure {
  cause: Cause;
  code?: number;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Line {
  sending: boolean;
  online: boolean;
  cause: Cause | null;
  code: number;
  /** When headquarters last answered, by the phone's clock. */
  heard_at: number | null;
}

export interface Port {
  token(): string | null;
  rows(): Iterable<QueueRow>;
  cursor(): string | null;
  digest(): string | null;
  answered(reply: Reply, clockError: number): Promise<void>;
  packed(pack: Pack): Promise<void>;
  changed(line: Line): void;
}

export interface Surroundings {
  fetch: Fetch;
  now(): number;
  online(): boolean;
  later(work: () => void, ms: number): () => void;
}

export const PROTOCOL = 1;
export const APP = "1";
const TIMEOUT_MS = 30_000;
const BATCH = 200;
const RETRY_MS = [5_000, 10_000, 20_000, 40_000, 60_000];
const POLL_MS = 60_000;

const CAUSE_OF: Record<number, Cause> = {
  400: "not_understood",
  401: "unknown_phone",
  403: "unknown_phone",
  404: "foreign",
  413: "too_large",
  429: "busy",
  502: "busy",
  503: "busy",
  504: "busy",
};

const causeOf = (code: number): Cause => CAUSE_OF[code] ?? (code >= 500 ? "server" : "foreign");

/** One question to headquarters. Whatever is not an answer of the protocol is no answer. */
export async function ask<T>(
  around: Surroundings,
  url: string,
  init: RequestInit,
  isAnswer: (body: unknown) => body is T & { now: string },
): Promise<Outcome<T>> {
  const started = around.now();
  let response: Response;
  try {
    response = await around.fetch(url, { ...init, cache: "no-store", signal: givingUp(around) });
  } catch {
    return { kind: "unknown", cause: around.online() ? "no_answer" : "offline" };
  }
  if (response.status !== 200 || response.redirected)
    return {
      kind: "refused",
      cause: response.redirected ? "foreign" : causeOf(response.status),
      code: response.status,
    };
  const body = await readJson(response);
  if (body === CUT) return { kind: "unknown", cause: around.online() ? "no_answer" : "offline" };
  if (!isAnswer(body)) return { kind: "refused", cause: "foreign", code: 200 };
  // Halfway between asking and hearing is the moment at which the server looked at its clock.
  const middle = (started + around.now()) / 2;
  return { kind: "received", body, clockError: Math.round(Date.parse(body.now) - middle) };
}

function givingUp(around: Surroundings): AbortSignal {
  const controller = new AbortController();
  around.later(() => controller.abort(), TIMEOUT_MS);
  return controller.signal;
}

const CUT = Symbol("an answer that broke off");

/** The answer's content; CUT if it ended half-way; null if it never was JSON. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => CUT);
  if (typeof text !== "string") return CUT;
  try {
    return JSON.parse(text);
  } catch {
    return response.headers.get("Content-Type")?.startsWith("application/json") ? CUT : null;
  }
}

const isRecord = (body: unknown): body is Record<string, unknown> =>
  typeof body === "object" && body !== null;

const isReply = (body: unknown): body is Reply =>
  isRecord(body) &&
  body.v === PROTOCOL &&
  Array.isArray(body.answers) &&
  Array.isArray(body.states) &&
  !Number.isNaN(Date.parse(String(body.now)));

const isPack = (body: unknown): body is Pack =>
  isRecord(body) &&
  body.v === PROTOCOL &&
  Array.isArray(body.assignments) &&
  !Number.isNaN(Date.parse(String(body.now)));

/** Blocks before their visits; opinions in no order that could tell whose they are. */
export function parcel(rows: QueueRow[], random: () => number = Math.random): Item[] {
  const items = rows.flatMap((row) => row.items);
  const of = (kinds: string[]) => items.filter((item) => kinds.includes(item.kind));
  return [...of(["block"]), ...of(["visit", "flat-report"]), ...shuffled(of(["opinion"]), random)];
}

function shuffled<T>(list: T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

export class Connection {
  line: Line;
  #running: Promise<void> | null = null;
  #batch = BATCH;
  #failures = 0;
  #cancel: (() => void) | null = null;

  constructor(
    private readonly port: Port,
    private readonly around: Surroundings,
  ) {
    this.line = { sending: false, online: around.online(), cause: null, code: 0, heard_at: null };
  }

  /** Send now, and hear what changed. A second call joins the first. */
  sync(): Promise<void> {
    this.#running ??= this.#sync().finally(() => {
      this.#running = null;
      this.#schedule();
    });
    return this.#running;
  }

  /** Something was tapped: it leaves as soon as it can't be undone any more. */
  wake(): void {
    if (!this.#running) this.#schedule();
  }

  async #sync(): Promise<void> {
    if (!this.port.token()) return;
    this.#show({ sending: true, online: this.around.online() });
    const failed = await this.#exchange().catch(notKept);
    this.#failures = failed ? this.#failures + 1 : 0;
    this.#show({
      sending: false,
      online: this.around.online() && failed?.cause !== "offline",
      cause: failed?.cause ?? null,
      code: failed?.code ?? 0,
      ...(failed ? {} : { heard_at: this.around.now() }),
    });
  }

  async #exchange(): Promise<Failure | null> {
    const first = this.port.digest() === null ? await this.#fetchPack() : null;
    if (first && first.cause !== "unknown_phone") return first;
    return (await this.#sendAll()) ?? first;
  }

  async #sendAll(): Promise<Failure | null> {
    const tried = new Map<string, Cause>();
    for (;;) {
      const waiting = readyRows(this.port.rows(), this.around.now()).filter((row) => !tried.has(row.id));
      const rows = waiting.slice(0, this.#batch);
      const outcome = await this.#send(rows);
      if (outcome.kind !== "received") {
        if (outcome.cause !== "too_large" || rows.length === 0) return outcome;
        this.#halve(rows, tried);
        continue;
      }
      const failed = await this.#take(outcome.body, outcome.clockError);
      if (failed) return failed;
      for (const row of rows) tried.set(row.id, "not_understood");
      if (waiting.length <= rows.length) return leftBehind(tried, this.port.rows());
    }
  }

  /** 413: half as many. One row that is too large alone must not hold up the others. */
  #halve(rows: QueueRow[], tried: Map<string, Cause>): void {
    if (rows.length === 1 && rows[0]) tried.set(rows[0].id, "too_large");
    this.#batch = Math.max(1, Math.floor(rows.length / 2));
  }

  async #take(reply: Reply, clockError: number): Promise<Failure | null> {
    await this.port.answered(reply, clockError);
    return reply.revoked || reply.pack === this.port.digest() ? null : this.#fetchPack();
  }

  #send(rows: QueueRow[]): Promise<Outcome<Reply>> {
    const body = JSON.stringify({
      v: PROTOCOL,
      now: iso(this.around.now()),
      app: APP,
      since: this.port.cursor(),
      items: parcel(rows),
    });
    const headers = { ...this.#authorization(), "Content-Type": "application/json" };
    return ask(this.around, "/api/inbox/", { method: "POST", headers, body }, isReply);
  }

  async #fetchPack(): Promise<Failure | null> {
    const outcome = await ask(this.around, "/api/pack/", { headers: this.#authorization() }, isPack);
    if (outcome.kind !== "received") return outcome;
    await this.port.packed(outcome.body);
    return null;
  }

  #authorization(): Record<string, string> {
    return { Authorization: `Bearer ${this.port.token()}` };
  }

  #show(part: Partial<Line>): void {
    this.line = { ...this.line, ...part };
    this.port.changed(this.line);
  }

  #schedule(): void {
    this.#cancel?.();
    this.#cancel = this.around.later(() => void this.sync(), this.delay());
  }

  /** Until the next try: the end of an undo, the backoff after a failure, else a minute. */
  delay(): number {
    const retry = RETRY_MS[Math.min(this.#failures, RETRY_MS.length) - 1];
    if (retry !== undefined) return retry;
    const now = this.around.now();
    const waits = [...this.port.rows()]
      .map((row) => Math.max(0, row.ready_at - now))
      .filter((ms) => ms <= POLL_MS);
    return Math.min(POLL_MS, ...waits);
  }
}

/** The phone could not keep what it heard: nothing has left the queue, and the next try asks again. */
function notKept(error: unknown): Failure {
  console.warn("the answer was not kept", error);
  return { cause: "not_kept" };
}

/** What the server did not name stays; the next try is not at once. */
function leftBehind(tried: Map<string, Cause>, rows: Iterable<QueueRow>): Failure | null {
  for (const row of rows) {
    const cause = tried.get(row.id);
    if (cause) return { cause };
  }
  return null;
}
