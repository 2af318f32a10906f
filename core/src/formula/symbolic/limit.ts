// Limits: by value, by Laurent series, and by comparing exponential growth.

import { rational } from "../../linalg/index.js";
import { dependsOnName, generatorTerm, normal, normalFraction } from "./fraction.js";
import { evaluate, realFunction, samplePoints } from "./numeric.js";
import { laurent, logT, NoSeries, type Series, seriesVariable, signOf } from "./series.js";
import { attempt, hasCall, shorten, toExponentials } from "./simplify.js";
import {
  call,
  e,
  half,
  infinity,
  int,
  isZeroTerm,
  mapParts,
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
  sum,
  type Term,
  times,
  zero,
} from "./term.js";

export type Side = "+" | "-";

/** The limit of t as name goes to point; null when it does not exist (two sides differ) or is not known. Checked numerically. */
export function limitTerm(t: Term, name: string, point: Term, side?: Side): Term | null {
  if (!dependsOnName(t, name)) return t;
  if (point.id === infinity.id && hasCall(t, ["factorial", "gamma"])) return limitTerm(stirling(t), name, point, side);
  if (point.id === infinity.id) return checked(oneSided(replaceName(t, name, power(nameTerm(seriesVariable), minusOne))), t, name, (s) => 1 / s);
  if (point.id === negate(infinity).id)
    return checked(oneSided(replaceName(t, name, negate(power(nameTerm(seriesVariable), minusOne)))), t, name, (s) => -1 / s);
  const at = (sign: 1 | -1): Term | null => {
    const local = replaceName(t, name, sum(point, times(int(sign), nameTerm(seriesVariable))));
    const p = namesOf(point).length === 0 ? evaluate(point, new Map()) : null;
    return checked(oneSided(local), t, name, p ? (s) => p.re + sign * s : null);
  };
  if (side) return at(side === "+" ? 1 : -1);
  // From one side first: functions that are real on one side only (√x, ln x) have the limit of that side.
  const right = at(1);
  const left = at(-1);
  if (right && left) {
    if (right.id === left.id || isZeroTerm(attempt(() => normal(minus(right, left))) ?? one)) return right;
    return null;
  }
  if (namesOf(t).length === 1 && namesOf(point).length === 0) {
    const f = realFunction(t, name);
    const p = evaluate(point, new Map()).re;
    const defined = (s: number) => [1e-3, 1e-5].some((h) => Number.isFinite(f(p + s * h)));
    if (right && !defined(-1)) return right;
    if (left && !defined(1)) return left;
    return null;
  }
  return right ?? left;
}

/** Factorials by the leading term of Stirling's series, which is enough for limits of products and quotients. */
function stirling(t: Term): Term {
  const u = mapParts(t, stirling);
  if (u.k !== "call" || (u.name !== "factorial" && u.name !== "gamma")) return u;
  const n = u.name === "gamma" ? minus(u.args[0]!, one) : u.args[0]!;
  return times(power(times(int(2), pi, n), half), power(n, n), power(e, negate(n)));
}

/** A wrong limit is never shown: the function must come close to it along the approach. */
function checked(value: Term | null, t: Term, name: string, path: ((s: number) => number) | null): Term | null {
  if (value === null || path === null) return value;
  const others = namesOf(t).filter((n) => n !== name);
  const point = samplePoints(others, 1)[0] ?? new Map();
  const f = realFunction(t, name, point);
  const target =
    value.id === infinity.id ? Number.POSITIVE_INFINITY : value.id === negate(infinity).id ? Number.NEGATIVE_INFINITY : evaluate(value, point).re;
  const samples = [0.03, 0.01, 0.003, 0.001, 0.0003].map((s) => f(path(s)));
  const finite = samples.filter((y) => Number.isFinite(y));
  if (finite.length < 2) return value;
  if (!Number.isFinite(target))
    return finite[finite.length - 1]! * Math.sign(target) > 0 || finite.every((y, i) => i === 0 || (y - finite[i - 1]!) * Math.sign(target) > 0)
      ? value
      : null;
  const errors = finite.map((y) => Math.abs(y - target));
  const scale = Math.max(1, Math.abs(target));
  const best = Math.min(...errors);
  const shrinking = errors[errors.length - 1]! < errors[0]! || best < 1e-6 * scale;
  return shrinking && best < 0.35 * scale ? value : null;
}

/** The limit for seriesVariable -> 0+. */
function oneSided(t: Term): Term | null {
  // Roots of t are whole powers of its sixth or twelfth root.
  for (const root of [1, 2, 12]) {
    const direct = bySeries(root === 1 ? t : replaceName(t, seriesVariable, power(nameTerm(seriesVariable), int(root))));
    if (direct) return direct;
    if (root === 1 && !hasRoots(t)) break;
  }
  const grown = attempt(() => byGrowth(toExponentials(powersAsExponentials(t))));
  if (grown) return grown;
  return squeezed(t) ?? inside(t);
}

const hasRoots = (t: Term): boolean =>
  (t.k === "power" && t.exponent.k === "num" && t.exponent.r.den !== 1n && dependsOnName(t.base, seriesVariable)) || parts(t).some(hasRoots);

function bySeries(t: Term): Term | null {
  for (const n of [4, 8, 14]) {
    let s: Series;
    try {
      s = laurent(t, n);
    } catch (error) {
      if (error instanceof NoSeries) return null;
      const rethrown = attempt(() => {
        throw error;
      });
      return rethrown;
    }
    if (s.c.length === 0) {
      if (s.valuation > 0 && n >= 8) return zero;
      continue;
    }
    return leadingLimit(s);
  }
  return null;
}

function leadingLimit(s: Series): Term | null {
  const c = s.c[0]!;
  if (s.valuation > 0) return zero;
  if (mentions(c, logT)) {
    // A polynomial in L = ln t -> −∞: its sign far out.
    const far = replaceName(c, logT.name, int(-1_000_000));
    const sg = signOf(far);
    return sg === 0 ? null : sg > 0 ? infinity : negate(infinity);
  }
  if (s.valuation === 0) return shorten(c);
  const sg = signOf(c);
  if (sg === 0) return null;
  return sg > 0 ? infinity : negate(infinity);
}

/** b^{f(t)} with a varying exponent as e^{f ln b}. */
const powersAsExponentials = (t: Term): Term => {
  const u = mapParts(t, powersAsExponentials);
  if (u.k !== "power" || u.base.id === e.id || !dependsOnName(u.exponent, seriesVariable)) return u;
  return power(e, times(u.exponent, call("ln", [u.base])));
};

/** Numerator and denominator as sums of c(t)·e^{g(t)}; the fastest growing exponential decides. */
function byGrowth(t: Term): Term | null {
  const { fraction: f, ring } = normalFraction(t);
  const split = (p: typeof f.num): { rate: Term; factor: Term }[] => {
    const groups = new Map<string, { rate: Term; factor: Term[] }>();
    for (const m of p.terms.values()) {
      let rate: Term = zero;
      const rest: Term[] = [numTerm(m.c)];
      m.e.forEach((k, i) => {
        if (k === 0) return;
        const g = ring.generators[i]!;
        const whole = generatorTerm(g, k);
        if (dependsOnName(g.exponent, seriesVariable)) rate = sum(rate, times(numTerm(rational(k, g.root)), g.exponent, call("ln", [g.base])));
        else rest.push(whole);
      });
      const found = groups.get(rate.id);
      if (found) found.factor.push(productOf(rest));
      else groups.set(rate.id, { rate, factor: [productOf(rest)] });
    }
    return [...groups.values()].map((g) => ({ rate: g.rate, factor: g.factor.reduce((a, b) => sum(a, b)) }));
  };
  const top = dominant(split(f.num));
  const bottom = dominant(split(f.den));
  if (!top || !bottom) return null;
  const difference = growth(minus(top.rate, bottom.rate));
  if (difference === null) return null;
  const ratio = times(top.factor, power(bottom.factor, minusOne));
  if (difference.kind === "bounded") return bySeries(times(ratio, power(e, minus(top.rate, bottom.rate))));
  if (difference.sign < 0) return boundedByPower(ratio) ? zero : null;
  const lead = seriesOf(ratio);
  const sg = lead && lead.c.length > 0 ? signOf(mentions(lead.c[0]!, logT) ? replaceName(lead.c[0]!, logT.name, int(-1_000_000)) : lead.c[0]!) : 0;
  return sg === 0 ? null : sg > 0 ? infinity : negate(infinity);
}
const seriesOf = (t: Term): Series | null => {
  for (const root of [1, 2]) {
    // Only signs and orders of growth are read from it, so t may be replaced by t².
    const u = root === 1 ? t : replaceName(t, seriesVariable, power(nameTerm(seriesVariable), int(root)));
    for (const n of [3, 8]) {
      try {
        const s = laurent(u, n);
        if (s.c.length > 0) return s;
      } catch (error) {
        if (!(error instanceof NoSeries)) throw error;
        break;
      }
    }
    if (!hasRoots(t)) return null;
  }
  return null;
};
/** A Laurent series, or a bounded oscillation times one, is beaten by any exponential. */
const boundedByPower = (t: Term): boolean => seriesOf(t) !== null || seriesOf(withoutOscillation(t)) !== null;
const withoutOscillation = (t: Term): Term =>
  t.k === "call" && (t.name === "sin" || t.name === "cos") ? int(t.name === "sin" ? 5 : 7) : mapParts(t, withoutOscillation);

type Growth = { readonly kind: "bounded" } | { readonly kind: "unbounded"; readonly sign: number };
function growth(rate: Term): Growth | null {
  if (isZeroTerm(rate)) return { kind: "bounded" };
  const s = seriesOf(rate);
  if (!s) {
    // Exponentials inside exponents grow faster still.
    const l = attempt(() => byGrowth(rate));
    return l === null
      ? null
      : l.id === infinity.id
        ? { kind: "unbounded", sign: 1 }
        : l.id === negate(infinity).id
          ? { kind: "unbounded", sign: -1 }
          : { kind: "bounded" };
  }
  if (s.c.length === 0 || s.valuation > 0) return { kind: "bounded" };
  const lead = s.c[0]!;
  if (s.valuation === 0 && !mentions(lead, logT)) return { kind: "bounded" };
  // c·ln t alone is a power of t, which the series of the exponential knows.
  if (s.valuation === 0) return { kind: "bounded" };
  const sg = signOf(mentions(lead, logT) ? replaceName(lead, logT.name, int(-1_000_000)) : lead);
  return sg === 0 ? null : { kind: "unbounded", sign: sg };
}

function dominant(parts: readonly { rate: Term; factor: Term }[]): { rate: Term; factor: Term } | null {
  let best = parts[0] ?? null;
  for (const p of parts.slice(1)) {
    const d = growth(minus(p.rate, best!.rate));
    if (d === null) return null;
    if (d.kind === "bounded") best = { rate: best!.rate, factor: sum(best!.factor, times(p.factor, power(e, minus(p.rate, best!.rate)))) };
    else if (d.sign > 0) best = p;
  }
  return best;
}

/** Bounded oscillation times something that vanishes. */
function squeezed(t: Term): Term | null {
  if (t.k !== "product" && t.k !== "call") return null;
  const factors = t.k === "product" ? t.factors : [t];
  const wild = factors.filter((f) => f.k === "call" && (f.name === "sin" || f.name === "cos") && seriesOf(f) === null);
  if (wild.length === 0) return null;
  const rest = productOf([numTerm(t.k === "product" ? t.coef : rational(1)), ...factors.filter((f) => !wild.includes(f))]);
  const l = oneSided(rest);
  return l && isZeroTerm(l) ? zero : null;
}

/** A continuous function of something with a limit; sums and products of things with finite limits. */
function inside(t: Term): Term | null {
  if (t.k === "sum" || t.k === "product") {
    const parts = t.k === "sum" ? t.terms : t.factors;
    const limits = parts.map((p) => (dependsOnName(p, seriesVariable) ? oneSided(p) : p));
    if (limits.some((l) => l === null)) return null;
    const infinite = (limits as Term[]).filter((l) => mentions(l, infinity));
    if (infinite.length === 0)
      return t.k === "sum" ? (limits as Term[]).reduce((a, b) => sum(a, b)) : productOf([numTerm(t.coef), ...(limits as Term[])]);
    if (t.k === "sum" && new Set(infinite.map((l) => l.id)).size === 1) return infinite[0]!;
    return null;
  }
  if (t.k === "call" && t.args.length === 1) {
    const l = oneSided(t.args[0]!);
    if (!l) return null;
    const limit = { arctan: true, tanh: true, erf: true, ln: true }[t.name];
    if (mentions(l, infinity)) return limit ? call(t.name, [l]) : null;
    return attempt(() => call(t.name, [l]));
  }
  if (t.k === "power") {
    const l = oneSided(times(t.exponent, call("ln", [t.base])));
    if (!l) return null;
    return l.id === infinity.id ? infinity : l.id === negate(infinity).id ? zero : power(e, l);
  }
  return null;
}
