// PiSSA: the adapter starts as the leading part of the weight itself.

import { MathError, type Matrix, multiply, said, scale, selectColumns, subtract, svd, transpose } from "../linalg/index.js";
import { requireAdapterRank } from "./rank.js";

export interface Pissa {
  readonly A: Matrix;
  readonly B: Matrix;
  /** W₀ - s·A·B, what stays frozen: the tail of the SVD. */
  readonly residual: Matrix;
}

/**
 * A = U_r√(Σ_r/s), B = √(Σ_r/s)V_rᵀ, so that s·A·B is the best rank-r approximation of W₀. O(nm·min(n, m)).
 * Throws "index-out-of-range" for r outside 1..min(n, m), "domain" for s <= 0, "nonfinite". Meng et al. 2024 (arXiv 2404.02948).
 */
export function pissaInit(w0: Matrix, r: number, s = 1): Pissa {
  requireAdapterRank(r, w0);
  if (!(s > 0 && Number.isFinite(s))) throw new MathError("domain", said`the scale must be positive, it is ${s}`);
  const f = svd(w0);
  const first = Array.from({ length: r }, (_, i) => i);
  const roots = first.map((i) => Math.sqrt(f.s[i] / s));
  const by = (a: Matrix): Matrix => ({ ...a, data: a.data.map((x, i) => x * roots[i % r]) });
  const A = by(selectColumns(f.U, first));
  const B = transpose(by(selectColumns(f.V, first)));
  return { A, B, residual: subtract(w0, scale(multiply(A, B), s)) };
}
