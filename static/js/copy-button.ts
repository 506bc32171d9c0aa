import type { Behaviour } from "./behaviour";

const SHOWN_FOR = 2500;

/** `<button data-copy="text" data-copied="word">`: puts the text on the clipboard and says so for a moment. */
export const copyButton: Behaviour = {
  selector: "button[data-copy]",
  bind(button) {
    const label = button.querySelector<HTMLElement>("[data-label]") ?? button;
    const before = label.textContent ?? "";
    let timer = 0;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? "");
      label.textContent = button.dataset.copied ?? before;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        label.textContent = before;
      }, SHOWN_FOR);
    });
  },
};
