// Equations in one unknown: polynomials, one transcendental kernel, square roots, absolute values; numbers as the last resort.

import { derive } from "./derive.js";
import { factorTerm } from "./factor.js";
import { dependsOn, dependsOnName, generatorTerm, normal, normalFraction, numeratorDenominator, polynomialIn } from "./fraction.js";
import { fromNumber } from "./fromExpr.js";
import { expandTerm } from "./normal.js";
import { complex, evaluate, isFiniteC, realFunction } from "./numeric.js";
import { rootsOfPolynomial } from "./roots.js";
import { attempt, expandLogs, hasCall, joinLogs, shorten, simplifyTerm, toSinCos } from "./simplify.js";
import {
  call,
  divide,
  e,
  half,
  int,
  isFloat,
  isNum,
  isOne,
  isZeroTerm,
  mapParts,
  minus,
  minusOne,
  namesOf,
  nameTerm,
  negate,
  one,
  parts,
  pi,
  power,
  productOf,
  replaceName,
  sign,
  square,
  sum,
  type Term,
  times,
  two,
  zero,
} from "./term.js";

export interface Solutions {
  readonly values: readonly Term[];
  /** "+ 2πk" and the like; set when the list is not everything. */
  readonly note?: string;
}

/** The solutions of f = 0 for x; null when no method applies. Every constant candidate is checked in f. */
export function solveTerm(f: Term, x: string): Solutions | null {
  const notes: string[] = [];
  const found = attempt(() => solveDepth(f, x, 0, notes));
  if (found) {
    const values = order(unique(found.map((t) => (hasFloat(t) ? t : shorten(simplifyTerm(t))))).filter((v) => satisfies(f, x, v)));
    if (values.length > 0 || found.length === 0) return notes[0] === undefined ? { values } : { values, note: notes[0] };
  }
  if (namesOf(f).length !== 1) return null;
  const numeric = numericSolutions(f, x);
  return numeric.length === 0 ? (found ? { values: [] } : null) : { values: numeric.map(fromNumber), note: "by numbers, between −100 and 100" };
}

const hasFloat = (t: Term): boolean => (t.k === "num" ? isFloat(t.r) : t.k === "product" && isFloat(t.coef)) || parts(t).some(hasFloat);

function unique(values: readonly Term[]): Term[] {
  const out: Term[] = [];
  for (const v of values) {
    if (out.some((w) => w.id === v.id || isZeroTerm(attempt(() => normal(minus(v, w))) ?? one) || sameNumber(v, w))) continue;
    out.push(v);
  }
  return out;
}
function sameNumber(a: Term, b: Term): boolean {
  if (namesOf(a).length + namesOf(b).length > 0) return false;
  const [x, y] = [evaluate(a, new Map()), evaluate(b, new Map())];
  return isFiniteC(x) && Math.hypot(x.re - y.re, x.im - y.im) <= 1e-11 * Math.max(1, Math.hypot(x.re, x.im));
}
/** Real solutions before complex ones, fractions before surds, each ascending; the two of a quadratic formula as its ± says. */
function order(values: readonly Term[]): Term[] {
  if (values.some((v) => namesOf(v).length > 0)) return [...values];
  return values
    .map((v) => ({ v, z: evaluate(v, new Map()) }))
    .sort(
      (a, b) =>
        Number(Math.abs(a.z.im) > 1e-12) - Number(Math.abs(b.z.im) > 1e-12) ||
        Number(!isNum(a.v)) - Number(!isNum(b.v)) ||
        (values.length === 2 && !isNum(a.v) ? b.z.re - a.z.re : a.z.re - b.z.re) ||
        b.z.im - a.z.im,
    )
    .map((p) => p.v);
}

function satisfies(f: Term, x: string, value: Term): boolean {
  if (namesOf(f).length > 1) return true;
  const z = evaluate(value, new Map());
  if (!isFiniteC(z)) return false;
  const at = evaluate(f, new Map([[x, z]]));
  if (!isFiniteC(at)) return false;
  // Relative to the size of f nearby.
  const near = evaluate(f, new Map([[x, complex(z.re * 1.01 + 0.01, z.im)]]));
  const scale = isFiniteC(near) ? Math.max(1, Math.hypot(near.re, near.im)) : 1;
  return Math.hypot(at.re, at.im) <= 1e-7 * scale;
}

function solveDepth(f: Term, x: string, depth: number, notes: string[]): Term[] | null {
  if (depth > 8) return null;
  const { num } = numeratorDenominator(f);
  if (!dependsOnName(num, x)) return isZeroTerm(num) ? null : [];
  const factored = factorTerm(num);
  const factors = (factored.k === "product" ? factored.factors : [factored]).filter((g) => dependsOnName(g, x));
  const bases = factors.map((g) => (g.k === "power" && isNum(g.exponent) ? g.base : g));
  if (factors.length > 1 || (factors[0] && bases[0] !== factors[0])) {
    const out: Term[] = [];
    for (const [i, g] of factors.entries()) {
      if (g.k === "power" && isNum(g.exponent) && sign(g.exponent.r) < 0) continue;
      if (g.k === "power" && g.base.id === e.id) continue;
      const s = solveDepth(bases[i]!, x, depth + 1, notes);
      if (!s) return null;
      out.push(...s);
    }
    return out;
  }
  const c = polynomialIn(num, nameTerm(x));
  if (c) return rootsOfPolynomial(c);
  return (
    byKernel(num, x, depth, notes) ??
    byRoots(num, x, depth, notes) ??
    byLogarithms(num, x, depth, notes) ??
    byAbsolute(num, x, depth, notes) ??
    byHalfAngle(num, x, depth, notes)
  );
}

/** One generator holds all of x: a polynomial in it, then its inverse. */
function byKernel(num: Term, x: string, depth: number, notes: string[]): Term[] | null {
  if (num.k === "call" || (num.k === "power" && !isNum(num.exponent))) return invert(num, zero, x, depth, notes);
  const { ring } = normalFraction(num);
  const X = nameTerm(x);
  const inside = ring.generators.filter((g) => dependsOn(generatorTerm(g), X));
  if (inside.length !== 1) return null;
  const kernel = generatorTerm(inside[0]!);
  const v = nameTerm(`\u0001k${depth}`);
  const c = polynomialOfGenerator(num, kernel, v);
  const roots = c && rootsOfPolynomial(c);
  if (!roots) return null;
  const out: Term[] = [];
  for (const r of unique(roots)) {
    const s = invert(kernel, r, x, depth, notes);
    if (!s) return null;
    out.push(...s);
  }
  return out;
}
function polynomialOfGenerator(num: Term, kernel: Term, v: Term): Term[] | null {
  const swap = (t: Term): Term => {
    if (t.id === kernel.id) return v;
    if (t.k === "power" && kernel.k === "power" && t.base.id === kernel.base.id) {
      const k = attempt(() => normal(divide(t.exponent, kernel.exponent)));
      if (k && isNum(k) && k.r.den === 1n) return power(v, k);
      if (k && t.exponent.k === "sum") {
        // b^{x+1} = b · b^x
        const [inside, outside] = [t.exponent.terms.filter((s) => isNum(attempt(() => normal(divide(s, kernel.exponent))) ?? v)), [] as Term[]];
        outside.push(...t.exponent.terms.filter((s) => !inside.includes(s)));
        const whole = attempt(() =>
          normal(
            divide(
              inside.reduce((a, b) => sum(a, b), zero as Term),
              kernel.exponent,
            ),
          ),
        );
        if (whole && isNum(whole))
          return times(
            power(v, whole),
            power(
              t.base,
              outside.reduce((a, b) => sum(a, b), zero as Term),
            ),
          );
      }
    }
    if (t.k === "power" && t.base.id === kernel.id) return power(v, t.exponent);
    return mapParts(t, swap);
  };
  return polynomialIn(swap(num), v);
}

/** The x with kernel(x) = v. */
function invert(kernel: Term, v: Term, x: string, depth: number, notes: string[]): Term[] | null {
  const next = (u: Term, values: readonly (Term | null)[]): Term[] | null => {
    const out: Term[] = [];
    for (const value of values) {
      if (!value) continue;
      const s = solveDepth(minus(u, value), x, depth + 1, notes);
      if (!s) return null;
      out.push(...s);
    }
    return out;
  };
  if (kernel.id === nameTerm(x).id) return [v];
  if (kernel.k === "power") {
    if (!dependsOnName(kernel.base, x)) {
      if (isZeroTerm(v)) return [];
      const whole = isNum(v) && isNum(kernel.base) ? call("log", [v, kernel.base]) : divide(call("ln", [v]), call("ln", [kernel.base]));
      return next(kernel.exponent, [whole]);
    }
    if (dependsOnName(kernel.exponent, x)) return null;
    if (kernel.exponent.k === "num" && kernel.exponent.r.num === 1n && kernel.exponent.r.den % 2n === 0n && isNum(v) && sign(v.r) < 0) return [];
    return next(kernel.base, [power(v, power(kernel.exponent, minusOne))]);
  }
  if (kernel.k !== "call" || kernel.args.length !== 1) return null;
  const u = kernel.args[0]!;
  switch (kernel.name) {
    case "ln":
      return next(u, [power(e, v)]);
    case "sin":
      notes.push("up to multiples of 2π");
      return next(u, [call("arcsin", [v]), minus(pi, call("arcsin", [v]))]);
    case "cos":
      notes.push("up to multiples of 2π");
      return next(
        u,
        [call("arccos", [v]), minus(times(two, pi), call("arccos", [v]))].map((t) => (t.id === times(two, pi).id ? zero : t)),
      );
    case "tan":
      notes.push("up to multiples of π");
      return next(u, [call("arctan", [v])]);
    case "cot":
      notes.push("up to multiples of π");
      return next(u, [minus(times(half, pi), call("arctan", [v]))]);
    case "sec":
    case "csc":
      return isZeroTerm(v) ? [] : invert(call(kernel.name === "sec" ? "cos" : "sin", [u]), power(v, minusOne), x, depth, notes);
    case "abs":
      return isNum(v) && sign(v.r) < 0 ? [] : next(u, [v, negate(v)]);
    case "arcsin":
      return next(u, [call("sin", [v])]);
    case "arccos":
      return next(u, [call("cos", [v])]);
    case "arctan":
      return next(u, [call("tan", [v])]);
    case "sinh":
      return next(u, [call("arsinh", [v])]);
    case "cosh":
      return next(u, [call("arcosh", [v]), negate(call("arcosh", [v]))]);
    case "tanh":
      return next(u, [call("artanh", [v])]);
    case "arsinh":
      return next(u, [call("sinh", [v])]);
    case "arcosh":
      return next(u, [call("cosh", [v])]);
    case "artanh":
      return next(u, [call("tanh", [v])]);
    case "sigmoid":
      return next(u, [call("ln", [divide(v, minus(one, v))])]);
    default:
      return null;
  }
}

/** p + q√u = 0 becomes p² = q² u; false roots are dropped by the final check. */
function byRoots(num: Term, x: string, depth: number, notes: string[]): Term[] | null {
  const roots = new Map<string, Term>();
  const visit = (t: Term): void => {
    if (t.k === "power" && isNum(t.exponent) && t.exponent.r.den === 2n && dependsOnName(t.base, x)) roots.set(t.base.id, t.base);
    for (const p of parts(t)) visit(p);
  };
  visit(num);
  const base = [...roots.values()].sort((a, b) => a.id.length - b.id.length).pop();
  if (!base) return null;
  const v = nameTerm(`\u0001r${depth}`);
  const swapped = mapAll(num, (t) =>
    t.k === "power" && isNum(t.exponent) && t.exponent.r.den === 2n && t.base.id === base.id ? power(v, int(t.exponent.r.num)) : t,
  );
  const c = polynomialIn(swapped, v);
  if (!c) return null;
  // Even and odd powers of v.
  let p: Term = zero;
  let q: Term = zero;
  c.forEach((t, k) => {
    const piece = times(t, power(base, int(Math.floor(k / 2))));
    if (k % 2 === 0) p = sum(p, piece);
    else q = sum(q, piece);
  });
  return solveDepth(expandTerm(minus(square(p), times(square(q), base))), x, depth + 1, notes);
}
const mapAll = (t: Term, f: (u: Term) => Term): Term => {
  const g = f(t);
  return g.id !== t.id ? g : mapParts(t, (p) => mapAll(p, f));
};

/** ln a + ln b = c joins; a = b of positive exponentials is compared by logarithms. */
function byLogarithms(num: Term, x: string, depth: number, notes: string[]): Term[] | null {
  if (hasCall(num, ["ln"])) {
    const joined = joinLogs(expandTerm(num));
    if (joined.id !== num.id && joined.k !== "product") {
      const s = byKernel(joined, x, depth + 1, notes);
      if (s) return s;
    }
  }
  const e2 = expandTerm(num);
  if (e2.k === "sum" && e2.terms.length === 2) {
    const ratio = negate(divide(e2.terms[0]!, e2.terms[1]!));
    const l = expandTerm(expandLogs(call("ln", [ratio])));
    const c = polynomialIn(l, nameTerm(x));
    if (c) return rootsOfPolynomial(c);
  }
  return null;
}

/** |u| = u or −u in turn. */
function byAbsolute(num: Term, x: string, depth: number, notes: string[]): Term[] | null {
  let found: Term | null = null;
  const visit = (t: Term): void => {
    if (t.k === "call" && t.name === "abs" && dependsOnName(t, x)) found = t;
    for (const p of parts(t)) visit(p);
  };
  visit(num);
  if (found === null) return null;
  const bar = found as Extract<Term, { k: "call" }>;
  const out: Term[] = [];
  for (const s of [one, minusOne]) {
    const t = mapAll(num, (u) => (u.id === bar.id ? times(s, bar.args[0]!) : u));
    const r = solveDepth(t, x, depth + 1, notes);
    if (!r) return null;
    // Keep those with the right sign.
    for (const v of r) {
      const z = evaluate(replaceName(bar.args[0]!, x, v), new Map());
      if (namesOf(v).length > 0 || (Math.abs(z.im) < 1e-9 && z.re * (isOne(s) ? 1 : -1) >= -1e-9)) out.push(v);
    }
  }
  return out;
}

/** Sines and cosines of one angle by t = tan(u/2). */
function byHalfAngle(num: Term, x: string, depth: number, notes: string[]): Term[] | null {
  if (!hasCall(num, ["sin", "cos", "tan", "cot", "sec", "csc"])) return null;
  const t = doubled(toSinCos(num), x);
  const angles = new Map<string, Term>();
  const visit = (u: Term): void => {
    if (u.k === "call" && (u.name === "sin" || u.name === "cos") && dependsOnName(u, x)) angles.set(u.args[0]!.id, u.args[0]!);
    else for (const p of parts(u)) visit(p);
  };
  visit(t);
  if (angles.size !== 1) return null;
  const u = [...angles.values()][0]!;
  const w = nameTerm(`\u0001h${depth}`);
  const d = sum(one, square(w));
  const swapped = mapAll(t, (s) =>
    s.k === "call" && s.args[0]!.id === u.id
      ? s.name === "sin"
        ? divide(times(two, w), d)
        : s.name === "cos"
          ? divide(minus(one, square(w)), d)
          : s
      : s,
  );
  if (dependsOnName(swapped, x)) return null;
  const { num: top } = numeratorDenominator(swapped);
  const c = polynomialIn(top, w);
  const roots = c && rootsOfPolynomial(c);
  if (!roots) return null;
  notes.push("up to multiples of 2π");
  const real = unique(roots).filter((r) => namesOf(r).length > 0 || Math.abs(evaluate(r, new Map()).im) < 1e-9);
  const values = [...real.map((r) => times(two, call("arctan", [r]))), pi];
  const out: Term[] = [];
  for (const v of values) {
    const s = solveDepth(minus(u, v), x, depth + 1, notes);
    if (!s) return null;
    out.push(...s.filter((r) => satisfies(num, x, r)));
  }
  return out;
}
/** sin 2u, cos 2u in terms of u when both angles occur. */
function doubled(t: Term, x: string): Term {
  const X = nameTerm(x);
  return mapAll(t, (u) => {
    if (u.k !== "call" || (u.name !== "sin" && u.name !== "cos") || u.args[0]!.id !== times(two, X).id) return u;
    return u.name === "sin" ? productOf([two, call("sin", [X]), call("cos", [X])]) : minus(times(two, square(call("cos", [X]))), one);
  });
}

/** Sign changes on a grid, refined by bisection, and double roots by Newton's method. */
export function numericSolutions(f: Term, x: string, from = -100, to = 100): number[] {
  const g = realFunction(f, x);
  const out: number[] = [];
  const n = 8_000;
  const push = (r: number): void => {
    if (Number.isFinite(r) && !out.some((s) => Math.abs(s - r) < 1e-7 * Math.max(1, Math.abs(r)))) out.push(r);
  };
  const at = (k: number): number => from + ((to - from) * (k + 0.000123)) / n;
  const d = attempt(() => derive(f, x));
  const slope = d && realFunction(d, x);
  let [px, py] = [at(0), g(at(0))];
  for (let k = 1; k <= n && out.length < 60; k++) {
    const [qx, qy] = [at(k), g(at(k))];
    if (Number.isFinite(py) && Number.isFinite(qy) && py * qy < 0) {
      let [lo, hi, flo] = [px, qx, py];
      for (let i = 0; i < 90; i++) {
        const m = (lo + hi) / 2;
        const y = g(m);
        if (y === 0) [lo, hi] = [m, m];
        else if (y * flo < 0) hi = m;
        else [lo, flo] = [m, y];
      }
      const r = (lo + hi) / 2;
      // A pole changes sign too.
      if (Math.abs(g(r)) < 1e-6 * Math.max(1, Math.abs(py), Math.abs(qy))) push(r);
    }
    [px, py] = [qx, qy];
  }
  if (slope && out.length === 0) {
    for (const start of [0.1, 1, -1, 3, -3, 10, -10]) {
      let z = start;
      for (let i = 0; i < 200; i++) {
        const step = g(z) / slope(z);
        if (!Number.isFinite(step)) break;
        z -= step;
        if (Math.abs(step) < 1e-14 * Math.max(1, Math.abs(z))) break;
      }
      if (Math.abs(g(z)) < 1e-12) push(z);
    }
  }
  return out.sort((a, b) => a - b).map((r) => (Math.abs(r - Math.round(r)) < 1e-12 ? Math.round(r) : r));
}
