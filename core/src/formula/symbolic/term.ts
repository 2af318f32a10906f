// Scalar expressions in canonical form: sums, products and powers whose constructors join like terms and fold constants.
//
// Two terms are the same expression exactly when their `id`s are equal; equality of values is decided further up
// (normal form, then numeric samples). Names stand for real numbers unless a rule says otherwise. Floating-point
// numbers are kept as the dyadic fractions they are, and printed as decimals again.

import type { Expr } from "../../expr/index.js";
import { fail, said } from "../../expr/index.js";
import {
  addRational,
  compareRational,
  multiplyRational,
  negateRational,
  type Rational,
  rational,
  rationalText,
  rationalToNumber,
} from "../../linalg/index.js";
import { tick } from "./budget.js";
import { callTerm } from "./functionValues.js";

export interface NumTerm {
  readonly k: "num";
  readonly id: string;
  readonly r: Rational;
}
export interface NameTerm {
  readonly k: "name";
  readonly id: string;
  readonly name: string;
}
export interface ConstTerm {
  readonly k: "const";
  readonly id: string;
  readonly name: "pi" | "e" | "i" | "inf" | "undefined";
}
export interface SumTerm {
  readonly k: "sum";
  readonly id: string;
  readonly terms: readonly Term[];
}
/** coef times factors; no factor is a number or a product, no two share a base. */
export interface ProductTerm {
  readonly k: "product";
  readonly id: string;
  readonly coef: Rational;
  readonly factors: readonly Term[];
}
export interface PowerTerm {
  readonly k: "power";
  readonly id: string;
  readonly base: Term;
  readonly exponent: Term;
}
export interface CallTerm {
  readonly k: "call";
  readonly id: string;
  readonly name: string;
  readonly args: readonly Term[];
}
/** Something we only carry along: an unknown function, a case distinction, an unevaluated sum. */
export interface OpaqueTerm {
  readonly k: "opaque";
  readonly id: string;
  readonly expr: Expr;
  readonly names: readonly string[];
}

export type Term = NumTerm | NameTerm | ConstTerm | SumTerm | ProductTerm | PowerTerm | CallTerm | OpaqueTerm;

/** Most summands or factors in one node, most nodes in an expansion. */
export const maxTerms = 20_000;
const maxBits = 65_536;

const zeroR = rational(0);
const oneR = rational(1);

export const numTerm = (r: Rational): NumTerm => ({ k: "num", id: rationalText(r), r });
export const int = (n: number | bigint): NumTerm => numTerm(rational(n));
export const frac = (n: number | bigint, d: number | bigint): NumTerm => numTerm(rational(n, d));
export const nameTerm = (name: string): NameTerm => ({ k: "name", id: `$${name}`, name });
const constTerm = (name: ConstTerm["name"]): ConstTerm => ({ k: "const", id: `#${name}`, name });

export const zero = int(0);
export const one = int(1);
export const minusOne = int(-1);
export const two = int(2);
export const half = frac(1, 2);
export const pi = constTerm("pi");
export const e = constTerm("e");
export const imaginary = constTerm("i");
export const infinity = constTerm("inf");
export const undefinedTerm = constTerm("undefined");

export const isNum = (t: Term): t is NumTerm => t.k === "num";
export const isZeroTerm = (t: Term): boolean => t.k === "num" && t.r.num === 0n;
export const isOne = (t: Term): boolean => t.k === "num" && t.r.num === 1n && t.r.den === 1n;
export const isInteger = (t: Term): t is NumTerm & { readonly r: { readonly den: 1n } } => t.k === "num" && t.r.den === 1n;
export const same = (a: Term, b: Term): boolean => a.id === b.id;
export const sign = (r: Rational): number => (r.num < 0n ? -1 : r.num > 0n ? 1 : 0);
/** The integer a small integer term holds; null for anything else. */
export const smallInt = (t: Term): number | null => (isInteger(t) && t.r.num <= 1_000_000n && t.r.num >= -1_000_000n ? Number(t.r.num) : null);

const byId = (a: Term, b: Term): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** A term as its rational coefficient and the rest. */
export function splitCoefficient(t: Term): { readonly coef: Rational; readonly rest: Term } {
  if (t.k === "num") return { coef: t.r, rest: one };
  if (t.k === "product") return { coef: t.coef, rest: rawProduct(oneR, t.factors) };
  return { coef: oneR, rest: t };
}

function rawProduct(coef: Rational, factors: readonly Term[]): Term {
  if (coef.num === 0n) return zero;
  if (factors.length === 0) return numTerm(coef);
  if (factors.length === 1 && coef.num === 1n && coef.den === 1n) return factors[0]!;
  return { k: "product", id: `(${rationalText(coef)}*${factors.map((f) => f.id).join("*")})`, coef, factors };
}

/** The sum of terms: flattened, like terms joined, rational multiples of sums distributed. */
export function sum(...terms: readonly Term[]): Term {
  return sumOf(terms);
}

export function sumOf(terms: readonly Term[]): Term {
  tick();
  let constant = zeroR;
  const parts = new Map<string, { coef: Rational; rest: Term }>();
  const add = (coef: Rational, rest: Term) => {
    const found = parts.get(rest.id);
    if (found) found.coef = addRational(found.coef, coef);
    else parts.set(rest.id, { coef, rest });
  };
  const visit = (t: Term, scale: Rational) => {
    if (t.k === "num") constant = addRational(constant, multiplyRational(scale, t.r));
    else if (t.k === "sum") for (const s of t.terms) visit(s, scale);
    else {
      const { coef, rest } = splitCoefficient(t);
      const c = multiplyRational(scale, coef);
      if (rest.k === "sum") for (const s of rest.terms) visit(s, c);
      else add(c, rest);
    }
  };
  for (const t of terms) visit(t, oneR);
  const out: Term[] = [];
  if (constant.num !== 0n) out.push(numTerm(constant));
  for (const { coef, rest } of parts.values()) {
    if (coef.num === 0n) continue;
    out.push(scaleTerm(coef, rest));
  }
  if (out.length > maxTerms) fail("too-large", said`a sum of ${out.length} terms (at most ${maxTerms})`, [0, 0]);
  if (out.length === 0) return zero;
  if (out.length === 1) return out[0]!;
  out.sort(byId);
  return { k: "sum", id: `(${out.map((t) => t.id).join("+")})`, terms: out };
}

function scaleTerm(coef: Rational, rest: Term): Term {
  if (rest.k === "product") return rawProduct(multiplyRational(coef, rest.coef), rest.factors);
  return rawProduct(coef, [rest]);
}

export const negate = (t: Term): Term => (t.k === "sum" ? sumOf(t.terms.map(negate)) : times(minusOne, t));
export const minus = (a: Term, b: Term): Term => sum(a, negate(b));
export const divide = (a: Term, b: Term): Term => times(a, power(b, minusOne));
export const times = (...factors: readonly Term[]): Term => productOf(factors);
export const square = (t: Term): Term => power(t, two);
export const sqrt = (t: Term): Term => power(t, half);
export const expTerm = (t: Term): Term => power(e, t);

/** The product of terms: flattened, powers of one base joined, radicals of numbers merged. */
export function productOf(factors: readonly Term[]): Term {
  tick();
  let coef = oneR;
  const powers = new Map<string, { base: Term; exponents: Term[] }>();
  const radicals = new Map<string, { exponent: Rational; base: Rational; used: number }>();
  let infinite = 0;
  const queue: Term[] = [...factors];
  for (let i = 0; i < queue.length; i++) {
    const t = queue[i]!;
    if (i > maxTerms) fail("too-large", said`a product of more than ${maxTerms} factors`, [0, 0]);
    if (t.k === "num") coef = multiplyRational(coef, t.r);
    else if (t.k === "product") {
      coef = multiplyRational(coef, t.coef);
      queue.push(...t.factors);
    } else if (t.k === "const" && t.name === "inf") infinite++;
    else if (t.k === "power" && t.base.k === "num" && t.exponent.k === "num" && sign(t.base.r) > 0) {
      const found = radicals.get(t.exponent.id);
      if (found) {
        found.base = multiplyRational(found.base, t.base.r);
        found.used++;
      } else radicals.set(t.exponent.id, { exponent: t.exponent.r, base: t.base.r, used: 1 });
    } else {
      const [base, exponent] = t.k === "power" ? [t.base, t.exponent] : [t, one as Term];
      const found = powers.get(base.id);
      if (found) found.exponents.push(exponent);
      else powers.set(base.id, { base, exponents: [exponent] });
    }
  }
  const out: Term[] = [];
  let again = false;
  for (const { base, exponents } of powers.values()) {
    const t = exponents.length === 1 ? (isOne(exponents[0]!) ? base : rawPower(base, exponents[0]!)) : power(base, sumOf(exponents));
    if (t.k === "num") coef = multiplyRational(coef, t.r);
    else {
      if (exponents.length > 1 && (t.k === "product" || (t.k === "power" && t.base.k === "num" && t.exponent.k === "num"))) again = true;
      out.push(t);
    }
  }
  for (const { exponent, base, used } of radicals.values()) {
    const t = used === 1 ? rawPower(numTerm(base), numTerm(exponent)) : power(numTerm(base), numTerm(exponent));
    if (t.k === "num") coef = multiplyRational(coef, t.r);
    else {
      if (used > 1 && t.k === "product") again = true;
      out.push(t);
    }
  }
  // 2^(1/2) · 2^(1/3): one base under two exponents joins to 2^(5/6).
  if (radicals.size > 1) {
    const joined = joinRadicals(out);
    if (joined) return productOf([numTerm(coef), ...joined, ...Array.from({ length: infinite }, () => infinity as Term)]);
  }
  if (again) return productOf([numTerm(coef), ...out, ...Array.from({ length: infinite }, () => infinity as Term)]);
  if (infinite > 0) {
    if (coef.num === 0n) return undefinedTerm;
    out.push(infinity);
    if (out.length === 1) return rawProduct(rational(sign(coef)), [infinity]);
  }
  if (coef.num === 0n) return zero;
  out.sort(byId);
  return rawProduct(coef, out);
}

function joinRadicals(factors: readonly Term[]): Term[] | null {
  const byBase = new Map<string, { base: Term; exponents: Term[] }>();
  const rest: Term[] = [];
  for (const f of factors) {
    if (f.k === "power" && f.base.k === "num" && f.exponent.k === "num") {
      const found = byBase.get(f.base.id);
      if (found) found.exponents.push(f.exponent);
      else byBase.set(f.base.id, { base: f.base, exponents: [f.exponent] });
    } else rest.push(f);
  }
  if ([...byBase.values()].every((b) => b.exponents.length === 1)) return null;
  for (const { base, exponents } of byBase.values()) rest.push(power(base, sumOf(exponents)));
  return rest;
}

function rawPower(base: Term, exponent: Term): Term {
  return { k: "power", id: `(${base.id}^${exponent.id})`, base, exponent };
}

const bits = (n: bigint): number => (n < 0n ? -n : n).toString(16).length * 4;

/** base^n for an integer n. Throws `too-large` beyond 65,536 bits and `divide-by-zero`. */
export function powRational(base: Rational, n: bigint): Rational {
  if (n < 0n) {
    if (base.num === 0n) fail("divide-by-zero", "0 in a denominator", [0, 0]);
    return powRational(rational(base.den, base.num), -n);
  }
  const size = BigInt(Math.max(bits(base.num), bits(base.den)));
  if (base.num !== 0n && !(base.den === 1n && (base.num === 1n || base.num === -1n)) && size * n > BigInt(maxBits)) {
    fail("too-large", said`${rationalText(base)}^${n} is too large to be computed exactly`, [0, 0]);
  }
  return { num: base.num ** n, den: base.den ** n };
}

/** base^exponent with the rules that hold for real names: roots of numbers in lowest form, (ab)^n, (a^b)^n, e^{ln a}, powers of i. */
export function power(base: Term, exponent: Term): Term {
  if (isZeroTerm(exponent)) return one;
  if (isOne(exponent)) return base;
  const float = floatPower(base, exponent);
  if (float) return float;
  if (base.k === "num") return powerOfNumber(base.r, exponent);
  if (base.k === "const") {
    if (base.name === "i" && isInteger(exponent)) return [one, imaginary, minusOne, negate(imaginary)][Number(((exponent.r.num % 4n) + 4n) % 4n)]!;
    if (base.name === "e") return powerOfE(exponent);
    if (base.name === "inf" && exponent.k === "num") return sign(exponent.r) > 0 ? infinity : zero;
  }
  if (exponent.k === "num") {
    const whole = exponent.r.den === 1n;
    if (base.k === "product") {
      if (whole) return productOf([powerOfNumber(base.coef, exponent), ...base.factors.map((f) => power(f, exponent))]);
      const positive = numTerm(sign(base.coef) < 0 ? negateRational(base.coef) : base.coef);
      if (!isOne(positive)) return times(power(positive, exponent), rawPower(rawProduct(rational(sign(base.coef)), base.factors), exponent));
      const [out, keep] = partition(base.factors, isPositive);
      if (out.length > 0) return productOf([...out.map((f) => power(f, exponent)), power(rawProduct(base.coef, keep), exponent)]);
    }
    if (base.k === "power" && (whole || isPositive(base.base) || (base.exponent.k === "num" && oddRoot(base.exponent.r)))) {
      return power(base.base, times(base.exponent, exponent));
    }
    if (base.k === "power" && base.exponent.k === "num" && base.exponent.r.den === 1n && exponent.r.den > 1n) {
      // (x^{2n})^{1/2} is |x|^n for real x.
      if (base.exponent.r.num % 2n === 0n && !mentions(base, imaginary)) return power(callTerm("abs", [base.base]), times(base.exponent, exponent));
    }
    if (base.k === "call" && base.name === "abs" && whole && exponent.r.num % 2n === 0n && !mentions(base, imaginary))
      return power(base.args[0]!, exponent);
    // One sign for a sum and its negative: 1/(bc - ad) is -1/(ad - bc).
    if (base.k === "sum" && whole && sign(exponent.r) < 0 && leadsNegative(base)) {
      const turned = rawPower(scaleSum(base, minusOne), exponent);
      return exponent.r.num % 2n === 0n ? turned : negate(turned);
    }
    if (base.k === "sum" && !whole) {
      const content = sumContent(base);
      if (!isOne(content)) return times(power(content, exponent), rawPower(scaleSum(base, content), exponent));
    }
  }
  return rawPower(base, exponent);
}

/** A root or power that involves a floating-point number is one itself. */
function floatPower(base: Term, exponent: Term): Term | null {
  if (exponent.k !== "num") return null;
  const b = base.k === "num" ? rationalToNumber(base.r) : base.id === e.id ? Math.E : null;
  if (b === null || b <= 0 || exponent.r.den === 1n) return null;
  if (!isFloat(exponent.r) && !(base.k === "num" && isFloat(base.r))) return null;
  return floatTerm(b ** rationalToNumber(exponent.r));
}

/** A finite float64 as the dyadic fraction it is. */
export function floatTerm(value: number): Term {
  let den = 1n;
  let v = value;
  while (!Number.isInteger(v) && den < 1n << 1100n) {
    v *= 2;
    den *= 2n;
  }
  return frac(BigInt(v), den);
}
/** Results of arithmetic on floats keep a high power of two in the denominator. */
export const isFloat = (r: Rational): boolean => r.den >= 1n << 20n && ((r.den & (r.den - 1n)) === 0n || r.den % (1n << 45n) === 0n);

/** Whether the first term in alphabetical order, the constant last, has a negative coefficient. */
function leadsNegative(s: SumTerm): boolean {
  let first: { readonly key: string; readonly negative: boolean } | null = null;
  for (const t of s.terms) {
    if (t.k === "num") continue;
    const negative = t.k === "product" && sign(t.coef) < 0;
    const key = t.k === "product" ? t.factors.map((f) => f.id).join("*") : t.id;
    if (first === null || key < first.key) first = { key, negative };
  }
  return first?.negative ?? false;
}

/** The positive square-free-removable rational content of a sum under a root: 4+4x -> 4. */
function sumContent(s: SumTerm): NumTerm {
  let num = 0n;
  let den = 1n;
  for (const t of s.terms) {
    const c = splitCoefficient(t).coef;
    num = gcdBig(num, c.num);
    den = (den * c.den) / gcdBig(den, c.den);
  }
  return num === 0n ? one : frac(num, den);
}
const gcdBig = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y) [x, y] = [y, x % y];
  return x;
};
const scaleSum = (s: SumTerm, content: NumTerm): Term => sumOf(s.terms.map((t) => times(frac(content.r.den, content.r.num), t)));

const oddRoot = (r: Rational): boolean => r.den % 2n === 1n && r.num % 2n !== 0n && r.den > 1n;

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const item of items) (test(item) ? yes : no).push(item);
  return [yes, no];
}

/** Certainly a positive real number, whatever real values the names take. */
export function isPositive(t: Term): boolean {
  switch (t.k) {
    case "num":
      return sign(t.r) > 0;
    case "const":
      return t.name === "pi" || t.name === "e";
    case "power":
      return isPositive(t.base) && !mentions(t.exponent, imaginary);
    case "product":
      return sign(t.coef) > 0 && t.factors.every(isPositive);
    case "sum":
      return t.terms.every((s) => isPositive(s) || isNonNegative(s)) && t.terms.some(isPositive);
    case "call":
      return (t.name === "cosh" && !mentions(t, imaginary)) || (t.name === "ln" && t.args[0]!.k === "num" && compareRational(t.args[0]!.r, oneR) > 0);
    default:
      return false;
  }
}

function isNonNegative(t: Term): boolean {
  if (t.k === "power") return t.exponent.k === "num" && t.exponent.r.den === 1n && t.exponent.r.num % 2n === 0n && !mentions(t, imaginary);
  if (t.k === "product") return sign(t.coef) > 0 && t.factors.every((f) => isPositive(f) || isNonNegative(f));
  return t.k === "call" && t.name === "abs";
}

function powerOfE(exponent: Term): Term {
  if (exponent.k === "call" && exponent.name === "ln") return exponent.args[0]!;
  if (exponent.k === "product") {
    const logs = exponent.factors.filter((f) => f.k === "call" && f.name === "ln") as CallTerm[];
    if (logs.length === 1 && exponent.factors.length <= 4) {
      const rest = exponent.factors.filter((f) => f !== logs[0]);
      return power(logs[0]!.args[0]!, rawProduct(exponent.coef, rest));
    }
    const turn = imaginaryPiMultiple(exponent);
    if (turn) {
      const [c, s] = [callTerm("cos", [times(numTerm(turn), pi)]), callTerm("sin", [times(numTerm(turn), pi)])];
      if (c.k !== "call" && s.k !== "call") return sum(c, times(imaginary, s));
    }
  }
  if (exponent.k === "const" && exponent.name === "inf") return infinity;
  if (exponent.k === "product" && exponent.factors.length === 1 && exponent.factors[0]!.id === infinity.id && sign(exponent.coef) < 0) return zero;
  if (exponent.k === "sum") {
    const [logs, rest] = partition(exponent.terms, (t) => {
      const r = splitCoefficient(t).rest;
      return (r.k === "call" && r.name === "ln") || (t.k === "product" && imaginaryPiMultiple(t) !== null);
    });
    if (logs.length > 0) return productOf([...logs.map(powerOfE), power(e, sumOf(rest))]);
  }
  return rawPower(e, exponent);
}

/** q when the term is q·i·π. */
function imaginaryPiMultiple(t: Term): Rational | null {
  if (t.k !== "product" || t.factors.length !== 2) return null;
  const ids = new Set(t.factors.map((f) => f.id));
  return ids.has(imaginary.id) && ids.has(pi.id) ? t.coef : null;
}

function powerOfNumber(base: Rational, exponent: Term): Term {
  if (base.num === 1n && base.den === 1n) return one;
  if (base.num === 0n) {
    if (exponent.k === "num") {
      if (sign(exponent.r) > 0) return zero;
      fail("divide-by-zero", "0 in a denominator", [0, 0]);
    }
    return rawPower(zero, exponent);
  }
  if (exponent.k === "num") {
    if (isFloat(base) && exponent.r.den === 1n) {
      const value = rationalToNumber(base) ** Number(exponent.r.num);
      if (Number.isFinite(value)) return floatTerm(value);
    }
    if (exponent.r.den === 1n) return numTerm(powRational(base, exponent.r.num));
    return rootOfNumber(base, exponent.r);
  }
  // b^{c/ln b} and b^{log_b a} come out through e.
  if (exponent.k === "product" && sign(base) > 0) {
    const inverse = exponent.factors.find(
      (f) => f.k === "power" && f.exponent.id === "-1" && f.base.k === "call" && f.base.name === "ln" && f.base.args[0]!.id === rationalText(base),
    );
    if (inverse)
      return power(
        e,
        rawProduct(
          exponent.coef,
          exponent.factors.filter((f) => f !== inverse),
        ),
      );
  }
  const root = base.den === 1n && base.num > 1n ? perfectPower(base.num) : null;
  if (root) return power(int(root.base), times(int(root.exponent), exponent));
  if (base.num === 1n && base.den > 1n) return power(int(base.den), negate(exponent));
  return rawPower(numTerm(base), exponent);
}

/** n = base^exponent with the largest exponent > 1, for n up to 10^12; null when there is none. */
export function perfectPower(n: bigint): { base: bigint; exponent: number } | null {
  if (n > 1_000_000_000_000n || n < 4n) return null;
  for (let k = 40; k >= 2; k--) {
    const r = BigInt(Math.round(Number(n) ** (1 / k)));
    if (r > 1n && r ** BigInt(k) === n) return { base: r, exponent: k };
  }
  return null;
}

/** (a/b)^{p/q} as rational · n^{p/q} with n a positive integer free of q-th powers and 0 < p/q < 1; i comes out of even roots of negatives. */
function rootOfNumber(base: Rational, exponent: Rational): Term {
  if (sign(base) < 0) {
    if (exponent.den === 2n) return times(power(imaginary, int(exponent.num)), rootOfNumber(negateRational(base), exponent));
    return rawPower(numTerm(base), numTerm(exponent));
  }
  const q = exponent.den;
  let whole = exponent.num / q;
  let p = exponent.num % q;
  if (p < 0n) {
    p += q;
    whole -= 1n;
  }
  const outside = powRational(base, whole);
  // (a/b)^{p/q} = (a^p b^{q-p})^{1/q} / b
  const radicand = powRational(rational(base.num), p).num * (base.den === 1n ? 1n : powRational(rational(base.den), q - p).num);
  if (radicand > 10n ** 40n && q > 2n) return times(numTerm(outside), rawPower(numTerm(base), numTerm(rational(p, q))));
  const { outer, inner } = extractRoot(radicand, Number(q));
  const c = multiplyRational(outside, rational(outer, base.den));
  if (inner === 1n) return numTerm(c);
  // √[4]{25} = √5: lower the root when the radicand is itself a power.
  const again = perfectPower(inner);
  const lowered = again ? gcdBig(BigInt(again.exponent), q) : 1n;
  const root =
    lowered > 1n && again
      ? rawPower(int(again.base ** (BigInt(again.exponent) / lowered)), frac(1n, q / lowered))
      : rawPower(int(inner), frac(1n, q));
  return times(numTerm(c), root);
}

/** n = outer^q · inner with inner free of q-th powers of primes below 10,000 (and not itself a perfect power). */
function extractRoot(n: bigint, q: number): { outer: bigint; inner: bigint } {
  let outer = 1n;
  let rest = n;
  let inner = 1n;
  for (let d = 2n; d < 10_000n && d * d <= rest; d += d === 2n ? 1n : 2n) {
    let count = 0;
    while (rest % d === 0n) {
      rest /= d;
      count++;
    }
    if (count > 0) {
      outer *= d ** BigInt(Math.floor(count / q));
      inner *= d ** BigInt(count % q);
    }
  }
  const r = integerRoot(rest, q);
  if (r ** BigInt(q) === rest) return { outer: outer * r, inner };
  return { outer, inner: inner * rest };
}

/** ⌊n^{1/q}⌋ by Newton's iteration. */
export function integerRoot(n: bigint, q: number): bigint {
  if (n < 2n) return n;
  const k = BigInt(q);
  let x = 1n << BigInt(Math.ceil(bits(n) / q) + 1);
  for (;;) {
    const y = ((k - 1n) * x + n / x ** (k - 1n)) / k;
    if (y >= x) return x;
    x = y;
  }
}

export const call = callTerm;

/** A call that no rule simplifies. */
export const rawCall = (name: string, args: readonly Term[]): CallTerm => ({
  k: "call",
  id: `${name}[${args.map((a) => a.id).join(",")}]`,
  name,
  args,
});
export const opaque = (expr: Expr, id: string, names: readonly string[]): OpaqueTerm => ({ k: "opaque", id: `?${id}`, expr, names });

/** The direct parts of a term. */
export function parts(t: Term): readonly Term[] {
  switch (t.k) {
    case "sum":
      return t.terms;
    case "product":
      return t.factors;
    case "power":
      return [t.base, t.exponent];
    case "call":
      return t.args;
    default:
      return [];
  }
}

/** Whether `part` (a name or constant) occurs in the term. */
export function mentions(t: Term, part: Term): boolean {
  if (t.id === part.id) return true;
  if (t.k === "opaque") return part.k === "name" && t.names.includes(part.name);
  return parts(t).some((p) => mentions(p, part));
}

/** The free names of a term, sorted. */
export function namesOf(t: Term): string[] {
  const found = new Set<string>();
  const visit = (u: Term) => {
    if (u.k === "name") found.add(u.name);
    else if (u.k === "opaque") for (const n of u.names) found.add(n);
    else for (const p of parts(u)) visit(p);
  };
  visit(t);
  return [...found].sort();
}

/** How many nodes the term has: what "simple" is measured by. */
export function size(t: Term): number {
  let n = t.k === "product" && !(t.coef.num === 1n && t.coef.den === 1n) ? 1 : 0;
  for (const p of parts(t)) n += size(p);
  return n + 1;
}

/** The same term with its direct parts mapped; rebuilt through the constructors. */
export function mapParts(t: Term, f: (part: Term) => Term): Term {
  switch (t.k) {
    case "sum":
      return sumOf(t.terms.map(f));
    case "product":
      return productOf([numTerm(t.coef), ...t.factors.map(f)]);
    case "power":
      return power(f(t.base), f(t.exponent));
    case "call":
      return callTerm(t.name, t.args.map(f));
    default:
      return t;
  }
}

/** Names and other sub-terms (by id) replaced everywhere. */
export function replace(t: Term, bindings: ReadonlyMap<string, Term>): Term {
  const found = bindings.get(t.id);
  if (found) return found;
  return mapParts(t, (p) => replace(p, bindings));
}
/** One name replaced. */
export const replaceName = (t: Term, name: string, value: Term): Term => replace(t, new Map([[nameTerm(name).id, value]]));
