// The ranks an adapter can have.

import { MathError, type Matrix, said, shapeText } from "../linalg/index.js";

/** Refuses r outside 1..min(n, m). */
export function requireAdapterRank(r: number, weight: Matrix): void {
  const most = Math.min(weight.rows, weight.columns);
  if (!(Number.isInteger(r) && r >= 1 && r <= most))
    throw new MathError(
      "index-out-of-range",
      said`an adapter of a ${shapeText(weight)} weight cannot have rank ${r}`,
      said`choose a whole number from 1 to ${most}`,
    );
}
