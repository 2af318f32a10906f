// Whole numbers, counting, sets, polynomials and special functions of two numbers.

import { type ArrayValue, type CallExpr, fail, type Range, realValue, said, type Value } from "../../../expr/index.js";
import { gcd as gcdOf } from "../../../linalg/index.js";
import type { Context } from "../../context.js";
import { entries, entry, fromScalars, scalarOf, shapeText } from "../array.js";
import { elementwise } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import { binary, productOfRange } from "../operate.js";
import { inner } from "../product.js";
import * as s from "../scalar.js";
import * as special from "../special.js";

type Scalar = s.Scalar;

const whole = (v: Value | Scalar, call: CallExpr): bigint => {
  const x = scalarOf(v as Value);
  if (x?.kind === "rational" && x.den === 1n) return x.num;
  if (x?.kind === "real" && Number.isSafeInteger(x.value)) return BigInt(x.value);
  return fail("domain", said`${call.name} needs whole numbers, not ${x ? s.re(x) : shapeText(v as Value)}`, call.range);
};
const small = (v: Value, call: CallExpr): number => {
  const n = whole(v, call);
  return n >= -9007199254740991n && n <= 9007199254740991n
    ? Number(n)
    : fail("too-large", said`${call.name} of a number with ${n.toString().length} digits`, call.range);
};
const spread = (args: readonly Value[]): Value[] =>
  args.flatMap((a): Value[] => (a.kind === "array" ? entries(a) : a.kind === "list" ? [...a.items] : [a]));

const lcmOf = (a: bigint, b: bigint): bigint => (a === 0n || b === 0n ? 0n : ((a < 0n ? -a : a) / gcdOf(a, b)) * (b < 0n ? -b : b));

const maxDigits = 100_000;

/** n choose k; for any n and whole k ≥ 0 by the falling product, else through Γ. */
function binomial(n: Scalar, k: Scalar, call: CallExpr): Scalar {
  const m = s.toInteger(k);
  if (m === null) {
    if (!s.isReal(n) || !s.isReal(k)) return fail("domain", "a binomial coefficient of complex numbers", call.range);
    return realValue(special.gamma(s.re(n) + 1) / (special.gamma(s.re(k) + 1) * special.gamma(s.re(n) - s.re(k) + 1)));
  }
  if (m < 0) return s.zero;
  const whole = s.toInteger(n);
  if (whole !== null && whole >= 0) {
    if (m > whole) return s.zero;
    const least = Math.min(m, whole - m);
    if (least > maxDigits) return fail("too-large", said`the binomial coefficient (${whole} over ${m}) has too many digits`, call.range);
    return s.integer(productOfRange(BigInt(whole - least + 1), BigInt(whole)) / productOfRange(1n, BigInt(least)));
  }
  if (m > 10_000) return fail("too-large", said`a binomial coefficient with ${m} factors`, call.range);
  let c: Scalar = s.one;
  for (let j = 0; j < m; j++) c = s.divide(s.multiply(c, s.subtract(n, s.integer(j))), s.integer(j + 1));
  return c;
}

const two = (name: string, aliases: readonly string[], f: (a: Scalar, b: Scalar, call: CallExpr) => Scalar): FormulaFunction => ({
  name,
  aliases,
  arity: [2, 2],
  apply: ([a, b], _named, call, context) => {
    if (a?.kind === "array" || b?.kind === "array") {
      const wrap = (v: Value): ArrayValue => (v.kind === "array" ? v : fromScalars([1], [scalarOf(v) ?? s.zero]));
      return elementwise(
        { verb: `take ${name} of`, real: (x, y) => s.re(f(realValue(x), realValue(y), call)), scalar: (x, y) => f(x, y, call) },
        wrap(a as Value),
        wrap(b as Value),
        context,
        call.range,
      );
    }
    const [x, y] = [scalarOf(a as Value), scalarOf(b as Value)];
    return x && y ? f(x, y, call) : fail("unsupported", said`${name} of ${shapeText(a as Value)} and ${shapeText(b as Value)}`, call.range);
  },
});

const realTwo =
  (f: (x: number, y: number) => number) =>
  (a: Scalar, b: Scalar, call: CallExpr): Scalar =>
    s.isReal(a) && s.isReal(b) ? realValue(f(s.re(a), s.re(b))) : fail("domain", said`${call.name} of complex numbers`, call.range);

/** The remainder with the sign of the dividend. */
function remainder(a: Scalar, b: Scalar, call: CallExpr): Scalar {
  if (!s.isReal(a) || !s.isReal(b)) return fail("domain", "remainders need real numbers", call.range);
  if (s.isZero(b)) return fail("divide-by-zero", "division by zero", call.range);
  return s.subtract(a, s.multiply(b, s.truncate(s.divide(a, b) as typeof a)));
}

const isPrime = (n: bigint): boolean => {
  if (n < 2n) return false;
  for (const p of [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n]) if (n % p === 0n) return n === p;
  // Miller-Rabin with these bases decides every n below 3.3e24 (Sorenson and Webster 2015).
  let d = n - 1n;
  let r = 0;
  while (d % 2n === 0n) {
    d /= 2n;
    r++;
  }
  const power = (b: bigint, e: bigint): bigint => {
    let [x, y, k] = [1n, b % n, e];
    for (; k > 0n; k >>= 1n) {
      if (k & 1n) x = (x * y) % n;
      y = (y * y) % n;
    }
    return x;
  };
  return [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n].every((b) => {
    let x = power(b, d);
    if (x === 1n || x === n - 1n) return true;
    for (let k = 1; k < r; k++) if ((x = (x * x) % n) === n - 1n) return true;
    return false;
  });
};

const items = (v: Value, range: Range): Value[] =>
  v.kind === "list" ? [...v.items] : v.kind === "array" ? entries(v) : fail("unsupported", said`a set is needed, not ${shapeText(v)}`, range);
const same = (a: Value, b: Value): boolean => {
  const [x, y] = [scalarOf(a), scalarOf(b)];
  return !!x && !!y && s.equal(x, y);
};
const asSet = (list: readonly Value[]): Value => {
  const unique = list.filter((v, k) => list.findIndex((w) => same(v, w)) === k);
  const scalars = unique.map(scalarOf);
  return scalars.length > 0 && scalars.every((x) => x !== null)
    ? fromScalars([scalars.length], scalars as Scalar[])
    : { kind: "list", items: unique };
};
const setOperation = (name: string, aliases: readonly string[], f: (a: Value[], b: Value[]) => Value[]): FormulaFunction => ({
  name,
  aliases,
  arity: [2, 2],
  apply: ([a, b], _n, call) => asSet(f(items(a as Value, call.range), items(b as Value, call.range))),
});

const counted = (name: string, aliases: readonly string[], f: (n: number, call: CallExpr, context: Context) => Value): FormulaFunction => ({
  name,
  aliases,
  arity: [1, 1],
  apply: ([v], _n, call, context) => f(small(v as Value, call), call, context),
});

export const numbers: readonly FormulaFunction[] = [
  {
    name: "gcd",
    aliases: ["GCD"],
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, _n, call) => s.integer(spread(args).reduce((g, v) => gcdOf(g, whole(v, call)), 0n)),
  },
  {
    name: "lcm",
    aliases: ["LCM"],
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, _n, call) => s.integer(spread(args).reduce((l, v) => lcmOf(l, whole(v, call)), 1n)),
  },
  two("binom", ["binomial", "Binomial", "nchoosek", "choose", "comb"], binomial),
  two("perm", [], (n, k, call) => s.multiply(binomial(n, k, call), s.integer(productOfRange(1n, BigInt(s.toInteger(k) ?? 0))))),
  two("mod", ["Mod", "modulo"], (a, b, call) =>
    s.isZero(b)
      ? call.name === "mod"
        ? a
        : a
      : s.isReal(a) && s.isReal(b)
        ? s.modulo(a, b)
        : fail("domain", "remainders need real numbers", call.range),
  ),
  two("rem", ["fmod"], remainder),
  two("quotient", ["Quotient", "intdiv", "idivide", "div"], (a, b, call) =>
    s.isZero(b)
      ? fail("divide-by-zero", "division by zero", call.range)
      : s.isReal(a) && s.isReal(b)
        ? s.truncate(s.divide(a, b) as typeof a)
        : fail("domain", "division of complex numbers", call.range),
  ),
  two("frac", ["rational", "Rational"], (a, b, call) => (s.isZero(b) ? fail("divide-by-zero", "division by zero", call.range) : s.divide(a, b))),
  two("hypot", [], realTwo(Math.hypot)),
  two("atan2", ["arctan2"], realTwo(Math.atan2)),
  two(
    "beta",
    ["Beta"],
    realTwo((a, b) => (special.gamma(a) * special.gamma(b)) / special.gamma(a + b)),
  ),
  two("besselj", ["BesselJ"], (n, x, call) =>
    realValue(special.besselJ(s.toInteger(n) ?? fail("unsupported", "Bessel functions of whole order only", call.range), s.re(x))),
  ),
  two(
    "logaddexp",
    [],
    realTwo((a, b) => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))),
  ),
  two(
    "heaviside",
    [],
    realTwo((x, h) => (x < 0 ? 0 : x > 0 ? 1 : h)),
  ),
  {
    name: "indicator",
    arity: [1, 1],
    apply: ([c]) => s.integer(c?.kind === "boolean" ? (c.value ? 1 : 0) : s.isZero(scalarOf(c as Value) ?? s.zero) ? 0 : 1),
  },
  {
    name: "if",
    aliases: ["If", "iif"],
    arity: [3, 3],
    apply: ([c, x, y], _n, call) => {
      const t = scalarOf(c as Value) ?? fail("unsupported", "a condition must be true or false", call.range);
      return (s.isZero(t) ? y : x) as Value;
    },
  },
  { name: "isprime", aliases: ["PrimeQ"], arity: [1, 1], apply: ([v], _n, call) => ({ kind: "boolean", value: isPrime(whole(v as Value, call)) }) },
  counted("fibonacci", ["Fibonacci", "fib"], (n, call) => {
    if (n < 0 || n > 100_000) return fail("too-large", said`the Fibonacci number of index ${n}`, call.range);
    let [a, b] = [0n, 1n];
    for (let k = 0; k < n; k++) [a, b] = [b, a + b];
    return s.integer(a);
  }),
  counted("primes", [], (n, call, context) => {
    if (n > 1_000_000) return fail("too-large", said`the primes up to ${n}`, call.range);
    const sieve = new Uint8Array(Math.max(n + 1, 2));
    const out: Scalar[] = [];
    for (let k = 2; k <= n; k++) {
      if (sieve[k]) continue;
      out.push(s.integer(k));
      for (let m = k * k; m <= n; m += k) sieve[m] = 1;
    }
    return fromScalars(context.language === "matlab" ? [1, out.length] : [out.length], out);
  }),
  counted("totient", ["EulerPhi"], (n, call) => {
    if (n < 1 || n > 1e12) return fail("too-large", said`the totient of ${n}`, call.range);
    let [m, phi] = [n, n];
    for (let p = 2; p * p <= m; p++) {
      if (m % p !== 0) continue;
      while (m % p === 0) m /= p;
      phi -= phi / p;
    }
    return s.integer(m > 1 ? phi - phi / m : phi);
  }),
  {
    name: "cardinality",
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, _n, call) => {
      const list = args.length === 1 ? items(args[0] as Value, call.range) : [...args];
      return s.integer(list.filter((v, k) => list.findIndex((w) => same(v, w)) === k).length);
    },
  },
  setOperation("union", ["setunion", "Union"], (a, b) => [...a, ...b]),
  setOperation("intersection", ["intersect"], (a, b) => a.filter((x) => b.some((y) => same(x, y)))),
  setOperation("setdifference", ["setdiff", "setminus"], (a, b) => a.filter((x) => !b.some((y) => same(x, y)))),
  {
    name: "polyval",
    arity: [2, 2],
    apply: ([p, x], _n, call, context) => {
      if (p?.kind !== "array") return fail("unsupported", "polyval needs the coefficients", call.range);
      return entries(p).reduce<Value>(
        (t, c) => binary("add", binary("elementwise", t, x as Value, context, call.range), c, { ...context, language: "python" }, call.range),
        s.zero,
      );
    },
  },
  {
    name: "convolve",
    aliases: ["conv"],
    arity: [2, 2],
    apply: ([a, b], _n, call, context) => {
      if (a?.kind !== "array" || b?.kind !== "array") return fail("unsupported", "a convolution needs two vectors", call.range);
      const [m, n] = [a.data.length, b.data.length];
      if (m * n > 4_000_000) return fail("too-large", said`a convolution of ${m} and ${n} entries`, call.range);
      const out = new Array<Scalar>(m + n - 1).fill(s.zero);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[i + j] = s.add(out[i + j] as Scalar, s.multiply(entry(a, i), entry(b, j)));
      return fromScalars(context.language === "matlab" ? [1, out.length] : [out.length], out);
    },
  },
  {
    name: "trapezoid",
    arity: [1, 2],
    apply: ([a, b], named, call) => {
      const y = b ?? a;
      const x = b ? a : named["x"];
      if (y?.kind !== "array") return fail("unsupported", "the trapezoidal rule needs a vector", call.range);
      const dx = named["dx"] ? (scalarOf(named["dx"]) as Scalar) : s.one;
      let t: Scalar = s.zero;
      for (let k = 1; k < y.data.length; k++) {
        const h = x?.kind === "array" ? s.subtract(entry(x, k), entry(x, k - 1)) : dx;
        t = s.add(t, s.divide(s.multiply(h, s.add(entry(y, k), entry(y, k - 1))), s.integer(2)));
      }
      return t;
    },
  },
  {
    name: "cosine_similarity",
    arity: [2, 2],
    apply: ([a, b], _n, call) => {
      if (a?.kind !== "array" || b?.kind !== "array") return fail("unsupported", "the cosine of two vectors", call.range);
      return realValue(s.re(inner(a, b, call.range)) / Math.sqrt(s.re(inner(a, a, call.range)) * s.re(inner(b, b, call.range))));
    },
  },
];
