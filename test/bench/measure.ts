// Times of one function: processor time, the least over batches, so that other load on the machine disturbs little.

export const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Results end here, so that no loop is optimised away. */
export const sink: { last: unknown } = { last: undefined };

/** Milliseconds of one call of `f`: the least over batches of at least `grain` ms that fill `budget` ms. `clock` is processor time unless said. */
export function least(f: () => unknown, budget = 80, clock: () => number = cpuMs): number {
  const grain = 2;
  let count = 1;
  let best = Infinity;
  for (;;) {
    const start = clock();
    for (let i = 0; i < count; i++) sink.last = f();
    const time = clock() - start;
    // Shorter batches are below the clock's grain.
    if (time >= grain) {
      best = time / count;
      break;
    }
    count = time > 0.3 ? Math.ceil((count * grain * 1.2) / time) : count * 4;
  }
  const end = performance.now() + budget;
  while (performance.now() < end) {
    const start = clock();
    for (let i = 0; i < count; i++) sink.last = f();
    // The kernel's accounting jumps now and then, in the first batch, too: one that seems to have taken next to nothing asks for longer ones.
    const time = clock() - start;
    if (time >= grain / 4) best = Math.min(best, time / count);
    else count *= 2;
  }
  return best;
}

/** Numbers in [-1, 1) from a seed (a linear congruential generator: good enough for test matrices). */
export function uniform(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 2 ** 31 - 1;
  };
}
