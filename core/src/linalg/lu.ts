// LU factorisation with partial pivoting.
import { factorLu, spend } from "../kernels/index.js";
import { modulus } from "./complex.js";
import { KERNEL_ORDER, withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import { allocate, normalized, requireFinite, scaleByPower, scaleMatrixByPower } from "./shape.js";

/** L and U in one matrix: U on and above the diagonal, L below it (its unit diagonal not stored). */
export interface PackedLu {
  readonly packed: Matrix;
  /** Row i of PA is row permutation[i] of A. */
  readonly permutation: Int32Array;
  /** det P. */
  readonly sign: 1 | -1;
  /** The first k with u_kk = 0, or -1. */
  readonly zeroPivot: number;
}

/** P·A = L·U with A = m×n, L = m×min(m,n) unit lower trapezoidal, U = min(m,n)×n upper trapezoidal. */
export interface LU extends PackedLu {
  readonly L: Matrix;
  readonly U: Matrix;
}

/**
 * P·A = L·U by Gaussian elimination with partial pivoting, 2n³/3 flops for a square matrix (Golub & Van Loan §3.4).
 * |l_ij| <= 1; backward error ‖PA - LU‖ <= c·n·eps·‖L‖‖U‖. Ties choose the topmost row. Singular and rank-deficient matrices are factored as far as they
 * go (`zeroPivot` tells); an empty matrix has empty factors; NaN or infinities are MathError "nonfinite".
 */
export function lu(a: Matrix): LU {
  const f = packedLu(a);
  const { rows: m, columns: n } = a;
  const k = Math.min(m, n);
  const lower = (x: Float64Array, one: number) => {
    const out = allocate(m, k);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < Math.min(i, k); j++) out[i * k + j] = x[i * n + j];
      if (i < k) out[i * k + i] = one;
    }
    return out;
  };
  const upper = (x: Float64Array) => {
    const out = allocate(k, n);
    for (let i = 0; i < k; i++) for (let j = i; j < n; j++) out[i * n + j] = x[i * n + j];
    return out;
  };
  const { data, imag } = f.packed;
  return {
    ...f,
    L: imag ? { rows: m, columns: k, data: lower(data, 1), imag: lower(imag, 0) } : { rows: m, columns: k, data: lower(data, 1) },
    U: imag ? { rows: k, columns: n, data: upper(data), imag: upper(imag) } : { rows: k, columns: n, data: upper(data) },
  };
}

/** The factorisation of {@link lu} in packed form, what solve, det and inverse work with. */
export function packedLu(a: Matrix): PackedLu {
  const { rows, columns } = a;
  if (!a.imag && Math.min(rows, columns) >= KERNEL_ORDER) {
    const f = withKernels(() => factorLu(a.data, rows, columns), "the LU factorisation", a);
    if (f) return { packed: { rows, columns, data: f.packed }, ...permutationOf(f.pivots, rows), zeroPivot: f.zeroPivot };
  }
  requireFinite(a, "the LU factorisation");
  const { scaled, exponent } = normalized(a);
  const permutation = Int32Array.from({ length: a.rows }, (_, i) => i);
  const sign = scaled.imag
    ? eliminateComplex(scaled.data, scaled.imag, a.rows, a.columns, permutation)
    : eliminate(scaled.data, a.rows, a.columns, permutation);
  const packed = exponent === 0 ? scaled : rescaleUpper(scaled, exponent);
  let zeroPivot = -1;
  for (let i = 0; i < Math.min(a.rows, a.columns) && zeroPivot < 0; i++)
    if (packed.data[i * (a.columns + 1)] === 0 && !(packed.imag && packed.imag[i * (a.columns + 1)] !== 0)) zeroPivot = i;
  return { packed, permutation, sign, zeroPivot };
}

/** The permutation (and its sign) that row swaps make one after another. */
function permutationOf(swaps: Int32Array, rows: number): { permutation: Int32Array; sign: 1 | -1 } {
  const permutation = new Int32Array(rows);
  for (let i = 0; i < rows; i++) permutation[i] = i;
  let sign: 1 | -1 = 1;
  for (let k = 0; k < swaps.length; k++) {
    if (swaps[k] === k) continue;
    swapEntries(permutation, swaps[k], k);
    sign = sign === 1 ? -1 : 1;
  }
  return { permutation, sign };
}

/** L does not feel the scaling, U carries it. */
function rescaleUpper(f: Matrix, exponent: number): Matrix {
  const big = scaleMatrixByPower(f, exponent);
  for (const plane of ["data", "imag"] as const) {
    const from = f[plane];
    const to = big[plane];
    if (from && to) for (let i = 1; i < f.rows; i++) for (let j = 0; j < Math.min(i, f.columns); j++) to[i * f.columns + j] = from[i * f.columns + j];
  }
  return big;
}

function swapRows(x: Float64Array, n: number, i: number, j: number): void {
  for (let c = 0, p = i * n, q = j * n; c < n; c++, p++, q++) {
    const t = x[p];
    x[p] = x[q];
    x[q] = t;
  }
}

function swapEntries(p: Int32Array, i: number, j: number): void {
  const t = p[i];
  p[i] = p[j];
  p[j] = t;
}

/** Right-looking elimination in place; returns the sign of the permutation. */
function eliminate(a: Float64Array, m: number, n: number, permutation: Int32Array): 1 | -1 {
  let sign: 1 | -1 = 1;
  for (let k = 0; k < Math.min(m, n); k++) {
    let pivot = k;
    let big = Math.abs(a[k * n + k]);
    for (let i = k + 1; i < m; i++) {
      const v = Math.abs(a[i * n + k]);
      if (v > big) {
        big = v;
        pivot = i;
      }
    }
    if (big === 0) continue;
    if (pivot !== k) {
      swapRows(a, n, pivot, k);
      swapEntries(permutation, pivot, k);
      sign = sign === 1 ? -1 : 1;
    }
    spend((m - k) * (n - k));
    const d = a[k * n + k];
    for (let i = k + 1; i < m; i++) {
      const l = a[i * n + k] / d;
      a[i * n + k] = l;
      if (l !== 0) for (let j = k + 1, p = i * n + k + 1, q = k * n + k + 1; j < n; j++, p++, q++) a[p] -= l * a[q];
    }
  }
  return sign;
}

function eliminateComplex(re: Float64Array, im: Float64Array, m: number, n: number, permutation: Int32Array): 1 | -1 {
  let sign: 1 | -1 = 1;
  for (let k = 0; k < Math.min(m, n); k++) {
    let pivot = k;
    let big = modulus(re[k * n + k], im[k * n + k]);
    for (let i = k + 1; i < m; i++) {
      const v = modulus(re[i * n + k], im[i * n + k]);
      if (v > big) {
        big = v;
        pivot = i;
      }
    }
    if (big === 0) continue;
    if (pivot !== k) {
      swapRows(re, n, pivot, k);
      swapRows(im, n, pivot, k);
      swapEntries(permutation, pivot, k);
      sign = sign === 1 ? -1 : 1;
    }
    spend(4 * (m - k) * (n - k));
    // 1/d = conj(d/|d|)/|d|, safe for tiny pivots.
    const ur = re[k * n + k] / big;
    const ui = -im[k * n + k] / big;
    for (let i = k + 1; i < m; i++) {
      const at = i * n + k;
      const xr = re[at];
      const xi = im[at];
      const lr = (xr * ur - xi * ui) / big;
      const li = (xr * ui + xi * ur) / big;
      re[at] = lr;
      im[at] = li;
      for (let j = k + 1, p = at + 1, q = k * n + k + 1; j < n; j++, p++, q++) {
        re[p] -= lr * re[q] - li * im[q];
        im[p] -= lr * im[q] + li * re[q];
      }
    }
  }
  return sign;
}

/** The row permutation as a matrix: P·A has the rows of A in the order `permutation`. */
export function permutationMatrix(permutation: ArrayLike<number>): Matrix {
  const n = permutation.length;
  const data = allocate(n, n);
  for (let i = 0; i < n; i++) data[i * n + permutation[i]] = 1;
  return { rows: n, columns: n, data };
}

/** A mantissa and a power of two, so that products of pivots neither overflow nor underflow on the way. */
export interface ScaledDet {
  readonly re: number;
  readonly im: number;
  readonly exponent: number;
}

/** det A = (re + i·im)·2^exponent from packed factors. */
export function scaledDetFromLu(f: PackedLu): ScaledDet {
  const n = f.packed.rows;
  let re: number = f.sign;
  let im = 0;
  let exponent = 0;
  for (let i = 0; i < n; i++) {
    const at = i * (n + 1);
    const dr = f.packed.data[at];
    const di = f.packed.imag?.[at] ?? 0;
    if (dr === 0 && di === 0) return { re: 0, im: 0, exponent: 0 };
    const e = Math.floor(Math.log2(Math.max(Math.abs(dr), Math.abs(di))));
    const sr = scaleByPower(dr, -e);
    const si = scaleByPower(di, -e);
    const t = re * sr - im * si;
    im = re * si + im * sr;
    re = t;
    exponent += e;
    const drift = Math.floor(Math.log2(Math.max(Math.abs(re), Math.abs(im))));
    re = scaleByPower(re, -drift);
    im = scaleByPower(im, -drift);
    exponent += drift;
  }
  return { re, im, exponent };
}
