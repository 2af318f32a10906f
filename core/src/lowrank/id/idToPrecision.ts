// As many columns as a precision asks for.

import { MathError, type Matrix, multiply, pivotedR, type Random, said, submatrix } from "../../linalg/index.js";
import { columnNorms, requireReal } from "../check.js";
import { gaussianMatrix } from "../randomMatrix.js";
import { assemble, fromColumns, type Id, interpolation, type Measure, measured } from "./fromColumns.js";

/** How many pivots lie above eps times the largest column norm. */
function pivotsAbove(R: Matrix, count: number, cut: number): number {
  let k = 0;
  while (k < count && Math.abs(R.data[k * (R.columns + 1)]) > cut) k++;
  return k;
}

/**
 * The interpolative decomposition with k = #{|r_jj| > eps·max‖a_j‖}, the rule of SciPy's `interp_decomp`. O(mnk). A zero matrix has k = 0.
 * With `rng` the columns come from a Gaussian sketch whose size doubles until it holds 10 rows more than it found columns; the coefficients are then C⁺A.
 * Throws "domain" for eps < 0, "nonfinite". Cheng, Gimbutas, Martinsson & Rokhlin 2005.
 */
export function idToPrecision(a: Matrix, eps: number, { rng, measure }: { rng?: Random; measure?: Measure } = {}): Id {
  requireReal(a, "the interpolative decomposition");
  if (!(eps >= 0)) throw new MathError("domain", said`the precision must not be negative, it is ${eps}`);
  if (rng) return sketched(a, eps, rng, measure);
  const big = columnNorms(a).reduce((x, y) => Math.max(x, y), 0);
  // A little below the cut, so that rounding in the norms cannot stop it one column early; a precision below rounding asks for the numerical rank.
  const cut = Math.max(eps, Math.max(a.rows, a.columns) * 2 ** -52) * big;
  const f = pivotedR(a, { tolerance: cut * 0.99 });
  const k = pivotsAbove(f.R, f.steps, cut);
  const columns = f.permutation.slice(0, k);
  const T = interpolation(submatrix(f.R, 0, k, 0, a.columns), k);
  return measured(a, columns, assemble(columns, f.permutation.subarray(k), T), k, measure);
}

function sketched(a: Matrix, eps: number, rng: Random, measure?: Measure): Id {
  const small = Math.min(a.rows, a.columns);
  for (let d = Math.min(small, 16); ; d = Math.min(small, 2 * d)) {
    if (d === small) return idToPrecision(a, eps, { measure });
    const sketch = multiply(gaussianMatrix(d, a.rows, rng), a);
    const big = columnNorms(sketch).reduce((x, y) => Math.max(x, y), 0);
    const cut = Math.max(eps, Math.max(a.rows, a.columns) * 2 ** -52) * big;
    const f = pivotedR(sketch, { tolerance: cut * 0.99 });
    const k = pivotsAbove(f.R, f.steps, cut);
    if (k <= d - 10) return fromColumns(a, f.permutation.slice(0, k), k, measure);
  }
}
