// The signs, constants and words of Python.

import type { Expr, Range } from "../../expr/index.js";
import { truncationHint } from "../shared/build.js";
import { type BinaryRule, type CodeDialect, constants, equality, orders, P, sums } from "../shared/dialect.js";
import type { LexStyle } from "../shared/lexer.js";
import { functions, matrixMethods } from "./functions.js";

export const pythonLexer: LexStyle = {
  number: { separator: "_", bases: true, imaginary: /[jJ]/y },
  comments: ["#"],
  quotes: "\"'",
  operators: [
    "**=",
    "//=",
    "**",
    "//",
    "==",
    "!=",
    "<=",
    ">=",
    "->",
    ":=",
    "+=",
    "-=",
    "*=",
    "/=",
    "@=",
    "%=",
    "<<",
    ">>",
    ..."+-*/%@&|^~<>()[]{},:.=;",
  ],
  continuation: "\\",
  blocks: [
    { open: "[", close: "]", separator: ",", hint: "" },
    { open: "[", close: "]", separator: " ", hint: truncationHint("python") },
  ],
};

const infix = new Map<string, BinaryRule>([
  ["or", { op: "or", power: P.or }],
  ["and", { op: "and", power: P.or + 5 }],
  ...equality,
  ...orders,
  ["|", { call: "bitor", power: 42 }],
  ["^", { call: "bitxor", power: 43 }],
  ["&", { call: "bitand", power: 45 }],
  ["<<", { call: "shiftleft", power: 47 }],
  [">>", { call: "shiftright", power: 47 }],
  ...sums,
  ["*", { op: "elementwise", power: P.multiply }],
  ["/", { op: "elementdivide", power: P.multiply }],
  ["//", { op: "floordivide", power: P.multiply }],
  ["%", { op: "mod", power: P.multiply }],
  ["@", { op: "matmul", power: P.multiply }],
  ["**", { op: "elementpower", power: P.power, right: true }],
]);

export const pythonDialect: CodeDialect = {
  format: "python",
  lexer: pythonLexer,
  infix,
  prefix: new Map([
    ["-", ["negate", P.unary]],
    ["+", ["plus", P.unary]],
    ["~", ["not", P.unary]],
  ]),
  assign: ["="],
  origin: 0,
  functions,
  methods: matrixMethods,
  constants: new Map<string, (r: Range) => Expr>([
    ["pi", constants.pi],
    ["tau", (r) => ({ kind: "number", value: 2 * Math.PI, range: r })],
    ["nan", constants.nan],
    ["NaN", constants.nan],
    ["NAN", constants.nan],
    ["inf", constants.inf],
    ["Inf", constants.inf],
    ["infty", constants.inf],
    ["oo", constants.inf],
    ["None", constants.nan],
    ["True", constants.true],
    ["False", constants.false],
    ["np.e", constants.e],
    ["np.I", constants.i],
    ["I", constants.i],
    ["NA", constants.nan],
    ["NaT", constants.nan],
  ]),
  newlines: true,
  keywords: new Set(
    "import from for while if class return with try except raise assert pass break continue global nonlocal del yield async await lambda_ elif else match print_".split(
      " ",
    ),
  ),
  truncationHint: truncationHint("python"),
};
