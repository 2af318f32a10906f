// What neural networks are written with: activations with a slope, normalisation, losses, attention. Python's spellings.

import { type ArrayValue, type BinaryOp, type CallExpr, fail, realValue, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { cells, entries, filled, fromScalars, isVectorLike, permute, reshaped, scalarOf, shapeText } from "../array.js";
import { mapEntries } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import { lines } from "../functions/reduce.js";
import { binary } from "../operate.js";
import * as s from "../scalar.js";
import { arrayOf, axisAt, integerOf, mapNumbers, truth, unary, usual, word } from "./arguments.js";

const numberOf = (v: Value | undefined, fallback: number, call: CallExpr): number =>
  v === undefined ? fallback : s.re(scalarOf(v) ?? fail("domain", said`${call.name} takes a number here`, call.range));

/** A term for each entry, and their mean, sum or all of them, as `reduction` says. */
function reducedLoss(terms: Value, named: Readonly<Record<string, Value>>, call: CallExpr, context: Context): Value {
  const how = word(named["reduction"]) || "mean";
  if (how === "none") return terms;
  if (how !== "mean" && how !== "sum" && how !== "batchmean")
    return fail("unsupported", said`the reduction "${how}"`, call.range, "Use mean, sum or none");
  const total = usual(how === "mean" ? "mean" : "sum", [terms], {}, call, context);
  return how === "batchmean" && terms.kind === "array" ? binary("divide", total, s.integer(terms.shape[0] ?? 1), context, call.range) : total;
}

/** Each line along an axis by a rule. */
function eachLine(a: ArrayValue, axis: number, f: (line: Float64Array) => Float64Array): ArrayValue {
  const { list } = lines(a, axis, false);
  const last = a.shape.length - 1;
  const order = a.shape.map((_, d) => d).filter((d) => d !== axis);
  const data = new Float64Array(a.data.length);
  const n = a.shape[axis] as number;
  for (const [k, line] of list.entries()) data.set(f(line.data), k * n);
  const moved: ArrayValue = { kind: "array", shape: [...order.map((d) => a.shape[d] as number), n], data };
  if (axis === last) return moved;
  const back = a.shape.map((_, d) => (d === axis ? last : order.indexOf(d)));
  return permute(moved, back);
}

/** The negative log likelihood of the right class: log-probabilities by rows (or one vector), classes as numbers or as probabilities. */
function likelihood(logs: ArrayValue, target: Value | undefined, named: Readonly<Record<string, Value>>, call: CallExpr, context: Context): Value {
  if (named["weight"] || named["label_smoothing"] || named["ignore_index"])
    return fail("unsupported", said`${call.name} with weights or smoothing`, call.range, "Write the sum out");
  const classes = logs.shape[logs.shape.length > 1 ? 1 : 0] as number;
  if (logs.shape.length > 2)
    return fail("unsupported", said`${call.name} of ${shapeText(logs)}`, call.range, "Reshape the scores to one row for each target");
  const rows = logs.data.length / classes;
  const t = target?.kind === "array" ? target : undefined;
  if (t && t.shape.join() === logs.shape.join()) {
    const terms = Float64Array.from({ length: rows }, (_, i) => {
      let total = 0;
      for (let j = 0; j < classes; j++) total -= (t.data[i * classes + j] as number) * (logs.data[i * classes + j] as number);
      return total;
    });
    return reducedLoss({ kind: "array", shape: [rows], data: terms }, named, call, context);
  }
  const wanted = t ? entries(t) : [target ? (scalarOf(target) ?? s.zero) : fail("missing-argument", "the right classes are missing", call.range)];
  if (wanted.length !== rows) return fail("shape-mismatch", said`${rows} rows of scores but ${wanted.length} targets`, call.range);
  const terms = wanted.map((x, i) => {
    const k = s.toInteger(x);
    if (k === null || k < 0 || k >= classes) return fail("index-out-of-range", said`class ${s.re(x)} is outside 0..${classes - 1}`, call.range);
    return -(logs.data[i * classes + k] as number);
  });
  return reducedLoss({ kind: "array", shape: [rows], data: Float64Array.from(terms) }, named, call, context);
}

/** x less its mean over the last axes, divided by its deviation (with `centred`) or its root mean square. */
function normalisedOver(
  v: Value | undefined,
  over: Value | undefined,
  named: Readonly<Record<string, Value>>,
  centred: boolean,
  call: CallExpr,
  context: Context,
): Value {
  const a = arrayOf(v, call);
  const sizes = over?.kind === "array" ? Array.from(over.data) : [integerOf(over, a.shape[a.shape.length - 1] ?? 1, call)];
  const tail = a.shape.slice(a.shape.length - sizes.length);
  if (tail.join() !== sizes.join()) return fail("shape-mismatch", said`the last axes of ${shapeText(a)} are not ${sizes.join("×")}`, call.range);
  const n = cells(tail);
  const eps = numberOf(named["eps"], centred ? 1e-5 : Number.EPSILON, call);
  const flat = eachLine(reshaped(a, [a.data.length / n, n]), 1, (x) => {
    const mean = centred ? x.reduce((p, q) => p + q, 0) / n : 0;
    const scale = 1 / Math.sqrt(x.reduce((p, q) => p + (q - mean) ** 2, 0) / n + eps);
    return x.map((q) => (q - mean) * scale);
  });
  let out: Value = reshaped(flat, a.shape);
  if (named["weight"]) out = binary("elementwise", out, named["weight"], context, call.range);
  return named["bias"] ? binary("add", out, named["bias"], context, call.range) : out;
}

/** softmax(Q K^T / sqrt(d) + mask) V over the last two axes. */
function attention(args: readonly Value[], named: Readonly<Record<string, Value>>, call: CallExpr, context: Context): Value {
  const [q, k, v] = args.map((x) => arrayOf(x, call)) as [ArrayValue, ArrayValue, ArrayValue];
  if (q.shape.length < 2 || k.shape.length < 2) return fail("shape-mismatch", said`attention of ${shapeText(q)} and ${shapeText(k)}`, call.range);
  if (named["dropout_p"] && numberOf(named["dropout_p"], 0, call) !== 0) return fail("unsupported", "dropout is drawn at random", call.range);
  const op = (name: BinaryOp, x: Value, y: Value): Value => binary(name, x, y, context, call.range);
  const d = q.shape[q.shape.length - 1] as number;
  const turned = usual("swapaxes", [k, s.integer(-1), s.integer(-2)], {}, call, context);
  const scale = named["scale"] ?? realValue(1 / Math.sqrt(d));
  let scores = op("elementwise", op("matmul", q, turned), scale);
  const [m, n] = [q.shape[q.shape.length - 2] as number, k.shape[k.shape.length - 2] as number];
  const mask = named["mask"];
  const hidden = (seen: (i: number, j: number) => boolean): ArrayValue => ({
    kind: "array",
    shape: [m, n],
    data: Float64Array.from({ length: m * n }, (_, at) => (seen(Math.floor(at / n), at % n) ? 0 : Number.NEGATIVE_INFINITY)),
  });
  if (truth(named["is_causal"]))
    scores = op(
      "add",
      scores,
      hidden((i, j) => j <= i),
    );
  if (mask?.kind === "array")
    scores = op(
      "add",
      scores,
      mask.element === "boolean" ? { kind: "array", shape: mask.shape, data: mask.data.map((x) => (x ? 0 : Number.NEGATIVE_INFINITY)) } : mask,
    );
  return op("matmul", usual("softmax", [scores], { axis: s.integer(-1) }, call, context), v);
}

const pairwise = (terms: (x: Value, y: Value, op: (name: BinaryOp, a: Value, b: Value) => Value, call: CallExpr, context: Context) => Value) =>
  ((args, named, call, context) =>
    reducedLoss(
      terms(args[0] as Value, args[1] as Value, (name, a, b) => binary(name, a, b, context, call.range), call, context),
      named,
      call,
      context,
    )) satisfies FormulaFunction["apply"];

const log = (x: number): number => Math.max(Math.log(x), -100);

/** A layer by its name in a paper: over each row, or over the whole of a vector. */
const normalisation = (name: string, centred: boolean): FormulaFunction =>
  unary(name, [], ([v], _named, call, context) => {
    const a = arrayOf(v, call);
    const line = isVectorLike(a) ? reshaped(a, [a.data.length]) : a;
    context.note(centred ? "with ε = 10⁻⁵ beside the variance" : "with ε = 2⁻⁵² beside the mean square");
    const out = normalisedOver(line, undefined, {}, centred, call, context);
    return out.kind === "array" ? reshaped(out, a.shape) : out;
  });

/** The normalisations of networks as formulas name them. */
export const normalisations: readonly FormulaFunction[] = [normalisation("LayerNorm", true), normalisation("RMSNorm", false)];

export const networkFunctions: readonly FormulaFunction[] = [
  unary("leaky_relu", [], ([v], named, call) => {
    const slope = numberOf(named["slope"], 0.01, call);
    return mapNumbers(v as Value, (x) => realValue(x < 0 ? slope * x : x), call);
  }),
  unary("elu", [], ([v], named, call) => {
    const alpha = numberOf(named["alpha"], 1, call);
    return mapNumbers(v as Value, (x) => realValue(x < 0 ? alpha * Math.expm1(x) : x), call);
  }),
  unary("gelu", [], ([v], named, call, context) =>
    word(named["approximate"]) === "tanh" || truth(named["approximate"])
      ? mapNumbers(v as Value, (x) => realValue(0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))), call)
      : usual("gelu", [v as Value], {}, call, context),
  ),
  unary("normalized", [], ([v], named, call) => {
    const a = arrayOf(v, call);
    const p = numberOf(named["order"], 2, call);
    const axis = a.shape.length === 1 ? 0 : axisAt(named["axis"] ?? s.integer(1), a.shape.length, call);
    return eachLine(a, axis, (x) => {
      const norm =
        p === 2
          ? Math.hypot(...x)
          : Number.isFinite(p)
            ? x.reduce((t, y) => t + Math.abs(y) ** p, 0) ** (1 / p)
            : x.reduce((t, y) => Math.max(t, Math.abs(y)), 0);
      return x.map((y) => y / Math.max(norm, 1e-12));
    });
  }),
  unary("layer_norm", [], ([v, n], named, call, context) => normalisedOver(v, n, named, true, call, context), [1, 2]),
  unary("rms_norm", [], ([v, n], named, call, context) => normalisedOver(v, n, named, false, call, context), [1, 2]),
  unary(
    "mse_loss",
    [],
    pairwise((x, y, op) => {
      const d = op("subtract", x, y);
      return op("elementwise", d, d);
    }),
    [2, 2],
  ),
  unary(
    "l1_loss",
    [],
    pairwise((x, y, op, call, context) => usual("abs", [op("subtract", x, y)], {}, call, context)),
    [2, 2],
  ),
  unary(
    "binary_cross_entropy",
    [],
    pairwise((x, y, op, call) => {
      const likely = mapNumbers(x, (p) => realValue(log(p)), call);
      const unlikely = mapNumbers(x, (p) => realValue(log(1 - p)), call);
      const no = op("subtract", s.one, y);
      return op("subtract", op("subtract", s.zero, op("elementwise", y, likely)), op("elementwise", no, unlikely));
    }),
    [2, 2],
  ),
  unary(
    "binary_cross_entropy_with_logits",
    [],
    // max(x, 0) - x y + log(1 + exp(-|x|))
    pairwise((x, y, op, call) => {
      const bound = mapNumbers(x, (z) => realValue(Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))), call);
      return op("subtract", bound, op("elementwise", x, y));
    }),
    [2, 2],
  ),
  unary(
    "kl_div",
    [],
    // Log-probabilities first, then probabilities: y (log y - x).
    pairwise((x, y, op, call) =>
      op(
        "subtract",
        mapNumbers(y, (p) => realValue(p > 0 ? p * Math.log(p) : 0), call),
        op("elementwise", y, x),
      ),
    ),
    [2, 2],
  ),
  unary(
    "cross_entropy",
    [],
    ([v, t], named, call, context) => {
      const a = arrayOf(v, call);
      const logs = usual("log_softmax", [a], { axis: s.integer(-1) }, call, context);
      return likelihood(logs as ArrayValue, t, named, call, context);
    },
    [2, 2],
  ),
  unary("nll_loss", [], ([v, t], named, call, context) => likelihood(arrayOf(v, call), t, named, call, context), [2, 2]),
  unary(
    "cosine_similarity",
    [],
    ([v, w], named, call, context) => {
      const [a, b] = [arrayOf(v, call), arrayOf(w, call)];
      const along = named["axis"];
      if (a.shape.length === 1 && b.shape.length === 1) return usual("cosine_similarity", [a, b], {}, call, context);
      const axis = { axis: along ?? s.one };
      const op = (name: BinaryOp, x: Value, y: Value): Value => binary(name, x, y, context, call.range);
      const dot = (x: Value, y: Value): Value => usual("sum", [op("elementwise", x, y)], axis, call, context);
      return op("elementdivide", dot(a, b), usual("sqrt", [op("elementwise", dot(a, a), dot(b, b))], {}, call, context));
    },
    [2, 2],
  ),
  unary("scaled_dot_product_attention", [], attention, [3, 3]),
  unary(
    "cdist",
    [],
    ([v, w], named, call, context) => {
      const [a, b] = [arrayOf(v, call), arrayOf(w, call)];
      const metric = word(named["p"]) || word(named["metric"]);
      if (metric && metric !== "euclidean") return fail("unsupported", said`the distance "${metric}"`, call.range, "Use the Euclidean one");
      if (a.shape.length !== 2 || b.shape.length !== 2 || a.shape[1] !== b.shape[1])
        return fail("shape-mismatch", said`distances between the rows of ${shapeText(a)} and ${shapeText(b)}`, call.range);
      const p = metric ? 2 : numberOf(named["p"], 2, call);
      const [m, n, d] = [a.shape[0] as number, b.shape[0] as number, a.shape[1] as number];
      context.budget.check();
      const data = Float64Array.from({ length: m * n }, (_, at) => {
        const [i, j] = [Math.floor(at / n), at % n];
        let total = 0;
        for (let k = 0; k < d; k++) total += Math.abs((a.data[i * d + k] as number) - (b.data[j * d + k] as number)) ** p;
        return total ** (1 / p);
      });
      return { kind: "array", shape: [m, n], data };
    },
    [2, 2],
  ),
  unary("zscore", [], ([v], named, call) => {
    const a = arrayOf(v, call);
    const ddof = integerOf(named["ddof"], 0, call);
    return eachLine(a, axisAt(named["axis"], a.shape.length, call), (x) => {
      const mean = x.reduce((p, q) => p + q, 0) / x.length;
      const deviation = Math.sqrt(x.reduce((p, q) => p + (q - mean) ** 2, 0) / (x.length - ddof));
      return x.map((q) => (q - mean) / deviation);
    });
  }),
  unary("entropy", [], ([v], named, call) => {
    const p = arrayOf(v, call).data;
    const total = p.reduce((x, y) => x + y, 0);
    const nats = p.reduce((t, x) => (x > 0 ? t - (x / total) * Math.log(x / total) : t), 0);
    return realValue(named["base"] ? nats / Math.log(numberOf(named["base"], Math.E, call)) : nats);
  }),
  unary(
    "polar",
    [],
    ([r, angle], _n, call, context) => {
      const at = arrayOf(angle, call);
      const unit = fromScalars(
        at.shape,
        entries(at).map((t) => ({ kind: "complex", re: Math.cos(s.re(t)), im: Math.sin(s.re(t)) })),
      );
      return binary("elementwise", r as Value, unit, context, call.range);
    },
    [2, 2],
  ),
  unary("one_hot", [], ([v], named, call) => {
    const a = arrayOf(v, call);
    const labels = entries(a).map((x) => s.toInteger(x) ?? fail("domain", "classes are whole numbers", call.range));
    const most = labels.reduce((x, y) => Math.max(x, y), -1) + 1;
    const asked = integerOf(named["classes"], -1, call);
    const n = asked < 0 ? most : asked;
    const outside = labels.find((k) => k < 0 || k >= n);
    if (outside !== undefined) return fail("index-out-of-range", said`class ${outside} is outside 0..${n - 1}`, call.range);
    const out = filled([...a.shape, n], s.zero);
    const at = new Map(labels.map((k, i) => [i * n + k, 1]));
    return mapIndexed(out, (k) => s.integer(at.get(k) ?? 0));
  }),
];

const mapIndexed = (a: ArrayValue, f: (k: number) => s.Scalar): ArrayValue => {
  let k = 0;
  return mapEntries(a, () => f(k++));
};
