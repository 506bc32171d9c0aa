import type { Behaviour } from "./behaviour";

/**
 * `<a data-opens="nav" href="#nav">`: on a narrow screen the sections open as a sheet. Without script the link
 * itself shows them (`:target`); with it they close on Escape and on a press outside, and the focus returns.
 */
export const navigation: Behaviour = {
  selector: "[data-opens]",
  bind(opener) {
    const sheet = document.getElementById(opener.dataset.opens ?? "");
    if (!sheet) return;

    function open(): void {
      sheet?.setAttribute("data-open", "");
      opener.setAttribute("aria-expanded", "true");
      const current = sheet?.querySelector<HTMLElement>("a[aria-current]") ?? sheet?.querySelector("a");
      current?.focus();
    }
    function close(): void {
      if (!sheet?.hasAttribute("data-open")) return;
      sheet.removeAttribute("data-open");
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
    }

    opener.setAttribute("role", "button");
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      open();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
    document.addEventListener("click", (event) => {
      const pressed = event.target as HTMLElement;
      if (!sheet.contains(pressed) || pressed.closest("[data-close]")) {
        if (pressed.closest("[data-close]")) event.preventDefault();
        close();
      }
    });
    sheet.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (next instanceof Node && !sheet.contains(next)) close();
    });
  },
};
