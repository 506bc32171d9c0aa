// Where one stands, as an address after «#»: Back works, and a killed page comes back to the same flat.
export type Sheet = "outcome" | "talk" | "more" | "later" | "topics" | "menu" | "cheer";
/** Whether a tap at a flat of one's own is another visit or corrects the last; null: by the flat's state. */
export type Mode = "new" | "correct" | null;

export interface HouseRoute {
  at: "house";
  assignment: number;
  building: string;
  entrance: number;
  flat: string | null;
  sheet: Sheet | null;
  mode: Mode;
}

export type Route =
  | { at: "home" }
  | { at: "queue" }
  | { at: "settings" }
  | { at: "script"; assignment: number }
  | { at: "describe"; assignment: number; building: string }
  | { at: "report"; assignment: number; building: string; entrance: number }
  | HouseRoute;

/** The practice entrance stands where an assignment does. */
export const PRACTICE = 0;
const SHEETS: readonly string[] = ["outcome", "talk", "more", "later", "topics", "menu", "cheer"];

const MODES: readonly string[] = ["new", "correct"];

export function read(hash: string): Route {
  const [at = "", first = "", building = "", third = "", ...over] = hash.replace(/^#\/?/, "").split("/");
  const assignment = Number(first);
  if (at === "queue" || at === "settings") return { at };
  if (first === "" || !Number.isInteger(assignment)) return { at: "home" };
  if (at === "script") return { at, assignment };
  if (!building) return { at: "home" };
  if (at === "describe") return { at, assignment, building };
  const entrance = Number(third) || 1;
  if (at === "report") return { at, assignment, building, entrance };
  return at === "house" ? { at, assignment, building, entrance, ...readSheet(over) } : { at: "home" };
}

function readSheet([flat = "", sheet = "", mode = ""]: string[]): Pick<
  HouseRoute,
  "flat" | "sheet" | "mode"
> {
  const known = SHEETS.includes(sheet) ? (sheet as Sheet) : null;
  const open = known ?? (flat ? "outcome" : null);
  return { flat: flat || null, sheet: open, mode: MODES.includes(mode) ? (mode as Mode) : null };
}

export function write(route: Route): string {
  switch (route.at) {
    case "home":
      return "#/";
    case "queue":
    case "settings":
      return `#/${route.at}`;
    case "script":
      return `#/script/${route.assignment}`;
    case "describe":
      return `#/describe/${route.assignment}/${route.building}`;
    case "report":
      return `#/report/${route.assignment}/${route.building}/${route.entrance}`;
    case "house": {
      const base = `#/house/${route.assignment}/${route.building}/${route.entrance}`;
      const over = `${route.flat ?? ""}/${route.sheet ?? ""}/${route.mode ?? ""}`;
      return route.sheet ? `${base}/${over}` : base;
    }
  }
}

/** The screen beneath: where closing a sheet or «back» leads when there is no history. */
export function beneath(route: Route): Route {
  if (route.at === "report") return house(route.assignment, route.building, route.entrance);
  if (route.at !== "house" || route.sheet === null) return { at: "home" };
  const inFlat = route.sheet === "talk" || route.sheet === "more" || route.sheet === "later";
  return inFlat ? { ...route, sheet: "outcome" } : houseOf(route);
}

export const house = (assignment: number, building: string, entrance: number): HouseRoute => {
  return { at: "house", assignment, building, entrance, flat: null, sheet: null, mode: null };
};

const houseOf = (route: HouseRoute): HouseRoute => house(route.assignment, route.building, route.entrance);

export class Navigation {
  route: Route;
  #changed: () => void = () => undefined;
  #next: Route | null = null;
  #leaving = false;

  constructor(
    private readonly window: Window,
    last: string | undefined,
    private readonly remember: (hash: string) => void,
  ) {
    if (last) this.#comeBack(last);
    this.route = read(this.window.location.hash);
    this.window.addEventListener("popstate", () => this.#settle());
  }

  onChange(changed: () => void): void {
    this.#changed = changed;
  }

  /** A step forward, which Back undoes. */
  go(route: Route): void {
    if (this.#waits(route)) return;
    const depth = this.#depth + 1;
    this.window.history.pushState({ depth }, "", write(route));
    this.#settle();
  }

  /** The same step, elsewhere. */
  turn(route: Route): void {
    if (this.#waits(route)) return;
    this.window.history.replaceState({ depth: this.#depth }, "", write(route));
    this.#settle();
  }

  back(): void {
    if (this.#depth > 0) this.window.history.back();
    else this.turn(beneath(this.route));
  }

  /** Close whatever lies over the house: shown at once, the history follows. `then` comes over the bare house. */
  close(then: Route | null = null): void {
    if (this.route.at !== "house") {
      this.back();
      return;
    }
    const under = houseOf(this.route);
    const steps = chain(this.route).length - chain(under).length;
    if (steps === 0 || this.#depth < steps) {
      this.turn(under);
      if (then) this.go(then);
      return;
    }
    this.#show(under);
    this.#next = then;
    this.#leaving = true;
    this.window.setTimeout(() => this.window.history.go(-steps), 0);
  }

  /** While the history is on its way back, a step is shown at once and taken when it has arrived. */
  #waits(route: Route): boolean {
    if (!this.#leaving) return false;
    this.#next = route;
    this.#show(route);
    return true;
  }

  get #depth(): number {
    return (this.window.history.state as { depth?: number } | null)?.depth ?? 0;
  }

  #settle(): void {
    this.#leaving = false;
    const next = this.#next;
    this.#next = null;
    if (next) {
      this.go(next);
      return;
    }
    this.remember(this.window.location.hash);
    this.#show(read(this.window.location.hash));
  }

  #show(route: Route): void {
    const same = write(route) === write(this.route);
    this.route = route;
    if (!same) this.#changed();
  }

  /** After a kill: the same screen, with the ones beneath it under Back. */
  #comeBack(last: string): void {
    if (this.window.location.hash) return;
    this.window.history.replaceState({ depth: 0 }, "", "#/");
    chain(read(last)).forEach((route, index) => {
      this.window.history.pushState({ depth: index + 1 }, "", write(route));
    });
  }
}

/** The screens from home (left out) to this one. */
export function chain(route: Route): Route[] {
  return route.at === "home" ? [] : [...chain(beneath(route)), route];
}
