// Powers of a square matrix, whole and fractional.
import { scale } from "./add.js";
import { type Complex, complex, expComplex, logComplex } from "./complex.js";
import { MathError } from "./error.js";
import { backFromSchur, onBranchCut, plusIdentity, wholePower } from "./functionSupport.js";
import { hermitianFunction, isHermitian } from "./hermitian.js";
import { inverse } from "./inverse.js";
import { noFunctionOfZero, offIdentity, requireInvertible, rootsTowardsIdentity } from "./logm.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { said } from "./phrase.js";
import { complexSchur } from "./schur.js";
import { copy, requireFinite, requireSquare } from "./shape.js";
import { triangularSqrt } from "./sqrtm.js";
import { solveTriangular } from "./triangular.js";

/** ‖I - X‖ for which the [7/7] Padé approximant of X^p is exact to eps for every |p| < 1 (Higham & Lin 2011, table 3.1). */
const THETA7 = 2.79e-1;
const DEGREE = 7;

/**
 * A^p for a real p. Whole p: repeated squaring of A or of A⁻¹, 2n³·log₂|p| flops; A⁰ = I also for singular A. p = ±k/2^j for small j through square roots;
 * other p: A^⌊p⌋·A^f with A^f from square roots and a Padé approximant on the Schur form (Higham & Lin 2011), principal branch, about 60n³ flops.
 * Real when A is real without negative real eigenvalues. A singular A has no negative power ("singular") and fractional ones only where `sqrtm` would:
 * else "singular". Throws "not-square", "nonfinite", "domain" for a p that is not finite.
 */
export function matrixPower(a: Matrix, p: number): Matrix {
  requireSquare(a, "a matrix power");
  requireFinite(a, "a matrix power");
  if (!Number.isFinite(p)) throw new MathError("domain", said`a matrix cannot be raised to the power ${p}`);
  const whole = Math.floor(p);
  if (whole !== p && a.rows > 0 && isHermitian(a)) return hermitianPower(a, p);
  const integral = whole >= 0 ? wholePower(a, whole) : wholePower(inverse(a), -whole);
  if (whole === p || a.rows === 0) return integral;
  const f = complexSchur(a);
  const fraction = p - whole;
  const root = backFromSchur(f.Z, triangularPower(f.T, fraction), !a.imag && !onBranchCut(f.values));
  return whole === 0 ? root : multiply(integral, root);
}

const hermitianPower = (a: Matrix, p: number): Matrix =>
  hermitianFunction(
    a,
    (x) => {
      if (x > 0) return x ** p;
      if (x === 0 && p > 0) return 0;
      if (x === 0) throw noFunctionOfZero("negative power");
      const w = logComplex(complex(x));
      return expComplex({ re: w.re * p, im: w.im * p });
    },
    true,
  );

/** T^p of an upper triangular complex matrix, 0 < p < 1. */
function triangularPower(t: Matrix, p: number): Matrix {
  // Exact halves need no approximant and exist for some singular matrices too.
  for (let halvings = 1; halvings <= 4; halvings++) {
    const k = p * 2 ** halvings;
    if (!Number.isInteger(k)) continue;
    let x = t;
    for (let i = 0; i < halvings; i++) x = triangularSqrt(x);
    return wholePower(x, k);
  }
  requireInvertible(t, "fractional power");
  const { x, roots } = rootsTowardsIdentity(t, THETA7);
  let y = padePower(scale(offIdentity(x, t, roots), -1), p);
  for (let k = roots; k >= 0; k--) {
    if (k < roots) y = multiply(y, y);
    y = withDiagonal(y, t, p * 2 ** -k);
  }
  return y;
}

/** (I - E)^p by its continued fraction from the bottom up: r = I + c_1E/(I + c_2E/(I + ...)). */
function padePower(e: Matrix, p: number): Matrix {
  const coefficient = (k: number): number => {
    if (k === 1) return -p;
    const j = Math.floor(k / 2);
    return k % 2 === 0 ? (-j + p) / (2 * (2 * j - 1)) : (-j - p) / (2 * (2 * j + 1));
  };
  let y = scale(e, coefficient(2 * DEGREE));
  for (let k = 2 * DEGREE - 1; k >= 1; k--) y = solveTriangular(plusIdentity(y), scale(e, coefficient(k)));
  return plusIdentity(y);
}

/** The diagonal replaced by the powers of T's own, so that squaring does not accumulate errors there. */
function withDiagonal(y: Matrix, t: Matrix, p: number): Matrix {
  const n = t.rows;
  const out = copy(y);
  for (let i = 0; i < n; i++) {
    const w: Complex = logComplex({ re: t.data[i * (n + 1)], im: t.imag![i * (n + 1)] });
    const e = expComplex({ re: w.re * p, im: w.im * p });
    out.data[i * (n + 1)] = e.re;
    out.imag![i * (n + 1)] = e.im;
  }
  return out;
}
