// Kahan's matrix, on which column-pivoted QR does not see the rank.
import type { Matrix } from "../matrix.js";
import { allocate } from "../shape.js";

/** diag(1, s, s², ...)·(upper triangular with unit diagonal and -c above), s = sin θ, c = cos θ (Kahan 1966). θ = 1.2 as in Higham's test matrices. */
export function kahan(n: number, theta = 1.2): Matrix {
  const data = allocate(n, n);
  const s = Math.sin(theta);
  const c = Math.cos(theta);
  for (let i = 0; i < n; i++) {
    data[i * (n + 1)] = s ** i;
    for (let j = i + 1; j < n; j++) data[i * n + j] = -c * s ** i;
  }
  return { rows: n, columns: n, data };
}
