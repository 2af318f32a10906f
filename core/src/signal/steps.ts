// Long work in portions.
import { MathError } from "../linalg/index.js";

/**
 * Long work that can be watched and stopped: yields the finished fraction (0 to 1) after each portion and returns the result at the end. The caller may show progress,
 * let other work run between two portions, or stop by not asking for more; memory held by stopped work is freed with the generator.
 */
export type Steps<T> = Generator<number, T>;

export interface Watch {
  readonly progress?: (fraction: number) => void;
  /** Asked between two portions; true ends the work with MathError "cancelled". */
  readonly cancelled?: () => boolean;
}

/** Does the work to the end, telling the watcher. Throws MathError "cancelled" when asked to stop. */
export function finish<T>(steps: Steps<T>, watch: Watch = {}): T {
  for (;;) {
    if (watch.cancelled?.()) throw new MathError("cancelled", "the computation was cancelled");
    const { done, value } = steps.next();
    if (done) return value;
    watch.progress?.(value);
  }
}
