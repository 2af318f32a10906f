// The matrix sign in Muon's sense: the orthogonal factor of the polar decomposition.

import { type Matrix, multiply, svd, transpose } from "../linalg/index.js";

export interface Msign {
  /** U_k V_kᵀ: all non-zero singular values set to one; a partial isometry when A is rank-deficient. m×n. */
  readonly Q: Matrix;
  /** The positive semidefinite factor QᵀA, so that A = QH. n×n. */
  readonly H: Matrix;
  /** Singular values above rtol·σ₁. */
  readonly rank: number;
  /** ‖A‖_* = ⟨A, Q⟩. */
  readonly nuclear: number;
}

/**
 * msign(A) = U_k V_kᵀ from the thin SVD, keeping σᵢ > rtol·σ₁ (default max(m, n)·ε). O(mn·min(m, n)).
 * A zero or empty matrix gives zero. The map is discontinuous where the rank changes. Throws MathError "nonfinite".
 * It is not the matrix sign function of a square matrix (Higham 2008, ch. 5). Su, kexue.fm 10592; Higham 2008, ch. 8.
 */
export function msign(a: Matrix, { rtol = Math.max(a.rows, a.columns) * 2 ** -52 }: { rtol?: number } = {}): Msign {
  const { U, s, V } = svd(a);
  const p = s.length;
  const rank = s.filter((x) => x > rtol * (s[0] as number)).length;
  const kept = { rows: U.rows, columns: p, data: U.data.map((x, i) => (i % p < rank ? x : 0)) };
  const Q = p === 0 ? { rows: a.rows, columns: a.columns, data: new Float64Array(a.rows * a.columns) } : multiply(kept, transpose(V));
  const product = multiply(transpose(Q), a);
  // QᵀA is symmetric up to rounding; its symmetric part is what is meant.
  const n = a.columns;
  const H = { rows: n, columns: n, data: product.data.map((x, i) => (x + (product.data[(i % n) * n + Math.floor(i / n)] as number)) / 2) };
  return { Q, H, rank, nuclear: s.subarray(0, rank).reduce((sum, x) => sum + x, 0) };
}
