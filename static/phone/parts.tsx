// Pieces that every screen has: icon, head, signal strip, toast, sheet.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type App, useApp } from "./app";
import { dateOf } from "./clock";
import { takeBack } from "./doing";
import type { Word } from "./keys";

export function Icon({ name, class: extra = "" }: { name: string; class?: string }) {
  const { icons } = useApp();
  return (
    <svg class={`i ${extra}`} aria-hidden="true">
      <use href={`${icons}#i-${name}`} />
    </svg>
  );
}

export function IconButton({ icon, label, onClick }: { icon: string; label: string; onClick: () => void }) {
  return (
    <button type="button" class="ib" aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

interface HeadProps {
  title: string;
  sub?: string | undefined;
  back?: boolean;
  children?: ComponentChildren;
}

export function Head({ title, sub, back = true, children }: HeadProps) {
  const app = useApp();
  return (
    <header class={back ? "p-head" : "p-head first"}>
      {back && <IconButton icon="arrow-left" label={app.say("back")} onClick={() => app.nav.back()} />}
      <div>
        <h1>{title}</h1>
        {sub && <p>{sub}</p>}
      </div>
      {children}
    </header>
  );
}

const DAY_MS = 24 * 3_600_000;

/** When the oldest row was made, if it has waited for more than a day. */
export function overdue({ phone }: App): number | null {
  let oldest = Number.POSITIVE_INFINITY;
  for (const row of phone.rowsById.values()) oldest = Math.min(oldest, row.order / 1000);
  return phone.clock.now() - oldest > DAY_MS ? oldest : null;
}

function signal(app: App): [icon: string, word: Word] {
  const { line, revoked, unsent } = app.phone;
  if (revoked) return ["ban", "revoked_short"];
  if (!line.online) return ["wifi-off", "no_signal"];
  if (line.sending && unsent > 0) return ["refresh-cw", "sending"];
  if (line.cause) return ["circle-alert", `short_${line.cause}`];
  return ["wifi", "signal"];
}

/** On every screen: the signal, and how many acts are still only here. */
export function Strip() {
  const app = useApp();
  const { unsent } = app.phone;
  const [icon, word] = signal(app);
  const late = overdue(app);
  const count = unsent === 0 ? app.say("all_sent") : app.say("not_sent", { n: unsent });
  return (
    <button
      type="button"
      class={late ? "sync late" : "sync"}
      data-unsent={unsent}
      onClick={() => toQueue(app)}
    >
      <Icon name={icon} />
      <strong>{app.say(word)}</strong>
      <span class="n">
        <Icon name={late ? "triangle-alert" : unsent ? "clock" : "check"} />
        {late ? app.say("not_sent_since", { n: unsent, day: dateOf(late, app.phone.clock) }) : count}
      </span>
    </button>
  );
}

function toQueue(app: App): void {
  if (app.nav.route.at !== "queue") app.nav.go({ at: "queue" });
}

/** What was just done, with its undo: it takes room of its own and covers no flat. */
export function Toast() {
  const app = useApp();
  const { done } = app.phone;
  const seconds = useSeconds(done?.group ?? null);
  if (!done) return null;
  return (
    <div class={done.topics ? "toast two" : "toast"} role="status">
      <p>{done.text}</p>
      {done.topics && <TopicsButton />}
      <button type="button" class="undo" onClick={() => takeBack(app)}>
        <Icon name="undo-2" />
        {app.say("undo")}
        <span class="num">{seconds}</span>
      </button>
    </div>
  );
}

function TopicsButton() {
  const app = useApp();
  const { route } = app.nav;
  if (route.at !== "house" || route.sheet === "topics" || !app.phone.pack?.topics.length) return null;
  return (
    <button type="button" class="quiet" onClick={() => app.nav.go({ ...route, flat: null, sheet: "topics" })}>
      {app.say("topics_short")}
    </button>
  );
}

/** Whole seconds that an undo has left; at none the toast goes. */
function useSeconds(group: string | null): number {
  const { phone } = useApp();
  const [, tick] = useState(0);
  const left = group ? phone.undoable(group) : 0;
  useEffect(() => {
    if (!group) return;
    const timer = setInterval(() => {
      if (phone.undoable(group) > 0) tick((n) => n + 1);
      else phone.forgetDone();
    }, 500);
    return () => clearInterval(timer);
  }, [group, phone]);
  return Math.ceil(left / 1000);
}

/** Aloud: the tap was not kept, or came too late. */
export function Alarm() {
  const app = useApp();
  if (!app.phone.alarm) return null;
  return (
    <div class="alarm" role="alert">
      <p>{app.say(`alarm_${app.phone.alarm}`)}</p>
      <button type="button" class="btn" onClick={() => app.phone.hush()}>
        {app.say("understood")}
      </button>
    </div>
  );
}

interface SheetProps {
  title: string;
  sub?: ComponentChildren;
  children: ComponentChildren;
}

export function Sheet({ title, sub, children }: SheetProps) {
  const app = useApp();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const sheet = box.current;
    // What is tapped most lies lowest: with large text the sheet opens at its foot.
    sheet?.scrollTo(0, sheet.scrollHeight);
    sheet?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <button
        type="button"
        class="veil"
        tabIndex={-1}
        aria-label={app.say("close")}
        onClick={() => app.nav.close()}
      />
      <section
        class="sheet"
        role="dialog"
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
        ref={box}
        onKeyDown={(event) => (event.key === "Escape" ? app.nav.close() : stayInside(event))}
      >
        <header>
          <div>
            <h2>{title}</h2>
            {sub && <p>{sub}</p>}
          </div>
          <IconButton icon="x" label={app.say("close")} onClick={() => app.nav.close()} />
        </header>
        <Alarm />
        {children}
      </section>
    </>
  );
}

/** Tab goes round in the sheet. (Marking what lies under it `inert` would restyle the whole house at every tap.) */
function stayInside(event: KeyboardEvent): void {
  const sheet = event.currentTarget as HTMLElement;
  const buttons = [...sheet.querySelectorAll<HTMLElement>("button:not(:disabled)")];
  const edge = event.shiftKey ? buttons[0] : buttons.at(-1);
  const isOut = document.activeElement === edge || (event.shiftKey && document.activeElement === sheet);
  if (event.key !== "Tab" || !isOut) return;
  event.preventDefault();
  (event.shiftKey ? buttons.at(-1) : buttons[0])?.focus();
}

/** Something to know, with a sign. */
export function Notice({
  icon,
  title,
  children,
}: {
  icon: string;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="notice">
      <Icon name={icon} />
      <div>
        <strong>{title}</strong>
        {children && <p>{children}</p>}
      </div>
    </div>
  );
}
