// Writing a scalar term as an expression tree in the order a reader expects: descending powers, fractions, roots.

import type { Expr } from "../../expr/index.js";
import { negateRational, type Rational, rational, rationalToNumber } from "../../linalg/index.js";
import { writtenNames } from "./names.js";
import { isFloat, isOne, namesOf, negate, numTerm, power, productOf, sign, splitCoefficient, sumOf, type Term } from "./term.js";
import { binaryExpr, callExpr, freeNameExpr, intExpr, nameExpr, unaryExpr } from "./tree.js";

const printedNames = { pi: "\\pi", e: "e", i: "i", inf: "\\infty", undefined: "\\mathrm{undefined}" } as const;

/** The expression a term prints as. */
export function toExpr(t: Term): Expr {
  switch (t.k) {
    case "num":
      return rationalExpr(t.r);
    case "name":
      return freeNameExpr(t.name);
    case "const":
      return nameExpr(printedNames[t.name]);
    case "opaque":
      return t.expr;
    case "sum":
      return sumExpr(inOrder(t.terms));
    case "product":
      return productExpr(t.coef, t.factors);
    case "power":
      return productExpr(rational(1), [t]);
    case "call":
      return callOf(t.name, t.args);
  }
}

/** A float as it was read: its denominator is a large power of two. */
const asFloat = (r: Rational): number | null => (isFloat(r) ? rationalToNumber(r) : null);

function rationalExpr(r: Rational): Expr {
  if (sign(r) < 0) return unaryExpr("negate", rationalExpr(negateRational(r)));
  const float = asFloat(r);
  if (float !== null) return { kind: "number", value: float, range: [0, 0] };
  if (r.den === 1n) return intExpr(r.num);
  return binaryExpr("divide", intExpr(r.num), intExpr(r.den));
}

function sumExpr(terms: readonly Term[]): Expr {
  let out: Expr | null = null;
  for (const t of terms) {
    const negative = sign(splitCoefficient(t).coef) < 0;
    const printed = toExpr(negative ? productOf([numTerm(rational(-1)), t]) : t);
    if (out === null) out = negative ? unaryExpr("negate", printed) : printed;
    else out = binaryExpr(negative ? "subtract" : "add", out, printed);
  }
  return out ?? intExpr(0);
}

/** Degree of a monomial in its names, for ordering; functions count as constants. */
function degreeKey(t: Term): { total: number; powers: Map<string, number>; rank: number } {
  const powers = new Map<string, number>();
  let rank = 0;
  const factors = t.k === "product" ? t.factors : [t];
  for (const f of factors) {
    const [base, exponent] = f.k === "power" && f.exponent.k === "num" ? [f.base, rationalToNumber(f.exponent.r)] : [f, 1];
    if (base.k === "name") powers.set(base.name, (powers.get(base.name) ?? 0) + exponent);
    else if (base.k !== "num" && base.k !== "const") rank = 1;
  }
  return { total: [...powers.values()].reduce((a, b) => a + b, 0), powers, rank };
}

/** Higher derivatives stand first: y'' + 2y' + y. */
const primes = (name: string): number => (name.endsWith("'") ? name.length - name.replace(/'+$/, "").length : 0);

function inOrder(terms: readonly Term[]): Term[] {
  const keyed = terms.map((t) => ({ t, key: degreeKey(t) }));
  const names = [...new Set(keyed.flatMap((k) => [...k.key.powers.keys()]))].sort((a, b) => primes(b) - primes(a) || (a < b ? -1 : 1));
  keyed.sort((a, b) => {
    if (a.key.total !== b.key.total) return b.key.total - a.key.total;
    for (const n of names) {
      const d = (b.key.powers.get(n) ?? 0) - (a.key.powers.get(n) ?? 0);
      if (d !== 0) return d;
    }
    if (a.key.rank !== b.key.rank) return b.key.rank - a.key.rank;
    return a.t.id < b.t.id ? -1 : 1;
  });
  // Prefer to start with a positive term: b - a rather than -a + b.
  const first = keyed.findIndex((k) => sign(splitCoefficient(k.t).coef) > 0);
  if (keyed.length === 2 && first === 1) keyed.reverse();
  return keyed.map((k) => k.t);
}

/** The place of a factor 1/(x - 1)^odd, which reads better turned: -1/(x - 1) is 1/(1 - x). */
const turnable = (factors: readonly Term[]): number =>
  factors.findIndex(
    (f) =>
      f.k === "power" &&
      f.base.k === "sum" &&
      f.exponent.k === "num" &&
      f.exponent.r.den === 1n &&
      f.exponent.r.num < 0n &&
      f.exponent.r.num % 2n !== 0n &&
      f.base.terms.length === 2 &&
      f.base.terms.some((t) => t.k === "num" && sign(t.r) < 0),
  );

function productExpr(coef: Rational, factors: readonly Term[]): Expr {
  const at = sign(coef) < 0 ? turnable(factors) : -1;
  if (at >= 0) {
    const { base, exponent } = factors[at] as Extract<Term, { k: "power" }>;
    const turned: Term = { k: "power", id: "", base: sumOf((base as Extract<Term, { k: "sum" }>).terms.map(negate)), exponent };
    return productExpr(negateRational(coef), factors.with(at, turned));
  }
  if (sign(coef) < 0) return unaryExpr("negate", productExpr(negateRational(coef), factors));
  const above: Term[] = [];
  const below: Term[] = [];
  for (const f of factors) {
    if (f.k === "power" && f.exponent.k === "num" && sign(f.exponent.r) < 0) below.push(power(f.base, numTerm(negateRational(f.exponent.r))));
    else above.push(f);
  }
  const float = asFloat(coef);
  const numerator = productList(float === null ? intIf(coef.num) : { kind: "number", value: float, range: [0, 0] }, above);
  const denominator = float === null && coef.den !== 1n ? intExpr(coef.den) : null;
  if (below.length === 0 && denominator === null) return numerator ?? intExpr(1);
  return binaryExpr("divide", numerator ?? intExpr(1), productList(denominator, below) ?? intExpr(1));
}

const intIf = (n: bigint): Expr | null => (n === 1n ? null : intExpr(n));

function productList(first: Expr | null, factors: readonly Term[]): Expr | null {
  let out = first;
  for (const f of [...factors].sort(factorOrder)) {
    const printed = powerExpr(f);
    out = out === null ? printed : binaryExpr("multiply", out, printed, !startsWithDigit(printed));
  }
  return out;
}

/** Constants, roots of numbers, names, roots and powers of the rest, functions, sums. */
function factorRank(t: Term): number {
  const base = t.k === "power" ? t.base : t;
  if (namesOf(t).length === 0) return base.k === "num" ? 0 : base.k === "const" ? (base.name === "i" ? 3 : 1) : 2;
  if (base.k === "name") return 4;
  if (base.k === "sum") return 6;
  if (base.k === "num" || base.k === "const") return 5;
  return base.k === "opaque" ? 7 : 8;
}
function factorOrder(a: Term, b: Term): number {
  const d = factorRank(a) - factorRank(b);
  if (d !== 0) return d;
  // Factors of one kind: fewer terms first ((x - 2)(x² + 2x + 4)), then by name.
  const [x, y] = [a.k === "power" ? a.base : a, b.k === "power" ? b.base : b];
  if (x.k === "sum" && y.k === "sum" && x.terms.length !== y.terms.length) return x.terms.length - y.terms.length;
  return x.id < y.id ? -1 : x.id > y.id ? 1 : 0;
}

function startsWithDigit(e: Expr): boolean {
  if (e.kind === "number") return true;
  // A sum stands in brackets.
  if (e.kind === "binary" && (e.op === "add" || e.op === "subtract")) return false;
  if (e.kind === "binary" && e.op !== "divide") return startsWithDigit(e.left);
  if (e.kind === "binary") return true;
  return e.kind === "unary" && (e.op === "negate" || e.op === "plus" || (e.op === "factorial" && startsWithDigit(e.operand)));
}

function powerExpr(t: Term): Expr {
  if (t.k !== "power") return toExpr(t);
  if (t.exponent.k === "num") {
    const r = t.exponent.r;
    if (sign(r) < 0) return binaryExpr("divide", intExpr(1), powerExpr(power(t.base, numTerm(negateRational(r)))));
    if (r.den === 2n && r.num === 1n) return callExpr("sqrt", [toExpr(t.base)]);
    if (r.den === 2n) return binaryExpr("power", callExpr("sqrt", [toExpr(t.base)]), intExpr(r.num));
  }
  return isOne(t.exponent) ? toExpr(t.base) : binaryExpr("power", toExpr(t.base), toExpr(t.exponent));
}

function callOf(name: string, args: readonly Term[]): Expr {
  const printed = args.map(toExpr);
  if (name === "abs") return { kind: "norm", which: "abs", operand: printed[0]!, range: [0, 0] };
  if (name === "factorial") return unaryExpr("factorial", printed[0]!);
  return callExpr(writtenNames[name] ?? name, printed);
}
