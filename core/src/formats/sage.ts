// SageMath: Python with exact fractions, ^ for powers and its own matrix constructors.

import { type Expr, fail, type Range, type Statement } from "../expr/index.js";
import { isDrawn, parseBox } from "./box.js";
import type { Format } from "./format.js";
import { pythonDialect } from "./python/dialect.js";
import { PythonParser } from "./python/parser.js";
import { parsePython } from "./python.js";
import { commonFunctions, greekName, shortInverses } from "./shared/algebra.js";
import { call, integer } from "./shared/build.js";
import { type Builder, type CodeDialect, constants, type FunctionRule, P, table } from "./shared/dialect.js";
import { dimensions, same, unary } from "./shared/names.js";
import { nested, printer } from "./shared/print.js";
import { checkNested } from "./shared/shape.js";

const isRing = (e: Expr): boolean => e.kind === "name" && /^(?:QQ|ZZ|RR|CC|RDF|CDF|RBF|QQbar|AA|SR|GF|RealField)$/.test(e.name);
const isList = (e: Expr | undefined): e is Expr => e?.kind === "array" || e?.kind === "literal";

/** matrix([[..]]), matrix(QQ, 2, 3, [..]), matrix(2, [..]). */
const matrix: Builder = (a) => {
  const args = a.args.filter((e) => !isRing(e));
  const data = args.find(isList);
  const sizes = args.filter((e) => !isList(e));
  if (!data) {
    if (sizes.length < 2) return sizes[0] ?? fail("missing-argument", "matrix() needs entries", a.range);
    const fill = sizes[2] ?? integer(0, a.range);
    return call("full", sizes.slice(0, 2), a.range, a.nameRange, { value: fill });
  }
  const shape = checkNested(data);
  if (shape?.length === 1) return call("reshape", [data, sizes[0] ?? integer(1, a.range), sizes[1] ?? integer(-1, a.range)], a.range, a.nameRange);
  return { ...data, range: a.range } as Expr;
};

const vector: Builder = (a) => {
  const data = a.args.filter((e) => !isRing(e)).at(-1);
  return data ? ({ ...data, range: a.range } as Expr) : fail("missing-argument", "vector() needs entries", a.range);
};

const sized =
  (value: number): Builder =>
  (a) => {
    const dims = a.args.filter((e) => !isRing(e));
    return call("full", dims.length === 1 ? [dims[0] as Expr, dims[0] as Expr] : dims, a.range, a.nameRange, { value: integer(value, a.range) });
  };

const own: [string, FunctionRule][] = [
  ...table(
    "det determinant=det inverse=inv rank trace=tr eigenvalues charpoly characteristic_polynomial=charpoly rref echelon_form=rref adjugate=adj adjoint=adj tensor_product=kron exp norm solve_right=solve ln log=ln SVD=svd LU=lu QR=qr right_kernel_matrix=null right_kernel=null n=N numerical_approx=N cross_product=cross dot_product=dot pseudoinverse=pinv singular_values=singularvalues",
  ),
  ["matrix", matrix],
  ["Matrix", matrix],
  ["vector", vector],
  [
    "identity_matrix",
    (a) =>
      call(
        "eye",
        a.args.filter((e) => !isRing(e)),
        a.range,
        a.nameRange,
      ),
  ],
  ["zero_matrix", sized(0)],
  ["ones_matrix", sized(1)],
  [
    "diagonal_matrix",
    (a) =>
      call(
        "diag",
        a.args.filter((e) => !isRing(e)),
        a.range,
        a.nameRange,
      ),
  ],
  [
    "block_matrix",
    (a) => ({
      kind: "matrix",
      rows: (a.args[0]?.kind === "array" ? a.args[0].items : []).map((r) => (r.kind === "array" ? r.items : [r])),
      range: a.range,
    }),
  ],
  ["transpose", unary("transpose")],
  ["conjugate_transpose", unary("adjoint")],
  ["conjugate", unary("conjugate")],
  ["simplify_full", same],
  ["list", same],
  ["show", same],
  ["QQ", same],
  ["ZZ", same],
  ["RR", same],
  ["reshape", (a) => call("reshape", [a.args[0] as Expr, ...dimensions(a.args.slice(1), false)], a.range, a.nameRange)],
];

const dialect: CodeDialect = {
  ...pythonDialect,
  format: "sage",
  defines: { brackets: ["(", ")"], signs: ["="] },
  lexer: { ...pythonDialect.lexer, operators: [...pythonDialect.lexer.operators, "\\", "!"], continuation: "..." },
  infix: new Map([
    ...pythonDialect.infix,
    ["*", { op: "multiply", power: P.multiply }],
    ["/", { op: "divide", power: P.multiply }],
    ["\\", { op: "leftdivide", power: P.multiply }],
    ["^", { op: "power", power: P.power, right: true }],
    ["**", { op: "power", power: P.power, right: true }],
  ]),
  functions: new Map([...pythonDialect.functions, ...own]),
  methods: new Map([...(pythonDialect.methods ?? []), ...own]),
  constants: new Map<string, (r: Range) => Expr>([
    ...pythonDialect.constants,
    ["i", constants.i],
    ["e", constants.e],
    ["infinity", constants.inf],
    ["Infinity", constants.inf],
  ]),
};

class SageParser extends PythonParser {
  protected override statement(): Statement | null {
    return this.functionDefinition() ?? super.statement();
  }

  protected override prefix(): Expr {
    // ~A is the inverse.
    if (this.at("~")) {
      const t = this.next();
      const operand = this.expression(P.unary);
      return call("inv", [operand], [t.start, operand.range[1]], [t.start, t.end]);
    }
    return super.prefix();
  }
}

export const sage: Format = {
  name: "sage",
  title: "SageMath",
  languages: ["sage", "sagemath"],
  detect: (t) =>
    /\bsage:|\bmatrix\(\s*(?:QQ|ZZ|RR|CC|RDF|CDF|SR)\b|\b(?:identity|zero|diagonal|block)_matrix\(/.test(t.slice(0, 2000))
      ? 3
      : /(?:\bmatrix\(\s*(?:\[\s*\[|\d)|^\s*vector\(\s*\[)/.test(t.slice(0, 2000)) && !/np\./.test(t)
        ? 2
        : 0,
  parse(t, options = {}) {
    const plain = t.replace(/(^|\n)([ \t]*sage: ?)/g, (_m, line: string, prompt: string) => line + " ".repeat(prompt.length));
    // A printed matrix: bracketed rows one under the other.
    if (/^\s*\[[^[\],]*\]\s*\n\s*\[[^[\],]*\]\s*(?:\n|$)/.test(plain) || isDrawn(plain)) return parseBox(plain);
    return parsePython(plain, options, dialect, SageParser);
  },
  print: printer({
    nan: "NaN",
    inf: "Infinity",
    imaginary: "*I",
    fraction: "/",
    complex: (re, im) => `${re}${im.startsWith("-") ? "" : "+"}${im}*I`,
    true: "True",
    false: "False",
    ...nested("[", "]", "matrix(", ")"),
    tensor: false,
    vector: (cells) => `vector([${cells.join(", ")}])`,
    algebra: {
      brackets: ["(", ")"],
      constants: { "\\pi": "pi", e: "e", i: "I", "\\infty": "oo" },
      functions: { ...commonFunctions, ...shortInverses, ln: "log", gamma: "gamma", zeta: "zeta", ceil: "ceil" },
      solved: (variable, values) => `[${values.map((v) => `${variable} == ${v}`).join(", ")}]`,
      name: greekName,
    },
  }),
};
