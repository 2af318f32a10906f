// Many numbers to fewer: sums, means, extremes, norms over everything or along an axis.

import { type ArrayValue, type CallExpr, fail, realValue, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { cells, concatenate, entry, fromScalars, gather, inPortions, isVectorLike, permute, reshaped, scalarOf, shapeText } from "../array.js";
import { mapEntries, settleFractions } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import { semanticsOf } from "../language.js";
import * as s from "../scalar.js";
import { ascending, placesInOrder, sortedNumbers } from "../sorting.js";

type Scalar = s.Scalar;
type Named = Readonly<Record<string, Value>>;

/** The numbers a reduction is asked over: one array, or several numbers. */
function operand(args: readonly Value[], call: CallExpr): ArrayValue {
  if (args.length === 1) {
    const [v] = args as [Value];
    if (v.kind === "array") return v;
    const x = scalarOf(v);
    if (x) return fromScalars([1], [x]);
    return fail("unsupported", said`${call.name} of ${shapeText(v)}`, call.range);
  }
  const numbers = args.map(
    (v, k) => scalarOf(v) ?? fail("unsupported", said`${call.name} of ${shapeText(v)} among others`, (call.args[k] ?? call).range),
  );
  return fromScalars([numbers.length], numbers);
}

/** The axis to reduce (from 0), or null for all entries. */
export function axisOf(a: ArrayValue, named: Named, call: CallExpr, context: Context, fallback: "rule" | "last" | "first" = "rule"): number | null {
  const given = named["axis"] ?? named["dims"];
  if (given) {
    const x = scalarOf(given);
    const n = x ? s.toInteger(x) : null;
    if (n === null) return null;
    const axis = n < 0 ? n + a.shape.length : n;
    if (axis < 0 || axis >= a.shape.length) return fail("index-out-of-range", said`axis ${n} of ${shapeText(a)}`, call.range);
    return axis;
  }
  if (fallback === "last") return a.shape.length - 1;
  if (fallback === "first") return 0;
  if (semanticsOf(context.language).reduce === "all" || a.shape.length < 2) return null;
  // Columns; a row is reduced along itself.
  const first = a.shape.findIndex((n) => n !== 1);
  return first < 0 ? null : first;
}

/** The lines of an array along an axis, with the shape that is left. */
export function lines(
  a: ArrayValue,
  axis: number | null,
  keep: boolean,
): { readonly list: readonly ArrayValue[]; readonly shape: readonly number[] } {
  if (axis === null) return { list: [reshaped(a, [a.data.length])], shape: keep ? a.shape.map(() => 1) : [] };
  const length = a.shape[axis] as number;
  const rest = a.shape.filter((_, d) => d !== axis);
  const moved = reshaped(permute(a, [...a.shape.map((_, d) => d).filter((d) => d !== axis), axis]), [cells(rest), length]);
  const list = Array.from({ length: cells(rest) }, (_, k) =>
    gather(
      moved,
      [length],
      Int32Array.from({ length }, (_, j) => k * length + j),
    ),
  );
  return { list, shape: keep ? a.shape.map((n, d) => (d === axis ? 1 : n)) : rest };
}

const truth = (v: Value | undefined): boolean => v !== undefined && (v.kind === "boolean" ? v.value : v.kind === "rational" && v.num !== 0n);

/** axis=(0, 2): those axes put together as the last one; null where one axis or none is asked for. */
function overAxes(
  a: ArrayValue,
  named: Named,
  call: CallExpr,
): { readonly array: ArrayValue; readonly named: Named; readonly kept: readonly number[] } | null {
  const given = named["axis"];
  if (given?.kind !== "array" || given.shape.length !== 1) return null;
  const axes = Array.from(given.data, (n) => (n < 0 ? n + a.shape.length : n));
  const wrong = axes.find((d) => !(d >= 0 && d < a.shape.length));
  if (wrong !== undefined) return fail("index-out-of-range", said`axis ${wrong} of ${shapeText(a)}`, call.range);
  const rest = a.shape.map((_, d) => d).filter((d) => !axes.includes(d));
  const array = reshaped(permute(a, [...rest, ...axes]), [...rest.map((d) => a.shape[d] as number), cells(axes.map((d) => a.shape[d] as number))]);
  const { axis: _, keepdims: __, ...others } = named;
  return { array, named: { ...others, axis: s.integer(rest.length) }, kept: a.shape.map((n, d) => (axes.includes(d) ? 1 : n)) };
}

/** A reduction from a rule for one line of numbers. */
function reduction(
  name: string,
  aliases: readonly string[],
  of: (line: ArrayValue, named: Named, call: CallExpr, context: Context) => Scalar,
  options: { empty?: Scalar; boolean?: boolean } = {},
): FormulaFunction {
  return {
    name,
    aliases,
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, named, call, context) => {
      const several = args.length === 1 && args[0]?.kind === "array" ? overAxes(args[0], named, call) : null;
      if (several) {
        const total = reduction(name, aliases, of, options).apply([several.array], several.named, call, context);
        return truth(named["keepdims"]) && total.kind === "array" ? reshaped(total, several.kept) : total;
      }
      const a = operand(args, call);
      const keep =
        truth(named["keepdims"]) || (context.language === "matlab" && a.shape.length === 2) || ("dims" in named && context.language === "julia");
      const axis = axisOf(a, named, call, context);
      const { list, shape } = lines(a, axis, keep && axis !== null);
      const values = list.map((line) => {
        context.budget.check();
        if (line.data.length === 0) return options.empty ?? fail("empty", said`${name} of nothing`, call.range);
        return of(line, named, call, context);
      });
      if (axis === null || shape.length === 0)
        return options.boolean ? { kind: "boolean", value: !s.isZero(values[0] as Scalar) } : settled(values[0] as Scalar, context);
      const result = settleFractions(fromScalars(shape, values), context);
      return options.boolean
        ? { ...result, element: "boolean" }
        : context.language === "matlab" && result.data.length === 1
          ? entry(result, 0)
          : result;
    },
  };
}

const settled = (x: Scalar, context: Context): Scalar =>
  x.kind === "rational" && x.den !== 1n && !semanticsOf(context.language).fractions ? realValue(s.re(x)) : x;

function sum(a: ArrayValue): Scalar {
  if (!a.exact && !a.imag) {
    // Neumaier's compensated summation.
    let total = 0;
    let lost = 0;
    for (const x of a.data) {
      const t = total + x;
      lost += Math.abs(total) >= Math.abs(x) ? total - t + x : x - t + total;
      total = t;
    }
    return realValue(Number.isFinite(total) ? total + lost : total);
  }
  let total: Scalar = s.zero;
  for (let k = 0; k < a.data.length; k++) total = s.add(total, entry(a, k));
  return total;
}

const product = (a: ArrayValue): Scalar => {
  let total: Scalar = s.one;
  inPortions(a.data.length, (from, to) => {
    for (let k = from; k < to; k++) total = s.multiply(total, entry(a, k));
  });
  return total;
};
const mean = (a: ArrayValue): Scalar => s.divide(sum(a), s.integer(a.data.length));

function variance(a: ArrayValue, named: Named, call: CallExpr, context: Context): Scalar {
  const given = named["ddof"] ? scalarOf(named["ddof"]) : null;
  const sample = context.language === "r" || context.language === "julia" || context.language === "mathematica" || context.language === "maple";
  const ddof = given ? (s.toInteger(given) ?? 0) : sample ? 1 : 0;
  const n = a.data.length - ddof;
  if (n <= 0) return fail("domain", said`the variance of ${a.data.length === 1 ? "1 number" : `${a.data.length} numbers`}`, call.range);
  const m = mean(a);
  const squares = mapEntries(a, (x) => {
    const d = s.subtract(x, m);
    return s.isReal(d) ? s.multiply(d, d) : realValue(s.re(s.absolute(d)) ** 2);
  });
  return s.divide(sum(squares), s.integer(n));
}

type Real = Scalar & { kind: "rational" | "real" };
const real = (x: Scalar, call: CallExpr): Real => (s.isReal(x) ? x : fail("domain", said`${call.name} of complex numbers`, call.range));

/** The place of the largest or smallest entry; a NaN is the answer, but MATLAB looks past it. */
function extreme(a: ArrayValue, call: CallExpr, sign: 1 | -1, context: Context): number {
  const skips = context.language === "matlab";
  let best = 0;
  for (let k = 0; k < a.data.length; k++) {
    const x = a.data[k] as number;
    if (Number.isNaN(x)) {
      if (!skips) return k;
      continue;
    }
    if (skips && Number.isNaN(a.data[best] as number)) best = k;
    if (a.imag) real(entry(a, k), call);
    if (k > 0 && (a.exact ? s.compare(entry(a, k) as Real, entry(a, best) as Real) * sign > 0 : (x - (a.data[best] as number)) * sign > 0)) best = k;
  }
  return best;
}

const median = (a: ArrayValue, call: CallExpr): Scalar => quantile(a, { kind: "rational", num: 1n, den: 2n }, call);

/** Linear interpolation between order statistics (NumPy's default, type 7). */
function quantile(a: ArrayValue, q: Scalar, call: CallExpr): Scalar {
  const order = inOrder(a, call);
  const n = order.data.length;
  if (Number.isNaN(order.data[n - 1])) return realValue(Number.NaN);
  const at = s.multiply(s.integer(n - 1), q) as Real;
  const low = s.floor(at);
  const k = s.re(low);
  if (!(k >= 0 && k < n)) return fail("domain", "a quantile lies between 0 and 1", call.range);
  const x = entry(order, k);
  const y = entry(order, Math.min(k + 1, n - 1));
  return s.add(x, s.multiply(s.subtract(at, low), s.subtract(y, x)));
}

/** Places in ascending order of their entries. */
export function sorted(a: ArrayValue, call: CallExpr): number[] {
  requireOrder(a, call);
  return placesInOrder(a.data.length, (x, y) =>
    a.exact ? s.compare(entry(a, x) as Real, entry(a, y) as Real) : ascending(a.data[x] as number, a.data[y] as number),
  );
}

/** The entries in ascending order. */
function inOrder(a: ArrayValue, call: CallExpr): ArrayValue {
  if (a.exact) return pick(a, sorted(a, call));
  requireOrder(a, call);
  return { ...a, data: sortedNumbers(a.data) };
}

function requireOrder(a: ArrayValue, call: CallExpr): void {
  if (a.imag) fail("domain", said`${call.name} of complex numbers`, call.range);
}

/** One result for every entry of a line, along an axis. */
function along(
  name: string,
  aliases: readonly string[],
  of: (line: ArrayValue, named: Named, call: CallExpr, context: Context) => ArrayValue,
  fallback: "rule" | "last" | "first",
  most = Number.POSITIVE_INFINITY,
): FormulaFunction {
  return {
    name,
    aliases,
    arity: [1, most],
    apply: (args, named, call, context) => {
      const a = operand(args, call);
      const axis = axisOf(a, named, call, context, isVectorLike(a) && !("axis" in named) ? "rule" : fallback);
      if (axis === null) {
        const flat = of(reshaped(a, [a.data.length]), named, call, context);
        return isVectorLike(a) && flat.data.length === a.data.length ? reshaped(flat, a.shape) : flat;
      }
      const { list } = lines(a, axis, false);
      const parts = list.map((line) => of(line, named, call, context));
      const length = parts[0]?.data.length ?? 0;
      const rest = a.shape.filter((_, d) => d !== axis);
      const whole = reshaped(
        concatenate(
          parts.map((p) => reshaped(p, [1, length])),
          0,
        ),
        [...rest, length],
      );
      const order = rest.map((_, d) => d);
      order.splice(axis, 0, rest.length);
      return permute(whole, order);
    },
  };
}

/** Each entry combined with all before it: by `op`, or on plain numbers by `plain`. */
const running = (op: (a: Scalar, b: Scalar) => Scalar, plain: (a: number, b: number) => number) => (line: ArrayValue) => {
  const n = line.data.length;
  if (!line.exact && !line.imag) {
    const data = line.data.slice();
    inPortions(n, (from, to) => {
      for (let k = Math.max(from, 1); k < to; k++) data[k] = plain(data[k - 1] as number, data[k] as number);
    });
    return { kind: "array" as const, shape: [n], data };
  }
  const out: Scalar[] = [];
  inPortions(n, (from, to) => {
    for (let k = from; k < to; k++) out.push(k === 0 ? entry(line, 0) : op(out[k - 1] as Scalar, entry(line, k)));
  });
  return fromScalars([n], out);
};

function logSoftmax(line: ArrayValue): ArrayValue {
  const total = logSumExp(line);
  return { kind: "array", shape: line.shape, data: line.data.map((x) => x - total) };
}

function softmax(line: ArrayValue): ArrayValue {
  const top = line.data.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const e = line.data.map((x) => Math.exp(x - top));
  const total = e.reduce((a, b) => a + b, 0);
  return { kind: "array", shape: [e.length], data: e.map((x) => x / total) };
}

const logSumExp = (line: ArrayValue): number => {
  const top = line.data.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return top + Math.log(line.data.reduce((t, x) => t + Math.exp(x - top), 0));
};

const pick = (a: ArrayValue, at: readonly number[]): ArrayValue => gather(a, [at.length], at);
const backwards = (a: ArrayValue): ArrayValue =>
  pick(
    a,
    Array.from({ length: a.data.length }, (_, k) => a.data.length - 1 - k),
  );
const origin = (context: Context): number => (["python", "javascript", "c", "cpp"].includes(context.language) ? 0 : 1);

/** max and min of one array, of several numbers, or of several equal arrays entry by entry. */
const chosen = (name: "max" | "min", sign: 1 | -1): FormulaFunction => {
  const base = reduction(name, [`a${name}`], (line, _n, call, context) => entry(line, extreme(line, call, sign, context)));
  return {
    ...base,
    apply: (args, named, call, context) => {
      const arrays = args.filter((v): v is ArrayValue => v.kind === "array" && v.data.length > 1);
      if (args.length > 1 && arrays.length > 0) return entrywiseExtreme(args, sign, call);
      if (args.length > 1 && arrays.length === 0) {
        // Several numbers: each keeps its own exactness.
        const numbers = args.map((v, k) =>
          real(scalarOf(v) ?? fail("unsupported", said`${call.name} of ${shapeText(v)} among others`, (call.args[k] ?? call).range), call),
        );
        return numbers.reduce((x, y) => (Number.isNaN(s.re(x)) ? x : Number.isNaN(s.re(y)) || s.compare(y, x) * sign > 0 ? y : x));
      }
      return base.apply(args, named, call, context);
    },
  };
};

function entrywiseExtreme(args: readonly Value[], sign: 1 | -1, call: CallExpr): Value {
  const shape = (args.find((v) => v.kind === "array" && v.data.length > 1) as ArrayValue).shape;
  const n = cells(shape);
  const parts = args.map((v): ((k: number) => Real) => {
    const x = v.kind === "array" && v.data.length > 1 ? null : scalarOf(v);
    if (x) return () => real(x, call);
    if (v.kind !== "array" || v.shape.join() !== shape.join())
      return fail("shape-mismatch", said`${call.name} of ${shapeText(v)} and ${shape.join("×")}`, call.range);
    return (k) => real(entry(v, k), call);
  });
  return fromScalars(
    shape,
    Array.from({ length: n }, (_, k) => parts.map((p) => p(k)).reduce((x, y) => (s.compare(y, x) * sign > 0 ? y : x))),
  );
}

export const reductions: readonly FormulaFunction[] = [
  reduction("sum", ["Total", "total", "nansum"], (a) => sum(a), { empty: s.zero }),
  reduction("prod", ["product"], (a) => product(a), { empty: s.one }),
  reduction("mean", ["average", "avg", "Mean"], (a) => mean(a)),
  reduction("var", ["variance", "Var"], variance),
  reduction("std", ["Std", "sd"], (a, named, call, context) => s.squareRoot(variance(a, named, call, context))),
  reduction("median", ["Median"], (a, _n, call) => median(a, call)),
  chosen("max", 1),
  chosen("min", -1),
  { ...chosen("max", 1), name: "maximum", aliases: ["pmax", "fmax"] },
  { ...chosen("min", -1), name: "minimum", aliases: ["pmin", "fmin"] },
  reduction("argmax", ["which.max"], (a, _n, call, context) => s.integer(extreme(a, call, 1, context) + origin(context))),
  reduction("argmin", ["which.min"], (a, _n, call, context) => s.integer(extreme(a, call, -1, context) + origin(context))),
  reduction("ptp", [], (a, _n, call, context) => s.subtract(entry(a, extreme(a, call, 1, context)), entry(a, extreme(a, call, -1, context)))),
  reduction("all", [], (a) => s.integer(a.data.every((x) => x !== 0) ? 1 : 0), { boolean: true, empty: s.one }),
  reduction("any", [], (a) => s.integer(a.data.some((x) => x !== 0) ? 1 : 0), { boolean: true, empty: s.zero }),
  reduction("count_nonzero", ["nnz"], (a) => s.integer(a.data.reduce((n, x) => n + (x !== 0 ? 1 : 0), 0)), { empty: s.zero }),
  reduction("logsumexp", [], (a) => realValue(logSumExp(a))),
  reduction("mode", [], (a) => {
    const counts = new Map<number, number>();
    for (const x of a.data) counts.set(x, (counts.get(x) ?? 0) + 1);
    return realValue([...counts].sort((x, y) => y[1] - x[1] || x[0] - y[0])[0]?.[0] as number);
  }),
  {
    name: "quantile",
    aliases: ["percentile"],
    arity: [2, 2],
    apply: ([v, q], _named, call) => {
      const a = operand([v as Value], call);
      const hundred = call.name === "percentile" ? s.integer(100) : s.one;
      if (q?.kind === "array") return mapEntries(q, (x) => quantile(a, s.divide(x, hundred), call));
      return quantile(a, s.divide(scalarOf(q as Value) ?? s.zero, hundred), call);
    },
  },
  // Rows of a matrix, all entries of a vector.
  along("softmax", ["Softmax"], (line) => softmax(line), "last"),
  along("log_softmax", ["logsoftmax"], logSoftmax, "last"),
  along(
    "cumsum",
    ["Accumulate"],
    running(s.add, (x, y) => x + y),
    "rule",
  ),
  along(
    "cumprod",
    [],
    running(s.multiply, (x, y) => x * y),
    "rule",
  ),
  along(
    "diff",
    ["Differences"],
    (a) =>
      fromScalars(
        [Math.max(a.data.length - 1, 0)],
        Array.from({ length: Math.max(a.data.length - 1, 0) }, (_, k) => s.subtract(entry(a, k + 1), entry(a, k))),
      ),
    "last",
    1,
  ),
  along(
    "sort",
    ["Sort", "sorted"],
    (a, named, call) => {
      const up = inOrder(a, call);
      return truth(named["reverse"]) || truth(named["decreasing"]) || truth(named["descending"]) ? backwards(up) : up;
    },
    "last",
    1,
  ),
  along(
    "argsort",
    ["order", "sortperm"],
    (a, named, call, context) => {
      const up = sorted(a, call);
      const down = truth(named["descending"]) || truth(named["decreasing"]) || truth(named["rev"]);
      // Equal entries keep their order.
      const order = down ? placesInOrder(up.length, (x, y) => ascending(a.data[y] as number, a.data[x] as number)) : up;
      return fromScalars(
        [order.length],
        order.map((k) => s.integer(k + origin(context))),
      );
    },
    "last",
    1,
  ),
  along("flip", ["reverse", "rev", "Reverse"], backwards, "first", 1),
];
