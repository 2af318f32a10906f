// Julia: vectors and matrices by rows, rationals, complex numbers, broadcasting dots, what the REPL prints, and expressions.

import { type BinaryOp, type Expr, fail, type Range, type Statement, said } from "../expr/index.js";
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
  [".==", { call: "equalentries", power: P.relation }],
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

const types = /^(?:Float(?:16|32|64)|U?Int(?:8|16|32|64|128)?|Complex(?:F64|F32)?|Bool|Number|Real|Any|Rational|BigInt|BigFloat)$/;

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
const matrixFunctions: Readonly<Record<string, string>> = { exp: "expm_of", ln: "logm_of", sqrt: "sqrtm_of" };
for (const [spelled, entries] of [
  ["exp", "exp"],
  ["log", "ln"],
  ["sqrt", "sqrt"],
] as const)
  functions.set(spelled, matrixFunctions[entries] as string);

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

const operators: Readonly<Record<string, BinaryOp>> = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide" };

class JuliaParser extends RowsParser {
  protected override skippable(t: Token): boolean {
    return t.text === "using" || t.text === "import";
  }

  protected override statement(): Statement | null {
    const t = this.peek();
    if (t.kind === "name" && t.text === "function") return this.definition();
    // f(x, y) = ...
    if (t.kind === "name" && this.peek(1).text === "(") {
      const params: string[] = [];
      let k = 2;
      while (this.peek(k).kind === "name") {
        params.push(this.peek(k).text);
        k++;
        while (this.peek(k).text === "::") k += 2;
        if (this.peek(k).text !== ",") break;
        k++;
      }
      if (params.length > 0 && this.peek(k).text === ")" && this.peek(k + 1).text === "=") {
        this.index += k + 2;
        const body = this.expression();
        return { kind: "define", name: t.text, params, body, range: [t.start, body.range[1]], nameRange: [t.start, t.end] };
      }
    }
    return super.statement();
  }

  /** function f(x) ... end, with plain assignments and a last value. */
  private definition(): Statement {
    const start = this.next();
    const target = this.next();
    if (target.kind !== "name" || !this.accept("(")) return this.failAt("not-a-formula", '"function" begins a definition', start);
    const params: string[] = [];
    while (this.peek().kind === "name") {
      params.push(this.next().text);
      while (this.at("::")) {
        this.next();
        this.next();
      }
      if (!this.accept(",")) break;
    }
    if (!this.accept(")")) this.unexpected('")"');
    const read: Statement[] = [];
    for (;;) {
      this.skipSeparators();
      const t = this.peek();
      if (this.atEnd()) return this.failAt("unbalanced", '"function" is never closed by "end"', start);
      if (t.kind === "name" && t.text === "end") break;
      if (t.kind === "name" && t.text === "return") this.next();
      else if (t.kind === "name" && this.dialect.keywords.has(t.text))
        return this.failAt("unsupported", "functions are read when they assign names and return a value; loops and branches are not run", t);
      const s = super.statement();
      read.push(...this.before.splice(0));
      if (s) read.push(s);
    }
    const end = this.next();
    const last = read.pop();
    if (!last || !("body" in last)) return this.failAt("empty", "the function has no value", target);
    const body = read.reduceRight<Expr>(
      (inner, s) =>
        s.kind === "define" && !s.params
          ? { kind: "substitute", body: inner, bindings: [{ name: s.name, value: s.body }], range: inner.range }
          : inner,
      last.body,
    );
    return { kind: "define", name: target.text, params, body, range: [start.start, end.end], nameRange: [target.start, target.end] };
  }

  /** `value for x in items if condition`, from the `for` on; with several variables the first runs outermost. */
  private comprehension(value: Expr): Expr {
    const start = this.next();
    const loops: { readonly param: string; readonly items: Expr }[] = [];
    do {
      const t = this.next();
      if (t.kind !== "name") return this.failAt("unexpected-token", "expected a name to walk with", t);
      const sign = this.next();
      if (sign.text !== "in" && sign.text !== "=" && sign.text !== "∈")
        return this.failAt("unexpected-token", 'expected "in" and what to walk over', sign);
      loops.push({ param: t.text, items: this.expression(P.or) });
    } while (this.accept(","));
    let condition: Expr | undefined;
    if (this.peek().kind === "name" && this.peek().text === "if") {
      this.next();
      condition = this.expression(P.or);
    }
    const range: Range = [value.range[0], this.previous().end];
    return loops.reduceRight<Expr>((body, l, k) => {
      const args: Expr[] = [{ kind: "lambda", params: [l.param], body, range }, l.items];
      if (condition && k === loops.length - 1) args.push({ kind: "lambda", params: [l.param], body: condition, range });
      return call("comprehension", args, range, [start.start, start.end]);
    }, value);
  }

  protected override argument(): Expr {
    const t = this.peek();
    // reduce(+, x): an operator as a function.
    if (t.kind === "op" && this.peek(1).text === "," && Object.hasOwn(operators, t.text)) {
      this.next();
      const range: Range = [t.start, t.end];
      return {
        kind: "lambda",
        params: ["x", "y"],
        body: { kind: "binary", op: operators[t.text] as BinaryOp, left: name("x", range), right: name("y", range), range },
        range,
      };
    }
    const e = super.argument();
    return this.peek().kind === "name" && this.peek().text === "for" ? this.comprehension(e) : e;
  }

  /** Whether the brackets that open here hold a comprehension: a `for` at their own level. */
  private holdsComprehension(): boolean {
    let depth = 0;
    for (let k = 1; k < 400; k++) {
      const t = this.peek(k);
      if (t.kind === "end") return false;
      if (t.kind === "name" && t.text === "for" && depth === 0) return true;
      if (t.text === "(" || t.text === "[" || t.text === "{") depth++;
      else if (t.text === ")" || t.text === "]" || t.text === "}") if (--depth < 0) return false;
    }
    return false;
  }

  /** `m, n = size(A)`; the right side may be a tuple without brackets. */
  protected override assigned(): Expr {
    const first = this.expression();
    if (!this.at(",")) return first;
    const items = [first];
    while (this.accept(",")) items.push(this.expression());
    return { kind: "array", items, range: [first.range[0], this.previous().end] };
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
    if (following.text === "->") {
      this.next();
      this.next();
      const body = this.expression();
      return { kind: "lambda", params: [t.text], body, range: [t.start, body.range[1]] };
    }
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
      // A function of the document, at every entry.
      if (e.kind === "call" && this.options.functions?.has(t.text) && e.args.length === 1)
        return call("mapped", [name(t.text, [t.start, t.end]), e.args[0] as Expr], e.range, e.nameRange);
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
    if (this.holdsComprehension()) {
      const open = this.next();
      const before = this.inRows;
      this.inRows = false;
      const e = this.comprehension(this.expression());
      this.inRows = before;
      const end = this.close("]", open);
      return { ...e, range: [open.start, end.end] };
    }
    const { rows, breaks, open, end, commas } = this.rows();
    const range: Range = [open.start, end.end];
    if (rows.length === 0) return fail("empty", "an array without entries", range);
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
    // condition ? value : otherwise
    if (t.kind === "op" && t.text === "?" && t.space)
      return {
        power: 6,
        parse: (_p, condition) => {
          this.next();
          const value = this.expression(P.range + 1);
          if (!this.accept(":")) this.unexpected('":"');
          const otherwise = this.expression(6);
          return {
            kind: "cases",
            branches: [
              { value, condition },
              { value: otherwise, condition: null },
            ],
            range: [condition.range[0], otherwise.range[1]],
          };
        },
      };
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
