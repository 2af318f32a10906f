// Julia: vectors and matrices by rows, rationals, complex numbers, broadcasting dots, what the REPL prints, and expressions.

import { type Expr, fail, type Range, said } from "../expr/index.js";
import type { Format } from "./format.js";
import type { Infix, Token } from "./grammar/index.js";
import { matlabFunctions } from "./matlab.js";
import { call, contentRange, integer, name } from "./shared/build.js";
import { type Arguments, type BinaryRule, type Builder, type CodeDialect, constants, type FunctionRule, P, parseCode, table } from "./shared/code.js";
import { straighten } from "./shared/lexer.js";
import { binaryOf, filled, noParser, refused, same, unary } from "./shared/names.js";
import { bracketedRows, printer } from "./shared/print.js";
import { axisFrom1, checkRows, printedMatrix, RowsParser } from "./shared/rows.js";
import { checkNested } from "./shared/shape.js";

const infix = new Map<string, BinaryRule>([
  ["||", { op: "or", power: P.or }],
  ["&&", { op: "and", power: P.or + 2 }],
  ["==", { relation: "=", power: P.relation }],
  [".==", { relation: "=", power: P.relation }],
  ["===", { relation: "=", power: P.relation }],
  ["!=", { relation: "≠", power: P.relation }],
  ["≠", { relation: "≠", power: P.relation }],
  ["≈", { relation: "≈", power: P.relation }],
  ["<", { relation: "<", power: P.relation }],
  ["<=", { relation: "≤", power: P.relation }],
  ["≤", { relation: "≤", power: P.relation }],
  [">", { relation: ">", power: P.relation }],
  [">=", { relation: "≥", power: P.relation }],
  ["≥", { relation: "≥", power: P.relation }],
  [".<", { relation: "<", power: P.relation }],
  [".>", { relation: ">", power: P.relation }],
  ["+", { op: "add", power: P.add }],
  ["-", { op: "subtract", power: P.add }],
  [".+", { op: "add", power: P.add }],
  [".-", { op: "subtract", power: P.add }],
  ["*", { op: "multiply", power: P.multiply }],
  ["/", { op: "divide", power: P.multiply }],
  ["\\", { op: "leftdivide", power: P.multiply }],
  [".*", { op: "elementwise", power: P.multiply }],
  ["./", { op: "elementdivide", power: P.multiply }],
  ["÷", { op: "floordivide", power: P.multiply }],
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

const functions = new Map<string, FunctionRule>([
  ...matlabFunctions,
  ...table(
    "eigvals=eigenvalues eigen=eig svdvals=singularvalues svd opnorm nullspace=null cholesky tr rank det logdet dot cross kron factorial binomial=binom exp log=ln log2 log10 sqrt round floor ceil trunc=fix mod rem div=quotient length=numel size ndims sortperm=argsort sort unique reverse=flip norm normalize triu tril hypot clamp=clip isapprox=isclose Circulant=circulant",
  ),
  ...["sum", "prod", "mean", "median", "std", "var", "maximum", "minimum", "cumsum", "cumprod", "any", "all", "argmax", "argmin", "extrema"].map(
    (n) => [n, along(n === "maximum" ? "max" : n === "minimum" ? "min" : n)] as [string, FunctionRule],
  ),
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
    "Symmetric",
    "Hermitian",
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
const matrixFunctions: Readonly<Record<string, string>> = { exp: "expm_of", ln: "logm_of", sqrt: "sqrtm_of" };
for (const [spelled, entries] of [
  ["exp", "exp"],
  ["log", "ln"],
  ["sqrt", "sqrt"],
] as const)
  functions.set(spelled, matrixFunctions[entries] as string);

const types = /^(?:Float(?:16|32|64)|U?Int(?:8|16|32|64|128)?|Complex(?:F64|F32)?|Bool|Number|Real|Any|Rational|BigInt|BigFloat)$/;

const dialect: CodeDialect = {
  format: "julia",
  lexer: {
    number: { separator: "_", bases: true, imaginary: /im/y, exponent: "eEf", pointOperators: true },
    comments: ["#"],
    blockComments: [["#=", "=#"]],
    quotes: "\"'",
    transposeQuote: true,
    operators: [
      "===",
      ".==",
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
  keywords: new Set("using import for while if function struct module begin let return export try macro mutable abstract".split(" ")),
  truncationHint: "print it whole with show(stdout, A) or increase displaysize",
};

class JuliaParser extends RowsParser {
  protected override skippable(t: Token): boolean {
    return t.text === "using" || t.text === "import";
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.text === "√" && t.kind === "op") {
      this.next();
      const operand = this.expression(P.power);
      return call("sqrt", [operand], [t.start, operand.range[1]], [t.start, t.end]);
    }
    if (t.text === ":" && t.kind === "op") return this.failAt("unsupported", "symbols are not read", t);
    return super.prefix();
  }

  protected override nameOperand(t: Token): Expr {
    // Matrix{Float64}(...), Float64[1, 2]: the type in front is passed over.
    const following = this.peek(1);
    if (following.text === "{" && !following.space) {
      this.next();
      let depth = 0;
      do {
        const s = this.next();
        if (s.text === "{") depth++;
        if (s.text === "}") depth--;
        if (s.kind === "end") break;
      } while (depth > 0);
      const range: Range = [t.start, this.previous().end];
      if (this.at("(")) return this.callNamed(t.text, range);
      return name(t.text, range);
    }
    if (types.test(t.text) && following.text === "[" && !following.space) {
      this.next();
      return this.squareBrackets();
    }
    if (following.text === "." && this.peek(2).text === "(" && !following.space) {
      this.next();
      this.next();
      const e = this.callNamed(t.text, [t.start, t.end]);
      // f.(A) works entry by entry also where f(A) is a function of the matrix.
      const entrywise = e.kind === "call" && Object.entries(matrixFunctions).find(([, whole]) => whole === e.name)?.[0];
      return entrywise && e.kind === "call" ? { ...e, name: entrywise } : e;
    }
    return super.nameOperand(t);
  }

  protected override qualifiedName(t: Token): string {
    let last = t;
    while (/^(?:LinearAlgebra|Statistics|Base|Math|MathConstants|StatsBase)$/.test(last.text) && this.at(".") && this.peek(1).kind === "name") {
      this.next();
      last = this.next();
    }
    return last.text;
  }

  protected override parenthesis(): Expr {
    const e = super.parenthesis();
    if (e.kind === "array" && this.at("->")) {
      this.next();
      const body = this.expression();
      return { kind: "lambda", params: e.items.map((i) => (i.kind === "name" ? i.name : "_")), body, range: [e.range[0], body.range[1]] };
    }
    return e;
  }

  protected override squareBrackets(): Expr {
    const { rows, breaks, open, end, commas } = this.rows();
    const range: Range = [open.start, end.end];
    if (rows.length === 0) return fail("empty", "an array without entries", range);
    if (this.peek(-1).text === "for") return fail("unsupported", "comprehensions are not run", range);
    checkRows(rows.length > 0 && rows.every((r) => r.length === rows[0]?.length || !commas) ? rows : []);
    if (breaks.includes(";;")) return columnsOf(rows, breaks, range);
    if (commas) {
      const items = rows.flat();
      const e: Expr = { kind: "array", items, range };
      checkNested(e);
      return e;
    }
    if (rows.every((r) => r.length === 1)) {
      if (rows.length === 1) return { kind: "array", items: rows[0] as Expr[], range };
      return call("vcat", rows.flat(), range);
    }
    return { kind: "matrix", rows, range };
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "op" && t.text === ":") return { power: P.range, parse: (_p, start) => this.colon(start) };
    if (t.kind === "op" && t.text === "|>")
      return {
        power: 5,
        parse: (_p, x) => {
          this.next();
          const f = this.next();
          return this.build(f.text, { args: [x], named: {}, nameRange: [f.start, f.end], range: [x.range[0], f.end] });
        },
      };
    if (this.inRows && t.space && t.text === "[" && t.kind === "op") return undefined;
    return super.infix(left);
  }

  protected override opened(left: Expr, t: Token): Infix<this> | undefined {
    if (t.text === "(" && !t.space && left.kind === "number") return this.juxtaposed(left, t);
    return super.opened(left, t);
  }

  /** 2x, 2(a+b), 2π: closer than a product, looser than a power. */
  protected override juxtaposed(left: Expr, t: Token): Infix<this> | undefined {
    if (t.space || left.kind !== "number" || !(t.kind === "name" || t.text === "(")) return undefined;
    return {
      power: P.unary + 2,
      parse: (_p, a) => {
        const b = this.expression(P.unary + 3);
        return { kind: "binary", op: "multiply", left: a, right: b, implicit: true, range: [a.range[0], b.range[1]] };
      },
    };
  }

  protected override subscript(close: string): Expr {
    const t = this.peek();
    if (t.text === ":" && (this.peek(1).text === "," || this.peek(1).text === close)) {
      this.next();
      return { kind: "range", inclusive: true, range: [t.start, t.end] };
    }
    if (t.text === "begin") {
      this.next();
      return integer(1, [t.start, t.end]);
    }
    return this.expression();
  }

  override arguments(close: string): { args: Expr[]; named: Record<string, Expr> } {
    return super.arguments(close);
  }

  protected override memberAccess(): Infix<this> | undefined {
    return {
      power: P.call,
      parse: (_p, receiver) => {
        this.next();
        const t = this.next();
        if (t.kind !== "name") this.failAt("unexpected-token", "expected a name after the point", t);
        const part = t.text === "S" ? "s" : t.text;
        return {
          kind: "index",
          base: receiver,
          indices: [{ kind: "string", value: part, range: [t.start, t.end] }],
          origin: 1,
          range: [receiver.range[0], t.end],
        };
      },
    };
  }
}

/** [1; 2;; 3; 4]: each group between `;;` is a column. */
function columnsOf(rows: readonly (readonly Expr[])[], breaks: readonly string[], range: Range): Expr {
  const columns: Expr[][] = [[]];
  rows.forEach((row, i) => {
    (columns[columns.length - 1] as Expr[]).push(...row);
    if (breaks[i] === ";;" && i < rows.length - 1) columns.push([]);
  });
  const height = columns[0]?.length as number;
  columns.forEach((c, j) => {
    if (c.length !== height)
      fail("ragged", said`column ${j + 1} has ${c.length} entries, column 1 has ${height}`, [
        (c[0] as Expr).range[0],
        (c[c.length - 1] as Expr).range[1],
      ]);
  });
  return { kind: "matrix", rows: Array.from({ length: height }, (_, i) => columns.map((c) => c[i] as Expr)), range };
}

export const julia: Format = {
  name: "julia",
  title: "Julia",
  languages: ["julia"],
  detect(t) {
    if (/\b(?:Matrix|Vector|Array)\{|\d+-element |\d+[×x]\d+ (?:Matrix|Array|Adjoint|Transpose|Diagonal)|julia>|;;/.test(t.slice(0, 4000))) return 3;
    if (/\d\/\/\d|\dim\b|\b(?:Float(?:16|32|64)|U?Int\d*|Rational|ComplexF64|Bool)\[/.test(t.slice(0, 4000)) && !/\/\/ /.test(t)) return 2;
    return /\[|[\w)]\s*[\\*'+^-]/.test(t.slice(0, 4000)) ? 1 : 0;
  },
  parse(t, options = {}) {
    contentRange(t);
    const plain = straighten(t).replace(/(^|\n)([ \t]*julia> ?)/g, (_m, line: string, prompt: string) => line + " ".repeat(prompt.length));
    if (/^\s*(?:\d+[×x]\d+|\d+-element)\s/.test(plain) || !/[[\](){}]/.test(plain.slice(0, 5000))) {
      const printed = printedMatrix(plain, dialect.truncationHint);
      if (printed) return printed;
    }
    return parseCode(plain, dialect, options, JuliaParser, "[");
  },
  print: printer({
    nan: "NaN",
    inf: "Inf",
    imaginary: "im",
    fraction: "//",
    point: ".0",
    ...bracketedRows("[", "]", " ", "; "),
    vector: (cells) => `[${cells.join(", ")}]`,
    true: "true",
    false: "false",
  }),
};
