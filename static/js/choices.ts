import type { Behaviour } from "./behaviour";

const FOLDED: Record<string, string> = {
  ә: "а",
  ғ: "г",
  қ: "к",
  ң: "н",
  ө: "о",
  ұ: "у",
  ү: "у",
  һ: "х",
  і: "и",
  ё: "е",
  й: "и",
};

/** One spelling for searching, as the server has it: «Төле» is found by «толе». */
export function fold(text: string): string {
  return text.toLowerCase().replace(/[әғқңөұүһіёй]/g, (letter) => FOLDED[letter] ?? letter);
}

/** `<div data-choices>`: many ticks with a field above them that narrows the list; what is ticked stays in sight. */
export const choices: Behaviour = {
  selector: "[data-choices]",
  bind(element) {
    const field = element.querySelector<HTMLInputElement>("[data-narrow]");
    const none = element.querySelector<HTMLElement>("[data-none]");
    if (!field) return;
    const labels = [...element.querySelectorAll<HTMLLabelElement>("label")];
    const words = labels.map((label) => fold(label.textContent ?? ""));

    field.hidden = false;
    field.addEventListener("input", () => {
      const wanted = fold(field.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      labels.forEach((label, at) => {
        const fits = wanted.every((word) => words[at]?.includes(word));
        label.hidden = !fits && !label.querySelector("input")?.checked;
        if (!label.hidden) shown += 1;
      });
      if (none) none.hidden = shown > 0;
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  },
};
