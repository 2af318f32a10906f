// One-sided Jacobi SVD of a tall matrix, preconditioned by pivoted QR.
import { spend } from "../kernels/index.js";
import { selectRows } from "./blocks.js";
import { modulus } from "./complex.js";
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { said } from "./phrase.js";
import { pivotedQr } from "./qr.js";
import { allocate, vectorNorm } from "./shape.js";
import { type SVD, sortedSvd } from "./svdSorted.js";

const EPS = 2 ** -52;
const MOST_SWEEPS = 40;

/**
 * A·P = Q·R with rows sorted by size and columns pivoted; then plane rotations from the left make the rows of R orthogonal:
 * W·R = diag(s)·Yᴴ, so A = (Q·Wᴴ)·diag(s)·(P·Y)ᴴ. Working on rows of R is working on columns of L = Rᴴ, whose grading pivoting has put in order
 * (Drmač & Veselić 2008). m >= n required.
 */
export function jacobiSvd(a: Matrix, full: boolean, vectors: boolean): SVD {
  const { rows: m, columns: n } = a;
  const rowOrder = rowsBySize(a);
  const f = pivotedQr(selectRows(a, rowOrder), { mode: full ? "full" : "thin" });
  const r = { re: f.R.data.slice(0, n * n), im: f.R.imag ? f.R.imag.slice(0, n * n) : null };
  const k = f.Q.columns;
  const w = { re: new Float64Array(vectors ? n * n : 0), im: r.im ? new Float64Array(vectors ? n * n : 0) : null };
  if (vectors) for (let i = 0; i < n; i++) w.re[i * n + i] = 1;
  const converged = orthogonaliseRows(r, w, n, vectors);
  const s = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const x = vectorNorm(r.re, i * n, n);
    s[i] = r.im ? modulus(x, vectorNorm(r.im, i * n, n)) : x;
  }
  if (!converged)
    throw new MathError("no-convergence", said`the Jacobi SVD of a ${m}×${n} matrix did not converge in ${MOST_SWEEPS} sweeps`, undefined, {
      s: s.sort().reverse(),
    });
  if (!vectors) return sortedSvd(emptyOf(0), s, emptyOf(0));
  const U = undoRowOrder(leftVectors(f.Q, w, n, k), rowOrder);
  return sortedSvd(U, s, rightVectors(r, s, f.permutation, n));
}

const emptyOf = (columns: number): Matrix => ({ rows: 0, columns, data: new Float64Array(0) });

interface Square {
  readonly re: Float64Array;
  readonly im: Float64Array | null;
}

/** Rows by descending largest entry: with column pivoting this makes Householder QR stable row by row (Cox & Higham 1998). */
function rowsBySize(a: Matrix): number[] {
  const size = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0, p = i * a.columns; j < a.columns; j++, p++) {
      const v = a.imag ? Math.max(Math.abs(a.data[p]), Math.abs(a.imag[p])) : Math.abs(a.data[p]);
      if (v > size[i]) size[i] = v;
    }
  return Array.from(size, (_, i) => i).sort((i, j) => size[j] - size[i] || i - j);
}

/** Cyclic sweeps of plane rotations until one sweep rotates nothing; false when the cap is reached. Rows of w follow rows of r. */
function orthogonaliseRows(r: Square, w: Square, n: number, vectors: boolean): boolean {
  const tolerance = EPS * Math.sqrt(n);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let i = 0; i < n - 1; i++)
      for (let j = i + 1; j < n; j++) {
        spend((r.im ? 16 : 6) * n);
        const g = rowProducts(r, n, i, j);
        if (g.a === 0 || g.b === 0) continue;
        const size = modulus(g.re, g.im);
        if (!(size > tolerance)) continue;
        rotated = true;
        if (g.im !== 0 || (r.im && g.re < 0)) {
          phaseRow(r, n, j, g.re / size, g.im / size);
          if (vectors) phaseRow(w, n, j, g.re / size, g.im / size);
        }
        const cosine = r.im ? size : g.re;
        const zeta = (g.b / g.a - g.a / g.b) / (2 * cosine);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + t * t);
        rotateRows(r, n, i, j, c, c * t);
        if (vectors) rotateRows(w, n, i, j, c, c * t);
      }
    if (!rotated) return true;
  }
  return false;
}

/** Norms a, b of rows i and j and the cosine r_i·conj(r_j)/(ab). */
function rowProducts(r: Square, n: number, i: number, j: number): { a: number; b: number; re: number; im: number } {
  const x = r.re;
  const y = r.im;
  let aa = 0;
  let bb = 0;
  let re = 0;
  let im = 0;
  for (let k = 0, p = i * n, q = j * n; k < n; k++, p++, q++) {
    aa += x[p] * x[p];
    bb += x[q] * x[q];
    re += x[p] * x[q];
    if (y) {
      aa += y[p] * y[p];
      bb += y[q] * y[q];
      re += y[p] * y[q];
      im += y[p] * x[q] - x[p] * y[q];
    }
  }
  // Both squares are far from underflow in all but extremely graded matrices; those take the scaled way.
  if (aa > 1e-270 && bb > 1e-270) {
    const a = Math.sqrt(aa);
    const b = Math.sqrt(bb);
    return { a, b, re: re / a / b, im: im / a / b };
  }
  const norm = (row: number) => (y ? modulus(vectorNorm(x, row * n, n), vectorNorm(y, row * n, n)) : vectorNorm(x, row * n, n));
  const a = norm(i);
  const b = norm(j);
  if (a === 0 || b === 0) return { a, b, re: 0, im: 0 };
  re = 0;
  im = 0;
  for (let k = 0, p = i * n, q = j * n; k < n; k++, p++, q++) {
    re += (x[p] / a) * (x[q] / b);
    if (y) {
      re += (y[p] / a) * (y[q] / b);
      im += (y[p] / a) * (x[q] / b) - (x[p] / a) * (y[q] / b);
    }
  }
  return { a, b, re, im };
}

function phaseRow(r: Square, n: number, j: number, re: number, im: number): void {
  for (let k = 0, p = j * n; k < n; k++, p++) {
    const x = r.re[p];
    const y = r.im![p];
    r.re[p] = x * re - y * im;
    r.im![p] = x * im + y * re;
  }
}

/** (row_i, row_j) <- (c·row_i - s·row_j, s·row_i + c·row_j). */
function rotateRows(r: Square, n: number, i: number, j: number, c: number, s: number): void {
  for (const x of r.im ? [r.re, r.im] : [r.re])
    for (let k = 0, p = i * n, q = j * n; k < n; k++, p++, q++) {
      const u = x[p];
      const v = x[q];
      x[p] = c * u - s * v;
      x[q] = s * u + c * v;
    }
}

/** Q·diag(Wᴴ, I): the first n columns are combined, further columns of a full Q stay. */
function leftVectors(Q: Matrix, w: Square, n: number, k: number): Matrix {
  const W: Matrix = w.im ? { rows: n, columns: n, data: w.re, imag: w.im } : { rows: n, columns: n, data: w.re };
  if (k === n) return multiply(Q, W, { b: "adjoint" });
  const cutPlane = (x: Float64Array) => {
    const out = new Float64Array(Q.rows * n);
    for (let i = 0; i < Q.rows; i++) out.set(x.subarray(i * k, i * k + n), i * n);
    return out;
  };
  const head: Matrix = Q.imag
    ? { rows: Q.rows, columns: n, data: cutPlane(Q.data), imag: cutPlane(Q.imag) }
    : { rows: Q.rows, columns: n, data: cutPlane(Q.data) };
  const turned = multiply(head, W, { b: "adjoint" });
  const join = (q: Float64Array, t: Float64Array) => {
    const out = q.slice();
    for (let i = 0; i < Q.rows; i++) out.set(t.subarray(i * n, (i + 1) * n), i * k);
    return out;
  };
  return Q.imag
    ? { rows: Q.rows, columns: k, data: join(Q.data, turned.data), imag: join(Q.imag, turned.imag!) }
    : { rows: Q.rows, columns: k, data: join(Q.data, turned.data) };
}

function undoRowOrder(u: Matrix, rowOrder: readonly number[]): Matrix {
  const back = (x: Float64Array) => {
    const out = allocate(u.rows, u.columns);
    rowOrder.forEach((to, i) => {
      out.set(x.subarray(i * u.columns, (i + 1) * u.columns), to * u.columns);
    });
    return out;
  };
  return u.imag
    ? { rows: u.rows, columns: u.columns, data: back(u.data), imag: back(u.imag) }
    : { rows: u.rows, columns: u.columns, data: back(u.data) };
}

/** Y normalised and put back in column order; rows of R that vanished are replaced by an orthonormal completion. */
function rightVectors(r: Square, s: Float64Array, permutation: Int32Array, n: number): Matrix {
  const done: number[] = [];
  for (let i = 0; i < n; i++)
    if (s[i] > 0) {
      for (let k = 0, p = i * n; k < n; k++, p++) {
        r.re[p] /= s[i];
        if (r.im) r.im[p] /= s[i];
      }
      done.push(i);
    }
  for (let i = 0; i < n; i++) if (s[i] === 0) completeRow(r, n, i, done);
  const data = allocate(n, n);
  const imag = r.im ? allocate(n, n) : undefined;
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      data[permutation[k] * n + i] = r.re[i * n + k];
      if (imag) imag[permutation[k] * n + i] = -r.im![i * n + k];
    }
  return imag ? { rows: n, columns: n, data, imag } : { rows: n, columns: n, data };
}

/** A unit row orthogonal to the rows `done`: the unit vector least covered by them, orthogonalised twice (Kahan's "twice is enough"). */
function completeRow(r: Square, n: number, i: number, done: number[]): void {
  let best = 0;
  let least = Infinity;
  for (let k = 0; k < n; k++) {
    let covered = 0;
    for (const d of done) covered += r.re[d * n + k] ** 2 + (r.im ? r.im[d * n + k] ** 2 : 0);
    if (covered < least - 1e-12) {
      least = covered;
      best = k;
    }
  }
  r.re.fill(0, i * n, (i + 1) * n);
  r.im?.fill(0, i * n, (i + 1) * n);
  r.re[i * n + best] = 1;
  for (let pass = 0; pass < 2; pass++)
    for (const d of done) {
      let re = 0;
      let im = 0;
      for (let k = 0, p = i * n, q = d * n; k < n; k++, p++, q++) {
        re += r.re[p] * r.re[q];
        if (r.im) {
          re += r.im[p] * r.im[q];
          im += r.im[p] * r.re[q] - r.re[p] * r.im[q];
        }
      }
      for (let k = 0, p = i * n, q = d * n; k < n; k++, p++, q++) {
        r.re[p] -= re * r.re[q] - (r.im ? im * r.im[q] : 0);
        if (r.im) r.im[p] -= re * r.im[q] + im * r.re[q];
      }
    }
  let sum = 0;
  for (let k = 0, p = i * n; k < n; k++, p++) sum += r.re[p] ** 2 + (r.im ? r.im[p] ** 2 : 0);
  const norm = Math.sqrt(sum);
  for (let k = 0, p = i * n; k < n; k++, p++) {
    r.re[p] /= norm;
    if (r.im) r.im[p] /= norm;
  }
  done.push(i);
}
