// Making terms short: cheap tidying for every result, and the search behind the simplify command.

import { FormulaFailure } from "../../expr/index.js";
import { factorTerm } from "./factor.js";
import { normal } from "./fraction.js";
import { expandTerm, together } from "./normal.js";
import { sameValues } from "./numeric.js";
import {
  type CallTerm,
  call,
  divide,
  e,
  half,
  imaginary,
  isNum,
  mapParts,
  mentions,
  minus,
  minusOne,
  namesOf,
  negate,
  numTerm,
  one,
  power,
  productOf,
  sign,
  size,
  splitCoefficient,
  square,
  sum,
  sumOf,
  type Term,
  times,
  two,
} from "./term.js";

const tooLarge = 400;

/** Runs a rewriting that may give up on size. */
export function attempt<T>(f: () => T): T | null {
  try {
    return f();
  } catch (error) {
    if (
      error instanceof FormulaFailure &&
      (error.error.kind === "too-large" ||
        error.error.kind === "divide-by-zero" ||
        error.error.kind === "unsupported" ||
        error.error.kind === "internal")
    )
      return null;
    throw error;
  }
}

/** The term, or its cancelled or expanded form when that is shorter: what results are shown as. Never changes the meaning. */
export function shorten(t: Term): Term {
  const n = size(t);
  if (n <= 3 || n > tooLarge) return t;
  let best = t;
  let least = cost(t);
  for (const f of [together, expandTerm]) {
    const u = attempt(() => f(t));
    if (u && cost(u) < least - 1) [best, least] = [u, cost(u)];
  }
  if (namesOf(t).length === 0 && holdsRootOfSum(best)) {
    const u = attempt(() => denest(best));
    if (u && cost(u) < least) [best, least] = [u, cost(u)];
  }
  return pythagorean(best, least);
}

/** √(3 + 2√2) somewhere inside. */
const holdsRootOfSum = (t: Term): boolean => (t.k === "power" && t.exponent.id === "1/2" && t.base.k === "sum") || partsOf(t).some(holdsRootOfSum);

/** sin² + cos² = 1 and cosh² − sinh² = 1, where that shortens a sum. */
function pythagorean(t: Term, least: number): Term {
  if (!holdsSquares(t)) return t;
  let best = t;
  // Two functions fewer: cos² − sin² stays, and is not 2 cos² − 1.
  const most = countCalls(t) - 2;
  for (const trade of trades) {
    const u = attempt(() => expandTerm(trade(t)));
    if (u && countCalls(u) <= most && cost(u) < least - 1) [best, least] = [u, cost(u)];
  }
  return best;
}

const countCalls = (t: Term): number => partsOf(t).reduce((n, p) => n + countCalls(p), t.k === "call" ? 1 : 0);

/** Squares of two functions that are partners, in one sum. */
function holdsSquares(t: Term): boolean {
  const found = new Set<string>();
  const visit = (u: Term): void => {
    if (u.k === "power" && isNum(u.exponent) && u.exponent.r.num >= 2n && u.base.k === "call") found.add(u.base.name);
    for (const p of partsOf(u)) visit(p);
  };
  visit(t);
  return (found.has("sin") && found.has("cos")) || (found.has("sinh") && found.has("cosh"));
}

/** What "simple" is measured by: nodes, with negative powers, large numbers and nested functions a little dearer. */
export function cost(t: Term): number {
  let c = size(t);
  const visit = (u: Term) => {
    if (u.k === "num") c += Math.max(0, u.r.num.toString().length + u.r.den.toString().length - 6) / 4;
    if (u.k === "product") c += u.coef.den === 1n ? 0 : 0.5;
    if (u.k === "power" && isNum(u.exponent) && sign(u.exponent.r) < 0) c += 0.2;
    for (const p of partsOf(u)) visit(p);
  };
  visit(t);
  return c;
}
const partsOf = (t: Term): readonly Term[] =>
  t.k === "sum" ? t.terms : t.k === "product" ? t.factors : t.k === "power" ? [t.base, t.exponent] : t.k === "call" ? t.args : [];

const mapDeep = (t: Term, f: (u: Term) => Term): Term => f(mapParts(t, (p) => mapDeep(p, f)));

/** tan, sec, csc, cot in sines and cosines. */
export const toSinCos = (t: Term): Term =>
  mapDeep(t, (u) => {
    if (u.k !== "call" || u.args.length !== 1) return u;
    const x = u.args[0]!;
    switch (u.name) {
      case "tan":
        return divide(call("sin", [x]), call("cos", [x]));
      case "cot":
        return divide(call("cos", [x]), call("sin", [x]));
      case "sec":
        return power(call("cos", [x]), minusOne);
      case "csc":
        return power(call("sin", [x]), minusOne);
      case "tanh":
        return divide(call("sinh", [x]), call("cosh", [x]));
      case "coth":
        return divide(call("cosh", [x]), call("sinh", [x]));
      case "sech":
        return power(call("cosh", [x]), minusOne);
      case "csch":
        return power(call("sinh", [x]), minusOne);
      default:
        return u;
    }
  });

/** Hyperbolic functions and the sigmoid in exponentials. */
export const toExponentials = (t: Term): Term =>
  mapDeep(t, (u) => {
    if (u.k !== "call" || u.args.length !== 1) return u;
    const [p, q] = [power(e, u.args[0]!), power(e, negate(u.args[0]!))];
    switch (u.name) {
      case "sinh":
        return times(half, minus(p, q));
      case "cosh":
        return times(half, sum(p, q));
      case "tanh":
        return divide(minus(p, q), sum(p, q));
      case "coth":
        return divide(sum(p, q), minus(p, q));
      case "sech":
        return divide(two, sum(p, q));
      case "csch":
        return divide(two, minus(p, q));
      case "sigmoid":
        return power(sum(one, q), minusOne);
      case "softplus":
        return call("ln", [sum(one, p)]);
      default:
        return u;
    }
  });

/** Sines and cosines as complex exponentials. */
export const trigToExponentials = (t: Term): Term =>
  mapDeep(toSinCos(t), (u) => {
    if (u.k !== "call" || (u.name !== "sin" && u.name !== "cos")) return u;
    const [p, q] = [power(e, times(imaginary, u.args[0]!)), power(e, times(minusOne, imaginary, u.args[0]!))];
    return u.name === "cos" ? times(half, sum(p, q)) : times(half, minusOne, imaginary, minus(p, q));
  });

/** Sums of e^{iu} as sums of cos u and sin u: products and powers of sines and cosines become multiple angles. */
export function multipleAngles(t: Term): Term | null {
  if (!hasCall(t, ["sin", "cos"])) return null;
  const expanded = attempt(() => expandTerm(trigToExponentials(t)));
  if (!expanded || size(expanded) > 2_000) return null;
  const out = sumOf(
    (expanded.k === "sum" ? expanded.terms : [expanded]).map((s) => {
      const factors = s.k === "product" ? s.factors : [s];
      const turn = factors.find((f) => f.k === "power" && f.base.id === e.id && mentions(f.exponent, imaginary));
      if (turn?.k !== "power") return s;
      const parts = turn.exponent.k === "sum" ? turn.exponent.terms : [turn.exponent];
      const real = sumOf(parts.filter((p) => !mentions(p, imaginary)));
      const angle = sumOf(parts.filter((p) => mentions(p, imaginary)).map((p) => times(p, minusOne, imaginary)));
      const rest = divide(s, turn);
      return times(rest, power(e, real), sum(call("cos", [angle]), times(imaginary, call("sin", [angle]))));
    }),
  );
  return attempt(() => expandTerm(out));
}

export const hasCall = (t: Term, names: readonly string[]): boolean =>
  (t.k === "call" && names.includes(t.name)) || partsOf(t).some((p) => hasCall(p, names));

/** Even powers of one function traded for its partner: sin² = 1 − cos², cosh² = 1 + sinh². */
const tradeSquares =
  (from: string, to: (x: Term) => Term) =>
  (t: Term): Term =>
    mapDeep(t, (u) => {
      if (u.k !== "power" || !isNum(u.exponent) || u.exponent.r.den !== 1n || u.exponent.r.num < 2n || u.exponent.r.num > 40n) return u;
      if (u.base.k !== "call" || u.base.name !== from) return u;
      const n = u.exponent.r.num;
      const x = u.base.args[0]!;
      return productOf([power(to(x), numTerm({ num: n / 2n, den: 1n })), ...(n % 2n === 1n ? [u.base] : [])]);
    });

const trades = [
  tradeSquares("sin", (x) => minus(one, square(call("cos", [x])))),
  tradeSquares("cos", (x) => minus(one, square(call("sin", [x])))),
  tradeSquares("sinh", (x) => minus(square(call("cosh", [x])), one)),
  tradeSquares("cosh", (x) => sum(one, square(call("sinh", [x])))),
];

/** ln of products and powers taken apart (names are taken as positive). */
export const expandLogs = (t: Term): Term =>
  mapDeep(t, (u) => {
    if (u.k !== "call" || u.name !== "ln") return u;
    const x = attempt(() => factorTerm(u.args[0]!)) ?? u.args[0]!;
    const factors = x.k === "product" ? [numTerm(x.coef), ...x.factors] : [x];
    if (x.k === "product" && sign(x.coef) < 0) return u;
    return sumOf(
      factors.map((f) => {
        if (f.k === "num" && f.r.den !== 1n)
          return minus(call("ln", [numTerm({ num: f.r.num, den: 1n })]), call("ln", [numTerm({ num: f.r.den, den: 1n })]));
        return f.k === "power" ? times(f.exponent, call("ln", [f.base])) : call("ln", [f]);
      }),
    );
  });

/** a ln x + b ln y as one logarithm, for rational a, b. */
export function joinLogs(t: Term): Term {
  if (t.k !== "sum") return t;
  const logs: Term[] = [];
  const rest: Term[] = [];
  for (const s of t.terms) {
    const { coef, rest: r } = splitCoefficient(s);
    if (r.k === "call" && r.name === "ln" && coef.den <= 4n) logs.push(power(r.args[0]!, numTerm(coef)));
    else rest.push(s);
  }
  if (logs.length < 2) return t;
  const inside = attempt(() => together(productOf(logs)));
  return inside ? sumOf([call("ln", [inside]), ...rest]) : t;
}

/** Roots of squares and nested radicals: √(a + b√c) = √x ± √y where that works out. */
export const denest = (t: Term): Term =>
  mapDeep(t, (u) => {
    if (u.k !== "power" || u.exponent.id !== "1/2") return u;
    const s = u.base;
    if (s.k !== "sum" || s.terms.length !== 2) return factoredRoot(u, s);
    const [a, b] = isNum(s.terms[0]!) ? [s.terms[0]!, s.terms[1]!] : [s.terms[1]!, s.terms[0]!];
    if (!isNum(a) || namesOf(b).length > 0 || b.k === "num") return factoredRoot(u, s);
    const d = power(minus(square(a), square(b)), half);
    if (!isNum(d)) return u;
    const [x, y] = [power(times(half, sum(a, d)), half), power(times(half, minus(a, d)), half)];
    const plus = sign(splitCoefficient(b).coef) > 0 ? sum(x, y) : minus(x, y);
    return sameValues(plus, u, []) ? plus : u;
  });
function factoredRoot(u: Term, s: Term): Term {
  const f = attempt(() => factorTerm(s));
  return f && f.k !== "sum" && f.id !== s.id ? power(f, half) : u;
}

const ratios = (t: Term): Term =>
  mapDeep(t, (u) => {
    if (u.k !== "product") return u;
    // sin x / cos x = tan x
    for (const f of u.factors) {
      const [base, k] = f.k === "power" && isNum(f.exponent) ? [f.base, f.exponent.r] : [f, { num: 1n, den: 1n }];
      if (base.k !== "call" || k.den !== 1n) continue;
      const partner = ({ sin: "cos", cos: "sin", sinh: "cosh", cosh: "sinh" } as const)[base.name as "sin"];
      if (!partner || k.num < 1n) continue;
      const below = u.factors.find(
        (g) =>
          g.k === "power" &&
          isNum(g.exponent) &&
          g.exponent.r.num === -k.num &&
          g.exponent.r.den === 1n &&
          g.base.k === "call" &&
          g.base.name === partner &&
          g.base.args[0]!.id === base.args[0]!.id,
      );
      if (!below) continue;
      const name = ({ sin: "tan", cos: "cot", sinh: "tanh", cosh: "coth" } as const)[base.name as "sin"];
      const rest = u.factors.filter((g) => g !== f && g !== below);
      return productOf([numTerm(u.coef), power(call(name, base.args), numTerm(k)), ...rest]);
    }
    return u;
  });

const factorials = (t: Term): Term =>
  mapDeep(t, (u) => {
    // (x + n)!/(x)! cancels: write the larger in terms of the smaller.
    if (u.k !== "product") return u;
    const known = u.factors
      .filter((f) => (f.k === "call" ? f : f.k === "power" ? f.base : f).k === "call")
      .map((f) => (f.k === "power" ? f.base : f) as CallTerm)
      .filter((c) => c.name === "factorial" || c.name === "gamma");
    for (const a of known)
      for (const b of known) {
        if (a.name !== b.name) continue;
        const d = minus(a.args[0]!, b.args[0]!);
        if (!isNum(d) || d.r.den !== 1n || d.r.num < 1n || d.r.num > 30n) continue;
        const shift = a.name === "gamma" ? 0n : 1n;
        const climb = productOf(Array.from({ length: Number(d.r.num) }, (_, i) => sum(b.args[0]!, numTerm({ num: BigInt(i) + shift, den: 1n }))));
        return mapParts(u, (p) => (p.id === a.id ? times(b, climb) : p.k === "power" && p.base.id === a.id ? power(times(b, climb), p.exponent) : p));
      }
    return u;
  });

/** sin 2u and cos 2u in u; sines and cosines of sums in their parts. */
const halveAngles =
  (cosine: (x: Term) => Term) =>
  (t: Term): Term | null =>
    hasCall(t, ["sin", "cos"])
      ? mapDeep(t, (u) => {
          if (u.k !== "call" || (u.name !== "sin" && u.name !== "cos")) return u;
          const { coef, rest } = splitCoefficient(u.args[0]!);
          if (coef.den !== 1n || coef.num % 2n !== 0n || isNum(rest)) return u;
          const x = times(numTerm({ num: coef.num / 2n, den: 1n }), rest);
          return u.name === "sin" ? productOf([two, call("sin", [x]), call("cos", [x])]) : cosine(x);
        })
      : null;
const splitAngles = (t: Term): Term | null =>
  hasCall(t, ["sin", "cos"])
    ? mapDeep(t, (u) => {
        if (u.k !== "call" || (u.name !== "sin" && u.name !== "cos") || u.args[0]!.k !== "sum") return u;
        const [first, ...others] = u.args[0]!.terms;
        const [a, b] = [first!, sumOf(others)];
        const [sa, ca, sb, cb] = [call("sin", [a]), call("cos", [a]), call("sin", [b]), call("cos", [b])];
        return u.name === "sin" ? sum(times(sa, cb), times(ca, sb)) : minus(times(ca, cb), times(sa, sb));
      })
    : null;
const expandOrNull = (t: Term | null): Term | null => t && expandTerm(t);

const rewritings: readonly ((t: Term) => Term | null)[] = [
  normal,
  together,
  expandTerm,
  factorTerm,
  ...trades.map((f) => (t: Term) => expandTerm(f(t))),
  ...trades.map((f) => (t: Term) => together(f(t))),
  (t) => (hasCall(t, ["tan", "cot", "sec", "csc", "tanh", "coth", "sech", "csch"]) ? together(toSinCos(t)) : null),
  (t) => ratios(t),
  (t) => multipleAngles(t),
  (t) => (hasCall(t, ["sinh", "cosh", "tanh", "sigmoid"]) ? together(toExponentials(t)) : null),
  (t) => (hasCall(t, ["ln"]) ? expandTerm(expandLogs(t)) : null),
  (t) => expandOrNull(halveAngles((x) => minus(one, times(two, square(call("sin", [x])))))(t)),
  (t) => expandOrNull(halveAngles((x) => minus(times(two, square(call("cos", [x]))), one))(t)),
  (t) => expandOrNull(splitAngles(t)),
  joinLogs,
  denest,
  factorials,
];

/**
 * The shortest form found by a small best-first search over rewritings; every step is checked at sample points.
 * `extra` adds rewritings (the engine's). Cost: at most 60 rewritten forms.
 */
export function simplifyTerm(t: Term, extra: readonly ((t: Term) => Term | null)[] = []): Term {
  if (size(t) > tooLarge) return shorten(t);
  const names = namesOf(t);
  const positive = hasCall(t, ["ln"]);
  let best = t;
  const seen = new Set([t.id]);
  let frontier: Term[] = [t];
  let work = 0;
  for (let round = 0; round < 3 && frontier.length > 0; round++) {
    const next: Term[] = [];
    for (const u of frontier) {
      for (const f of [...rewritings, ...(round === 0 ? extra : [])]) {
        if (++work > 90) break;
        const v = attempt(() => f(u));
        if (!v || seen.has(v.id) || size(v) > 3 * size(t) + 40) continue;
        seen.add(v.id);
        if (sameValues(t, v, names, 5, 1e-8, positive) === false) continue;
        next.push(v);
        if (cost(v) < cost(best) - 1e-9) best = v;
      }
    }
    next.sort((a, b) => cost(a) - cost(b));
    frontier = next.slice(0, 4);
    if (isNum(best) || best.k === "name") break;
  }
  // Inside functions too: √(x² + 2x + 1), sin(x + x).
  const inner = mapParts(best, (p) =>
    p.k === "call" || p.k === "power" || p.k === "sum" ? (size(p) < size(best) && size(p) > 3 ? simplifyShallow(p) : p) : p,
  );
  return cost(inner) < cost(best) && sameValues(t, inner, names) !== false ? inner : best;
}

function simplifyShallow(t: Term): Term {
  let best = t;
  for (const f of rewritings) {
    const v = attempt(() => f(t));
    if (v && cost(v) < cost(best) && sameValues(t, v, namesOf(t)) !== false) best = v;
  }
  return best;
}
