import type { Behaviour } from "./behaviour";

/**
 * `<button data-ask="id-of-dialog">` opens a `<dialog>` that says what will be lost before its form is sent.
 * A `[data-close]` inside it, Escape, or a press outside closes it without an act.
 */
export const confirmDialog: Behaviour = {
  selector: "[data-ask]",
  bind(button) {
    const dialog = document.getElementById(button.dataset.ask ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
    dialog.addEventListener("click", (event) => {
      const pressed = event.target as HTMLElement;
      if (pressed === dialog || pressed.closest("[data-close]")) dialog.close();
    });
  },
};
