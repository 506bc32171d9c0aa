// The start of the phone page: memory, words, connection, screens.
import { render } from "preact";
import { useEffect, useReducer } from "preact/hooks";
import { type App, AppContext } from "./app";
import type { Surroundings } from "./connection";
import { Phone } from "./phone";
import { Lessons } from "./practice";
import { Queue } from "./queue";
import { Navigation } from "./route";
import { Screen } from "./screens/screen";
import { Store } from "./store";
import { chosenTheme, showTheme } from "./theme";
import { type Catalogues, chooseLanguage, chosenLanguage, Words } from "./words";

const around: Surroundings = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  online: () => navigator.onLine,
  later: (work, ms) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

/** That this phone worked before: when it says so and the database is empty, the browser cleared it. */
const WORKED = "dauys-worked";

function makeApp(phone: Phone, last: string | undefined): App {
  const catalogues = JSON.parse(document.getElementById("words")?.textContent ?? "{}") as Catalogues;
  const app: App = {
    phone,
    nav: new Navigation(window, last, (hash) => void phone.store.note("at", hash)),
    words: new Words(catalogues, chosenLanguage(localStorage, phone.device?.language)),
    lessons: new Lessons(),
    icons: document.documentElement.dataset.icons ?? "",
    persisted: null,
    cleared: localStorage.getItem(WORKED) !== null && phone.device === null,
    secure: window.isSecureContext,
    say: (word, values) => app.words.say(word, values),
    setLanguage: (language) => {
      chooseLanguage(localStorage, language);
      app.words = new Words(catalogues, language);
      document.documentElement.lang = language;
      phone.tell();
    },
  };
  document.documentElement.lang = app.words.language;
  if (phone.device) localStorage.setItem(WORKED, "1");
  return app;
}

function Root({ app }: { app: App }) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    app.nav.onChange(() => redraw(undefined));
    return app.phone.subscribe(() => redraw(undefined));
  }, [app]);
  return (
    <AppContext.Provider value={app}>
      <Screen />
    </AppContext.Provider>
  );
}

function keepInTouch(phone: Phone): void {
  const sync = () => void phone.connection.sync();
  window.addEventListener("online", sync);
  window.addEventListener("offline", () => {
    phone.changed({ ...phone.line, online: false });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") sync();
  });
  sync();
}

async function askToStay(app: App): Promise<void> {
  const { storage } = navigator;
  if (!storage?.persist) return;
  app.persisted = (await storage.persisted()) || (app.phone.device !== null && (await storage.persist()));
  app.phone.tell();
}

const ECHO_MS = 400;
const ECHO_PX = 24;

/** The second tap of a double tap falls on what has come under the thumb since: it is no tap. */
function ignoreEchoes(phone: Phone): void {
  let last = { at: 0, x: 0, y: 0 };
  const listen = (event: MouseEvent) => {
    const click = { at: Date.now(), x: event.clientX, y: event.clientY };
    const isNear = Math.hypot(click.x - last.x, click.y - last.y) < ECHO_PX;
    const isEcho = isNear && click.at - last.at < ECHO_MS && phone.recordedAt >= last.at;
    last = click;
    // A key's click has no place, and its button is the one that is meant.
    if (isEcho && event.detail > 0) event.stopPropagation();
  };
  document.addEventListener("click", listen, true);
}

function serveOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker
    .register("/sw.js")
    .catch((error: unknown) => console.warn("no offline work", error));
}

async function start(): Promise<void> {
  showTheme(chosenTheme(localStorage));
  const store = new Store();
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("dauys") : null;
  const phone = new Phone(store, new Queue(store), around, () => channel?.postMessage("changed"));
  await phone.load();
  channel?.addEventListener("message", () => void phone.load());
  const app = makeApp(phone, await store.noted<string>("at"));
  const place = document.getElementById("app");
  if (place) render(<Root app={app} />, place);
  performance.mark("ready");
  ignoreEchoes(phone);
  keepInTouch(phone);
  serveOffline();
  await askToStay(app);
}

void start();
