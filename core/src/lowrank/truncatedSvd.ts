// The best approximation of a given rank.

import { type Matrix, multiply, selectColumns, svd } from "../linalg/index.js";
import { requireRank, scaleColumns, tail } from "./check.js";
import { spectrumSummary } from "./spectrumSummary.js";

export interface TruncatedSvd {
  /** m×k, k, n×k. */
  readonly U: Matrix;
  readonly s: Float64Array;
  readonly V: Matrix;
  /** U·diag(s)·Vᵀ, m×n. */
  readonly approx: Matrix;
  /** ‖A - approx‖_F = (Σ_{i>k} σ_i²)^(1/2). */
  readonly errF: number;
  /** ‖A - approx‖₂ = σ_{k+1}. */
  readonly err2: number;
  /** 1 - errF²/‖A‖_F². */
  readonly energy: number;
  /** σ_k > σ_{k+1} to rounding: no other matrix of rank k is as near in the Frobenius norm. */
  readonly unique: boolean;
  /** The spectrum of A, all of it. */
  readonly spectrum: Float64Array;
  /** Numbers kept, k(m + n + 1), and numbers in A. */
  readonly storage: number;
  readonly denseStorage: number;
}

const first = (count: number) => Int32Array.from({ length: count }, (_, i) => i);

/**
 * The rank-k matrix nearest to A in every unitarily invariant norm (Eckart & Young 1936; Mirsky 1960), from the SVD. O(mn·min(m, n)).
 * k = 0 gives zero, k >= rank gives A. Throws "index-out-of-range" for k outside 0..min(m, n), "nonfinite".
 */
export function truncatedSvd(a: Matrix, k: number): TruncatedSvd {
  requireRank(k, a, "the truncated SVD");
  const f = svd(a);
  const U = selectColumns(f.U, first(k));
  const V = selectColumns(f.V, first(k));
  const s = f.s.slice(0, k);
  const err2 = f.s[k] ?? 0;
  return {
    U,
    s,
    V,
    approx: multiply(scaleColumns(U, s), V, { b: "adjoint" }),
    errF: tail(f.s, k),
    err2,
    energy: spectrumSummary(f.s).energy[k],
    unique: k === 0 || f.s[k - 1] - err2 > Math.max(a.rows, a.columns) * 2 ** -52 * f.s[0] || err2 === 0,
    spectrum: f.s,
    storage: k * (a.rows + a.columns + 1),
    denseStorage: a.rows * a.columns,
  };
}
