// The principal logarithm of a matrix.
import { scale } from "./add.js";
import { type Complex, complex, divideComplex, logComplex, subtractComplex } from "./complex.js";
import { MathError } from "./error.js";
import { backFromSchur, combination, onBranchCut, plusIdentity } from "./functionSupport.js";
import { hermitianFunction, isHermitian } from "./hermitian.js";
import type { Matrix } from "./matrix.js";
import { norm1 } from "./norm.js";
import { said } from "./phrase.js";
import { complexSchur } from "./schur.js";
import { copy } from "./shape.js";
import { triangularSqrt } from "./sqrtm.js";
import { solveTriangular } from "./triangular.js";

/** Largest ‖X - I‖ for which the [m/m] Padé approximant of log X is exact to eps (Higham 2008, table 11.1), m = 3, 5, 7. */
const THETA: readonly (readonly [number, number])[] = [
  [3, 1.62e-2],
  [5, 1.14e-1],
  [7, 2.64e-1],
];
const MOST_ROOTS = 100;

/**
 * The X with e^X = A whose eigenvalues have imaginary parts in (-π, π]: inverse scaling and squaring on the Schur form (Al-Mohy & Higham 2012, with the norm tests of
 * Higham 2008 §11.5), diagonal and first superdiagonal computed anew from T. About 25n³ flops and n³/3 a root. Forward error about eps times the condition of the logarithm.
 * Real when A is real without negative real eigenvalues; on the negative axis log λ = log|λ| + iπ. Eigenvalue 0 is MathError "singular".
 * The empty matrix is its own logarithm. Throws "not-square", "nonfinite".
 */
export function logm(a: Matrix): Matrix {
  if (isHermitian(a)) {
    return hermitianFunction(a, (x) => {
      if (x === 0) throw noFunctionOfZero("logarithm");
      return logComplex(complex(x));
    });
  }
  const f = complexSchur(a);
  requireInvertible(f.T, "logarithm");
  return backFromSchur(f.Z, triangularLog(f.T), !a.imag && !onBranchCut(f.values));
}

/** Refuses an eigenvalue that is zero to rounding. */
export function requireInvertible(t: Matrix, what: string): void {
  const n = t.rows;
  for (let i = 0; i < n; i++) if (t.data[i * (n + 1)] === 0 && t.imag![i * (n + 1)] === 0) throw noFunctionOfZero(what);
}

export const noFunctionOfZero = (what: string) => new MathError("singular", said`a singular matrix has no ${what} (eigenvalue 0)`);

const diagonalOf = (t: Matrix, i: number): Complex => ({ re: t.data[i * (t.rows + 1)], im: t.imag![i * (t.rows + 1)] });

/** Square roots of T until it is near I: what logarithm and real powers share. */
export function rootsTowardsIdentity(t: Matrix, near: number): { x: Matrix; roots: number } {
  let x = t;
  let roots = 0;
  while (!(norm1(plusIdentity(x, -1)) <= near)) {
    if (++roots > MOST_ROOTS)
      throw new MathError("no-convergence", said`the matrix is not near the identity after ${MOST_ROOTS} square roots`, undefined, x);
    x = triangularSqrt(x);
  }
  return { x, roots };
}

/** X - I with a diagonal free of cancellation: t^(1/2^s) - 1 = (t - 1)/Π(1 + t^(1/2^k)) (Al-Mohy 2012, algorithm 2). */
export function offIdentity(x: Matrix, t: Matrix, roots: number): Matrix {
  const n = x.rows;
  const out = copy(plusIdentity(x, -1));
  if (roots === 0) return out;
  for (let i = 0; i < n; i++) {
    const w = logComplex(diagonalOf(t, i));
    const f = 2 ** -roots;
    const e = expm1Complex({ re: w.re * f, im: w.im * f });
    out.data[i * (n + 1)] = e.re;
    out.imag![i * (n + 1)] = e.im;
  }
  return out;
}

/** e^z - 1 without cancellation near 0. */
function expm1Complex(z: Complex): Complex {
  const e = Math.expm1(z.re);
  const s = Math.sin(z.im / 2);
  return { re: e * Math.cos(z.im) - 2 * s * s, im: Math.exp(z.re) * Math.sin(z.im) };
}

/** log T of an upper triangular complex matrix with non-zero diagonal. */
export function triangularLog(t: Matrix): Matrix {
  const n = t.rows;
  if (n === 0) return t;
  const { x, roots } = rootsTowardsIdentity(t, THETA[THETA.length - 1][1]);
  const e = offIdentity(x, t, roots);
  const size = norm1(e);
  const [m] = THETA.find(([, theta]) => size <= theta) ?? THETA[THETA.length - 1];
  // r_m(E) = Σ w_j·E·(I + x_j·E)⁻¹ with Gauss-Legendre nodes on [0, 1].
  const sum = combination(gaussLegendre(m).map(({ node, weight }) => [weight, solveTriangular(plusIdentity(scale(e, node)), e)] as const));
  const out = copy(scale(sum, 2 ** roots));
  for (let i = 0; i < n; i++) {
    const w = logComplex(diagonalOf(t, i));
    out.data[i * (n + 1)] = w.re;
    out.imag![i * (n + 1)] = w.im;
    if (i + 1 < n) {
      const d = logDifference(diagonalOf(t, i), diagonalOf(t, i + 1));
      const p = i * n + i + 1;
      out.data[p] = t.data[p] * d.re - t.imag![p] * d.im;
      out.imag![p] = t.data[p] * d.im + t.imag![p] * d.re;
    }
  }
  return out;
}

/** (log b - log a)/(b - a); near each other through atanh, so that nothing cancels (Higham 2008, eq. 11.28). */
function logDifference(a: Complex, b: Complex): Complex {
  const difference = subtractComplex(b, a);
  if (difference.re === 0 && difference.im === 0) return divideComplex(complex(1), a);
  const total = { re: a.re + b.re, im: a.im + b.im };
  if (Math.abs(difference.re) + Math.abs(difference.im) > 0.5 * (Math.abs(total.re) + Math.abs(total.im)))
    return divideComplex(subtractComplex(logComplex(b), logComplex(a)), difference);
  // log b - log a = 2·atanh(z) with z = (b - a)/(b + a), |z| <= 0.7: no sheet is crossed.
  const z = divideComplex(difference, total);
  const atanh = {
    re: 0.25 * Math.log1p((4 * z.re) / ((1 - z.re) ** 2 + z.im ** 2)),
    im: 0.5 * Math.atan2(2 * z.im, (1 - z.re) * (1 + z.re) - z.im ** 2),
  };
  let w = { re: 2 * atanh.re, im: 2 * atanh.im };
  // Across the negative axis the principal logarithms differ by 2πi more.
  const turns = Math.round((Math.atan2(b.im, b.re) - Math.atan2(a.im, a.re) - w.im) / (2 * Math.PI));
  w = { re: w.re, im: w.im + 2 * Math.PI * turns };
  return divideComplex(w, difference);
}

/** Nodes and weights on [0, 1], by Newton's method on the Legendre polynomial. */
export function gaussLegendre(m: number): { node: number; weight: number }[] {
  return Array.from({ length: m }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (m + 0.5));
    let slope = 1;
    for (let round = 0; round < 20; round++) {
      let p = 1;
      let before = 0;
      for (let k = 1; k <= m; k++) [p, before] = [((2 * k - 1) * x * p - (k - 1) * before) / k, p];
      slope = (m * (x * p - before)) / (x * x - 1);
      const step = p / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    return { node: (1 + x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
}
