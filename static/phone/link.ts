// The link page: the token stands in the address after «#», a button makes this phone a device.
import { Store } from "./store";
import { chosenTheme, showTheme } from "./theme";
import type { Device } from "./types";

export type Linked = { kind: "linked"; device: Device } | { kind: "used" | "expired" | "failed" };

/** Whose records still wait on this phone, and how many. */
export interface Waiting {
  name: string;
  count: number;
}

export async function link(post: typeof fetch, token: string, csrf: string, label: string): Promise<Linked> {
  try {
    const response = await post("/phone/link/", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify({ token, label }),
    });
    return await read(response);
  } catch {
    return { kind: "failed" };
  }
}

async function read(response: Response): Promise<Linked> {
  const body = (await response.json()) as Record<string, string>;
  if (response.status === 410) return { kind: body.error === "used" ? "used" : "expired" };
  const { token, name = "", language = "ru", person = "" } = body;
  if (!response.ok || !token) return { kind: "failed" };
  return { kind: "linked", device: { token, name, language, person } };
}

// The more telling name first: an Android calls itself Linux too, and everybody calls themselves Safari.
const SYSTEMS = ["iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"];
const BROWSERS = ["Firefox", "SamsungBrowser", "YaBrowser", "OPR", "Chrome", "Safari"];

/** What the coordinator sees in the list of phones. */
export function labelOf(agent: string): string {
  const found = [SYSTEMS, BROWSERS].map((names) => names.find((name) => agent.includes(name)));
  return found.filter((name) => name !== undefined).join(", ");
}

/**
 * The phone is this device now, and asks anew what to walk. What waits to be sent is its first holder's: it goes on
 * under a new token of theirs, but never under another person's. Then nothing changes, and the answer says what waits.
 */
export async function become(store: Store, device: Device): Promise<Waiting | null> {
  return store.write(["keep", "states", "queue"], async (tx) => {
    const keep = tx.objectStore("keep");
    const before = (await keep.get("device")) as Device | undefined;
    const count = await tx.objectStore("queue").count();
    if (before && count > 0 && !isSamePerson(before, device)) return { name: before.name, count };
    await Promise.all([
      keep.put(device, "device"),
      keep.delete("pack"),
      keep.delete("cursor"),
      keep.delete("revoked"),
    ]);
    await tx.objectStore("states").clear();
    return null;
  });
}

const isSamePerson = (one: Device, other: Device): boolean =>
  one.person && other.person ? one.person === other.person : one.name === other.name;

function show(part: string): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-part]")) {
    element.hidden = element.dataset.part !== part;
  }
}

/** What "try again" does when the link is used up already, and its device waits in this page. */
let again: (() => Promise<void>) | null = null;

function showOccupied({ name, count }: Waiting): void {
  for (const [value, text] of Object.entries({ name, count: String(count) }))
    for (const place of document.querySelectorAll(`[data-value=${value}]`)) place.textContent = text;
  show("occupied");
}

const tokenOf = (hash: string): string => hash.slice(1);

async function press(button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  const csrf = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const linked = await link(
    (url, init) => fetch(url, init),
    tokenOf(location.hash),
    csrf,
    labelOf(navigator.userAgent),
  );
  button.disabled = false;
  if (linked.kind !== "linked") return show(linked.kind);
  await settleIn(linked.device);
}

async function settleIn(device: Device): Promise<void> {
  const waiting = await become(new Store(), device);
  if (waiting) {
    again = () => settleIn(device);
    return showOccupied(waiting);
  }
  // Pages that are open on this phone learn whose it is now.
  if ("BroadcastChannel" in window) new BroadcastChannel("dauys").postMessage("changed");
  localStorage.setItem("dauys-language", device.language);
  location.replace("/phone/");
}

function start(): void {
  showTheme(chosenTheme(localStorage));
  const button = document.querySelector<HTMLButtonElement>("[data-link]");
  if (!tokenOf(location.hash)) show("missing");
  button?.addEventListener("click", () => void press(button));
  // A newer link opened in the same page: only what is after «#» is another.
  window.addEventListener("hashchange", () => {
    again = null;
    show(tokenOf(location.hash) ? "ready" : "missing");
  });
  for (const each of document.querySelectorAll("[data-again]"))
    each.addEventListener("click", () => (again ? void again() : show("ready")));
}

if (typeof document !== "undefined") start();
