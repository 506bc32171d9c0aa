// The service worker: the page's own files are kept whole, so that it opens without a signal. The server begins this
// script with the list of files and with a version that changes when one of them does.
export {};

declare const self: {
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
  location: Location;
  clients: { claim(): Promise<void> };
  ASSETS: string[];
  VERSION: string;
};

interface WorkerEvent {
  request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const SHELL = "/phone/";
const KEPT = "dauys-";
const cacheName = KEPT + self.VERSION;

/** All or nothing: a version that can't be kept whole does not replace the one before. */
async function keep(): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all(
    self.ASSETS.map(async (address) => {
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
