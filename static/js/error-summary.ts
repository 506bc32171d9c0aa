import type { Behaviour } from "./behaviour";

/** `<div data-error-summary tabindex="-1">`: takes the focus when it appears; its links go to the fields. */
export const errorSummary: Behaviour = {
  selector: "[data-error-summary]",
  bind(summary) {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = (event.target as HTMLElement).closest("a");
      const field = document.getElementById(link?.hash.slice(1) ?? "");
      if (!field) return;
      event.preventDefault();
      const control = field.matches("input, select, textarea")
        ? field
        : field.querySelector("input, select, textarea");
      field.scrollIntoView({ block: "center" });
      (control as HTMLElement | null)?.focus({ preventScroll: true });
    });
  },
};
