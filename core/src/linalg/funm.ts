// General functions of a square matrix.

import { spend } from "../kernels/index.js";
import { submatrix } from "./blocks.js";
import { addComplex, type Complex, complex, divideComplex, expComplex, multiplyComplex } from "./complex.js";
import { MathError } from "./error.js";
import { backFromSchur, combination, plusIdentity } from "./functionSupport.js";
import { hermitianFunction, isHermitian } from "./hermitian.js";
import { identity, type Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { norm1 } from "./norm.js";
import { said } from "./phrase.js";
import { complexSchur } from "./schur.js";
import { complexGivens, rotateColumns, rotateRows } from "./schurComplex.js";
import { allocate, complexify, copy, requireFinite, requireSquare } from "./shape.js";
import { triangularSylvester } from "./sylvester.js";

/** f and its derivatives: the `order`-th derivative of f at z. */
export type AnalyticFunction = (z: Complex, order: number) => Complex;

/** Eigenvalues nearer than this to a member of a cluster join it (Davies & Higham 2003 take 0.1). */
const CLUSTER = 0.1;
const MOST_TERMS = 250;

/**
 * f(A) by the Schur-Parlett method with blocking (Davies & Higham 2003; Higham 2008 §9.4): close eigenvalues are gathered by unitary swaps, their blocks
 * evaluated by Taylor series about their mean, the rest by Sylvester equations between blocks. 28n³ flops up to n⁴ when all eigenvalues are close. Hermitian matrices go by their eigenvalues.
 * Real when A is real and f maps conjugates to conjugates. Accuracy is that of f and of the separation of the clusters. The empty matrix stays empty.
 * Throws "not-square", "nonfinite", "no-convergence" when a Taylor series does not end; "domain" when f is not finite at an eigenvalue.
 */
export function funm(a: Matrix, f: AnalyticFunction): Matrix {
  requireSquare(a, "a function of a matrix");
  requireFinite(a, "a function of a matrix");
  if (a.rows === 0) return a;
  const at = (z: Complex) => checkedValue(f(z, 0), z);
  if (isHermitian(a)) return hermitianFunction(a, (x) => at(complex(x)));
  const s = complexSchur(a);
  const n = a.rows;
  const isReal = !a.imag && keepsConjugates(s.values, at);
  const T = copy(s.T);
  const Z = copy(s.Z);
  const sizes = gatherClusters(T, Z, clusters(s.values.re, s.values.im));
  const F: Matrix = { rows: n, columns: n, data: allocate(n, n), imag: allocate(n, n) };
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((x, y) => x + y, 0));
  const end = (i: number) => starts[i] + sizes[i];
  const block = (m: Matrix, i: number, j: number) => submatrix(m, starts[i], end(i), starts[j], end(j));
  for (let i = 0; i < sizes.length; i++) put(F, atomicBlock(block(T, i, i), f), starts[i], starts[i]);
  // Block superdiagonal by block superdiagonal: T_ii·X - X·T_jj = Σ_{i<=k<j} F_ik·T_kj - Σ_{i<k<=j} T_ik·F_kj, each sum one product of a block row and a block column.
  for (let d = 1; d < sizes.length; d++)
    for (let i = 0; i + d < sizes.length; i++) {
      const j = i + d;
      if (sizes[i] === 1 && sizes[j] === 1) scalarParlett(T, F, starts[i], starts[j]);
      else {
        const left = multiply(submatrix(F, starts[i], end(i), starts[i], starts[j]), submatrix(T, starts[i], starts[j], starts[j], end(j)));
        const right = multiply(submatrix(T, starts[i], end(i), end(i), end(j)), submatrix(F, end(i), end(j), starts[j], end(j)));
        const minusT = combination([[-1, block(T, j, j)]]);
        const sides = combination([
          [1, left],
          [-1, right],
        ]);
        put(F, triangularSylvester(block(T, i, i), minusT, sides), starts[i], starts[j]);
      }
    }
  return backFromSchur(Z, F, isReal);
}

function checkedValue(y: Complex, z: Complex): Complex {
  if (Number.isFinite(y.re) && Number.isFinite(y.im)) return y;
  throw new MathError("domain", said`the function is not finite at the eigenvalue ${z.re}${z.im === 0 ? "" : ` + ${z.im}i`}`);
}

function keepsConjugates(values: { re: Float64Array; im: Float64Array }, f: (z: Complex) => Complex): boolean {
  for (let i = 0; i < values.re.length; i++) {
    const y = f({ re: values.re[i], im: values.im[i] });
    const w = f({ re: values.re[i], im: -values.im[i] });
    const size = Math.abs(y.re) + Math.abs(y.im);
    if (Math.abs(y.re - w.re) > 1e-12 * size || Math.abs(y.im + w.im) > 1e-12 * size) return false;
  }
  return true;
}

/** A cluster number for each eigenvalue: the connected components of "nearer than CLUSTER". O(n²). */
function clusters(re: Float64Array, im: Float64Array): Int32Array {
  const n = re.length;
  const group = new Int32Array(n).fill(-1);
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (group[i] >= 0) continue;
    const queue = [i];
    group[i] = count;
    while (queue.length > 0) {
      const k = queue.pop()!;
      for (let j = 0; j < n; j++)
        if (group[j] < 0 && Math.abs(re[j] - re[k]) <= CLUSTER && Math.abs(im[j] - im[k]) <= CLUSTER) {
          group[j] = count;
          queue.push(j);
        }
    }
    count++;
  }
  return group;
}

/** Reorders T and Z in place, by swaps of neighbours, so that clusters stand together, ordered by mean position. Returns their sizes. */
function gatherClusters(T: Matrix, Z: Matrix, group: Int32Array): number[] {
  const n = T.rows;
  const count = Math.max(...group) + 1;
  const position = new Float64Array(count);
  const size = new Int32Array(count);
  group.forEach((g, i) => {
    position[g] += i;
    size[g]++;
  });
  const order = Array.from(size, (_, g) => g).sort((x, y) => position[x] / size[x] - position[y] / size[y] || x - y);
  const rank = new Int32Array(count);
  order.forEach((g, r) => {
    rank[g] = r;
  });
  const t = { re: T.data, im: T.imag! };
  const z = { re: Z.data, im: Z.imag! };
  const key = Int32Array.from(group, (g) => rank[g]);
  // Insertion sort: every exchange of neighbours is one rotation.
  for (let i = 1; i < n; i++)
    for (let k = i; k > 0 && key[k - 1] > key[k]; k--) {
      swapNeighbours(t, z, n, k - 1);
      [key[k - 1], key[k]] = [key[k], key[k - 1]];
    }
  return order.map((g) => size[g]);
}

/** Exchanges the diagonal entries k and k + 1 of the triangular T by one rotation (Golub & Van Loan §7.6.2). */
function swapNeighbours(t: { re: Float64Array; im: Float64Array }, z: { re: Float64Array; im: Float64Array }, n: number, k: number): void {
  const p = k * n + k;
  const q = p + n + 1;
  const [ar, ai, br, bi] = [t.re[p], t.im[p], t.re[q], t.im[q]];
  const g = complexGivens(t.re[p + 1], t.im[p + 1], br - ar, bi - ai);
  rotateRows(t, n, k, k + 1, k, n, g.c, g.sr, g.si);
  rotateColumns(t, n, 0, k + 2, k, g.c, g.sr, g.si);
  rotateColumns(z, n, 0, n, k, g.c, g.sr, g.si);
  t.re[p] = br;
  t.im[p] = bi;
  t.re[q] = ar;
  t.im[q] = ai;
  t.re[p + n] = 0;
  t.im[p + n] = 0;
}

/** Parlett's recurrence for two single eigenvalues: f_ij = (Σ f_ik·t_kj - Σ t_ik·f_kj)/(t_ii - t_jj). */
function scalarParlett(T: Matrix, F: Matrix, i: number, j: number): void {
  const n = T.rows;
  const [tr, ti, fr, fi] = [T.data, T.imag!, F.data, F.imag!];
  spend(16 * (j - i));
  let re = 0;
  let im = 0;
  for (let k = i, p = i * n + i, q = i * n + j; k < j; k++, p++, q += n) {
    re += fr[p] * tr[q] - fi[p] * ti[q];
    im += fr[p] * ti[q] + fi[p] * tr[q];
  }
  for (let k = i + 1, p = i * n + k, q = k * n + j; k <= j; k++, p++, q += n) {
    re -= tr[p] * fr[q] - ti[p] * fi[q];
    im -= tr[p] * fi[q] + ti[p] * fr[q];
  }
  const a = i * (n + 1);
  const b = j * (n + 1);
  const x = divideComplex({ re, im }, { re: tr[a] - tr[b], im: ti[a] - ti[b] });
  fr[i * n + j] = x.re;
  fi[i * n + j] = x.im;
}

function put(into: Matrix, part: Matrix, row: number, column: number): void {
  for (let i = 0; i < part.rows; i++) {
    const at = (row + i) * into.columns + column;
    into.data.set(part.data.subarray(i * part.columns, (i + 1) * part.columns), at);
    if (part.imag) into.imag!.set(part.imag.subarray(i * part.columns, (i + 1) * part.columns), at);
  }
}

/** f of a triangular block with close eigenvalues: the Taylor series about their mean (Higham 2008, algorithm 9.4). */
function atomicBlock(T: Matrix, f: AnalyticFunction): Matrix {
  const n = T.rows;
  let mean: Complex = { re: 0, im: 0 };
  for (let i = 0; i < n; i++) mean = addComplex(mean, { re: T.data[i * (n + 1)], im: T.imag![i * (n + 1)] });
  mean = { re: mean.re / n, im: mean.im / n };
  const f0 = checkedValue(f(mean, 0), mean);
  if (n === 1) return { rows: 1, columns: 1, data: Float64Array.of(f0.re), imag: Float64Array.of(f0.im) };
  const N = copy(plusIdentity(T, -mean.re));
  for (let i = 0; i < n; i++) N.imag![i * (n + 1)] -= mean.im;
  let F = timesComplex(complexify(identity(n)), f0);
  let P: Matrix = complexify(identity(n));
  let quiet = 0;
  for (let k = 1; k <= MOST_TERMS; k++) {
    P = combination([[1 / k, multiply(P, N)]]);
    const term = timesComplex(P, f(mean, k));
    F = combination([
      [1, F],
      [1, term],
    ]);
    // Two small terms in a row, and past the point where the nilpotent part alone would end the series.
    quiet = norm1(term) <= 2 ** -53 * norm1(F) ? quiet + 1 : 0;
    if (norm1(P) === 0 || (quiet >= 2 && k >= Math.min(n, 20))) return F;
  }
  throw new MathError("no-convergence", said`the Taylor series of the function about ${mean.re} did not end in ${MOST_TERMS} terms`, undefined, F);
}

function timesComplex(m: Matrix, s: Complex): Matrix {
  const data = new Float64Array(m.data.length);
  const imag = new Float64Array(m.data.length);
  for (let i = 0; i < data.length; i++) {
    data[i] = m.data[i] * s.re - m.imag![i] * s.im;
    imag[i] = m.data[i] * s.im + m.imag![i] * s.re;
  }
  return { rows: m.rows, columns: m.columns, data, imag };
}

const halfTurn = (e: Complex, f: Complex, sign: number): Complex => ({ re: (e.re + sign * f.re) / 2, im: (e.im + sign * f.im) / 2 });
const coshOf = (z: Complex): Complex => halfTurn(expComplex(z), expComplex({ re: -z.re, im: -z.im }), 1);
const sinhOf = (z: Complex): Complex => (z.im === 0 ? complex(Math.sinh(z.re)) : halfTurn(expComplex(z), expComplex({ re: -z.re, im: -z.im }), -1));
const cosOf = (z: Complex): Complex => (z.im === 0 ? complex(Math.cos(z.re)) : coshOf({ re: -z.im, im: z.re }));
const sinOf = (z: Complex): Complex => {
  if (z.im === 0) return complex(Math.sin(z.re));
  const s = sinhOf({ re: -z.im, im: z.re });
  return { re: s.im, im: -s.re };
};
const minus = (z: Complex): Complex => ({ re: -z.re, im: -z.im });

/** Entire functions with all their derivatives, ready for {@link funm}. */
export const entire: Readonly<Record<"exp" | "cos" | "sin" | "cosh" | "sinh", AnalyticFunction>> = {
  exp: (z) => expComplex(z),
  cosh: (z, k) => (k % 2 === 0 ? coshOf(z) : sinhOf(z)),
  sinh: (z, k) => (k % 2 === 0 ? sinhOf(z) : coshOf(z)),
  cos: (z, k) => [cosOf, (w: Complex) => minus(sinOf(w)), (w: Complex) => minus(cosOf(w)), sinOf][k % 4](z),
  sin: (z, k) => [sinOf, cosOf, (w: Complex) => minus(sinOf(w)), (w: Complex) => minus(cosOf(w))][k % 4](z),
};

/**
 * Derivatives of a function known only by its values, from Cauchy's integral over a circle by the trapezoidal rule with 64 points. f must be analytic inside
 * the radius around every eigenvalue cluster; error about eps·k!/radius^k.
 */
export const fromValues =
  (f: (z: Complex) => Complex, radius = 1): AnalyticFunction =>
  (z, order) => {
    if (order === 0) return f(z);
    const points = 64;
    let sum: Complex = { re: 0, im: 0 };
    for (let i = 0; i < points; i++) {
      const angle = (2 * Math.PI * i) / points;
      const y = f({ re: z.re + radius * Math.cos(angle), im: z.im + radius * Math.sin(angle) });
      sum = addComplex(sum, multiplyComplex(y, { re: Math.cos(order * angle), im: -Math.sin(order * angle) }));
    }
    let factor = 1 / points;
    for (let k = 1; k <= order; k++) factor *= k / radius;
    // Beyond half the points the rule aliases; those terms are below rounding for a radius that fits.
    return order >= points / 2 ? { re: 0, im: 0 } : { re: sum.re * factor, im: sum.im * factor };
  };
