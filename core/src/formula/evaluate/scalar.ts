// Arithmetic of single numbers: exact fractions and Gaussian rationals while they last, floating point after.

import { type ComplexValue, complexValue, type RationalValue, type RealValue, rationalValue, realValue, type Value } from "../../expr/index.js";
import {
  addRational,
  compareRational,
  divideRational,
  multiplyRational,
  negateRational,
  type Rational,
  rational,
  rationalToNumber,
  subtractRational,
} from "../../linalg/index.js";
import * as complex from "./complex.js";

export type Scalar = RationalValue | RealValue | ComplexValue;

/** Exact results beyond this many bits become floating point. */
export const maxBits = 1_000_000;
const widest = 1n << BigInt(maxBits);

export const isScalar = (v: Value): v is Scalar => v.kind === "rational" || v.kind === "real" || v.kind === "complex";
export const zero: RationalValue = { kind: "rational", num: 0n, den: 1n };
export const one: RationalValue = { kind: "rational", num: 1n, den: 1n };
export const integer = (n: number | bigint): RationalValue => ({ kind: "rational", num: BigInt(n), den: 1n });

/** The real part as float64. */
export const re = (s: Scalar): number => (s.kind === "rational" ? rationalToNumber(s) : s.kind === "real" ? s.value : s.re);
/** The same number in floating point. */
export const floating = (s: Scalar): Scalar => (s.kind === "rational" ? { kind: "real", value: rationalToNumber(s) } : s);
export const im = (s: Scalar): number => (s.kind === "complex" ? s.im : 0);
export const isReal = (s: Scalar): s is RationalValue | RealValue => s.kind !== "complex";
export const isZero = (s: Scalar): boolean => (s.kind === "rational" ? s.num === 0n : s.kind === "real" ? s.value === 0 : s.re === 0 && s.im === 0);

/** A complex number with exact parts; a rational when the imaginary part is zero. */
export function gaussian(reExact: Rational, imExact: Rational): Scalar {
  if (imExact.num === 0n) return rationalValue(reExact);
  return { kind: "complex", re: rationalToNumber(reExact), im: rationalToNumber(imExact), exact: { re: reExact, im: imExact } };
}

const noImaginary: Rational = { num: 0n, den: 1n };
/** Exact parts, when both are known. */
export const exactParts = (s: Scalar): { readonly re: Rational; readonly im: Rational } | null =>
  s.kind === "rational" ? { re: s, im: noImaginary } : s.kind === "complex" ? (s.exact ?? null) : null;

const fits = (r: Rational): boolean => r.num < widest && r.num > -widest && r.den < widest;
const orFloat = (r: Rational): RationalValue | RealValue => (fits(r) ? rationalValue(r) : realValue(rationalToNumber(r)));

export function add(a: Scalar, b: Scalar): Scalar {
  if (a.kind === "rational" && b.kind === "rational") return orFloat(addRational(a, b));
  if (isReal(a) && isReal(b)) return realValue(re(a) + re(b));
  const x = exactParts(a);
  const y = exactParts(b);
  if (x && y) return gaussian(addRational(x.re, y.re), addRational(x.im, y.im));
  return complexValue(re(a) + re(b), im(a) + im(b));
}

export function negate(a: Scalar): Scalar {
  if (a.kind === "rational") return rationalValue(negateRational(a));
  if (a.kind === "real") return realValue(-a.value);
  return a.exact ? gaussian(negateRational(a.exact.re), negateRational(a.exact.im)) : { kind: "complex", re: -a.re, im: -a.im };
}

export function subtract(a: Scalar, b: Scalar): Scalar {
  if (a.kind === "rational" && b.kind === "rational") return orFloat(subtractRational(a, b));
  if (isReal(a) && isReal(b)) return realValue(re(a) - re(b));
  return add(a, negate(b));
}

export function multiply(a: Scalar, b: Scalar): Scalar {
  if (a.kind === "rational" && b.kind === "rational") return orFloat(multiplyRational(a, b));
  if (isReal(a) && isReal(b)) return realValue(re(a) * re(b));
  const x = exactParts(a);
  const y = exactParts(b);
  if (x && y)
    return gaussian(
      subtractRational(multiplyRational(x.re, y.re), multiplyRational(x.im, y.im)),
      addRational(multiplyRational(x.re, y.im), multiplyRational(x.im, y.re)),
    );
  if (isReal(a)) return complexValue(re(a) * re(b), re(a) * im(b));
  if (isReal(b)) return complexValue(re(a) * re(b), im(a) * re(b));
  return complexValue(re(a) * re(b) - im(a) * im(b), re(a) * im(b) + im(a) * re(b));
}

/** a/b for a nonzero b (float zero divisors give ±Infinity or NaN). */
export function divide(a: Scalar, b: Scalar): Scalar {
  if (a.kind === "rational" && b.kind === "rational" && b.num !== 0n) return orFloat(divideRational(a, b));
  if (isReal(a) && isReal(b)) return realValue(re(a) / re(b));
  const x = exactParts(a);
  const y = exactParts(b);
  if (x && y && (y.re.num !== 0n || y.im.num !== 0n)) {
    const norm = addRational(multiplyRational(y.re, y.re), multiplyRational(y.im, y.im));
    return gaussian(
      divideRational(addRational(multiplyRational(x.re, y.re), multiplyRational(x.im, y.im)), norm),
      divideRational(subtractRational(multiplyRational(x.im, y.re), multiplyRational(x.re, y.im)), norm),
    );
  }
  return complexOf(complex.divide([re(a), im(a)], [re(b), im(b)]));
}

export const complexOf = (z: complex.Pair): Scalar => complexValue(z[0], z[1]);
export const pairOf = (s: Scalar): complex.Pair => [re(s), im(s)];

export const conjugate = (a: Scalar): Scalar =>
  a.kind !== "complex" ? a : a.exact ? gaussian(a.exact.re, negateRational(a.exact.im)) : { kind: "complex", re: a.re, im: -a.im };

/** Negative, zero or positive; NaN when either is NaN. Real numbers only. */
export const compare = (a: RationalValue | RealValue, b: RationalValue | RealValue): number =>
  a.kind === "rational" && b.kind === "rational" ? compareRational(a, b) : re(a) === re(b) ? 0 : re(a) - re(b);

export function equal(a: Scalar, b: Scalar): boolean {
  if (a.kind === "rational" && b.kind === "rational") return a.num === b.num && a.den === b.den;
  return re(a) === re(b) && im(a) === im(b);
}

export const isInteger = (s: Scalar): boolean => (s.kind === "rational" ? s.den === 1n : s.kind === "real" ? Number.isInteger(s.value) : false);

/** An integer of moderate size as a JavaScript number, else null. */
export function toInteger(s: Scalar): number | null {
  if (!isInteger(s)) return null;
  const n = re(s);
  return Number.isSafeInteger(n) ? n : null;
}

/** The number of binary digits; 0 has none. */
export function bitLength(n: bigint): number {
  if (n === 0n) return 0;
  const hex = (n < 0n ? -n : n).toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] as string, 16)));
}

/** |a|, exact for fractions and for Gaussian rationals of rational modulus. */
export function absolute(a: Scalar): RationalValue | RealValue {
  if (a.kind === "rational") return a.num < 0n ? { kind: "rational", num: -a.num, den: a.den } : a;
  if (a.kind === "real") return realValue(Math.abs(a.value));
  if (a.exact) {
    const root = exactRoot(addRational(multiplyRational(a.exact.re, a.exact.re), multiplyRational(a.exact.im, a.exact.im)), 2);
    if (root) return rationalValue(root);
  }
  return realValue(Math.hypot(a.re, a.im));
}

/** The integer k-th root of n >= 0 when it is a perfect power, else null (Newton's iteration). */
function perfectRoot(n: bigint, k: number): bigint | null {
  if (n < 2n) return n;
  const bits = bitLength(n);
  if (bits > 100_000 || k > bits) return null;
  const K = BigInt(k);
  let x = 1n << BigInt(Math.ceil(bits / k));
  for (;;) {
    const y = ((K - 1n) * x + n / x ** (K - 1n)) / K;
    if (y >= x) break;
    x = y;
  }
  return x ** K === n ? x : null;
}

/** The rational k-th root of a nonnegative fraction (odd k: also negative), when there is one. */
export function exactRoot(r: Rational, k: number): Rational | null {
  if (r.num < 0n && k % 2 === 0) return null;
  const num = perfectRoot(r.num < 0n ? -r.num : r.num, k);
  const den = perfectRoot(r.den, k);
  return num === null || den === null ? null : rational(r.num < 0n ? -num : num, den);
}

/** The principal square root; complex for negative numbers, exact when the root is rational. */
export function squareRoot(a: Scalar): Scalar {
  if (a.kind === "rational") {
    const root = exactRoot(a.num < 0n ? negateRational(a) : a, 2);
    if (root) return a.num < 0n ? gaussian(noImaginary, root) : rationalValue(root);
  }
  if (isReal(a)) return re(a) < 0 ? complexValue(0, Math.sqrt(-re(a))) : realValue(Math.sqrt(re(a)));
  return complexOf(complex.sqrt(pairOf(a)));
}

/** base^exponent for an integer exponent by repeated squaring over exact parts; null when inexact or too large. */
function exactPower(base: Scalar, n: number): Scalar | null {
  const parts = exactParts(base);
  if (!parts || (n < 0 && isZero(base))) return null;
  const m = Math.abs(n);
  if (base.kind === "rational") {
    const size = Math.max(bitLength(base.num), bitLength(base.den));
    const trivial = base.den === 1n && base.num >= -1n && base.num <= 1n;
    if (!trivial && (size - 1) * m > maxBits) return null;
    if (trivial) return rationalValue({ num: base.num === -1n && m % 2 === 0 ? 1n : m === 0 ? 1n : base.num, den: 1n });
    const num = base.num ** BigInt(m);
    const den = base.den ** BigInt(m);
    if (n >= 0) return { kind: "rational", num, den };
    return num < 0n ? { kind: "rational", num: -den, den: -num } : { kind: "rational", num: den, den: num };
  }
  if (m > 4096) return null;
  let result: Scalar = one;
  let square: Scalar = base;
  for (let k = m; k > 0; k >>= 1) {
    if (k & 1) result = multiply(result, square);
    square = k > 1 ? multiply(square, square) : square;
  }
  return n < 0 ? divide(one, result) : result;
}

/** base^exponent: exact where it can be, else floating point (complex for a negative base and a fractional exponent). */
export function power(base: Scalar, exponent: Scalar): Scalar {
  const n = toInteger(exponent);
  if (n !== null) {
    const exact = exactPower(base, n);
    if (exact) return exact;
    if (isReal(base)) return realValue(re(base) ** n);
  }
  if (exponent.kind === "rational" && exponent.den <= 64n && base.kind === "rational") {
    const root = base.num >= 0n ? exactRoot(base, Number(exponent.den)) : null;
    if (root) {
      const m = toInteger(integer(exponent.num));
      const exact = m === null ? null : exactPower(rationalValue(root), m);
      if (exact) return exact;
    }
    if (exponent.den === 2n && exponent.num === 1n) return squareRoot(base);
  }
  if (isReal(base) && isReal(exponent) && (re(base) >= 0 || isInteger(exponent))) return realValue(re(base) ** re(exponent));
  return complexOf(complex.power(pairOf(base), pairOf(exponent)));
}

/** floor(a/b) and the remainder with the sign of the divisor. */
export function floorDivide(a: RationalValue | RealValue, b: RationalValue | RealValue): Scalar {
  if (a.kind === "rational" && b.kind === "rational" && b.num !== 0n) return floor(divide(a, b) as RationalValue);
  return realValue(Math.floor(re(a) / re(b)));
}

export function modulo(a: RationalValue | RealValue, b: RationalValue | RealValue): Scalar {
  if (a.kind === "rational" && b.kind === "rational" && b.num !== 0n) return subtract(a, multiply(b, floorDivide(a, b)));
  const x = re(a);
  const y = re(b);
  const r = x % y;
  return realValue(r !== 0 && r < 0 !== y < 0 ? r + y : r);
}

/** Towards zero. */
export function truncate(a: RationalValue | RealValue): RationalValue | RealValue {
  return a.kind === "rational" ? integer(a.num / a.den) : realValue(Math.trunc(a.value));
}

export function floor(a: RationalValue | RealValue): RationalValue | RealValue {
  if (a.kind === "real") return realValue(Math.floor(a.value));
  const q = a.num / a.den;
  return integer(a.num < 0n && a.num % a.den !== 0n ? q - 1n : q);
}

export const ceiling = (a: RationalValue | RealValue): RationalValue | RealValue =>
  negate(floor(negate(a) as RationalValue)) as RationalValue | RealValue;
