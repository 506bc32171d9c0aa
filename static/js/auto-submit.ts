import type { Behaviour } from "./behaviour";

/** `<form data-auto-submit>`: sends itself when a filter changes; typed words are left to htmx or Enter. */
export const autoSubmit: Behaviour = {
  selector: "form[data-auto-submit]",
  bind(element) {
    const form = element as HTMLFormElement;
    form.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement;
      if (field.type !== "search" && field.type !== "text") form.requestSubmit();
    });
    for (const button of form.querySelectorAll<HTMLElement>("[data-without-script]")) button.hidden = true;
  },
};
