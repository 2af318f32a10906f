// Singular values from a sketch.

import { MathError, type Matrix, multiply, qr, type Random, said, selectColumns, shapeText, svd } from "../linalg/index.js";
import { distance, requireRank, requireReal, requireSteps, scaleColumns } from "./check.js";
import { gaussianMatrix, needRandom } from "./randomMatrix.js";

export interface RandomizedSvdOptions {
  readonly oversample?: number;
  readonly powerIters?: number;
  /** The test matrix, n×(k + p); else drawn from `rng`. */
  readonly Omega?: Matrix;
  readonly rng?: Random;
  /** Measure ‖A - QQᵀA‖_F, another 4mn(k + p) flops. */
  readonly measure?: boolean;
}

export interface RandomizedSvd {
  readonly U: Matrix;
  readonly s: Float64Array;
  readonly V: Matrix;
  /** ‖A - QQᵀA‖_F, what the range finder missed; NaN when not measured. */
  readonly projErrF: number;
  /** The range found, m×(k + p). */
  readonly Q: Matrix;
}

/**
 * The first k singular triples from Y = AΩ: Q = orth(Y), `powerIters` times Q ← orth(A·orth(AᵀQ)), then the SVD of QᵀA. 2mn(k + p)(2q + 2) flops.
 * Deterministic for a given Ω. Singular values never exceed the true ones; exact where rank(A) <= k + p. k + p beyond min(m, n): the full SVD. Expected errors: {@link rangeFinderBounds}.
 * Throws "index-out-of-range", "shape-mismatch" for Ω, "domain" without randomness, "nonfinite". Halko, Martinsson & Tropp 2011, algorithms 4.4 and 5.1.
 */
export function randomizedSvd(a: Matrix, k: number, options: RandomizedSvdOptions = {}): RandomizedSvd {
  const { oversample = 8, powerIters = 1, measure = false } = options;
  requireReal(a, "the randomised SVD");
  requireRank(k, a, "the randomised SVD");
  requireSteps(powerIters, "the power iteration");
  requireSteps(oversample, "the oversampling");
  const width = options.Omega?.columns ?? k + oversample;
  if (options.Omega && (options.Omega.rows !== a.columns || options.Omega.columns < k))
    throw new MathError("shape-mismatch", said`the test matrix must be ${a.columns}×${k} or wider, it is ${shapeText(options.Omega)}`);
  const first = Int32Array.from({ length: k }, (_, i) => i);
  const small = Math.min(a.rows, a.columns);
  if (width >= small && !options.Omega) {
    const f = svd(a);
    return { U: selectColumns(f.U, first), s: f.s.slice(0, k), V: selectColumns(f.V, first), projErrF: 0, Q: f.U };
  }
  const omega = options.Omega ?? gaussianMatrix(a.columns, width, needRandom(options.rng, "the randomised SVD"));
  let Q = qr(multiply(a, omega)).Q;
  for (let i = 0; i < powerIters; i++) {
    // Orthonormal after each half step: else small singular values drown in rounding.
    const half = qr(multiply(a, Q, { a: "transpose" })).Q;
    Q = qr(multiply(a, half)).Q;
  }
  const B = multiply(Q, a, { a: "transpose" });
  const f = svd(B);
  return {
    U: multiply(Q, selectColumns(f.U, first)),
    s: f.s.slice(0, k),
    V: selectColumns(f.V, first),
    projErrF: measure ? distance(multiply(Q, B), a) : Number.NaN,
    Q,
  };
}

/** U·diag(s)·Vᵀ. */
export const fromSvd = (f: { readonly U: Matrix; readonly s: ArrayLike<number>; readonly V: Matrix }): Matrix =>
  multiply(scaleColumns(f.U, f.s), f.V, { b: "adjoint" });

/**
 * What the range finder misses on average for the spectrum s, oversampling p >= 2 and no power step: E‖A - QQᵀA‖_F <= √(1 + k/(p-1))·tail_k,
 * E‖A - QQᵀA‖₂ <= (1 + √(k/(p-1)))σ_{k+1} + e√(k+p)/p·tail_k. NaN for p < 2. Halko, Martinsson & Tropp 2011, theorems 10.5 and 10.6.
 */
export function rangeFinderBounds(s: ArrayLike<number>, k: number, p: number): { fro: number; spectral: number } {
  if (!(p >= 2)) return { fro: Number.NaN, spectral: Number.NaN };
  let sum = 0;
  for (let i = s.length - 1; i >= k; i--) sum += s[i] ** 2;
  const rest = Math.sqrt(sum);
  return {
    fro: Math.sqrt(1 + k / (p - 1)) * rest,
    spectral: (1 + Math.sqrt(k / (p - 1))) * (s[k] ?? 0) + ((Math.E * Math.sqrt(k + p)) / p) * rest,
  };
}
