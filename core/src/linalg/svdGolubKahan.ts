// Golub-Kahan SVD: bidiagonal form, then implicit QR steps on it.
import { bidiagonalPlanes, planesToMatrix } from "./bidiagonalize.js";
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import type { Planes } from "./reflector.js";
import { givens, rotateRowPair, transposedPlanes } from "./rotation.js";
import { type SVD, sortedSvd } from "./svdSorted.js";

const EPS = 2 ** -52;
const MOST_STEPS = 60;

/** The SVD of a tall matrix whose entries are in a safe range; overwrites it. */
export function golubKahanSvd(a: Matrix, full: boolean, vectors: boolean): SVD {
  const { rows: m, columns: n } = a;
  const f = bidiagonalPlanes(a, full, vectors);
  const width = full ? m : n;
  const ut = f.u ? transposedPlanes(f.u, m, width) : null;
  const vt = f.v ? transposedPlanes(f.v, n, n) : null;
  bidiagonalQr(f.d, f.e, ut, m, vt, n);
  for (let i = 0; i < n; i++)
    if (f.d[i] < 0) {
      f.d[i] = -f.d[i];
      if (vt) for (const x of vt.im ? [vt.re, vt.im] : [vt.re]) for (let k = i * n; k < (i + 1) * n; k++) x[k] = -x[k];
    }
  if (!ut || !vt) return { U: planesToMatrix({ re: new Float64Array(0), im: null }, 0, 0), s: f.d.sort().reverse(), V: a };
  return sortedSvd(planesToMatrix(transposedPlanes(ut, width, m), m, width), f.d, planesToMatrix(transposedPlanes(vt, n, n), n, n));
}

/**
 * Diagonalises the upper bidiagonal matrix (d, e) in place; rows of ut and vt follow (Golub & Van Loan §8.6.2, zero-shift steps of Demmel & Kahan 1990).
 * Throws "no-convergence" with d and e as partial result.
 */
export function bidiagonalQr(d: Float64Array, e: Float64Array, ut: Planes | null, m: number, vt: Planes | null, n: number): void {
  let size = 0;
  for (const x of d) size = Math.max(size, Math.abs(x));
  for (const x of e) size = Math.max(size, Math.abs(x));
  const tiny = Number.MIN_VALUE * 2 ** 52 + size * EPS * 2 ** -20;
  let hi = d.length - 1;
  let steps = 0;
  while (hi > 0) {
    let lo = hi;
    for (; lo > 0; lo--) {
      const off = Math.abs(e[lo - 1]);
      if (!(off <= EPS * (Math.abs(d[lo - 1]) + Math.abs(d[lo])) || off <= tiny)) continue;
      e[lo - 1] = 0;
      break;
    }
    if (lo === hi) {
      hi--;
      steps = 0;
      continue;
    }
    if (++steps > MOST_STEPS)
      throw new MathError(
        "no-convergence",
        said`the QR iteration of the SVD stopped after ${MOST_STEPS} steps at singular value ${hi + 1}`,
        undefined,
        {
          diagonal: d,
          off: e,
        },
      );
    const zero = zeroOnDiagonal(d, lo, hi, tiny);
    if (zero === hi) chaseColumn(d, e, lo, hi, vt, n);
    else if (zero >= 0) chaseRow(d, e, zero, hi, ut, m);
    else {
      const shift = smallestOf2x2(d[hi - 1], e[hi - 1], d[hi]);
      if ((shift / Math.abs(d[lo])) ** 2 < EPS) zeroShiftStep(d, e, lo, hi, ut, m, vt, n);
      else shiftedStep(d, e, lo, hi, shift, ut, m, vt, n);
    }
  }
}

function zeroOnDiagonal(d: Float64Array, lo: number, hi: number, tiny: number): number {
  for (let i = hi; i >= lo; i--)
    if (Math.abs(d[i]) <= tiny) {
      d[i] = 0;
      return i;
    }
  return -1;
}

/** d[i] = 0 with i < hi: rotations from the left push e[i] out of row i. */
function chaseRow(d: Float64Array, e: Float64Array, i: number, hi: number, ut: Planes | null, m: number): void {
  let f = e[i];
  e[i] = 0;
  for (let j = i + 1; j <= hi && f !== 0; j++) {
    const g = givens(d[j], f);
    d[j] = g.r;
    if (j < hi) {
      f = -g.s * e[j];
      e[j] *= g.c;
    }
    rotateRowPair(ut, m, j, i, g.c, g.s);
  }
}

/** d[hi] = 0: rotations from the right push e[hi-1] out of column hi. */
function chaseColumn(d: Float64Array, e: Float64Array, lo: number, hi: number, vt: Planes | null, n: number): void {
  let f = e[hi - 1];
  e[hi - 1] = 0;
  for (let j = hi - 1; j >= lo && f !== 0; j--) {
    const g = givens(d[j], f);
    d[j] = g.r;
    if (j > lo) {
      f = -g.s * e[j - 1];
      e[j - 1] *= g.c;
    }
    rotateRowPair(vt, n, j, hi, g.c, g.s);
  }
}

/** The smaller singular value of [f g; 0 h], without overflow (LAPACK's las2). */
function smallestOf2x2(f: number, g: number, h: number): number {
  const fa = Math.abs(f);
  const ga = Math.abs(g);
  const ha = Math.abs(h);
  const low = Math.min(fa, ha);
  const high = Math.max(fa, ha);
  if (low === 0) return 0;
  if (ga < high) {
    const as = 1 + low / high;
    const at = (high - low) / high;
    const au = (ga / high) ** 2;
    return low * (2 / (Math.sqrt(as * as + au) + Math.sqrt(at * at + au)));
  }
  const au = high / ga;
  if (au === 0) return (low * high) / ga;
  const as = 1 + low / high;
  const at = (high - low) / high;
  return 2 * (low * (1 / (Math.sqrt(1 + (as * au) ** 2) + Math.sqrt(1 + (at * au) ** 2)))) * au;
}

function shiftedStep(
  d: Float64Array,
  e: Float64Array,
  lo: number,
  hi: number,
  shift: number,
  ut: Planes | null,
  m: number,
  vt: Planes | null,
  n: number,
): void {
  let f = (Math.abs(d[lo]) - shift) * (Math.sign(d[lo]) + shift / d[lo]);
  let g = e[lo];
  for (let i = lo; i < hi; i++) {
    const right = givens(f, g);
    if (i > lo) e[i - 1] = right.r;
    f = right.c * d[i] + right.s * e[i];
    e[i] = right.c * e[i] - right.s * d[i];
    g = right.s * d[i + 1];
    d[i + 1] *= right.c;
    rotateRowPair(vt, n, i, i + 1, right.c, right.s);
    const left = givens(f, g);
    d[i] = left.r;
    f = left.c * e[i] + left.s * d[i + 1];
    d[i + 1] = left.c * d[i + 1] - left.s * e[i];
    if (i < hi - 1) {
      g = left.s * e[i + 1];
      e[i + 1] *= left.c;
    }
    rotateRowPair(ut, m, i, i + 1, left.c, left.s);
  }
  e[hi - 1] = f;
}

function zeroShiftStep(d: Float64Array, e: Float64Array, lo: number, hi: number, ut: Planes | null, m: number, vt: Planes | null, n: number): void {
  let c = 1;
  let oldC = 1;
  let oldS = 0;
  for (let i = lo; i < hi; i++) {
    const right = givens(d[i] * c, e[i]);
    if (i > lo) e[i - 1] = oldS * right.r;
    c = right.c;
    const left = givens(oldC * right.r, d[i + 1] * right.s);
    d[i] = left.r;
    oldC = left.c;
    oldS = left.s;
    rotateRowPair(vt, n, i, i + 1, right.c, right.s);
    rotateRowPair(ut, m, i, i + 1, left.c, left.s);
  }
  const h = d[hi] * c;
  d[hi] = h * oldC;
  e[hi - 1] = h * oldS;
}
