// One question at a time: of those that come while one is on its way only the newest is asked.

export class Turn {
  #busy = false;
  #next: (() => void) | undefined;

  /** Asks now, or when the answer that is awaited has come. */
  ask(start: () => void): void {
    if (this.#busy) {
      this.#next = start;
      return;
    }
    this.#busy = true;
    start();
  }

  /** The answer is here: what waited is asked. */
  done(): void {
    const next = this.#next;
    this.forget();
    if (next) this.ask(next);
  }

  /** No answer will come, and nothing waits. */
  forget(): void {
    this.#busy = false;
    this.#next = undefined;
  }
}
