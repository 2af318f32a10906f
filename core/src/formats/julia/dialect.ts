// Julia's operators, functions and constants.

import { type Expr, fail, type Range } from "../../expr/index.js";
import { matlabFunctions } from "../matlab.js";
import { call, integer, name } from "../shared/build.js";
import {
  type Arguments,
  type BinaryRule,
  type Builder,
  type CodeDialect,
  constants,
  equality,
  type FunctionRule,
  logic,
  orders,
  P,
  sums,
  table,
} from "../shared/dialect.js";
import { binaryOf, filled, noParser, refused, same, unary } from "../shared/names.js";
import { axisFrom1 } from "../shared/rows.js";

const infix = new Map<string, BinaryRule>([
  ...logic,
  ...equality,
  [".==", { call: "equalentries", power: P.relation }],
  ["===", { relation: "=", power: P.relation }],
  ["≠", { relation: "≠", power: P.relation }],
  ["≈", { relation: "≈", power: P.relation }],
  ...orders,
  ["≤", { relation: "≤", power: P.relation }],
  ["≥", { relation: "≥", power: P.relation }],
  [".<", { relation: "<", power: P.relation }],
  [".>", { relation: ">", power: P.relation }],
  ...sums,
  [".+", { op: "add", power: P.add }],
  [".-", { op: "subtract", power: P.add }],
  ["*", { op: "multiply", power: P.multiply }],
  ["/", { op: "divide", power: P.multiply }],
  ["\\", { op: "leftdivide", power: P.multiply }],
  [".*", { op: "elementwise", power: P.multiply }],
  ["./", { op: "elementdivide", power: P.multiply }],
  ["÷", { call: "quotient", power: P.multiply }],
  ["%", { call: "rem", power: P.multiply }],
  ["⋅", { call: "dot", power: P.multiply }],
  ["×", { call: "cross", power: P.multiply }],
  ["⊗", { op: "kronecker", power: P.multiply }],
  ["//", { call: "frac", power: P.multiply + 3 }],
  ["^", { op: "power", power: P.power, right: true }],
  [".^", { op: "elementpower", power: P.power, right: true }],
]);

const along =
  (n: string): Builder =>
  (a) => {
    const { dims, ...rest } = a.named;
    const corrected = rest["corrected"];
    const named: Record<string, Expr> = {
      ...(dims && { axis: axisFrom1(dims) }),
      ...(dims && { keepdims: { kind: "boolean", value: true, range: a.nameRange } }),
    };
    if (n === "std" || n === "var") named["ddof"] = integer(corrected?.kind === "boolean" && !corrected.value ? 0 : 1, a.nameRange);
    return call(n, a.args, a.range, a.nameRange, named);
  };

const typed: Builder = (a) => {
  const size = a.args.slice(1);
  const first = a.args[0];
  if (first?.kind === "name" && first.name === "I") return call("eye", size, a.range, a.nameRange);
  return same(a, noParser);
};

const fill: Builder = (a) =>
  call(
    "full",
    a.args.slice(1).flatMap((e) => (e.kind === "array" ? e.items : [e])),
    a.range,
    a.nameRange,
    { value: a.args[0] as Expr },
  );

const spaced: Builder = (a: Arguments) => {
  const [start, second, third] = a.args;
  const stop = a.named["stop"] ?? second;
  const count = a.named["length"] ?? third;
  if (!start || !stop) return fail("missing-argument", "a range needs its ends", a.range);
  if (a.named["step"]) return { kind: "range", start, step: a.named["step"], stop, inclusive: true, range: a.range };
  return count ? call("linspace", [start, stop, count], a.range, a.nameRange) : { kind: "range", start, stop, inclusive: true, range: a.range };
};

/** map(f, x), filter(f, x): the function comes first; it may be the name of one. */
const mapping =
  (n: string): Builder =>
  (a) =>
    a.args.length < 2
      ? fail("missing-argument", "a function and what to apply it to are needed", a.range)
      : call(n, [asFunction(a.args[0] as Expr), ...a.args.slice(1)], a.range, a.nameRange, a.named);

/** sum(f, x) is the sum of f over x; sum(x) as ever. */
const overImage =
  (n: string, plain: FunctionRule): Builder =>
  (a, p) => {
    const [f, x, ...rest] = a.args;
    const isFunction = f?.kind === "lambda" || (f?.kind === "name" && functions.has(f.name) && !p.options.defined?.has(f.name));
    const args = x && isFunction ? [call("mapped", [asFunction(f as Expr), x], x.range), ...rest] : a.args;
    return typeof plain === "function" ? plain({ ...a, args }, p) : call(n, args, a.range, a.nameRange, a.named);
  };

/** The name of a function as a function of one argument. */
function asFunction(f: Expr): Expr {
  if (f.kind !== "name" || !functions.has(f.name)) return f;
  const x = name("x", f.range);
  const given: Arguments = { args: [x], named: {}, range: f.range, nameRange: f.range };
  const rule = functions.get(f.name) as FunctionRule;
  return {
    kind: "lambda",
    params: ["x"],
    body: typeof rule === "function" ? rule(given, noParser) : call(rule, [x], f.range, f.range),
    range: f.range,
  };
}

const withoutRev = (named: Readonly<Record<string, Expr>>): Record<string, Expr> =>
  Object.fromEntries(Object.entries(named).filter(([k]) => k !== "rev"));
const reversedIf = (e: Expr, named: Readonly<Record<string, Expr>>): Expr => {
  const rev = named["rev"];
  return rev?.kind === "boolean" && rev.value ? call("flip", [e], e.range) : e;
};

/** floor(Int, x): the type in front is passed over. */
const withoutType =
  (rule: string): Builder =>
  (a) => {
    const first = a.args[0];
    const args = a.args.length > 1 && first?.kind === "name" && types.test(first.name) ? a.args.slice(1) : a.args;
    return call(rule, args, a.range, a.nameRange, a.named);
  };

/** Names of types of numbers. */
export const types = /^(?:Float(?:16|32|64)|U?Int(?:8|16|32|64|128)?|Complex(?:F64|F32)?|Bool|Number|Real|Any|Rational|BigInt|BigFloat)$/;

const functions = new Map<string, FunctionRule>([
  ...matlabFunctions,
  ["xor", "bitxor"],
  ...table(
    "eigvals=eigenvalues eigen=eig svdvals=singularvalues svd opnorm nullspace=null cholesky tr rank det logdet dot cross kron factorial binomial=binom exp log=ln log2 log10 sqrt round floor ceil trunc=fix mod rem div=quotient length=numel size ndims sortperm=argsort sort unique reverse=flip norm normalize triu tril hypot clamp=clip isapprox=isclose Circulant=circulant",
  ),
  ...["sum", "prod", "mean", "median", "std", "var", "maximum", "minimum", "cumsum", "cumprod", "any", "all", "argmax", "argmin", "extrema"].map(
    (n) => [n, overImage(n, along(n === "maximum" ? "max" : n === "minimum" ? "min" : n))] as [string, FunctionRule],
  ),
  [
    "abs2",
    (a) => ({ kind: "binary", op: "elementpower", left: call("abs", a.args, a.range, a.nameRange), right: integer(2, a.range), range: a.range }),
  ],
  ["reverse", (a) => call("flip", a.args, a.range, a.nameRange, a.named["dims"] ? { axis: axisFrom1(a.named["dims"]) } : undefined)],
  ["map", mapping("mapped")],
  ["filter", mapping("filtered")],
  ["reduce", mapping("folded")],
  ["foldl", mapping("folded")],
  ["count", overImage("count_nonzero", "count_nonzero")],
  ["findall", overImage("find", "find")],
  ["findfirst", overImage("findfirst", "findfirst")],
  ["findlast", overImage("findlast", "findlast")],
  ["round", withoutType("round")],
  ["floor", withoutType("floor")],
  ["ceil", withoutType("ceil")],
  ["trunc", withoutType("fix")],
  ["cor", "corrcoef"],
  ["UpperTriangular", "triu"],
  ["LowerTriangular", "tril"],
  ["Symmetric", "symmetric"],
  ["Hermitian", "symmetric"],
  ["sort", (a) => reversedIf(call("sort", a.args, a.range, a.nameRange, withoutRev(a.named)), a.named)],
  ["sortperm", (a) => reversedIf(call("argsort", a.args, a.range, a.nameRange, withoutRev(a.named)), a.named)],
  ["repeat", "repeatwhole"],
  ["I", (a) => (a.args.length === 0 ? name("I", a.range) : call("eye", a.args, a.range, a.nameRange))],
  ["max", "maximum"],
  ["min", "minimum"],
  ["zeros", filled(0)],
  ["ones", filled(1)],
  ["trues", filled(1)],
  ["falses", filled(0)],
  ["fill", fill],
  ["diagm", "diag"],
  ["Diagonal", "diag"],
  ["range", spaced],
  ["LinRange", spaced],
  ["transpose", unary("transpose")],
  ["permutedims", unary("transpose")],
  ["adjoint", unary("adjoint")],
  ["conj", unary("conjugate")],
  ["vec", "flatten"],
  ["fld", binaryOf("floordivide")],
  ["hcat", (a) => ({ kind: "matrix", rows: [a.args], range: a.range })],
  ["vcat", (a) => call("vcat", a.args, a.range, a.nameRange)],
  ["rationalize", same],
  ["Complex", (a) => (a.args[1] ? (matlabFunctions.get("complex") as Builder)(a, noParser) : (a.args[0] as Expr))],
  ["broadcast", refused],
  ["mul", binaryOf("matmul")],
  ...[
    "Matrix",
    "Array",
    "Vector",
    "Float64",
    "Float32",
    "Int",
    "Int64",
    "collect",
    "copy",
    "float",
    "SMatrix",
    "SVector",
    "convert",
    "sparse",
    "println",
    "display",
    "ComplexF64",
    "Rational",
    "big",
    "BigFloat",
    "BigInt",
  ].map((n) => [n, typed] as [string, FunctionRule]),
]);

/** Functions that Julia takes of a whole square matrix: the one for entries, and the one for matrices. */
export const matrixFunctions: Readonly<Record<string, string>> = { exp: "expm_of", ln: "logm_of", sqrt: "sqrtm_of" };
for (const [spelled, entries] of [
  ["exp", "exp"],
  ["log", "ln"],
  ["sqrt", "sqrt"],
] as const)
  functions.set(spelled, matrixFunctions[entries] as string);

export const juliaDialect: CodeDialect = {
  format: "julia",
  lexer: {
    number: { separator: "_", bases: true, imaginary: /im/y, exponent: "eEf", pointOperators: true },
    comments: ["#"],
    blockComments: [["#=", "=#"]],
    quotes: "\"'",
    transposeQuote: true,
    operators: [
      "===",
      ".+=",
      ".-=",
      ".*=",
      "./=",
      "+=",
      "-=",
      "*=",
      "/=",
      ".==",
      ".=",
      ".<",
      ".>",
      "==",
      "!=",
      "<=",
      ">=",
      "&&",
      "||",
      "//",
      "->",
      "=>",
      "::",
      "|>",
      ".+",
      ".-",
      ".*",
      "./",
      ".^",
      ";;",
      ..."+-*/\\^'=<>&|!~()[]{},:;@.%÷⋅×⊗≤≥≠≈√?",
    ],
    blocks: [{ open: "[", close: "]", separator: "rows", hint: "" }],
  },
  infix,
  prefix: new Map([
    ["-", ["negate", P.unary]],
    ["+", ["plus", P.unary]],
    ["!", ["not", P.unary]],
  ]),
  postfix: new Map([["'", "adjoint"]]),
  assign: ["="],
  defines: { brackets: ["(", ")"], signs: ["="], typed: "::" },
  origin: 1,
  inclusive: true,
  functions,
  constants: new Map<string, (r: Range) => Expr>([
    ["pi", constants.pi],
    ["π", constants.pi],
    ["ℯ", constants.e],
    ["im", constants.i],
    ["Inf", constants.inf],
    ["NaN", constants.nan],
    ["missing", constants.nan],
    ["nothing", constants.nan],
    ["true", constants.true],
    ["false", constants.false],
  ]),
  newlines: true,
  keywords: new Set("using import for while if struct module begin let return export try macro mutable abstract".split(" ")),
  truncationHint: "print it whole with show(stdout, A) or increase displaysize",
};
