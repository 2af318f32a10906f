// The constructors, functions and constants of the languages with initialisers and of their libraries.

import { type Expr, fail, type Range, said } from "../../expr/index.js";
import { call, integer, number } from "./build.js";
import { type Arguments, type Builder, constants, type FunctionRule, table } from "./dialect.js";
import { binaryOf, dimensions, elementary, filled, noParser, same, unary } from "./names.js";

/** The entries of a list, however deep. */
const items = (e: Expr): readonly Expr[] => (e.kind === "array" ? e.items.flatMap(items) : [e]);

/** vec3(1, 2, 3), vec3(1), vec4(v, 1). */
const vector =
  (n: number): Builder =>
  (a) => {
    const flat = a.args.flatMap(items);
    if (flat.length === 0) return call("full", [integer(n, a.range)], a.range, a.nameRange, { value: integer(0, a.range) });
    if (flat.length === 1 && n > 1)
      return flat[0]?.kind === "name" ? (flat[0] as Expr) : { kind: "array", items: new Array<Expr>(n).fill(flat[0] as Expr), range: a.range };
    if (flat.length !== n && flat.every((e) => e.kind !== "name" && e.kind !== "call"))
      fail("length-mismatch", said`${n} entries are needed, but ${flat.length} are given`, a.range);
    return flat.length === n ? { kind: "array", items: flat, range: a.range } : call("hstack", flat, a.range, a.nameRange);
  };

/** A constructor that takes its entries one after another. */
const matrixOf =
  (rows: number, columns: number, byColumns: boolean): Builder =>
  (a) => {
    const flat = a.args.flatMap(items);
    const at = (i: number, j: number): Expr => (byColumns ? flat[j * rows + i] : flat[i * columns + j]) as Expr;
    if (flat.length === 1 || flat.length === 0) {
      const d = flat[0] ?? integer(1, a.range);
      if (d.kind !== "number" && d.kind !== "unary") return d;
      return {
        kind: "matrix",
        rows: Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => (i === j ? d : integer(0, d.range)))),
        range: a.range,
      };
    }
    if (flat.length !== rows * columns) {
      // Columns given by name are put side by side.
      if (byColumns && a.args.length === columns && flat.every((e) => e.kind === "name")) return call("column_stack", a.args, a.range, a.nameRange);
      fail("length-mismatch", said`${rows * columns} entries are needed, but ${flat.length} are given`, a.range);
    }
    return { kind: "matrix", rows: Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => at(i, j))), range: a.range };
  };

/** The vector and matrix constructors of shading languages and their libraries. */
export const shading = (byColumns: boolean): [string, FunctionRule][] => {
  const out: [string, FunctionRule][] = [];
  for (const n of [2, 3, 4]) {
    for (const prefix of ["vec", "ivec", "dvec", "uvec", "bvec", "float", "double", "int", "uint", "Vector", "Vec"])
      out.push([`${prefix}${n}`, vector(n)]);
    for (const suffix of ["d", "f", "i"])
      out.push(
        [`Vector${n}${suffix}`, vector(n)],
        [`RowVector${n}${suffix}`, vector(n)],
        [`Matrix${n}${suffix}`, matrixOf(n, n, false)],
        [`vec${n}${suffix}`, vector(n)],
        [`make_float${n}`, vector(n)],
      );
    for (const prefix of ["mat", "dmat"]) {
      out.push([`${prefix}${n}`, matrixOf(n, n, byColumns)]);
      for (const m of [2, 3, 4]) out.push([`${prefix}${m}x${n}`, matrixOf(n, m, byColumns)]);
    }
    for (const m of [2, 3, 4]) out.push([`float${n}x${m}`, matrixOf(n, m, false)]);
    out.push([`Matrix${n}`, matrixOf(n, n, false)], [`Matrix${n}x${n}`, matrixOf(n, n, false)]);
  }
  return out;
};

const reshaped: Builder = (a) => {
  const [data, shape] = a.args;
  if (!data) return fail("missing-argument", "the entries are missing", a.range);
  return shape?.kind === "array"
    ? call("reshape", [data, ...shape.items], a.range, a.nameRange)
    : shape && a.args.length === 3
      ? call("reshape", [a.args[2] as Expr, data, shape], a.range, a.nameRange)
      : data.kind === "number"
        ? call("full", [data], a.range, a.nameRange, { value: integer(0, a.range) })
        : { ...data, range: a.range };
};

const gathered: Builder = (a) =>
  a.args.length === 1 && (a.args[0]?.kind === "array" || a.args[0]?.kind === "literal")
    ? { ...a.args[0], range: a.range }
    : { kind: "array", items: a.args, range: a.range };

/** Functions that these languages or their libraries name alike. */
export const commonFunctions: readonly (readonly [string, FunctionRule])[] = [
  ...table(
    elementary,
    "log=ln fabs=abs fmod=rem fmax=maximum fmin=minimum max=maximum min=minimum ceil trunc=fix dot cross length=norm norm determinant=det det inverse=inv inv trace=tr sum product=prod mean normalize ln cwiseAbs=abs minCoeff=min maxCoeff=max maxval=max minval=min rank svd=singularvalues eigenvalues expm kron outer outerProduct=outer size len=numel count=numel Length=numel sinf=sin cosf=cos sqrtf=sqrt expf=exp tanf=tan logf=ln dot_product=dot try_inverse=inv abs2 cbrt toDegrees=rad2deg toRadians=deg2rad to_radians=deg2rad to_degrees=rad2deg prod hypot squaredNorm=sqnorm norm2=norm",
  ),
  ["pow", binaryOf("elementpower")],
  ["powf", binaryOf("elementpower")],
  ["powi", binaryOf("elementpower")],
  ["transpose", unary("transpose")],
  ["t", unary("transpose")],
  ["adjoint", unary("adjoint")],
  ["conjugate", unary("conjugate")],
  ["matmul", binaryOf("matmul")],
  ["cwiseProduct", binaryOf("elementwise")],
  ["mul", binaryOf("matmul")],
  ["matrixCompMult", binaryOf("elementwise")],
  ["Zero", filled(0, true)],
  ["Ones", filled(1, true)],
  ["zeros", filled(0)],
  ["ones", filled(1)],
  ["Identity", "eye"],
  ["identity", "eye"],
  ["eye", "eye"],
  ["reshape", reshaped],
  ...[
    "of",
    "from",
    "asList",
    "Array",
    "arr1",
    "arr2",
    "array",
    "matrix",
    "List",
    "vector",
    "from_vec",
    "tensor",
    "tensor1d",
    "Tensor",
    "Matrix",
    "Vector",
    "from_slice",
    "diag_",
  ].map((n) => [n, gathered] as [string, FunctionRule]),
  ...[
    "Float32Array",
    "Float64Array",
    "Int8Array",
    "Uint8Array",
    "Int16Array",
    "Uint16Array",
    "Int32Array",
    "Uint32Array",
    "Uint8ClampedArray",
    "BigInt64Array",
    "tensor2d",
    "tensor3d",
    "from_shape_vec",
    "from_row_slice",
    "Mat",
  ].map((n) => [n, reshaped] as [string, FunctionRule]),
  ...[
    "finished",
    "to_vec",
    "to_owned",
    "clone",
    "unwrap",
    "view",
    "eval",
    "into",
    "toArray",
    "Number",
    "BigInt",
    "parseFloat",
    "float",
    "double",
    "int",
    "real",
    "dble",
    "float64",
    "float32",
    "float64_",
    "eval_",
    "array_",
    "iter",
    "collect",
    "asDiagonal_",
    "stream",
    "boxed",
    "as_slice",
    "expect",
    "ToArray",
    "block_",
  ].map((n) => [n, same] as [string, FunctionRule]),
  ["asDiagonal", "diag"],
  ["from_diagonal", "diag"],
  ["fill", (a) => call("full", dimensions([a.args[0] as Expr], false), a.range, a.nameRange, { value: (a.args[1] ?? a.args[0]) as Expr })],
  ["Complex", (a) => complexOf(a)],
  ["complex", (a) => complexOf(a)],
  ["cmplx", (a) => complexOf(a)],
];

/** A complex number of its parts. */
export function complexOf(a: Arguments): Expr {
  const [re, im] = a.args;
  if (!re || !im) return same(a, noParser);
  return {
    kind: "binary",
    op: "add",
    left: re,
    right:
      im.kind === "number"
        ? { ...im, imaginary: true }
        : { kind: "binary", op: "multiply", left: im, right: number(1, im.range, { num: 1n, den: 1n }, true), range: im.range },
    range: a.range,
  };
}

export const commonConstants: readonly (readonly [string, (r: Range) => Expr])[] = [
  ["M_PI", constants.pi],
  ["PI", constants.pi],
  ["Pi", constants.pi],
  ["pi", constants.pi],
  ["M_E", constants.e],
  ["E", constants.e],
  ["NAN", constants.nan],
  ["NaN", constants.nan],
  ["nan", constants.nan],
  ["null", constants.nan],
  ["None", constants.nan],
  ["INFINITY", constants.inf],
  ["Infinity", constants.inf],
  ["POSITIVE_INFINITY", constants.inf],
  ["PositiveInfinity", constants.inf],
  ["NEGATIVE_INFINITY", (r) => number(Number.NEGATIVE_INFINITY, r)],
  ["NegativeInfinity", (r) => number(Number.NEGATIVE_INFINITY, r)],
  ["NEG_INFINITY", (r) => number(Number.NEGATIVE_INFINITY, r)],
  ["Inf", constants.inf],
  ["inf", constants.inf],
  ["EPSILON", (r) => number(Number.EPSILON, r)],
  ["true", constants.true],
  ["false", constants.false],
  [".true.", constants.true],
  [".false.", constants.false],
];
