// Values of the zeta family at whole arguments, through Bernoulli numbers.

import { addRational, multiplyRational, type Rational, rational, subtractRational } from "../../linalg/index.js";
import { int, minus, numTerm, one, pi, power, type Term, times } from "./term.js";

/** B₀ ... B_n with B₁ = −1/2 (Akiyama–Tanigawa by the recurrence of binomial sums). */
export function bernoulli(n: number): Rational[] {
  const b: Rational[] = [rational(1)];
  for (let m = 1; m <= n; m++) {
    let s = rational(0);
    let c = 1n;
    for (let k = 0; k < m; k++) {
      s = addRational(s, multiplyRational(rational(c), b[k]!));
      c = (c * BigInt(m + 1 - k)) / BigInt(k + 1);
    }
    b.push(multiplyRational(subtractRational(rational(0), s), rational(1, m + 1)));
  }
  return b;
}

/** ζ(n) for even n ≥ 2 as a rational multiple of π^n; null otherwise. */
export function zetaEven(n: number): Term | null {
  if (n < 2 || n % 2 !== 0 || n > 60) return null;
  let f = 1n;
  for (let k = 2; k <= n; k++) f *= BigInt(k);
  const b = bernoulli(n)[n]!;
  const c = multiplyRational(b, rational((n / 2) % 2 === 0 ? -(2n ** BigInt(n - 1)) : 2n ** BigInt(n - 1), f));
  return times(numTerm(c), power(pi, int(n)));
}

/** η(n) = (1 − 2^{1−n}) ζ(n), the alternating sum, for even n. */
export function etaEven(n: number): Term | null {
  const z = zetaEven(n);
  return z && times(minus(one, numTerm(rational(1, 2n ** BigInt(n - 1)))), z);
}
