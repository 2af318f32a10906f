// Terms as quotients of polynomials in generators: names, functions, roots, powers with symbolic exponents.
//
// A root of a number or of a sum carries the relation g^q = base; i carries i² = -1. Quotients are cancelled, denominators
// are freed of i and of square roots of numbers. This is the normal form behind equality, together, expand and factor.

import { fail, said } from "../../expr/index.js";
import { gcd, type Rational, rational } from "../../linalg/index.js";
import {
  addPoly,
  coefficientsIn,
  constPoly,
  degreeIn,
  divideExact,
  gcdPoly,
  isConstPoly,
  isZeroPoly,
  mulPoly,
  onePoly,
  type Poly,
  powPoly,
  primitive,
  scalePoly,
  subPoly,
  varPoly,
  zeroPoly,
} from "./poly.js";
import { imaginary, isNum, mapParts, nameTerm, numTerm, one, power, productOf, splitCoefficient, sumOf, type Term, times } from "./term.js";

interface Generator {
  readonly index: number;
  readonly base: Term;
  /** The symbolic part of the exponent; 1 for names, functions and roots. */
  readonly exponent: Term;
  /** Least common denominator of the exponents that occur: the generator is base^(exponent/root). */
  root: bigint;
}

export interface Ring {
  readonly generators: readonly Generator[];
  readonly byKey: ReadonlyMap<string, Generator>;
  readonly n: number;
  /** g_i^degree = value. */
  readonly relations: readonly { readonly index: number; readonly degree: number; readonly value: Poly; readonly constant: boolean }[];
}

export interface Fraction {
  readonly num: Poly;
  readonly den: Poly;
}

const generatorKey = (base: Term, exponent: Term): string => `${base.id}^${exponent.id}`;

/** Exponent pieces: c·m for every summand of the exponent, m = 1 for its number. */
const pieces = (exponent: Term): { coef: Rational; rest: Term }[] => (exponent.k === "sum" ? exponent.terms : [exponent]).map(splitCoefficient);

/** The ring that the given terms live in. */
export function ringOf(...terms: readonly Term[]): Ring {
  const byKey = new Map<string, Generator>();
  const seen = new Set<string>();
  const need = (base: Term, exponent: Term, den: bigint) => {
    const k = generatorKey(base, exponent);
    const found = byKey.get(k);
    if (found) found.root = (found.root / gcd(found.root, den)) * den;
    else byKey.set(k, { index: byKey.size, base, exponent, root: den });
  };
  const visit = (t: Term) => {
    if (seen.has(t.id)) return;
    seen.add(t.id);
    switch (t.k) {
      case "num":
        return;
      case "sum":
        for (const s of t.terms) visit(s);
        return;
      case "product":
        for (const f of t.factors) visit(f);
        return;
      case "power": {
        if (t.exponent.k === "num") {
          visit(t.base);
          if (t.exponent.r.den !== 1n) need(t.base, one, t.exponent.r.den);
          return;
        }
        for (const { coef, rest } of pieces(t.exponent)) {
          if (isNum(rest)) {
            visit(t.base);
            if (coef.den !== 1n) need(t.base, one, coef.den);
          } else need(t.base, rest, coef.den);
        }
        return;
      }
      default:
        need(t, one, 1n);
    }
  };
  for (const t of terms) visit(t);
  const generators = [...byKey.values()];
  const n = generators.length;
  if (n > 200) fail("too-large", said`an expression with ${n} independent parts`, [0, 0]);
  const relations: { index: number; degree: number; value: Poly; constant: boolean }[] = [];
  const ring: Ring = { generators, byKey, n, relations };
  for (const g of generators) {
    if (g.base.id === imaginary.id && g.root === 1n) relations.push({ index: g.index, degree: 2, value: constPoly(n, rational(-1)), constant: true });
    else if (g.root > 1n && g.root < 1000n && (g.base.k === "num" || g.base.k === "sum") && g.exponent === one) {
      const value = toFraction(g.base, ring);
      if (isConstPoly(value.den)) relations.push({ index: g.index, degree: Number(g.root), value: value.num, constant: g.base.k === "num" });
    }
  }
  return ring;
}

function reduce(p: Poly, ring: Ring): Poly {
  let out = p;
  for (let round = 0; round < 8; round++) {
    let changed = false;
    for (const { index, degree, value } of ring.relations) {
      if (degreeIn(out, index) < degree) continue;
      changed = true;
      let s = zeroPoly(ring.n);
      coefficientsIn(out, index).forEach((c, d) => {
        if (isZeroPoly(c)) return;
        const times = powPoly(value, Math.floor(d / degree));
        s = addPoly(s, mulPoly(mulPoly(c, times), varPoly(ring.n, index, d % degree)));
      });
      out = s;
    }
    if (!changed) break;
  }
  return out;
}

const fraction = (num: Poly, den: Poly, ring: Ring): Fraction => ({ num: reduce(num, ring), den: reduce(den, ring) });

/** Cancels common factors; the denominator becomes primitive. */
export function cancel(f: Fraction): Fraction {
  if (isZeroPoly(f.num)) return { num: f.num, den: onePoly(f.num.n) };
  let { num, den } = f;
  if (!isConstPoly(den)) {
    const g = gcdPoly(num, den);
    if (!isConstPoly(g)) {
      num = divideExact(num, g) ?? num;
      den = divideExact(den, g) ?? den;
    }
  }
  const { content, part } = primitive(den);
  return { num: scalePoly(num, rational(content.den, content.num)), den: part };
}

/** Reads a term in a ring that contains it. Throws `divide-by-zero`. */
export function toFraction(t: Term, ring: Ring): Fraction {
  const n = ring.n;
  const whole = (p: Poly): Fraction => ({ num: p, den: onePoly(n) });
  switch (t.k) {
    case "num":
      return whole(constPoly(n, t.r));
    case "sum": {
      // Summands are grouped by denominator first: most share one.
      const groups = new Map<string, Fraction>();
      for (const s of t.terms) {
        const f = cancel(toFraction(s, ring));
        const k = [...f.den.terms.values()]
          .map((m) => `${m.c.num}:${m.e.join()}`)
          .sort()
          .join(";");
        const found = groups.get(k);
        groups.set(k, found ? { num: addPoly(found.num, f.num), den: f.den } : f);
      }
      let out = whole(zeroPoly(n));
      for (const f of groups.values()) out = addFraction(out, f, ring);
      return out;
    }
    case "product": {
      let out = whole(constPoly(n, t.coef));
      for (const f of t.factors) {
        const g = toFraction(f, ring);
        out = fraction(mulPoly(out.num, g.num), mulPoly(out.den, g.den), ring);
      }
      return out;
    }
    case "power": {
      if (t.exponent.k === "num") return powerFraction(t.base, t.exponent.r, ring);
      let out = whole(onePoly(n));
      for (const { coef, rest } of pieces(t.exponent)) {
        const f = isNum(rest) ? powerFraction(t.base, coef, ring) : generatorPower(t.base, rest, coef, ring);
        out = fraction(mulPoly(out.num, f.num), mulPoly(out.den, f.den), ring);
      }
      return out;
    }
    default:
      return generatorPower(t, one, rational(1), ring);
  }
}

function generatorPower(base: Term, exponent: Term, coef: Rational, ring: Ring): Fraction {
  const g = ring.byKey.get(generatorKey(base, exponent));
  if (!g) return fail("internal", "a part of the expression is missing from its ring", [0, 0]);
  const p = (coef.num * g.root) / coef.den;
  if (p > 5_000n || p < -5_000n) fail("too-large", said`a power of ${p}`, [0, 0]);
  const v = varPoly(ring.n, g.index, Math.abs(Number(p)));
  return p >= 0n ? fraction(v, onePoly(ring.n), ring) : fraction(onePoly(ring.n), v, ring);
}

function powerFraction(base: Term, exponent: Rational, ring: Ring): Fraction {
  if (ring.byKey.has(generatorKey(base, one))) return generatorPower(base, one, exponent, ring);
  const f = toFraction(base, ring);
  const k = Number(exponent.num);
  if (Math.abs(k) > 5_000) fail("too-large", said`a power of ${k}`, [0, 0]);
  const [num, den] = [powPoly(k >= 0 ? f.num : f.den, Math.abs(k)), powPoly(k >= 0 ? f.den : f.num, Math.abs(k))];
  if (isZeroPoly(den)) fail("divide-by-zero", "a division by an expression that is zero", [0, 0]);
  return fraction(num, den, ring);
}

export function addFraction(a: Fraction, b: Fraction, ring: Ring): Fraction {
  if (isZeroPoly(a.num)) return b;
  if (isZeroPoly(b.num)) return a;
  const g = isConstPoly(a.den) || isConstPoly(b.den) ? onePoly(ring.n) : gcdPoly(a.den, b.den);
  const left = divideExact(b.den, g) ?? b.den;
  const right = divideExact(a.den, g) ?? a.den;
  return fraction(addPoly(mulPoly(a.num, left), mulPoly(b.num, right)), mulPoly(a.den, left), ring);
}

/** No i and no square root of a number stays in the denominator. */
function rationalise(f: Fraction, ring: Ring): Fraction {
  let out = f;
  for (const { index, degree, constant } of ring.relations) {
    if (!constant || degree !== 2 || degreeIn(out.den, index) === 0) continue;
    const c = coefficientsIn(out.den, index);
    const conjugate = subPoly(c[0]!, mulPoly(c[1] ?? zeroPoly(ring.n), varPoly(ring.n, index)));
    if (isZeroPoly(conjugate)) continue;
    const next = fraction(mulPoly(out.num, conjugate), mulPoly(out.den, conjugate), ring);
    if (!isZeroPoly(next.den)) out = next;
  }
  return out;
}

/** A generator to the k-th power as a term. */
export const generatorTerm = (g: Ring["generators"][number], k = 1): Term => power(g.base, times(numTerm(rational(k, g.root)), g.exponent));

/** A polynomial in a ring's generators as a term. */
export function polyTerm(p: Poly, ring: Ring): Term {
  return sumOf(
    [...p.terms.values()].map((m) => productOf([numTerm(m.c), ...m.e.flatMap((k, i) => (k === 0 ? [] : [generatorTerm(ring.generators[i]!, k)]))])),
  );
}

/** The cancelled fraction of a term with its ring; function arguments are brought to normal form first. */
export function normalFraction(t: Term): { readonly fraction: Fraction; readonly ring: Ring } {
  const prepared = normalArguments(t);
  const ring = ringOf(prepared);
  return { fraction: cancel(rationalise(cancel(toFraction(prepared, ring)), ring)), ring };
}

function normalArguments(t: Term): Term {
  if (t.k === "call") return mapParts(t, normal);
  if (t.k === "power" && t.exponent.k !== "num") return power(normalArguments(t.base), expanded(t.exponent));
  if (t.k === "power" && t.exponent.k === "num" && t.exponent.r.den !== 1n) return power(normal(t.base), t.exponent);
  return mapParts(t, normalArguments);
}

/** Products over sums multiplied out, quotients left alone. */
function expanded(t: Term): Term {
  const f = normalFraction(t);
  return times(polyTerm(f.fraction.num, f.ring), power(polyTerm(f.fraction.den, f.ring), numTerm(rational(-1))));
}

/** Numerator and denominator as terms, cancelled and multiplied out; the denominator has integer coefficients without common factor. */
export function numeratorDenominator(t: Term): { readonly num: Term; readonly den: Term } {
  const { fraction: f, ring } = normalFraction(t);
  let num = polyTerm(f.num, ring);
  let den = polyTerm(f.den, ring);
  // Constructors may have merged generators (√2·√2): go round until nothing cancels any more.
  const again = ringOf(num, den);
  if (again.n !== ring.n || again.relations.length !== ring.relations.length) {
    const g = cancel({ num: toFraction(num, again).num, den: toFraction(den, again).num });
    num = polyTerm(g.num, again);
    den = polyTerm(g.den, again);
  }
  return { num, den };
}

/** The normal form: one cancelled quotient of expanded polynomials. Equal rational functions have equal normal forms. */
export function normal(t: Term): Term {
  if (t.k === "num" || t.k === "name" || t.k === "const" || t.k === "opaque") return t;
  const { num, den } = numeratorDenominator(t);
  return times(num, power(den, numTerm(rational(-1))));
}

/** Coefficients of a term as a polynomial in `x` (lowest first), each a term free of x; null when it is none. */
export function polynomialIn(t: Term, x: Term): Term[] | null {
  const { num, den } = numeratorDenominator(t);
  if (dependsOn(den, x)) return null;
  const ring = ringOf(num, x);
  const f = toFraction(num, ring);
  const g = ring.byKey.get(generatorKey(x, one));
  if (g?.root !== 1n || !isConstPoly(f.den)) return null;
  for (const other of ring.generators) {
    if (other !== g && dependsOn(generatorTerm(other), x) && degreeIn(f.num, other.index) > 0) return null;
  }
  const inverse = power(den, numTerm(rational(-1)));
  return coefficientsIn(scalePoly(f.num, inverseOf(f.den)), g.index).map((c) => times(polyTerm(c, ring), inverse));
}
const inverseOf = (p: Poly): Rational => {
  const c = [...p.terms.values()][0]!.c;
  return rational(c.den, c.num);
};

export function dependsOn(t: Term, x: Term): boolean {
  if (t.id === x.id) return true;
  switch (t.k) {
    case "sum":
      return t.terms.some((s) => dependsOn(s, x));
    case "product":
      return t.factors.some((s) => dependsOn(s, x));
    case "power":
      return dependsOn(t.base, x) || dependsOn(t.exponent, x);
    case "call":
      return t.args.some((s) => dependsOn(s, x));
    case "opaque":
      return x.k === "name" && t.names.includes(x.name);
    default:
      return false;
  }
}
/** Whether a term depends on a name. */
export const dependsOnName = (t: Term, name: string): boolean => dependsOn(t, nameTerm(name));

/** ∑ c_k x^k. */
export const fromCoefficients = (c: readonly Term[], x: Term): Term => sumOf(c.map((a, k) => times(a, power(x, numTerm(rational(k))))));

/** The degree of f in a name once its denominators are cleared; null when it is no polynomial in it. */
export function polynomialDegree(f: Term, name: string): number | null {
  const { num } = numeratorDenominator(f);
  const p = polynomialIn(num, nameTerm(name));
  return p && !p.some((c) => dependsOnName(c, name)) ? p.length - 1 : null;
}
