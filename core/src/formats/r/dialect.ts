// R's operators, functions and constants.

import { type BinaryOp, type Expr, fail, type Range, said } from "../../expr/index.js";
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
import { elementary, noParser, refused, same, unary } from "../shared/names.js";

/** What to do about a print-out that was cut. */
export const truncationHint = "raise options(max.print) and print again";
/** Above products, as %in% and the rest of R's own operators are. */
const special = P.multiply + 12;

const infix = new Map<string, BinaryRule>([
  ...logic,
  ["|", { op: "or", power: P.or }],
  ["&", { op: "and", power: P.or + 2 }],
  ...equality,
  ...orders,
  ...sums,
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

export const rDialect: CodeDialect = {
  format: "r",
  lexer: {
    number: { bases: true, suffix: /L/y, imaginary: /i/y },
    comments: ["#"],
    quotes: "\"'",
    nameExtra: ".",
    operators: [
      "|>",
      "%>%",
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
  truncationHint,
};
