// Known values and symmetries of the elementary functions: sin(π/6), ln e, arctan 1, |−3|, 5!.

import { addRational, compareRational, multiplyRational, negateRational, type Rational, rational, subtractRational } from "../../linalg/index.js";
import { evaluate } from "./numeric.js";
import {
  type CallTerm,
  divide,
  e,
  floatTerm,
  frac,
  half,
  imaginary,
  infinity,
  int,
  isFloat,
  isInteger,
  isOne,
  isPositive,
  isZeroTerm,
  mentions,
  minus,
  namesOf,
  negate,
  numTerm,
  one,
  perfectPower,
  pi,
  power,
  productOf,
  rawCall,
  sign,
  splitCoefficient,
  sqrt,
  sum,
  type Term,
  times,
  two,
  zero,
} from "./term.js";

/** name(args) with its value where that is known exactly. */
export function callTerm(name: string, args: readonly Term[]): Term {
  // A function of floating-point numbers is a number.
  if (args.length > 0 && args.every((a) => a.k === "num") && args.some((a) => a.k === "num" && isFloat(a.r))) {
    const z = evaluate(rawCall(name, args), new Map());
    if (Number.isFinite(z.re) && z.im === 0) return floatTerm(z.re);
  }
  const rule = rules[name];
  return rule?.(...args) ?? rawCall(name, args);
}

type Rule = (...args: readonly Term[]) => Term | null;

const isNegative = (t: Term): boolean => {
  if (t.k === "sum")
    return (
      t.terms.every((s) => sign(splitCoefficient(s).coef) < 0) ||
      (sign(splitCoefficient(t.terms[0]!).coef) < 0 && t.terms.length === 2 && sign(splitCoefficient(t.terms[1]!).coef) < 0)
    );
  return sign(splitCoefficient(t).coef) < 0;
};
const odd =
  (name: string, rule: Rule): Rule =>
  (x) =>
    rule(x!) ?? (isNegative(x!) ? negate(callTerm(name, [negate(x!)])) : null);
const even =
  (name: string, rule: Rule): Rule =>
  (x) =>
    rule(x!) ?? (isNegative(x!) ? callTerm(name, [negate(x!)]) : hasBars(x!) ? callTerm(name, [withoutBars(x!)]) : null);
/** f(c|u|) = f(cu) for even f. */
const hasBars = (t: Term): boolean =>
  (t.k === "call" && t.name === "abs" && !mentions(t, imaginary)) || (t.k === "product" && t.factors.length === 1 && hasBars(t.factors[0]!));
const withoutBars = (t: Term): Term => (t.k === "product" ? times(numTerm(t.coef), withoutBars(t.factors[0]!)) : t.k === "call" ? t.args[0]! : t);
const isInf = (t: Term, s: 1 | -1): boolean => t.id === (s > 0 ? infinity : negate(infinity)).id;

/** q when the term is qπ. */
function piMultiple(t: Term): Rational | null {
  if (isZeroTerm(t)) return rational(0);
  const { coef, rest } = splitCoefficient(t);
  return rest.id === pi.id ? coef : null;
}

/** sin(qπ) for q in [0, 1/2] with denominators 1, 2, 3, 4, 5, 6, 8, 10, 12. */
const firstQuadrant: Readonly<Record<string, () => Term>> = {
  "0/1": () => zero,
  "1/12": () => divide(minus(sqrt(int(6)), sqrt(two)), int(4)),
  "1/10": () => divide(minus(sqrt(int(5)), one), int(4)),
  "1/8": () => divide(sqrt(minus(two, sqrt(two))), two),
  "1/6": () => half,
  "1/4": () => divide(sqrt(two), two),
  "1/3": () => divide(sqrt(int(3)), two),
  "3/10": () => divide(sum(sqrt(int(5)), one), int(4)),
  "3/8": () => divide(sqrt(sum(two, sqrt(two))), two),
  "5/12": () => divide(sum(sqrt(int(6)), sqrt(two)), int(4)),
  "1/2": () => one,
};

function sinPi(q: Rational): Term | null {
  const whole = rational(2);
  let r = subtractRational(q, multiplyRational(whole, rational(floorBig(rational(q.num, q.den * 2n)))));
  let negative = false;
  if (compareRational(r, rational(1)) >= 0) {
    r = subtractRational(r, rational(1));
    negative = true;
  }
  if (compareRational(r, rational(1, 2)) > 0) r = subtractRational(rational(1), r);
  const value = firstQuadrant[`${r.num}/${r.den}`]?.();
  return value === undefined ? null : negative ? negate(value) : value;
}
const floorBig = (r: Rational): bigint => (r.num >= 0n ? r.num / r.den : -((-r.num + r.den - 1n) / r.den));
const cosPi = (q: Rational): Term | null => sinPi(addRational(q, rational(1, 2)));

/** A summand that is a whole multiple of π (or of π/2) shifts sine and cosine. */
function shift(x: Term): { half: number; rest: Term } | null {
  if (x.k !== "sum") return null;
  for (const t of x.terms) {
    const q = piMultiple(t);
    if (q && (q.den === 1n || q.den === 2n)) return { half: Number((((q.num * (2n / q.den)) % 4n) + 4n) % 4n), rest: minus(x, t) };
  }
  return null;
}

const arcTable: readonly [value: () => Term, asin: Rational][] = [
  [() => zero, rational(0)],
  [() => half, rational(1, 6)],
  [() => divide(sqrt(two), two), rational(1, 4)],
  [() => divide(sqrt(int(3)), two), rational(1, 3)],
  [() => one, rational(1, 2)],
];
const tanTable: readonly [value: () => Term, atan: Rational][] = [
  [() => zero, rational(0)],
  [() => divide(sqrt(int(3)), int(3)), rational(1, 6)],
  [() => one, rational(1, 4)],
  [() => sqrt(int(3)), rational(1, 3)],
  [() => minus(two, sqrt(int(3))), rational(1, 12)],
  [() => sum(two, sqrt(int(3))), rational(5, 12)],
];
const lookUp = (table: readonly [() => Term, Rational][], x: Term): Term | null => {
  for (const [value, q] of table) if (value().id === x.id) return times(numTerm(q), pi);
  return null;
};
const inner = (x: Term, name: string): Term | null => (x.k === "call" && x.name === name ? x.args[0]! : null);

const numbers = (args: readonly Term[]): Rational[] | null => (args.every((a) => a.k === "num") ? args.map((a) => (a as { r: Rational }).r) : null);
const rounding =
  (f: (r: Rational) => bigint): Rule =>
  (x) =>
    x!.k === "num" ? int(f(x!.r)) : null;

export function factorialBig(n: bigint): bigint | null {
  if (n < 0n || n > 5000n) return null;
  let f = 1n;
  for (let i = 2n; i <= n; i++) f *= i;
  return f;
}

/** log_b(a) when a is a rational power of b. */
function rationalLog(base: Rational, x: Rational): Rational | null {
  const asPower = (r: Rational): { b: bigint; k: number } | null => {
    const s = r.den === 1n ? { n: r.num, f: 1 } : r.num === 1n ? { n: r.den, f: -1 } : null;
    if (!s || s.n < 2n) return null;
    const p = perfectPower(s.n);
    return p ? { b: p.base, k: p.exponent * s.f } : { b: s.n, k: s.f };
  };
  const [p, q] = [asPower(base), asPower(x)];
  if (p && q && p.b === q.b) return rational(q.k, p.k);
  if (p && x.num > 0n) {
    // Powers beyond perfectPower's range: divide out.
    let n = x.den === 1n ? x.num : x.num === 1n ? x.den : 0n;
    let k = 0;
    while (n > 1n && n % p.b === 0n) {
      n /= p.b;
      k++;
    }
    if (n === 1n && k > 0) return rational(x.den === 1n ? k : -k, p.k);
  }
  return null;
}

const rules: Readonly<Record<string, Rule>> = {
  sqrt: (x) => sqrt(x!),
  root: (x, n) => (n === undefined ? sqrt(x!) : power(x!, power(n, int(-1)))),
  degrees: (x) => times(frac(1, 180), pi, x!),
  arcoth: (x) => callTerm("artanh", [power(x!, int(-1))]),
  arsech: (x) => callTerm("arcosh", [power(x!, int(-1))]),
  arcsch: (x) => callTerm("arsinh", [power(x!, int(-1))]),
  cbrt: (x) => power(x!, frac(1, 3)),
  exp: (x) => power(e, x!),
  lg: (x) => callTerm("log", [x!, int(10)]),
  log10: (x) => callTerm("log", [x!, int(10)]),
  log2: (x) => callTerm("log", [x!, two]),
  log: (x, b) => {
    if (b === undefined) return callTerm("ln", [x!]);
    if (x!.k === "num" && b.k === "num" && sign(x!.r) > 0 && sign(b.r) > 0) {
      const q = isOne(x!) ? rational(0) : rationalLog(b.r, x!.r);
      if (q) return numTerm(q);
    }
    return divide(callTerm("ln", [x!]), callTerm("ln", [b]));
  },
  ln: (x) => {
    const t = x!;
    if (isOne(t)) return zero;
    if (t.id === e.id) return one;
    if (isInf(t, 1)) return infinity;
    if (t.id === imaginary.id) return times(half, imaginary, pi);
    if (t.k === "num" && sign(t.r) < 0) return sum(callTerm("ln", [numTerm(negateRational(t.r))]), times(imaginary, pi));
    if (t.k === "num" && t.r.num === 1n && t.r.den > 1n) return negate(callTerm("ln", [int(t.r.den)]));
    if (isInteger(t)) {
      const p = perfectPower(t.r.num);
      if (p) return times(int(p.exponent), callTerm("ln", [int(p.base)]));
    }
    if (t.k === "power" && t.base.id === e.id && !mentions(t.exponent, imaginary)) return t.exponent;
    if (t.k === "power" && t.base.k === "num" && sign(t.base.r) > 0 && !mentions(t.exponent, imaginary))
      return times(t.exponent, callTerm("ln", [t.base]));
    if (t.k === "power" && isPositive(t.base) && t.exponent.k === "num") return times(t.exponent, callTerm("ln", [t.base]));
    return null;
  },
  sin: odd("sin", (x) => {
    const q = piMultiple(x!);
    if (q) return sinPi(q);
    const u = inner(x!, "arcsin");
    if (u) return u;
    const v = inner(x!, "arccos");
    if (v) return sqrt(minus(one, power(v, two)));
    const w = inner(x!, "arctan");
    if (w) return divide(w, sqrt(sum(one, power(w, two))));
    const s = shift(x!);
    if (!s) return null;
    const f = callTerm(s.half % 2 ? "cos" : "sin", [s.rest]);
    return s.half >= 2 ? negate(f) : f;
  }),
  cos: even("cos", (x) => {
    const q = piMultiple(x!);
    if (q) return cosPi(q);
    const u = inner(x!, "arccos");
    if (u) return u;
    const v = inner(x!, "arcsin");
    if (v) return sqrt(minus(one, power(v, two)));
    const w = inner(x!, "arctan");
    if (w) return power(sum(one, power(w, two)), frac(-1, 2));
    const s = shift(x!);
    if (!s) return null;
    const f = callTerm(s.half % 2 ? "sin" : "cos", [s.rest]);
    return s.half === 1 || s.half === 2 ? negate(f) : f;
  }),
  tan: odd("tan", (x) => {
    const q = piMultiple(x!);
    if (q) {
      const [s, c] = [sinPi(q), cosPi(q)];
      if (s && c && isZeroTerm(c)) return null;
      const known = tanPi(q);
      if (known) return known;
      return s && c ? divide(s, c) : null;
    }
    const u = inner(x!, "arctan");
    if (u) return u;
    const s = shift(x!);
    return s && s.half % 2 === 0 ? callTerm("tan", [s.rest]) : null;
  }),
  cot: odd("cot", (x) => reciprocal("tan", x!)),
  sec: even("sec", (x) => reciprocal("cos", x!)),
  csc: odd("csc", (x) => reciprocal("sin", x!)),
  arcsin: odd("arcsin", (x) => lookUp(arcTable, x!)),
  arccos: (x) => {
    const direct = lookUp(arcTable, x!);
    if (direct) return minus(times(half, pi), direct);
    const mirrored = lookUp(arcTable, negate(x!));
    return mirrored ? sum(times(half, pi), mirrored) : null;
  },
  arctan: odd("arctan", (x) => (isInf(x!, 1) ? times(half, pi) : isInf(x!, -1) ? times(frac(-1, 2), pi) : lookUp(tanTable, x!))),
  arccot: (x) => minus(times(half, pi), callTerm("arctan", [x!])),
  arcsec: (x) => callTerm("arccos", [power(x!, int(-1))]),
  arccsc: (x) => callTerm("arcsin", [power(x!, int(-1))]),
  sinh: odd("sinh", (x) => (isZeroTerm(x!) ? zero : inner(x!, "arsinh"))),
  cosh: even("cosh", (x) => (isZeroTerm(x!) ? one : inner(x!, "arcosh"))),
  tanh: odd("tanh", (x) => (isZeroTerm(x!) ? zero : isInf(x!, 1) ? one : inner(x!, "artanh"))),
  coth: odd("coth", () => null),
  sech: even("sech", (x) => (isZeroTerm(x!) ? one : null)),
  csch: odd("csch", () => null),
  arsinh: odd("arsinh", (x) => (isZeroTerm(x!) ? zero : null)),
  arcosh: (x) => (isOne(x!) ? zero : null),
  artanh: odd("artanh", (x) => (isZeroTerm(x!) ? zero : null)),
  abs: (x) => {
    const t = x!;
    if (t.k === "num") return sign(t.r) < 0 ? numTerm(negateRational(t.r)) : t;
    if (isPositive(t)) return t;
    if (t.k === "const") return t.name === "i" ? one : t.name === "inf" ? infinity : null;
    if (t.k === "call" && t.name === "abs") return t;
    if (t.k === "sum" && mentions(t, imaginary)) {
      const parts = rectangular(t);
      return parts && sqrt(sum(power(parts.re, two), power(parts.im, two)));
    }
    if (t.k === "product") {
      const c = sign(t.coef) < 0 ? negateRational(t.coef) : t.coef;
      const out = productOf([
        numTerm(c),
        ...t.factors.map((f) => (f.k === "sum" || f.k === "call" || f.k === "name" || f.k === "opaque" ? rawAbs(f) : callTerm("abs", [f]))),
      ]);
      return out;
    }
    if (t.k === "power" && isInteger(t.exponent)) {
      if (t.exponent.r.num % 2n === 0n && !mentions(t, imaginary)) return t;
      return power(callTerm("abs", [t.base]), t.exponent);
    }
    if (t.k === "power" && t.exponent.k === "num" && t.exponent.r.den === 2n && !mentions(t, imaginary)) return null;
    return isNegative(t) ? callTerm("abs", [negate(t)]) : null;
  },
  sign: (x) => (x!.k === "num" ? int(sign(x!.r)) : isPositive(x!) ? one : null),
  floor: rounding(floorBig),
  ceil: rounding((r) => -floorBig(negateRational(r))),
  round: rounding((r) => (r.num < 0n ? -floorBig(addRational(negateRational(r), rational(1, 2))) : floorBig(addRational(r, rational(1, 2))))),
  max: (...args) => extreme("max", args, 1),
  min: (...args) => extreme("min", args, -1),
  factorial: (x) => {
    const f = isInteger(x!) ? factorialBig(x!.r.num) : null;
    return f === null ? null : int(f);
  },
  gamma: (x) => {
    if (isInteger(x!)) {
      const f = factorialBig(x!.r.num - 1n);
      return f === null ? null : int(f);
    }
    if (x!.k === "num" && x!.r.den === 2n && x!.r.num < 400n && x!.r.num > -400n) {
      // Γ(1/2 + n) = (1/2)(3/2)... √π
      let value: Term = sqrt(pi);
      for (let n = 1n; n < x!.r.num; n += 2n) value = times(value, frac(n, 2));
      for (let n = -1n; n >= x!.r.num; n -= 2n) value = divide(value, frac(n, 2));
      return value;
    }
    return null;
  },
  zeta: (x) => {
    if (!isInteger(x!) || x!.r.num > 20n || x!.r.num < -20n) return null;
    return zetaValue(Number(x!.r.num));
  },
  erf: odd("erf", (x) => (isZeroTerm(x!) ? zero : isInf(x!, 1) ? one : null)),
  erfc: (x) => minus(one, callTerm("erf", [x!])),
  binom: (n, k) => {
    const r = isInteger(k!) && k!.r.num >= 0n && k!.r.num <= 40n ? Number(k!.r.num) : -1;
    if (r < 0) return null;
    if (!isInteger(n!) && r > 6) return null;
    let out: Term = one;
    for (let i = 0; i < r; i++) out = times(out, minus(n!, int(i)), frac(1, i + 1));
    return out;
  },
  arg: (x) => {
    const z = namesOf(x!).length === 0 ? rectangular(x!) : null;
    if (!z || (isZeroTerm(z.re) && isZeroTerm(z.im))) return null;
    const [re, im] = [signOf(z.re), signOf(z.im)];
    if (re === null || im === null) return null;
    if (re === 0) return times(frac(im, 2), pi);
    const angle = callTerm("arctan", [divide(z.im, z.re)]);
    return re > 0 ? angle : sum(angle, im < 0 ? negate(pi) : pi);
  },
  Re: (x) => (namesOf(x!).some(isComplexName) ? null : (rectangular(x!)?.re ?? null)),
  Im: (x) => (namesOf(x!).some(isComplexName) ? null : (rectangular(x!)?.im ?? null)),
  sigmoid: (x) => (isZeroTerm(x!) ? half : null),
  relu: (x) => (x!.k === "num" ? (sign(x!.r) > 0 ? x! : zero) : null),
  gcd: (...args) => {
    const ns = numbers(args);
    if (!ns || ns.some((n) => n.den !== 1n)) return null;
    let g = 0n;
    for (const n of ns) {
      let [a, b] = [g, n.num < 0n ? -n.num : n.num];
      while (b) [a, b] = [b, a % b];
      g = a;
    }
    return int(g);
  },
};

/** Letters that usually stand for complex numbers. */
const isComplexName = (name: string): boolean => /^[zws](?:_|$)/.test(name);

/** The sign of a term without names where it shows: a number or a positive form. */
const signOf = (t: Term): number | null => (t.k === "num" ? sign(t.r) : isPositive(t) ? 1 : isPositive(negate(t)) ? -1 : null);

/** B_0, B_1, ... as Σ C(n+1, k) B_k = 0 gives them. */
function bernoulli(n: number): Rational {
  const b: Rational[] = [rational(1)];
  for (let m = 1; m <= n; m++) {
    let total = rational(0);
    let choose = 1n;
    for (let k = 0; k < m; k++) {
      total = addRational(total, multiplyRational(rational(choose), b[k]!));
      choose = (choose * BigInt(m + 1 - k)) / BigInt(k + 1);
    }
    b.push(multiplyRational(rational(-1n, BigInt(m + 1)), total));
  }
  return b[n]!;
}

/** ζ at whole numbers: ζ(2k) = (-1)^{k+1} B_{2k} (2π)^{2k} / (2 (2k)!), ζ(-n) = (-1)^n B_{n+1}/(n+1); null at 1 and odd numbers above. */
function zetaValue(n: number): Term | null {
  if (n <= 0) return numTerm(multiplyRational(bernoulli(1 - n), rational(n % 2 === 0 ? 1 : -1, 1 - n)));
  if (n % 2 === 1) return null;
  const b = bernoulli(n);
  const c = multiplyRational(rational((n / 2) % 2 === 1 ? 1 : -1), multiplyRational(b, rational(2n ** BigInt(n - 1), factorialBig(BigInt(n))!)));
  return times(numTerm(c), power(pi, int(n)));
}

/** The real and imaginary part of a + bi written out; names are real. Null when i stands inside a power or a call. */
function rectangular(t: Term): { readonly re: Term; readonly im: Term } | null {
  if (!mentions(t, imaginary)) return { re: t, im: zero };
  const re: Term[] = [];
  const im: Term[] = [];
  for (const s of t.k === "sum" ? t.terms : [t]) {
    if (!mentions(s, imaginary)) {
      re.push(s);
      continue;
    }
    const over = times(s, negate(imaginary));
    if (mentions(over, imaginary)) return null;
    im.push(over);
  }
  return { re: sum(...re), im: sum(...im) };
}

const rawAbs = (t: Term): Term => (t.k === "call" && t.name === "abs" ? t : (rules["abs"]!(t) ?? (rawCall("abs", [t]) as CallTerm)));

function tanPi(q: Rational): Term | null {
  const r = subtractRational(q, rational(floorBig(q)));
  const upper = compareRational(r, rational(1, 2)) > 0;
  const a = upper ? subtractRational(rational(1), r) : r;
  for (const [value, angle] of tanTable) if (compareRational(angle, a) === 0) return upper ? negate(value()) : value();
  return null;
}

function reciprocal(of: string, x: Term): Term | null {
  const v = callTerm(of, [x]);
  return v.k === "call" || isZeroTerm(v) || (v.k === "product" && v.factors.some((f) => f.k === "call")) ? null : power(v, int(-1));
}

function extreme(name: string, args: readonly Term[], direction: 1 | -1): Term | null {
  const flat = args.flatMap((a) => (a.k === "call" && a.name === name ? a.args : [a]));
  let best: Rational | null = null;
  const rest = new Map<string, Term>();
  for (const a of flat) {
    if (a.k === "num") best = best === null || compareRational(a.r, best) * direction > 0 ? a.r : best;
    else rest.set(a.id, a);
  }
  const left = [...rest.values()];
  if (best !== null) left.unshift(numTerm(best));
  if (left.length === 1) return left[0]!;
  return left.length === args.length && flat.length === args.length ? null : rawCall(name, left);
}
