// Truncated Laurent series in t with terms as coefficients. Logarithms of t enter the coefficients as a symbol of their own.

import { rationalToNumber } from "../../linalg/index.js";
import { derive } from "./derive.js";
import { dependsOnName, normal } from "./fraction.js";
import { evaluate, isFiniteC, samplePoints } from "./numeric.js";
import { attempt } from "./simplify.js";
import {
  call,
  divide,
  e,
  frac,
  infinity,
  int,
  isInteger,
  isNum,
  isZeroTerm,
  mentions,
  minusOne,
  namesOf,
  nameTerm,
  negate,
  numTerm,
  one,
  power,
  replaceName,
  smallInt,
  sum,
  sumOf,
  type Term,
  times,
  zero,
} from "./term.js";

/** t^valuation · (c₀ + c₁t + ...), with c.length terms known. */
export interface Series {
  readonly valuation: number;
  readonly c: readonly Term[];
}

/** ln t, inside coefficients. */
export const logT = nameTerm("\u0001L");
/** The series variable. */
export const seriesVariable = "\u0001t";

/** Thrown where no Laurent series exists (essential singularities, fractional powers, unknown functions). */
export class NoSeries extends Error {}

const trim = (s: Series): Series => {
  let k = 0;
  while (k < s.c.length && isZeroTerm(s.c[k]!)) k++;
  return k === 0 ? s : { valuation: s.valuation + k, c: s.c.slice(k) };
};
const tidy = (t: Term): Term => (isNum(t) ? t : (attempt(() => normal(t)) ?? t));

function add(a: Series, b: Series): Series {
  const v = Math.min(a.valuation, b.valuation);
  const end = Math.min(a.valuation + a.c.length, b.valuation + b.c.length);
  const at = (s: Series, d: number) => (d >= s.valuation ? (s.c[d - s.valuation] ?? zero) : zero);
  return trim({ valuation: v, c: Array.from({ length: Math.max(0, end - v) }, (_, i) => tidy(sum(at(a, v + i), at(b, v + i)))) });
}
function mul(a: Series, b: Series): Series {
  const n = Math.min(a.c.length, b.c.length);
  return trim({
    valuation: a.valuation + b.valuation,
    c: Array.from({ length: n }, (_, k) => tidy(sumOf(Array.from({ length: k + 1 }, (_, i) => times(a.c[i]!, b.c[k - i]!))))),
  });
}
const scale = (a: Series, s: Term): Series => ({ valuation: a.valuation, c: a.c.map((x) => tidy(times(x, s))) });
function inverse(a: Series): Series {
  const s = trim(a);
  if (s.c.length === 0) throw new NoSeries();
  const out: Term[] = [power(s.c[0]!, minusOne)];
  for (let k = 1; k < s.c.length; k++) {
    out.push(tidy(times(minusOne, out[0]!, sumOf(Array.from({ length: k }, (_, i) => times(s.c[i + 1]!, out[k - 1 - i]!))))));
  }
  return { valuation: -s.valuation, c: out };
}
const constant = (t: Term, n: number): Series =>
  isZeroTerm(t) ? { valuation: n, c: [] } : { valuation: 0, c: [t, ...new Array<Term>(Math.max(0, n - 1)).fill(zero)] };

/** f(c₀ + u) = Σ f⁽ᵏ⁾(c₀) uᵏ/k! for u of positive valuation. */
function compose(name: string, inner: Series, n: number): Series {
  const s = trim(inner);
  if (s.c.length > 0 && s.valuation < 0) throw new NoSeries();
  const c0 = s.valuation === 0 ? (s.c[0] ?? zero) : zero;
  if (mentions(c0, logT)) throw new NoSeries();
  const u: Series = s.valuation === 0 ? trim({ valuation: 1, c: s.c.slice(1) }) : s;
  const x = nameTerm("\u0001z");
  let f: Term = call(name, [x]);
  let out = constant(zero, n);
  let uk = constant(one, n);
  let factorial = 1n;
  const steps = u.c.length === 0 ? 0 : Math.ceil(n / Math.max(1, u.valuation));
  for (let k = 0; k <= steps; k++) {
    if (k > 0) {
      f = tidy(derive(f, x.name));
      uk = mul(uk, u);
      factorial *= BigInt(k);
    }
    const value = attempt(() => tidy(replaceName(f, x.name, c0)));
    if (!value || hasPole(value)) throw new NoSeries();
    out = add(out, scale(uk, times(value, frac(1n, factorial))));
  }
  return out;
}
/** ln 0 and the like left in a value. */
export const hasPole = (t: Term): boolean =>
  (t.k === "call" && t.name === "ln" && isZeroTerm(t.args[0]!)) ||
  (t.k === "call" && (t.name === "abs" || t.name === "sign") && isZeroTerm(t.args[0]!)) ||
  (t.k === "call" && /^(cot|csc|coth|csch)$/.test(t.name) && isZeroTerm(t.args[0]!)) ||
  (t.k === "call" && /^(tan|sec|cot|csc)$/.test(t.name) && isPole(t)) ||
  (t.k === "sum" ? t.terms : t.k === "product" ? t.factors : t.k === "power" ? [t.base, t.exponent] : t.k === "call" ? t.args : []).some(hasPole);
const isPole = (t: Term): boolean => {
  const f = t as Extract<Term, { k: "call" }>;
  const below = f.name === "tan" || f.name === "sec" ? "cos" : "sin";
  return isZeroTerm(call(below, f.args));
};

/** exp of a series whose constant part may hold ln t: e^{kL} becomes t^k. */
function exponential(inner: Series, n: number): Series {
  const s = trim(inner);
  if (s.c.length > 0 && s.valuation < 0) throw new NoSeries();
  const c0 = s.valuation === 0 ? (s.c[0] ?? zero) : zero;
  let shift = 0;
  let front = c0;
  if (mentions(c0, logT)) {
    const k = tidy(derive(c0, logT.name));
    const whole = smallInt(k);
    if (whole === null) throw new NoSeries();
    shift = whole;
    front = tidy(sum(c0, times(int(-whole), logT)));
  }
  const u: Series = s.valuation === 0 ? trim({ valuation: 1, c: s.c.slice(1) }) : s;
  let out = constant(zero, n);
  let uk = constant(one, n);
  let factorial = 1n;
  const steps = u.c.length === 0 ? 0 : Math.ceil(n / Math.max(1, u.valuation));
  for (let k = 0; k <= steps; k++) {
    if (k > 0) {
      uk = mul(uk, u);
      factorial *= BigInt(k);
    }
    out = add(out, scale(uk, frac(1n, factorial)));
  }
  const scaled = scale(out, power(e, front));
  return { valuation: scaled.valuation + shift, c: scaled.c };
}

/** ln(c t^v (1 + u)) = ln c + v L + u − u²/2 + ... */
function logarithm(inner: Series, n: number): Series {
  const s = trim(inner);
  if (s.c.length === 0) throw new NoSeries();
  const c0 = s.c[0]!;
  if (mentions(c0, logT)) throw new NoSeries();
  const u = trim({ valuation: 1, c: s.c.slice(1).map((x) => tidy(divide(x, c0))) });
  let out = constant(sum(call("ln", [c0]), times(int(s.valuation), logT)), n);
  let uk = constant(one, n);
  const steps = u.c.length === 0 ? 0 : Math.ceil(n / Math.max(1, u.valuation));
  for (let k = 1; k <= steps; k++) {
    uk = mul(uk, u);
    out = add(out, scale(uk, frac(k % 2 ? 1 : -1, k)));
  }
  return out;
}

/** (c t^v (1 + u))^r by the binomial series; v·r must be whole. */
function fractionalPower(inner: Series, exponent: Term, n: number): Series {
  const s = trim(inner);
  if (s.c.length === 0) throw new NoSeries();
  let shift = 0;
  if (s.valuation !== 0) {
    if (!isNum(exponent)) throw new NoSeries();
    shift = s.valuation * rationalToNumber(exponent.r);
    if (!Number.isInteger(shift)) throw new NoSeries();
  }
  const c0 = s.c[0]!;
  if (mentions(c0, logT)) throw new NoSeries();
  const u = trim({ valuation: 1, c: s.c.slice(1).map((x) => tidy(divide(x, c0))) });
  let out = constant(one, n);
  let uk = constant(one, n);
  let b: Term = one;
  const steps = u.c.length === 0 ? 0 : Math.ceil(n / Math.max(1, u.valuation));
  for (let k = 1; k <= steps; k++) {
    uk = mul(uk, u);
    b = tidy(times(b, sum(exponent, int(1 - k)), frac(1, k)));
    out = add(out, scale(uk, b));
  }
  const scaled = scale(out, power(c0, exponent));
  return { valuation: scaled.valuation + shift, c: scaled.c };
}

function expand(t: Term, n: number): Series {
  const x = seriesVariable;
  if (!dependsOnName(t, x)) return constant(t, n);
  switch (t.k) {
    case "name":
      return { valuation: 1, c: [one, ...new Array<Term>(Math.max(0, n - 1)).fill(zero)] };
    case "sum":
      return t.terms.map((s) => expand(s, n)).reduce(add);
    case "product":
      return scale(t.factors.map((f) => expand(f, n)).reduce(mul), numTerm(t.coef));
    case "power": {
      if (t.base.id === e.id) return exponential(expand(t.exponent, n), n);
      if (dependsOnName(t.exponent, x)) return exponential(expand(times(t.exponent, call("ln", [t.base])), n), n);
      const base = expand(t.base, n);
      if (isInteger(t.exponent)) {
        const k = smallInt(t.exponent);
        if (k === null || Math.abs(k) > 60) throw new NoSeries();
        const b = k < 0 ? inverse(base) : base;
        let out = b;
        for (let i = 1; i < Math.abs(k); i++) out = mul(out, b);
        return out;
      }
      return fractionalPower(base, t.exponent, n);
    }
    case "call":
      return expandCall(t.name, t.args, n);
    default:
      throw new NoSeries();
  }
}

function expandCall(name: string, args: readonly Term[], n: number): Series {
  if (args.length !== 1) throw new NoSeries();
  const x = args[0]!;
  if (name === "ln") return logarithm(expand(x, n), n);
  switch (name) {
    case "tan":
      return mul(expandCall("sin", args, n), inverse(expandCall("cos", args, n)));
    case "cot":
      return mul(expandCall("cos", args, n), inverse(expandCall("sin", args, n)));
    case "sec":
      return inverse(expandCall("cos", args, n));
    case "csc":
      return inverse(expandCall("sin", args, n));
    case "coth":
      return mul(expandCall("cosh", args, n), inverse(expandCall("sinh", args, n)));
    case "csch":
      return inverse(expandCall("sinh", args, n));
    case "arctan": {
      // arctan u = sign·π/2 − arctan(1/u) where u is large.
      const u = trim(expand(x, n));
      if (u.c.length > 0 && u.valuation < 0) {
        const s = signOf(u.c[0]!);
        if (s === 0) throw new NoSeries();
        return add(constant(call("arctan", [s > 0 ? infinity : negate(infinity)]), n), scale(compose("arctan", inverse(u), n), minusOne));
      }
      return compose("arctan", u, n);
    }
    case "abs": {
      // |u| = ±u by the sign of the leading coefficient, for t > 0.
      const u = trim(expand(x, n));
      if (u.c.length === 0) return u;
      const s = signOf(u.c[0]!);
      if (s === 0) throw new NoSeries();
      return s > 0 ? u : scale(u, minusOne);
    }
    case "sign": {
      const u = trim(expand(x, n));
      const s = u.c.length === 0 ? 0 : signOf(u.c[0]!);
      if (s === 0) throw new NoSeries();
      return constant(int(s), n);
    }
  }
  return compose(name, expand(x, n), n);
}

/** The sign of a real constant; with names, its sign where all of them are positive. 0 when it varies or is not real. */
export function signOf(t: Term): number {
  const names = namesOf(t);
  let found = 0;
  for (const point of samplePoints(names, names.length === 0 ? 1 : 5, true)) {
    const z = evaluate(t, point);
    if (!isFiniteC(z) || Math.abs(z.im) > 1e-12 * Math.max(1, Math.abs(z.re))) return 0;
    const s = Math.sign(z.re);
    if (s === 0 || (found !== 0 && s !== found)) return 0;
    found = s;
  }
  return found;
}

/** The Laurent series of t (in `seriesVariable`) at 0 from the right, computed with `n` terms. Throws NoSeries. */
export const laurent = (t: Term, n: number): Series => trim(expand(t, n));

/** The Taylor or Laurent polynomial of a term at a point: all powers below `order`. */
export function taylorTerm(t: Term, name: string, point: Term, order: number): Term {
  const x = nameTerm(name);
  const atInfinity = point.k === "const" && point.name === "inf";
  const local = replaceName(t, name, atInfinity ? power(nameTerm(seriesVariable), minusOne) : sum(point, nameTerm(seriesVariable)));
  let s: Series = { valuation: 0, c: [] };
  for (const extra of [2, 6, 12]) {
    s = laurent(local, order + extra);
    if (s.c.length === 0 || s.valuation + s.c.length >= order) break;
  }
  const h = atInfinity ? power(x, minusOne) : isZeroTerm(point) ? x : sum(x, negate(point));
  return sumOf(
    s.c.flatMap((c, k) => (s.valuation + k < order ? [times(replaceName(c, logT.name, call("ln", [h])), power(h, int(s.valuation + k)))] : [])),
  );
}
