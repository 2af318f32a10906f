// Fractions as a label shows them, whatever their size.
import { type Rational, rationalToNumber } from "../linalg/index.js";
import { formatNumber } from "./number.js";

const SMALLEST_NORMAL = 2 ** -1022;
const abs = (x: bigint) => (x < 0n ? -x : x);
const length = (x: bigint) => abs(x).toString().length;

/** As `formatNumber` does, also beyond the range of floating point: 10⁻⁴⁰⁰ is 1e−400. Quadratic in its digits at most. */
export function formatRational(r: Rational, digits = 4): string {
  const value = rationalToNumber(r);
  if (r.num === 0n || (Number.isFinite(value) && Math.abs(value) >= SMALLEST_NORMAL)) return formatNumber(value, digits);
  let exponent = length(r.num) - length(r.den);
  const scaled = (e: number) => rationalToNumber({ num: r.num * 10n ** BigInt(Math.max(0, -e)), den: r.den * 10n ** BigInt(Math.max(0, e)) });
  if (Math.abs(scaled(exponent)) < 1) exponent--;
  let mantissa = Number(scaled(exponent).toPrecision(digits));
  // Rounding may have made a ten of it.
  if (Math.abs(mantissa) >= 10) {
    mantissa /= 10;
    exponent++;
  }
  return `${formatNumber(mantissa, digits)}e${String(exponent).replace("-", "−")}`;
}
