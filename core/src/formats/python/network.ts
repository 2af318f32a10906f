// Names of PyTorch, JAX and NumPy that are spelled another way elsewhere: comparisons, selection, layers, losses, attention.

import { type Expr, fail, type Range, type RelationOp } from "../../expr/index.js";
import { call, integer, number } from "../shared/build.js";
import { isWhole } from "../shared/code.js";
import type { Arguments, Builder, FunctionRule } from "../shared/dialect.js";

type Named = Readonly<Record<string, Expr>>;

/** The k-th argument, or the first of the names that is given. */
const given = (a: Arguments, k: number, ...names: readonly string[]): Expr | undefined =>
  a.args[k] ?? names.map((n) => a.named[n]).find((e) => e !== undefined);
const needed = (a: Arguments, k: number, ...names: readonly string[]): Expr =>
  given(a, k, ...names) ?? fail("missing-argument", "an argument is missing between the brackets", a.range);
const without = (named: Named, ...names: readonly string[]): Named => Object.fromEntries(Object.entries(named).filter(([k]) => !names.includes(k)));
const some = (parts: Readonly<Record<string, Expr | undefined>>): Named =>
  Object.fromEntries(Object.entries(parts).filter((x): x is [string, Expr] => x[1] !== undefined));

const binary = (
  op: "add" | "subtract" | "elementwise" | "elementdivide" | "floordivide" | "matmul",
  left: Expr,
  right: Expr,
  range: Range,
): Expr => ({
  kind: "binary",
  op,
  left,
  right,
  range,
});

const relation =
  (op: RelationOp): Builder =>
  (a) => ({ kind: "relation", first: needed(a, 0), rest: [{ op, operand: needed(a, 1) }], range: a.range });

/** Positional arguments under the names the evaluator reads, in order. */
const positional =
  (name: string, keep: number, ...names: readonly (string | readonly string[])[]): Builder =>
  (a) => {
    const all = names.map((n) => (typeof n === "string" ? [n] : n));
    const named = some(Object.fromEntries(all.map((n, k) => [n[0], given(a, keep + k, ...n)])));
    return call(name, a.args.slice(0, keep), a.range, a.nameRange, { ...without(a.named, ...all.flat()), ...named });
  };

/** A whole number written out, with its sign; undefined for everything else. */
export const writtenInteger = (e: Expr | undefined): number | undefined =>
  e?.kind === "number" && isWhole(e)
    ? e.value
    : e?.kind === "unary" && e.op === "negate" && e.operand.kind === "number" && isWhole(e.operand)
      ? -e.operand.value
      : undefined;

const flag = (e: Expr | undefined): boolean => e?.kind === "boolean" && e.value;

/** input @ weight^T + bias. */
const linear: Builder = (a) => {
  const weight = needed(a, 1, "weight");
  const product = binary("matmul", needed(a, 0, "input"), { kind: "unary", op: "transpose", operand: weight, range: weight.range }, a.range);
  const bias = given(a, 2, "bias");
  return bias ? binary("add", product, bias, a.range) : product;
};

/** beta * M + alpha * (A @ B). */
const addProduct: Builder = (a) => {
  const scaled = (e: Expr, by: Expr | undefined): Expr => (by ? binary("elementwise", by, e, a.range) : e);
  const product = scaled(binary("matmul", needed(a, 1), needed(a, 2), a.range), a.named["alpha"]);
  return binary("add", scaled(needed(a, 0), a.named["beta"]), product, a.range);
};

const lerp: Builder = (a) => {
  const start = needed(a, 0);
  const along = binary("subtract", needed(a, 1, "end"), start, a.range);
  return binary("add", start, binary("elementwise", needed(a, 2, "weight"), along, a.range), a.range);
};

/** a / b, rounded down or towards zero where `rounding_mode` says so. */
const divide: Builder = (a) => {
  const mode = a.named["rounding_mode"];
  const how = mode?.kind === "string" ? mode.value : "";
  const [left, right] = [needed(a, 0), needed(a, 1, "other")];
  if (how === "floor") return binary("floordivide", left, right, a.range);
  const quotient = binary("elementdivide", left, right, a.range);
  return how === "trunc" ? call("trunc", [quotient], a.range, a.nameRange) : quotient;
};

/** Matrix product, with the factors turned round where the flags say so. */
const matmul: Builder = (a) => {
  const turned = (e: Expr, ...flags: readonly string[]): Expr =>
    flags.some((f) => flag(a.named[f])) ? call("swapaxes", [e, integer(-1, e.range), integer(-2, e.range)], e.range) : e;
  const left = turned(needed(a, 0, "input", "a"), "transpose_a", "adjoint_a");
  return binary("matmul", left, turned(needed(a, 1, "other", "b"), "transpose_b", "adjoint_b"), a.range);
};

const masked: Builder = (a) => call("where", [needed(a, 1, "mask"), needed(a, 2, "value"), needed(a, 0)], a.range, a.nameRange);
const selected: Builder = (a) => ({ kind: "index", base: needed(a, 0), indices: [needed(a, 1, "mask")], origin: 0, range: a.range });
const alongDimension: Builder = (a) =>
  call("take_along_axis", [needed(a, 0), needed(a, 2, "index")], a.range, a.nameRange, { axis: needed(a, 1, "dim") });
const chosenRows: Builder = (a) => call("take", [needed(a, 0), needed(a, 2, "index")], a.range, a.nameRange, { axis: needed(a, 1, "dim") });
const scattered =
  (name: string): Builder =>
  (a) =>
    call(name, [needed(a, 0), needed(a, 2, "index"), needed(a, 3, "src", "value")], a.range, a.nameRange, { axis: needed(a, 1, "dim") });

/** The part of a type's name that says what its numbers are. */
export const typeText = (e: Expr | undefined): string => (e?.kind === "name" ? e.name : e?.kind === "string" ? e.value : "");
const wholeType = /^(?:torch\.|np\.)?(?:u?int\d*|long|short|byte|i\d+|u\d+)$/;

/** Whether the entries of a written array may lose a fraction. */
const hasFractions = (e: Expr): boolean =>
  e.kind === "literal"
    ? e.value.data.some((x) => !Number.isInteger(x))
    : e.kind === "array"
      ? e.items.some(hasFractions)
      : e.kind === "unary"
        ? hasFractions(e.operand)
        : !(e.kind === "number" && Number.isInteger(e.value)) && e.kind !== "boolean";

/** The value in another type of numbers: whole ones drop the fraction, truth values ask for zero. */
export function converted(e: Expr, type: Expr | undefined, range: Range): Expr {
  const to = typeText(type);
  if (wholeType.test(to) && hasFractions(e)) return call("trunc", [e], range);
  if (/^(?:torch\.|np\.)?bool_?$/.test(to) && e.kind !== "boolean")
    return { kind: "relation", first: e, rest: [{ op: "≠", operand: integer(0, range) }], range };
  return { ...e, range };
}
const cast: Builder = (a) => converted(needed(a, 0, "x"), given(a, 1, "dtype"), a.range);

/** x.transpose(0, 1): the axes that change places, counted from the end too. */
export const twoAxes = (axes: readonly Expr[]): boolean => axes.length === 2 && axes.every((e) => writtenInteger(e) !== undefined);

const relations: readonly (readonly [string, RelationOp])[] = [
  ["eq", "="],
  ["ne", "≠"],
  ["lt", "<"],
  ["le", "≤"],
  ["gt", ">"],
  ["ge", "≥"],
];

/** What np.finfo and np.iinfo know about a type. */
const typeLimits: Builder = (a, p) => {
  const type = typeText(a.args[0]).replace(/^.*\./, "");
  const floating = p.text.slice(a.nameRange[0], a.nameRange[1]).endsWith("finfo");
  const bits = Number(/\d+$/.exec(type)?.[0] ?? 64);
  const unsigned = type.startsWith("u");
  const [least, most] = unsigned ? [0n, 2n ** BigInt(bits) - 1n] : [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
  const whole = (x: bigint): Expr => number(Number(x), a.range, { num: x, den: 1n });
  const largest = bits === 16 ? 65504 : bits === 32 ? 3.4028234663852886e38 : Number.MAX_VALUE;
  const fields: Readonly<Record<string, Expr>> = floating
    ? {
        max: number(largest, a.range),
        min: number(-largest, a.range),
        eps: number(bits === 16 ? 2 ** -10 : bits === 32 ? 2 ** -23 : Number.EPSILON, a.range),
        tiny: number(bits === 16 ? 2 ** -14 : bits === 32 ? 2 ** -126 : 2.2250738585072014e-308, a.range),
        bits: integer(bits, a.range),
      }
    : { max: whole(most), min: whole(least), bits: integer(bits, a.range) };
  return recordOf(fields, a.range);
};

/** Named parts, as a dictionary or an object has them. */
export function recordOf(fields: Readonly<Record<string, Expr>>, range: Range): Expr {
  const columns: Expr = { kind: "array", items: Object.keys(fields).map((value): Expr => ({ kind: "string", value, range })), range };
  return call("listof", Object.values(fields), range, range, { columns });
}

export const networkFunctions: readonly [string, FunctionRule][] = [
  ...relations.map(([n, op]): [string, FunctionRule] => [n, relation(op)]),
  ["not_equal", relation("≠")],
  ["less", relation("<")],
  ["less_equal", relation("≤")],
  ["greater", relation(">")],
  ["greater_equal", relation("≥")],
  ["logical_not", (a) => ({ kind: "unary", op: "not", operand: needed(a, 0), range: a.range })],
  ["linear", linear],
  ["addmm", addProduct],
  ["addmv", addProduct],
  ["baddbmm", addProduct],
  ["lerp", lerp],
  ["div", divide],
  ["matmul", matmul],
  ["masked_fill", masked],
  ["masked_select", selected],
  ["gather", alongDimension],
  ["index_select", chosenRows],
  ["scatter", scattered("scatter")],
  ["scatter_add", scattered("scatter_add")],
  ["cast", cast],
  ["finfo", typeLimits],
  ["iinfo", typeLimits],
  ["expit", "sigmoid"],
  ["one_hot", positional("one_hot", 1, ["classes", "num_classes", "depth"])],
  ["leaky_relu", positional("leaky_relu", 1, ["slope", "negative_slope", "alpha"])],
  ["elu", positional("elu", 1, "alpha")],
  ["relu6", (a) => call("clip", [needed(a, 0), integer(0, a.range), integer(6, a.range)], a.range, a.nameRange)],
  ["logsigmoid", (a) => call("ln", [call("sigmoid", [needed(a, 0)], a.range, a.nameRange)], a.range, a.nameRange)],
  ["normalize", positional("normalized", 1, ["order", "p"], ["axis", "dim"])],
  ["layer_norm", positional("layer_norm", 2, "weight", "bias", "eps")],
  ["rms_norm", positional("rms_norm", 2, "weight", "eps")],
  ["cosine_similarity", positional("cosine_similarity", 2, ["axis", "dim"])],
  // JAX approximates the error function unless told otherwise.
  [
    "gelu",
    (a, p) => {
      const jax = p.text.slice(a.nameRange[0], a.nameRange[1]).startsWith("jax") && !("approximate" in a.named);
      return call("gelu", a.args, a.range, a.nameRange, jax ? { approximate: { kind: "boolean", value: true, range: a.nameRange } } : a.named);
    },
  ],
  ["mse_loss", positional("mse_loss", 2, "reduction")],
  ["l1_loss", positional("l1_loss", 2, "reduction")],
  ["cross_entropy", positional("cross_entropy", 2, "weight")],
  ["nll_loss", positional("nll_loss", 2, "weight")],
  ["binary_cross_entropy", positional("binary_cross_entropy", 2, "weight")],
  ["binary_cross_entropy_with_logits", positional("binary_cross_entropy_with_logits", 2, "weight")],
  ["kl_div", positional("kl_div", 2, "reduction")],
  ["scaled_dot_product_attention", positional("scaled_dot_product_attention", 3, ["mask", "attn_mask"])],
  ["cdist", positional("cdist", 2, "p")],
  ["moveaxis", "moveaxis"],
  ["movedim", "moveaxis"],
  ["rollaxis", (a) => call("moveaxis", [needed(a, 0), needed(a, 1, "axis"), given(a, 2, "start") ?? integer(0, a.range)], a.range, a.nameRange)],
  ["broadcast_to", (a) => call("broadcast_to", [needed(a, 0), needed(a, 1, "shape", "size")], a.range, a.nameRange)],
  ["atleast_2d", "atleast_2d"],
  ["unbind", positional("unbind", 1, ["axis", "dim"])],
  ["diag_embed", "diag"],
  ["take_along_axis", positional("take_along_axis", 2, "axis")],
  ["polar", "polar"],
  ["dist", (a) => call("norm", [binary("subtract", needed(a, 0), needed(a, 1), a.range)], a.range, a.nameRange)],
  ["fsum", "sum"],
  ["zscore", "zscore"],
  ["entropy", "entropy"],
  ["hankel", "hankel"],
];
