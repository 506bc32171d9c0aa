import type { Behaviour } from "./behaviour";

/** `<div data-toast="10">`: hides after so many seconds, but waits while it is pointed at or holds the focus. */
export const toast: Behaviour = {
  selector: "[data-toast]",
  bind(element) {
    const seconds = Number(element.dataset.toast || 8);
    let timer = 0;

    const stop = () => clearTimeout(timer);
    const wait = () => {
      stop();
      timer = window.setTimeout(() => element.remove(), seconds * 1000);
    };

    element.addEventListener("pointerenter", stop);
    element.addEventListener("pointerleave", wait);
    element.addEventListener("focusin", stop);
    element.addEventListener("focusout", wait);
    element.addEventListener("click", (event) => {
      if ((event.target as HTMLElement).closest("[data-close]")) element.remove();
    });
    wait();
  },
};
