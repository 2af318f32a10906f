// How long work is watched: kernels and long loops let a watcher look in every few milliseconds, and what it throws ends the work. This is how a caller
// cancels, keeps a limit of time, and shows that something goes on.

let watcher: (() => void) | null = null;

/** Operations of a plain loop between two looks: 2 to 5 ms. */
const BETWEEN = 1 << 21;
let spent = 0;

/**
 * Runs `body`; the kernels in it call `look` about every 2 ms of their work, and the loops that `spend` a little less often. What `look` throws ends the
 * computation and comes out here.
 */
export function watched<T>(look: () => void, body: () => T): T {
  const before = useWatcher(look);
  try {
    return body();
  } finally {
    useWatcher(before);
  }
}

/** From now on `look` is called, or nobody; answers who was called before. For work that is not one synchronous call; else see {@link watched}. */
export function useWatcher(look: (() => void) | null): (() => void) | null {
  const before = watcher;
  watcher = look;
  return before;
}

/** The watcher looks in now. */
export const letLook = (): void => watcher?.();

/** Called in loops that may be long, with the operations done since the last call: lets the watcher look in from time to time. */
export function spend(operations: number): void {
  spent += operations;
  if (spent < BETWEEN) return;
  spent = 0;
  watcher?.();
}
