// The signs and words of mathematics as Typst and plain text write them.

import { type BigExpr, type Expr, fail, type Range, type RelationOp } from "../../expr/index.js";
import type { FormatName } from "../format.js";
import { call, name } from "./build.js";
import { type BinaryRule, type CodeDialect, constants, type FunctionRule, P, sums, table } from "./dialect.js";
import type { LexStyle } from "./lexer.js";
import { unary } from "./names.js";

export const greek = new Set(
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(
    " ",
  ),
);
export const greekLetters: Readonly<Record<string, string>> = Object.fromEntries(
  [..."αβγδεζηθικλμνξοπρστυφχψω"].map((c, i) => [
    c,
    [..."alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega".split(" ")][
      i
    ] as string,
  ]),
);

export const bigs: Readonly<Record<string, BigExpr["op"]>> = {
  sum: "sum",
  product: "product",
  prod: "product",
  integral: "integral",
  int: "integral",
  "∑": "sum",
  "∏": "product",
  "∫": "integral",
};

const relations: readonly (readonly [string, RelationOp])[] = [
  ["=", "="],
  ["==", "="],
  ["!=", "≠"],
  ["≠", "≠"],
  ["<", "<"],
  ["<=", "≤"],
  ["≤", "≤"],
  [">", ">"],
  [">=", "≥"],
  ["≥", "≥"],
  ["approx", "≈"],
  ["≈", "≈"],
  ["in", "∈"],
  ["∈", "∈"],
  ["equiv", "≡"],
  ["->", "→"],
  ["→", "→"],
  ["arrow.r", "→"],
];

export const infix = new Map<string, BinaryRule>([
  ["or", { op: "or", power: P.or }],
  ["and", { op: "and", power: P.or + 2 }],
  ...relations.map(([sign, relation]) => [sign, { relation, power: P.relation }] as const),
  ...sums,
  ["plus.minus", { op: "plusminus", power: P.add }],
  ["±", { op: "plusminus", power: P.add }],
  ["plus.circle", { op: "directsum", power: P.add }],
  ["plus.o", { op: "directsum", power: P.add }],
  ["*", { op: "multiply", power: P.multiply }],
  ["∗", { op: "multiply", power: P.multiply }],
  ["dot", { op: "dot", power: P.multiply }],
  ["dot.op", { op: "dot", power: P.multiply }],
  ["dot.c", { op: "dot", power: P.multiply }],
  ["·", { op: "dot", power: P.multiply }],
  ["⋅", { op: "dot", power: P.multiply }],
  ["times", { op: "cross", power: P.multiply }],
  ["×", { op: "cross", power: P.multiply }],
  ["ast", { op: "multiply", power: P.multiply }],
  ["/", { op: "divide", power: P.multiply }],
  ["÷", { op: "divide", power: P.multiply }],
  ["div", { op: "divide", power: P.multiply }],
  ["mod", { op: "mod", power: P.multiply }],
  ["times.circle", { op: "kronecker", power: P.multiply }],
  ["times.o", { op: "kronecker", power: P.multiply }],
  ["⊗", { op: "kronecker", power: P.multiply }],
  ["dot.circle", { op: "elementwise", power: P.multiply }],
  ["dot.o", { op: "elementwise", power: P.multiply }],
  ["⊙", { op: "elementwise", power: P.multiply }],
  ["compose", { op: "elementwise", power: P.multiply }],
  ["circle.small", { op: "elementwise", power: P.multiply }],
  ["⊕", { op: "directsum", power: P.add }],
]);

const norm =
  (which: string): FunctionRule =>
  (a) => ({ kind: "norm", which, operand: a.args[0] ?? fail("missing-argument", "a value is missing between the bars", a.range), range: a.range });

export const functions = new Map<string, FunctionRule>([
  ...table(
    "sin cos tan cot sec csc arcsin arccos arctan asin=arcsin acos=arccos atan=arctan sinh cosh tanh coth exp ln log lg=log10 sqrt det tr trace=tr rank diag inv inverse=inv transpose pinv adj null rref cond eigenvalues eigvals=eigenvalues eigenvectors svd expm logm sqrtm gcd lcm max min argmax argmin mean var std floor ceil round sign sgn=sign erf gamma factorial binom softmax relu sigmoid msign re im Re=re Im=im arg mod kron dim solve log10 log2 cbrt atan2 conj",
  ),
  ["abs", norm("abs")],
  ["norm", norm("")],
  ["transpose", unary("transpose")],
  ["frac", (a) => quotient(a.args, a.range)],
  [
    "root",
    (a) =>
      a.args.length === 2 ? call("root", [a.args[1] as Expr, a.args[0] as Expr], a.range, a.nameRange) : call("sqrt", a.args, a.range, a.nameRange),
  ],
  ["N", "N"],
]);

function quotient(args: readonly Expr[], range: Range): Expr {
  const [left, right] = args;
  if (!left || !right) return fail("missing-argument", "a fraction needs a numerator and a denominator", range);
  return { kind: "binary", op: "divide", left, right, range };
}

const lexer: LexStyle = {
  subscripts: true,
  number: { exactDecimals: true, bases: true },
  comments: ["//"],
  blockComments: [["/*", "*/"]],
  quotes: '"',
  nameExtra: "√∑∏∫∞",
  operators: ["->", ":=", "==", "!=", "<=", ">=", "||", "**", ..."+-*/^_=<>!|()[]{},:;.&'%∗·⋅×÷±⊗⊙⊕≤≥≠≈∈→‖°#@~?$\\"],
};

/** The language with the marks of Typst, or of plain text. */
export const wordsDialect = (format: FormatName): CodeDialect => ({
  format,
  lexer: format === "typst" ? lexer : { ...lexer, number: { exactDecimals: true, bases: true, imaginary: /i/y }, comments: ["#"], blockComments: [] },
  infix: format === "typst" ? infix : new Map([...infix, ["**", { op: "power", power: P.power, right: true }]]),
  prefix: new Map([
    ["-", ["negate", P.unary]],
    ["+", ["plus", P.unary]],
  ]),
  assign: [":="],
  origin: 1,
  inclusive: true,
  functions,
  constants: new Map<string, (r: Range) => Expr>([
    ["∞", (r) => name("\\infty", r)],
    ["infinity", (r) => name("\\infty", r)],
    ["oo", (r) => name("\\infty", r)],
    ["inf", constants.inf],
    ["Inf", constants.inf],
    ["nan", constants.nan],
    ["NaN", constants.nan],
    ["true", constants.true],
    ["false", constants.false],
  ]),
  newlines: true,
  keywords: new Set(),
  truncationHint: "write the terms out",
});
