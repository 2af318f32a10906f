// The matrix exponential.
import { scale } from "./add.js";
import { expComplex } from "./complex.js";
import { MathError } from "./error.js";
import { combination, isDiagonal, isUpperTriangular } from "./functionSupport.js";
import { identity, type Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { norm1 } from "./norm.js";
import { normEstimate } from "./normEstimate.js";
import { said } from "./phrase.js";
import { complexify, copy, exponentOf, isFiniteMatrix, requireFinite, requireSquare, scaleMatrixByPower } from "./shape.js";
import { solve } from "./solve.js";

/** Largest ‖A‖ (in the sense of the α below) for which the [m/m] Padé approximant has backward error below eps (Higham 2005, table 2.3). */
const THETA: readonly (readonly [number, number])[] = [
  [3, 1.495585217958292e-2],
  [5, 2.53939833006323e-1],
  [7, 9.504178996162932e-1],
  [9, 2.097847961257068],
];
const THETA13 = 4.25;

/** Numerator coefficients (2m - k)!·m!/((2m)!·(m - k)!·k!), scaled to whole numbers with b_m = 1. */
function padeCoefficients(m: number): number[] {
  const b = [1];
  for (let k = m; k >= 1; k--) b.unshift((b[0] * k * (2 * m - k + 1)) / (m - k + 1));
  return b;
}

/**
 * e^A by scaling and squaring with Padé approximants of degree 3 to 13 (Al-Mohy & Higham 2009): degree and scaling are chosen from ‖A^k‖^(1/k), so that
 * non-normal matrices are not overscaled. 8 to 12 products and one solve of n×n. Backward error about eps·‖A‖ in exact steps; squaring adds what conditioning allows.
 * Diagonal matrices are done entry by entry, triangular ones get their diagonal exactly. e^0 = I; the empty matrix stays empty. NaN, infinities and results beyond the number range are
 * MathError "nonfinite". Throws "not-square".
 */
export function expm(a: Matrix): Matrix {
  requireSquare(a, "the matrix exponential");
  requireFinite(a, "the matrix exponential");
  if (a.rows === 0) return a;
  const y = isDiagonal(a) ? exponentialOfDiagonal(a) : exponential(a);
  if (!isFiniteMatrix(y))
    throw new MathError(
      "nonfinite",
      said`the exponential of a matrix of norm ${norm1(a).toPrecision(3)} leaves the number range`,
      "scale the matrix down",
    );
  return y;
}

/** A first scaling keeps A⁶ in range whatever the norm; all of it is squared back. */
function exponential(a: Matrix): Matrix {
  const before = Math.max(0, exponentOf(norm1(a)) - 100);
  return before === 0 ? scaledExponential(a) : squared(scaledExponential(scaleMatrixByPower(a, -before)), before);
}

function exponentialOfDiagonal(a: Matrix): Matrix {
  const out = copy(a);
  for (let i = 0, p = 0; i < a.rows; i++, p += a.rows + 1) {
    const e = expComplex({ re: a.data[p], im: a.imag?.[p] ?? 0 });
    out.data[p] = e.re;
    if (out.imag) out.imag[p] = e.im;
  }
  return out;
}

function scaledExponential(a: Matrix): Matrix {
  const n = a.rows;
  const I = a.imag ? complexify(identity(n)) : identity(n);
  const a2 = multiply(a, a);
  const a4 = multiply(a2, a2);
  const a6 = multiply(a2, a4);
  const d4 = norm1(a4) ** (1 / 4);
  const d6 = norm1(a6) ** (1 / 6);
  const d8 = normEstimate([a4, a4]) ** (1 / 8);
  const d10 = normEstimate([a4, a6]) ** (1 / 10);
  const alphas = [Math.max(d4, d6), Math.max(d4, d6), Math.max(d6, d8), Math.max(d6, d8)];
  for (let k = 0; k < THETA.length; k++) {
    const [m, theta] = THETA[k];
    if (alphas[k] > theta || extraScaling(a, m) > 0) continue;
    const powers = [I, a2, a4, a6];
    if (m === 9) powers.push(multiply(a4, a4));
    const b = padeCoefficients(m);
    const u = multiply(a, combination(powers.slice(0, (m + 1) / 2).map((p, i) => [b[2 * i + 1], p] as const)));
    const v = combination(powers.slice(0, (m + 1) / 2).map((p, i) => [b[2 * i], p] as const));
    return quotient(u, v);
  }
  const alpha = Math.min(Math.max(d6, d8), Math.max(d8, d10));
  let s = alpha === 0 ? 0 : Math.max(0, Math.ceil(Math.log2(alpha / THETA13)));
  s += extraScaling(scale(a, 2 ** -s), 13);
  const x = pade13(scale(a, 2 ** -s), scale(a2, 4 ** -s), scale(a4, 16 ** -s), scale(a6, 64 ** -s), I);
  return isUpperTriangular(a) ? squareTriangular(x, a, s) : squared(x, s);
}

/** The extra squarings that rounding in A^(2m+1) asks for: zero unless |A| is far larger than its powers tell (Al-Mohy & Higham 2009, eq. 5.1). */
function extraScaling(a: Matrix, m: number): number {
  const magnitudes: Matrix = {
    rows: a.rows,
    columns: a.columns,
    data: a.imag ? a.data.map((x, i) => Math.sqrt(x * x + a.imag![i] ** 2)) : a.data.map(Math.abs),
  };
  // ‖|A|^p‖₁ is the largest entry of (|A|ᵀ)^p applied to ones.
  let v: Matrix = { rows: 1, columns: a.rows, data: new Float64Array(a.rows).fill(1) };
  let logScale = 0;
  for (let k = 0; k < 2 * m + 1; k++) {
    v = multiply(v, magnitudes);
    const big = Math.max(...v.data);
    if (big === 0) return 0;
    logScale += Math.log(big);
    v = scale(v, 1 / big);
  }
  // c = (m!)²/((2m)!(2m+1)!), the leading coefficient of the backward error.
  let logC = 0;
  for (let k = 1; k <= m; k++) logC += 2 * Math.log(k);
  for (let k = 1; k <= 2 * m; k++) logC -= Math.log(k);
  for (let k = 1; k <= 2 * m + 1; k++) logC -= Math.log(k);
  const log2Alpha = (logC + logScale - Math.log(norm1(a) || 1)) / Math.LN2;
  return Math.max(0, Math.ceil((log2Alpha + 53) / (2 * m)));
}

/** (V - U)⁻¹(V + U). */
function quotient(u: Matrix, v: Matrix): Matrix {
  return solve(
    combination([
      [1, v],
      [-1, u],
    ]),
    combination([
      [1, v],
      [1, u],
    ]),
  );
}

function pade13(a: Matrix, a2: Matrix, a4: Matrix, a6: Matrix, I: Matrix): Matrix {
  const b = padeCoefficients(13);
  const high = (o: number) =>
    combination([
      [b[12 + o], a6],
      [b[10 + o], a4],
      [b[8 + o], a2],
    ]);
  const low = (o: number) =>
    combination([
      [b[6 + o], a6],
      [b[4 + o], a4],
      [b[2 + o], a2],
      [b[o], I],
    ]);
  const join = (o: number) =>
    combination([
      [1, multiply(a6, high(o))],
      [1, low(o)],
    ]);
  return quotient(multiply(a, join(1)), join(0));
}

function squared(x: Matrix, s: number): Matrix {
  let y = x;
  for (let k = 0; k < s; k++) y = multiply(y, y);
  return y;
}

/** Squaring with diagonal and first superdiagonal computed anew from A at each step (Higham 2008, code fragment 10.1). */
function squareTriangular(x: Matrix, a: Matrix, s: number): Matrix {
  const n = a.rows;
  let y = copy(x);
  for (let k = s; k >= 0; k--) {
    if (k < s) y = copy(multiply(y, y));
    const f = 2 ** -k;
    const entry = (i: number, j: number) => ({ re: f * a.data[i * n + j], im: f * (a.imag?.[i * n + j] ?? 0) });
    for (let i = 0; i < n; i++) {
      const e = expComplex(entry(i, i));
      y.data[i * (n + 1)] = e.re;
      if (y.imag) y.imag[i * (n + 1)] = e.im;
      if (i + 1 === n || a.imag) continue;
      // (e^x - e^y)/(x - y) = e^((x+y)/2)·sinh(h)/h, h half the difference.
      const p = f * a.data[i * (n + 1)];
      const q = f * a.data[(i + 1) * (n + 1)];
      const h = (p - q) / 2;
      if (Math.abs(h) < 300) y.data[i * n + i + 1] = f * a.data[i * n + i + 1] * Math.exp((p + q) / 2) * (h === 0 ? 1 : Math.sinh(h) / h);
    }
  }
  return y;
}
