// Rewriting terms into a wanted shape: expanded, over one denominator, collected by powers, split into partial fractions.

import { fail, said } from "../../expr/index.js";
import { rational } from "../../linalg/index.js";
import { factorPoly, factorTerm } from "./factor.js";
import { dependsOn, fromCoefficients, normal, normalFraction, numeratorDenominator, polynomialIn, polyTerm } from "./fraction.js";
import { solveLinear } from "./linear.js";
import { degreeIn } from "./poly.js";
import { int, isNum, isZeroTerm, minusOne, numTerm, one, power, productOf, size, sumOf, type Term, times, zero } from "./term.js";

/** Products over sums and whole powers of sums multiplied out; denominators stay under each summand. */
export function expandTerm(t: Term): Term {
  const { fraction: f, ring } = normalFraction(t);
  const den = polyTerm(f.den, ring);
  if (isNum(den)) return times(polyTerm(f.num, ring), power(den, minusOne));
  const inverse = power(den, minusOne);
  const num = polyTerm(f.num, ring);
  return sumOf((num.k === "sum" ? num.terms : [num]).map((s) => times(s, inverse)));
}

/** One cancelled quotient; numerator and denominator keep whichever of their factored and expanded forms is shorter. */
export function together(t: Term): Term {
  const { num, den } = numeratorDenominator(t);
  return times(shorter(num), power(shorter(den), minusOne));
}

/** A sum of fractions with integer content pulled out: x/2 + 1/3 -> (3x + 2)/6. */
function shorter(t: Term): Term {
  if (t.k !== "sum" || t.terms.length > 200) return t;
  const f = factorTerm(t);
  return size(f) < size(t) ? f : t;
}

/** Coefficients of the powers of x gathered: a x + b x + x² -> x² + (a + b) x. */
export function collectTerm(t: Term, x: Term): Term {
  const c = polynomialIn(t, x);
  if (!c) {
    const { num, den } = numeratorDenominator(t);
    const top = polynomialIn(num, x);
    if (!top || !dependsOn(den, x)) return t;
    return times(gather(top, x), power(den, minusOne));
  }
  return gather(c, x);
}
const gather = (c: readonly Term[], x: Term): Term => {
  const parts = c.map((a, k) => (isZeroTerm(a) ? zero : productOf([shorter(a), power(x, int(k))])));
  return sumOf(parts);
};

/** Quotient and remainder of polynomials in x with coefficients free of x. */
export function dividePolynomials(a: readonly Term[], b: readonly Term[]): { readonly quotient: Term[]; readonly remainder: Term[] } {
  const r = [...a];
  const quotient: Term[] = new Array<Term>(Math.max(0, a.length - b.length + 1)).fill(zero);
  const inverse = power(b[b.length - 1]!, minusOne);
  for (let i = a.length - b.length; i >= 0; i--) {
    const c = normal(times(r[i + b.length - 1]!, inverse));
    quotient[i] = c;
    if (isZeroTerm(c)) continue;
    for (let j = 0; j < b.length; j++) r[i + j] = normal(sumOf([r[i + j]!, times(minusOne, c, b[j]!)]));
  }
  const remainder = r.slice(0, Math.max(0, b.length - 1));
  while (remainder.length > 0 && isZeroTerm(remainder[remainder.length - 1]!)) remainder.pop();
  return { quotient, remainder };
}

export interface PartialFractions {
  readonly polynomial: readonly Term[];
  readonly fractions: readonly { readonly numerator: readonly Term[]; readonly base: readonly Term[]; readonly exponent: number }[];
}

/** The partial fraction decomposition in x over the rationals; null when t is no rational function of x. */
export function partialFractions(t: Term, x: Term): PartialFractions | null {
  const { num, den } = numeratorDenominator(t);
  const top = polynomialIn(num, x);
  const bottom = polynomialIn(den, x);
  if (!top || !bottom) return null;
  if (bottom.length === 1) return { polynomial: top.map((c) => normal(times(c, power(bottom[0]!, minusOne)))), fractions: [] };
  const { quotient, remainder } = dividePolynomials(top, bottom);
  const { fraction: f, ring } = normalFraction(den);
  const g = ring.generators.find((v) => v.base.id === x.id && v.exponent.id === one.id);
  if (!g) return null;
  const { content, factors } = factorPoly(f.num);
  let constant: Term = numTerm(rational(content.num, content.den));
  const bases: { base: Term[]; multiplicity: number }[] = [];
  for (const { part, multiplicity } of factors) {
    const p = polyTerm(part, ring);
    if (degreeIn(part, g.index) === 0) constant = times(constant, power(p, int(multiplicity)));
    else bases.push({ base: polynomialIn(p, x)!, multiplicity });
  }
  const degree = bottom.length - 1;
  // Columns: x^j ∏ of the other factors for each unknown numerator coefficient.
  const unknowns: { base: number; exponent: number; j: number; column: Term[] }[] = [];
  const whole = productOf(bases.map((b) => power(fromCoefficients(b.base, x), int(b.multiplicity))));
  bases.forEach((b, k) => {
    for (let exponent = 1; exponent <= b.multiplicity; exponent++) {
      for (let j = 0; j < b.base.length - 1; j++) {
        const column = polynomialIn(times(whole, power(fromCoefficients(b.base, x), int(-exponent)), power(x, int(j))), x);
        if (column) unknowns.push({ base: k, exponent, j, column });
      }
    }
  });
  if (unknowns.length !== degree || degree > 24) return degree > 24 ? fail("too-large", said`partial fractions of degree ${degree}`, [0, 0]) : null;
  const rows = Array.from({ length: degree }, (_, i) => unknowns.map((u) => u.column[i] ?? zero));
  const rhs = Array.from({ length: degree }, (_, i) => normal(times(remainder[i] ?? zero, power(constant, minusOne))));
  const solution = solveLinear(rows, rhs);
  if (!solution) return null;
  const fractions: { numerator: Term[]; base: Term[]; exponent: number }[] = [];
  bases.forEach((b, k) => {
    for (let exponent = 1; exponent <= b.multiplicity; exponent++) {
      const numerator = unknowns.flatMap((u, i) => (u.base === k && u.exponent === exponent ? [solution[i]!] : []));
      if (numerator.some((c) => !isZeroTerm(c))) fractions.push({ numerator, base: b.base, exponent });
    }
  });
  return { polynomial: quotient, fractions };
}

/** The partial fractions as a sum. */
export function apartTerm(t: Term, x: Term): Term {
  const p = partialFractions(t, x);
  if (!p) return fail("unsupported", "partial fractions need a quotient of polynomials", [0, 0]);
  return sumOf([
    fromCoefficients(p.polynomial, x),
    ...p.fractions.map((f) => productOf([fractionOf(fromCoefficients(f.numerator, x)), power(fromCoefficients(f.base, x), int(-f.exponent))])),
  ]);
}
// x/2 + 1/2 over a quadratic prints better as (x + 1)/(2 ...).
const fractionOf = (t: Term): Term => (t.k === "sum" ? factorTerm(t) : t);
