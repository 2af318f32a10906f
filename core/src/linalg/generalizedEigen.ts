// The generalised eigenproblem A·x = λ·B·x.
import { spend } from "../kernels/index.js";
import { cholesky } from "./cholesky.js";
import { modulus } from "./complex.js";
import { normaliseColumns } from "./eigen.js";
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { said } from "./phrase.js";
import { generalizedSchur } from "./qz.js";
import type { Spectrum } from "./schur.js";
import { allocate, copy, requireSquare, shapeText, simplified } from "./shape.js";
import { type SymmetricEigen, symmetricEigen } from "./symmetricEigen.js";
import { adjoint } from "./transpose.js";
import { solveTriangular } from "./triangular.js";

/** λ_j = alpha_j/beta_j (beta_j >= 0 real; beta_j = 0 is an infinite eigenvalue, both zero an undetermined one of a singular pencil). */
export interface GeneralizedEigen {
  readonly alpha: Spectrum;
  readonly beta: Float64Array;
  /** alpha/beta, with Infinity and NaN where beta is 0. */
  readonly values: Spectrum;
  /** Columns x with beta·A·x = alpha·B·x, norm 1. */
  readonly vectors: Matrix;
}

function requirePencil(a: Matrix, b: Matrix): void {
  requireSquare(a, "the generalised eigenproblem");
  if (a.rows !== b.rows || a.columns !== b.columns)
    throw new MathError(
      "shape-mismatch",
      said`the generalised eigenproblem needs two matrices of one shape, not ${shapeText(a)} and ${shapeText(b)}`,
    );
}

/**
 * Eigenvalues and vectors of the pencil A - λB by the QZ algorithm (Moler & Stewart 1973; Golub & Van Loan §7.7) in complex arithmetic, about 70n³ complex flops:
 * backward stable in ‖A‖ and ‖B‖ each, whatever the condition of B. Real pencils get conjugate eigenvalues. Empty ones have none.
 * Throws "not-square", "shape-mismatch", "nonfinite", "no-convergence".
 */
export function generalizedEigen(a: Matrix, b: Matrix): GeneralizedEigen {
  requirePencil(a, b);
  const n = a.rows;
  const f = generalizedSchur(a, b);
  const alpha = { re: new Float64Array(n), im: new Float64Array(n) };
  const beta = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const p = i * (n + 1);
    alpha.re[i] = f.S.data[p];
    alpha.im[i] = f.S.imag![p];
    beta[i] = f.T.data[p];
  }
  if (!a.imag && !b.imag) pairUp(alpha, beta);
  const values = {
    re: alpha.re.map((x, i) => (beta[i] === 0 ? (x === 0 && alpha.im[i] === 0 ? Number.NaN : Infinity) : x / beta[i])),
    im: alpha.im.map((x, i) => (beta[i] === 0 ? 0 : x / beta[i])),
  };
  const vectors = multiply(f.Z, pencilVectors(f.S, f.T));
  normaliseColumns(vectors);
  return { alpha, beta, values, vectors: !a.imag && !b.imag ? realColumns(vectors, alpha) : vectors };
}

/** Rounding splits the conjugate pairs of a real pencil: each is joined with the nearest that is left and made exact; what finds no partner is real. */
function pairUp(alpha: { re: Float64Array; im: Float64Array }, beta: Float64Array): void {
  const n = beta.length;
  let size = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, modulus(alpha.re[i], alpha.im[i]));
  const used = new Set<number>();
  for (let i = 0; i < n; i++) {
    if (used.has(i)) continue;
    if (Math.abs(alpha.im[i]) <= 10 * n * 2 ** -52 * size) {
      alpha.im[i] = 0;
      continue;
    }
    // λ_j nearest to conj(λ_i), compared without dividing: alpha_i·beta_j against conj(alpha_j)·beta_i.
    let best = -1;
    let least = Infinity;
    for (let j = i + 1; j < n; j++) {
      if (used.has(j) || alpha.im[j] * alpha.im[i] >= 0) continue;
      const d = modulus(alpha.re[i] * beta[j] - alpha.re[j] * beta[i], alpha.im[i] * beta[j] + alpha.im[j] * beta[i]);
      if (d < least) {
        least = d;
        best = j;
      }
    }
    if (best < 0) {
      alpha.im[i] = 0;
      continue;
    }
    used.add(best);
    alpha.re[best] = alpha.re[i];
    alpha.im[best] = -alpha.im[i];
    beta[best] = beta[i];
  }
}

/** Columns of real eigenvalues made real by dropping rounding; the rest stays. */
function realColumns(v: Matrix, alpha: Spectrum): Matrix {
  const n = v.columns;
  for (let j = 0; j < n; j++) {
    if (alpha.im[j] !== 0) continue;
    let noise = 0;
    for (let i = 0; i < v.rows; i++) noise = Math.max(noise, Math.abs(v.imag![i * n + j]));
    if (noise < 1e-8) for (let i = 0; i < v.rows; i++) v.imag![i * n + j] = 0;
  }
  return simplified(v);
}

/** (beta_j·S - alpha_j·T)y = 0 for every j, by back substitution on the triangular pencil. */
function pencilVectors(S: Matrix, T: Matrix): Matrix {
  const n = S.rows;
  const out: Matrix = { rows: n, columns: n, data: allocate(n, n), imag: allocate(n, n) };
  let size = 0;
  for (const x of [S.data, S.imag!, T.data, T.imag!]) for (const v of x) size = Math.max(size, Math.abs(v));
  for (let j = 0; j < n; j++) {
    spend(6 * j * j);
    const p = j * (n + 1);
    let ar = S.data[p];
    let ai = S.imag![p];
    let b = T.data[p];
    const unit = Math.max(modulus(ar, ai), b) || 1;
    ar /= unit;
    ai /= unit;
    b /= unit;
    const yr = new Float64Array(n);
    const yi = new Float64Array(n);
    yr[j] = 1;
    for (let i = j - 1; i >= 0; i--) {
      let sr = 0;
      let si = 0;
      for (let k = i + 1; k <= j; k++) {
        const q = i * n + k;
        const mr = b * S.data[q] - (ar * T.data[q] - ai * T.imag![q]);
        const mi = b * S.imag![q] - (ar * T.imag![q] + ai * T.data[q]);
        sr -= mr * yr[k] - mi * yi[k];
        si -= mr * yi[k] + mi * yr[k];
      }
      const q = i * (n + 1);
      let dr = b * S.data[q] - (ar * T.data[q] - ai * T.imag![q]);
      let di = b * S.imag![q] - (ar * T.imag![q] + ai * T.data[q]);
      const least = 2 ** -52 * size;
      if (Math.abs(dr) + Math.abs(di) < least) {
        dr = least || 2 ** -1000;
        di = 0;
      }
      const d = modulus(dr, di);
      yr[i] = (sr * (dr / d) + si * (di / d)) / d;
      yi[i] = (si * (dr / d) - sr * (di / d)) / d;
      const big = modulus(yr[i], yi[i]);
      if (big > 1e100)
        for (let k = i; k <= j; k++) {
          yr[k] /= big;
          yi[k] /= big;
        }
    }
    for (let i = 0; i < n; i++) {
      out.data[i * n + j] = yr[i];
      out.imag![i * n + j] = yi[i];
    }
  }
  return out;
}

/**
 * A·x = λ·B·x for Hermitian A and positive definite B (lower triangles are read): Cholesky of B, then the Hermitian problem L⁻¹AL⁻ᴴ (Golub & Van Loan §8.7.2), 14n³ flops.
 * Real ascending values; vectors with VᴴBV = I. Error about eps·cond(B). Throws "domain" when B is not positive definite, and as `symmetricEigen`.
 */
export function symmetricGeneralizedEigen(a: Matrix, b: Matrix): SymmetricEigen {
  requirePencil(a, b);
  const L = cholesky(b);
  const n = a.rows;
  const full = copy(a);
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      full.data[i * n + j] = a.data[j * n + i];
      if (full.imag) full.imag[i * n + j] = -a.imag![j * n + i];
    }
  const half = solveTriangular(L, full, { uplo: "lower" });
  const c = adjoint(solveTriangular(L, adjoint(half), { uplo: "lower" }));
  const e = symmetricEigen(c);
  return { values: e.values, vectors: solveTriangular(L, e.vectors, { uplo: "lower", operation: "adjoint" }) };
}
