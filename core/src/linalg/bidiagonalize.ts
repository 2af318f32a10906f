// Reduction to upper bidiagonal form.
import { type Matrix, zeros } from "./matrix.js";
import { makeReflector, type Planes, reflectLeft, reflectRight, takeVector } from "./reflector.js";
import { allocate, normalized, requireFinite, scaleByPower } from "./shape.js";
import { adjoint, transpose } from "./transpose.js";

/** A = U·B·Vᴴ with B real bidiagonal: `diagonal` (p = min(m, n) numbers) and `off` (p - 1), above the diagonal when m >= n, below it otherwise. U m×p, V n×p. */
export interface Bidiagonal {
  readonly U: Matrix;
  readonly V: Matrix;
  readonly diagonal: Float64Array;
  readonly off: Float64Array;
  readonly B: Matrix;
}

/**
 * Golub-Kahan bidiagonalisation by Householder reflections, 4mn² - 4n³/3 flops without the factors (Golub & Van Loan §5.4.8).
 * Backward error c·n·eps·‖A‖. B is real also for complex A. Wide matrices are reduced through their adjoint. Empty ones have empty factors. Throws "nonfinite".
 */
export function bidiagonalize(a: Matrix): Bidiagonal {
  requireFinite(a, "bidiagonalisation");
  const wide = a.rows < a.columns;
  const { scaled, exponent } = normalized(wide ? adjoint(a) : a);
  const f = bidiagonalPlanes(scaled, false, true);
  const d = f.d.map((x) => scaleByPower(x, exponent));
  const e = f.e.map((x) => scaleByPower(x, exponent));
  const p = d.length;
  const tall = zeros(p, p);
  for (let i = 0; i < p; i++) {
    tall.data[i * (p + 1)] = d[i];
    if (i + 1 < p) tall.data[i * (p + 1) + 1] = e[i];
  }
  const U = planesToMatrix(f.u!, scaled.rows, p);
  const V = planesToMatrix(f.v!, p, p);
  return wide ? { U: V, V: U, diagonal: d, off: e, B: transpose(tall) } : { U, V, diagonal: d, off: e, B: tall };
}

export const planesToMatrix = (x: Planes, rows: number, columns: number): Matrix =>
  x.im ? { rows, columns, data: x.re, imag: x.im } : { rows, columns, data: x.re };

/** The reduction itself for m >= n; overwrites `a`. `full` makes U m×m; without `vectors` no factor is formed. */
export function bidiagonalPlanes(
  a: Matrix,
  full: boolean,
  vectors: boolean,
): { d: Float64Array; e: Float64Array; u: Planes | null; v: Planes | null } {
  const { rows: m, columns: n } = a;
  const w: Planes = { re: a.data, im: a.imag ?? null };
  const d = new Float64Array(n);
  const e = new Float64Array(Math.max(0, n - 1));
  const lefts: { v: Planes; re: number; im: number }[] = [];
  const rights: { v: Planes; re: number; im: number }[] = [];
  for (let k = 0; k < n; k++) {
    const at = k * n + k;
    const h = makeReflector(w, at, m - k, n);
    const v = takeVector(w, at, m - k, n);
    reflectLeft(w, n, k, k + 1, n, v, h.tauRe, -h.tauIm);
    d[k] = h.beta;
    lefts.push({ v, re: h.tauRe, im: h.tauIm });
    if (k + 1 >= n) continue;
    // The row is annihilated from the right: reflect its conjugate.
    if (w.im) for (let j = k + 1; j < n; j++) w.im[k * n + j] = -w.im[k * n + j];
    const g = makeReflector(w, at + 1, n - k - 1, 1);
    const y = takeVector(w, at + 1, n - k - 1, 1);
    reflectRight(w, n, k + 1, m, k + 1, y, g.tauRe, g.tauIm);
    e[k] = g.beta;
    rights.push({ v: y, re: g.tauRe, im: g.tauIm });
  }
  if (!vectors) return { d, e, u: null, v: null };
  const unit = (rows: number, columns: number): Planes => {
    const re = allocate(rows, columns);
    for (let i = 0; i < Math.min(rows, columns); i++) re[i * columns + i] = 1;
    return { re, im: w.im ? allocate(rows, columns) : null };
  };
  const width = full ? m : n;
  const u = unit(m, width);
  for (let k = n - 1; k >= 0; k--) reflectLeft(u, width, k, k, width, lefts[k].v, lefts[k].re, lefts[k].im);
  const v = unit(n, n);
  for (let k = n - 2; k >= 0; k--) reflectLeft(v, n, k + 1, k + 1, n, rights[k].v, rights[k].re, rights[k].im);
  return { d, e, u, v };
}
