// Symmetric indefinite factorisation by Bunch and Kaufman.
import { spend } from "../kernels/index.js";
import { modulus } from "./complex.js";
import { type Matrix, zeros } from "./matrix.js";
import { allocate, normalized, requireFinite, requireSquare, scaleMatrixByPower } from "./shape.js";
import { fromLowerTriangle } from "./tridiagonalize.js";

/** P·A·Pᵀ = L·D·Lᴴ: L unit lower triangular, D Hermitian with 1×1 and 2×2 blocks; row i of PA is row permutation[i] of A. */
export interface LDL {
  readonly L: Matrix;
  readonly D: Matrix;
  readonly permutation: Int32Array;
  /** Numbers of positive, negative and zero eigenvalues, by Sylvester's law read from D. */
  readonly inertia: { readonly positive: number; readonly negative: number; readonly zero: number };
}

const ALPHA = (1 + Math.sqrt(17)) / 8;

/**
 * P·A·Pᵀ = L·D·Lᴴ of a symmetric or Hermitian matrix with Bunch-Kaufman partial pivoting, n³/3 flops (Bunch & Kaufman 1977; Golub & Van Loan §4.4.4).
 * Only the lower triangle is read. Backward error c·n·eps·growth·‖A‖ with growth <= 2.57^(n-1), small in practice. Singular matrices give zeros in D; the zero matrix L = I, D = 0.
 * Empty matrices have empty factors. Throws "not-square", "nonfinite".
 */
export function ldl(a: Matrix): LDL {
  requireSquare(a, "the LDL factorisation");
  requireFinite(a, "the LDL factorisation");
  const n = a.rows;
  const { scaled, exponent } = normalized(a);
  const w = fromLowerTriangle(scaled);
  const re = w.data;
  const im = w.imag ?? null;
  const permutation = Int32Array.from({ length: n }, (_, i) => i);
  const D = im ? { ...zeros(n, n), imag: new Float64Array(n * n) } : zeros(n, n);
  const L = { rows: n, columns: n, data: allocate(n, n), ...(im ? { imag: allocate(n, n) } : {}) };
  const size = (i: number, j: number) => (im ? modulus(re[i * n + j], im[i * n + j]) : Math.abs(re[i * n + j]));
  const inertia = { positive: 0, negative: 0, zero: 0 };
  const count = (x: number) => (x > 0 ? inertia.positive++ : x < 0 ? inertia.negative++ : inertia.zero++);
  let k = 0;
  while (k < n) {
    spend((im ? 8 : 2) * (n - k) ** 2);
    const { step, pivot } = choosePivot(size, n, k);
    // The pivot row goes next to the last row of the pivot block.
    const to = k + step - 1;
    if (pivot !== to) interchange(w, L, permutation, n, to, pivot);
    if (step === 1) {
      const d = re[k * (n + 1)];
      D.data[k * (n + 1)] = d;
      count(d);
      L.data[k * (n + 1)] = 1;
      if (d !== 0) eliminateOne(re, im, L, n, k, d);
    } else {
      copyBlock(re, im, D, n, k);
      // det < 0 by construction: one eigenvalue of each sign.
      count(1);
      count(-1);
      L.data[k * (n + 1)] = 1;
      L.data[(k + 1) * (n + 1)] = 1;
      eliminateTwo(re, im, L, n, k);
    }
    k += step;
  }
  return { L, D: scaleMatrixByPower(D, exponent), permutation, inertia };
}

/** The Bunch-Kaufman choice at step k: a 1×1 pivot (k or r) or the 2×2 pivot {k, r}. */
function choosePivot(size: (i: number, j: number) => number, n: number, k: number): { step: 1 | 2; pivot: number } {
  const own = size(k, k);
  let r = k;
  let most = 0;
  for (let i = k + 1; i < n; i++)
    if (size(i, k) > most) {
      most = size(i, k);
      r = i;
    }
  if (most === 0 || own >= ALPHA * most) return { step: 1, pivot: k };
  let rowMost = 0;
  for (let j = k; j < n; j++) if (j !== r) rowMost = Math.max(rowMost, size(r, j));
  if (own * rowMost >= ALPHA * most * most) return { step: 1, pivot: k };
  if (size(r, r) >= ALPHA * rowMost) return { step: 1, pivot: r };
  return { step: 2, pivot: r };
}

/** Swaps rows and columns i and j of the (full, Hermitian) remainder and rows i and j of the finished part of L. */
function interchange(w: Matrix, L: Matrix, permutation: Int32Array, n: number, i: number, j: number): void {
  for (const x of w.imag ? [w.data, w.imag] : [w.data]) {
    for (let c = 0; c < n; c++) [x[i * n + c], x[j * n + c]] = [x[j * n + c], x[i * n + c]];
    for (let r = 0; r < n; r++) [x[r * n + i], x[r * n + j]] = [x[r * n + j], x[r * n + i]];
  }
  for (const x of L.imag ? [L.data, L.imag] : [L.data]) for (let c = 0; c < i; c++) [x[i * n + c], x[j * n + c]] = [x[j * n + c], x[i * n + c]];
  [permutation[i], permutation[j]] = [permutation[j], permutation[i]];
}

function eliminateOne(re: Float64Array, im: Float64Array | null, L: Matrix, n: number, k: number, d: number): void {
  for (let i = k + 1; i < n; i++) {
    L.data[i * n + k] = re[i * n + k] / d;
    if (im) L.imag![i * n + k] = im[i * n + k] / d;
  }
  for (let i = k + 1; i < n; i++) {
    const lr = L.data[i * n + k];
    const li = im ? L.imag![i * n + k] : 0;
    for (let j = k + 1; j < n; j++) {
      // a_kj = conj(a_jk)
      const ar = re[k * n + j];
      const ai = im ? im[k * n + j] : 0;
      re[i * n + j] -= lr * ar - li * ai;
      if (im) im[i * n + j] -= lr * ai + li * ar;
    }
    if (im) im[i * (n + 1)] = 0;
  }
}

function copyBlock(re: Float64Array, im: Float64Array | null, D: Matrix, n: number, k: number): void {
  for (let i = k; i < k + 2; i++)
    for (let j = k; j < k + 2; j++) {
      D.data[i * n + j] = re[i * n + j];
      if (im) D.imag![i * n + j] = im[i * n + j];
    }
}

/** Rows of L from (l_1, l_2)·E = (a_ik, a_i,k+1) with E = [p q̄; q r], scaled by |q| so that det E neither over- nor underflows. */
function eliminateTwo(re: Float64Array, im: Float64Array | null, L: Matrix, n: number, k: number): void {
  const qr = re[(k + 1) * n + k];
  const qi = im ? im[(k + 1) * n + k] : 0;
  const q = modulus(qr, qi);
  const p = re[k * (n + 1)] / q;
  const r = re[(k + 1) * (n + 1)] / q;
  const ur = qr / q;
  const ui = qi / q;
  const det = p * r - 1;
  for (let i = k + 2; i < n; i++) {
    const xr = re[i * n + k] / q;
    const xi = im ? im[i * n + k] / q : 0;
    const yr = re[i * n + k + 1] / q;
    const yi = im ? im[i * n + k + 1] / q : 0;
    // l_1 = (r·x - u·y)/det, l_2 = (p·y - ū·x)/det
    L.data[i * n + k] = (r * xr - (ur * yr - ui * yi)) / det;
    L.data[i * n + k + 1] = (p * yr - (ur * xr + ui * xi)) / det;
    if (im) {
      L.imag![i * n + k] = (r * xi - (ur * yi + ui * yr)) / det;
      L.imag![i * n + k + 1] = (p * yi - (ur * xi - ui * xr)) / det;
    }
  }
  for (let i = k + 2; i < n; i++) {
    for (let s = 0; s < 2; s++) {
      const lr = L.data[i * n + k + s];
      const li = im ? L.imag![i * n + k + s] : 0;
      for (let j = k + 2; j < n; j++) {
        const ar = re[(k + s) * n + j];
        const ai = im ? im[(k + s) * n + j] : 0;
        re[i * n + j] -= lr * ar - li * ai;
        if (im) im[i * n + j] -= lr * ai + li * ar;
      }
    }
    if (im) im[i * (n + 1)] = 0;
  }
}
