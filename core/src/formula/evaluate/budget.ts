// The limits an evaluation respects: time by a clock that is handed in, sizes by count.

import { fail, said } from "../../expr/index.js";
import type { Budget } from "../context.js";

/** Array cells, terms of a sum, exponents and factorials beyond these are refused before work starts (spec of errors). */
export const limits = { cells: 4096 * 4096, terms: 10_000_000, factorial: 100_000, matrixExponent: 1_000_000, depth: 256 } as const;

/** Tells the time in milliseconds; handed in because core knows no clock. */
export type Clock = () => number;

/**
 * A budget of `milliseconds` from now. `check` looks at the clock only every 64th time, so that it can be called in
 * tight loops. Without a clock only sizes are limited.
 */
export function budgetOf(milliseconds: number, clock?: Clock, cancelled?: () => boolean): Budget {
  const end = clock ? clock() + milliseconds : Number.POSITIVE_INFINITY;
  let calls = 0;
  const look = () => {
    if (cancelled?.()) fail("cancelled", "cancelled", [0, 0]);
    if (clock && clock() > end)
      fail("timeout", said`stopped after ${milliseconds / 1000} s`, [0, 0], "Use smaller sizes or fewer terms, or allow more time");
  };
  return {
    maxCells: limits.cells,
    maxTerms: limits.terms,
    nesting: { depth: 0 },
    look,
    check() {
      if ((++calls & 63) === 0) look();
    },
  };
}
