// Sums and products: polynomial, geometric, telescoping, binomial; infinite series by the ratio of their terms.

import { type Expr, fail, type Range, type Value } from "../../expr/index.js";
import { rational } from "../../linalg/index.js";
import { etaEven, zetaEven } from "./constants.js";
import { factorTerm } from "./factor.js";
import { dependsOnName, fromCoefficients, normal, polynomialIn } from "./fraction.js";
import { fromExpr } from "./fromExpr.js";
import { EngineNeeded, type SymbolicContext } from "./interface.js";
import { limitTerm } from "./limit.js";
import { solveLinear } from "./linear.js";
import { mapMatrix, matrixResult, termMatrix, termOf } from "./matrix.js";
import { expandTerm, partialFractions } from "./normal.js";
import { canEvaluate, closeC, complex, evaluate, isFiniteC, samplePoints } from "./numeric.js";
import { attempt, shorten, simplifyTerm } from "./simplify.js";
import {
  call,
  divide,
  expTerm,
  infinity,
  int,
  isNum,
  isOne,
  isZeroTerm,
  mentions,
  minus,
  minusOne,
  namesOf,
  nameTerm,
  negate,
  numTerm,
  one,
  parts,
  pi,
  power,
  productOf,
  replaceName,
  smallInt,
  splitCoefficient,
  sqrt,
  sum,
  sumOf,
  type Term,
  times,
  two,
  zero,
} from "./term.js";
import { toExpr } from "./toExpr.js";
import { liftValue, termValue } from "./values.js";

/** Most terms that are simply written out. */
const maxWritten = 2_000;

export function symbolicSum(body: Value, variable: string, lower: Value, upper: Value, context: SymbolicContext, range: Range): Value {
  return perEntry(body, context, range, variable, lower, upper, (t, a, b) => sumValue(t, variable, a, b, context, range));
}
export function symbolicProduct(body: Value, variable: string, lower: Value, upper: Value, context: SymbolicContext, range: Range): Value {
  return perEntry(body, context, range, variable, lower, upper, (t, a, b) => productValue(t, variable, a, b, context, range));
}

function perEntry(
  body: Value,
  _context: SymbolicContext,
  range: Range,
  variable: string,
  lower: Value,
  upper: Value,
  f: (t: Term, a: Term, b: Term) => Value,
): Value {
  const [a, b] = [termOf(lower), termOf(upper)];
  if (!a || !b) return fail("domain", "the bounds must be numbers", range);
  if (body.kind === "list" || (body.kind === "array" && body.data.length > 1) || (body.kind === "symbolic" && body.expr.kind === "matrix")) {
    const m = termMatrix(body);
    if (m) return matrixResult(mapMatrix(m, (t) => fromExpr(liftValue(f(t, a, b)))));
  }
  return f(fromExpr(liftValue(body, range), [variable]), a, b);
}

function sumValue(t: Term, k: string, a: Term, b: Term, context: SymbolicContext, range: Range): Value {
  const [low, high] = [smallInt(a), smallInt(b)];
  if (low !== null && high !== null && high - low < maxWritten) {
    const out: Term[] = [];
    for (let i = low; i <= high; i++) {
      context.budget.check();
      out.push(replaceName(t, k, int(i)));
    }
    return termValue(shorten(sumOf(out)));
  }
  if (b.id === infinity.id) return infiniteSum(t, k, a, context, range);
  const own = attempt(() => finiteSum(t, k, a, b));
  if (own && sumHolds(own, t, k, a, b)) return termValue(neat(own));
  const engine = canEvaluate(t) ? needEngine(context) : null;
  const answer = engine?.sum(toExpr(t), k, toExpr(a), toExpr(b));
  const s = answer ? fromExpr(answer) : null;
  if (s && !dependsOnName(s, k) && sumHolds(s, t, k, a, b)) return termValue(neat(s));
  context.note("no closed form is known");
  return open("sum", t, k, a, b, range);
}
const needEngine = (context: SymbolicContext) => {
  if (!context.engine) throw new EngineNeeded();
  return context.engine;
};
const open = (op: "sum" | "product", t: Term, k: string, a: Term, b: Term, range: Range): Value => ({
  kind: "symbolic",
  expr: { kind: "big", op, variable: k, lower: toExpr(a), upper: toExpr(b), body: toExpr(t), range } as Expr,
});
/** Closed forms read best as products. */
function neat(t: Term): Term {
  const f = attempt(() => factorTerm(t));
  const s = attempt(() => simplifyTerm(t)) ?? t;
  return f && parts(f).length > 0 && namesOf(f).length > 0 && f.k !== "sum" && costOf(f) <= costOf(s) + 4 ? f : s;
}
const costOf = (t: Term): number => 1 + parts(t).reduce((s, p) => s + costOf(p), 0);

/** The closed form is compared with the sum written out for several upper bounds. */
function sumHolds(s: Term, t: Term, k: string, a: Term, b: Term): boolean {
  const names = namesOf(sum(b, times(a, nameTerm("\u0001")))).filter((n) => n !== "\u0001");
  const others = [...new Set([...namesOf(t).filter((n) => n !== k), ...namesOf(s)])].filter((n) => !names.includes(n));
  const base = samplePoints(others, 2, true);
  let seen = 0;
  for (const point of base) {
    for (const n of [2, 3, 5]) {
      const values = new Map(point);
      names.forEach((name, i) => {
        values.set(name, complex(n + i));
      });
      const [low, high] = [evaluate(a, values).re, evaluate(b, values).re];
      if (!Number.isInteger(low) || !Number.isInteger(high) || high - low > 500) continue;
      let [re, im] = [0, 0];
      for (let i = low; i <= high; i++) {
        values.set(k, complex(i));
        const z = evaluate(t, values);
        re += z.re;
        im += z.im;
      }
      const z = evaluate(s, values);
      if (!isFiniteC(z) || !Number.isFinite(re)) continue;
      if (!closeC(z, { re, im }, 1e-8)) return false;
      seen++;
    }
  }
  return seen > 0;
}

function finiteSum(t: Term, k: string, a: Term, b: Term): Term | null {
  const count = sum(minus(b, a), one);
  if (!dependsOnName(t, k)) return times(t, count);
  const binomial = binomialSum(t, k, a, b);
  if (binomial) return binomial;
  const e = expandTerm(t);
  const summands = e.k === "sum" ? e.terms : [e];
  const rationalParts: Term[] = [];
  const out: Term[] = [];
  for (const s of summands) {
    const g = geometricSum(s, k, a, b);
    if (g) out.push(g);
    else rationalParts.push(s);
  }
  if (rationalParts.length > 0) {
    const r = telescoping(sumOf(rationalParts), k, a, b);
    if (!r) return null;
    out.push(r);
  }
  return sumOf(out);
}

/** ∑ p(k) r^k by an antidifference Q(k) r^k; r = 1 gives Faulhaber's polynomials. */
function geometricSum(t: Term, k: string, a: Term, b: Term): Term | null {
  const { constant, poly, ratio } = splitPower(t, k);
  if (!poly) return null;
  const p = polynomialIn(poly, nameTerm(k));
  if (!p) return null;
  const d = p.length - 1;
  const flat = isOne(ratio);
  const size = flat ? d + 2 : d + 1;
  // Unknown q_j with r Q(k+1) − Q(k) = p(k).
  const rows: Term[][] = [];
  const rhs: Term[] = [];
  const K = nameTerm(k);
  const columns = Array.from({ length: size }, (_, j) => {
    const c = polynomialIn(minus(times(ratio, power(sum(K, one), int(j))), power(K, int(j))), K);
    return c ?? [];
  });
  for (let i = 0; i < size; i++) {
    rows.push(columns.map((c) => c[i] ?? zero));
    rhs.push(p[i] ?? zero);
  }
  const usable = flat ? rows.slice(0, d + 1).map((r) => r.slice(1)) : rows;
  const q = solveLinear(usable, flat ? rhs.slice(0, d + 1) : rhs);
  if (!q) return null;
  const Q = fromCoefficients(flat ? [zero, ...q] : q, K);
  const value = (at: Term): Term => times(replaceName(Q, k, at), flat ? one : power(ratio, at));
  return times(constant, minus(value(sum(b, one)), value(a)));
}

/** t = constant · poly(k) · ratio^k; poly is null when something else is left. */
function splitPower(t: Term, k: string): { constant: Term; poly: Term | null; ratio: Term } {
  const factors = t.k === "product" ? t.factors : [t];
  let constant: Term = t.k === "product" ? numTerm(t.coef) : one;
  let ratio: Term = one;
  const poly: Term[] = [];
  for (const f of factors) {
    if (!dependsOnName(f, k)) constant = times(constant, f);
    else if (f.k === "power" && !dependsOnName(f.base, k)) {
      const c = polynomialIn(f.exponent, nameTerm(k));
      if (c?.length !== 2) return { constant, poly: null, ratio };
      ratio = times(ratio, power(f.base, c[1]!));
      constant = times(constant, power(f.base, c[0]!));
    } else poly.push(f);
  }
  return { constant, poly: productOf(poly), ratio };
}

/** Partial fractions whose terms cancel in shifted pairs. */
function telescoping(t: Term, k: string, a: Term, b: Term): Term | null {
  const p = partialFractions(t, nameTerm(k));
  if (!p) return null;
  const out: Term[] = [];
  const whole = fromCoefficients(p.polynomial, nameTerm(k));
  if (!isZeroTerm(whole)) {
    const s = geometricSum(whole, k, a, b);
    if (!s) return null;
    out.push(s);
  }
  const groups = new Map<string, { shift: Term; c: Term }[]>();
  for (const f of p.fractions) {
    if (f.base.length !== 2) return null;
    const shift = normal(divide(f.base[0]!, f.base[1]!));
    const c = normal(divide(f.numerator[0]!, power(f.base[1]!, int(f.exponent))));
    const key = `${f.exponent}`;
    groups.set(key, [...(groups.get(key) ?? []), { shift, c }]);
  }
  for (const [exponent, list] of groups) {
    const n = Number(exponent);
    let rest = list;
    while (rest.length > 0) {
      const first = rest[0]!;
      const family = rest.filter((f) => {
        const d = minus(f.shift, first.shift);
        return isNum(d) && d.r.den === 1n;
      });
      rest = rest.filter((f) => !family.includes(f));
      if (!isZeroTerm(normal(sumOf(family.map((f) => f.c))))) return null;
      family.sort((x, y) => Number((minus(x.shift, y.shift) as { r: { num: bigint } }).r.num));
      // ∑ c_i/(k+s_i)^n: move every term to the largest shift; the ends remain.
      const largest = family[family.length - 1]!;
      for (const f of family.slice(0, -1)) {
        const d = smallInt(minus(largest.shift, f.shift))!;
        if (d > 500) return null;
        for (let i = 0; i < d; i++) {
          out.push(times(f.c, power(sum(a, f.shift, int(i)), int(-n))));
          out.push(times(minusOne, f.c, power(sum(b, one, f.shift, int(i)), int(-n))));
        }
      }
    }
  }
  return sumOf(out);
}

/** ∑_{k=0}^{n} p(k) C(n,k) x^k y^{n−k}, p of degree up to three. */
function binomialSum(t: Term, k: string, a: Term, b: Term): Term | null {
  const factors = t.k === "product" ? t.factors : [t];
  const binom = factors.find((f) => f.k === "call" && f.name === "binom" && f.args[1]!.id === nameTerm(k).id);
  if (binom?.k !== "call" || binom.args[0]!.id !== b.id || !isZeroTerm(a)) return null;
  const { constant, poly, ratio } = splitPower(
    productOf([numTerm(t.k === "product" ? t.coef : rational(1)), ...factors.filter((f) => f !== binom)]),
    k,
  );
  const p = poly && polynomialIn(poly, nameTerm(k));
  if (!p || p.length > 4) return null;
  // (z d/dz)^j (1 + z)^n at z = ratio, by falling factorials.
  const n = b;
  const falling = (j: number): Term =>
    productOf([...Array.from({ length: j }, (_, i) => minus(n, int(i))), power(ratio, int(j)), power(sum(one, ratio), minus(n, int(j)))]);
  const stirling = [[1], [0, 1], [0, 1, 1], [0, 1, 3, 1]];
  return times(constant, sumOf(p.map((c, j) => times(c, sumOf(stirling[j]!.map((s, i) => times(int(s), falling(i))))))));
}

/** t(k+1)/t(k) with factorials, binomials and powers cancelled. */
function termRatio(t: Term, k: string): Term | null {
  const next = replaceName(t, k, sum(nameTerm(k), one));
  const simpler = simplifyFactorials(divide(next, t), 0);
  return attempt(() => normal(simpler));
}
function simplifyFactorials(t: Term, depth: number): Term {
  if (t.k !== "product" || depth > 12) return t;
  const found: { base: Extract<Term, { k: "call" }>; exponent: Term; whole: Term }[] = [];
  for (const f of t.factors) {
    const [base, exponent] = f.k === "power" ? [f.base, f.exponent] : [f, one as Term];
    if (base.k === "call" && (base.name === "factorial" || base.name === "gamma")) found.push({ base, exponent, whole: f });
    if (base.k === "call" && base.name === "binom") {
      const [n, r] = base.args as [Term, Term];
      const as = power(divide(call("factorial", [n]), times(call("factorial", [r]), call("factorial", [minus(n, r)]))), exponent);
      return simplifyFactorials(productOf([numTerm(t.coef), as, ...t.factors.filter((g) => g !== f)]), depth + 1);
    }
  }
  for (const p of found)
    for (const q of found) {
      const d = minus(p.base.args[0]!, q.base.args[0]!);
      const n = smallInt(d);
      if (p === q || p.base.name !== q.base.name || n === null || n < 1 || n > 20) continue;
      const from = q.base.name === "gamma" ? 0 : 1;
      const climb = productOf(Array.from({ length: n }, (_, i) => sum(q.base.args[0]!, int(i + from))));
      const swapped = power(times(q.base, climb), p.exponent);
      return simplifyFactorials(productOf([numTerm(t.coef), swapped, ...t.factors.filter((g) => g !== p.whole)]), depth + 1);
    }
  return t;
}

/** Series by the ratio of terms as a function of j = k − a: pattern(j)·z and the value for first term 1. */
function byRatio(ratio: Term, first: Term, j: Term): Term | null {
  const jj = (c: number, d: number): Term => sum(times(int(c), j), int(d));
  const patterns: readonly [pattern: Term, value: (z: Term) => Term | null][] = [
    [one, (z) => (convergent(z) ? power(minus(one, z), minusOne) : null)],
    [power(jj(1, 1), minusOne), (z) => expTerm(z)],
    [divide(jj(1, 2), jj(1, 1)), (z) => (convergent(z) ? power(minus(one, z), int(-2)) : null)],
    [divide(jj(1, 1), jj(1, 2)), (z) => (z.id === "1" ? infinity : convergent(z, true) ? negate(divide(call("ln", [minus(one, z)]), z)) : null)],
    [
      power(times(jj(2, 1), jj(2, 2)), minusOne),
      (z) =>
        rootForm(
          z,
          (w) => call("cosh", [w]),
          (w) => call("cos", [w]),
        ),
    ],
    [
      power(times(jj(2, 2), jj(2, 3)), minusOne),
      (z) =>
        rootForm(
          z,
          (w) => divide(call("sinh", [w]), w),
          (w) => divide(call("sin", [w]), w),
        ),
    ],
    [
      divide(jj(2, 1), jj(2, 3)),
      (z) =>
        rootForm(
          z,
          (w) => (z.id === "1" ? infinity : divide(call("artanh", [w]), w)),
          (w) => divide(call("arctan", [w]), w),
        ),
    ],
    ...Array.from({ length: 12 }, (_, i): [Term, (z: Term) => Term | null] => {
      const s = i + 2;
      return [power(divide(jj(1, 1), jj(1, 2)), int(s)), (z) => (z.id === "1" ? zetaEven(s) : z.id === "-1" ? etaEven(s) : null)];
    }),
    ...[2, 4, 6].map((s): [Term, (z: Term) => Term | null] => [
      power(divide(jj(2, 1), jj(2, 3)), int(s)),
      (z) => (z.id === "1" ? times(minus(one, power(two, int(-s))), zetaEven(s)!) : null),
    ]),
    [power(divide(jj(2, 1), jj(2, 3)), int(3)), (z) => (z.id === "-1" ? times(numTerm(rational(1, 32)), power(pi, int(3))) : null)],
  ];
  for (const [pattern, value] of patterns) {
    const z = attempt(() => normal(divide(ratio, pattern)));
    if (!z || mentions(z, j) || isZeroTerm(z)) continue;
    const v = value(z);
    if (v) return times(first, v);
  }
  return null;
}
function rootForm(z: Term, positive: (w: Term) => Term, negative: (w: Term) => Term): Term {
  const minusSign = splitCoefficient(z).coef.num < 0n;
  const w = sqrt(minusSign ? negate(z) : z);
  return minusSign ? negative(w) : positive(w);
}
/** |z| < 1 for numbers (|z| ≤ 1, z ≠ 1 at the edge when allowed); names are taken to be small enough. */
function convergent(z: Term, edge = false): boolean {
  if (namesOf(z).length > 0) return true;
  const v = evaluate(z, new Map());
  const r = Math.hypot(v.re, v.im);
  return r < 1 || (edge && r <= 1 + 1e-15 && Math.abs(v.re - 1) > 1e-9);
}

function infiniteSum(t: Term, k: string, a: Term, context: SymbolicContext, range: Range): Value {
  const names = [...new Set([...namesOf(t).filter((n) => n !== k), ...namesOf(a)])];
  const value = attempt(() => closedInfinite(t, k, a));
  if (value && value.id === infinity.id) return termValue(infinity);
  if (value && (names.length > 0 ? seriesHolds(value, t, k, a, names) : true)) {
    if (names.length > 0) context.note("where the series converges");
    const start = smallInt(a);
    const numeric = names.length === 0 && start !== null ? sumNumerically(t, k, start) : null;
    const z = evaluate(value, new Map());
    if (numeric === null || names.length > 0 || !Number.isFinite(numeric) || Math.abs(z.re - numeric) <= 1e-5 * Math.max(1, Math.abs(numeric)))
      return termValue(shorten(simplifyTerm(value)));
  }
  const start = smallInt(a);
  if (names.length === 0 && start !== null) {
    const limit = attempt(() => limitTerm(t, k, infinity));
    if (limit && !isZeroTerm(limit)) {
      if (limit.id === infinity.id || (isNum(limit) && limit.r.num > 0n)) return termValue(infinity);
      if (limit.id === negate(infinity).id || isNum(limit)) return termValue(negate(infinity));
    }
    const engine = canEvaluate(t) ? needEngine(context) : null;
    const numeric = sumNumerically(t, k, start);
    const answer = engine?.sum(toExpr(t), k, toExpr(a), toExpr(infinity));
    const s = answer ? fromExpr(answer) : null;
    if (s && numeric !== null && namesOf(s).length === 0) {
      const z = evaluate(s, new Map());
      if (isFiniteC(z) && Math.abs(z.re - numeric) <= 1e-6 * Math.max(1, Math.abs(numeric)) && Math.abs(z.im) < 1e-9) return termValue(s);
    }
    if (numeric !== null) {
      context.note("by numbers");
      return { kind: "real", value: numeric };
    }
    return fail("domain", "the series diverges or converges too slowly to be computed", range);
  }
  context.note("no closed form is known");
  return open("sum", t, k, a, infinity, range);
}

function closedInfinite(t: Term, k: string, a: Term): Term | null {
  const j = nameTerm("\u0001j");
  const whole = (u: Term): Term | null => {
    if (isZeroTerm(u)) return zero;
    const shifted = replaceName(u, k, sum(a, j));
    const ratio = termRatio(shifted, j.name);
    const first = attempt(() => replaceName(shifted, j.name, zero));
    const v = ratio && first && !isZeroTerm(first) ? byRatio(ratio, first, j) : null;
    if (v) return v;
    if (first && isZeroTerm(first)) {
      const rest = closedInfinite(u, k, sum(a, one));
      return rest;
    }
    return null;
  };
  const direct = whole(t);
  if (direct) return direct;
  // A convergent telescoping or geometric sum: the limit of its partial sums.
  const n = nameTerm("\u0001n");
  const partial = attempt(() => finiteSum(t, k, a, n));
  if (partial) {
    const l = attempt(() => limitTerm(partial, n.name, infinity));
    if (l) return l;
  }
  const e = expandTerm(t);
  if (e.k !== "sum") {
    // A polynomial times something known: skip the first terms and try again.
    return null;
  }
  const values = e.terms.map(whole);
  if (values.some((v) => v === null || mentions(v, infinity))) return null;
  return sumOf(values as Term[]);
}

/** The closed form against the series at small values of the names. */
function seriesHolds(value: Term, t: Term, k: string, a: Term, names: readonly string[]): boolean {
  const start = smallInt(a);
  if (start === null) return true;
  let seen = 0;
  for (const point of samplePoints(names, 3, true)) {
    const values = new Map([...point].map(([n, z]) => [n, complex(z.re * 0.2)] as const));
    let [re, im] = [0, 0];
    for (let i = start; i < start + 200; i++) {
      values.set(k, complex(i));
      const z = evaluate(t, values);
      if (!isFiniteC(z)) break;
      re += z.re;
      im += z.im;
    }
    const z = evaluate(value, values);
    if (!isFiniteC(z)) continue;
    if (!closeC(z, { re, im }, 1e-7)) return false;
    seen++;
  }
  return seen > 0;
}

/** Partial sums at doubling lengths with Richardson extrapolation, or the averages of an alternating series; null when they do not settle. */
export function sumNumerically(t: Term, k: string, start: number): number | null {
  const values = new Map([[k, complex(0)]]);
  const f = (i: number): number => {
    values.set(k, complex(i));
    const z = evaluate(t, values);
    return Math.abs(z.im) <= 1e-12 * Math.max(1, Math.abs(z.re)) ? z.re : Number.NaN;
  };
  const sums: number[] = [];
  let s = 0;
  let next = 64;
  for (let i = 0; i <= 16_384; i++) {
    const y = f(start + i);
    if (!Number.isFinite(y)) {
      if (i > 150 && sums.length > 0) break;
      return null;
    }
    s += y;
    if (i + 1 === next) {
      sums.push(s);
      next *= 2;
      if (y === 0 || Math.abs(y) < 1e-18 * Math.abs(s)) return s;
    }
  }
  // Alternating terms: repeated averaging of consecutive partial sums (Euler).
  if (f(start + 40) * f(start + 41) < 0 && f(start + 41) * f(start + 42) < 0) {
    let p = 0;
    for (let i = 0; i < 20; i++) p += f(start + i);
    let row = Array.from({ length: 30 }, (_, i) => {
      p += f(start + 20 + i);
      return p;
    });
    while (row.length > 1) row = row.slice(1).map((y, i) => (y + row[i]!) / 2);
    return row[0]!;
  }
  let table = sums;
  let best = table[table.length - 1]!;
  let change = Number.POSITIVE_INFINITY;
  for (let order = 1; table.length > 2; order++) {
    const w = 2 ** order;
    table = table.slice(1).map((y, i) => (w * y - table[i]!) / (w - 1));
    const d = Math.abs(table[table.length - 1]! - table[table.length - 2]!);
    if (d < change) [best, change] = [table[table.length - 1]!, d];
  }
  return change <= 1e-9 * Math.max(1, Math.abs(best)) ? best : null;
}

function productValue(t: Term, k: string, a: Term, b: Term, context: SymbolicContext, range: Range): Value {
  const [low, high] = [smallInt(a), smallInt(b)];
  if (low !== null && high !== null && high - low < maxWritten) {
    const out: Term[] = [];
    for (let i = low; i <= high; i++) out.push(replaceName(t, k, int(i)));
    return termValue(productOf(out));
  }
  if (b.id !== infinity.id) {
    const p = attempt(() => finiteProduct(t, k, a, b));
    if (p) return termValue(attempt(() => simplifyTerm(p)) ?? p);
  } else if (low !== null && namesOf(t).every((n) => n === k)) {
    const logarithm = sumNumerically(call("ln", [t]), k, low);
    if (logarithm !== null) {
      context.note("by numbers");
      return { kind: "real", value: Math.exp(logarithm) };
    }
    return fail("domain", "the product diverges or converges too slowly to be computed", range);
  }
  context.note("no closed form is known");
  return open("product", t, k, a, b, range);
}

function finiteProduct(t: Term, k: string, a: Term, b: Term): Term | null {
  const count = sum(minus(b, a), one);
  if (!dependsOnName(t, k)) return power(t, count);
  const f = t.k === "product" ? t : factorTerm(t);
  const factors = f.k === "product" ? f.factors : [f];
  const out: Term[] = [power(f.k === "product" ? numTerm(f.coef) : one, count)];
  for (const g of factors) {
    const [base, exponent] = g.k === "power" ? [g.base, g.exponent] : [g, one as Term];
    if (!dependsOnName(g, k)) out.push(power(g, count));
    else if (!dependsOnName(base, k)) {
      const s = finiteSum(exponent, k, a, b);
      if (!s) return null;
      out.push(power(base, s));
    } else {
      const c = polynomialIn(base, nameTerm(k));
      if (c?.length !== 2 || dependsOnName(exponent, k)) return null;
      const shift = normal(divide(c[0]!, c[1]!));
      const top = call("factorial", [sum(b, shift)]);
      const bottom = call("factorial", [sum(a, shift, minusOne)]);
      out.push(power(times(power(c[1]!, count), divide(top, bottom)), exponent));
    }
  }
  return productOf(out);
}
