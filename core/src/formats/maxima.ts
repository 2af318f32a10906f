// Maxima: matrix([..],[..]), the dot product sign, %-constants.

import { type Expr, fail, type Range } from "../expr/index.js";
import type { Format } from "./format.js";
import type { Infix } from "./grammar/index.js";
import { algebraInfix } from "./maple.js";
import { commonFunctions, greekName, shortInverses } from "./shared/algebra.js";
import { call, integer, ragged, truncationHint } from "./shared/build.js";
import { CodeParser, parseCode } from "./shared/code.js";
import { type Builder, type CodeDialect, constants, type FunctionRule, P, table } from "./shared/dialect.js";
import { elementary, refused, same, unary } from "./shared/names.js";
import { printer } from "./shared/print.js";

const matrix: Builder = (a) => {
  const rows = a.args.map((e) => (e.kind === "array" ? e.items : fail("not-a-formula", "matrix() takes its rows as lists", e.range)));
  rows.forEach((r, i) => {
    if (r.length !== rows[0]?.length) ragged(i + 1, r.length, rows[0]?.length as number, (a.args[i] as Expr).range);
  });
  if (rows.length === 0) fail("empty", "matrix() has no rows", a.range);
  return { kind: "matrix", rows, range: a.range };
};

const functions = new Map<string, FunctionRule>([
  ...table(
    elementary,
    "log=ln determinant=det mat_trace=tr rank invert=inv eigenvalues eigenvectors echelon=rref nullspace=null adjoint=adj kronecker_product=kron matrixexp=expm charpoly mat_norm=norm max=maximum min=minimum signum=sign ceiling=ceil entier=floor realpart=re imagpart=im cabs=abs carg=arg binomial=binom float=N bfloat=N numer=N lmax=max lmin=min length=len mod lu_factor=lu cholesky linsolve_by_lu=solve",
  ),
  ["matrix", matrix],
  ["ident", "eye"],
  ["zeromatrix", (a) => call("full", a.args, a.range, a.nameRange, { value: integer(0, a.range) })],
  ["diag_matrix", (a) => call("diag", [{ kind: "array", items: a.args, range: a.range }], a.range, a.nameRange)],
  ["transpose", unary("transpose")],
  ["ctranspose", unary("adjoint")],
  ["conjugate", unary("conjugate")],
  ...["ratsimp", "expand", "ev", "factor_", "print", "disp", "display", "fullratsimp"].map((n) => [n, same] as [string, FunctionRule]),
  ...["random", "system", "load", "batch", "makelist", "genmatrix"].map((n) => [n, refused] as [string, FunctionRule]),
]);

const dialect: CodeDialect = {
  format: "maxima",
  lexer: {
    number: { exponent: "eEbBdD" },
    comments: [],
    blockComments: [["/*", "*/"]],
    quotes: '"',
    nameExtra: "%",
    operators: ["^^", "::", ":=", "**", "<=", ">=", ..."+-*/^=<>!()[]{},:;.$'#"],
    blocks: [{ open: "[", close: "]", separator: ",", hint: "" }],
  },
  infix: new Map([
    ...algebraInfix,
    ["*", { op: "elementwise", power: P.multiply }],
    ["/", { op: "elementdivide", power: P.multiply }],
    ["^", { op: "elementpower", power: P.power, right: true }],
    ["**", { op: "elementpower", power: P.power, right: true }],
    ["^^", { op: "power", power: P.power + 2, right: true }],
    [".", { op: "matmul", power: P.unary + 2 }],
    ["#", { relation: "≠", power: P.relation }],
  ]),
  prefix: new Map([
    ["-", ["negate", P.unary]],
    ["+", ["plus", P.unary]],
    ["'", ["plus", P.call]],
  ]),
  postfix: new Map([["!", "factorial"]]),
  assign: [":", ":="],
  defines: { brackets: ["(", ")"], signs: [":="] },
  plainLetters: true,
  origin: 1,
  inclusive: true,
  functions,
  constants: new Map<string, (r: Range) => Expr>([
    ["%pi", constants.pi],
    ["%e", constants.e],
    ["%i", constants.i],
    ["inf", constants.inf],
    ["infinity", constants.inf],
    ["minf", (range) => ({ kind: "number", value: Number.NEGATIVE_INFINITY, range })],
    ["und", constants.nan],
    ["true", constants.true],
    ["false", constants.false],
  ]),
  newlines: true,
  keywords: new Set("for while if do load block".split(" ")),
  truncationHint: truncationHint("other"),
};

class MaximaParser extends CodeParser {
  protected override separators: ReadonlySet<string> = new Set([";", "$"]);

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "op" && t.text === ".") {
      const rule = this.dialect.infix.get(".");
      return rule && this.binaryRule(rule);
    }
    return super.infix(left);
  }
}

export const maxima: Format = {
  name: "maxima",
  title: "Maxima",
  languages: ["maxima", "mac"],
  detect: (t) =>
    /\bmatrix\(\s*\[[^[\]]*\]\s*,\s*\[/.test(t.slice(0, 2000)) || /%(?:pi|e|i)\b.*[;$]\s*$/.test(t.slice(0, 2000)) || /\^\^/.test(t.slice(0, 2000))
      ? 3
      : 0,
  parse: (t, options = {}) =>
    parseCode(
      t.replace(/^(\s*)(\(%[io]\d+\))/gm, (_m, blank: string, label: string) => blank + " ".repeat(label.length)),
      dialect,
      options,
      MaximaParser,
    ),
  print: printer({
    nan: "und",
    inf: "inf",
    negativeInf: "minf",
    imaginary: "*%i",
    fraction: "/",
    complex: (re, im) => `${re}${im.startsWith("-") ? "" : "+"}${im}*%i`,
    true: "true",
    false: "false",
    vector: (cells) => `[${cells.join(", ")}]`,
    algebra: {
      brackets: ["(", ")"],
      constants: { "\\pi": "%pi", e: "%e", i: "%i", "\\infty": "inf" },
      functions: { ...commonFunctions, ...shortInverses, ln: "log", gamma: "gamma", zeta: "zeta", ceil: "ceiling" },
      solved: (variable, values) => `[${values.map((v) => `${variable} = ${v}`).join(", ")}]`,
      name: greekName,
    },
    matrix: (rows, inline) => `matrix(${rows.map((r) => `[${r.join(", ")}]`).join(inline || rows.length === 1 ? ", " : ",\n       ")})`,
  }),
};
