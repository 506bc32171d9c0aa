// The service worker: the page's own files are kept whole, so that it opens without a signal. The server puts the
// list of files in place of the placeholder; the first line of it that starts with the shell's address is the shell.
export {};

declare const self: {
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
  location: Location;
  clients: { claim(): Promise<void> };
};

interface WorkerEvent {
  request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const SHELL = "/phone/";
const KEPT = "dauys-";
let assets = "__ASSETS__" as unknown as string[];
assets = Array.isArray(assets) ? assets : [];
const cacheName = KEPT + digest(assets.join("\n"));

function digest(text: string): string {
  let hash = 5381;
  for (let index = 0; index < text.length; index++) hash = ((hash * 33) ^ text.charCodeAt(index)) >>> 0;
  return hash.toString(36);
}

/** All or nothing: a version that can't be kept whole does not replace the one before. */
async function keep(): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all(
    assets.map(async (address) => {
      const response = await fetch(address, { cache: "reload", credentials: "omit" });
      if (!response.ok || response.redirected) throw new Error(`${address}: ${response.status}`);
      await cache.put(new URL(address, self.location.href).pathname, response);
    }),
  );
}

async function forgetOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(KEPT) && name !== cacheName);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const cache = await caches.open(cacheName);
  return (await cache.match(pathname)) ?? fetch(request);
}

function isOurs(request: Request): boolean {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return false;
  if (pathname.startsWith("/static/")) return true;
  return request.mode === "navigate" ? pathname === SHELL : pathname === "/manifest.webmanifest";
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
// Everything else, the API first of all, goes to the network untouched.
self.addEventListener("fetch", (event) => {
  if (isOurs(event.request)) event.respondWith(answer(event.request));
});
