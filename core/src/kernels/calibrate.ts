// Which tile the products run with: measured once, by a clock that is passed in.
import { call, kernels, put, useTileRows } from "./load.js";

/**
 * Times products with tiles of 4 and of 6 rows and keeps the faster one; a worker runs this once in idle time. `clock` answers milliseconds. 6 rows win by about 5 % on
 * V8 13 and later, and lose half the speed where the engine spills registers. Results do not depend on the choice.
 */
export function calibrate(clock: () => number, budget = 40): 4 | 6 {
  const k = kernels();
  if (!k) return 4;
  const n = 192;
  const time = call(k, (x) => {
    const zeros = new Float64Array(n * n);
    const [a, b, c] = [put(k, zeros), put(k, zeros), put(k, zeros)];
    const once = (rows: 4 | 6) => {
      x.setTileRows(rows);
      const start = clock();
      x.gemmAlone(n, n, n, 1, a, n, 1, b, n, 1, c, n, 0);
      return clock() - start;
    };
    const best = { 4: Infinity, 6: Infinity };
    const end = clock() + budget;
    // The first calls run unoptimised code: the least time counts.
    while (clock() < end) for (const rows of [4, 6] as const) best[rows] = Math.min(best[rows], once(rows));
    return best;
  });
  const rows = time[6] < 0.98 * time[4] ? 6 : 4;
  useTileRows(rows);
  return rows;
}
