// Determinants, and their logarithms for matrices whose determinant leaves the number range.
import type { Scalar } from "./complex.js";
import { packedLu, scaledDetFromLu } from "./lu.js";
import type { Matrix } from "./matrix.js";
import { requireSquare, scaleByPower } from "./shape.js";
import { SMALL_ORDER, smallDet } from "./small.js";

/**
 * det A by LU with partial pivoting, 2n³/3 flops; the product of pivots is kept as mantissa and exponent, so only a result beyond float64 over- or underflows.
 * The exact determinant of a matrix within n·eps·‖L‖‖U‖ of A. det of the 0×0 matrix is 1. A number, or a pair for a complex matrix.
 * Throws "not-square", "nonfinite".
 */
export function det(a: Matrix): Scalar {
  requireSquare(a, "the determinant");
  if (!a.imag && a.rows === 1 && Number.isFinite(a.data[0])) return a.data[0];
  if (!a.imag && a.rows <= SMALL_ORDER && a.rows > 0) {
    const value = smallDet(a.data, a.rows);
    if (value !== null) return value;
  }
  const d = scaledDetFromLu(packedLu(a));
  const re = scaleByPower(d.re, d.exponent);
  return a.imag ? { re, im: scaleByPower(d.im, d.exponent) } : re;
}

/** det A = sign·exp(logAbs): sign is ±1 (or 0 with logAbs = -Infinity), for a complex matrix a number of modulus 1. */
export interface LogDet {
  readonly sign: Scalar;
  readonly logAbs: number;
}

/** log|det A| and the sign, by LU, never overflowing (as NumPy's slogdet). The 0×0 matrix gives {1, 0}. Throws "not-square", "nonfinite". */
export function logDet(a: Matrix): LogDet {
  requireSquare(a, "the log-determinant");
  const d = scaledDetFromLu(packedLu(a));
  const r = Math.sqrt(d.re * d.re + d.im * d.im);
  if (r === 0) return { sign: a.imag ? { re: 0, im: 0 } : 0, logAbs: -Infinity };
  return { sign: a.imag ? { re: d.re / r, im: d.im / r } : Math.sign(d.re), logAbs: Math.log(r) + d.exponent * Math.LN2 };
}
