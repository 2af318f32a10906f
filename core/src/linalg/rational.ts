// Exact fractions of big integers, always in lowest terms with a positive denominator.

import { spend } from "../kernels/index.js";

/** num/den with den > 0 and gcd(num, den) = 1. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

const abs = (n: bigint) => (n < 0n ? -n : n);

/** The greatest common divisor, never negative (Euclid). */
export function gcd(a: bigint, b: bigint): bigint {
  let x = abs(a);
  let y = abs(b);
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** What arithmetic on big integers counts as, in operations of a plain loop. */
const BIG = 100;

/** num/den in lowest terms. Throws RangeError for a zero denominator. */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  spend(BIG);
  let n = BigInt(num);
  let d = BigInt(den);
  if (d === 0n) throw new RangeError("a fraction with denominator 0");
  if (d < 0n) {
    n = -n;
    d = -d;
  }
  if (d === 1n) return { num: n, den: d };
  const g = gcd(n, d);
  return g === 1n ? { num: n, den: d } : { num: n / g, den: d / g };
}

export const addRational = (a: Rational, b: Rational): Rational =>
  a.den === b.den ? rational(a.num + b.num, a.den) : rational(a.num * b.den + b.num * a.den, a.den * b.den);
export const negateRational = (a: Rational): Rational => ({ num: -a.num, den: a.den });
export const subtractRational = (a: Rational, b: Rational): Rational => addRational(a, negateRational(b));
export const multiplyRational = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den);
/** a/b. Throws RangeError when b is zero. */
export const divideRational = (a: Rational, b: Rational): Rational => rational(a.num * b.den, a.den * b.num);
/** Negative, zero or positive as a is below, at or above b. */
export const compareRational = (a: Rational, b: Rational): number => {
  const d = a.num * b.den - b.num * a.den;
  return d < 0n ? -1 : d > 0n ? 1 : 0;
};

/** The nearest float64, also when numerator and denominator overflow it. */
export function rationalToNumber(a: Rational): number {
  const n = Number(a.num);
  const d = Number(a.den);
  if (Number.isFinite(n) && Number.isFinite(d) && Math.abs(n) <= Number.MAX_SAFE_INTEGER && d <= Number.MAX_SAFE_INTEGER) return n / d;
  // Keep 64 significant bits of the quotient (more than the 53 kept by the final rounding), then scale by a power of two.
  const bits = (x: bigint) => abs(x).toString(2).length;
  if (a.num === 0n) return 0;
  const shift = 64 - (bits(a.num) - bits(a.den));
  const scaled = shift >= 0 ? (abs(a.num) << BigInt(shift)) / a.den : abs(a.num) / (a.den << BigInt(-shift));
  let value = Number(scaled);
  let left = -shift;
  while (left > 1000) {
    value *= 2 ** 1000;
    left -= 1000;
  }
  while (left < -1000) {
    value *= 2 ** -1000;
    left += 1000;
  }
  value *= 2 ** left;
  return a.num < 0n ? -value : value;
}

/** "3", "-1/2". */
export const rationalText = (a: Rational): string => (a.den === 1n ? `${a.num}` : `${a.num}/${a.den}`);

/** The fraction a decimal literal stands for: "1.25e-1" is 1/8. Null when the text is no decimal number. */
export function parseRational(text: string): Rational | null {
  const m = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,6}))?$/.exec(text);
  if (!m || (m[2] === "" && m[3] === "")) return null;
  const digits = BigInt(`${m[2]}${m[3]}` || "0");
  const scale = Number(m[4] ?? 0) - (m[3] ?? "").length;
  const signed = m[1] === "-" ? -digits : digits;
  return scale >= 0 ? rational(signed * 10n ** BigInt(scale)) : rational(signed, 10n ** BigInt(-scale));
}

/** A dense matrix of fractions, row-major. */
export interface RationalMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly Rational[];
}
