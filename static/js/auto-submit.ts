import type { Behaviour } from "./behaviour";

/**
 * `<form data-auto-submit>`: sends itself when a filter changes; typed words are left to htmx or Enter. A filter that
 * is set looks so, and `[data-reset]` shows as soon as there is something to reset.
 */
export const autoSubmit: Behaviour = {
  selector: "form[data-auto-submit]",
  bind(element) {
    const form = element as HTMLFormElement;
    const fields = () => [...form.querySelectorAll<HTMLInputElement>("select, input:not([type=hidden])")];
    const isSet = (field: HTMLInputElement) =>
      field.type === "checkbox" || field.type === "radio" ? field.checked : field.value !== "";

    function show(): void {
      for (const field of fields()) if (field.matches("select")) field.classList.toggle("on", isSet(field));
      for (const reset of form.querySelectorAll<HTMLElement>("[data-reset]"))
        reset.hidden = !fields().some(isSet);
    }

    form.addEventListener("input", show);
    form.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement;
      if (field.type !== "search" && field.type !== "text") form.requestSubmit();
    });
    for (const button of form.querySelectorAll<HTMLElement>("[data-without-script]")) button.hidden = true;
  },
};
