// Integrals as values: antiderivatives, definite integrals by limits of them, always compared with quadrature.

import { type Expr, fail, type Range, said, type Value } from "../../expr/index.js";
import { zetaEven } from "./constants.js";
import { dependsOnName } from "./fraction.js";
import { fromExpr } from "./fromExpr.js";
import { antiderivative, isAntiderivative } from "./integrate.js";
import { EngineNeeded, type SymbolicContext } from "./interface.js";
import { limitTerm } from "./limit.js";
import { mapMatrix, matrixResult, termMatrix, termOf } from "./matrix.js";
import { canEvaluate, evaluate, isFiniteC, realFunction, samplePoints, type Values } from "./numeric.js";
import { integrateNumerically } from "./quadrature.js";
import { hasPole } from "./series.js";
import { attempt, cost, shorten, simplifyTerm } from "./simplify.js";
import {
  call,
  divide,
  e,
  half,
  infinity,
  int,
  isZeroTerm,
  mentions,
  minus,
  namesOf,
  nameTerm,
  negate,
  numTerm,
  one,
  pi,
  power,
  productOf,
  replaceName,
  sum,
  type Term,
  times,
  undefinedTerm,
  zero,
} from "./term.js";
import { toExpr } from "./toExpr.js";
import { liftValue, termValue } from "./values.js";

export function symbolicIntegral(
  body: Value,
  variable: string,
  lower: Value | undefined,
  upper: Value | undefined,
  context: SymbolicContext,
  range: Range,
): Value {
  const m =
    body.kind === "symbolic" && body.expr.kind !== "matrix"
      ? null
      : body.kind === "array" && body.data.length === 1
        ? null
        : body.kind === "array" || body.kind === "symbolic"
          ? termMatrix(body)
          : null;
  if (m) {
    return matrixResult(mapMatrix(m, (t) => fromExpr(liftValue(symbolicIntegral(termValue(t), variable, lower, upper, context, range)))));
  }
  const t = fromExpr(liftValue(body, range), [variable]);
  if (lower === undefined && upper === undefined) {
    const F = antiderivativeOf(t, variable, context);
    if (!F)
      return fail("unsupported", "no antiderivative is known for this expression", range, "A definite integral can still be computed by numbers");
    return termValue(presentable(F, variable), "+ C");
  }
  if (lower === undefined || upper === undefined) return fail("missing-bound", "an integral needs both bounds or none", range);
  const [a, b] = [termOf(lower), termOf(upper)];
  if (!a || !b) return fail("domain", "the bounds of an integral must be numbers", range);
  return definiteIntegral(t, variable, a, b, context, range);
}

/** Own rules first, then the engine; both are checked by differentiation. */
export function antiderivativeOf(t: Term, x: string, context: SymbolicContext): Term | null {
  const own = antiderivative(t, x);
  if (own) return own;
  // Multiplied out or simplified, the rules may reach further.
  const simpler = attempt(() => simplifyTerm(t));
  const again = simpler && simpler.id !== t.id ? antiderivative(simpler, x) : null;
  if (again) return again;
  if (!canEvaluate(t)) return null;
  if (!context.engine) throw new EngineNeeded();
  const answer = context.engine.antiderivative(toExpr(t), x);
  const F = answer && fromExpr(answer, [x]);
  return F && canEvaluate(F) && isAntiderivative(F, t, x) ? F : null;
}

function presentable(F: Term, x: string): Term {
  const s = shorten(F);
  // Constants that came with the method are dropped.
  const d = s.k === "sum" ? s.terms.filter((t) => dependsOnName(t, x)) : [s];
  return s.k === "sum" && d.length < s.terms.length ? d.reduce((p, q) => sum(p, q)) : s;
}

const bound = (t: Term, at: Values): number => {
  if (t.id === infinity.id) return Number.POSITIVE_INFINITY;
  if (t.id === negate(infinity).id) return Number.NEGATIVE_INFINITY;
  const z = evaluate(t, at);
  return Math.abs(z.im) < 1e-12 ? z.re : Number.NaN;
};

function definiteIntegral(t: Term, x: string, a: Term, b: Term, context: SymbolicContext, range: Range): Value {
  if (a.id === b.id) return termValue(zero);
  const used = [...new Set([t, a, b].flatMap(namesOf))].filter((n) => n !== x);
  const points = used.length === 0 ? [new Map()] : samplePoints(used, 3, true);
  const numeric = points.map((p) => integrateNumerically(realFunction(t, x, p), bound(a, p), bound(b, p)));
  const reliable = numeric.map((q) => Number.isFinite(q.value) && q.error <= 1e-7 * Math.max(1, Math.abs(q.value)));
  const agrees = (value: Term): boolean | null => {
    let seen = 0;
    for (let i = 0; i < points.length; i++) {
      if (!reliable[i]) continue;
      const z = evaluate(value, points[i]!);
      const q = numeric[i]!.value;
      if (!isFiniteC(z) || Math.abs(z.re - q) > 1e-6 * Math.max(1, Math.abs(q)) || Math.abs(z.im) > 1e-8 * Math.max(1, Math.abs(z.re))) return false;
      seen++;
    }
    return seen > 0 ? true : null;
  };
  // The value was found for positive names; does it hold for others too?
  const holdsAnywhere = (value: Term): boolean => {
    let seen = 0;
    for (const p of samplePoints(used, 10).slice(4)) {
      const q = integrateNumerically(realFunction(t, x, p), bound(a, p), bound(b, p));
      const z = evaluate(value, p);
      if (!Number.isFinite(q.value) || q.error > 1e-7 * Math.max(1, Math.abs(q.value)) || !isFiniteC(z)) return false;
      if (Math.abs(z.re - q.value) > 1e-6 * Math.max(1, Math.abs(q.value))) return false;
      seen++;
    }
    return seen > 0;
  };
  for (const candidate of candidates(t, x, a, b, context)) {
    const value = candidate();
    if (!value) continue;
    if (mentions(value, infinity)) {
      if (reliable.some(Boolean) || (value.id !== infinity.id && value.id !== negate(infinity).id)) continue;
      return termValue(value);
    }
    if (mentions(value, undefinedTerm) || (value.k !== "num" && !canEvaluate(value))) continue;
    const verdict = agrees(value);
    // Conditionally convergent integrals over a half-line cannot be confirmed by quadrature; bounded integrands are trusted.
    if (verdict === true || (verdict === null && (mentions(a, infinity) || mentions(b, infinity)) && bounded(t, x, points[0]!))) {
      if (used.length > 0 && !holdsAnywhere(value)) context.note(said`for positive ${used.join(", ")}`);
      const s = attempt(() => simplifyTerm(value)) ?? value;
      return termValue(cost(s) < cost(value) ? s : shorten(value));
    }
  }
  if (used.length === 0) {
    if (reliable[0]) {
      context.note("by quadrature");
      return { kind: "real", value: tidyNumber(numeric[0]!.value) };
    }
    return fail("domain", "the integral diverges or does not converge fast enough to be computed", range);
  }
  const open: Expr = { kind: "big", op: "integral", variable: x, lower: toExpr(a), upper: toExpr(b), body: toExpr(t), range };
  context.note("no closed form is known");
  return { kind: "symbolic", expr: open };
}
const tidyNumber = (v: number): number => (Math.abs(v - Math.round(v)) < 1e-14 ? Math.round(v) : v);

function bounded(t: Term, x: string, at: Values): boolean {
  const f = realFunction(t, x, at);
  for (let k = 1; k <= 400; k++) {
    const y = f(k * 0.0731 + 0.011);
    if (!Number.isFinite(y) || Math.abs(y) > 1e6) return false;
  }
  return true;
}

function* candidates(t: Term, x: string, a: Term, b: Term, context: SymbolicContext): Generator<() => Term | null> {
  yield () => known(t, x, a, b);
  let F = antiderivative(t, x);
  yield () => F && difference(F, x, a, b);
  yield () => {
    const s = attempt(() => simplifyTerm(t));
    const G = s && s.id !== t.id ? antiderivative(s, x) : null;
    return G && difference(G, x, a, b);
  };
  yield () => {
    // A whole period of a periodic function: the antiderivative in tan(x/2) is continuous on (−π, π).
    if (!F || minus(b, a).id !== times(int(2), pi).id || replaceName(t, x, sum(nameTerm(x), times(int(2), pi))).id !== t.id) return null;
    return difference(F, x, negate(pi), pi);
  };
  yield () => {
    if (F || !canEvaluate(t)) return null;
    if (!context.engine) throw new EngineNeeded();
    F = antiderivativeOf(t, x, context);
    return F && difference(F, x, a, b);
  };
}

function difference(F: Term, x: string, a: Term, b: Term): Term | null {
  const top = endValue(F, x, b, "-");
  const bottom = endValue(F, x, a, "+");
  if (!top || !bottom) return null;
  if (mentions(top, infinity) && mentions(bottom, infinity)) return null;
  if (mentions(top, infinity)) return top;
  if (mentions(bottom, infinity)) return negate(bottom);
  return minus(top, bottom);
}
function endValue(F: Term, x: string, p: Term, side: "+" | "-"): Term | null {
  if (!mentions(p, infinity)) {
    const v = attempt(() => replaceName(F, x, p));
    if (v && hasPole(v)) return attempt(() => limitTerm(F, x, p, side));
    if (v && namesOf(v).length > 0 && !mentions(v, undefinedTerm) && !isSingular(v)) return v;
    if (v) {
      const z = evaluate(v, new Map());
      if (isFiniteC(z)) return v;
    }
  }
  return attempt(() => limitTerm(F, x, p, mentions(p, infinity) ? undefined : side));
}
const isSingular = (t: Term): boolean =>
  (t.k === "call" && t.name === "ln" && isZeroTerm(t.args[0]!)) ||
  (t.k === "sum" ? t.terms : t.k === "product" ? t.factors : t.k === "power" ? [t.base, t.exponent] : t.k === "call" ? t.args : []).some(isSingular);

/** Integrals over (0, ∞) whose antiderivatives are not elementary. */
function known(t: Term, x: string, a: Term, b: Term): Term | null {
  if (!isZeroTerm(a) || b.id !== infinity.id) {
    if (a.id === negate(infinity).id && b.id === infinity.id) {
      // An even integrand over the whole line is twice the half-line.
      const mirrored = attempt(() => replaceName(t, x, negate(nameTerm(x))));
      const h = mirrored && mirrored.id === t.id ? known(t, x, zero, infinity) : null;
      return h && times(int(2), h);
    }
    return null;
  }
  const factors = t.k === "product" ? t.factors : [t];
  const coef = t.k === "product" ? numTerm(t.coef) : one;
  const constant = times(coef, productOf(factors.filter((f) => !dependsOnName(f, x))));
  const inside = factors.filter((f) => dependsOnName(f, x));
  const X = nameTerm(x);
  const powerOf = (f: Term): Term | null =>
    f.id === X.id ? one : f.k === "power" && f.base.id === X.id && !dependsOnName(f.exponent, x) ? f.exponent : null;
  const s = inside.map(powerOf).find((p) => p !== null) ?? zero;
  const others = inside.filter((f) => powerOf(f) === null);
  if (others.length !== 1) return null;
  const f = others[0]!;
  // ∫ x^s e^{-a x^p} = Γ((s+1)/p) / (p a^{(s+1)/p})
  if (f.k === "power" && f.base.id === e.id) {
    const { rate, exponent } = monomial(f.exponent, x);
    if (rate && exponent) {
      const q = divide(sum(s, one), exponent);
      return productOf([constant, call("gamma", [q]), power(exponent, int(-1)), power(negate(rate), negate(q))]);
    }
  }
  // ∫ x^{s}/(e^{ax} ∓ 1) = Γ(s+1) ζ(s+1)/a^{s+1}
  if (f.k === "power" && f.exponent.id === "-1" && f.base.k === "sum" && f.base.terms.length === 2 && s.k === "num" && s.r.den === 1n) {
    const [c, g] = f.base.terms[0]!.k === "num" ? [f.base.terms[0]!, f.base.terms[1]!] : [f.base.terms[1]!, f.base.terms[0]!];
    const zeta = zetaEven(Number(s.r.num) + 1);
    if (zeta && g.k === "power" && g.base.id === e.id && (c.id === "-1" || c.id === "1")) {
      const { rate, exponent } = monomial(g.exponent, x);
      if (rate && exponent && exponent.id === "1") {
        const n = Number(s.r.num);
        const eta = c.id === "1" ? minus(one, power(int(2), int(-n))) : one;
        return productOf([constant, call("factorial", [int(n)]), zeta, eta, power(rate, int(-n - 1))]);
      }
    }
  }
  // ∫ sin(ax)/x = π/2
  if (f.k === "call" && f.name === "sin" && s.id === "-1") {
    const { rate, exponent } = monomial(f.args[0]!, x);
    if (rate && exponent?.id === "1") return times(constant, half, pi);
  }
  if (f.k === "power" && f.exponent.id === "2" && f.base.k === "call" && f.base.name === "sin" && s.id === "-2") {
    const { rate, exponent } = monomial(f.base.args[0]!, x);
    if (rate && exponent?.id === "1") return times(constant, half, pi, rate);
  }
  return null;
}

/** rate · x^exponent. */
function monomial(t: Term, x: string): { rate: Term | null; exponent: Term | null } {
  const factors = t.k === "product" ? t.factors : [t];
  const inside = factors.filter((f) => dependsOnName(f, x));
  const rate = times(t.k === "product" ? numTerm(t.coef) : one, productOf(factors.filter((f) => !dependsOnName(f, x))));
  const only = inside[0];
  if (inside.length !== 1 || !only) return { rate: null, exponent: null };
  if (only.k === "name") return { rate, exponent: one };
  return only.k === "power" && only.base.k === "name" && !dependsOnName(only.exponent, x)
    ? { rate, exponent: only.exponent }
    : { rate: null, exponent: null };
}
