// Functions of one number, entry by entry on arrays; exp, ln and roots of a square matrix in mathematical notation are matrix functions.

import { type ArrayValue, type CallExpr, fail, type Range, realValue, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { inPortions, scalarOf, shapeText } from "../array.js";
import * as complex from "../complex.js";
import { normalQuantile } from "../dialect/distributions.js";
import { mapEntries } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import { semanticsOf } from "../language.js";
import { factorial } from "../operate.js";
import { exponential, logarithm, squareRoot as matrixRoot } from "../power.js";
import * as s from "../scalar.js";
import * as special from "../special.js";

type Scalar = s.Scalar;

/** One number in, one out. */
export interface NumberFunction {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly real: (x: number) => number;
  /** Where `real` is defined; elsewhere `complex` serves (or NaN in notations of real numbers). */
  readonly within?: (x: number) => boolean;
  readonly complex?: (z: complex.Pair) => complex.Pair;
  /** Exact answers for fractions. */
  readonly exact?: (x: s.Scalar & { kind: "rational" }) => Scalar | null;
  /** Points where there is no value at all. */
  readonly pole?: (x: number) => boolean;
}

const atZero = (value: Scalar) => (x: Scalar & { kind: "rational" }) => (x.num === 0n ? value : null);
const reciprocalOf = (f: (z: complex.Pair) => complex.Pair) => (z: complex.Pair) => complex.divide([1, 0], f(z));
const ofReciprocal = (f: (z: complex.Pair) => complex.Pair) => (z: complex.Pair) => f(complex.divide([1, 0], z));
const inUnit = (x: number) => Math.abs(x) <= 1;
const outUnit = (x: number) => Math.abs(x) >= 1;
const rounding = (f: (x: Scalar & { kind: "rational" | "real" }) => Scalar) => (x: Scalar & { kind: "rational" }) => f(x);
const half = { kind: "rational", num: 1n, den: 2n } as const;

/** Half to even, as IEEE 754 and NumPy round. */
const roundEven = (x: number): number => {
  const f = Math.floor(x);
  const d = x - f;
  return d < 0.5 || (d === 0.5 && f % 2 === 0) ? f : f + 1;
};

/** Values at the multiples of π/6 and π/4 that are rational; NaN elsewhere. */
const sines = [0, 0.5, Number.NaN, 1, Number.NaN, 0.5, 0, -0.5, Number.NaN, -1, Number.NaN, -0.5];
const cosines = sines.map((_, k) => sines[(k + 3) % 12] as number);
const tangents = [0, 1, Number.NaN, -1, 0, 1, Number.NaN, -1];

/** f(x), without the rounding of π where x is the float of a multiple of π/parts: sin π is 0. */
function atAngle(x: number, parts: number, values: readonly number[], f: (x: number) => number): number {
  const k = Math.round((x * parts) / Math.PI);
  if (k === 0 || Math.abs(k) > 1e6 || Math.abs(x - (k * Math.PI) / parts) > 2 ** -52 * Math.abs(x)) return f(x);
  const value = values[((k % values.length) + values.length) % values.length] as number;
  return Number.isNaN(value) ? f(x) : value;
}

const list: readonly NumberFunction[] = [
  { name: "exp", real: Math.exp, complex: complex.exp, exact: atZero(s.one) },
  { name: "expm1", real: Math.expm1 },
  {
    name: "ln",
    aliases: ["log_e"],
    real: Math.log,
    within: (x) => x >= 0,
    complex: complex.log,
    pole: (x) => x === 0,
    exact: (x) => (x.num === x.den ? s.zero : null),
  },
  { name: "log1p", real: Math.log1p, within: (x) => x >= -1, pole: (x) => x === -1, complex: (z) => complex.log(complex.plus(z, [1, 0])) },
  {
    name: "log2",
    aliases: ["lb"],
    real: Math.log2,
    within: (x) => x >= 0,
    pole: (x) => x === 0,
    complex: (z) => complex.divide(complex.log(z), [Math.LN2, 0]),
    exact: (x) => exactLogarithm(x, 2n),
  },
  {
    name: "log10",
    aliases: ["lg"],
    real: Math.log10,
    within: (x) => x >= 0,
    pole: (x) => x === 0,
    complex: (z) => complex.divide(complex.log(z), [Math.LN10, 0]),
    exact: (x) => exactLogarithm(x, 10n),
  },
  { name: "cbrt", real: Math.cbrt, exact: (x) => rationalRoot(x, 3) },
  { name: "rsqrt", real: (x) => 1 / Math.sqrt(x), pole: (x) => x === 0 },
  { name: "sin", real: (x) => atAngle(x, 6, sines, Math.sin), complex: complex.sin, exact: atZero(s.zero) },
  { name: "cos", real: (x) => atAngle(x, 6, cosines, Math.cos), complex: complex.cos, exact: atZero(s.one) },
  { name: "tan", real: (x) => atAngle(x, 4, tangents, Math.tan), complex: complex.tan, exact: atZero(s.zero) },
  { name: "cot", real: (x) => 1 / Math.tan(x), complex: reciprocalOf(complex.tan), pole: (x) => x === 0 },
  { name: "sec", real: (x) => 1 / Math.cos(x), complex: reciprocalOf(complex.cos) },
  { name: "csc", real: (x) => 1 / Math.sin(x), complex: reciprocalOf(complex.sin), pole: (x) => x === 0 },
  { name: "arcsin", real: Math.asin, within: inUnit, complex: complex.asin, exact: atZero(s.zero) },
  { name: "arccos", real: Math.acos, within: inUnit, complex: complex.acos },
  { name: "arctan", real: Math.atan, complex: complex.atan, exact: atZero(s.zero) },
  { name: "arccot", real: (x) => (x === 0 ? Math.PI / 2 : Math.atan(1 / x)), complex: ofReciprocal(complex.atan) },
  { name: "arcsec", real: (x) => Math.acos(1 / x), within: outUnit, complex: ofReciprocal(complex.acos), pole: (x) => x === 0 },
  { name: "arccsc", real: (x) => Math.asin(1 / x), within: outUnit, complex: ofReciprocal(complex.asin), pole: (x) => x === 0 },
  { name: "sinh", real: Math.sinh, complex: complex.sinh, exact: atZero(s.zero) },
  { name: "cosh", real: Math.cosh, complex: complex.cosh, exact: atZero(s.one) },
  { name: "tanh", real: Math.tanh, complex: complex.tanh, exact: atZero(s.zero) },
  { name: "coth", real: (x) => 1 / Math.tanh(x), complex: reciprocalOf(complex.tanh), pole: (x) => x === 0 },
  { name: "sech", real: (x) => 1 / Math.cosh(x), complex: reciprocalOf(complex.cosh) },
  { name: "csch", real: (x) => 1 / Math.sinh(x), complex: reciprocalOf(complex.sinh), pole: (x) => x === 0 },
  { name: "arsinh", aliases: ["asinh", "arcsinh"], real: Math.asinh, complex: complex.asinh, exact: atZero(s.zero) },
  { name: "arcosh", aliases: ["acosh", "arccosh"], real: Math.acosh, within: (x) => x >= 1, complex: complex.acosh },
  {
    name: "artanh",
    aliases: ["atanh", "arctanh"],
    real: Math.atanh,
    within: inUnit,
    complex: complex.atanh,
    pole: (x) => Math.abs(x) === 1,
    exact: atZero(s.zero),
  },
  {
    name: "arcoth",
    real: (x) => Math.atanh(1 / x),
    within: outUnit,
    complex: ofReciprocal(complex.atanh),
    pole: (x) => Math.abs(x) === 1 || x === 0,
  },
  { name: "arsech", real: (x) => Math.acosh(1 / x), within: (x) => x > 0 && x <= 1, complex: ofReciprocal(complex.acosh), pole: (x) => x === 0 },
  { name: "arcsch", real: (x) => Math.asinh(1 / x), complex: ofReciprocal(complex.asinh), pole: (x) => x === 0 },
  { name: "degrees", aliases: ["deg2rad", "radians"], real: (x) => (x * Math.PI) / 180 },
  { name: "rad2deg", real: (x) => (x * 180) / Math.PI },
  { name: "sinc", real: (x) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) },
  { name: "floor", real: Math.floor, exact: rounding(s.floor) },
  { name: "ceil", aliases: ["ceiling"], real: Math.ceil, exact: rounding(s.ceiling) },
  { name: "trunc", aliases: ["fix"], real: Math.trunc, exact: rounding(s.truncate) },
  { name: "frac_part", aliases: ["fract"], real: (x) => x - Math.floor(x), exact: (x) => s.subtract(x, s.floor(x)) },
  {
    name: "sign",
    aliases: ["sgn", "signum"],
    real: Math.sign,
    complex: (z) => complex.divide(z, [Math.hypot(...z), 0]),
    exact: (x) => s.integer(x.num > 0n ? 1 : x.num < 0n ? -1 : 0),
  },
  { name: "erf", real: special.erf, exact: atZero(s.zero) },
  { name: "erfc", real: special.erfc },
  { name: "norminv", real: normalQuantile, within: (x) => x >= 0 && x <= 1 },
  { name: "normcdf", real: (x) => special.erfc(-x / Math.SQRT2) / 2, exact: atZero(half) },
  {
    name: "gamma",
    aliases: ["Gamma", "Γ"],
    real: special.gamma,
    pole: (x) => x <= 0 && Number.isInteger(x),
    exact: (x) => (x.den === 1n && x.num > 0n && x.num < 100_000n ? factorial(s.subtract(x, s.one), [0, 0]) : null),
  },
  { name: "lgamma", aliases: ["gammaln", "loggamma"], real: special.logGamma, within: (x) => x > 0 },
  { name: "digamma", aliases: ["psi"], real: special.digamma, pole: (x) => x <= 0 && Number.isInteger(x) },
  { name: "zeta", real: special.zeta, pole: (x) => x === 1 },
  { name: "sigmoid", aliases: ["expit"], real: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))), exact: atZero(half) },
  { name: "relu", real: (x) => Math.max(x, 0), exact: (x) => (x.num > 0n ? x : s.zero) },
  { name: "softplus", aliases: ["Softplus"], real: (x) => (x > 30 ? x : Math.log1p(Math.exp(x))) },
  { name: "silu", aliases: ["swish", "SiLU", "Swish"], real: (x) => x / (1 + Math.exp(-x)) },
  { name: "gelu", aliases: ["GELU"], real: (x) => (x * (1 + special.erf(x / Math.SQRT2))) / 2 },
  { name: "square", real: (x) => x * x, complex: (z) => complex.times(z, z), exact: (x) => s.multiply(x, x) },
  {
    name: "reciprocal",
    real: (x) => 1 / x,
    pole: (x) => x === 0,
    complex: (z) => complex.divide([1, 0], z),
    exact: (x) => (x.num === 0n ? null : s.divide(s.one, x)),
  },
  { name: "isnan", real: (x) => (Number.isNaN(x) ? 1 : 0) },
  { name: "isinf", real: (x) => (Math.abs(x) === Number.POSITIVE_INFINITY ? 1 : 0) },
  { name: "isfinite", real: (x) => (Number.isFinite(x) ? 1 : 0) },
  { name: "isqrt", real: (x) => Math.floor(Math.sqrt(x)), within: (x) => x >= 0 },
];

function rationalRoot(x: Scalar & { kind: "rational" }, k: number): Scalar | null {
  const root = s.exactRoot(x, k);
  return root ? { kind: "rational", ...root } : null;
}

/** log_b x when x is a power of the whole base. */
export function exactLogarithm(x: Scalar & { kind: "rational" }, base: bigint): Scalar | null {
  if (x.num <= 0n || (x.num !== 1n && x.den !== 1n) || base < 2n) return null;
  let n = x.num === 1n ? x.den : x.num;
  let k = 0;
  while (n % base === 0n && k < 10_000) {
    n /= base;
    k++;
  }
  return n === 1n ? s.integer(x.num === 1n ? -k : k) : null;
}

/** Functions whose infinite values are numbers too large to hold. */
const growing: ReadonlySet<string> = new Set(["exp", "expm1", "sinh", "cosh", "square"]);

/** The value at one number: exact, real, complex, or a domain error. */
function at(f: NumberFunction, x: Scalar, context: Context, range: Range): Scalar {
  const value = s.re(x);
  if (x.kind === "rational") {
    const exact = f.exact?.(x);
    if (exact) return exact;
  }
  if (s.isReal(x)) {
    if (f.pole?.(value) && !semanticsOf(context.language).ieee && context.language !== "python")
      return fail("domain", said`${f.name}(${value}) is not defined`, range);
    if (!f.within || f.within(value) || Number.isNaN(value)) {
      const y = f.real(value);
      if (Math.abs(y) === Number.POSITIVE_INFINITY && Number.isFinite(value) && growing.has(f.name) && semanticsOf(context.language).symbols)
        return fail("too-large", said`${f.name}(${value}) is beyond floating point (1.8e308)`, range, "Take its logarithm instead");
      return realValue(y);
    }
    if (!f.complex || context.language === "python" || ["julia", "r", "c", "cpp", "java", "javascript"].includes(context.language)) {
      return semanticsOf(context.language).collapse
        ? fail("domain", said`${f.name}(${value}) is not defined for real numbers`, range)
        : realValue(Number.NaN);
    }
  }
  return f.complex ? s.complexOf(f.complex(s.pairOf(x))) : fail("unsupported", said`${f.name} of a complex number`, range);
}

const matrixFunctions: Readonly<Record<string, (v: Value, context: Context, range: Range) => Value>> = {
  exp: exponential,
  ln: logarithm,
  sqrt: matrixRoot,
};

/** Applies a number function to whatever it is given. */
function applyTo(f: NumberFunction, v: Value, call: CallExpr, context: Context): Value {
  const range = (call.args[0] ?? call).range;
  if (v.kind !== "array") {
    const x = scalarOf(v);
    return x ? at(f, x, context, call.range) : fail("unsupported", said`${f.name} of ${shapeText(v)}`, range);
  }
  if (semanticsOf(context.language).collapse && v.shape.length === 2 && v.data.length > 1) {
    const matrix = matrixFunctions[f.name];
    if (matrix) return matrix(v, context, call.range);
    if (v.shape[0] === v.shape[1] && !["floor", "ceil", "trunc", "relu", "sigmoid", "sign", "silu", "gelu", "softplus"].includes(f.name))
      context.note(said`${f.name} taken entry by entry`);
  }
  return realEntries(f, v) ?? mapEntries(v, (x) => at(f, x, context, call.range));
}

/** The values at floating-point entries without a scalar made for each; null where one of them has no real value. */
function realEntries(f: NumberFunction, v: ArrayValue): ArrayValue | null {
  if (v.exact || v.imag) return null;
  const { within, pole, real } = f;
  const data = new Float64Array(v.data.length);
  let everywhere = true;
  inPortions(data.length, (from, to) => {
    for (let k = from; everywhere && k < to; k++) {
      const x = v.data[k] as number;
      if (pole?.(x) || (within && !within(x) && !Number.isNaN(x))) everywhere = false;
      else data[k] = real(x);
    }
  });
  return everywhere ? { kind: "array", shape: v.shape, data } : null;
}

const entry = (f: NumberFunction): FormulaFunction => ({
  name: f.name,
  ...(f.aliases && { aliases: f.aliases }),
  arity: [1, 1],
  apply: ([v], _named, call, context) => applyTo(f, v as Value, call, context),
});

/** A function of one number or array from a scalar rule. */
const perEntry = (name: string, aliases: readonly string[], f: (x: Scalar, range: Range) => Scalar): FormulaFunction => ({
  name,
  aliases,
  arity: [1, 1],
  apply: ([v], _named, call) => {
    if (v?.kind === "array") return mapEntries(v, (x) => f(x, call.range));
    const x = scalarOf(v as Value);
    return x ? f(x, call.range) : fail("unsupported", said`${name} of ${shapeText(v as Value)}`, call.range);
  },
});

const sqrt: NumberFunction = {
  name: "sqrt",
  real: Math.sqrt,
  within: (x) => x >= 0,
  complex: complex.sqrt,
  exact: (x) => (x.num >= 0n ? rationalRoot(x, 2) : null),
};

const log: FormulaFunction = {
  name: "log",
  arity: [1, 2],
  apply: (args, named, call, context) => {
    const base = named["base"] ?? args[1];
    if (!base) {
      if (context.settings.log === "ten") return applyTo(list.find((f) => f.name === "log10") as NumberFunction, args[0] as Value, call, context);
      return applyTo(list.find((f) => f.name === "ln") as NumberFunction, args[0] as Value, call, context);
    }
    const b = scalarOf(base);
    if (!b || !s.isReal(b) || s.re(b) <= 0 || s.re(b) === 1) return fail("domain", "the base of a logarithm is positive and not 1", call.range);
    const f: NumberFunction = {
      name: "log",
      real: (x) => (s.re(b) === 2 ? Math.log2(x) : s.re(b) === 10 ? Math.log10(x) : Math.log(x) / Math.log(s.re(b))),
      within: (x) => x >= 0,
      pole: (x) => x === 0,
      complex: (z) => complex.divide(complex.log(z), [Math.log(s.re(b)), 0]),
      exact: (x) => (b.kind === "rational" && b.den === 1n ? exactLogarithm(x, b.num) : null),
    };
    return applyTo(f, args[0] as Value, call, context);
  },
};

const root: FormulaFunction = {
  name: "root",
  aliases: ["surd", "nthroot"],
  arity: [2, 2],
  apply: ([v, n], _named, call) => {
    const [x, k] = [scalarOf(v as Value), scalarOf(n as Value)];
    if (!x || !k) return fail("unsupported", said`the root of ${shapeText(v as Value)}`, call.range);
    if (s.isZero(k)) return fail("domain", "the zeroth root", call.range);
    const odd = s.toInteger(k);
    // The real root of a negative number for odd degrees.
    if (odd !== null && odd % 2 !== 0 && s.isReal(x) && s.re(x) < 0) return s.negate(s.power(s.negate(x), s.divide(s.one, k)));
    return s.power(x, s.divide(s.one, k));
  },
};

const round: FormulaFunction = {
  name: "round",
  aliases: ["rint"],
  arity: [1, 2],
  apply: ([v, second], named, call, context) => {
    const digits = scalarOf(second ?? named["digits"] ?? s.zero);
    const k = digits ? s.toInteger(digits) : null;
    if (k === null) return fail("domain", "the number of digits is a whole number", call.range);
    const scale = s.power(s.integer(10), s.integer(k));
    const even = ["python", "julia", "r", "mathematica"].includes(context.language);
    const one = (x: Scalar): Scalar => {
      if (!s.isReal(x)) return s.complexOf([Math.round(s.re(x)), Math.round(s.im(x))]);
      if (x.kind === "rational") {
        const y = s.multiply(x, scale) as typeof x;
        const up = s.floor(s.add(y, half) as typeof x);
        const tie = y.kind === "rational" && y.den === 2n;
        const away = tie && y.num < 0n ? s.subtract(up, s.one) : up;
        const settled = tie && even ? (up.kind === "rational" && up.num % 2n !== 0n ? s.subtract(up, s.one) : up) : away;
        return s.divide(settled, scale);
      }
      const y = x.value * s.re(scale);
      return realValue((even ? roundEven(y) : Math.sign(y) * Math.round(Math.abs(y))) / s.re(scale));
    };
    if (v?.kind === "array") return mapEntries(v, one);
    const x = scalarOf(v as Value);
    return x ? one(x) : fail("unsupported", said`round of ${shapeText(v as Value)}`, call.range);
  },
};

const exactReal = (x: Scalar, part: "re" | "im"): Scalar =>
  x.kind !== "complex" ? (part === "re" ? x : s.zero) : x.exact ? { kind: "rational", ...x.exact[part] } : realValue(x[part]);

export const elementary: readonly FormulaFunction[] = [
  ...list.map(entry),
  entry(sqrt),
  log,
  root,
  round,
  perEntry("abs", ["absolute", "norm1d"], (x) => s.absolute(x)),
  perEntry("re", ["Re", "real"], (x) => exactReal(x, "re")),
  perEntry("im", ["Im", "imag"], (x) => exactReal(x, "im")),
  perEntry("arg", ["angle", "phase"], (x, range) =>
    s.isZero(x) ? fail("domain", "the argument of 0", range) : realValue(Math.atan2(s.im(x), s.re(x))),
  ),
  perEntry("conj", ["conjugate"], (x) => s.conjugate(x)),
  perEntry("factorial", ["fact"], (x, range) => factorial(x, range)),
  perEntry("doublefactorial", [], (x, range) => doubleFactorial(x, range)),
];

function doubleFactorial(x: Scalar, range: Range): Scalar {
  const n = s.toInteger(x);
  if (n === null || n < -1) return fail("domain", "the double factorial needs a whole number", range);
  if (n > 20_000) return fail("too-large", said`${n}!! has too many digits`, range);
  let p = 1n;
  for (let k = n; k > 1; k -= 2) p *= BigInt(k);
  return s.integer(p);
}
