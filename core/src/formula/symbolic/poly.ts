// Sparse polynomials in several variables with rational coefficients: arithmetic, exact division, greatest common divisor.

import { fail, said } from "../../expr/index.js";
import { addRational, divideRational, gcd, multiplyRational, negateRational, type Rational, rational } from "../../linalg/index.js";
import { tick } from "./budget.js";
import { maxTerms } from "./term.js";

export interface Monomial {
  readonly e: readonly number[];
  readonly c: Rational;
}
/** `terms` by exponent vector ("2,0,1"); no coefficient is zero. */
export interface Poly {
  readonly n: number;
  readonly terms: ReadonlyMap<string, Monomial>;
}

const key = (e: readonly number[]): string => e.join();
const oneR = rational(1);

export const zeroPoly = (n: number): Poly => ({ n, terms: new Map() });
export const constPoly = (n: number, c: Rational): Poly => {
  if (c.num === 0n) return zeroPoly(n);
  const e = new Array<number>(n).fill(0);
  return { n, terms: new Map([[key(e), { e, c }]]) };
};
export const onePoly = (n: number): Poly => constPoly(n, oneR);
export function varPoly(n: number, i: number, power = 1): Poly {
  const e = new Array<number>(n).fill(0);
  e[i] = power;
  return { n, terms: new Map([[key(e), { e, c: oneR }]]) };
}
export function fromMonomials(n: number, monomials: Iterable<Monomial>): Poly {
  const terms = new Map<string, Monomial>();
  for (const m of monomials) accumulate(terms, m.e, m.c);
  return { n, terms };
}

function accumulate(terms: Map<string, Monomial>, e: readonly number[], c: Rational): void {
  const k = key(e);
  const found = terms.get(k);
  const total = found ? addRational(found.c, c) : c;
  if (total.num === 0n) terms.delete(k);
  else terms.set(k, { e, c: total });
}

export const isZeroPoly = (p: Poly): boolean => p.terms.size === 0;
export const isConstPoly = (p: Poly): boolean => p.terms.size === 0 || (p.terms.size === 1 && [...p.terms.values()][0]!.e.every((x) => x === 0));
export const constantOf = (p: Poly): Rational => [...p.terms.values()][0]?.c ?? rational(0);

export function addPoly(a: Poly, b: Poly): Poly {
  const terms = new Map(a.terms);
  for (const m of b.terms.values()) accumulate(terms, m.e, m.c);
  return { n: a.n, terms };
}
export function scalePoly(a: Poly, c: Rational): Poly {
  if (c.num === 0n) return zeroPoly(a.n);
  const terms = new Map<string, Monomial>();
  for (const [k, m] of a.terms) terms.set(k, { e: m.e, c: multiplyRational(m.c, c) });
  return { n: a.n, terms };
}
export const negatePoly = (a: Poly): Poly => scalePoly(a, rational(-1));
export const subPoly = (a: Poly, b: Poly): Poly => addPoly(a, negatePoly(b));

/** Cost: the product of the numbers of terms. Throws `too-large` beyond 20,000 terms. */
export function mulPoly(a: Poly, b: Poly): Poly {
  if (a.terms.size * b.terms.size > 4_000_000) fail("too-large", said`a product of ${a.terms.size} and ${b.terms.size} terms`, [0, 0]);
  const terms = new Map<string, Monomial>();
  for (const x of a.terms.values()) {
    tick();
    for (const y of b.terms.values()) {
      accumulate(
        terms,
        x.e.map((v, i) => v + y.e[i]!),
        multiplyRational(x.c, y.c),
      );
    }
    if (terms.size > maxTerms) fail("too-large", said`more than ${maxTerms} terms`, [0, 0]);
  }
  return { n: a.n, terms };
}
export function powPoly(a: Poly, n: number): Poly {
  if (a.terms.size > 1 && n > 2_000) fail("too-large", said`a sum to the power ${n}`, [0, 0]);
  let out = onePoly(a.n);
  let base = a;
  for (let k = n; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) out = mulPoly(out, base);
    if (k > 1) base = mulPoly(base, base);
  }
  return out;
}

export function degreeIn(p: Poly, i: number): number {
  let d = 0;
  for (const m of p.terms.values()) if (m.e[i]! > d) d = m.e[i]!;
  return d;
}
export const totalDegree = (p: Poly): number => Math.max(0, ...[...p.terms.values()].map((m) => m.e.reduce((a, b) => a + b, 0)));

/** Coefficients in variable i, lowest first; each is a polynomial in the other variables. */
export function coefficientsIn(p: Poly, i: number): Poly[] {
  const out: Map<string, Monomial>[] = Array.from({ length: degreeIn(p, i) + 1 }, () => new Map());
  for (const m of p.terms.values()) {
    const e = [...m.e];
    const d = e[i]!;
    e[i] = 0;
    out[d]!.set(key(e), { e, c: m.c });
  }
  return out.map((terms) => ({ n: p.n, terms }));
}
export const derivePoly = (p: Poly, i: number): Poly =>
  fromMonomials(
    p.n,
    [...p.terms.values()]
      .filter((m) => m.e[i]! > 0)
      .map((m) => ({ e: m.e.map((v, j) => (j === i ? v - 1 : v)), c: multiplyRational(m.c, rational(m.e[i]!)) })),
  );

const lexAbove = (a: readonly number[], b: readonly number[]): boolean => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! > b[i]!;
  return false;
};
export function leading(p: Poly): Monomial {
  let best: Monomial | null = null;
  for (const m of p.terms.values()) if (best === null || lexAbove(m.e, best.e)) best = m;
  return best!;
}

/** a/b when b divides a, else null. Lexicographic division; gives up after 20,000 steps. */
export function divideExact(a: Poly, b: Poly): Poly | null {
  if (isZeroPoly(b)) return null;
  if (isZeroPoly(a)) return a;
  if (isConstPoly(b)) return scalePoly(a, divideRational(oneR, constantOf(b)));
  for (let i = 0; i < a.n; i++) if (degreeIn(b, i) > degreeIn(a, i)) return null;
  const lead = leading(b);
  const rest = new Map(a.terms);
  const quotient = new Map<string, Monomial>();
  for (let step = 0; rest.size > 0; step++) {
    tick();
    if (step > maxTerms || rest.size > maxTerms) return null;
    const top = leading({ n: a.n, terms: rest });
    const e = top.e.map((v, i) => v - lead.e[i]!);
    if (e.some((v) => v < 0)) return null;
    const c = divideRational(top.c, lead.c);
    quotient.set(key(e), { e, c });
    const minus = negateRational(c);
    for (const m of b.terms.values())
      accumulate(
        rest,
        m.e.map((v, i) => v + e[i]!),
        multiplyRational(m.c, minus),
      );
  }
  return { n: a.n, terms: quotient };
}

/** The polynomial as a rational content times a primitive integer polynomial with positive leading coefficient. */
export function primitive(p: Poly): { readonly content: Rational; readonly part: Poly } {
  if (isZeroPoly(p)) return { content: rational(0), part: p };
  let num = 0n;
  let den = 1n;
  for (const m of p.terms.values()) {
    num = gcd(num, m.c.num);
    den = (den / gcd(den, m.c.den)) * m.c.den;
  }
  let content = rational(num, den);
  if (leading(p).c.num < 0n) content = negateRational(content);
  return { content, part: scalePoly(p, divideRational(oneR, content)) };
}

function monomialContent(p: Poly): number[] {
  let least: number[] | null = null;
  for (const m of p.terms.values()) least = least ? least.map((v, i) => Math.min(v, m.e[i]!)) : [...m.e];
  return least ?? new Array<number>(p.n).fill(0);
}
const divideMonomial = (p: Poly, e: readonly number[]): Poly =>
  e.every((v) => v === 0)
    ? p
    : fromMonomials(
        p.n,
        [...p.terms.values()].map((m) => ({ e: m.e.map((v, i) => v - e[i]!), c: m.c })),
      );

/**
 * The greatest common divisor, primitive over the integers. Recursive primitive remainder sequences (Knuth 4.6.1, algorithm E);
 * answers 1 when the polynomials are too large to be worth it (cancelling is a kindness, not a need).
 */
export function gcdPoly(a: Poly, b: Poly, depth = 0): Poly {
  tick();
  if (isZeroPoly(a)) return isZeroPoly(b) ? a : primitive(b).part;
  if (isZeroPoly(b)) return primitive(a).part;
  if (isConstPoly(a) || isConstPoly(b)) return onePoly(a.n);
  const [ma, mb] = [monomialContent(a), monomialContent(b)];
  const shared = ma.map((v, i) => Math.min(v, mb[i]!));
  const monomial: Poly = { n: a.n, terms: new Map([[key(shared), { e: shared, c: oneR }]]) };
  const p = primitive(divideMonomial(a, ma)).part;
  const q = primitive(divideMonomial(b, mb)).part;
  if (isConstPoly(p) || isConstPoly(q)) return monomial;
  return mulPoly(monomial, gcdWithoutMonomial(p, q, depth));
}

function gcdWithoutMonomial(p: Poly, q: Poly, depth: number): Poly {
  const n = p.n;
  if (p.terms.size > 1_500 || q.terms.size > 1_500 || depth > 40) return onePoly(n);
  const small = p.terms.size <= q.terms.size ? p : q;
  const large = small === p ? q : p;
  if (divideExact(large, small)) return small;
  let main = -1;
  for (let i = 0; i < n; i++) {
    const [dp, dq] = [degreeIn(p, i), degreeIn(q, i)];
    if (dp > 0 !== dq > 0) {
      // A variable of one only: the divisor lies in the coefficients.
      const [withVariable, other] = dp > 0 ? [p, q] : [q, p];
      let g = other;
      for (const c of coefficientsIn(withVariable, i)) {
        if (!isZeroPoly(c)) g = gcdPoly(g, c, depth + 1);
        if (isConstPoly(g)) return onePoly(n);
      }
      return g;
    }
    if (dp > 0 && (main < 0 || Math.min(dp, dq) < Math.min(degreeIn(p, main), degreeIn(q, main)))) main = i;
  }
  if (main < 0) return onePoly(n);
  const contentOf = (u: Poly): Poly =>
    coefficientsIn(u, main).reduce((g, c) => (isConstPoly(g) && !isZeroPoly(g) ? g : gcdPoly(g, c, depth + 1)), zeroPoly(n));
  const [cp, cq] = [contentOf(p), contentOf(q)];
  const content = gcdPoly(cp, cq, depth + 1);
  let u = divideExact(p, cp) ?? p;
  let v = divideExact(q, cq) ?? q;
  if (degreeIn(u, main) < degreeIn(v, main)) [u, v] = [v, u];
  for (let step = 0; step < 200; step++) {
    const r = pseudoRemainder(u, v, main);
    if (r === null) return onePoly(n);
    if (isZeroPoly(r)) return primitive(mulPoly(content, divideExact(v, contentOf(v)) ?? v)).part;
    if (degreeIn(r, main) === 0) return primitive(content).part;
    u = v;
    const c = contentOf(r);
    v = primitive(divideExact(r, c) ?? r).part;
  }
  return onePoly(n);
}

function pseudoRemainder(a: Poly, b: Poly, i: number): Poly | null {
  const db = degreeIn(b, i);
  const lead = coefficientsIn(b, i)[db]!;
  let r = a;
  for (let step = 0; !isZeroPoly(r) && degreeIn(r, i) >= db; step++) {
    if (step > 300 || r.terms.size > 6_000) return null;
    const dr = degreeIn(r, i);
    const top = coefficientsIn(r, i)[dr]!;
    r = subPoly(mulPoly(r, lead), mulPoly(mulPoly(b, top), varPoly(a.n, i, dr - db)));
    if (r.terms.size > 0) r = primitive(r).part;
    if (degreeIn(r, i) === 0 && db === 0) break;
  }
  return r;
}

/** Square-free decomposition in variable i: p = ∏ part^multiplicity up to factors free of i (Yun's algorithm). */
export function squareFree(p: Poly, i: number): { readonly part: Poly; readonly multiplicity: number }[] {
  const out: { part: Poly; multiplicity: number }[] = [];
  const d = derivePoly(p, i);
  let c = gcdPoly(p, d);
  let w = divideExact(p, c) ?? p;
  for (let k = 1; k < 500; k++) {
    if (degreeIn(w, i) === 0) break;
    const y = gcdPoly(w, c);
    const z = divideExact(w, y) ?? w;
    if (degreeIn(z, i) > 0) out.push({ part: primitive(z).part, multiplicity: k });
    w = y;
    c = divideExact(c, y) ?? c;
  }
  return out;
}
