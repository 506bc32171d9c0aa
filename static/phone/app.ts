// What every screen is given: the phone, where one stands, and the words.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { dateOf, timeOf } from "./clock";
import type { Word } from "./keys";
import type { Phone } from "./phone";
import type { Lessons } from "./practice";
import type { Navigation } from "./route";
import type { Values, Words } from "./words";

export interface App {
  phone: Phone;
  nav: Navigation;
  words: Words;
  lessons: Lessons;
  icons: string;
  /** Storage was promised to stay, refused, or nobody can tell. */
  persisted: boolean | null;
  /** This phone worked before, and its data are gone. */
  cleared: boolean;
  secure: boolean;
  say(word: Word, values?: Values): string;
  setLanguage(language: Words["language"]): void;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("no app around the screen");
  return app;
}

/** «18:42», or «24.11, 18:42» when it was not today; `serverMs` is corrected time. */
export function momentOf(app: App, serverMs: number): string {
  const { clock } = app.phone;
  const ms = serverMs - clock.error;
  const time = timeOf(ms, clock);
  return dateOf(ms, clock) === dateOf(clock.now(), clock) ? time : `${dateOf(ms, clock)}, ${time}`;
}
