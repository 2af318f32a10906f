// Estimating 1-norms of matrices that are only known by their products.

import { selectRows } from "./blocks.js";
import { modulus } from "./complex.js";
import { type PackedLu, packedLu } from "./lu.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { norm1 } from "./norm.js";
import { requireSquare } from "./shape.js";
import { solveWithLu } from "./solve.js";
import { solveTriangular } from "./triangular.js";

/** A linear map on n×1 columns with its adjoint. */
export interface LinearMap {
  readonly size: number;
  readonly apply: (x: Matrix) => Matrix;
  readonly applyAdjoint: (x: Matrix) => Matrix;
}

/**
 * A lower bound of ‖A‖₁, seldom below a third of it: Hager 1984 as refined by Higham 1988 (LAPACK's lacon). At most 5 products each with A and Aᴴ, and one more
 * with an alternating vector against cancellation. 0 for size 0.
 */
export function estimateNorm1(map: LinearMap): number {
  const n = map.size;
  if (n === 0) return 0;
  const columnOf = (data: Float64Array): Matrix => ({ rows: n, columns: 1, data });
  let x = columnOf(new Float64Array(n).fill(1 / n));
  let best = 0;
  let last = -1;
  for (let round = 0; round < 5; round++) {
    const y = map.apply(x);
    const size = norm1(y);
    if (!(size > best) && round > 0) break;
    best = size;
    if (n === 1) return best;
    const z = map.applyAdjoint(signs(y));
    let top = 0;
    let where = 0;
    for (let i = 0; i < n; i++) {
      const v = modulus(z.data[i], z.imag?.[i] ?? 0);
      if (v > top) {
        top = v;
        where = i;
      }
    }
    if (where === last) break;
    last = where;
    const unit = new Float64Array(n);
    unit[where] = 1;
    x = columnOf(unit);
  }
  const alternating = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1) * (1 + i / Math.max(1, n - 1)));
  return Math.max(best, (2 * norm1(map.apply(columnOf(alternating)))) / (3 * n));
}

/** y_i/|y_i|, 1 where y_i = 0. */
function signs(y: Matrix): Matrix {
  const data = new Float64Array(y.rows);
  const imag = y.imag ? new Float64Array(y.rows) : undefined;
  for (let i = 0; i < y.rows; i++) {
    const size = modulus(y.data[i], y.imag?.[i] ?? 0);
    data[i] = size === 0 ? 1 : y.data[i] / size;
    if (imag) imag[i] = size === 0 ? 0 : y.imag![i] / size;
  }
  return imag ? { rows: y.rows, columns: 1, data, imag } : { rows: y.rows, columns: 1, data };
}

/** An estimate of ‖A_1·A_2 ...‖₁ for square factors, without forming the product. */
export function normEstimate(factors: readonly Matrix[]): number {
  return estimateNorm1({
    size: factors[0].rows,
    apply: (x) => factors.reduceRight((y, f) => multiply(f, y), x),
    applyAdjoint: (x) => factors.reduce((y, f) => multiply(f, y, { a: "adjoint" }), x),
  });
}

/** x with Aᴴ·x = b from the packed factors of A: Uᴴ, Lᴴ, then the permutation undone. */
function solveAdjoint(f: PackedLu, b: Matrix): Matrix {
  const y = solveTriangular(f.packed, b, { uplo: "upper", operation: "adjoint" });
  const z = solveTriangular(f.packed, y, { uplo: "lower", unit: true, operation: "adjoint" });
  const back = new Int32Array(f.permutation.length);
  f.permutation.forEach((from, i) => {
    back[from] = i;
  });
  return selectRows(z, back);
}

/**
 * 1/(‖A‖₁·‖A⁻¹‖₁), the inverse's norm estimated from an LU factorisation in O(n²) beyond it (Higham 2002 §15.3): 0 when singular, near eps when numerically so;
 * 1 for the empty matrix. Throws "not-square", "nonfinite".
 */
export function reciprocalCondition(a: Matrix): number {
  requireSquare(a, "the condition estimate");
  if (a.rows === 0) return 1;
  const f = packedLu(a);
  const size = norm1(a);
  if (f.zeroPivot >= 0 || size === 0) return 0;
  const inverseSize = estimateNorm1({ size: a.rows, apply: (x) => solveWithLu(f, x), applyAdjoint: (x) => solveAdjoint(f, x) });
  const r = 1 / inverseSize / size;
  return Number.isFinite(r) ? Math.min(1, r) : 0;
}
