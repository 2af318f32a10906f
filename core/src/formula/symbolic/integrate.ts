// Antiderivatives by rules: linearity, tables, parts, partial fractions, substitution. Every answer is differentiated and compared.

import { compareRational, rational } from "../../linalg/index.js";
import { derive } from "./derive.js";
import { dependsOnName, fromCoefficients, normal, polynomialIn } from "./fraction.js";
import { expandTerm, partialFractions } from "./normal.js";
import { sameValues } from "./numeric.js";
import { attempt, hasCall, multipleAngles, shorten, toSinCos } from "./simplify.js";
import {
  call,
  divide,
  e,
  expTerm,
  frac,
  half,
  imaginary,
  int,
  isInteger,
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
  replace,
  replaceName,
  sign,
  size,
  smallInt,
  splitCoefficient,
  sqrt,
  square,
  sum,
  sumOf,
  type Term,
  times,
  two,
} from "./term.js";

const maxDepth = 6;

/** F with dF/dx = t, or null. F is checked at sample points. */
export function antiderivative(t: Term, x: string): Term | null {
  const F = attempt(() => find(t, x, 0));
  if (!F) return null;
  return isAntiderivative(F, t, x) ? F : null;
}

/** Whether dF/dx = t at sample points (positive ones, where logarithms and roots are real). */
export function isAntiderivative(F: Term, t: Term, x: string): boolean {
  const d = attempt(() => derive(F, x));
  if (!d) return false;
  const names = namesOf(sum(t, times(nameTerm("\u0001q"), F))).filter((n) => n !== "\u0001q");
  return sameValues(d, t, names.includes(x) ? names : [...names, x], 5, 1e-7, true) === true;
}

function find(t: Term, x: string, depth: number): Term | null {
  if (!dependsOnName(t, x)) return times(t, nameTerm(x));
  if (depth > maxDepth || size(t) > 300) return null;
  if (t.k === "sum") {
    const out: Term[] = [];
    for (const s of t.terms) {
      const F = find(s, x, depth);
      if (!F) return wholeOnly(t, x, depth);
      out.push(F);
    }
    return sumOf(out);
  }
  // Constant factors come out.
  const { constant, rest } = splitConstant(t, x);
  if (!isOne(constant)) {
    const F = find(rest, x, depth);
    return F && times(constant, F);
  }
  for (const rule of rules) {
    const F = attempt(() => rule(t, x, depth));
    if (F) return F;
  }
  return null;
}
/** A sum whose parts have no elementary antiderivatives may still have one as a whole. */
const wholeOnly = (t: Term, x: string, depth: number): Term | null =>
  attempt(() => rationalRule(t, x, depth)) ?? attempt(() => substitution(t, x, depth));

function splitConstant(t: Term, x: string): { constant: Term; rest: Term } {
  if (t.k !== "product") return { constant: one, rest: t };
  const inside = t.factors.filter((f) => dependsOnName(f, x));
  return { constant: productOf([numTerm(t.coef), ...t.factors.filter((f) => !dependsOnName(f, x))]), rest: productOf(inside) };
}

type Rule = (t: Term, x: string, depth: number) => Term | null;
const X = (x: string): Term => nameTerm(x);
/** a, b when u = a x + b. */
function linear(u: Term, x: string): { a: Term; b: Term } | null {
  const c = polynomialIn(u, X(x));
  return c && c.length === 2 ? { a: c[1]!, b: c[0]! } : null;
}
function quadratic(u: Term, x: string): [c: Term, b: Term, a: Term] | null {
  const c = polynomialIn(u, X(x));
  return c && c.length === 3 ? [c[0]!, c[1]!, c[2]!] : null;
}
const ln = (t: Term): Term => call("ln", [t]);
/** ln|u|, without bars when u is certainly positive. */
const lnAbs = (u: Term): Term => ln(call("abs", [u]));

/** Antiderivatives of f(u) by u. */
const table: Readonly<Record<string, (u: Term) => Term>> = {
  sin: (u) => negate(call("cos", [u])),
  cos: (u) => call("sin", [u]),
  tan: (u) => negate(lnAbs(call("cos", [u]))),
  cot: (u) => lnAbs(call("sin", [u])),
  sec: (u) => lnAbs(sum(call("sec", [u]), call("tan", [u]))),
  csc: (u) => negate(lnAbs(sum(call("csc", [u]), call("cot", [u])))),
  sinh: (u) => call("cosh", [u]),
  cosh: (u) => call("sinh", [u]),
  tanh: (u) => ln(call("cosh", [u])),
  coth: (u) => lnAbs(call("sinh", [u])),
  sech: (u) => call("arctan", [call("sinh", [u])]),
  ln: (u) => minus(times(u, ln(u)), u),
  arcsin: (u) => sum(times(u, call("arcsin", [u])), sqrt(minus(one, square(u)))),
  arccos: (u) => minus(times(u, call("arccos", [u])), sqrt(minus(one, square(u)))),
  arctan: (u) => minus(times(u, call("arctan", [u])), times(half, ln(sum(one, square(u))))),
  arsinh: (u) => minus(times(u, call("arsinh", [u])), sqrt(sum(square(u), one))),
  artanh: (u) => sum(times(u, call("artanh", [u])), times(half, ln(minus(one, square(u))))),
  erf: (u) => sum(times(u, call("erf", [u])), times(power(pi, negate(half)), expTerm(negate(square(u))))),
  sigmoid: (u) => ln(sum(one, expTerm(u))),
  abs: (u) => times(half, u, call("abs", [u])),
  sign: (u) => call("abs", [u]),
  relu: (u) => times(half, square(call("relu", [u]))),
};

const tableRule: Rule = (t, x) => {
  if (t.k === "name") return times(half, square(t));
  if (t.k === "call" && t.args.length === 1 && table[t.name]) {
    const l = linear(t.args[0]!, x);
    return l && divide(table[t.name]!(t.args[0]!), l.a);
  }
  if (t.k !== "power") return null;
  if (!dependsOnName(t.exponent, x)) {
    const l = linear(t.base, x);
    if (!l) return null;
    if (t.exponent.id === "-1") return divide(lnAbs(t.base), l.a);
    return divide(power(t.base, sum(t.exponent, one)), times(l.a, sum(t.exponent, one)));
  }
  if (dependsOnName(t.base, x)) return null;
  const l = linear(t.exponent, x);
  if (l) return divide(t, times(l.a, ln(t.base)));
  // ∫ e^{a x² + b x + c}: the error function.
  const q = quadratic(t.exponent, x);
  if (!q || t.base.id !== e.id) return null;
  const [c, b, a] = q;
  const s = negate(a);
  const negative = isNum(a) ? sign(a.r) < 0 : splitCoefficient(a).coef.num < 0n;
  if (!negative) return null;
  const front = expTerm(sum(c, divide(square(b), times(int(4), s))));
  return productOf([half, sqrt(divide(pi, s)), front, call("erf", [sum(times(sqrt(s), X(x)), negate(divide(b, times(two, sqrt(s)))))])]);
};

/** 1/(quadratic)^½, √quadratic, squares of secants and the like. */
const squareRoots: Rule = (t, x) => {
  if (t.k !== "power" || !isNum(t.exponent)) return null;
  if (t.base.k === "call" && t.exponent.id === "2") {
    const u = t.base.args[0]!;
    const l = linear(u, x);
    if (!l) return null;
    const by: Record<string, () => Term> = {
      sec: () => call("tan", [u]),
      csc: () => negate(call("cot", [u])),
      tan: () => minus(call("tan", [u]), u),
      cot: () => negate(sum(call("cot", [u]), u)),
      tanh: () => minus(u, call("tanh", [u])),
      sech: () => call("tanh", [u]),
    };
    return by[t.base.name] ? divide(by[t.base.name]!(), l.a) : null;
  }
  if (t.base.k === "call" && t.exponent.id === "-2") {
    const u = t.base.args[0]!;
    const l = linear(u, x);
    if (!l) return null;
    if (t.base.name === "cos") return divide(call("tan", [u]), l.a);
    if (t.base.name === "sin") return negate(divide(call("cot", [u]), l.a));
    if (t.base.name === "cosh") return divide(call("tanh", [u]), l.a);
  }
  const q = quadratic(t.base, x);
  if (!q) return null;
  const [c, b, a] = q;
  // a(x + h)² + k
  const h = divide(b, times(two, a));
  const u = sum(X(x), h);
  const k = normal(minus(c, times(a, square(h))));
  const positiveA = splitCoefficient(a).coef.num > 0n;
  const positiveK = splitCoefficient(k).coef.num > 0n;
  if (isZeroTerm(k)) return null;
  if (t.exponent.id === "-1/2") {
    if (!positiveA) return divide(call("arcsin", [divide(u, sqrt(divide(k, negate(a))))]), sqrt(negate(a)));
    if (positiveK) return divide(call("arsinh", [divide(u, sqrt(divide(k, a)))]), sqrt(a));
    return divide(lnAbs(sum(u, sqrt(sum(square(u), divide(k, a))))), sqrt(a));
  }
  if (t.exponent.id === "1/2") {
    const inverse = squareRoots(power(t.base, negate(half)), x, 0);
    return inverse && sum(times(half, u, t), times(half, k, inverse));
  }
  if (t.exponent.id === "-3/2") return divide(u, times(k, power(t.base, half)));
  return null;
};

/** Quotients of polynomials by partial fractions. */
const rationalRule: Rule = (t, x) => {
  if (!isRational(t, x)) return null;
  const p = partialFractions(t, X(x));
  if (!p) return null;
  const out: Term[] = [sumOf(p.polynomial.map((c, k) => times(c, power(X(x), int(k + 1)), frac(1, k + 1))))];
  for (const f of p.fractions) {
    const piece = integrateFraction(f.numerator, f.base, f.exponent, x);
    if (!piece) return null;
    out.push(piece);
  }
  return sumOf(out);
};
const isRational = (t: Term, x: string): boolean => {
  if (!dependsOnName(t, x)) return true;
  if (t.k === "name") return true;
  if (t.k === "sum" || t.k === "product") return parts(t).every((p) => isRational(p, x));
  return t.k === "power" && isInteger(t.exponent) && isRational(t.base, x);
};

function integrateFraction(numerator: readonly Term[], base: readonly Term[], n: number, x: string): Term | null {
  const b = fromCoefficients(base, X(x));
  if (base.length === 2) {
    const c = divide(numerator[0]!, base[1]!);
    return n === 1 ? times(c, lnAbs(b)) : times(c, frac(1, 1 - n), power(b, int(1 - n)));
  }
  if (base.length !== 3) return null;
  // (p x + q)/(a x² + b x + c)^n
  const [c, bb, a] = base as [Term, Term, Term];
  const [q, p] = [numerator[0] ?? int(0), numerator[1] ?? int(0)];
  const log = times(divide(p, times(two, a)), n === 1 ? lnAbs(b) : times(frac(1, 1 - n), power(b, int(1 - n))));
  const rest = normal(minus(q, divide(times(p, bb), times(two, a))));
  const d = normal(minus(times(int(4), a, c), square(bb)));
  if (isZeroTerm(rest)) return log;
  const slope = sum(times(two, a, X(x)), bb);
  const arc = (): Term => {
    const positive = isNum(d) ? sign(d.r) > 0 : splitCoefficient(d).coef.num > 0n;
    if (positive) {
      const s = sqrt(d);
      return times(two, power(s, minusOne), call("arctan", [shorten(normal(divide(slope, s)))]));
    }
    const s = sqrt(negate(d));
    return times(power(s, minusOne), lnAbs(divide(minus(slope, s), sum(slope, s))));
  };
  const reduce = (k: number): Term =>
    k === 1
      ? arc()
      : sum(
          divide(slope, times(int(k - 1), d, power(b, int(k - 1)))),
          times(divide(times(int(2 * (2 * k - 3)), a), times(int(k - 1), d)), reduce(k - 1)),
        );
  return n > 12 ? null : sum(log, times(rest, reduce(n)));
}

/** Polynomial times e^{ax}, sin, cos, sinh, cosh (several joined by multiple angles), ln^k or an inverse function: by parts. */
const byParts: Rule = (t, x, depth) => {
  const factors = t.k === "product" ? t.factors : [t];
  const poly: Term[] = [];
  const other: Term[] = [];
  for (const f of factors) (isRational(f, x) ? poly : other).push(f);
  const p = productOf(poly);
  if (other.length === 1) {
    const f = other[0]!;
    const exponential = f.k === "power" && !dependsOnName(f.base, x);
    const wave = f.k === "call" && ["sin", "cos", "sinh", "cosh"].includes(f.name);
    if (exponential || wave) {
      if (!polynomialIn(p, X(x)) || poly.length === 0) return null;
      const F = tableRule(f, x, depth);
      if (!F || hasCall(F, ["erf"])) return null;
      const rest = find(expandTerm(times(F, derive(p, x))), x, depth + 1);
      return rest && minus(times(p, F), rest);
    }
    const [base, k] = f.k === "power" && isInteger(f.exponent) ? [f.base, smallInt(f.exponent) ?? 0] : [f, 1];
    if (base.k === "call" && k >= 1 && ["ln", "arctan", "arcsin", "arccos", "arsinh", "artanh", "erf"].includes(base.name)) {
      const P = poly.length === 0 ? X(x) : find(p, x, depth + 1);
      if (!P || hasCall(P, [base.name])) return null;
      const rest = find(expandTerm(normalOrSame(times(P, derive(f, x)))), x, depth + 1);
      return rest && minus(times(P, f), rest);
    }
  }
  if (other.length === 2) {
    // e^{ax} sin(bx + c): solved for itself.
    const ex = other.find((f) => f.k === "power" && f.base.id === e.id);
    const wave = other.find((f) => f.k === "call" && (f.name === "sin" || f.name === "cos"));
    if (ex?.k === "power" && wave?.k === "call") {
      const [l, w] = [linear(ex.exponent, x), linear(wave.args[0]!, x)];
      if (!l || !w) return null;
      const u = wave.args[0]!;
      const n = sum(square(l.a), square(w.a));
      const F =
        wave.name === "sin"
          ? divide(times(ex, minus(times(l.a, call("sin", [u])), times(w.a, call("cos", [u])))), n)
          : divide(times(ex, sum(times(l.a, call("cos", [u])), times(w.a, call("sin", [u])))), n);
      if (poly.length === 0) return F;
      if (!polynomialIn(p, X(x))) return null;
      const rest = find(expandTerm(times(F, derive(p, x))), x, depth + 1);
      return rest && minus(times(p, F), rest);
    }
  }
  return null;
};
const normalOrSame = (t: Term): Term => attempt(() => normal(t)) ?? t;

/** Moments of a Gaussian: x^n e^{a x² + c} = x^{n-1}·(x e^{a x² + c}), by parts. */
const gaussianMoments: Rule = (t, x, depth) => {
  if (t.k !== "product") return null;
  const g = t.factors.find((f) => f.k === "power" && f.base.id === e.id && dependsOnName(f, x));
  const n = smallInt(polynomialDegree(productOf(t.factors.filter((f) => f !== g)), x));
  if (g?.k !== "power" || n === null || n < 2) return null;
  const q = quadratic(g.exponent, x);
  if (!q || !isZeroTerm(q[1])) return null;
  const rest = productOf(t.factors.filter((f) => f !== g));
  const P = divide(rest, X(x));
  const inner = divide(g, times(two, q[2]));
  const F = find(expandTerm(times(inner, derive(normal(P), x))), x, depth + 1);
  return F && minus(times(P, inner), F);
};
function polynomialDegree(t: Term, x: string): Term {
  const c = polynomialIn(t, X(x));
  return int(c && isZeroTerm(c[0]!) ? c.length - 1 : 0);
}

/** tan^n u = tan^{n-2} u (sec² u − 1). */
const tangentPowers: Rule = (t, x, depth) => {
  if (t.k !== "power" || t.base.k !== "call" || (t.base.name !== "tan" && t.base.name !== "cot")) return null;
  const n = smallInt(t.exponent);
  const l = linear(t.base.args[0]!, x);
  if (n === null || n < 3 || !l) return null;
  const rest = find(power(t.base, int(n - 2)), x, depth + 1);
  const s = t.base.name === "tan" ? one : minusOne;
  return rest && minus(divide(times(s, power(t.base, int(n - 1))), times(int(n - 1), l.a)), rest);
};

/** Products and powers of sines and cosines as multiple angles. */
const trigonometric: Rule = (t, x, depth) => {
  if (!hasCall(t, ["sin", "cos"]) || size(t) > 80) return null;
  const u = multipleAngles(t);
  if (!u || u.id === t.id || mentions(u, imaginary) || u.k !== "sum") return null;
  if (u.terms.some((s) => (s.k === "product" ? s.factors : [s]).some((f) => f.k === "power" && f.base.k === "sum"))) return null;
  return find(u, x, depth + 1);
};

/** The derivative divides: t = g(u)·u′ for some part u of t. */
const substitution: Rule = (t, x, depth) => {
  const candidates = new Map<string, Term>();
  const visit = (u: Term) => {
    if (!dependsOnName(u, x) || u.id === nameTerm(x).id) return;
    for (const p of parts(u)) visit(p);
    if (u.k === "call" || u.k === "power") {
      for (const p of u.k === "call" ? u.args : [u.base, u.exponent]) if (dependsOnName(p, x) && p.k !== "name") candidates.set(p.id, p);
      candidates.set(u.id, u);
      // x^n inside powers of x: try the lower power too.
      if (u.k === "power" && u.base.k === "name" && isInteger(u.exponent)) {
        const k = Math.abs(Number(u.exponent.r.num));
        for (let d = 2; d < k && d < 9; d++) if ((k + 1) % d === 0 || k % d === 0) candidates.set(`${x}^${d}`, power(u.base, int(d)));
      }
      if (u.k === "power" && isNum(u.exponent) && u.exponent.r.den > 1n && compareRational(u.exponent.r, rational(0)) !== 0)
        candidates.set(`root ${u.base.id}`, power(u.base, frac(1, u.exponent.r.den)));
    }
  };
  visit(t);
  const v = nameTerm(`\u0001u${depth}`);
  for (const u of [...candidates.values()].sort((a, b) => size(b) - size(a)).slice(0, 8)) {
    const du = attempt(() => derive(u, x));
    if (!du || isZeroTerm(du)) continue;
    const quotient = attempt(() => normal(divide(t, du)));
    if (!quotient) continue;
    let g = replaceDeep(quotient, u, v);
    if (dependsOnName(g, x)) {
      // Solve u = v for x when u is a root or a linear function.
      const back = invert(u, x, v);
      if (!back) continue;
      g = attempt(() => normal(replaceName(g, x, back))) ?? g;
      if (dependsOnName(g, x)) continue;
    }
    if (size(g) > size(t) + 25) continue;
    const G = find(g, v.name, depth + 1);
    if (G) return replaceName(G, v.name, u);
  }
  return null;
};

function replaceDeep(t: Term, u: Term, v: Term): Term {
  const bindings = new Map<string, Term>([[u.id, v]]);
  // Powers of u's own base: x⁴ with u = x² is v².
  const go = (s: Term): Term => {
    if (u.k === "power" && isNum(u.exponent) && s.k === "power" && isNum(s.exponent) && s.base.id === u.base.id) {
      const k = rational(s.exponent.r.num * u.exponent.r.den, s.exponent.r.den * u.exponent.r.num);
      if (k.den === 1n) return power(v, numTerm(k));
    }
    if (u.k === "power" && u.base.id === e.id && s.k === "power" && s.base.id === e.id) {
      const k = attempt(() => normal(divide(s.exponent, u.exponent)));
      if (k && isInteger(k)) return power(v, k);
    }
    if (s.id === u.id) return v;
    switch (s.k) {
      case "sum":
        return sumOf(s.terms.map(go));
      case "product":
        return productOf([numTerm(s.coef), ...s.factors.map(go)]);
      case "power":
        return power(go(s.base), go(s.exponent));
      case "call":
        return call(s.name, s.args.map(go));
      default:
        return s;
    }
  };
  return replace(go(t), bindings);
}

function invert(u: Term, x: string, v: Term): Term | null {
  const l = linear(u, x);
  if (l) return divide(minus(v, l.b), l.a);
  if (u.k === "power" && isNum(u.exponent)) {
    const inner = linear(u.base, x);
    if (inner && u.exponent.r.num === 1n) return divide(minus(power(v, numTerm(rational(u.exponent.r.den, u.exponent.r.num))), inner.b), inner.a);
  }
  if (u.k === "power" && u.base.id === e.id) {
    const inner = linear(u.exponent, x);
    return inner && divide(minus(ln(v), inner.b), inner.a);
  }
  if (u.k === "call" && u.name === "ln") {
    const inner = linear(u.args[0]!, x);
    return inner && divide(minus(expTerm(v), inner.b), inner.a);
  }
  return null;
}

/** Rational functions of sin u and cos u, u linear: t = tan(u/2). */
const halfAngle: Rule = (t, x, depth) => {
  const s = toSinCos(t);
  const angles = new Map<string, Term>();
  let other = false;
  const visit = (u: Term): void => {
    if (!dependsOnName(u, x)) return;
    if (u.k === "call" && (u.name === "sin" || u.name === "cos")) angles.set(u.args[0]!.id, u.args[0]!);
    else if (u.k === "sum" || u.k === "product") parts(u).forEach(visit);
    else if (u.k === "power" && isInteger(u.exponent)) visit(u.base);
    else other = true;
  };
  visit(s);
  const u = [...angles.values()][0];
  const l = angles.size === 1 && u ? linear(u, x) : null;
  if (other || !l || !u) return null;
  const w = nameTerm(`\u0001w${depth}`);
  const d = sum(one, square(w));
  const g = normal(
    divide(
      times(
        replace(
          s,
          new Map([
            [call("sin", [u]).id, divide(times(two, w), d)],
            [call("cos", [u]).id, divide(minus(one, square(w)), d)],
          ]),
        ),
        divide(two, d),
      ),
      l.a,
    ),
  );
  if (dependsOnName(g, x)) return null;
  const G = rationalRule(g, w.name, depth + 1);
  return G && replaceName(G, w.name, call("tan", [times(half, u)]));
};

/** Multiplied out, or in sines and cosines, it may be easier. */
const rewritten: Rule = (t, x, depth) => {
  const expanded = attempt(() => expandTerm(t));
  if (expanded && expanded.id !== t.id && expanded.k === "sum" && expanded.terms.length < 40) {
    const F = find(expanded, x, depth + 1);
    if (F) return F;
  }
  if (hasCall(t, ["tan", "cot", "sec", "csc"])) {
    const u = attempt(() => normal(toSinCos(t)));
    if (u && u.id !== t.id) return find(u, x, depth + 1);
  }
  return null;
};

/** Even powers of secant and the like fall to t = tan x; rational functions of e^x fall to substitution. */
const rules: readonly Rule[] = [
  tableRule,
  squareRoots,
  rationalRule,
  gaussianMoments,
  tangentPowers,
  byParts,
  substitution,
  trigonometric,
  rewritten,
  halfAngle,
];
