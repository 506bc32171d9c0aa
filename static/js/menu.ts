import type { Behaviour } from "./behaviour";

/** `<details data-menu>`: closes on Escape, on a press outside, and when the focus leaves it. */
export const menu: Behaviour = {
  selector: "details[data-menu]",
  bind(element) {
    const details = element as HTMLDetailsElement;
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      event.stopPropagation();
      details.open = false;
      details.querySelector("summary")?.focus();
    });
    details.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (next instanceof Node && !details.contains(next)) details.open = false;
    });
    document.addEventListener("click", (event) => {
      if (details.open && !details.contains(event.target as Node)) details.open = false;
    });
  },
};
