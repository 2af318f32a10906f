// The Cholesky factorisation of positive definite matrices.
import { factorCholesky, spend } from "../kernels/index.js";
import { MathError } from "./error.js";
import { KERNEL_ORDER, withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import { allocate, inRange, requireFinite, requireSquare, scaleMatrixByPower } from "./shape.js";

/**
 * The lower triangular L with A = L·Lᴴ and positive diagonal, n³/3 flops (Golub & Van Loan §4.2). Only the lower triangle of A is read.
 * Backward error ‖A - LLᴴ‖ <= c·n·eps·‖A‖. A matrix that is not positive definite (to working precision) is MathError "domain" naming the leading minor
 * that fails; the empty matrix has an empty factor. Throws "not-square", "nonfinite".
 */
export function cholesky(a: Matrix): Matrix {
  requireSquare(a, "the Cholesky factorisation");
  if (!a.imag && a.rows >= KERNEL_ORDER) {
    const f = withKernels(() => factorCholesky(a.data, a.rows), "the Cholesky factorisation", a);
    if (f && f.failed >= 0) throw notDefinite(f.failed, f.pivot);
    if (f) return { rows: a.rows, columns: a.rows, data: f.L };
  }
  requireFinite(a, "the Cholesky factorisation");
  const { scaled, exponent } = inRange(a);
  // √(2^e) must be a power of two: an odd exponent leaves one factor two inside.
  const half = Math.floor(exponent / 2);
  const work = exponent === 2 * half ? scaled : scaleMatrixByPower(scaled, 1);
  const n = a.rows;
  const data = allocate(n, n);
  if (!work.imag) factor(work.data, data, n);
  else {
    const imag = allocate(n, n);
    factorComplex(work.data, work.imag, data, imag, n);
    return scaleMatrixByPower({ rows: n, columns: n, data, imag }, half);
  }
  return scaleMatrixByPower({ rows: n, columns: n, data }, half);
}

const notDefinite = (i: number, value: number) =>
  new MathError(
    "domain",
    said`the matrix is not positive definite: its leading minor of order ${i + 1} is not positive (pivot ${value.toPrecision(3)})`,
    "ldl factors any Hermitian matrix",
  );

/** Row by row (Cholesky-Banachiewicz): both inner products run along contiguous rows. */
function factor(a: Float64Array, l: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    spend((i * i) / 2);
    for (let j = 0; j <= i; j++) {
      let s = a[i * n + j];
      for (let k = 0, p = i * n, q = j * n; k < j; k++, p++, q++) s -= l[p] * l[q];
      if (i === j) {
        if (!(s > 0)) throw notDefinite(i, s);
        l[i * n + i] = Math.sqrt(s);
      } else l[i * n + j] = s / l[j * n + j];
    }
  }
}

function factorComplex(ar: Float64Array, ai: Float64Array, lr: Float64Array, li: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    spend(2 * i * i);
    for (let j = 0; j <= i; j++) {
      let s = ar[i * n + j];
      let t = ai[i * n + j];
      for (let k = 0, p = i * n, q = j * n; k < j; k++, p++, q++) {
        s -= lr[p] * lr[q] + li[p] * li[q];
        t -= li[p] * lr[q] - lr[p] * li[q];
      }
      if (i === j) {
        if (!(s > 0)) throw notDefinite(i, s);
        lr[i * n + i] = Math.sqrt(s);
      } else {
        lr[i * n + j] = s / lr[j * n + j];
        li[i * n + j] = t / lr[j * n + j];
      }
    }
  }
}
