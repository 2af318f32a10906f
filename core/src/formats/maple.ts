// Maple: Matrix([[..]]), angle brackets by rows or columns, exact arithmetic.

import { type Expr, fail, type Range, said } from "../expr/index.js";
import type { Format } from "./format.js";
import type { Infix, Token } from "./grammar/index.js";
import { commonFunctions, greekName } from "./shared/algebra.js";
import { call, integer, ragged, truncationHint } from "./shared/build.js";
import { CodeParser, parseCode } from "./shared/code.js";
import { type BinaryRule, type Builder, type CodeDialect, constants, type FunctionRule, orders, P, sums, table } from "./shared/dialect.js";
import { elementary, refused, same, unary } from "./shared/names.js";
import { nested, printer } from "./shared/print.js";
import { checkNested } from "./shared/shape.js";

export const algebraInfix: readonly (readonly [string, BinaryRule])[] = [
  ["or", { op: "or", power: P.or }],
  ["and", { op: "and", power: P.or + 2 }],
  ["=", { relation: "=", power: P.relation }],
  ["<>", { relation: "≠", power: P.relation }],
  ...orders,
  ...sums,
  ["*", { op: "multiply", power: P.multiply }],
  ["/", { op: "divide", power: P.multiply }],
  [".", { op: "matmul", power: P.multiply }],
  ["^", { op: "power", power: P.power, right: true }],
];

const matrix: Builder = (a) => {
  const lists = a.args.filter((e) => e.kind === "array" || e.kind === "literal" || e.kind === "matrix");
  const sizes = a.args.filter((e) => e.kind === "number");
  const data = lists[0];
  if (!data) {
    if (sizes.length === 0) return a.args[0] ?? fail("missing-argument", "Matrix needs its entries", a.range);
    const dims = sizes.length === 1 ? [sizes[0] as Expr, sizes[0] as Expr] : sizes.slice(0, 2);
    return a.named["shape"]
      ? call("eye", dims, a.range, a.nameRange)
      : call("full", dims, a.range, a.nameRange, { value: sizes[2] ?? integer(0, a.range) });
  }
  const shape = checkNested(data);
  if (shape?.length === 1 && sizes.length > 0)
    return call("reshape", [data, sizes[0] as Expr, sizes[1] ?? integer(-1, a.range)], a.range, a.nameRange);
  if (
    shape?.length === 2 &&
    sizes.length === 2 &&
    (shape[0] !== (sizes[0] as { value: number }).value || shape[1] !== (sizes[1] as { value: number }).value)
  )
    fail(
      "length-mismatch",
      said`declared as ${sizes.map((s) => (s as { value: number }).value).join("×")}, but ${shape.join("×")} entries are given`,
      data.range,
    );
  return {
    ...(data.kind === "array" && shape?.length === 1 ? { kind: "matrix" as const, rows: [data.items], range: a.range } : data),
    range: a.range,
  };
};

const vector =
  (row: boolean): Builder =>
  (a) => {
    const data = a.args.find((e) => e.kind === "array");
    if (data?.kind !== "array") return a.args[0] ?? fail("missing-argument", "Vector needs its entries", a.range);
    return { kind: "matrix", rows: row ? [data.items] : data.items.map((e) => [e]), range: a.range };
  };

/** int(f, x), int(f, x = a..b), limit(f, x = a) and taylor(f, x = a, n): the variable with what belongs to it as arguments. */
const rewriting =
  (name: string): Builder =>
  (a) => {
    const [first, ...rest] = a.args;
    const about = Object.entries(a.named).flatMap(([x, e]): Expr[] => [
      { kind: "name", name: x, range: e.range },
      ...(e.kind === "range" && e.start && e.stop ? [e.start, e.stop] : [e]),
    ]);
    return call(name, [...(first ? [first] : []), ...about, ...rest], a.range, a.nameRange);
  };

/** sum(f, k = 1..n). */
const iterated =
  (op: "sum" | "product"): Builder =>
  (a) => {
    const [body] = a.args;
    const [[variable, over] = []] = Object.entries(a.named);
    if (!body || over?.kind !== "range" || !over.start || !over.stop) return call(op === "sum" ? "sum" : "prod", a.args, a.range, a.nameRange);
    return { kind: "big", op, variable: variable as string, lower: over.start, upper: over.stop, body, range: a.range };
  };

const functions = new Map<string, FunctionRule>([
  ["int", rewriting("integrate")],
  ["limit", rewriting("limit")],
  ["taylor", rewriting("taylor")],
  ["series", rewriting("series")],
  ["sum", iterated("sum")],
  ["add", iterated("sum")],
  ["product", iterated("product")],
  ["mul", iterated("product")],
  ...table(
    elementary,
    "log=ln ln Determinant=det det Trace=tr Rank=rank MatrixInverse=inv inverse=inv Eigenvalues=eigenvalues eigenvals=eigenvalues Eigenvectors=eigenvectors SingularValues=singularvalues Norm=norm DotProduct=dot CrossProduct=cross KroneckerProduct=kron MatrixExponential=expm MatrixPower=matrix_power LinearSolve=solve ReducedRowEchelonForm=rref NullSpace=null Adjoint=adj CharacteristicPolynomial=charpoly DiagonalMatrix=diag max min binomial=binom LUDecomposition=lu QRDecomposition=qr ConditionNumber=cond evalf=N",
  ),
  ["Matrix", matrix],
  ["matrix", matrix],
  ["Array", matrix],
  ["Vector", vector(false)],
  ["Vector[column]", vector(false)],
  ["Vector[row]", vector(true)],
  ["vector", vector(false)],
  ["IdentityMatrix", (a) => call("eye", a.args, a.range, a.nameRange)],
  [
    "ZeroMatrix",
    (a) => call("full", a.args.length === 1 ? [a.args[0] as Expr, a.args[0] as Expr] : a.args, a.range, a.nameRange, { value: integer(0, a.range) }),
  ],
  ["Transpose", unary("transpose")],
  ["transpose", unary("transpose")],
  ["HermitianTranspose", unary("adjoint")],
  ["conjugate", unary("conjugate")],
  ["MatrixMatrixMultiply", (a) => ({ kind: "binary", op: "matmul", left: a.args[0] as Expr, right: a.args[1] as Expr, range: a.range })],
  ["Multiply", (a) => ({ kind: "binary", op: "matmul", left: a.args[0] as Expr, right: a.args[1] as Expr, range: a.range })],
  ...["evalm", "simplify", "print", "convert"].map((n) => [n, same] as [string, FunctionRule]),
  ...["rand", "RandomMatrix", "read", "ssystem", "system"].map((n) => [n, refused] as [string, FunctionRule]),
]);

const dialect: CodeDialect = {
  format: "maple",
  lexer: {
    number: {},
    comments: ["#"],
    blockComments: [["(*", "*)"]],
    quotes: '"',
    nameExtra: "%",
    operators: [":=", ":-", "<=", ">=", "<>", "->", "..", ..."+-*/^=<>!|()[]{},:;.'"],
    blocks: [{ open: "[", close: "]", separator: ",", hint: "" }],
  },
  infix: new Map(algebraInfix),
  prefix: new Map([
    ["-", ["negate", P.unary]],
    ["+", ["plus", P.unary]],
  ]),
  postfix: new Map([["!", "factorial"]]),
  assign: [":="],
  plainLetters: true,
  arrow: "->",
  origin: 1,
  inclusive: true,
  functions,
  constants: new Map<string, (r: Range) => Expr>([
    ["Pi", constants.pi],
    ["pi", constants.pi],
    ["I", constants.i],
    ["infinity", constants.inf],
    ["undefined", constants.nan],
    ["Float(undefined)", constants.nan],
    ["true", constants.true],
    ["false", constants.false],
  ]),
  newlines: true,
  keywords: new Set("for while if proc restart with end".split(" ")),
  truncationHint: truncationHint("other"),
};

class MapleParser extends CodeParser {
  protected override separators: ReadonlySet<string> = new Set([";", ":"]);
  private angles = 0;

  protected override skippable(t: Token): boolean {
    return t.text === "with" || t.text === "restart";
  }

  protected override prefix(): Expr {
    if (this.at("<")) return this.angle();
    return super.prefix();
  }

  /** <a, b> stacks, <a | b> sets side by side, <a, b; c, d> gives rows. */
  private angle(): Expr {
    const open = this.next();
    this.angles++;
    const rows: Expr[][] = [[]];
    let bars = false;
    let semicolons = false;
    this.deeper(() => {
      while (!this.at(">")) {
        (rows[rows.length - 1] as Expr[]).push(this.expression());
        if (this.accept("|")) bars = true;
        else if (this.accept(";")) {
          semicolons = true;
          rows.push([]);
        } else if (!this.accept(",")) break;
      }
    });
    this.angles--;
    const close = this.accept(">");
    if (!close) {
      if (this.atEnd() || this.peek().kind === "newline") this.failAt("unbalanced", '"<" is never closed by ">"', open);
      return this.unexpected('">"');
    }
    const range: Range = [open.start, close.end];
    const first = rows[0] as Expr[];
    if (first.length === 0) fail("empty", "an empty vector", range);
    if (semicolons) {
      rows.forEach((r, i) => {
        if (r.length !== first.length)
          ragged(i + 1, r.length, first.length, r.length > 0 ? [(r[0] as Expr).range[0], (r.at(-1) as Expr).range[1]] : range);
      });
      return { kind: "matrix", rows, range };
    }
    const heights = first.map((e) => (e.kind === "matrix" ? (bars ? e.rows.length : (e.rows[0]?.length ?? 1)) : 1));
    heights.forEach((h, i) => {
      if (h !== heights[0]) ragged(i + 1, h, heights[0] as number, (first[i] as Expr).range, bars ? "column" : "row");
    });
    if (first.every((e) => e.kind === "matrix")) {
      const blocks = first.map((e) => (e as { rows: readonly (readonly Expr[])[] }).rows);
      return {
        kind: "matrix",
        rows: bars ? (blocks[0] as readonly (readonly Expr[])[]).map((_, i) => blocks.flatMap((b) => b[i] as readonly Expr[])) : blocks.flat(),
        range,
      };
    }
    return { kind: "matrix", rows: bars ? [first] : first.map((e) => [e]), range };
  }

  protected override qualifiedName(t: Token): string {
    let last = t;
    while (this.at(":-") && this.peek(1).kind === "name") {
      this.next();
      last = this.next();
    }
    if (/^(?:LinearAlgebra|linalg)$/.test(last.text) && this.at("[") && this.peek(2).text === "]") {
      this.next();
      last = this.next();
      this.next();
    }
    if (last.text === "Vector" && this.at("[") && this.peek(2).text === "]") {
      this.next();
      const kind = this.next().text;
      this.next();
      return `Vector[${kind}]`;
    }
    return last.text;
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (this.angles > 0 && (t.text === ">" || t.text === "<") && t.kind === "op") return undefined;
    if (t.text === "^" && (this.peek(1).text === "%T" || this.peek(1).text === "%H"))
      return {
        power: P.power,
        parse: (_p, operand) => {
          this.next();
          const mark = this.next();
          return { kind: "unary", op: mark.text === "%T" ? "transpose" : "adjoint", operand, range: [operand.range[0], mark.end] };
        },
      };
    if (t.text === "..")
      return {
        power: P.relation + 1,
        parse: (_p, start) => {
          this.next();
          const stop = this.expression(P.relation + 1);
          return { kind: "range", start, stop, inclusive: true, range: [start.range[0], stop.range[1]] };
        },
      };
    if (t.text === ".") {
      const rule = this.dialect.infix.get(".");
      return rule && this.binaryRule(rule);
    }
    return super.infix(left);
  }
}

export const maple: Format = {
  name: "maple",
  title: "Maple",
  languages: ["maple"],
  detect: (t) =>
    /^\s*(?:\w+\s*:=\s*)?<[<\d\s-]|\bVector(?:\[\w+\])?\(\s*\[|:=\s*Matrix|LinearAlgebra/.test(t.slice(0, 2000))
      ? 3
      : /\bMatrix\(/.test(t.slice(0, 2000)) && !/np\.|Matrix\(\[\s*\n/.test(t)
        ? 2
        : 0,
  parse: (t, options = {}) => parseCode(t, dialect, options, MapleParser),
  print: printer({
    nan: "undefined",
    inf: "infinity",
    imaginary: "*I",
    fraction: "/",
    complex: (re, im) => `${re}${im.startsWith("-") ? "" : "+"}${im}*I`,
    true: "true",
    false: "false",
    ...nested("[", "]", "Matrix(", ")"),
    tensor: false,
    vector: (cells) => `<${cells.join(", ")}>`,
    algebra: {
      brackets: ["(", ")"],
      constants: { "\\pi": "Pi", e: "exp(1)", i: "I", "\\infty": "infinity" },
      functions: {
        ...commonFunctions,
        ln: "ln",
        arsinh: "arcsinh",
        arcosh: "arccosh",
        artanh: "arctanh",
        gamma: "GAMMA",
        zeta: "Zeta",
        ceil: "ceil",
      },
      solved: (variable, values) => values.map((v) => `${variable} = ${v}`).join(", "),
      name: greekName,
    },
  }),
};
