// The link page: the token stands in the address after «#», a button makes this phone a device.
import { Store } from "./store";
import type { Device } from "./types";

export type Linked = { kind: "linked"; device: Device } | { kind: "used" | "expired" | "failed" };

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
  const { token, name = "", language = "ru" } = body;
  return response.ok && token ? { kind: "linked", device: { token, name, language } } : { kind: "failed" };
}

// The more telling name first: an Android calls itself Linux too, and everybody calls themselves Safari.
const SYSTEMS = ["iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"];
const BROWSERS = ["Firefox", "SamsungBrowser", "YaBrowser", "OPR", "Chrome", "Safari"];

/** What the coordinator sees in the list of phones. */
export function labelOf(agent: string): string {
  const found = [SYSTEMS, BROWSERS].map((names) => names.find((name) => agent.includes(name)));
  return found.filter((name) => name !== undefined).join(", ");
}

/** Another person's link on the same phone: what the first one sent or not stays; what to walk is asked anew. */
export async function become(store: Store, device: Device): Promise<void> {
  await store.write(["keep", "states"], async (tx) => {
    const keep = tx.objectStore("keep");
    await Promise.all([
      keep.put(device, "device"),
      keep.delete("pack"),
      keep.delete("cursor"),
      keep.delete("revoked"),
    ]);
    await tx.objectStore("states").clear();
  });
}

function show(part: string): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-part]")) {
    element.hidden = element.dataset.part !== part;
  }
}

async function press(button: HTMLButtonElement, token: string): Promise<void> {
  button.disabled = true;
  const csrf = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const linked = await link((url, init) => fetch(url, init), token, csrf, labelOf(navigator.userAgent));
  button.disabled = false;
  if (linked.kind !== "linked") return show(linked.kind);
  await become(new Store(), linked.device);
  localStorage.setItem("dauys-language", linked.device.language);
  location.replace("/phone/");
}

function start(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-link]");
  const token = location.hash.slice(1);
  if (!token) show("missing");
  button?.addEventListener("click", () => void press(button, token));
  document.querySelector("[data-again]")?.addEventListener("click", () => show("ready"));
}

if (typeof document !== "undefined") start();
