// Eigenvalues and eigenvectors of symmetric and Hermitian matrices.
import { eigenSymmetric } from "../kernels/index.js";
import { planesToMatrix } from "./bidiagonalize.js";
import { selectColumns } from "./blocks.js";
import { modulus } from "./complex.js";
import { MathError } from "./error.js";
import { SPECTRAL_ORDER, withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import type { Planes } from "./reflector.js";
import { rotateRowPair, transposedPlanes } from "./rotation.js";
import { normalized, requireFinite, requireSquare, scaleByPower } from "./shape.js";
import { isSmall, smallSymmetricEigen } from "./smallSpectra.js";
import { tridiagonalPlanes } from "./tridiagonalize.js";

/** A = V·diag(values)·Vᴴ: values ascending, V with orthonormal columns. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

const EPS = 2 ** -52;
const MOST_STEPS = 60;

/**
 * All eigenvalues (real, ascending) and orthonormal eigenvectors of a symmetric or Hermitian matrix; only the lower triangle is read, so symmetry is the caller's
 * word. Tridiagonal reduction and implicit QL, about 9n³ flops (Golub & Van Loan §8.3). |λ - λ̂| <= c·n·eps·‖A‖, V orthonormal to c·n·eps.
 * In each vector the entry of largest modulus is positive. The empty matrix has no eigenvalues. Throws "not-square", "nonfinite", "no-convergence" (with the
 * diagonal reached as `partial`).
 */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  const fast = decomposeFast(a, true);
  if (fast) return { values: fast.values, vectors: fast.vectors! };
  const f = decompose(a, true);
  orient(f.vectors!);
  return { values: f.values, vectors: f.vectors! };
}

/** {@link symmetricEigen} of a complex matrix; the same function by its other name. */
export const hermitianEigen = symmetricEigen;

/** The eigenvalues alone, ascending: 4n³/3 flops. */
export const symmetricEigenvalues = (a: Matrix): Float64Array => (decomposeFast(a, false) ?? decompose(a, false)).values;

function decomposeFast(a: Matrix, vectors: boolean): { values: Float64Array; vectors: Matrix | null } | null {
  requireSquare(a, "the symmetric eigenproblem");
  const n = a.rows;
  if (a.imag || n < SPECTRAL_ORDER) return null;
  const f =
    (isSmall(n, n) && smallSymmetricEigen(a.data, n, vectors)) ||
    withKernels(() => eigenSymmetric(a.data, n, vectors), "the symmetric eigenproblem", a);
  return f && { values: f.values, vectors: f.vectors && { rows: n, columns: n, data: f.vectors } };
}

function decompose(a: Matrix, vectors: boolean): { values: Float64Array; vectors: Matrix | null } {
  requireSquare(a, "the symmetric eigenproblem");
  requireFinite(a, "the symmetric eigenproblem");
  const n = a.rows;
  const { scaled, exponent } = normalized(a);
  const f = tridiagonalPlanes(scaled, vectors);
  const qt = f.q ? transposedPlanes(f.q, n, n) : null;
  tridiagonalQl(f.d, f.e, qt, n);
  const order = Array.from(f.d, (_, i) => i).sort((i, j) => f.d[i] - f.d[j] || i - j);
  const values = Float64Array.from(order, (i) => scaleByPower(f.d[i], exponent));
  return { values, vectors: qt ? selectColumns(planesToMatrix(transposedPlanes(qt, n, n), n, n), order) : null };
}

/** Diagonalises the tridiagonal (d, e) in place by implicit QL with Wilkinson's shift; rows of qt follow. Graded matrices are worked from their small end. */
export function tridiagonalQl(d: Float64Array, e: Float64Array, qt: Planes | null, width: number): void {
  const n = d.length;
  if (n > 1 && Math.abs(d[0]) > Math.abs(d[n - 1])) {
    // QL converges at the top; turning the matrix around keeps the small end there.
    d.reverse();
    e.reverse();
    if (qt) reverseRows(qt, n, width);
  }
  for (let l = 0; l < n; l++) {
    for (let step = 0; ; step++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(d[m]) + Math.abs(d[m + 1]);
        if (Math.abs(e[m]) <= EPS * size || Math.abs(e[m]) < 2 ** -960) break;
      }
      if (m < n - 1) e[m] = 0;
      if (m === l) break;
      if (step === MOST_STEPS)
        throw new MathError("no-convergence", said`the QL iteration stopped after ${MOST_STEPS} steps at eigenvalue ${l + 1}`, undefined, {
          diagonal: d,
          off: e,
        });
      qlStep(d, e, l, m, qt, width);
    }
  }
}

function qlStep(d: Float64Array, e: Float64Array, l: number, m: number, qt: Planes | null, width: number): void {
  let g = (d[l + 1] - d[l]) / (2 * e[l]);
  let r = modulus(g, 1);
  g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    r = modulus(f, g);
    if (i + 1 < d.length - 1 || i + 1 < m) e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      if (m < e.length) e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    // (q_i, q_{i+1}) <- (c·q_i - s·q_{i+1}, s·q_i + c·q_{i+1})
    rotateRowPair(qt, width, i, i + 1, c, -s);
  }
  d[l] -= p;
  e[l] = g;
  if (m < e.length) e[m] = 0;
}

function reverseRows(a: Planes, n: number, width: number): void {
  for (const x of a.im ? [a.re, a.im] : [a.re])
    for (let i = 0, j = n - 1; i < j; i++, j--) {
      const t = x.slice(i * width, (i + 1) * width);
      x.copyWithin(i * width, j * width, (j + 1) * width);
      x.set(t, j * width);
    }
}

/** Makes the first entry of (nearly) largest modulus in each column real and positive: eigenvectors are determined only up to that. */
export function orient(v: Matrix): void {
  const n = v.columns;
  for (let j = 0; j < n; j++) {
    let big = 0;
    for (let i = 0; i < v.rows; i++) big = Math.max(big, modulus(v.data[i * n + j], v.imag ? v.imag[i * n + j] : 0));
    if (big === 0) continue;
    for (let i = 0; i < v.rows; i++) {
      const re = v.data[i * n + j];
      const im = v.imag ? v.imag[i * n + j] : 0;
      const size = modulus(re, im);
      if (size < big * (1 - 1e-9)) continue;
      if (im === 0 && re > 0) break;
      for (let k = 0, p = j; k < v.rows; k++, p += n) {
        const x = v.data[p];
        const y = v.imag ? v.imag[p] : 0;
        v.data[p] = (x * re + y * im) / size;
        if (v.imag) v.imag[p] = (y * re - x * im) / size;
      }
      if (v.imag) v.imag[i * n + j] = 0;
      break;
    }
  }
}
