// MATLAB, Octave and Scilab: matrices by rows, transposes, ranges, what their consoles print, and expressions.

import { type Expr, fail, type Range, type Statement } from "../expr/index.js";
import type { Format } from "./format.js";
import type { Infix, Token } from "./grammar/index.js";
import { severalAssignment } from "./shared/assign.js";
import { call, contentRange, integer, truncationHint } from "./shared/build.js";
import { parseCode } from "./shared/code.js";
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
} from "./shared/dialect.js";
import { straighten } from "./shared/lexer.js";
import { binaryOf, elementary, filled, noParser, refused, same, unary } from "./shared/names.js";
import { printMatlab } from "./shared/print.js";
import { alongAxis, axisFrom1, printedMatrix, RowsParser } from "./shared/rows.js";

const infix = new Map<string, BinaryRule>([
  ...logic,
  ["|", { op: "or", power: P.or + 4 }],
  ["&", { op: "and", power: P.or + 6 }],
  ...equality,
  ["~=", { relation: "≠", power: P.relation }],
  ["<>", { relation: "≠", power: P.relation }],
  ...orders,
  ...sums,
  [".+", { op: "add", power: P.add }],
  [".-", { op: "subtract", power: P.add }],
  ["*", { op: "multiply", power: P.multiply }],
  ["/", { op: "divide", power: P.multiply }],
  ["\\", { op: "leftdivide", power: P.multiply }],
  [".*", { op: "elementwise", power: P.multiply }],
  ["./", { op: "elementdivide", power: P.multiply }],
  [".*.", { op: "kronecker", power: P.multiply }],
  ["^", { op: "power", power: P.power }],
  ["**", { op: "power", power: P.power }],
  [".^", { op: "elementpower", power: P.power }],
  [".**", { op: "elementpower", power: P.power }],
]);

const reduce = (n: string, place = 1): [string, FunctionRule] => [
  n,
  alongAxis((args, named, a) => call(n, args, a.range, a.nameRange, named), place),
];

/** reshape(A, [], 2): the empty place is found by counting. */
const reshape: Builder = (a) =>
  call(
    "reshape",
    a.args
      .map((e, i) => (i > 0 && e.kind === "array" && e.items.length === 0 ? integer(-1, e.range) : e))
      .flatMap((e, i) => (i > 0 && e.kind === "matrix" ? e.rows.flat() : [e])),
    a.range,
    a.nameRange,
    { order: { kind: "string", value: "F", range: a.nameRange } },
  );

const std =
  (n: string): Builder =>
  (a) => {
    const weight = a.args[1];
    const population = weight?.kind === "number" && weight.value === 1;
    const named: Record<string, Expr> = { ddof: integer(population ? 0 : 1, a.nameRange), ...(a.args[2] && { axis: axisFrom1(a.args[2]) }) };
    return call(n, a.args.slice(0, 1), a.range, a.nameRange, named);
  };

const concatenate: Builder = (a) => call("concatenate", a.args.slice(1), a.range, a.nameRange, { axis: axisFrom1(a.args[0] as Expr) });

/** max(A), max(A, [], dim), max(a, b). */
const extreme =
  (n: "max" | "min"): Builder =>
  (a) => {
    const second = a.args[1];
    if (second && !(second.kind === "array" && second.items.length === 0))
      return call(n === "max" ? "maximum" : "minimum", a.args.slice(0, 2), a.range, a.nameRange);
    return call(n, a.args.slice(0, 1), a.range, a.nameRange, a.args[2] ? { axis: axisFrom1(a.args[2]) } : undefined);
  };

const leftDivide: Builder = (a: Arguments) =>
  a.args.length === 2
    ? { kind: "binary", op: "leftdivide", left: a.args[0] as Expr, right: a.args[1] as Expr, range: a.range }
    : fail("arity", "two arguments are needed", a.range);

/** The codes of a text's characters. */
const codes = (e: Extract<Expr, { kind: "string" }>): Expr => ({
  kind: "matrix",
  rows: [[...e.value].map((c) => integer(c.codePointAt(0) ?? 0, e.range))],
  range: e.range,
});

/** sort(A), sort(A, dim), sort(A, "descend"): the direction is a word, the dimension a number. */
const sorted = (a: Arguments): Expr => {
  const [, ...rest] = a.args;
  const dim = rest.find((e) => e.kind !== "string");
  const down = rest.some((e) => e.kind === "string" && e.value.toLowerCase().startsWith("desc"));
  return call("sort", a.args.slice(0, 1), a.range, a.nameRange, {
    ...(dim && { axis: axisFrom1(dim) }),
    ...(down && { descending: { kind: "boolean", value: true, range: a.nameRange } as Expr }),
  });
};

/** struct("a", 1, "b", [2 3]): values under their names. */
function structure(a: Arguments): Expr {
  const names: Expr[] = [];
  const values: Expr[] = [];
  a.args.forEach((e, k) => {
    if (k % 2 === 1) values.push(e);
    else names.push(e.kind === "string" ? e : fail("unsupported", "the names of a structure are texts", e.range));
  });
  if (names.length !== values.length) return fail("missing-argument", "a field has no value", a.range);
  return call("listof", values, a.range, a.nameRange, { columns: { kind: "array", items: names, range: a.range } });
}

export const matlabFunctions = new Map<string, FunctionRule>([
  ...table(
    elementary,
    "log=ln det inv pinv rank trace=tr eig svd=singularvalues qr chol=cholesky expm logm sqrtm null orth rref lu cond kron dot cross diag triu tril fliplr flipud rot90 unique size ndims=ndim isempty mod rem fix nchoosek=binom linspace logspace repmat polyfit deconv cumtrapz compan=companion fft ifft columns=ncol rows=nrow corr corrcoef vecnorm ind2sub cosd sind tand acosd asind atand setdiff union intersect subspace deg2rad rad2deg fftshift circshift magic hilb=hilbert vander toeplitz hankel hadamard polyval trapz=trapezoid conv isnan isinf isfinite isequal=array_equal find squeeze conj norm real=re imag=im angle=arg phase=arg var_=var trace_=tr primes isprime nnz=count_nonzero blkdiag=block_diag roots poly xor bitand bitor bitxor bitshift=shiftleft histc interp1 sub2ind accumarray sparse ismember=isin meshgrid charpoly adjoint=adj vec hypot normest=norm rcond schur hess cov",
  ),
  ...["sum", "prod", "mean", "median", "cumsum", "cumprod", "any", "all", "mode", "flip"].map((n) => reduce(n)),
  ["max", extreme("max")],
  ["min", extreme("min")],
  ["std", std("std")],
  ["var", std("var")],
  ["zeros", filled(0, true)],
  ["ones", filled(1, true)],
  ["true", filled(1, true)],
  ["false", filled(0, true)],
  ["nan", filled(Number.NaN, true)],
  ["NaN", filled(Number.NaN, true)],
  ["inf", filled(Number.POSITIVE_INFINITY, true)],
  ["Inf", filled(Number.POSITIVE_INFINITY, true)],
  ["eye", "eye"],
  ["reshape", reshape],
  [
    "permute",
    (a) =>
      call("permute", [a.args[0] as Expr, ...((a.args[1]?.kind === "matrix" && a.args[1].rows.flat()) || []).map(axisFrom1)], a.range, a.nameRange),
  ],
  ["cat", concatenate],
  ["horzcat", (a) => ({ kind: "matrix", rows: [a.args], range: a.range })],
  ["vertcat", (a) => ({ kind: "matrix", rows: a.args.map((e) => [e]), range: a.range })],
  [
    "colon",
    (a) => ({
      kind: "range",
      start: a.args[0] as Expr,
      ...(a.args[2] && { step: a.args[1] as Expr }),
      stop: (a.args[2] ?? a.args[1]) as Expr,
      inclusive: true,
      range: a.range,
    }),
  ],
  ["mldivide", leftDivide],
  ["linsolve", leftDivide],
  ["transpose", unary("transpose")],
  ["ctranspose", unary("adjoint")],
  ["uminus", unary("negate")],
  ["mtimes", (a) => ({ kind: "binary", op: "multiply", left: a.args[0] as Expr, right: a.args[1] as Expr, range: a.range })],
  ["mpower", (a) => ({ kind: "binary", op: "power", left: a.args[0] as Expr, right: a.args[1] as Expr, range: a.range })],
  ["times", binaryOf("elementwise")],
  ["rdivide", binaryOf("elementdivide")],
  ["power", binaryOf("elementpower")],
  ["plus", binaryOf("add")],
  ["minus", binaryOf("subtract")],
  [
    "complex",
    (a) => ({
      kind: "binary",
      op: "add",
      left: a.args[0] as Expr,
      right: {
        kind: "binary",
        op: "elementwise",
        left: a.args[1] as Expr,
        right: { kind: "number", value: 1, imaginary: true, range: a.range },
        range: a.range,
      },
      range: a.range,
    }),
  ],
  ..."single full disp display gpuArray gather".split(" ").map((n) => [n, same] as [string, FunctionRule]),
  ...(["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const).map((n): [string, FunctionRule] => [
    n,
    (a) => ({ ...(same(a, noParser) as Expr), flavour: n }) as Expr,
  ]),
  ["double", (a) => (a.args[0]?.kind === "string" ? codes(a.args[0]) : ({ ...same(a, noParser), flavour: "array" } as Expr))],
  ["logical", (a) => ({ kind: "relation", first: same(a, noParser), rest: [{ op: "≠", operand: integer(0, a.range) }], range: a.range })],
  [
    "idivide",
    (a) => {
      const how = a.args[2]?.kind === "string" ? a.args[2].value : "fix";
      const plain = (e: Expr | undefined): Expr => ({ ...(e as Expr), flavour: "array" }) as Expr;
      const quotient: Expr = { kind: "binary", op: "elementdivide", left: plain(a.args[0]), right: plain(a.args[1]), range: a.range };
      return call(how === "fix" ? "trunc" : how, [quotient], a.range, a.nameRange);
    },
  ],
  ...(["numel", "length"] as const).map((n): [string, FunctionRule] => [
    n,
    (a) => (a.args[0]?.kind === "string" ? integer(a.args[0].value.length, a.range) : call(n === "length" ? "len" : n, a.args, a.range, a.nameRange)),
  ]),
  ["sort", (a) => sorted(a)],
  ["diff", (a) => call("diff", a.args, a.range, a.nameRange)],
  ["bsxfun", (a) => ({ kind: "apply", callee: a.args[0] as Expr, args: a.args.slice(1), range: a.range })],
  ["cellfun", (a) => call("mapped", a.args.slice(0, 2), a.range, a.nameRange)],
  ["arrayfun", (a) => call("mapped", a.args.slice(0, 2), a.range, a.nameRange)],
  [
    "cell2mat",
    (a) => {
      const cell = a.args[0];
      const rows = cell?.kind === "call" && cell.name === "cellof" ? cell.args.map((row) => (row.kind === "call" ? row.args : [row])) : null;
      return rows ? { kind: "matrix", rows, range: a.range } : call("cell2mat", a.args, a.range, a.nameRange);
    },
  ],
  ["struct", (a) => structure(a)],
  ["deal", same],
  ["range", (a) => call("ptp", a.args, a.range, a.nameRange)],
  ["prctile", (a) => call("percentile", a.args.slice(0, 2), a.range, a.nameRange)],
  ...["sortrows", "cummax", "cummin", "zscore", "strcmp"].map((n): [string, FunctionRule] => [n, n]),
  ..."rand randn randi randperm fopen load system unix dos eval evalin feval urlread webread fread input importdata csvread readmatrix"
    .split(" ")
    .map((n) => [n, refused] as [string, FunctionRule]),
]);

const dialect: CodeDialect = {
  format: "matlab",
  lexer: {
    number: { bases: true, imaginary: /[ij]/y, exponent: "eEdD", pointOperators: true },
    comments: ["%", "#", "//"],
    blockComments: [
      ["%{\n", "%}"],
      ["#{\n", "#}"],
    ],
    quotes: "\"'",
    transposeQuote: true,
    doubledQuotes: true,
    operators: [
      ".*.",
      ".**",
      "==",
      "~=",
      "!=",
      "<>",
      "<=",
      ">=",
      "&&",
      "||",
      "**",
      ".*",
      "./",
      ".\\",
      ".^",
      ".'",
      ".+",
      ".-",
      "++",
      "--",
      "+=",
      "-=",
      "*=",
      "/=",
      ..."+-*/\\^'=<>&|!~()[]{},:;@.",
    ],
    continuation: "...",
    blocks: [{ open: "[", close: "]", separator: "rows", hint: "" }],
  },
  infix,
  prefix: new Map([
    ["-", ["negate", P.unary]],
    ["+", ["plus", P.unary]],
    ["~", ["not", P.unary]],
    ["!", ["not", P.unary]],
  ]),
  postfix: new Map([
    ["'", "adjoint"],
    [".'", "transpose"],
  ]),
  assign: ["="],
  origin: 1,
  roundIndex: true,
  inclusive: true,
  functions: matlabFunctions,
  constants: new Map<string, (r: Range) => Expr>([
    ["pi", constants.pi],
    ["i", constants.i],
    ["j", constants.i],
    ["I", constants.i],
    ["J", constants.i],
    ["Inf", constants.inf],
    ["inf", constants.inf],
    ["NaN", constants.nan],
    ["nan", constants.nan],
    ["NA", constants.nan],
    ["realmax", (r) => ({ kind: "number", value: Number.MAX_VALUE, range: r })],
    ["realmin", (r) => ({ kind: "number", value: 2.2250738585072014e-308, range: r })],
    ["eps", (r) => ({ kind: "number", value: Number.EPSILON, range: r })],
    ["true", constants.true],
    ["false", constants.false],
  ]),
  newlines: true,
  keywords: new Set("for while if function switch try parfor classdef return break continue global persistent import else elseif".split(" ")),
  truncationHint: truncationHint("other"),
};

/** Functions that a handle is made of with two arguments. */
const twoArguments = new Set("plus minus times rdivide power mtimes max min mod rem atan2 hypot bitand bitor eq ne lt le gt ge".split(" "));

class MatlabParser extends RowsParser {
  protected override separators: ReadonlySet<string> = new Set([";", ","]);

  protected override statement(): Statement | null {
    // [U, S, V] = svd(A): how many results are taken decides what they are.
    const first = this.peek();
    const targets = this.at("[") ? this.targets() : null;
    if (targets) {
      const all = severalAssignment(targets, this.outputs(targets.length), first.start, 1);
      this.before.push(...all.slice(0, -1));
      return all[all.length - 1] as Statement;
    }
    const s = super.statement();
    if (this.at("=")) this.failAt("unsupported", "only a variable, or entries of one, can be set", this.peek());
    if (s?.kind === "expression" && s.body.kind === "array" && s.body.items.length === 0) fail("empty", "an empty matrix", s.range);
    return s;
  }

  /** f(...) with so many results. */
  private outputs(count: number): Expr {
    const t = this.peek();
    if (t.kind !== "name") return this.failAt("unsupported", "several results come from a function", t);
    this.next();
    const a = this.at("(") ? this.arguments(")") : { args: [], named: {} };
    const nameRange: Range = [t.start, t.end];
    return call("outputs", a.args, [t.start, this.previous().end], nameRange, {
      of: { kind: "string", value: t.text, range: nameRange },
      count: integer(count, nameRange),
    });
  }

  /** A(2, 3) = 5 where A is not yet known reads as a call: it is a place all the same. */
  protected override changing(place: Expr, first: Token): Statement | null {
    const [field] = place.kind === "index" ? place.indices : [];
    if (place.kind === "index" && place.base.kind === "name" && field?.kind === "string" && this.accept("=")) {
      const body = this.assigned();
      return { kind: "define", name: `${place.base.name}.${field.value}`, body, range: [first.start, body.range[1]], nameRange: place.range };
    }
    if (place.kind !== "call" || place.named || !this.at("=") || this.text.slice(...place.nameRange) !== place.name)
      return super.changing(place, first);
    const base: Expr = { kind: "name", name: place.name, range: place.nameRange };
    return super.changing({ kind: "index", base, indices: place.args, origin: 1, range: place.range }, first);
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.text === "@" && t.kind === "op") return this.handle();
    return super.prefix();
  }

  private handle(): Expr {
    const at = this.next();
    if (!this.at("(")) return this.named(at);
    this.next();
    const params: string[] = [];
    while (this.peek().kind === "name") {
      params.push(this.next().text);
      if (!this.accept(",")) break;
    }
    if (!this.accept(")")) this.unexpected('")"');
    const body = this.expression();
    return { kind: "lambda", params, body, range: [at.start, body.range[1]] };
  }

  /** @sin, @plus: a function by its name, as one of one or two arguments. */
  private named(at: Token): Expr {
    const t = this.peek();
    if (t.kind !== "name" || this.isDefined(t.text) || !this.dialect.functions.has(t.text)) return this.expression(P.call + 1);
    this.next();
    const range: Range = [at.start, t.end];
    const params = twoArguments.has(t.text) ? ["x", "y"] : ["x"];
    const args = params.map((name): Expr => ({ kind: "name", name, range }));
    return { kind: "lambda", params, body: this.build(t.text, { args, named: {}, nameRange: [t.start, t.end], range }), range };
  }

  /** {1, [2 3], 'a'}: a list of anything; rows of it where semicolons part them. */
  protected override braces(): Expr {
    const { rows, open, end } = this.rows();
    const range: Range = [open.start, end.end];
    const [first] = rows;
    return call("cellof", rows.length === 1 && first ? first : rows.map((r) => call("cellof", r, range)), range, [open.start, open.end]);
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "op" && t.text === ":" && !(this.inRows && t.space && !this.peek(1).space && this.peek(1).text === "]")) {
      return { power: P.range, parse: (_p, start) => this.colon(start) };
    }
    if (t.kind === "op" && t.text === ".\\")
      return {
        power: P.multiply,
        parse: (_p, x) => {
          this.next();
          const y = this.expression(P.multiply + 1);
          return { kind: "binary", op: "elementdivide", left: y, right: x, range: [x.range[0], y.range[1]] };
        },
      };
    if (t.kind === "op" && t.text === "{" && !(this.inRows && t.space) && (left.kind === "name" || left.kind === "index"))
      return { power: P.call, parse: (_p, base) => this.indexing(base, "}") };
    return super.infix(left);
  }

  /** A bare `:` takes everything; ranges are expressions of their own. */
  protected override subscript(close: string): Expr {
    const t = this.peek();
    if (t.text === ":" && t.kind === "op" && (this.peek(1).text === "," || this.peek(1).text === close)) {
      this.next();
      return { kind: "range", inclusive: true, range: [t.start, t.end] };
    }
    return this.expression();
  }

  /** [true false] is a mask: its entries are truth values. */
  protected override squareBrackets(): Expr {
    const e = super.squareBrackets();
    const mask = e.kind === "matrix" && e.rows.every((row) => row.every((x) => x.kind === "boolean"));
    return mask ? { kind: "relation", first: e, rest: [{ op: "≠", operand: integer(0, e.range) }], range: e.range } : e;
  }

  /** s.a, the field of a structure: a name of its own where it was set so, else a part of the structure. */
  protected override memberAccess(): Infix<this> | undefined {
    return {
      power: P.call,
      parse: (_p, base) => {
        const point = this.next();
        const t = this.next();
        if (t.kind !== "name" || (base.kind !== "name" && base.kind !== "index"))
          return this.failAt("unsupported", "only fields of named structures are read", point);
        const range: Range = [base.range[0], t.end];
        const whole = this.text.slice(base.range[0], t.end);
        if (base.kind === "name" && this.isDefined(whole)) return { kind: "name", name: whole, range };
        return { kind: "index", base, indices: [{ kind: "string", value: t.text, range: [t.start, t.end] }], origin: 1, range };
      },
    };
  }
}

/** Scilab writes its constants with a percent sign, which begins a comment elsewhere. */
const scilab = (text: string): string =>
  text.includes("%")
    ? text.replace(/([[(,;=+\-*/^ \t]|^)%(pi|inf|nan|i|e|t|f)(?=[\s,;\])+*/^-]|$)/gm, (all, before: string, word: string, offset: number) =>
        /^[^\n]*[^\s[(,;=+\-*/^]\s+$/.test(text.slice(text.lastIndexOf("\n", offset) + 1, offset + before.length)) ? all : `${before} ${word}`,
      )
    : text;

export const matlab: Format = {
  name: "matlab",
  title: "MATLAB / Octave",
  languages: ["matlab", "octave", "scilab"],
  detect(t) {
    if (/^\s*[A-Za-z]\w*\s*=\s*\n\s*\n?\s*[-+\d(NIC]/.test(t) || /Columns \d+ (?:through|and|to) \d+/.test(t)) return 3;
    if (/\[[^[\]{}"|]*;[^[\]{}"|]*\]/.test(t.length > 50000 ? `${t.slice(0, 20000)}${t.slice(-20000)}` : t)) return 2;
    if (
      /^\s*(?:eye|zeros|ones|diag|inv|det|linspace|magic|repmat|rand)\([^=]*\)\s*;?\s*$|[A-Za-z\d)\]]'\s*(?:[*+/-]|$)/.test(t.slice(0, 400)) &&
      !/[\\^_]\{|\bnp\.|"/.test(t.slice(0, 400))
    )
      return 2;
    return /\[[^\],]*\s[^\],]*\]|\.\*|\.\^|\\|\w'|:\s*\d|\(:|^\s*[[\w(]/.test(t.slice(0, 4000)) ? 1 : 0;
  },
  parse(t, options = {}) {
    contentRange(t);
    const plain = straighten(t);
    if (!/[[\](){}@]/.test(plain.slice(0, 5000)) || /^\s*\w+\s*=\s*\n/.test(plain)) {
      const printed = printedMatrix(plain, dialect.truncationHint);
      if (printed) return printed;
    }
    return parseCode(scilab(plain), dialect, options, MatlabParser, "[{");
  },
  print: printMatlab,
};
