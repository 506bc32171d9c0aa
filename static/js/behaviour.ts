/** A behaviour: which elements it is for, and what it does to one of them. */
export interface Behaviour {
  selector: string;
  bind(element: HTMLElement): void;
}

const bound = new WeakMap<HTMLElement, Set<Behaviour>>();

function bindOnce(behaviour: Behaviour, element: HTMLElement): void {
  const known = bound.get(element) ?? new Set<Behaviour>();
  if (known.has(behaviour)) return;
  bound.set(element, known.add(behaviour));
  behaviour.bind(element);
}

/** Binds the behaviours to everything inside `root`, and to `root` itself. */
export function bindAll(behaviours: Behaviour[], root: ParentNode & Node): void {
  for (const behaviour of behaviours) {
    if (root instanceof HTMLElement && root.matches(behaviour.selector)) bindOnce(behaviour, root);
    for (const element of root.querySelectorAll<HTMLElement>(behaviour.selector))
      bindOnce(behaviour, element);
  }
}

/** Binds at the page's start, and again to each part that htmx brings in. */
export function start(behaviours: Behaviour[]): void {
  bindAll(behaviours, document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof HTMLElement) bindAll(behaviours, event.target);
  });
}
