// R: c(), matrix(), rbind(), printed vectors and grids, and expressions with %*%.

import { type BinaryOp, type Expr, fail, type Range, type Statement, said } from "../expr/index.js";
import type { Format, Parsed } from "./format.js";
import type { Infix, Token } from "./grammar/index.js";
import { call, contentRange, integer, literal, Numbers, name, only, ragged, truncated } from "./shared/build.js";
import {
  type Arguments,
  type BinaryRule,
  type Builder,
  type CodeDialect,
  CodeParser,
  constants,
  type FunctionRule,
  P,
  parseCode,
  table,
} from "./shared/code.js";
import { straighten } from "./shared/lexer.js";
import { elementary, noParser, refused, same, unary } from "./shared/names.js";
import { printer } from "./shared/print.js";
import { printedRow } from "./shared/rows.js";

const hint = "raise options(max.print) and print again";
const special = P.multiply + 12;

const infix = new Map<string, BinaryRule>([
  ["||", { op: "or", power: P.or }],
  ["|", { op: "or", power: P.or }],
  ["&&", { op: "and", power: P.or + 2 }],
  ["&", { op: "and", power: P.or + 2 }],
  ["==", { relation: "=", power: P.relation }],
  ["!=", { relation: "≠", power: P.relation }],
  ["<", { relation: "<", power: P.relation }],
  ["<=", { relation: "≤", power: P.relation }],
  [">", { relation: ">", power: P.relation }],
  [">=", { relation: "≥", power: P.relation }],
  ["+", { op: "add", power: P.add }],
  ["-", { op: "subtract", power: P.add }],
  ["*", { op: "elementwise", power: P.multiply }],
  ["/", { op: "elementdivide", power: P.multiply }],
  ["%*%", { op: "matmul", power: special }],
  ["%in%", { call: "isin", power: special }],
  ["%o%", { op: "outer", power: special }],
  ["%x%", { op: "kronecker", power: special }],
  ["%%", { op: "mod", power: special }],
  ["%/%", { op: "floordivide", power: special }],
  ["^", { op: "elementpower", power: P.power, right: true }],
  ["**", { op: "elementpower", power: P.power, right: true }],
]);

const values = (a: Arguments): readonly Expr[] => [...a.args, ...Object.values(a.named)];
const isPlain = (e: Expr): boolean =>
  e.kind === "number" ||
  e.kind === "boolean" ||
  (e.kind === "unary" && isPlain(e.operand)) ||
  (e.kind === "binary" && isPlain(e.left) && isPlain(e.right));

/** c(1, 2, 3) is a vector; with vectors inside they are joined. */
const combine: Builder = (a) => {
  const items = values(a);
  const word = items.find((e) => e.kind === "string");
  if (word) fail("non-numeric", said`"${(word as { value: string }).value}" is not a number`, word.range);
  if (items.length === 0) fail("empty", "c() holds nothing", a.range);
  return items.every(isPlain) ? { kind: "array", items, range: a.range } : call("c", items, a.range, a.nameRange);
};

/** c(a = 1, b = 2), list(a = 1), data.frame(x = ..., y = ...): the names stay with the values. */
const labelled =
  (name: string): Builder =>
  (a, p) => {
    const labels = Object.keys(a.named);
    const items = values(a);
    if (labels.length === 0 || a.args.length > 0) return name === "tablecolumns" ? call("cbind", items, a.range, a.nameRange) : combine(a, p);
    const columns: Expr = {
      kind: "array",
      items: labels.map((value): Expr => ({ kind: "string", value, range: a.nameRange })),
      range: a.nameRange,
    };
    return call(name, items, a.range, a.nameRange, { columns });
  };

/** f(x, na.rm = TRUE) leaves the missing values out. */
const withoutMissing =
  (name: string, rule: FunctionRule = name): Builder =>
  (a, p) => {
    const { "na.rm": flag, ...named } = a.named;
    const rest = { ...a, named };
    if (flag?.kind === "boolean" && flag.value) {
      const e = typeof rule === "function" ? rule(rest, p) : call(rule, a.args, a.range, a.nameRange, named);
      return e.kind === "call" ? { ...e, name: `nan${e.name}` } : e;
    }
    return typeof rule === "function" ? rule(rest, p) : call(rule, a.args, a.range, a.nameRange, named);
  };

/** outer(x, y, f). */
const outerBy: Builder = (a) => {
  const f = a.args[2] ?? a.named["FUN"];
  const [x, y] = a.args;
  if (!f || !x || !y || (f.kind === "string" && f.value === "*")) return call("outer", a.args.slice(0, 2), a.range, a.nameRange);
  return call("outerof", [x, y, asFunction(f)], a.range, a.nameRange);
};

const operators: Readonly<Record<string, BinaryOp>> = { "+": "add", "-": "subtract", "*": "elementwise", "/": "elementdivide", "^": "elementpower" };
/** "+" and sum as functions of their arguments. */
function asFunction(f: Expr): Expr {
  const word = f.kind === "string" ? f.value : f.kind === "name" ? f.name : null;
  if (word === null) return f;
  const [left, right] = [name("x", f.range), name("y", f.range)];
  const op = Object.hasOwn(operators, word) ? operators[word] : undefined;
  if (op) return { kind: "lambda", params: ["x", "y"], body: { kind: "binary", op, left, right, range: f.range }, range: f.range };
  if (f.kind === "name" && functions.has(word)) {
    const given: Arguments = { args: [left], named: {}, range: f.range, nameRange: f.range };
    const rule = functions.get(word) as FunctionRule;
    const body = typeof rule === "function" ? rule(given, noParser) : call(rule, [left], f.range, f.range);
    return { kind: "lambda", params: ["x"], body, range: f.range };
  }
  return f;
}

/** sapply(x, f), Map(f, x), mapply(f, x, y), Reduce(f, x), do.call(f, list). */
/** max(x, y): the largest of all the numbers in all the arguments. */
const overAll = (name: string, a: Arguments): Expr =>
  call(name, a.args.length > 1 ? [call("c", a.args, a.range, a.nameRange)] : a.args, a.range, a.nameRange, a.named);

const mapping =
  (name: string, functionFirst: boolean): Builder =>
  (a) => {
    const [first, second, ...rest] = a.args;
    if (!first || !second) return fail("missing-argument", "a function and what to apply it to are needed", a.range);
    const [f, x] = functionFirst ? [first, second] : [second, first];
    return call(name, [asFunction(f), x, ...(functionFirst ? rest : [])], a.range, a.nameRange);
  };

const doCall: Builder = (a, p) => {
  const [f, list] = a.args;
  const word = f?.kind === "name" ? f.name : f?.kind === "string" ? f.value : null;
  const items = list?.kind === "array" ? list.items : list?.kind === "call" && (list.name === "c" || list.name === "listof") ? list.args : null;
  const rule = word === null ? undefined : functions.get(word);
  if (!rule || !items) return refused(a, p);
  const given: Arguments = { ...a, args: items };
  return typeof rule === "function" ? rule(given, p) : call(rule, items, a.range, a.nameRange);
};

const fillMatrix: Builder = (a) => {
  const { dimnames: _, ...named } = a.named;
  const { data, nrow, ncol, byrow } = { data: a.args[0], nrow: a.args[1], ncol: a.args[2], byrow: a.args[3], ...named } as Record<
    string,
    Expr | undefined
  >;
  if (!data) return fail("missing-argument", "matrix() needs entries", a.range);
  return call(
    "matrix",
    [data],
    a.range,
    a.nameRange,
    Object.fromEntries(Object.entries({ nrow, ncol, byrow }).filter(([, v]) => v)) as Record<string, Expr>,
  );
};

const along =
  (name: string, axis: 0 | 1): Builder =>
  (a) =>
    call(name, a.args.slice(0, 1), a.range, a.nameRange, { axis: integer(axis, a.nameRange) });

const sample =
  (name: string): Builder =>
  (a) =>
    call(name, a.args.slice(0, 1), a.range, a.nameRange, { ddof: integer(1, a.nameRange) });

const product =
  (first: boolean): Builder =>
  (a) => {
    const [x, y = x] = a.args;
    if (!x || !y) return fail("missing-argument", "a matrix is missing", a.range);
    const t = (operand: Expr): Expr => ({ kind: "unary", op: "transpose", operand, range: operand.range });
    return { kind: "binary", op: "matmul", left: first ? t(x) : x, right: first ? y : t(y), range: a.range };
  };

/** Where the triangle is, the diagonal only with diag=TRUE. */
const triangle =
  (name: "triu" | "tril"): Builder =>
  (a) => {
    const one = a.args[0] ?? fail("missing-argument", "a matrix is missing", a.range);
    const withDiagonal = (a.args[1] ?? a.named["diag"]) as Expr | undefined;
    const offset = withDiagonal?.kind === "boolean" && withDiagonal.value ? 0 : name === "triu" ? 1 : -1;
    const ones = call("ones_like", [one], a.range);
    const kept = call(name, [ones, integer(offset, a.range)], a.range, a.nameRange);
    return { kind: "relation", first: kept, rest: [{ op: "=", operand: integer(1, a.range) }], range: a.range };
  };

/** apply(A, 1, sum): a reduction over every row; 2: over every column. */
const reducible = new Set(["sum", "mean", "max", "min", "prod", "median", "var", "sd", "range_"]);
/** A named part of what a function answers. */
const partOf = (base: Expr, piece: string, range: Range): Expr => ({
  kind: "index",
  base,
  indices: [{ kind: "string", value: piece, range }],
  origin: 1,
  range,
});

const applied: Builder = (a, p) => {
  const [matrix, margin, f] = a.args;
  if (!matrix || margin?.kind !== "number" || f?.kind !== "name" || !reducible.has(f.name)) return refused(a, p);
  const sample = f.name === "var" || f.name === "sd";
  return call(f.name === "sd" ? "std" : f.name, [matrix], a.range, a.nameRange, {
    axis: integer(margin.value === 1 ? 1 : 0, a.nameRange),
    ...(sample && { ddof: integer(1, a.nameRange) }),
  });
};

const sequence: Builder = (a) => {
  const [from, to, by] = [a.named["from"] ?? a.args[0], a.named["to"] ?? a.args[1], a.named["by"] ?? a.args[2]];
  const count = a.named["length.out"] ?? a.named["length"] ?? a.named["len"];
  if (!from) return fail("missing-argument", "seq() needs a start", a.range);
  if (!to) return { kind: "range", start: integer(1, a.range), stop: from, inclusive: true, range: a.range };
  return count
    ? call("linspace", [from, to, count], a.range, a.nameRange)
    : { kind: "range", start: from, ...(by && { step: by }), stop: to, inclusive: true, range: a.range };
};

const functions = new Map<string, FunctionRule>([
  ...table(
    elementary,
    "ceiling=ceil log=ln det=det mean median sum prod max min cumsum cumprod rev=flip sort order=argsort length=numel dim=shape nrow ncol diag outer kronecker=kron svd eigen=eig qr chol=cholesky norm exp choose=binom range=extrema any all which.max=argmax which.min=argmin which=find Re=re Im=im Mod=abs Arg=arg pmin=minimum pmax=maximum solve rbind cbind head tail scale xor bitwAnd=bitand bitwOr=bitor bitwXor=bitxor nchar=numel trunc=fix expm ginv=pinv is.na=isnan is.nan=isnan unique diff sign var cor=corrcoef cov matrix.trace=tr rankMatrix=rank factorial kappa=cond",
  ),
  ["c", labelled("labelled")],
  ["list", labelled("listof")],
  ["data.frame", labelled("tablecolumns")],
  ["tibble", labelled("tablecolumns")],
  ["outer", outerBy],
  ["sapply", mapping("mapped", false)],
  ["lapply", mapping("mapped", false)],
  ["vapply", mapping("mapped", false)],
  ["Map", mapping("mappedtogether", true)],
  ["mapply", mapping("mappedtogether", true)],
  ["Reduce", mapping("folded", true)],
  ["Filter", mapping("filtered", true)],
  ["do.call", doCall],
  ["qr.Q", (a) => partOf(call("qr", a.args, a.range, a.nameRange), "Q", a.range)],
  ["qr.R", (a) => partOf(call("qr", a.args, a.range, a.nameRange), "R", a.range)],
  ["qr", "qrparts"],
  ["polyroot", (a) => call("flip", [call("roots", [call("flip", a.args, a.range)], a.range, a.nameRange)], a.range)],
  ["nchar", (a) => (a.args[0]?.kind === "string" ? integer([...a.args[0].value].length, a.range) : call("numel", a.args, a.range, a.nameRange))],
  ["sum", withoutMissing("sum")],
  ["mean", withoutMissing("mean")],
  ["median", withoutMissing("median")],
  ["max", withoutMissing("max", (a) => overAll("max", a))],
  [
    "which",
    (a) => {
      const found = call("where", [call("flatten", a.args.slice(0, 1), a.range)], a.range, a.nameRange);
      return { kind: "index", base: found, indices: [integer(1, a.range)], origin: 1, range: a.range };
    },
  ],
  ["rank", (a) => call("rankdata", a.args.slice(0, 1), a.range, a.nameRange)],
  ["as.integer", (a) => call("trunc", a.args.slice(0, 1), a.range, a.nameRange)],
  ["min", withoutMissing("min", (a) => overAll("min", a))],
  ...(
    [
      ["norm", "normal"],
      ["unif", "uniform"],
      ["exp", "exponential"],
      ["binom", "binomial"],
      ["pois", "poisson"],
      ["geom", "geometric"],
    ] as const
  ).flatMap(([short, long]): [string, FunctionRule][] => [
    [`d${short}`, `${long}pdf`],
    [`p${short}`, `${long}cdf`],
    [`q${short}`, `${long}quantile`],
  ]),
  ["matrix", fillMatrix],
  [
    "array",
    (a) =>
      call(
        "reshape",
        [a.args[0] as Expr, (a.named["dim"] ?? a.args[1]) as Expr].flatMap((e, i) => (i === 1 && e.kind === "array" ? e.items : [e])),
        a.range,
        a.nameRange,
        { order: { kind: "string", value: "F", range: a.nameRange }, recycle: { kind: "boolean", value: true, range: a.nameRange } },
      ),
  ],
  ["t", unary("transpose")],
  ["Conj", unary("conjugate")],
  ["solve", (a) => (a.args.length > 1 ? call("solve", a.args.slice(0, 2), a.range, a.nameRange) : call("inv", a.args, a.range, a.nameRange))],
  ["crossprod", product(true)],
  ["tcrossprod", product(false)],
  ["upper.tri", triangle("triu")],
  ["lower.tri", triangle("tril")],
  ["apply", applied],
  ["norm", (a) => call("norm", a.args, a.range, a.nameRange, a.args.length > 1 || a.named["type"] ? a.named : { ord: integer(1, a.nameRange) })],
  ["rowSums", along("sum", 1)],
  ["colSums", along("sum", 0)],
  ["rowMeans", along("mean", 1)],
  ["colMeans", along("mean", 0)],
  ["var", withoutMissing("var", sample("var"))],
  ["sd", withoutMissing("std", sample("std"))],
  ["seq", sequence],
  ["seq_len", (a) => ({ kind: "range", start: integer(1, a.range), stop: a.args[0] as Expr, inclusive: true, range: a.range })],
  ["seq.int", sequence],
  ["rep", (a) => call("rep", a.args, a.range, a.nameRange, a.named)],
  ["numeric", (a) => call("full", a.args, a.range, a.nameRange, { value: integer(0, a.range) })],
  [
    "log",
    (a) =>
      (a.args[1] ?? a.named["base"])
        ? call("log", [a.args[0] as Expr], a.range, a.nameRange, { base: (a.args[1] ?? a.named["base"]) as Expr })
        : call("ln", a.args, a.range, a.nameRange),
  ],
  ["determinant", "det"],
  [
    "complex",
    (a) => ({
      kind: "binary",
      op: "add",
      left: a.named["real"] ?? integer(0, a.range),
      right: { ...((a.named["imaginary"] ?? integer(0, a.range)) as Expr), imaginary: true } as Expr,
      range: a.range,
    }),
  ],
  ...[
    "as.matrix",
    "as.numeric",
    "as.vector_",
    "data.matrix",
    "print",
    "invisible",
    "as.double",
    "round_",
    "identity",
    "suppressWarnings",
    "drop_",
  ].map((n) => [n, same] as [string, FunctionRule]),
  ["as.vector", "flatten"],
  ["drop", "squeeze"],
  ...["rnorm", "runif", "sample", "rbinom", "system", "readline", "read.csv", "source", "eval", "file", "scan", "load", "readRDS"].map(
    (n) => [n, refused] as [string, FunctionRule],
  ),
]);

const dialect: CodeDialect = {
  format: "r",
  lexer: {
    number: { bases: true, suffix: /L/y, imaginary: /i/y },
    comments: ["#"],
    quotes: "\"'",
    nameExtra: ".",
    operators: [
      "<<-",
      "->>",
      "%*%",
      "%o%",
      "%x%",
      "%/%",
      "%in%",
      "%%",
      "<-",
      "->",
      "==",
      "!=",
      "<=",
      ">=",
      "&&",
      "||",
      "|>",
      "**",
      "::",
      ..."+-*/^=<>&|!~?()[]{},:;@$\\",
    ],
  },
  infix,
  prefix: new Map([
    ["-", ["negate", P.unary + 6]],
    ["+", ["plus", P.unary + 6]],
    ["!", ["not", P.not]],
  ]),
  assign: ["<-", "=", "<<-"],
  origin: 1,
  inclusive: true,
  functions,
  constants: new Map<string, (r: Range) => Expr>([
    ["pi", constants.pi],
    ["Inf", constants.inf],
    ["NaN", constants.nan],
    ["NA", constants.nan],
    ["NA_real_", constants.nan],
    ["NA_integer_", constants.nan],
    ["TRUE", constants.true],
    ["FALSE", constants.false],
    ["T", constants.true],
    ["F", constants.false],
  ]),
  newlines: true,
  keywords: new Set("for while repeat library require function return else next break".split(" ")),
  truncationHint: hint,
};

class RParser extends CodeParser {
  protected override emptyIndices = true;

  protected override skippable(t: Token): boolean {
    return t.text === "library" || t.text === "require";
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.kind === "name" && t.text === "if" && this.peek(1).text === "(") return this.conditional();
    if (t.kind === "name" && t.text === "return" && this.peek(1).text === "(") {
      this.next();
      return this.expression();
    }
    if (t.text === "function" || t.text === "\\") {
      this.next();
      const open = this.next();
      const params: string[] = [];
      const defaults: (Expr | undefined)[] = [];
      while (this.peek().kind === "name") {
        params.push(this.next().text);
        defaults.push(this.accept("=") ? this.expression() : undefined);
        if (!this.accept(",")) break;
      }
      this.close(")", open);
      this.skipNewlines();
      const body = this.expression();
      return { kind: "lambda", params, ...(defaults.some((d) => d) && { defaults }), body, range: [t.start, body.range[1]] };
    }
    return super.prefix();
  }

  /** { a <- 1; a + 1 }: the last value, with what is assigned before it. */
  protected override braces(): Expr {
    const open = this.next();
    const read: Statement[] = [];
    this.deeper(() => {
      for (;;) {
        this.skipSeparators();
        if (this.at("}") || this.atEnd()) break;
        if (
          this.peek().kind === "name" &&
          this.dialect.keywords.has(this.peek().text) &&
          this.peek().text !== "return" &&
          this.peek().text !== "function"
        )
          this.failAt("unsupported", "loops are not run", this.peek());
        const s = this.statement();
        read.push(...this.before.splice(0));
        if (s) read.push(s);
        if (!this.at("}") && !this.at(";") && this.peek().kind !== "newline") break;
      }
    });
    const end = this.close("}", open);
    const last = read.pop();
    const range: Range = [open.start, end.end];
    if (!last || !("body" in last)) return fail("empty", "there is nothing between the braces", range);
    const value: Expr = { ...last.body, range };
    return read.reduceRight<Expr>(
      (inner, s) =>
        s.kind === "define" && !s.params ? { kind: "substitute", body: inner, bindings: [{ name: s.name, value: s.body }], range } : inner,
      value,
    );
  }

  /** if (c) a else b has a value. */
  private conditional(): Expr {
    const start = this.next();
    const open = this.peek();
    if (!this.accept("(")) this.unexpected('"("');
    const condition = this.expression();
    this.close(")", open);
    this.skipNewlines();
    const value = this.expression();
    const mark = this.index;
    this.skipNewlines();
    if (this.peek().text !== "else") {
      this.index = mark;
      return this.failAt("unsupported", "a condition without else is not run", start);
    }
    this.next();
    this.skipNewlines();
    const otherwise = this.expression();
    return {
      kind: "cases",
      branches: [
        { value, condition },
        { value: otherwise, condition: null },
      ],
      range: [start.start, otherwise.range[1]],
    };
  }

  protected override qualifiedName(t: Token): string {
    let last = t;
    while (this.at("::") && this.peek(1).kind === "name") {
      this.next();
      last = this.next();
    }
    return last.text;
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "op" && t.text === ":")
      return {
        power: P.multiply + 14,
        parse: (_p, start) => {
          this.next();
          const stop = this.expression(P.multiply + 15);
          return { kind: "range", start, stop, inclusive: true, range: [start.range[0], stop.range[1]] };
        },
      };
    if (t.kind === "op" && t.text === "$")
      return {
        power: P.call,
        parse: (_p, record) => {
          this.next();
          const f = this.next();
          const part = { d: "s", u: "U", v: "V" }[f.text] ?? f.text;
          return {
            kind: "index",
            base: record,
            indices: [{ kind: "string", value: part, range: [f.start, f.end] }],
            origin: 1,
            range: [record.range[0], f.end],
          };
        },
      };
    return super.infix(left);
  }

  protected override subscript(close: string): Expr {
    if (this.at(",")) return this.whole();
    if (this.peek().kind === "name" && this.peek().text === "drop" && this.peek(1).text === "=") {
      this.next();
      this.next();
      this.expression();
      return { kind: "hole", range: [0, 0] };
    }
    void close;
    return this.expression();
  }

  protected override indexing(base: Expr, close: string): Expr {
    // x[[1]]
    const double = this.peek(1).text === "[";
    const e = super.indexing(base, close);
    if (double && e.kind === "index" && e.indices.length === 1 && e.indices[0]?.kind === "array") return { ...e, indices: e.indices[0].items };
    if (e.kind === "index" && e.indices.some((i) => i.kind === "hole")) return { ...e, indices: e.indices.filter((i) => i.kind !== "hole") };
    return e;
  }

  protected override squareBrackets(): Expr {
    if (this.indexed.length > 0) return this.list("]");
    return this.failAt("unexpected-token", "square brackets index a value and stand after it", this.peek(), "write c(...) for a vector");
  }
}

/** Printed vectors, `[1] 1 2 3`, and grids, `[1,] 1 2`. Null when the text is no print-out. */
function printed(text: string): Parsed | null {
  const [start, end] = contentRange(text);
  const isVector = /^\s*\[1\]/.test(text);
  if (!isVector && !/^\s*\[\d*,\d*\]|^\s*\[1,\]/m.test(text)) return null;
  const omitted = /\[\s*reached .*?\]|\.\.\./.exec(text);
  if (omitted) truncated([omitted.index, omitted.index + omitted[0].length], hint);
  const rows: Numbers[] = [];
  const imag: Numbers[] = [];
  const flat = new Numbers();
  const flatImag = new Numbers();
  let at = start;
  let row = 0;
  let columns = -1;
  let header = false;
  while (at < end) {
    let eol = text.indexOf("\n", at);
    if (eol < 0) eol = text.length;
    const line = text.slice(at, eol);
    const from = at;
    at = eol + 1;
    if (line.trim() === "") continue;
    if (isVector) {
      const m = /^\s*\[\d+\]/.exec(line);
      if (!m) return null;
      if (printedRow(text, from + m[0].length, eol, flat, flatImag) < 0)
        fail("non-numeric", "the printed vector holds something that is not a number", [from + m[0].length, eol]);
      continue;
    }
    const m = /^\s*(?:\[\d+,\]|[A-Za-z.][\w.]*(?=\s+[-\d]))/.exec(line);
    if (!m) {
      // A line of column titles begins a block.
      if (!header && rows.length > 0) columns = -1;
      header = true;
      row = 0;
      continue;
    }
    header = false;
    rows[row] ??= new Numbers();
    imag[row] ??= new Numbers();
    const count = printedRow(text, from + m[0].length, eol, rows[row] as Numbers, imag[row] as Numbers);
    if (count < 0) fail("non-numeric", "the row holds something that is not a number", [from + m[0].length, eol]);
    if (columns < 0) columns = count;
    else if (count !== columns) ragged(row + 1, count, columns, [from, eol]);
    row++;
  }
  const range: Range = [start, end];
  if (isVector)
    return flat.length === 1
      ? only({ kind: "number", value: flat.done()[0] as number, range })
      : only(literal([flat.length], flat.done(), range, flatImag.done()));
  if (rows.length === 0) return null;
  const width = (rows[0] as Numbers).length;
  const data = new Float64Array(rows.length * width);
  const im = new Float64Array(rows.length * width);
  rows.forEach((r, i) => {
    if (r.length !== width) ragged(i + 1, r.length, width, range);
    data.set(r.done(), i * width);
    im.set((imag[i] as Numbers).done(), i * width);
  });
  return only(literal([rows.length, width], data, range, im));
}

export const r: Format = {
  name: "r",
  title: "R",
  languages: ["r"],
  detect(t) {
    const head = t.slice(0, 4000);
    if (/\bmatrix\(\s*(?:c\(|\d+:\d+|data)|^\s*\[1,\]|\[,1\]|^\s*\[1\]\s|%\*%|%o%|<-|\b[rc]bind\(/m.test(head)) return 3;
    return /(?:^|[^\w.])c\(\s*-?[\d.]/.test(head) ? 2 : 0;
  },
  parse(t, options = {}) {
    contentRange(t);
    const plain = straighten(t).replace(/(^|\n)([>+] )/g, "$1  ");
    return printed(plain) ?? parseCode(plain, dialect, options, RParser, "{");
  },
  print: printer({
    nan: "NaN",
    inf: "Inf",
    imaginary: "i",
    fraction: "/",
    complex: (re, im) => `${re}${im.startsWith("-") ? "" : "+"}${im}i`,
    true: "TRUE",
    false: "FALSE",
    vector: (cells) => `c(${cells.join(", ")})`,
    matrix: (rows, inline) =>
      `matrix(c(${rows.map((row) => row.join(", ")).join(inline ? ", " : ",\n         ")}), nrow = ${rows.length}, byrow = TRUE)`,
  }),
};
