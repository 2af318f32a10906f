// The languages with initialisers, `{1, 2}` or `[1, 2]`: declarations, types passed over, constructors, and plain expressions.

import { type Expr, fail, type Range, type Statement, said } from "../../expr/index.js";
import type { FormatName, Parsed, ParseOptions } from "../format.js";
import type { Infix, Token } from "../grammar/index.js";
import { call, integer, number, truncationHint } from "./build.js";
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
} from "./code.js";
import type { LexStyle } from "./lexer.js";
import { binaryOf, dimensions, elementary, filled, noParser, same, unary } from "./names.js";
import { checkNested, countOf } from "./shape.js";

export interface ClikeOptions {
  readonly format: FormatName;
  readonly suffix?: RegExp;
  readonly imaginary?: RegExp;
  readonly separator?: "_" | "'";
  readonly octal?: boolean;
  readonly exponent?: string;
  readonly quotes?: string;
  /** Brackets that hold the entries of an array. */
  readonly arrays: "{" | "[" | "both";
  readonly newlines?: boolean;
  readonly integerDivision?: boolean;
  readonly comments?: readonly string[];
  readonly power?: boolean;
  /** `*` goes entry by entry. */
  readonly elementwise?: boolean;
  readonly roundIndex?: boolean;
  readonly origin?: 0 | 1;
  readonly continuation?: "&";
  readonly operators?: readonly string[];
  readonly functions?: readonly (readonly [string, FunctionRule])[];
  readonly constants?: readonly (readonly [string, (r: Range) => Expr])[];
}

const infixOf = (o: ClikeOptions): ReadonlyMap<string, BinaryRule> =>
  new Map<string, BinaryRule>([
    ["||", { op: "or", power: P.or }],
    ["&&", { op: "and", power: P.or + 2 }],
    ["==", { relation: "=", power: P.relation }],
    ["===", { relation: "=", power: P.relation }],
    ["!=", { relation: "≠", power: P.relation }],
    ["!==", { relation: "≠", power: P.relation }],
    ["/=", { relation: "≠", power: P.relation }],
    ["<", { relation: "<", power: P.relation }],
    ["<=", { relation: "≤", power: P.relation }],
    [">", { relation: ">", power: P.relation }],
    [">=", { relation: "≥", power: P.relation }],
    ["+", { op: "add", power: P.add }],
    ["-", { op: "subtract", power: P.add }],
    ["*", { op: o.elementwise ? "elementwise" : "multiply", power: P.multiply }],
    ["/", { op: o.elementwise ? "elementdivide" : "divide", power: P.multiply }],
    ["%", { call: "rem", power: P.multiply }],
    ...(o.power ? [["**", { op: "elementpower", power: P.power, right: true }] as const] : []),
  ]);

const items = (e: Expr): readonly Expr[] => (e.kind === "array" ? e.items.flatMap(items) : [e]);

/** vec3(1, 2, 3), vec3(1), vec4(v, 1). */
const vector =
  (n: number): Builder =>
  (a) => {
    const flat = a.args.flatMap(items);
    if (flat.length === 0) return call("full", [integer(n, a.range)], a.range, a.nameRange, { value: integer(0, a.range) });
    if (flat.length === 1 && n > 1)
      return flat[0]?.kind === "name" ? (flat[0] as Expr) : { kind: "array", items: new Array<Expr>(n).fill(flat[0] as Expr), range: a.range };
    if (flat.length !== n && flat.every((e) => e.kind !== "name" && e.kind !== "call"))
      fail("length-mismatch", said`${n} entries are needed, but ${flat.length} are given`, a.range);
    return flat.length === n ? { kind: "array", items: flat, range: a.range } : call("hstack", flat, a.range, a.nameRange);
  };

/** A constructor that takes its entries one after another. */
export const matrixOf =
  (rows: number, columns: number, byColumns: boolean): Builder =>
  (a) => {
    const flat = a.args.flatMap(items);
    const at = (i: number, j: number): Expr => (byColumns ? flat[j * rows + i] : flat[i * columns + j]) as Expr;
    if (flat.length === 1 || flat.length === 0) {
      const d = flat[0] ?? integer(1, a.range);
      if (d.kind !== "number" && d.kind !== "unary") return d;
      return {
        kind: "matrix",
        rows: Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => (i === j ? d : integer(0, d.range)))),
        range: a.range,
      };
    }
    if (flat.length !== rows * columns) {
      // Columns given by name are put side by side.
      if (byColumns && a.args.length === columns && flat.every((e) => e.kind === "name")) return call("column_stack", a.args, a.range, a.nameRange);
      fail("length-mismatch", said`${rows * columns} entries are needed, but ${flat.length} are given`, a.range);
    }
    return { kind: "matrix", rows: Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => at(i, j))), range: a.range };
  };

/** The vector and matrix constructors of shading languages and their libraries. */
export const shading = (byColumns: boolean): [string, FunctionRule][] => {
  const out: [string, FunctionRule][] = [];
  for (const n of [2, 3, 4]) {
    for (const prefix of ["vec", "ivec", "dvec", "uvec", "bvec", "float", "double", "int", "uint", "Vector", "Vec"])
      out.push([`${prefix}${n}`, vector(n)]);
    for (const suffix of ["d", "f", "i"])
      out.push(
        [`Vector${n}${suffix}`, vector(n)],
        [`RowVector${n}${suffix}`, vector(n)],
        [`Matrix${n}${suffix}`, matrixOf(n, n, false)],
        [`vec${n}${suffix}`, vector(n)],
        [`make_float${n}`, vector(n)],
      );
    for (const prefix of ["mat", "dmat"]) {
      out.push([`${prefix}${n}`, matrixOf(n, n, byColumns)]);
      for (const m of [2, 3, 4]) out.push([`${prefix}${m}x${n}`, matrixOf(n, m, byColumns)]);
    }
    for (const m of [2, 3, 4]) out.push([`float${n}x${m}`, matrixOf(n, m, false)]);
    out.push([`Matrix${n}`, matrixOf(n, n, false)], [`Matrix${n}x${n}`, matrixOf(n, n, false)]);
  }
  return out;
};

const reshaped: Builder = (a) => {
  const [data, shape] = a.args;
  if (!data) return fail("missing-argument", "the entries are missing", a.range);
  return shape?.kind === "array"
    ? call("reshape", [data, ...shape.items], a.range, a.nameRange)
    : shape && a.args.length === 3
      ? call("reshape", [a.args[2] as Expr, data, shape], a.range, a.nameRange)
      : data.kind === "number"
        ? call("full", [data], a.range, a.nameRange, { value: integer(0, a.range) })
        : { ...data, range: a.range };
};

const gathered: Builder = (a) =>
  a.args.length === 1 && (a.args[0]?.kind === "array" || a.args[0]?.kind === "literal")
    ? { ...a.args[0], range: a.range }
    : { kind: "array", items: a.args, range: a.range };

const common: [string, FunctionRule][] = [
  ...table(
    elementary,
    "log=ln fabs=abs fmod=rem fmax=maximum fmin=minimum max=maximum min=minimum ceil trunc=fix dot cross length=norm norm determinant=det det inverse=inv inv trace=tr sum product=prod mean normalize ln cwiseAbs=abs minCoeff=min maxCoeff=max maxval=max minval=min rank svd=singularvalues eigenvalues expm kron outer outerProduct=outer size len=numel count=numel Length=numel sinf=sin cosf=cos sqrtf=sqrt expf=exp tanf=tan logf=ln dot_product=dot try_inverse=inv abs2 cbrt toDegrees=rad2deg toRadians=deg2rad to_radians=deg2rad to_degrees=rad2deg prod hypot squaredNorm=sqnorm norm2=norm",
  ),
  ["pow", binaryOf("elementpower")],
  ["powf", binaryOf("elementpower")],
  ["powi", binaryOf("elementpower")],
  ["transpose", unary("transpose")],
  ["t", unary("transpose")],
  ["adjoint", unary("adjoint")],
  ["conjugate", unary("conjugate")],
  ["matmul", binaryOf("matmul")],
  ["cwiseProduct", binaryOf("elementwise")],
  ["mul", binaryOf("matmul")],
  ["matrixCompMult", binaryOf("elementwise")],
  ["Zero", filled(0, true)],
  ["Ones", filled(1, true)],
  ["zeros", filled(0)],
  ["ones", filled(1)],
  ["Identity", "eye"],
  ["identity", "eye"],
  ["eye", "eye"],
  ["reshape", reshaped],
  ...[
    "of",
    "from",
    "asList",
    "Array",
    "arr1",
    "arr2",
    "array",
    "matrix",
    "List",
    "vector",
    "from_vec",
    "tensor",
    "tensor1d",
    "Tensor",
    "Matrix",
    "Vector",
    "from_slice",
    "diag_",
  ].map((n) => [n, gathered] as [string, FunctionRule]),
  ...[
    "Float32Array",
    "Float64Array",
    "Int8Array",
    "Uint8Array",
    "Int16Array",
    "Uint16Array",
    "Int32Array",
    "Uint32Array",
    "Uint8ClampedArray",
    "BigInt64Array",
    "tensor2d",
    "tensor3d",
    "from_shape_vec",
    "from_row_slice",
    "Mat",
  ].map((n) => [n, reshaped] as [string, FunctionRule]),
  ...[
    "finished",
    "to_vec",
    "to_owned",
    "clone",
    "unwrap",
    "view",
    "eval",
    "into",
    "toArray",
    "Number",
    "BigInt",
    "parseFloat",
    "float",
    "double",
    "int",
    "real",
    "dble",
    "float64",
    "float32",
    "float64_",
    "eval_",
    "array_",
    "iter",
    "collect",
    "asDiagonal_",
    "stream",
    "boxed",
    "as_slice",
    "expect",
    "ToArray",
    "block_",
  ].map((n) => [n, same] as [string, FunctionRule]),
  ["asDiagonal", "diag"],
  ["from_diagonal", "diag"],
  ["fill", (a) => call("full", dimensions([a.args[0] as Expr], false), a.range, a.nameRange, { value: (a.args[1] ?? a.args[0]) as Expr })],
  ["Complex", (a) => complexOf(a)],
  ["complex", (a) => complexOf(a)],
  ["cmplx", (a) => complexOf(a)],
];

function complexOf(a: Arguments): Expr {
  const [re, im] = a.args;
  if (!re || !im) return same(a, noParser);
  return {
    kind: "binary",
    op: "add",
    left: re,
    right:
      im.kind === "number"
        ? { ...im, imaginary: true }
        : { kind: "binary", op: "multiply", left: im, right: number(1, im.range, { num: 1n, den: 1n }, true), range: im.range },
    range: a.range,
  };
}

const commonConstants: [string, (r: Range) => Expr][] = [
  ["M_PI", constants.pi],
  ["PI", constants.pi],
  ["Pi", constants.pi],
  ["pi", constants.pi],
  ["M_E", constants.e],
  ["E", constants.e],
  ["NAN", constants.nan],
  ["NaN", constants.nan],
  ["nan", constants.nan],
  ["null", constants.nan],
  ["None", constants.nan],
  ["INFINITY", constants.inf],
  ["Infinity", constants.inf],
  ["POSITIVE_INFINITY", constants.inf],
  ["PositiveInfinity", constants.inf],
  ["NEGATIVE_INFINITY", (r) => number(Number.NEGATIVE_INFINITY, r)],
  ["NegativeInfinity", (r) => number(Number.NEGATIVE_INFINITY, r)],
  ["NEG_INFINITY", (r) => number(Number.NEGATIVE_INFINITY, r)],
  ["Inf", constants.inf],
  ["inf", constants.inf],
  ["EPSILON", (r) => number(Number.EPSILON, r)],
  ["true", constants.true],
  ["false", constants.false],
  [".true.", constants.true],
  [".false.", constants.false],
];

export function clike(o: ClikeOptions): CodeDialect {
  const open = o.arrays === "[" ? "[" : "{";
  const lexer: LexStyle = {
    number: {
      bases: true,
      ...(o.suffix && { suffix: o.suffix }),
      ...(o.imaginary && { imaginary: o.imaginary }),
      ...(o.separator && { separator: o.separator }),
      ...(o.octal && { octal: true }),
      ...(o.exponent && { exponent: o.exponent }),
    },
    comments: o.comments ?? ["//", "#"],
    blockComments: o.comments ? [] : [["/*", "*/"]],
    quotes: o.quotes ?? "\"'",
    operators: [
      ...(o.operators ?? []),
      "<<=",
      "===",
      "!==",
      "**",
      "<<",
      ">>",
      "==",
      "!=",
      "<=",
      ">=",
      "&&",
      "||",
      "=>",
      "->",
      "::",
      ":=",
      "++",
      "--",
      ..."+-*/%<>=!&|^~?()[]{},:;.@#$",
    ],
    ...(o.continuation && { continuation: o.continuation }),
    blocks: [{ open, close: open === "[" ? "]" : "}", separator: ",", hint: "" }],
  };
  return {
    format: o.format,
    lexer,
    infix: infixOf(o),
    prefix: new Map([
      ["-", ["negate", P.unary]],
      ["+", ["plus", P.unary]],
      ["!", ["not", P.unary]],
    ]),
    assign: ["=", ":="],
    origin: o.origin ?? 0,
    inclusive: o.origin === 1,
    ...(o.roundIndex && { roundIndex: true }),
    functions: new Map<string, FunctionRule>([...common, ...(o.functions ?? [])]),
    constants: new Map([...commonConstants, ...(o.constants ?? [])]),
    newlines: o.newlines ?? false,
    keywords: new Set(
      "for while if switch return import package using namespace class struct fn func function def print program subroutine module use implicit do enum interface type throw try".split(
        " ",
      ),
    ),
    truncationHint: truncationHint("other"),
    ...(o.integerDivision && { integerDivision: true }),
  };
}

const modifiers = new Set(
  "const let var static final public private protected mut constexpr inline extern auto readonly export default volatile unsafe val uniform highp mediump lowp in out declare".split(
    " ",
  ),
);

/** Types whose braces hold the entries themselves. */
const containers = new Set(["vector", "array", "Matrix", "List", "Array", "Vector"]);

export class ClikeParser extends CodeParser {
  protected get square(): boolean {
    return this.dialect.lexer.blocks?.[0]?.open === "[";
  }

  protected override statement(): Statement | null {
    const first = this.index;
    let end = first;
    let depth = 0;
    let assign = -1;
    let shift = -1;
    for (; end < this.tokens.length; end++) {
      const t = this.tokens[end] as Token;
      if (t.kind === "end" || (depth === 0 && (t.text === ";" || (t.kind === "newline" && assign < 0)) && t.kind !== "string")) break;
      if (t.kind !== "op") continue;
      if ("([{".includes(t.text)) depth++;
      else if (")]}".includes(t.text)) depth--;
      else if (depth === 0 && (t.text === "=" || t.text === ":=") && assign < 0) assign = end;
      else if (depth === 0 && t.text === "<<" && shift < 0) shift = end;
      if (assign >= 0) break;
    }
    if (assign > first) return this.definition(first, assign);
    // 1 << 4 fills no matrix: a number cannot stand before the entries.
    if (shift > first && assign < 0 && (this.tokens[first] as Token).kind !== "number") return this.streamed(first, shift);
    const declared = this.declaration(first, end);
    if (declared !== undefined) return declared;
    const body = this.checked(this.expression());
    this.afterExpression();
    return { kind: "expression", body, range: body.range };
  }

  /** Type assertions after a value (`as const`). */
  protected afterExpression(): void {
    if (this.peek().text === "as" || this.peek().text === "satisfies")
      while (!this.atEnd() && this.peek().text !== ";" && this.peek().kind !== "newline") this.next();
  }

  private checked(e: Expr): Expr {
    checkNested(e);
    return e;
  }

  /** TYPE name[2][3] = value; let name: TYPE = value. */
  private definition(first: number, assign: number): Statement {
    const before = this.tokens.slice(first, assign);
    const colon = before.findIndex((t) => t.text === ":" || t.text === "::");
    let target: Token | undefined;
    let dims: number[] = [];
    const fortran = this.dialect.format === "fortran";
    if (colon > 0 && before[colon]?.text === ":") {
      target = before
        .slice(0, colon)
        .filter((t) => t.kind === "name" && !modifiers.has(t.text))
        .at(-1);
      // [[f32; 2]; 3] is three rows of two.
      for (let i = colon; i < before.length; i++)
        if (before[i]?.text === ";" && before[i + 1]?.kind === "number") dims.push(Number(before[i + 1]?.text));
      dims.reverse();
    } else {
      const from = fortran ? before.findLastIndex((t) => t.text === "::") + 1 : 0;
      let depth = 0;
      for (let i = from; i < before.length; i++) {
        const t = before[i] as Token;
        if (t.text === "[" || t.text === "<" || t.text === "(") depth++;
        else if (t.text === "]" || t.text === ">" || t.text === ")") depth--;
        else if (t.text === ">>") depth -= 2;
        else if (t.kind === "name" && depth === 0 && !modifiers.has(t.text)) {
          // The last name outside brackets is declared; what stands before it is its type. Go writes the type last.
          if (this.dialect.format === "go" && target) break;
          target = t;
          dims = [];
        } else if (t.kind === "number" && depth === 1 && target) dims.push(Number(t.text));
      }
      if (this.dialect.format === "csharp" || this.dialect.format === "java") dims = [];
      if (this.dialect.format === "go" && before.some((t) => t.text === "var")) dims = [];
    }
    // 2.5 f = or 3 = 4 define nothing.
    if (!target || !before.every((t) => t.kind === "name" || t.kind === "op" || t.kind === "number" || t.kind === "dots"))
      return this.failAt("unexpected-token", "only a name can be defined", this.tokens[assign] as Token);
    this.index = assign + 1;
    this.skipNewlines();
    let body = this.checked(this.expression());
    this.afterExpression();
    if (dims.length > 0) body = this.fitted(body, dims);
    return {
      kind: "define",
      name: target.text,
      body,
      range: [(this.tokens[first] as Token).start, body.range[1]],
      nameRange: [target.start, target.end],
    };
  }

  /** Compares a declared size with what is given; a flat list fills a matrix row by row. */
  protected fitted(body: Expr, dims: readonly number[]): Expr {
    const count = countOf(body);
    const size = dims.reduce((a, b) => a * b, 1);
    if (count === undefined) return body;
    const rows = body.kind === "array" ? body.items.length : body.kind === "literal" ? body.value.shape[0] : undefined;
    if (count !== size && !(dims.length === 1 && rows === dims[0]))
      fail("length-mismatch", said`declared with ${dims.join("×")} = ${size} entries, but ${count} are given`, body.range);
    const flat = body.kind === "array" && body.items.every((e) => e.kind !== "array");
    if (dims.length > 1 && (flat || (body.kind === "literal" && body.value.shape.length === 1)))
      return call("reshape", [body, ...dims.map((d) => integer(d, body.range))], body.range);
    const shape = checkNested(body);
    if (shape && dims.length > 1 && shape.join() !== dims.join())
      fail("length-mismatch", said`declared as ${dims.join("×")}, but ${shape.join("×")} entries are given`, body.range);
    return body;
  }

  /** TYPE name{...}; TYPE name(...): a declaration whose value follows at once. Undefined when the statement is no declaration. */
  private declaration(first: number, end: number): Statement | null | undefined {
    let at = first;
    let name: Token | undefined;
    let typeToken: Token | undefined;
    let depth = 0;
    for (; at < end; at++) {
      const t = this.tokens[at] as Token;
      const before = at > first ? (this.tokens[at - 1] as Token) : undefined;
      if (t.text === "<" && before?.kind === "name" && t.kind === "op") depth++;
      else if (t.text === ">" && depth > 0) depth--;
      else if (t.text === ">>" && depth > 1) depth -= 2;
      else if (depth > 0) {
        if (t.text === ";" || t.text === "{" || t.text === "(") return undefined;
      } else if (t.kind === "name") {
        if (
          !name &&
          this.tokens[at + 1]?.text !== "::" &&
          before?.text !== ">" &&
          before?.text !== ">>" &&
          !(before?.kind === "name" && !modifiers.has(before.text))
        )
          typeToken = t;
        if (
          before &&
          (before.kind === "name" ||
            before.text === ">" ||
            before.text === ">>" ||
            before.text === "*" ||
            before.text === "&" ||
            before.text === "]") &&
          !(before.text === "*" || before.text === "&")
        )
          name = modifiers.has(before.text) || before.text === "new" || before.text === "return" ? undefined : t;
      } else if (
        t.text !== "::" &&
        !(t.text === "[" && name === undefined && this.tokens[at + 1]?.text === "]") &&
        !(t.text === "]" && before?.text === "[")
      )
        break;
    }
    if (!name) return undefined;
    if (at >= end) {
      // A declaration without a value names a type and nothing else.
      this.index = end;
      return null;
    }
    const open = this.tokens[at] as Token;
    if (open.text !== "{" && open.text !== "(" && open.text !== "[") return undefined;
    if (open.text === "[") {
      // double a[2][2]{...} or a declaration only
      let p = at;
      while (p < end && this.tokens[p]?.text !== "{") p++;
      if (p >= end) {
        this.index = end;
        return null;
      }
      at = p;
    }
    const type = typeToken === name ? "" : (typeToken?.text ?? "");
    this.index = at;
    let body: Expr;
    if ((this.tokens[at] as Token).text === "(") {
      const spelled = this.tokens.slice(first, at).find((t) => this.dialect.functions.has(t.text))?.text ?? type;
      body = this.callNamed(spelled, [open.start, open.start]);
      // MatrixXd A(2, 2): sizes, not entries.
      if (/X[dfi]?$/.test(spelled) || /^Mat/.test(spelled)) return null;
    } else {
      body = this.checked(this.expression());
      if (body.kind === "array" && this.dialect.functions.has(type) && !containers.has(type))
        body = this.build(type, { args: body.items, named: {}, range: body.range, nameRange: body.range });
    }
    return { kind: "define", name: name.text, body, range: [(this.tokens[first] as Token).start, body.range[1]], nameRange: [name.start, name.end] };
  }

  /** Eigen's A << 1, 2, 3, 4 and OpenCV's Mat_<double>(2, 2) << ...: entries row by row; the size is in the type or a declaration above. */
  private streamed(first: number, shift: number): Statement {
    const before = this.tokens.slice(first, shift);
    const target = before.find((t) => t.kind === "name") as Token | undefined;
    const size = this.sizeOf(before) ?? (target && this.declaredSize(target.text, first));
    this.index = shift + 1;
    const start = this.peek();
    const flat: Expr[] = [];
    do {
      flat.push(this.expression());
    } while (this.accept(","));
    while (this.at(")") || this.at(".")) {
      // (Matrix2d() << 1, 2, 3, 4).finished()
      this.next();
      if (this.peek().text === "finished") {
        this.next();
        if (this.accept("(")) this.accept(")");
      }
    }
    const range: Range = [start.start, this.previous().end];
    return this.named(target, before, this.arranged(flat, size, range), (this.tokens[first] as Token).start);
  }

  private named(target: Token | undefined, before: readonly Token[], body: Expr, start: number): Statement {
    return target && before.length === 1
      ? { kind: "define", name: target.text, body, range: [start, body.range[1]], nameRange: [target.start, target.end] }
      : { kind: "expression", body, range: [start, body.range[1]] };
  }

  private arranged(flat: readonly Expr[], size: readonly [number, number] | undefined, range: Range): Expr {
    const n = flat.length;
    const root = Math.round(Math.sqrt(n));
    // Without a declaration the line breaks tell the rows; failing that, a square is likely, and said.
    let [rows, columns] = size ?? [0, 0];
    if (size && rows < 0) rows = columns > 0 ? n / columns : n;
    if (size && columns < 0) columns = n / rows;
    if (!size) {
      const lines = new Set(flat.map((e) => this.text.slice(range[0], e.range[0]).split("\n").length)).size;
      rows = lines > 1 && n % lines === 0 ? lines : root * root === n ? root : n;
      columns = n / rows;
      this.notes.push(`the size is not declared in the text; read as ${rows}×${columns}`);
    }
    if (rows * columns !== n) fail("length-mismatch", said`a ${rows}×${columns} matrix needs ${rows * columns} entries, but ${n} are given`, range);
    return columns === 1 && rows > 1 && size?.[1] !== 1
      ? { kind: "matrix", rows: flat.map((e) => [e]), range }
      : { kind: "matrix", rows: Array.from({ length: rows }, (_, i) => flat.slice(i * columns, (i + 1) * columns)), range };
  }

  /** The size that a type says: Matrix2d, Matrix<double, 2, 3>, MatrixXd A(2, 3), Mat_<float>(2, 3). */
  private sizeOf(tokens: readonly Token[]): [number, number] | undefined {
    for (let i = 0; i < tokens.length; i++) {
      const t = tokens[i] as Token;
      if (t.kind !== "name") continue;
      const fixed = /^(?:Matrix|Array)(\d)(?:x(\d))?[dfi]$/.exec(t.text);
      if (fixed) return [Number(fixed[1]), Number(fixed[2] ?? fixed[1])];
      const vec = /^(Row)?Vector(\d)[dfi]$/.exec(t.text);
      if (vec) return vec[1] ? [1, Number(vec[2])] : [Number(vec[2]), 1];
      if (!/^(?:Matrix|MatrixX[dfi]|ArrayXX[dfi]|Mat_|Matx\d*[df]?|Array|VectorX[dfi]|RowVectorX[dfi])$/.test(t.text)) continue;
      const numbers: number[] = [];
      for (let k = i + 1; k < tokens.length && numbers.length < 2; k++) if (tokens[k]?.kind === "number") numbers.push(Number(tokens[k]?.text));
      if (/^Vector/.test(t.text)) return [numbers[0] ?? -1, 1];
      if (/^RowVector/.test(t.text)) return [1, numbers[0] ?? -1];
      if (numbers.length === 2) return numbers as [number, number];
      const matx = /^Matx(\d)(\d)[df]$/.exec(t.text);
      if (matx) return [Number(matx[1]), Number(matx[2])];
    }
    return undefined;
  }

  /** Looks above for the declaration of a name. */
  private declaredSize(target: string, before: number): [number, number] | undefined {
    for (let i = before - 1; i >= 0; i--) {
      if (this.tokens[i]?.text !== target || this.tokens[i]?.kind !== "name") continue;
      let start = i;
      while (start > 0 && this.tokens[start - 1]?.text !== ";" && this.tokens[start - 1]?.kind !== "newline") start--;
      let end = i;
      while (end < before && this.tokens[end]?.text !== ";") end++;
      return this.sizeOf(this.tokens.slice(start, end));
    }
    return undefined;
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.kind === "newline") {
      this.skipNewlines();
      return this.prefix();
    }
    if (t.kind === "op" && (t.text === "&" || t.text === "&&")) {
      // References
      this.next();
      return this.prefix();
    }
    if (t.kind === "op" && (t.text === ".true." || t.text === ".false.")) {
      this.next();
      return (this.dialect.constants.get(t.text) as (r: Range) => Expr)([t.start, t.end]);
    }
    return super.prefix();
  }

  protected override dots(t: Token): never {
    if (this.peek(1).kind === "name") this.failAt("unsupported", "spreading with ... is not read", t);
    return super.dots(t);
  }

  protected override numberNode(t: Token): Expr {
    const e = super.numberNode(t);
    // 2f, 2d, 2m, 2_f64 are floating point.
    if (e.kind === "number" && e.exact && !/^0[xX]/.test(t.text) && /(?:[fFdDm]|f32|f64)$/.test(t.text))
      return { ...e, exact: undefined } as unknown as Expr;
    return e;
  }

  protected override nameOperand(t: Token): Expr {
    if (t.text === "new" && (this.peek(1).kind === "name" || this.peek(1).text === "[")) {
      this.next();
      if (this.at("[")) return this.squareBrackets();
      return this.nameOperand(this.peek());
    }
    this.next();
    let last = t;
    for (;;) {
      if (this.at("<")) this.skipGenerics();
      if (
        (this.at("::") ||
          (this.at(".") &&
            /^(?:Math|math|MathF|std|numpy|np|nj|tf|mathjs|Number|System|Arrays|List|Array|Float\d+Array|Matrix|cmath|Eigen|consts|Complex|num)$/.test(
              last.text,
            ))) &&
        (this.peek(1).kind === "name" || this.peek(1).text === "<")
      ) {
        this.next();
        if (this.at("<")) {
          this.skipGenerics();
          if (!this.accept("::")) break;
        }
        last = this.next();
        continue;
      }
      break;
    }
    const range: Range = [t.start, this.previous().end];
    const open = this.peek();
    if (open.text === "!" && (this.peek(1).text === "[" || this.peek(1).text === "(")) return this.macro(last, range);
    if (open.text === "[" && this.typeWithBrackets(last)) {
      const dims = this.skipDimensions();
      if (this.at("{")) return this.braces();
      if (this.at("(")) return this.parenthesis();
      return call("full", dims, [t.start, this.previous().end], range, { value: integer(0, range) });
    }
    if (open.text === "{" && open.kind === "op") {
      const list = this.braces();
      return list.kind === "array" && this.dialect.functions.has(last.text) && !containers.has(last.text)
        ? this.build(last.text, { args: list.items, named: {}, range: [range[0], list.range[1]], nameRange: range })
        : list;
    }
    if (open.text === "(" && open.kind === "op") {
      // Matrix2::new(...), Array2::zeros(...): the type says the shape.
      const type = t.text !== last.text ? this.typeName(t, last) : undefined;
      const spelled = last.text === "new" && type ? type : last.text;
      if (this.callsHere(spelled, open)) return this.callNamed(spelled, range);
    }
    if (last.text === "undefined") fail("non-numeric", '"undefined" is not a number', range);
    return this.plainName(last.text, range);
  }

  private typeName(from: Token, to: Token): string | undefined {
    let found: string | undefined;
    for (let i = this.tokens.indexOf(from); i < this.tokens.length; i++) {
      const t = this.tokens[i] as Token;
      if (t === to) break;
      if (t.kind === "name" && this.dialect.functions.has(t.text)) found = t.text;
    }
    return found;
  }

  /** Whether `name[` begins a type with dimensions: new double[2][2], double[]. */
  private typeWithBrackets(t: Token): boolean {
    const before = this.tokens[this.index - 2];
    return (
      before?.text === "new" ||
      /^(?:u?int(?:\d+(?:_t)?)?|float(?:32|64)?|double|long|short|byte|decimal|complex(?:64|128)?|Complex|number)$/.test(t.text)
    );
  }

  private skipDimensions(): Expr[] {
    const dims: Expr[] = [];
    while (this.at("[")) {
      const open = this.next();
      while (!this.at("]")) {
        if (this.accept(",")) continue;
        if (this.peek().kind === "dots") {
          this.next();
          continue;
        }
        dims.push(this.expression());
      }
      this.close("]", open);
    }
    return dims;
  }

  /** Passes over `<...>` when it holds nothing but types. */
  private skipGenerics(): void {
    let depth = 0;
    for (let i = this.index; i < this.tokens.length && i < this.index + 60; i++) {
      const t = this.tokens[i] as Token;
      if (t.text === "<") depth++;
      else if (t.text === ">") depth--;
      else if (t.text === ">>") depth -= 2;
      else if (!(t.kind === "name" || t.kind === "number" || [",", "::", "[", "]", "*", "&", ".", ";", "-"].includes(t.text))) return;
      if (depth <= 0) {
        const after = this.tokens[i + 1]?.text ?? "";
        if (["(", "{", "[", "::"].includes(after)) this.index = i + 1;
        return;
      }
    }
  }

  /** vec![...], array![...], matrix![1, 2; 3, 4]. */
  private macro(t: Token, range: Range): Expr {
    const names = /^(?:vec|array|arr|matrix|dmatrix|vector|dvector|point|smallvec)$/;
    if (!names.test(t.text)) fail("unsupported", said`the macro ${t.text}! is not read`, range);
    this.next();
    const list = this.square && this.at("[") ? this.list("]") : (this.parenthesis() as Expr);
    const e = { ...list, range: [range[0], list.range[1]] as Range } as Expr;
    if (e.kind === "matrix" || e.kind !== "array") return e;
    if (/vec|vector/.test(t.text) && t.text !== "vec") return e;
    return e;
  }

  protected override squareBrackets(): Expr {
    if (this.square) return this.list("]");
    // A type in front of an initialiser: []float64{...}, [2][2]int{...}, new[] {...}
    const open = this.peek();
    const dims = this.skipDimensions();
    while (this.peek().kind === "name" || this.at("*") || this.at(".")) this.next();
    if (this.at("{")) {
      const body = this.braces();
      const sizes = dims.map((d) => (d.kind === "number" ? d.value : -1));
      if (sizes.length > 0 && sizes.every((n) => n > 0)) {
        checkNested(body);
        return this.fitted(body, sizes);
      }
      return body;
    }
    if (this.dialect.format === "csharp" && dims.length > 0) return { kind: "array", items: dims, range: [open.start, this.previous().end] };
    return this.unexpected("the entries in braces");
  }

  protected override list(close: string): Expr {
    const open = this.next();
    const rows: Expr[][] = [[]];
    let repeated: Expr | undefined;
    this.skipTypePrefix();
    this.deeper(() => {
      for (;;) {
        this.skipNewlines();
        if (this.at(close)) break;
        const row = rows[rows.length - 1] as Expr[];
        if (this.at(","))
          this.failAt("unexpected-token", row.length === 0 ? "a comma with no entry before it" : "two commas with nothing between them", this.peek());
        row.push(this.expression());
        this.skipNewlines();
        if (this.accept(",")) continue;
        if (this.at(";")) {
          this.next();
          if (this.at(close)) break;
          rows.push([]);
          continue;
        }
        break;
      }
    });
    const end = this.close(close, open);
    const range: Range = [open.start, end.end];
    // [0u8; 3] repeats; matrix![1, 2; 3, 4] has rows.
    if (rows.length === 2 && rows[0]?.length === 1 && rows[1]?.length === 1) {
      repeated = rows[0][0] as Expr;
      const count = rows[1][0] as Expr;
      if (count.kind === "number" && count.value >= 0 && count.value <= 4e6)
        return repeated.kind === "array" && count.value <= 1000
          ? { kind: "array", items: new Array<Expr>(count.value).fill(repeated), range }
          : call("full", [count, ...(repeated.kind === "call" && repeated.name === "full" ? repeated.args : [])], range, range, {
              value: repeated.kind === "call" && repeated.name === "full" ? (repeated.named?.["value"] as Expr) : repeated,
            });
    }
    if (rows.length > 1) {
      checkNested({
        kind: "array",
        items: rows.map((r) => ({ kind: "array", items: r, range: [(r[0] as Expr).range[0], (r.at(-1) as Expr).range[1]] })),
        range,
      });
      return { kind: "matrix", rows, range };
    }
    return { kind: "array", items: rows[0] as Expr[], range };
  }

  /** [real(8) :: 1, 2]: the type in an array constructor. */
  private skipTypePrefix(): void {
    if (this.dialect.format !== "fortran") return;
    for (let i = this.index; i < this.index + 8; i++) {
      const t = this.tokens[i];
      if (!t || t.text === "," || t.text === "]") return;
      if (t.text === "::") {
        this.index = i + 1;
        return;
      }
    }
  }

  protected override braces(): Expr {
    if (this.square) return this.failAt("unsupported", "an object is not read as numbers", this.peek());
    return this.list("}");
  }

  protected override parenthesis(): Expr {
    // A cast: (float)x, (double[2]){...}
    for (let ahead = 1; ahead < 12; ahead++) {
      const t = this.peek(ahead);
      if (t.text === ")" && ahead > 1) {
        const after = this.peek(ahead + 1);
        const typeWord = /^(?:(?:u?int(?:\d+(?:_t)?)?|float|double|long|short|byte|char|unsigned|signed|decimal|const|size_t|bool|complex))$/;
        if (
          typeWord.test(this.peek(1).text) &&
          (after.kind === "number" || after.kind === "name" || after.text === "{" || after.text === "(" || after.text === "-")
        ) {
          const integral = !/float|double|decimal|complex/.test(this.text.slice(this.peek(1).start, t.start));
          for (let k = 0; k <= ahead; k++) this.next();
          const value = this.expression(P.unary);
          return value.kind === "number" && integral
            ? number(Math.trunc(value.value), value.range, { num: BigInt(Math.trunc(Number.isFinite(value.value) ? value.value : 0)), den: 1n })
            : value.kind === "number"
              ? number(value.value, value.range)
              : value;
        }
        break;
      }
      if (!(t.kind === "name" || t.kind === "number" || t.text === "[" || t.text === "]" || t.text === "*")) break;
    }
    const shift = this.streamInside();
    if (shift) return shift;
    const e = super.parenthesis();
    if (this.dialect.format === "fortran" && e.kind === "array" && e.items.length === 2)
      return complexOf({ args: e.items, named: {}, range: e.range, nameRange: e.range });
    return e;
  }

  /** (Matrix2d() << 1, 2, 3, 4).finished() */
  private streamInside(): Expr | undefined {
    let depth = 0;
    for (let i = this.index; i < this.tokens.length && i < this.index + 40; i++) {
      const t = this.tokens[i] as Token;
      if (t.text === "(") depth++;
      else if (t.text === ")" && --depth === 0) return undefined;
      else if (t.text === "<<" && depth === 1) {
        const start = this.next();
        const size = this.sizeOf(this.tokens.slice(this.index, i));
        this.index = i + 1;
        const flat: Expr[] = [];
        do flat.push(this.expression());
        while (this.accept(","));
        const end = this.close(")", start);
        return this.arranged(flat, size, [start.start, end.end]);
      }
    }
    return undefined;
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "op" && (t.text === "->" || t.text === "?")) return undefined;
    if (t.kind === "newline" && this.peek(1).text === "." && this.peek(1).kind === "op") {
      this.next();
      return this.infix(left);
    }
    return super.infix(left);
  }
}

export const parseClike = (text: string, dialect: CodeDialect, options: ParseOptions = {}): Parsed => parseCode(text, dialect, options, ClikeParser);
