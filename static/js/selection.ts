import type { Behaviour } from "./behaviour";

/**
 * `<div data-selection>`: rows with `<input type="checkbox" data-row>`, one `[data-all]` in the head, and a bar
 * `[data-bulk]` that appears when something is chosen. `[data-count]` in the bar says how many.
 * A row's `data-weight` (its flats, say) is added up in `[data-sum]`.
 */
export const selection: Behaviour = {
  selector: "[data-selection]",
  bind(root) {
    const rows = () => [...root.querySelectorAll<HTMLInputElement>("input[data-row]")];
    const all = () => root.querySelector<HTMLInputElement>("input[data-all]");
    const number = new Intl.NumberFormat(document.documentElement.lang || "ru");

    function say(selector: string, value: number): void {
      for (const place of root.querySelectorAll(selector)) place.textContent = number.format(value);
    }
    function show(): void {
      const chosen = rows().filter((row) => row.checked);
      for (const row of rows()) row.closest("tr")?.classList.toggle("on", row.checked);
      const head = all();
      if (head) {
        head.checked = chosen.length > 0 && chosen.length === rows().length;
        head.indeterminate = chosen.length > 0 && !head.checked;
      }
      say("[data-count]", chosen.length);
      say(
        "[data-sum]",
        chosen.reduce((sum, row) => sum + Number(row.dataset.weight ?? 0), 0),
      );
      for (const bar of root.querySelectorAll<HTMLElement>("[data-bulk]")) bar.hidden = chosen.length === 0;
    }
    function choose(checked: boolean): void {
      for (const row of rows()) row.checked = checked;
      show();
    }

    root.addEventListener("change", (event) => {
      const box = event.target as HTMLInputElement;
      if (box.matches("[data-all]")) choose(box.checked);
      else if (box.matches("[data-row]")) show();
    });
    root.addEventListener("htmx:afterSwap", show);
    root.addEventListener("click", (event) => {
      if ((event.target as HTMLElement).closest("[data-clear]")) choose(false);
    });
    show();
  },
};
