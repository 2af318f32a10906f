// Mathematica / Wolfram Language: nested braces, exact fractions, *^ exponents, square-bracket calls.

import { type Expr, fail, type Range, type Statement, said } from "../expr/index.js";
import type { Format } from "./format.js";
import type { Infix, Token } from "./grammar/index.js";
import { commonFunctions, greekName } from "./shared/algebra.js";
import { call, integer, truncationHint } from "./shared/build.js";
import { CodeParser, parseCode } from "./shared/code.js";
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
import { binaryOf, dimensions, refused, same, unary } from "./shared/names.js";
import { nested, printer } from "./shared/print.js";
import { checkNested } from "./shared/shape.js";

const infix = new Map<string, BinaryRule>([
  ...logic,
  ...equality,
  ["===", { relation: "=", power: P.relation }],
  ...orders,
  ...sums,
  ["*", { op: "elementwise", power: P.multiply }],
  ["×", { op: "elementwise", power: P.multiply }],
  ["/", { op: "elementdivide", power: P.multiply + 2 }],
  [".", { op: "matmul", power: P.unary + 2 }],
  ["^", { op: "elementpower", power: P.power, right: true }],
]);

const ranged: Builder = (a) => {
  const [first, second, third] = a.args;
  if (!first) return fail("missing-argument", "Range needs an end", a.range);
  return {
    kind: "range",
    start: second ? first : integer(1, a.range),
    ...(third && { step: third }),
    stop: second ?? first,
    inclusive: true,
    range: a.range,
  };
};

const constantArray: Builder = (a) => call("full", dimensions(a.args.slice(1), false), a.range, a.nameRange, { value: a.args[0] as Expr });
const totalled: Builder = (a) => call("sum", a.args.slice(0, 1), a.range, a.nameRange, a.args.length > 1 ? undefined : { axis: integer(0, a.range) });
const firstAxis =
  (name: string, ddof = 0): Builder =>
  (a) =>
    call(name, a.args, a.range, a.nameRange, { axis: integer(0, a.range), ...(ddof && { ddof: integer(ddof, a.range) }) });

/** A[[1]] or A[[-1]]. */
const part = (a: Arguments, at: 1 | -1): Expr => {
  const base = a.args[0] ?? fail("missing-argument", "an argument is missing", a.range);
  const one = integer(1, a.range);
  const index: Expr = at === 1 ? one : { kind: "unary", op: "negate", operand: one, range: a.range };
  return { kind: "index", base, indices: [index], origin: 1, range: a.range };
};

interface Iterator {
  readonly variable: string;
  readonly lower: Expr;
  readonly upper: Expr;
}

/** {i, n}, {i, a, b}. */
function iterator(e: Expr | undefined): Iterator | null {
  if (e?.kind !== "array" || e.items[0]?.kind !== "name" || e.items.length < 2 || e.items.length > 3) return null;
  const [variable, first, second] = e.items as [Expr & { kind: "name" }, Expr, Expr | undefined];
  return { variable: variable.name, lower: second ? first : integer(1, first.range), upper: second ?? first };
}

/** Sum[f, {i, 1, n}, {j, ...}]: the first iterator is the outermost. */
function iterated(op: "sum" | "product", a: Arguments): Expr {
  const body = a.args[0] ?? fail("missing-argument", "the terms are missing", a.range);
  return a.args.slice(1).reduceRight<Expr>((inner, at) => {
    const i = iterator(at) ?? fail("missing-bound", "an iterator is {i, n} or {i, a, b}", at.range);
    return { kind: "big", op, variable: i.variable, lower: i.lower, upper: i.upper, body: inner, range: a.range };
  }, body);
}

/** Most entries Table writes out. */
const maxTable = 10_000;

/** Table[f, {i, 1, n}] with whole numbers for bounds: the body with each value of i. */
const tabulated: Builder = (a) => {
  const body = a.args[0] ?? fail("missing-argument", "the entries are missing", a.range);
  let count = 1;
  return a.args.slice(1).reduceRight<Expr>((inner, at) => {
    const i = iterator(at) ?? fail("missing-bound", "an iterator is {i, n} or {i, a, b}", at.range);
    const [from, to] = [i.lower, i.upper].map((e) => (e.kind === "number" && Number.isInteger(e.value) ? e.value : Number.NaN)) as [number, number];
    if (Number.isNaN(from) || Number.isNaN(to)) return fail("unsupported", "Table with bounds that are no whole numbers", at.range);
    const n = Math.max(to - from + 1, 0);
    count *= n;
    if (count > maxTable) return fail("too-large", said`Table would write ${count} entries`, a.range);
    const items = Array.from(
      { length: n },
      (_, k): Expr => ({ kind: "substitute", body: inner, bindings: [{ name: i.variable, value: integer(from + k, at.range) }], range: a.range }),
    );
    return { kind: "array", items, range: a.range };
  }, body);
};

/** {x, 2} and {x, 0, 1} as what they hold, x -> 0 as its two sides. */
const spread = (e: Expr): readonly Expr[] =>
  e.kind === "array" && e.items[0]?.kind === "name" ? e.items : e.kind === "relation" && e.rest[0]?.op === "→" ? [e.first, e.rest[0].operand] : [e];

const rewriting =
  (name: string): Builder =>
  (a) =>
    call(name, [...a.args.slice(0, 1), ...a.args.slice(1).flatMap(spread)], a.range, a.nameRange);

/** D[f, x, {y, 2}]: one derivative after the other. */
const derived: Builder = (a) => {
  const [f, ...by] = a.args;
  if (!f || by.length === 0) return fail("missing-argument", "D needs an expression and a variable", a.range);
  return by.reduce<Expr>((g, x) => call("diff", [g, ...spread(x)], a.range, a.nameRange), f);
};

/** Series[f, {x, 0, 3}] goes up to the third power; `series` counts from zero. */
const expanded: Builder = (a) => {
  const [variable, point, last] = a.args.slice(1).flatMap(spread);
  if (!variable || !point || !last) return fail("missing-argument", "Series needs {x, x0, n}", a.range);
  const order: Expr = { kind: "binary", op: "add", left: last, right: integer(1, last.range), range: last.range };
  return call("series", [a.args[0] as Expr, variable, point, order], a.range, a.nameRange);
};

const functions = new Map<string, FunctionRule>([
  ["D", derived],
  ["Integrate", rewriting("integrate")],
  ["Limit", rewriting("limit")],
  ["NIntegrate", rewriting("integrate")],
  ["Series", expanded],
  ["Solve", rewriting("solve")],
  ["Expand", rewriting("expand")],
  ["Factor", rewriting("factor")],
  ["Apart", rewriting("apart")],
  ["Collect", rewriting("collect")],
  ...table(
    "Inverse=inv Det=det Tr=tr MatrixRank=rank Eigenvalues=eigenvalues Eigenvectors=eigenvectors Eigensystem=eig SingularValueList=singularvalues SingularValueDecomposition=svd Norm=norm Dot=npdot Cross=cross KroneckerProduct=kron MatrixPower=matrix_power MatrixExp=expm MatrixLog=logm LinearSolve=solve LeastSquares=lstsq PseudoInverse=pinv RowReduce=rref NullSpace=null CholeskyDecomposition=cholesky QRDecomposition=qr LUDecomposition=lu Diagonal=diag DiagonalMatrix=diag CharacteristicPolynomial=charpoly Adjugate=adj Outer=outer Max=max Min=min Flatten=flatten Length=len Dimensions=shape Sort=sort Reverse=flip Accumulate=cumsum Sqrt=sqrt Exp=exp Log2=log2 Log10=log10 Sin=sin Cos=cos Tan=tan Cot=cot Sec=sec Csc=csc ArcSin=arcsin ArcCos=arccos ArcTan=arctan Sinh=sinh Cosh=cosh Tanh=tanh ArcSinh=arsinh ArcCosh=arcosh ArcTanh=artanh Abs=abs Sign=sign Floor=floor Ceiling=ceil Round=round Re=re Im=im Arg=arg GCD=gcd LCM=lcm Factorial=factorial Binomial=binom Gamma=gamma Erf=erf Norm=norm HilbertMatrix=hilbert ToeplitzMatrix=toeplitz UpperTriangularize=triu LowerTriangularize=tril Mod=mod Differences=diff Union=unique Normalize=normalize N=N Total=sum",
  ),
  [
    "Log",
    (a) =>
      a.args.length > 1
        ? call("log", [a.args[1] as Expr], a.range, a.nameRange, { base: a.args[0] as Expr })
        : call("ln", a.args, a.range, a.nameRange),
  ],
  [
    "Clip",
    (a) => {
      const bounds = a.args[1];
      const items = bounds?.kind === "array" || bounds?.kind === "list" ? bounds.items : [integer(-1, a.range), integer(1, a.range)];
      if (!a.args[0] || items.length !== 2 || (bounds && bounds.kind !== "array" && bounds.kind !== "list"))
        return fail("unsupported", "Clip takes a value and {min, max}", a.range);
      return call("clip", [a.args[0], ...items], a.range, a.nameRange);
    },
  ],
  ["Power", binaryOf("elementpower")],
  ["Quotient", binaryOf("floordivide")],
  ["Transpose", unary("transpose")],
  ["ConjugateTranspose", unary("adjoint")],
  ["Conjugate", unary("conjugate")],
  ["IdentityMatrix", "eye"],
  ["Range", ranged],
  ["ConstantArray", constantArray],
  ["Total", totalled],
  ["Mean", firstAxis("mean")],
  ["Median", firstAxis("median")],
  ["Variance", firstAxis("var", 1)],
  ["StandardDeviation", firstAxis("std", 1)],
  ["ArrayReshape", (a) => call("reshape", [a.args[0] as Expr, ...dimensions(a.args.slice(1, 2), false)], a.range, a.nameRange)],
  ["Rational", (a) => call("frac", a.args, a.range, a.nameRange)],
  [
    "Complex",
    (a) => ({ kind: "binary", op: "add", left: a.args[0] as Expr, right: { ...(a.args[1] as Expr), imaginary: true } as Expr, range: a.range }),
  ],
  ["Times", (a) => fold("elementwise", a)],
  ["Plus", (a) => fold("add", a)],
  ...[
    "MatrixForm",
    "TableForm",
    "Simplify",
    "FullSimplify",
    "List_",
    "SparseArray",
    "Normal",
    "Chop",
    "Together",
    "Expand_",
    "TraditionalForm",
    "NumericArray",
    "Evaluate",
    "Print",
  ].map((n) => [n, same] as [string, FunctionRule]),
  ["Join", (a) => call("concatenate", a.args, a.range, a.nameRange, { axis: integer(0, a.range) })],
  ["First", (a) => part(a, 1)],
  ["Last", (a) => part(a, -1)],
  ["Sum", (a) => iterated("sum", a)],
  ["Product", (a) => iterated("product", a)],
  ["Table", tabulated],
  [
    "Outer",
    (a, p) =>
      a.args.length === 3
        ? a.args[0]?.kind === "name" && a.args[0].name === "Times"
          ? call("outer", a.args.slice(1), a.range, a.nameRange)
          : refused(a, p)
        : call("outer", a.args, a.range, a.nameRange),
  ],
  ["List", (a) => ({ kind: "array", items: a.args, range: a.range })],
  ...["RandomReal", "RandomInteger", "Import", "Run", "Get", "URLRead", "Array", "Map", "Apply", "ToExpression", "Export"].map(
    (n) => [n, refused] as [string, FunctionRule],
  ),
]);

function fold(op: "elementwise" | "add", a: Arguments): Expr {
  const [first, ...rest] = a.args;
  if (!first) return fail("missing-argument", "an argument is missing", a.range);
  return rest.reduce<Expr>((left, right) => ({ kind: "binary", op, left, right, range: a.range }), first);
}

const dialect: CodeDialect = {
  format: "mathematica",
  lexer: {
    number: { exponent: "*", suffix: /`{1,2}[\d.]*/y },
    comments: [],
    blockComments: [["(*", "*)"]],
    quotes: '"',
    nameExtra: "$",
    operators: ["===", ":=", "==", "!=", "<=", ">=", "&&", "||", "->", "//", "/.", ";;", "<>", "@@", ..."+-*/^=<>!()[]{},;.@&|%×'"],
    blocks: [{ open: "{", close: "}", separator: ",", hint: "" }],
  },
  infix,
  prefix: new Map([
    ["-", ["negate", P.unary]],
    ["+", ["plus", P.unary]],
    ["!", ["not", P.not]],
  ]),
  postfix: new Map([["!", "factorial"]]),
  assign: ["=", ":="],
  defines: { brackets: ["[", "]"], signs: ["=", ":="], suffix: "_" },
  plainLetters: true,
  origin: 1,
  inclusive: true,
  functions,
  constants: new Map<string, (r: Range) => Expr>([
    ["Pi", constants.pi],
    ["π", constants.pi],
    ["E", constants.e],
    ["I", constants.i],
    ["Infinity", constants.inf],
    ["∞", constants.inf],
    ["Indeterminate", constants.nan],
    ["Null", constants.nan],
    ["Missing", constants.nan],
    ["True", constants.true],
    ["False", constants.false],
  ]),
  newlines: true,
  keywords: new Set(),
  truncationHint: truncationHint("other"),
};

class MathematicaParser extends CodeParser {
  protected override statement(): Statement | null {
    const s = super.statement();
    if (s && (s.kind === "expression" || s.kind === "define")) checkNested(s.body);
    return s;
  }

  /** f[x], and (f)[x]: square brackets call; round ones only group. */
  protected override nameOperand(t: Token): Expr {
    this.next();
    const range: Range = [t.start, t.end];
    if (this.at("[") && this.peek(1).text !== "[") return this.callBrackets(t.text, range);
    return this.plainName(t.text, range);
  }

  private callBrackets(spelled: string, nameRange: Range): Expr {
    const open = this.next();
    const args: Expr[] = [];
    this.deeper(() => {
      while (!this.at("]")) {
        const e = this.expression();
        if (!this.accept("->")) args.push(e);
        else {
          // Options (rule -> value) choose methods and are passed over.
          const operand = this.expression();
          if (spelled === "Limit") args.push({ kind: "relation", first: e, rest: [{ op: "→", operand }], range: [e.range[0], operand.range[1]] });
        }
        if (!this.accept(",")) break;
      }
    });
    const end = this.close("]", open);
    const a: Arguments = { args, named: {}, nameRange, range: [nameRange[0], end.end] };
    const builder = this.build(spelled, a);
    return builder;
  }

  protected override squareBrackets(): undefined {
    return undefined;
  }

  protected override element(): Expr {
    return this.expression();
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "op") {
      if (t.text === "[" && this.peek(1).text === "[")
        return {
          power: P.call,
          parse: (_p, base) => {
            this.next();
            const e = this.indexing(base, "]");
            const close = this.accept("]");
            if (!close) this.unexpected('"]"');
            return { ...e, range: [base.range[0], (close as Token).end] } as Expr;
          },
        };
      if (t.text === "@@")
        return {
          power: P.call,
          parse: (_p, x) => {
            this.next();
            const items = this.expression(P.call - 1);
            if (x.kind !== "name" || items.kind !== "array") return this.failAt("unsupported", "only a named function of a written list", t);
            return this.build(x.name, { args: items.items, named: {}, nameRange: x.range, range: [x.range[0], items.range[1]] });
          },
        };
      if (t.text === "//" || t.text === "@")
        return {
          power: t.text === "@" ? P.call : 3,
          parse: (_p, x) => {
            this.next();
            if (t.text === "@") {
              const argument = this.expression(P.call - 1);
              if (x.kind !== "name") return this.failAt("unsupported", "only a named function can be applied", t);
              return this.build(x.name, { args: [argument], named: {}, nameRange: x.range, range: [x.range[0], argument.range[1]] });
            }
            const f = this.next();
            if (f.kind !== "name") this.failAt("unexpected-token", "expected a function after //", f);
            return this.build(f.text, { args: [x], named: {}, nameRange: [f.start, f.end], range: [x.range[0], f.end] });
          },
        };
      if (t.text === "!" && this.peek(1).text === "=") return super.infix(left);
      if (t.text === "[") return undefined;
      if (t.text === "(" || t.text === "{") return this.juxtaposed(left, t);
      if (t.text === "." || this.dialect.infix.has(t.text)) {
        const rule = this.dialect.infix.get(t.text);
        return rule && this.binaryRule(rule);
      }
    }
    return super.infix(left);
  }

  /** A blank is a product. */
  protected override juxtaposed(_left: Expr, t: Token): Infix<this> | undefined {
    if (!(t.kind === "name" || t.kind === "number" || t.kind === "literal" || t.text === "(" || t.text === "{")) return undefined;
    return {
      power: P.multiply,
      parse: (_p, a) => {
        const b = this.expression(P.multiply + 1);
        return { kind: "binary", op: "elementwise", left: a, right: b, implicit: true, range: [a.range[0], b.range[1]] };
      },
    };
  }

  /** a ;; b spans. */
  protected override subscript(close: string): Expr {
    const t = this.peek();
    if (t.kind === "name" && t.text === "All") {
      this.next();
      return { kind: "range", inclusive: true, range: [t.start, t.end] };
    }
    const start = this.at(";;") ? undefined : this.expression();
    if (!this.at(";;")) return start as Expr;
    this.next();
    const stop = this.at(",") || this.at(close) || this.at(";;") ? undefined : this.expression();
    const step = this.accept(";;") ? this.expression() : undefined;
    const atEnd = stop?.kind === "unary" && stop.operand.kind === "number" && stop.operand.value === 1;
    return {
      kind: "range",
      ...(start && { start }),
      ...(step && { step }),
      ...(stop && !atEnd && { stop }),
      inclusive: true,
      range: [t.start, this.previous().end],
    };
  }
}

/** \\[Pi], Out[1]= and 16^^FF as the rest of the grammar reads them; places stay the same. */
const spelledOut = (text: string): string =>
  text
    .replace(/\\\[Pi\]/g, "Pi   ")
    .replace(/^(\s*)((?:Out|In)\[\d+\]\s*:?=)/, (_m, blank: string, label: string) => blank + " ".repeat(label.length))
    .replace(/(?<![\w.])(\d{1,2})\^\^([0-9A-Za-z]+)/g, (whole, base: string, digits: string) => {
      const n = Number.parseInt(digits, Number(base));
      return Number.isSafeInteger(n) ? `${n}`.padStart(whole.length) : whole;
    });

/** Sin, ArcTan and their like. */
const wolframFunctions = {
  ...Object.fromEntries(
    Object.keys(commonFunctions).map((n) => [
      n,
      n.replace(/^(ar)c?(.)|^./, (first, arc, next) => (arc ? `Arc${next.toUpperCase()}` : first.toUpperCase())),
    ]),
  ),
  ln: "Log",
  gamma: "Gamma",
  zeta: "Zeta",
  erf: "Erf",
  ceil: "Ceiling",
};

export const mathematica: Format = {
  name: "mathematica",
  title: "Mathematica",
  languages: ["mathematica", "wolfram"],
  detect(t) {
    const head = t.slice(0, 4000);
    if (
      /\b(?:Inverse|Det|Transpose|Dot|IdentityMatrix|Eigenvalues|MatrixForm|Sqrt|Sin|Cos|LinearSolve|Tr|Norm|Log|Exp)\[|\*\^|\}\s*\.\s*\{/.test(head)
    )
      return 3;
    if (/^\s*(?:\w+\s*=\s*)?\{/.test(head) && !/\b(?:int|double|float|new|const|std)\b|\d[fFuUlL]\b|0x/.test(head)) return 2;
    return 0;
  },
  parse: (t, options = {}) => parseCode(spelledOut(t), dialect, options, MathematicaParser),
  print: printer({
    nan: "Indeterminate",
    inf: "Infinity",
    imaginary: "*I",
    fraction: "/",
    exponent: "*^",
    complex: (re, im) => `${re}${im.startsWith("-") ? "" : "+"}${im}*I`,
    point: ".",
    true: "True",
    false: "False",
    ...nested("{", "}"),
    algebra: {
      brackets: ["[", "]"],
      constants: { "\\pi": "Pi", e: "E", i: "I", "\\infty": "Infinity" },
      functions: wolframFunctions,
      solved: (variable, values) => `{${values.map((v) => `{${variable} -> ${v}}`).join(", ")}}`,
      name: (canonical) =>
        greekName(canonical)
          ?.replace(/^./, (c) => `\\[${c.toUpperCase()}`)
          .concat("]") ?? null,
    },
  }),
};
