// The sum of the main diagonal.
import type { Scalar } from "./complex.js";
import type { Matrix } from "./matrix.js";
import { requireSquare } from "./shape.js";

/** tr A = Σ a_ii of a square matrix ("not-square" otherwise): a number, or a pair for a complex matrix; 0 when empty. */
export function trace(a: Matrix): Scalar {
  requireSquare(a, "the trace");
  const along = (x: Float64Array) => {
    let t = 0;
    for (let i = 0; i < a.rows; i++) t += x[i * (a.columns + 1)];
    return t;
  };
  return a.imag ? { re: along(a.data), im: along(a.imag) } : along(a.data);
}
