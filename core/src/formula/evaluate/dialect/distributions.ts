// Densities, probabilities and quantiles of the usual distributions, under one set of names for every notation.

import { type CallExpr, fail, realValue, said, type Value } from "../../../expr/index.js";
import { fromScalars, scalarOf, shapeText } from "../array.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";
import { erfc, logGamma } from "../special.js";

const number = (v: Value | undefined, fallback: number, call: CallExpr): number => {
  if (v === undefined) return fallback;
  const x = scalarOf(v);
  return x && s.isReal(x) ? s.re(x) : fail("domain", said`${call.name} takes real parameters, not ${shapeText(v)}`, call.range);
};

/** Φ, without cancellation in the tails. */
const normal = (x: number): number => erfc(-x / Math.SQRT2) / 2;
const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Φ⁻¹ by bisection to start and Newton's steps to finish. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  let [low, high] = [-40, 0];
  for (let k = 0; k < 60; k++) {
    const mid = (low + high) / 2;
    if (normal(mid) < p) low = mid;
    else high = mid;
  }
  let x = (low + high) / 2;
  for (let k = 0; k < 3; k++) {
    const step = (normal(x) - p) / normalDensity(x);
    if (!Number.isFinite(step)) break;
    x -= step;
  }
  return x;
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
const isCount = (k: number): boolean => k >= 0 && Number.isInteger(k);

/** Exact products where they are short: C(n, k) pᵏ qⁿ⁻ᵏ. */
function binomial(k: number, n: number, p: number): number {
  if (!isCount(k) || k > n) return 0;
  if (p === 0 || p === 1) return k === (p === 0 ? 0 : n) ? 1 : 0;
  if (n > 60) return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
  let c = 1;
  for (let j = 1; j <= Math.min(k, n - k); j++) c = (c * (n - j + 1)) / j;
  return c * p ** k * (1 - p) ** (n - k);
}
const poisson = (k: number, rate: number): number =>
  !isCount(k) ? 0 : rate === 0 ? (k === 0 ? 1 : 0) : Math.exp(k * Math.log(rate) - rate - logGamma(k + 1));
const geometric = (k: number, p: number): number => (isCount(k) ? p * (1 - p) ** k : 0);

/** The sum of a mass up to x; bounded, as the mass beyond is nothing in floating point. */
function upTo(x: number, mass: (k: number) => number): number {
  let total = 0;
  for (let k = 0; k <= Math.min(Math.floor(x), 1_000_000); k++) total += mass(k);
  return Math.min(total, 1);
}

type Rule = (x: number, a: number, b: number) => number;
interface Distribution {
  readonly name: string;
  /** Names and defaults of the two parameters; NaN asks for one. */
  readonly parameters: readonly (readonly [names: readonly string[], fallback: number])[];
  readonly pdf: Rule;
  readonly cdf: Rule;
  readonly quantile?: Rule;
}

const distributions: readonly Distribution[] = [
  {
    name: "normal",
    parameters: [
      [["mean", "loc", "mu"], 0],
      [["sd", "scale", "sigma"], 1],
    ],
    pdf: (x, m, d) => normalDensity((x - m) / d) / d,
    cdf: (x, m, d) => normal((x - m) / d),
    quantile: (p, m, d) => m + d * normalQuantile(p),
  },
  {
    name: "uniform",
    parameters: [
      [["min"], 0],
      [["max"], 1],
    ],
    pdf: (x, a, b) => (x >= a && x <= b ? 1 / (b - a) : 0),
    cdf: (x, a, b) => Math.min(1, Math.max(0, (x - a) / (b - a))),
    quantile: (p, a, b) => a + p * (b - a),
  },
  {
    name: "exponential",
    parameters: [[["rate"], 1]],
    pdf: (x, r) => (x < 0 ? 0 : r * Math.exp(-r * x)),
    cdf: (x, r) => (x < 0 ? 0 : -Math.expm1(-r * x)),
    quantile: (p, r) => -Math.log1p(-p) / r,
  },
  {
    name: "binomial",
    parameters: [
      [["size", "n"], Number.NaN],
      [["prob", "p"], Number.NaN],
    ],
    pdf: binomial,
    cdf: (x, n, p) => (x >= n ? 1 : upTo(x, (k) => binomial(k, n, p))),
  },
  { name: "poisson", parameters: [[["lambda", "mu"], Number.NaN]], pdf: poisson, cdf: (x, r) => upTo(x, (k) => poisson(k, r)) },
  { name: "geometric", parameters: [[["prob", "p"], Number.NaN]], pdf: geometric, cdf: (x, p) => (x < 0 ? 0 : 1 - (1 - p) ** (Math.floor(x) + 1)) },
];

const entry = (d: Distribution, what: "pdf" | "cdf" | "quantile", rule: Rule): FormulaFunction => ({
  name: `${d.name}${what}`,
  arity: [1, 3],
  apply: (args, named, call) => {
    const [a = 0, b = 0] = d.parameters.map(([names, fallback], k) => {
      const key = names.find((n) => n in named);
      const value = number(args[k + 1] ?? (key === undefined ? undefined : named[key]), fallback, call);
      return Number.isNaN(value) ? fail("missing-argument", said`the ${d.name} distribution needs ${names[0] as string}`, call.range) : value;
    });
    const upper = named["lower.tail"]?.kind === "boolean" && !named["lower.tail"].value;
    const at = (x: number): number => (upper ? (what === "quantile" ? rule(1 - x, a, b) : 1 - rule(x, a, b)) : rule(x, a, b));
    const v = args[0] as Value;
    if (v.kind === "array")
      return fromScalars(
        v.shape,
        Array.from(v.data, (x) => realValue(at(x))),
      );
    return realValue(at(number(v, 0, call)));
  },
});

export const distributionFunctions: readonly FormulaFunction[] = distributions.flatMap((d) => [
  entry(d, "pdf", d.pdf),
  entry(d, "cdf", d.cdf),
  ...(d.quantile ? [entry(d, "quantile", d.quantile)] : []),
]);
