// Frank's matrix: determinant 1, eigenvalues in reciprocal pairs, the small ones ill-conditioned.
import type { Matrix } from "../matrix.js";
import { allocate } from "../shape.js";

/** Upper Hessenberg with f_ij = n + 1 - max(i, j), 1-based, for j >= i - 1 (Frank 1958). */
export function frank(n: number): Matrix {
  const data = allocate(n, n);
  for (let i = 0; i < n; i++) for (let j = Math.max(0, i - 1); j < n; j++) data[i * n + j] = n - Math.max(i, j);
  return { rows: n, columns: n, data };
}
