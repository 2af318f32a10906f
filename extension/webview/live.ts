// What a screen reader is told: one voice, after a moment of quiet, at most once a second, and nothing twice.
import { h } from "./dom.js";

const QUIET = 500;
const BETWEEN = 1000;

export class Voice {
  readonly element = h("p", { class: "unseen", id: "live", role: "status", "aria-live": "polite" });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;

  say(words: string): void {
    clearTimeout(this.#timer);
    const wait = Math.max(QUIET, this.#last + BETWEEN - performance.now());
    this.#timer = setTimeout(() => {
      this.#last = performance.now();
      if (this.element.textContent !== words) this.element.textContent = words;
    }, wait);
  }
}
