// Factorisation of polynomials in several variables over the rationals, and of terms.

import { multiplyRational, type Rational, rational } from "../../linalg/index.js";
import { factorSquareFree } from "./factorInteger.js";
import { normalFraction, polyTerm, type Ring } from "./fraction.js";
import {
  coefficientsIn,
  constPoly,
  degreeIn,
  divideExact,
  fromMonomials,
  gcdPoly,
  isConstPoly,
  isZeroPoly,
  type Monomial,
  type Poly,
  primitive,
  squareFree,
  totalDegree,
  varPoly,
  zeroPoly,
} from "./poly.js";
import { isNum, numTerm, power, productOf, type Term } from "./term.js";

export interface Factors {
  readonly content: Rational;
  readonly factors: readonly { readonly part: Poly; readonly multiplicity: number }[];
}

/** p = content · ∏ part^multiplicity with primitive irreducible parts (unless a limit left one whole). */
export function factorPoly(p: Poly): Factors {
  if (isZeroPoly(p)) return { content: rational(0), factors: [] };
  const { content, part } = primitive(p);
  const out: { part: Poly; multiplicity: number }[] = [];
  let rest = part;
  // Monomial factors.
  for (let i = 0; i < p.n; i++) {
    let least = Number.POSITIVE_INFINITY;
    for (const m of rest.terms.values()) least = Math.min(least, m.e[i]!);
    if (least > 0 && Number.isFinite(least)) {
      out.push({ part: varPoly(p.n, i), multiplicity: least });
      rest = fromMonomials(
        p.n,
        [...rest.terms.values()].map((m) => ({ e: m.e.map((v, j) => (j === i ? v - least : v)), c: m.c })),
      );
    }
  }
  collectFactors(rest, 1, out, 0);
  return { content, factors: out };
}

function collectFactors(p: Poly, multiplicity: number, out: { part: Poly; multiplicity: number }[], depth: number): void {
  if (isConstPoly(p)) return;
  const variables = Array.from({ length: p.n }, (_, i) => i).filter((i) => degreeIn(p, i) > 0);
  const main = variables.reduce((best, i) => (degreeIn(p, i) < degreeIn(p, best) ? i : best), variables[0]!);
  if (depth < 30 && variables.length > 1) {
    // Factors free of the main variable sit in the content.
    const content = coefficientsIn(p, main).reduce((g, c) => (isConstPoly(g) && !isZeroPoly(g) ? g : gcdPoly(g, c)), zeroPoly(p.n));
    if (!isConstPoly(content)) {
      collectFactors(content, multiplicity, out, depth + 1);
      const q = divideExact(p, content);
      if (q) {
        collectFactors(primitive(q).part, multiplicity, out, depth + 1);
        return;
      }
    }
  }
  for (const { part, multiplicity: m } of squareFree(p, main)) {
    for (const f of irreducible(part, variables)) out.push({ part: f, multiplicity: m * multiplicity });
  }
}

const univariate = (p: Poly, i: number): bigint[] => coefficientsIn(p, i).map((c) => [...c.terms.values()][0]?.c.num ?? 0n);
const fromUnivariate = (c: readonly bigint[], n: number, i: number): Poly =>
  fromMonomials(
    n,
    c.map((a, k) => ({ e: Array.from({ length: n }, (_, j) => (j === i ? k : 0)), c: rational(a) })),
  );

function irreducible(p: Poly, variables: readonly number[]): Poly[] {
  const used = variables.filter((i) => degreeIn(p, i) > 0);
  if (used.some((i) => degreeIn(p, i) === 1)) return [p];
  if (used.length === 1) return factorSquareFree(univariate(p, used[0]!)).map((c) => fromUnivariate(c, p.n, used[0]!));
  const total = totalDegree(p);
  if ([...p.terms.values()].every((m) => m.e.reduce((a, b) => a + b, 0) === total)) {
    // Homogeneous: set one variable to 1, factor, and make homogeneous again.
    const i = used[used.length - 1]!;
    const flat = fromMonomials(
      p.n,
      [...p.terms.values()].map((m) => ({ e: m.e.map((v, j) => (j === i ? 0 : v)), c: m.c })),
    );
    return factorPoly(flat).factors.flatMap(({ part, multiplicity }) => {
      const d = totalDegree(part);
      const whole = fromMonomials(
        p.n,
        [...part.terms.values()].map((m) => ({ e: m.e.map((v, j) => (j === i ? d - m.e.reduce((a, b) => a + b, 0) : v)), c: m.c })),
      );
      return Array.from({ length: multiplicity }, () => whole);
    });
  }
  return kronecker(p, used);
}

/** Kronecker's substitution: variable k becomes x^(D^k); univariate factors are recombined by trial division. */
function kronecker(p: Poly, used: readonly number[]): Poly[] {
  const bounds = used.map((i) => degreeIn(p, i) + 1);
  const weights = bounds.map((_, k) => bounds.slice(0, k).reduce((a, b) => a * b, 1));
  const degree = bounds.reduce((a, b) => a * b, 1);
  if (degree > 130) return [p];
  const x = used[0]!;
  const image = fromMonomials(
    p.n,
    [...p.terms.values()].map(
      (m): Monomial => ({ e: m.e.map((_, j) => (j === x ? used.reduce((s, i, k) => s + m.e[i]! * weights[k]!, 0) : 0)), c: m.c }),
    ),
  );
  const parts = factorPoly(image).factors.flatMap(({ part, multiplicity }) => Array.from({ length: multiplicity }, () => part));
  if (parts.length === 1 || parts.length > 13) return [p];
  const back = (q: Poly): Poly =>
    fromMonomials(
      p.n,
      [...q.terms.values()].map((m) => {
        let d = m.e[x]!;
        const e = new Array<number>(p.n).fill(0);
        for (const [k, i] of used.entries()) {
          e[i] = d % bounds[k]!;
          d = Math.floor(d / bounds[k]!);
        }
        return { e, c: m.c };
      }),
    );
  const out: Poly[] = [];
  let rest = p;
  let left = parts.map(back);
  let images = parts;
  for (let take = 1; 2 * take <= images.length; ) {
    let found = false;
    for (const subset of combinations(images.length, take)) {
      const product = subset.reduce((a, i) => multiply(a, images[i]!), constPoly(p.n, rational(1)));
      const candidate = primitive(back(product)).part;
      const q = isConstPoly(candidate) ? null : divideExact(rest, candidate);
      if (q) {
        out.push(candidate);
        rest = q;
        images = images.filter((_, i) => !subset.includes(i));
        left = left.filter((_, i) => !subset.includes(i));
        found = true;
        break;
      }
    }
    if (!found) take++;
  }
  if (!isConstPoly(rest)) out.push(primitive(rest).part);
  return out;
}

function multiply(a: Poly, b: Poly): Poly {
  const out: Monomial[] = [];
  for (const x of a.terms.values()) for (const y of b.terms.values()) out.push({ e: x.e.map((v, i) => v + y.e[i]!), c: multiplyRational(x.c, y.c) });
  return fromMonomials(a.n, out);
}

function* combinations(n: number, k: number, from = 0): Generator<number[]> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= n - k; i++) for (const tail of combinations(n, k - 1, i + 1)) yield [i, ...tail];
}

const factorsTerm = (f: Factors, ring: Ring, direction: 1 | -1): Term[] => [
  power(numTerm(f.content), numTerm(rational(direction))),
  ...f.factors.map(({ part, multiplicity }) => power(polyTerm(part, ring), numTerm(rational(direction * multiplicity)))),
];

/** A term as a product of irreducible factors (numerator and denominator). A pure number is left alone. */
export function factorTerm(t: Term): Term {
  if (isNum(t)) return t;
  const { fraction: f, ring } = normalFraction(t);
  if (isZeroPoly(f.num)) return numTerm(rational(0));
  const out = productOf([...factorsTerm(factorPoly(f.num), ring, 1), ...factorsTerm(factorPoly(f.den), ring, -1)]);
  // A limit left a large power multiplied out: what was written is the better answer.
  return out.k === "sum" && t.k !== "sum" ? t : out;
}
