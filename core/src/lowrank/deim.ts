// Interpolation points for a basis: the discrete empirical interpolation method.

import { MathError, type Matrix, requireFinite, said, selectRows, shapeText, solve, submatrix } from "../linalg/index.js";

/**
 * One row index for each column of V (n×k, k <= n): first the largest |v₁|, then the largest residual of v_j interpolated at the points so far by v₁..v_{j-1}.
 * Independent of the signs of the columns; ties (1e-12) to the lowest place. O(nk² + k⁴). Throws "shape-mismatch" for k > n, "singular" for dependent columns, "nonfinite".
 * Chaturantabut & Sorensen 2010; Sorensen & Embree 2016.
 */
export function deim(v: Matrix): Int32Array {
  requireFinite(v, "DEIM");
  if (v.columns > v.rows) throw new MathError("shape-mismatch", said`DEIM needs at least as many rows as columns, not ${shapeText(v)}`);
  const points: number[] = [];
  for (let j = 0; j < v.columns; j++) {
    const column = submatrix(v, 0, v.rows, j, j + 1).data;
    if (j > 0) {
      const basis = submatrix(v, 0, v.rows, 0, j);
      const c = solve(selectRows(basis, points), { rows: j, columns: 1, data: Float64Array.from(points, (p) => column[p]) }).data;
      for (let i = 0; i < v.rows; i++) for (let k = 0; k < j; k++) column[i] -= basis.data[i * j + k] * c[k];
      for (const p of points) column[p] = 0;
    }
    let at = -1;
    let most = 0;
    for (let i = 0; i < v.rows; i++)
      if (Math.abs(column[i]) > most * (1 + 1e-12)) {
        most = Math.abs(column[i]);
        at = i;
      }
    if (at < 0) throw new MathError("singular", said`column ${j} of the basis depends on those before it`);
    points.push(at);
  }
  return Int32Array.from(points);
}
