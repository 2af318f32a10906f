// Wilkinson's W+, a tridiagonal matrix with pairs of nearly equal eigenvalues.
import type { Matrix } from "../matrix.js";
import { allocate } from "../shape.js";

/** Diagonal |i - (n - 1)/2|, ones beside it; for n = 21 the two largest eigenvalues agree to 14 digits (Wilkinson 1965). */
export function wilkinson(n: number): Matrix {
  const data = allocate(n, n);
  for (let i = 0; i < n; i++) {
    data[i * (n + 1)] = Math.abs(i - (n - 1) / 2);
    if (i + 1 < n) {
      data[i * (n + 1) + 1] = 1;
      data[(i + 1) * n + i] = 1;
    }
  }
  return { rows: n, columns: n, data };
}
