// Powers and functions of matrices: e^A, A^n, A^{1/2}, ln A. Square matrices only, never entry by entry.

import { type ArrayValue, fail, matrixValue, type Range, said, type Value } from "../../expr/index.js";
import * as linalg from "../../linalg/index.js";
import type { Context } from "../context.js";
import { fromScalars, identity, scalarOf, shapeText, toMatrix } from "./array.js";
import { limits } from "./budget.js";
import { semanticsOf } from "./language.js";
import { dropZeroImaginary, exactMatrix, inverse, mathematics, product, requireSquare } from "./linear.js";
import { gaussian, isReal, isZero, re, type Scalar, power as scalarPower, toInteger } from "./scalar.js";

/** Numbers: refuses 0^-1 and results beyond every limit. */
export function numberPower(base: Scalar, exponent: Scalar, context: Context, range: Range): Scalar {
  if (isZero(base) && isReal(exponent) && re(exponent) < 0) return fail("divide-by-zero", "zero to a negative power", range);
  const turn = unitTurn(base, exponent);
  if (turn) return turn;
  const result = scalarPower(base, exponent);
  const overflow = result.kind === "real" && !Number.isFinite(result.value) && Number.isFinite(re(base)) && Number.isFinite(re(exponent));
  if (overflow && base.kind === "rational" && exponent.kind === "rational")
    return fail("too-large", said`the power has more than ${(1e6).toLocaleString("en")} bits and is beyond floating point`, range);
  if (overflow && semanticsOf(context.language).symbols)
    return fail("too-large", "the power is beyond floating point (1.8e308)", range, "Take its logarithm instead");
  if (result.kind === "real" && base.kind === "rational" && exponent.kind === "rational" && exponent.den === 1n)
    context.note("too many digits to stay exact: floating point");
  return result;
}

/** e^{ikπ/2} is a power of i: without the rounding of π. */
function unitTurn(base: Scalar, exponent: Scalar): Scalar | null {
  if (base.kind !== "real" || base.value !== Math.E || exponent.kind !== "complex" || exponent.re !== 0) return null;
  const k = Math.round((2 * exponent.im) / Math.PI);
  if (Math.abs(k) > 1e6 || Math.abs(exponent.im - (k * Math.PI) / 2) > 2 ** -52 * Math.abs(exponent.im)) return null;
  return powersOfI[((k % 4) + 4) % 4] as Scalar;
}
const powersOfI: readonly Scalar[] = [
  [1n, 0n],
  [0n, 1n],
  [-1n, 0n],
  [0n, -1n],
].map(([x, y]) => gaussian({ num: x as bigint, den: 1n }, { num: y as bigint, den: 1n }));

/** A^n by repeated squaring for integers, through the eigenvalues' functions for ±1/2 and other real exponents; c^A = exp(A ln c). */
export function power(base: Value, exponent: Value, context: Context, range: Range): Value {
  const [b, e] = [scalarOf(base), scalarOf(exponent)];
  if (b && e && !(base.kind === "array" && exponent.kind === "array"))
    return base.kind === "array" ? fromScalars(base.shape, [numberPower(b, e, context, range)]) : numberPower(b, e, context, range);
  if (e && base.kind === "array") return matrixPower(base, e, context, range);
  if (b && exponent.kind === "array") return scalarToMatrix(b, exponent, context, range);
  return fail("unsupported", said`${shapeText(base)} to the power of ${shapeText(exponent)}`, range);
}

function matrixPower(a: ArrayValue, exponent: Scalar, context: Context, range: Range): Value {
  const n = toInteger(exponent);
  if (a.shape.length === 1 && n === 2)
    return fail("not-square", said`the square of ${shapeText(a)} is ambiguous`, range, "Write v^T v or v \\odot v");
  const [square, size] = requireSquare(a, "a power", range);
  if (n === null) {
    if (exponent.kind !== "complex" && Math.abs(re(exponent)) === 0.5) {
      const root = squareRoot(square, context, range);
      return re(exponent) < 0 ? inverse(root, context, range) : root;
    }
    if (!isReal(exponent)) return fail("unsupported", "a complex power of a matrix", range);
    const p = re(exponent);
    return dropZeroImaginary(matrixValue(mathematics(range, () => linalg.expm(linalg.scale(linalg.logm(toMatrix(square, range)), p)))));
  }
  if (Math.abs(n) > limits.matrixExponent)
    return fail("too-large", said`the exponent ${n} of a matrix power is beyond ${limits.matrixExponent}`, range);
  if (n === 0) return identity(size);
  let factor: ArrayValue = n < 0 ? inverse(square, context, range) : square;
  let result: ArrayValue | null = null;
  for (let k = Math.abs(n); k > 0; k = Math.floor(k / 2)) {
    context.budget.check();
    if (factor.exact && !exactMatrix(factor, 64, context)) {
      const { exact: _, ...floating } = factor;
      factor = floating;
    }
    if (k % 2 === 1) result = result ? product(result, factor, context, range) : factor;
    if (k > 1) factor = product(factor, factor, context, range);
  }
  return result as ArrayValue;
}

function scalarToMatrix(base: Scalar, a: ArrayValue, context: Context, range: Range): Value {
  const [square] = requireSquare(a, "an exponential", range);
  if (isReal(base) && re(base) === Math.E) return exponential(square, context, range);
  if (!isReal(base) || re(base) <= 0) return fail("domain", "only a positive number can be raised to a matrix", range);
  const m = toMatrix(square, range);
  return dropZeroImaginary(matrixValue(mathematics(range, () => linalg.expm(linalg.scale(m, Math.log(re(base)))))));
}

export function exponential(v: Value, _context: Context, range: Range): ArrayValue {
  const [a] = requireSquare(v, "the matrix exponential", range);
  if (a.exact?.every((r) => r.num === 0n)) return identity(a.shape[0] as number);
  return dropZeroImaginary(matrixValue(mathematics(range, () => linalg.expm(toMatrix(a, range)))));
}

export function logarithm(v: Value, _context: Context, range: Range): ArrayValue {
  const [a] = requireSquare(v, "the matrix logarithm", range);
  return dropZeroImaginary(matrixValue(mathematics(range, () => linalg.logm(toMatrix(a, range)))));
}

/** The principal square root; exact for diagonal matrices of rational squares. */
export function squareRoot(v: Value, _context: Context, range: Range): ArrayValue {
  const [a] = requireSquare(v, "the matrix square root", range);
  return dropZeroImaginary(matrixValue(mathematics(range, () => linalg.sqrtm(toMatrix(a, range)))));
}
