// The QZ algorithm: the generalised Schur form of two square matrices.
import { addComplex, type Complex, divideComplex, modulus, multiplyComplex, sqrtComplex, subtractComplex } from "./complex.js";
import { MathError } from "./error.js";
import { identity, type Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { said } from "./phrase.js";
import { qr } from "./qr.js";
import { complexGivens, rotateColumns, rotateRows } from "./schurComplex.js";
import { complexify, copy, normalized, requireFinite, requireSquare, scaleMatrixByPower } from "./shape.js";

/** A = Q·S·Zᴴ, B = Q·T·Zᴴ with S, T upper triangular (complex), Q and Z unitary, the diagonal of T real and >= 0. */
export interface GeneralizedSchur {
  readonly Q: Matrix;
  readonly Z: Matrix;
  readonly S: Matrix;
  readonly T: Matrix;
}

const EPS = 2 ** -52;

interface Pencil {
  readonly n: number;
  readonly s: { re: Float64Array; im: Float64Array };
  readonly t: { re: Float64Array; im: Float64Array };
  /** Qᴴ, so that its updates are row rotations. */
  readonly q: { re: Float64Array; im: Float64Array };
  readonly z: { re: Float64Array; im: Float64Array };
}

/**
 * The generalised Schur form by Hessenberg-triangular reduction and single-shift QZ (Moler & Stewart 1973; Golub & Van Loan §7.7; LAPACK's hgeqz), about 70n³ complex flops.
 * Backward stable in A and B separately. Infinite eigenvalues (zeros on T's diagonal) are deflated as they appear. Throws "not-square", "nonfinite", "no-convergence".
 */
export function generalizedSchur(a: Matrix, b: Matrix): GeneralizedSchur {
  requireSquare(a, "the generalised Schur form");
  requireSquare(b, "the generalised Schur form");
  requireFinite(a, "the generalised Schur form");
  requireFinite(b, "the generalised Schur form");
  const n = a.rows;
  const na = normalized(a);
  const nb = normalized(b);
  const f = qr(nb.scaled, { mode: "full" });
  const planes = (m: Matrix) => {
    const c = copy(complexify(m));
    return { re: c.data, im: c.imag! };
  };
  const pencil: Pencil = {
    n,
    s: planes(multiply(f.Q, na.scaled, { a: "adjoint" })),
    t: planes(f.R),
    q: planes(multiply(f.Q, identity(n), { a: "adjoint" })),
    z: planes(identity(n)),
  };
  toHessenbergTriangular(pencil);
  iterate(pencil);
  realDiagonal(pencil);
  const back = (p: { re: Float64Array; im: Float64Array }, e: number) => scaleMatrixByPower({ rows: n, columns: n, data: p.re, imag: p.im }, e);
  const Qh: Matrix = { rows: n, columns: n, data: pencil.q.re, imag: pencil.q.im };
  return {
    Q: multiply(Qh, complexify(identity(n)), { a: "adjoint" }),
    Z: back(pencil.z, 0),
    S: back(pencil.s, na.exponent),
    T: back(pencil.t, nb.exponent),
  };
}

/** Rotates rows k, k + 1 from column `from` on so that entry (k + 1, column) of `target` vanishes. */
function eliminateFromLeft(p: Pencil, xr: number, xi: number, yr: number, yi: number, k: number, fromS: number, fromT: number): void {
  const g = complexGivens(xr, xi, yr, yi);
  rotateRows(p.s, p.n, k, k + 1, fromS, p.n, g.c, g.sr, g.si);
  rotateRows(p.t, p.n, k, k + 1, fromT, p.n, g.c, g.sr, g.si);
  rotateRows(p.q, p.n, k, k + 1, 0, p.n, g.c, g.sr, g.si);
}

/** Rotates columns k, k + 1 so that (x, y) = (entry k, entry k + 1) of some row becomes (0, r). */
function eliminateFromRight(p: Pencil, xr: number, xi: number, yr: number, yi: number, k: number, toS: number, toT: number): void {
  // rotateColumns makes (x, y) <- (c·x + conj(s)·y, c·y - s·x); the first vanishes with the rotation of (y, x) and conj(s) = -(that s).
  const g = complexGivens(yr, yi, xr, xi);
  rotateColumns(p.s, p.n, 0, toS, k, g.c, -g.sr, -g.si);
  rotateColumns(p.t, p.n, 0, toT, k, g.c, -g.sr, -g.si);
  rotateColumns(p.z, p.n, 0, p.n, k, g.c, -g.sr, -g.si);
}

function toHessenbergTriangular(p: Pencil): void {
  const { n, s, t } = p;
  for (let j = 0; j < n - 2; j++)
    for (let i = n - 1; i > j + 1; i--) {
      const x = (i - 1) * n + j;
      const y = i * n + j;
      eliminateFromLeft(p, s.re[x], s.im[x], s.re[y], s.im[y], i - 1, j, i - 1);
      s.re[y] = 0;
      s.im[y] = 0;
      const u = i * n + i - 1;
      eliminateFromRight(p, t.re[u], t.im[u], t.re[u + 1], t.im[u + 1], i - 1, n, i + 1);
      t.re[u] = 0;
      t.im[u] = 0;
    }
}

const frobenius = (x: { re: Float64Array; im: Float64Array }): number => {
  let sum = 0;
  for (let i = 0; i < x.re.length; i++) sum += x.re[i] ** 2 + x.im[i] ** 2;
  return Math.sqrt(sum);
};

function iterate(p: Pencil): void {
  const { n, s, t } = p;
  const smallS = EPS * frobenius(s) + Number.MIN_VALUE;
  const smallT = EPS * frobenius(t) + Number.MIN_VALUE;
  const zero = (x: { re: Float64Array; im: Float64Array }, at: number) => {
    x.re[at] = 0;
    x.im[at] = 0;
  };
  let hi = n - 1;
  let steps = 0;
  while (hi > 0) {
    let lo = hi;
    for (; lo > 0; lo--) {
      const at = lo * n + lo - 1;
      if (modulus(s.re[at], s.im[at]) > smallS) continue;
      zero(s, at);
      break;
    }
    if (lo === hi) {
      hi--;
      steps = 0;
      continue;
    }
    if (++steps > 30 * Math.max(10, n))
      throw new MathError("no-convergence", said`the QZ iteration did not separate eigenvalue ${hi + 1} of a ${n}×${n} pencil`, undefined, {
        S: s,
        T: t,
      });
    let infinite = -1;
    for (let k = hi; k >= lo; k--)
      if (modulus(t.re[k * (n + 1)], t.im[k * (n + 1)]) <= smallT) {
        zero(t, k * (n + 1));
        infinite = k;
        break;
      }
    if (infinite >= 0) {
      chaseZero(p, lo, hi, infinite);
      continue;
    }
    qzSweep(p, lo, hi, shift(p, hi, steps));
  }
}

/** t_kk = 0: the zero moves down to the corner `hi`, where one rotation of columns splits the infinite eigenvalue off (Golub & Van Loan §7.7.5). */
function chaseZero(p: Pencil, lo: number, hi: number, from: number): void {
  const { n, s, t } = p;
  for (let k = from; k < hi; k++) {
    const x = k * n + k + 1;
    const y = (k + 1) * n + k + 1;
    eliminateFromLeft(p, t.re[x], t.im[x], t.re[y], t.im[y], k, Math.max(lo, k - 1), k + 1);
    t.re[y] = 0;
    t.im[y] = 0;
    if (k === lo) continue;
    const u = (k + 1) * n + k - 1;
    eliminateFromRight(p, s.re[u], s.im[u], s.re[u + 1], s.im[u + 1], k - 1, k + 2, k + 1);
    s.re[u] = 0;
    s.im[u] = 0;
  }
  const u = hi * n + hi - 1;
  eliminateFromRight(p, s.re[u], s.im[u], s.re[u + 1], s.im[u + 1], hi - 1, hi + 1, hi + 1);
  s.re[u] = 0;
  s.im[u] = 0;
}

const entry = (x: { re: Float64Array; im: Float64Array }, at: number): Complex => ({ re: x.re[at], im: x.im[at] });

/** The eigenvalue of the trailing 2×2 of S·T⁻¹ nearer to its corner; an exceptional one every tenth step. */
function shift(p: Pencil, hi: number, steps: number): Complex {
  const { n, s, t } = p;
  const i = hi - 1;
  const t11 = entry(t, i * n + i);
  const t12 = entry(t, i * n + hi);
  const t22 = entry(t, hi * n + hi);
  const row = (r: number): [Complex, Complex] => {
    const x = divideComplex(entry(s, r * n + i), t11);
    return [x, divideComplex(subtractComplex(entry(s, r * n + hi), multiplyComplex(x, t12)), t22)];
  };
  const [a, b] = row(i);
  const [c, d] = row(hi);
  if (steps % 10 === 0) return { re: d.re + 0.75 * modulus(c.re, c.im) * (1 + 0.1 * (steps % 3)), im: d.im };
  const bc = multiplyComplex(b, c);
  if (bc.re === 0 && bc.im === 0) return d;
  const x = { re: (a.re - d.re) / 2, im: (a.im - d.im) / 2 };
  let y = sqrtComplex(addComplex(multiplyComplex(x, x), bc));
  if (x.re * y.re + x.im * y.im < 0) y = { re: -y.re, im: -y.im };
  return subtractComplex(d, divideComplex(bc, addComplex(x, y)));
}

function qzSweep(p: Pencil, lo: number, hi: number, w: Complex): void {
  const { n, s, t } = p;
  const first = lo * n + lo;
  const shifted = multiplyComplex(w, entry(t, first));
  let x = subtractComplex(entry(s, first), shifted);
  let y = entry(s, first + n);
  for (let k = lo; k < hi; k++) {
    if (k > lo) {
      x = entry(s, k * n + k - 1);
      y = entry(s, (k + 1) * n + k - 1);
    }
    eliminateFromLeft(p, x.re, x.im, y.re, y.im, k, Math.max(lo, k - 1), k);
    if (k > lo) {
      s.re[(k + 1) * n + k - 1] = 0;
      s.im[(k + 1) * n + k - 1] = 0;
    }
    const u = (k + 1) * n + k;
    eliminateFromRight(p, t.re[u], t.im[u], t.re[u + 1], t.im[u + 1], k, Math.min(k + 2, hi) + 1, k + 2);
    t.re[u] = 0;
    t.im[u] = 0;
  }
}

/** Turns rows so that the diagonal of T is real and not negative. */
function realDiagonal(p: Pencil): void {
  const { n, s, t, q } = p;
  for (let i = 0; i < n; i++) {
    const at = i * (n + 1);
    const size = modulus(t.re[at], t.im[at]);
    if (size === 0 || (t.im[at] === 0 && t.re[at] > 0)) continue;
    const ur = t.re[at] / size;
    const ui = -t.im[at] / size;
    for (const m of [s, t, q])
      for (let k = i * n; k < (i + 1) * n; k++) {
        const xr = m.re[k];
        const xi = m.im[k];
        m.re[k] = xr * ur - xi * ui;
        m.im[k] = xr * ui + xi * ur;
      }
    t.im[at] = 0;
  }
}
