// The pseudo-inverse with what it was made of, and the checks that characterise it.

import { type Matrix, multiply, numericalRank, pinvFromSvd, qr, type RankTolerance, solveTriangular, svd, transpose } from "../linalg/index.js";
import { distance, requireReal } from "./check.js";

export interface PinvDetails {
  /** n×m. */
  readonly X: Matrix;
  readonly rank: number;
  readonly s: Float64Array;
  /** The cut: singular values at or below it were dropped. */
  readonly threshold: number;
}

/**
 * A⁺ by the SVD, with rank, spectrum and cut: σ <= max(atol, rtol·σ₁) is dropped, rtol = max(m, n)·ε unless given. O(mn·min(m, n)).
 * A⁺ = argmin ‖AB - I‖_F of least norm = lim (AᵀA + εI)⁻¹Aᵀ. It jumps where a singular value crosses the cut. Moore 1920; Penrose 1955; Su, kexue.fm 10366.
 */
export function pinvDetails(a: Matrix, tolerance: RankTolerance = {}): PinvDetails {
  const f = svd(a);
  const { rtol = Math.max(a.rows, a.columns) * 2 ** -52, atol = 0 } = tolerance;
  const rank = numericalRank(f.s, a.rows, a.columns, tolerance);
  return { X: pinvFromSvd(f, rank), rank, s: f.s, threshold: Math.max(atol, rtol * (f.s[0] ?? 0)) };
}

/**
 * A⁺ of a matrix of full rank by QR: R⁻¹Qᵀ for m >= n, the transpose of that for m < n. 4mn² flops, errors as the SVD's. Never through AᵀA, which would square the condition.
 * Throws "singular" where R has a zero on its diagonal (the rank is not full), "nonfinite".
 */
export function pinvQr(a: Matrix): Matrix {
  requireReal(a, "the pseudo-inverse");
  if (a.rows < a.columns) return transpose(pinvQr(transpose(a)));
  const { Q, R } = qr(a);
  return solveTriangular(R, transpose(Q));
}

/** How far X is from each of Penrose's four equations AXA = A, XAX = X, (AX)ᵀ = AX, (XA)ᵀ = XA, in Frobenius norms. */
export function penroseResiduals(a: Matrix, x: Matrix): { AXA: number; XAX: number; AX: number; XA: number } {
  const ax = multiply(a, x);
  const xa = multiply(x, a);
  return {
    AXA: distance(multiply(ax, a), a),
    XAX: distance(multiply(xa, x), x),
    AX: distance(transpose(ax), ax),
    XA: distance(transpose(xa), xa),
  };
}
