import type { Behaviour } from "./behaviour";

/**
 * `<template id="trouble">`: what is said when htmx gets no answer, or a bad one. An answer that turned out to be
 * the sign-in page (the session has ended) is not put into the page: the page itself goes there.
 */
export const trouble: Behaviour = {
  selector: "template#trouble",
  bind(element) {
    const template = element as HTMLTemplateElement;

    function say(which: "[data-no-connection]" | "[data-no-answer]"): void {
      const part = template.content.cloneNode(true) as DocumentFragment;
      for (const line of part.querySelectorAll("p")) if (!line.matches(which)) line.remove();
      const shown = part.firstElementChild;
      document.getElementById("toasts")?.append(part);
      if (shown) window.htmx?.process(shown);
    }

    document.addEventListener("htmx:sendError", () => say("[data-no-connection]"));
    document.addEventListener("htmx:responseError", () => say("[data-no-answer]"));
    document.addEventListener("htmx:beforeSwap", (event) => {
      const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
      if (!xhr.responseURL) return;
      const answered = new URL(xhr.responseURL).pathname;
      if (answered.startsWith(template.dataset.signIn ?? "\0") && answered !== location.pathname) {
        event.preventDefault();
        location.reload();
      }
    });
  },
};

declare global {
  interface Window {
    htmx?: { process(element: Element): void };
  }
}
