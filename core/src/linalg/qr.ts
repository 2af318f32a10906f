// QR factorisation by Householder reflections, plain and column-pivoted.
import { factorPivotedQr, factorQr } from "../kernels/index.js";
import { MathError } from "./error.js";
import { KERNEL_ORDER, withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import { makeReflector, type Planes, type Reflector, reflectLeft, takeVector } from "./reflector.js";
import { allocate, normalized, requireFinite, scaleMatrixByPower, vectorNorm } from "./shape.js";

/** A = Q·R. Thin: Q m×k, R k×n with k = min(m, n). Full: Q m×m, R m×n. */
export interface QR {
  readonly Q: Matrix;
  readonly R: Matrix;
}

/** A with its columns in the order `permutation` = Q·R, |r_11| >= |r_22| >= ... */
export interface PivotedQR extends QR {
  /** Column j of Q·R is column permutation[j] of A. */
  readonly permutation: Int32Array;
  /** Number of reflections made: less than min(m, n) when `steps` or `tolerance` stopped early, or the rest was zero. */
  readonly steps: number;
}

export interface PivotedQrOptions {
  readonly mode?: "thin" | "full";
  /** At most this many columns: Q is then m×steps, R steps×n (an approximation unless the rank is that small). */
  readonly steps?: number;
  /** Stop before a column whose remaining norm is <= tolerance (absolute). */
  readonly tolerance?: number;
}

/**
 * A = Q·R by Householder reflections, 2mn² - 2n³/3 flops for R and as many for thin Q (Golub & Van Loan §5.2).
 * Backward error ‖A - QR‖ <= c·n·eps·‖A‖, ‖QᴴQ - I‖ <= c·n·eps. R has a real diagonal of either sign. Rank-deficient matrices give zeros (to rounding) on R's
 * diagonal, a zero column is skipped; empty matrices give empty factors (full Q = identity). Throws "nonfinite".
 */
export function qr(a: Matrix, options: { mode?: "thin" | "full" } = {}): QR {
  const { rows: m, columns: n } = a;
  if (!a.imag && Math.min(m, n) >= KERNEL_ORDER) {
    const width = options.mode === "full" ? m : Math.min(m, n);
    allocate(m, width);
    const factor = (data: Float64Array) => withKernels(() => factorQr(data, m, n, options.mode === "full"), "the QR factorisation", a);
    let f = factor(a.data);
    const tiny = f ? tinyColumns(a, f.R) : [];
    if (f && tiny.length > 0) {
      // Q stays, R's columns scale back: exact, as the factors are powers of two.
      f = factor(withColumnsTimes(a.data, n, tiny, 2 ** 600));
      if (f) f = { Q: f.Q, R: withColumnsTimes(f.R, n, tiny, 2 ** -600) };
    }
    if (f) return { Q: { rows: m, columns: width, data: f.Q }, R: { rows: width, columns: n, data: f.R } };
  }
  requireFinite(a, "the QR factorisation");
  const { scaled, exponent } = normalized(a);
  const w: Planes = { re: scaled.data, im: scaled.imag ?? null };
  const reflectors: Reflector[] = [];
  for (let k = 0; k < Math.min(a.rows, a.columns); k++) reflectors.push(eliminateColumn(w, a.rows, a.columns, k));
  return unpack(scaled, reflectors, exponent, options.mode ?? "thin") as QR;
}

/** The squares of smaller entries lose digits to underflow. */
const TINY = 2 ** -480;

/** Columns whose squares underflow, though others are of ordinary size; looked for only when R's diagonal has so small an entry. */
function tinyColumns({ rows: m, columns: n, data }: Matrix, R: Float64Array): number[] {
  let suspect = false;
  for (let j = 0; j < Math.min(m, n); j++) suspect ||= Math.abs(R[j * n + j]) < TINY;
  if (!suspect) return [];
  const sizes = new Float64Array(n);
  for (let p = 0; p < m * n; p++) sizes[p % n] = Math.max(sizes[p % n], Math.abs(data[p]));
  return Array.from(sizes.keys()).filter((j) => sizes[j] > 0 && sizes[j] < TINY);
}

function withColumnsTimes(data: Float64Array, n: number, columns: readonly number[], factor: number): Float64Array {
  const out = data.slice();
  for (const j of columns) for (let p = j; p < out.length; p += n) out[p] *= factor;
  return out;
}

/**
 * Column-pivoted QR (Businger & Golub 1965; Golub & Van Loan §5.4.2): each step brings the column of largest remaining norm forward.
 * Norms are downdated, and computed anew once a downdate would lose half the digits (Drmač & Bujanović 2008); ties within 1e-14 take the lowest index.
 * r_kk² >= Σ_{i=k..j} r_ij² for every j > k. Cost as {@link qr}; the zero matrix gives R = 0 and the identity permutation. Throws "nonfinite",
 * "domain" for a negative number of steps.
 */
export function pivotedQr(a: Matrix, options: PivotedQrOptions = {}): PivotedQR {
  return factorPivoted(a, options, true) as PivotedQR;
}

/** {@link pivotedQr} without Q, at half the cost: what column selection needs. */
export function pivotedR(a: Matrix, options: PivotedQrOptions = {}): Omit<PivotedQR, "Q"> {
  const { R, permutation, steps } = factorPivoted(a, options, false);
  return { R, permutation, steps };
}

function factorPivoted(a: Matrix, options: PivotedQrOptions, wantQ: boolean): Omit<PivotedQR, "Q"> & { readonly Q: Matrix | null } {
  const { mode = "thin", steps = Infinity, tolerance = 0 } = options;
  if (!(steps >= 0)) throw new MathError("domain", said`a pivoted QR cannot take ${steps} steps`);
  const { rows: m, columns: n } = a;
  // What an early stop leaves below R is exactly or nearly nothing, or not wanted: R keeps the rows that were made.
  const cut = steps < Math.min(m, n) || tolerance > 0;
  if (!a.imag && Math.min(m, n) >= KERNEL_ORDER) {
    const width = mode === "full" ? m : Math.min(m, n, Math.floor(steps));
    const fast = withKernels(
      () => factorPivotedQr(a.data, m, n, { width, steps: Math.floor(steps), tolerance, wantQ }),
      "the pivoted QR factorisation",
      a,
    );
    if (fast) {
      const keep = mode === "full" ? m : cut ? fast.made : width;
      const R = { rows: keep, columns: n, data: cut ? fast.R.subarray(0, keep * n).fill(0, fast.made * n) : fast.R };
      const Q = wantQ ? firstColumns({ rows: m, columns: width, data: fast.Q }, keep) : null;
      return { Q, R, permutation: fast.permutation, steps: fast.made };
    }
  }
  requireFinite(a, "the pivoted QR factorisation");
  const { scaled, exponent } = normalized(a);
  const limit = scaleTolerance(tolerance, exponent);
  const w: Planes = { re: scaled.data, im: scaled.imag ?? null };
  const permutation = Int32Array.from({ length: n }, (_, j) => j);
  const columnNorm = (j: number, from: number) => {
    const x = vectorNorm(w.re, from * n + j, m - from, n);
    if (!w.im) return x;
    const y = vectorNorm(w.im, from * n + j, m - from, n);
    return Math.sqrt(x * x + y * y);
  };
  const norms = Float64Array.from({ length: n }, (_, j) => columnNorm(j, 0));
  const reference = norms.slice();
  const reflectors: Reflector[] = [];
  const most = Math.min(m, n, steps);
  for (let k = 0; k < most; k++) {
    const pivot = largest(norms, permutation, k);
    if (!(norms[pivot] > limit)) break;
    if (pivot !== k) {
      swapColumns(w, m, n, pivot, k);
      [permutation[k], permutation[pivot]] = [permutation[pivot], permutation[k]];
      norms[pivot] = norms[k];
      reference[pivot] = reference[k];
    }
    reflectors.push(eliminateColumn(w, m, n, k));
    for (let j = k + 1; j < n; j++) {
      if (norms[j] === 0) continue;
      const r = Math.sqrt(w.re[k * n + j] ** 2 + (w.im ? w.im[k * n + j] ** 2 : 0)) / norms[j];
      const left = Math.max(0, (1 - r) * (1 + r));
      // 1e-8 = √eps: below it the downdated norm has lost half its digits.
      if (left * (norms[j] / reference[j]) ** 2 <= 1e-8) {
        norms[j] = columnNorm(j, k + 1);
        reference[j] = norms[j];
      } else norms[j] *= Math.sqrt(left);
    }
  }
  const made = reflectors.length;
  const f = unpack(scaled, reflectors, exponent, mode, cut ? made : undefined, wantQ);
  return { ...f, permutation, steps: made };
}

function firstColumns(a: Matrix, count: number): Matrix {
  if (count === a.columns) return a;
  const data = new Float64Array(a.rows * count);
  for (let i = 0; i < a.rows; i++) data.set(a.data.subarray(i * a.columns, i * a.columns + count), i * count);
  return { rows: a.rows, columns: count, data };
}

const scaleTolerance = (t: number, exponent: number) => (exponent === 0 ? t : t * 2 ** Math.max(-1000, Math.min(1000, -exponent)));

/** The pivot: largest norm, among near-ties the lowest original column. */
function largest(norms: Float64Array, permutation: Int32Array, from: number): number {
  let big = -1;
  for (let j = from; j < norms.length; j++) if (norms[j] > big) big = norms[j];
  let best = -1;
  for (let j = from; j < norms.length; j++) if (norms[j] >= big * (1 - 1e-14) && (best < 0 || permutation[j] < permutation[best])) best = j;
  return best;
}

function swapColumns(a: Planes, m: number, n: number, i: number, j: number): void {
  for (const x of a.im ? [a.re, a.im] : [a.re])
    for (let r = 0; r < m; r++) {
      const t = x[r * n + i];
      x[r * n + i] = x[r * n + j];
      x[r * n + j] = t;
    }
}

/** One step: zero column k below the diagonal, update the columns right of it; v stays below the diagonal, r_kk = beta on it. */
function eliminateColumn(w: Planes, m: number, n: number, k: number): Reflector {
  const at = k * n + k;
  const h = makeReflector(w, at, m - k, n);
  reflectLeft(w, n, k, k + 1, n, takeVector(w, at, m - k, n), h.tauRe, -h.tauIm);
  w.re[at] = h.beta;
  return h;
}

/** R from the upper part, Q by applying the reflections to the first columns of the identity, last first. */
function unpack(
  f: Matrix,
  reflectors: readonly Reflector[],
  exponent: number,
  mode: "thin" | "full",
  cut?: number,
  wantQ = true,
): { Q: Matrix | null; R: Matrix } {
  const { rows: m, columns: n } = f;
  const width = mode === "full" ? m : (cut ?? Math.min(m, n));
  const upper = (x: Float64Array) => {
    const out = allocate(width, n);
    for (let i = 0; i < Math.min(width, m, cut ?? m); i++) for (let j = i; j < n; j++) out[i * n + j] = x[i * n + j];
    return out;
  };
  const R: Matrix = f.imag ? { rows: width, columns: n, data: upper(f.data), imag: upper(f.imag) } : { rows: width, columns: n, data: upper(f.data) };
  if (!wantQ) return { Q: null, R: scaleMatrixByPower(R, exponent) };
  const re = allocate(m, width);
  for (let i = 0; i < Math.min(m, width); i++) re[i * width + i] = 1;
  const q: Planes = { re, im: f.imag ? allocate(m, width) : null };
  const packed: Planes = { re: f.data, im: f.imag ?? null };
  for (let k = reflectors.length - 1; k >= 0; k--) {
    const v = takeVector(packed, k * n + k, m - k, n);
    v.re[0] = 1;
    if (v.im) v.im[0] = 0;
    reflectLeft(q, width, k, k, width, v, reflectors[k].tauRe, reflectors[k].tauIm);
  }
  const Q: Matrix = q.im ? { rows: m, columns: width, data: q.re, imag: q.im } : { rows: m, columns: width, data: q.re };
  return { Q, R: scaleMatrixByPower(R, exponent) };
}
