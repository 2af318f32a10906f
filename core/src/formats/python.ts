// Python: NumPy, PyTorch, JAX, TensorFlow and SymPy source, the arrays and tensors they print, and expressions over them.

import { type Expr, fail, nearest, type Range, type Statement, said } from "../expr/index.js";
import type { Format, Parsed, ParseOptions } from "./format.js";
import type { Infix, Token } from "./grammar/index.js";
import { matlab } from "./matlab.js";
import { call, contentRange, integer, number, truncationHint } from "./shared/build.js";
import {
  type Arguments,
  type BinaryRule,
  type Builder,
  type CodeDialect,
  CodeParser,
  checkBrackets,
  constants,
  dropNewlines,
  type FunctionRule,
  isWhole,
  P,
  table,
} from "./shared/code.js";
import { type LexStyle, lex, straighten } from "./shared/lexer.js";
import { binaryOf, dimensions, elementary, filled, noParser, refused, renamed, same, unary } from "./shared/names.js";
import { scanNested } from "./shared/nested.js";
import { printPython } from "./shared/print.js";
import { checkNested } from "./shared/shape.js";

export const pythonLexer: LexStyle = {
  number: { separator: "_", bases: true, imaginary: /[jJ]/y },
  comments: ["#"],
  quotes: "\"'",
  operators: [
    "**=",
    "//=",
    "**",
    "//",
    "==",
    "!=",
    "<=",
    ">=",
    "->",
    ":=",
    "+=",
    "-=",
    "*=",
    "/=",
    "@=",
    "%=",
    "<<",
    ">>",
    ..."+-*/%@&|^~<>()[]{},:.=;",
  ],
  continuation: "\\",
  blocks: [
    { open: "[", close: "]", separator: ",", hint: "" },
    { open: "[", close: "]", separator: " ", hint: truncationHint("python") },
  ],
};

const infix = new Map<string, BinaryRule>([
  ["or", { op: "or", power: P.or }],
  ["and", { op: "and", power: P.or + 5 }],
  ["==", { relation: "=", power: P.relation }],
  ["!=", { relation: "≠", power: P.relation }],
  ["<", { relation: "<", power: P.relation }],
  ["<=", { relation: "≤", power: P.relation }],
  [">", { relation: ">", power: P.relation }],
  [">=", { relation: "≥", power: P.relation }],
  ["|", { call: "bitor", power: 42 }],
  ["^", { call: "bitxor", power: 43 }],
  ["&", { call: "bitand", power: 45 }],
  ["<<", { call: "shiftleft", power: 47 }],
  [">>", { call: "shiftright", power: 47 }],
  ["+", { op: "add", power: P.add }],
  ["-", { op: "subtract", power: P.add }],
  ["*", { op: "elementwise", power: P.multiply }],
  ["/", { op: "elementdivide", power: P.multiply }],
  ["//", { op: "floordivide", power: P.multiply }],
  ["%", { op: "mod", power: P.multiply }],
  ["@", { op: "matmul", power: P.multiply }],
  ["**", { op: "elementpower", power: P.power, right: true }],
]);

const modules = new Set(
  "np numpy jnp jax torch tf tensorflow math cmath scipy sp sympy sym linalg LA la F nn functional special stats fft mx cp cupy pd pandas xp K backend keras experimental lax autograd npl npla".split(
    " ",
  ),
);

const source = (a: Arguments): Expr =>
  a.args[0] ?? a.named["object"] ?? a.named["data"] ?? a.named["value"] ?? fail("empty", "an array without entries", a.range);

/** np.array and its kin: the nested list itself; a string is written by MATLAB's rules (np.matrix). */
const array: Builder = (a, p) => {
  const e = source(a);
  if (e.kind === "string") return matrixString(e.value, e.range, p.options);
  checkNested(e);
  return { ...e, range: a.range } as Expr;
};

function matrixString(value: string, range: Range, options: ParseOptions): Expr {
  // The places inside the string are kept by blanks in front of it.
  const parsed = matlab.parse(`${" ".repeat(range[0])}[${value}]`, options);
  const last = parsed.statements[parsed.statements.length - 1];
  if (parsed.statements.length !== 1 || last?.kind !== "expression") return fail("non-numeric", "the string holds no matrix", range);
  return last.body;
}

/** 1/2 of whole numbers stays a fraction in SymPy. */
function fractions(e: Expr): Expr {
  if (e.kind === "array") return { ...e, items: e.items.map(fractions) };
  if (e.kind === "unary") return { ...e, operand: fractions(e.operand) };
  if (e.kind === "binary" && e.op === "elementdivide" && isWhole(e.left) && isWhole(e.right)) return call("frac", [e.left, e.right], e.range);
  return e;
}

/** SymPy's Matrix([[..]]), Matrix(rows, columns, [..]). */
const symbolicMatrix: Builder = (a, p) => {
  const [rows, columns, entries] = a.args;
  if (rows && columns && entries) return call("reshape", [entries, rows, columns], a.range, a.nameRange);
  const e = fractions(array(a, p));
  // A flat list is a column in SymPy.
  return e.kind === "array" && e.items.every((i) => i.kind !== "array" && i.kind !== "literal")
    ? { kind: "matrix", rows: e.items.map((i) => [i]), range: e.range }
    : e;
};

const text = (e: Expr | undefined): string | undefined => (e?.kind === "string" ? e.value.toLowerCase().trim() : undefined);

/** int(3.7) drops the fraction; an array type keeps its argument as it is. */
const truncated: Builder = (a, p) => {
  const e = convert(a, p);
  return e.kind === "array" || e.kind === "literal" || e.kind === "string" ? e : call("trunc", [e], a.range, a.nameRange);
};

/** float('nan'), int('7'), complex(1, 2). */
const convert: Builder = (a) => {
  const word = text(a.args[0]);
  if (word !== undefined) {
    const m = /^([+-]?)(nan|inf|infinity)$/.exec(word);
    const value = m ? (m[1] === "-" ? -1 : 1) * (m[2] === "nan" ? Number.NaN : Number.POSITIVE_INFINITY) : Number(word.replaceAll("_", "") || "x");
    if (Number.isNaN(value) && m?.[2] !== "nan") fail("non-numeric", said`"${word}" is not a number`, a.args[0]?.range as Range);
    return number(value, a.range);
  }
  return same(a, noParser);
};

const complex: Builder = (a) => {
  const [re, im] = a.args;
  if (!re) return fail("missing-argument", "complex() needs a value", a.range);
  if (!im) return re;
  const unit = number(1, im.range, { num: 1n, den: 1n }, true);
  return {
    kind: "binary",
    op: "add",
    left: re,
    right: { kind: "binary", op: "elementwise", left: im, right: unit, range: im.range },
    range: a.range,
  };
};

const fraction: Builder = (a) => {
  const [p, q] = a.args;
  if (!p) return fail("missing-argument", "a numerator is missing", a.range);
  return q ? call("frac", [p, q], a.range, a.nameRange) : p;
};

const arange: Builder = (a) => {
  const [first, second, third] = a.args;
  const start = a.named["start"] ?? (second ? first : undefined);
  const stop = a.named["stop"] ?? a.named["end"] ?? second ?? first;
  const step = a.named["step"] ?? third;
  if (!stop) return fail("missing-argument", "the end of the range is missing", a.range);
  return { kind: "range", start: start ?? integer(0, stop.range), ...(step && { step }), stop, inclusive: false, range: a.range };
};

/** max(a, b) and min(a, b) of Python itself compare their arguments. */
const isBuiltin = (a: Arguments, text: string): boolean =>
  a.range[0] === a.nameRange[0] && /^(?:max|min)$/.test(text.slice(a.nameRange[0], a.nameRange[1]));

/** A reduction; a second argument is its axis. */
const reduced =
  (name: string): Builder =>
  (a, p) =>
    renamed(name, axisNames)(
      a.args.length > 1 && !isBuiltin(a, p.text) ? { ...a, args: a.args.slice(0, 1), named: { axis: a.args[1] as Expr, ...a.named } } : a,
      p,
    );

const axisNames = { dim: "axis", keepdim: "keepdims", correction: "ddof", decimals: "digits" };
const reduction = (n: string): [string, FunctionRule] => [n, reduced(n)];
const renamedKeys = (named: Readonly<Record<string, Expr>>): Record<string, Expr> =>
  Object.fromEntries(Object.entries(named).map(([k, v]) => [(axisNames as Record<string, string>)[k] ?? k, v]));

/** A named part of what a decomposition answers. */
const part = (base: Expr, name: string, range: Range): Expr => ({
  kind: "index",
  base,
  indices: [{ kind: "string", value: name, range }],
  origin: 0,
  range,
});
/** The attributes of the results of np.linalg, by the names of their parts. */
const attributes: Readonly<Record<string, string>> = {
  U: "U",
  S: "s",
  Vh: "Vh",
  eigenvalues: "values",
  eigenvectors: "vectors",
  Q: "Q",
  R: "R",
  sign: "sign",
  logabsdet: "logabsdet",
  indices: "indices",
};

const rowsOf = (a: Arguments): readonly Expr[] => (a.args.length === 1 && a.args[0]?.kind === "array" ? a.args[0].items : a.args);
const joined =
  (name: string): Builder =>
  (a) => {
    const { axis, dim } = a.named;
    const first = a.args[0];
    const place = axis ?? dim ?? (a.args.length === 2 && first?.kind === "array" ? a.args[1] : undefined);
    return call(name, first?.kind === "array" ? first.items : rowsOf(a), a.range, a.nameRange, place ? { axis: place } : undefined);
  };

const full: Builder = (a) => {
  const value = a.args[1] ?? a.named["fill_value"];
  if (!value) return fail("missing-argument", "np.full needs a shape and a value", a.range);
  return call("full", dimensions([a.args[0] ?? (a.named["shape"] as Expr) ?? (a.named["size"] as Expr)], false), a.range, a.nameRange, { value });
};

const reshape: Builder = (a) => {
  const { order, shape, newshape } = a.named;
  const rest = a.args.slice(1);
  return call(
    "reshape",
    [a.args[0] as Expr, ...dimensions(rest.length > 0 ? rest : [shape ?? (newshape as Expr)].filter(Boolean), false)],
    a.range,
    a.nameRange,
    order ? { order } : undefined,
  );
};

const norm: Builder = (a) =>
  call(
    "norm",
    a.args.length > 2 ? a.args.slice(0, 2) : a.args,
    a.range,
    a.nameRange,
    Object.fromEntries(
      Object.entries({ ...(a.args[2] && { axis: a.args[2] }), ...a.named }).map(([k, v]) => [k === "dim" ? "axis" : k === "p" ? "ord" : k, v]),
    ),
  );

/** x.T of a vector is the vector itself; the evaluator knows by the shape. */
const transposed: Builder = (a) => {
  const axes = a.args.slice(1);
  // Two axes beside the array: the ones that change places (torch), which for a matrix is the same as NumPy's order (1, 0).
  if (axes.length === 2 && axes.every((e) => e.kind === "number")) return call("swapaxes", [a.args[0] as Expr, ...axes], a.range, a.nameRange);
  return axes.length > 0 || "axes" in a.named
    ? call("permute", [a.args[0] as Expr, ...dimensions(axes.length > 0 ? axes : [a.named["axes"] as Expr], false)], a.range, a.nameRange)
    : unary("transpose")(a, noParser);
};

const shared = table(
  elementary,
  "log=ln absolute=abs fabs=abs negative=neg det slogdet inv pinv inverse=inv matrix_rank=rank trace=tr eig eigh eigvals=eigenvalues eigvalsh svd svdvals=singularvalues qr cholesky solve lstsq matrix_exp=expm expm logm sqrtm matrix_power cond kron outer inner vdot cross diag diagonal diagflat triu tril where isclose allclose flip fliplr flipud roll tile repeat rot90 sort argsort unique cumsum cumprod diff clip dot=npdot tensordot multi_dot convolve corrcoef cov median ptp percentile quantile argwhere nonzero count_nonzero searchsorted trapz=trapezoid trapezoid squeeze expand_dims unsqueeze=expand_dims swapaxes moveaxis broadcast_to ravel=flatten flatten isnan isinf isfinite logical_not=not logical_xor=xor xor bitwise_and=bitand bitwise_or=bitor bitwise_xor=bitxor left_shift=shiftleft right_shift=shiftright isin in1d=isin bincount interp divmod roots poly clamp=clip clip_by_value=clip array_equal vander polyval toeplitz circulant hilbert hadamard block_diag null_space=null orth lu schur relu sigmoid softmax log_softmax logsumexp softplus gelu silu logaddexp maximum minimum square reciprocal rad2deg deg2rad degrees=rad2deg radians=deg2rad nan_to_num meshgrid rsqrt rint=round trunc fix=trunc angle=arg heaviside sinc i0 comb=binom perm isqrt numel size ndim shape fft ifft rfft einsum transpose_=transpose length=len len sorted=sort list_=list pow_=pow outer_=outer vec mv=npdot mm=npdot bmm=npdot addmm ger=outer tr rank charpoly_=charpoly rref nullspace=null adjugate=adj eigenvals=eigenvalues singular_values=singularvalues cosine_similarity prod_=prod",
);

const functions = new Map<string, FunctionRule>([
  ...shared,
  ..."sum prod product=prod reduce_sum=sum reduce_prod=prod reduce_mean=mean reduce_max=max reduce_min=min reduce_std=std reduce_variance=var mean average=mean std var max min amax=max amin=min nanmax=max nanmin=min nansum=sum nanmean=mean argmax argmin all any"
    .split(" ")
    .map((w) => {
      const [spelled, n] = w.split("=") as [string, string | undefined];
      return [spelled, reduced(n ?? spelled)] as [string, FunctionRule];
    }),
  ...["cumsum", "cumprod", "softmax", "log_softmax", "logsumexp", "sort", "argsort", "flip", "median", "squeeze"].map(reduction),
  ["round", renamed("round", axisNames)],
  ["around", renamed("round", axisNames)],
  ["roll", renamed("roll", axisNames)],
  ["diff", renamed("diff", axisNames)],
  [
    "vdot",
    (a) =>
      call(
        "vdot",
        a.args.map((e) => call("flatten", [e], e.range)),
        a.range,
        a.nameRange,
      ),
  ],
  ["multi_dot", (a) => rowsOf(a).reduce((left, right) => ({ kind: "binary", op: "matmul", left, right, range: a.range }))],
  ..."array asarray asanyarray ascontiguousarray matrix asmatrix mat tensor as_tensor FloatTensor DoubleTensor LongTensor Tensor constant Variable convert_to_tensor DeviceArray Array ArrayImpl Parameter EagerTensor ndarray DataFrame Series list tuple from_numpy to_tensor"
    .split(" ")
    .map((n) => [n, array] as [string, FunctionRule]),
  ..."float int float32 float64 float16 int32 int64 int8 int16 uint8 uint16 uint32 uint64 longdouble double str_ bool_ Integer Float S sympify nsimplify N Decimal mpf"
    .split(" ")
    .map((n) => [n, convert] as [string, FunctionRule]),
  ..."print display repr pprint Parameter_ atleast_1d copy deepcopy stop_gradient device_put to_numpy simplify real_if_close detach bool"
    .split(" ")
    .map((n) => [n, same] as [string, FunctionRule]),
  ..."Matrix ImmutableMatrix MutableDenseMatrix ImmutableDenseMatrix SparseMatrix"
    .split(" ")
    .map((n) => [n, symbolicMatrix] as [string, FunctionRule]),
  ..."open eval exec compile input __import__ getattr setattr globals locals load loadtxt genfromtxt fromfile read_csv imread rand randn randint random normal uniform rand_like randn_like randperm save system"
    .split(" ")
    .map((n) => [n, refused] as [string, FunctionRule]),
  ["int", truncated],
  ["Integer", truncated],
  ["complex", complex],
  ["complex64", complex],
  ["complex128", complex],
  ["Fraction", fraction],
  ["Rational", fraction],
  ["arange", arange],
  ["range", arange],
  ["linspace", "linspace"],
  ["logspace", "logspace"],
  ["geomspace", "geomspace"],
  ["eye", "eye"],
  ["identity", "eye"],
  ["zeros", filled(0)],
  ["ones", filled(1)],
  ["empty", filled(0)],
  ["full", full],
  ["fill", full],
  ["zeros_like", "zeros_like"],
  ["ones_like", "ones_like"],
  ["full_like", "full_like"],
  ["reshape", reshape],
  ["resize", reshape],
  ["transpose", transposed],
  ["permute", (a) => call("permute", [a.args[0] as Expr, ...dimensions(a.args.slice(1), false)], a.range, a.nameRange)],
  ["t", unary("transpose")],
  ["conj", unary("conjugate")],
  ["conjugate", unary("conjugate")],
  ["matmul", binaryOf("matmul")],
  ["logical_and", binaryOf("and")],
  ["logical_or", binaryOf("or")],
  ["multiply", binaryOf("elementwise")],
  ["mul", binaryOf("elementwise")],
  ["add", binaryOf("add")],
  ["subtract", binaryOf("subtract")],
  ["sub", binaryOf("subtract")],
  ["divide", binaryOf("elementdivide")],
  ["div", binaryOf("elementdivide")],
  ["true_divide", binaryOf("elementdivide")],
  ["floor_divide", binaryOf("floordivide")],
  ["power", binaryOf("elementpower")],
  ["pow", binaryOf("elementpower")],
  ["float_power", binaryOf("elementpower")],
  ["mod", binaryOf("mod")],
  ["remainder", binaryOf("mod")],
  ["fmod", "rem"],
  [
    "svd",
    (a) => {
      const uv = a.named["compute_uv"];
      if (uv?.kind === "boolean" && !uv.value) return call("singularvalues", a.args.slice(0, 1), a.range, a.nameRange);
      const full = a.named["full_matrices"] ?? a.args[1];
      return call(full?.kind === "boolean" && !full.value ? "svd" : "svdfull", a.args.slice(0, 1), a.range, a.nameRange);
    },
  ],
  [
    "tri",
    (a) =>
      call(
        "tril",
        [
          call("full", a.args.length > 1 ? a.args.slice(0, 2) : [a.args[0] as Expr, a.args[0] as Expr], a.range, a.nameRange, {
            value: integer(1, a.nameRange),
          }),
        ],
        a.range,
        a.nameRange,
      ),
  ],
  ["norm", norm],
  ["vector_norm", norm],
  ["matrix_norm", norm],
  ...["hstack", "vstack", "dstack", "column_stack", "row_stack", "concatenate", "concat", "cat", "stack"].map(
    (n) => [n, joined(n === "row_stack" ? "vstack" : n === "cat" || n === "concat" ? "concatenate" : n)] as [string, FunctionRule],
  ),
  ["block", (a) => blocks(a)],
  ["Sum", "sum"],
  // The functions of dialect/numpy.ts.
  ...table(
    "searchsorted digitize bucketize=digitize argwhere nonzero=nonzerotuple take delete insert append split array_split hsplit vsplit chunk pad polyfit gradient ifft rfft fft2 ifft2 fftfreq fftshift ifftshift histogram nanmedian nanstd nanvar nanprod solve_triangular=solvetriangular lu_factor=lufactor cho_factor=lufactor lu_solve=factorsolve cho_solve=factorsolve fromfunction arctan2=atan2 zip enumerate ix_=ix flatnonzero=find",
  ),
  ...["nanmax", "nanmin", "nansum", "nanmean", "average"].map(reduction),
  ["repeat", (a) => call("axis" in a.named || "dim" in a.named ? "repeatalong" : "repeat", a.args, a.range, a.nameRange, renamedKeys(a.named))],
  [
    "repeat_interleave",
    (a) => call("axis" in a.named || "dim" in a.named ? "repeatalong" : "repeat", a.args, a.range, a.nameRange, renamedKeys(a.named)),
  ],
  ["where", (a) => call(a.args.length === 1 ? "nonzerotuple" : "where", a.args, a.range, a.nameRange)],
  [
    "unique",
    (a) =>
      call(
        Object.keys(a.named).some((k) => k.startsWith("return_")) ? "uniqueparts" : "unique",
        a.args,
        a.range,
        a.nameRange,
        Object.fromEntries(Object.entries(a.named).filter(([k]) => k.startsWith("return_"))),
      ),
  ],
  ["lstsq", (a) => call("lstsqparts", a.args.slice(0, 2), a.range, a.nameRange)],
  ["topk", (a) => call("sort", a.args.slice(0, 1), a.range, a.nameRange)],
  ["map", (a) => call("mapped", a.args, a.range, a.nameRange)],
  ["vectorize", same],
  [
    "qr",
    (a) => {
      const mode = text(a.args[1] ?? a.named["mode"]) ?? "reduced";
      const made = call(mode === "complete" || mode === "full" ? "qrfull" : "qr", a.args.slice(0, 1), a.range, a.nameRange);
      return mode === "r" ? part(made, "R", a.range) : made;
    },
  ],
]);

/** np.block([[A, B], [C, D]]) is a matrix of blocks. */
function blocks(a: Arguments): Expr {
  const e = a.args[0];
  if (e?.kind !== "array") return fail("missing-argument", "np.block needs a nested list", a.range);
  return { kind: "matrix", rows: e.items.map((row) => (row.kind === "array" ? row.items : [row])), range: a.range };
}

const ignored =
  "cuda cpu numpy detach tolist item to float double half bool type contiguous clone copy requires_grad_ requires_grad_ data values todense toarray tocsr get block_until_ready evalf n eval item_ squeeze_ view_as eval_".split(
    " ",
  );
const matrixMethods = new Map<string, FunctionRule>([
  ...functions,
  ...ignored.map((n) => [n, same] as [string, FunctionRule]),
  [
    "astype",
    (a) =>
      a.args[1]?.kind === "name" && /^u?int/.test(a.args[1].name) ? call("trunc", a.args.slice(0, 1), a.range, a.nameRange) : same(a, noParser),
  ],
  ...["int", "long"].map((n): [string, FunctionRule] => [n, (a) => call("trunc", a.args, a.range, a.nameRange)]),
  // torch's x.max(dim=1): the values and their places; NumPy names the axis.
  ...["max", "min", "sort", "median"].map((n): [string, FunctionRule] => [
    n,
    (a, p) =>
      "dim" in a.named
        ? call("extremealong", a.args, a.range, a.nameRange, { ...renamedKeys(a.named), which: { kind: "string", value: n, range: a.nameRange } })
        : reduced(n)(a, p),
  ]),
  ["T", unary("transpose")],
  ["mT", unary("transpose")],
  ["H", unary("adjoint")],
  ["mH", unary("adjoint")],
  ["adjoint", unary("adjoint")],
  ["I", "inv"],
  ["A", same],
  ["A1", "flatten"],
  ["view", reshape],
  ["flat", "flatten"],
  ["dot", "npdot"],
  ["inv", "inv"],
  ["multiply", binaryOf("matmul")],
]);

// Random numbers, files and the like are refused as methods too, everything else may follow a point.
for (const n of ["array", "tensor", "print", "open", "list", "tuple"]) matrixMethods.delete(n);

export const pythonDialect: CodeDialect = {
  format: "python",
  lexer: pythonLexer,
  infix,
  prefix: new Map([
    ["-", ["negate", P.unary]],
    ["+", ["plus", P.unary]],
    ["~", ["not", P.unary]],
  ]),
  assign: ["="],
  origin: 0,
  functions,
  methods: matrixMethods,
  constants: new Map<string, (r: Range) => Expr>([
    ["pi", constants.pi],
    ["nan", constants.nan],
    ["NaN", constants.nan],
    ["NAN", constants.nan],
    ["inf", constants.inf],
    ["Inf", constants.inf],
    ["infty", constants.inf],
    ["oo", constants.inf],
    ["None", constants.nan],
    ["True", constants.true],
    ["False", constants.false],
    ["np.e", constants.e],
    ["np.I", constants.i],
    ["I", constants.i],
    ["NA", constants.nan],
    ["NaT", constants.nan],
  ]),
  newlines: true,
  keywords: new Set(
    "import from for while if class return with try except raise assert pass break continue global nonlocal del yield async await lambda_ elif else match print_".split(
      " ",
    ),
  ),
  truncationHint: truncationHint("python"),
};

/** What np.add.reduce and np.add.outer do, by the function's name. */
const ufuncs: Readonly<Record<string, readonly [reduce: string, outer: string]>> = {
  add: ["sum", "plus"],
  multiply: ["prod", "times"],
  subtract: ["", "minus"],
  maximum: ["max", "maximum"],
  minimum: ["min", "minimum"],
  logical_and: ["all", ""],
  logical_or: ["any", ""],
};

/** Most items a repeated list is written out to. */
const maxRepeated = 100_000;

export class PythonParser extends CodeParser {
  protected override skippable(t: Token): boolean {
    return t.text === "import" || (t.text === "from" && this.peek(1).kind === "name");
  }

  protected override statement(): Statement | null {
    if (this.peek().text === "def" && this.peek().kind === "name") return this.definition();
    // An annotated definition: A: np.ndarray = ...
    if (this.peek().kind === "name" && this.peek(1).text === ":") {
      for (let ahead = 2; ahead < 40; ahead++) {
        const t = this.peek(ahead);
        if (t.kind === "newline" || t.kind === "end") break;
        if (t.text !== "=") continue;
        const target = this.next();
        while (!this.at("=")) this.next();
        this.next();
        const body = this.whole_(this.expression());
        return { kind: "define", name: target.text, body, range: [target.start, body.range[1]], nameRange: [target.start, target.end] };
      }
    }
    const s = super.statement();
    return s?.kind === "expression" ? { ...s, body: this.whole_(s.body) } : s;
  }

  protected override assigned(): Expr {
    return this.whole_(this.expression());
  }

  /** `def f(x): return ...`, with plain assignments before the return: a function of its parameters. */
  private definition(): Statement {
    const start = this.next();
    const target = this.next();
    if (target.kind !== "name" || !this.accept("(")) return this.failAt("not-a-formula", '"def" begins a function', start);
    const params: string[] = [];
    while (!this.at(")")) {
      const p = this.next();
      if (p.kind !== "name") return this.failAt("unsupported", "this kind of parameter is not read", p);
      params.push(p.text);
      while (!this.at(",") && !this.at(")") && !this.atEnd()) {
        if (this.at("=")) return this.failAt("unsupported", "parameters with a default are not read", this.peek());
        this.next();
      }
      if (!this.accept(",")) break;
    }
    if (!this.accept(")")) this.unexpected('")"');
    while (!this.at(":") && !this.atEnd() && this.peek().kind !== "newline") this.next();
    if (!this.accept(":")) this.unexpected('":"');
    const bindings: { name: string; value: Expr }[] = [];
    for (;;) {
      this.skipSeparators();
      const t = this.peek();
      if (t.kind === "string") {
        this.next();
        continue;
      }
      if (t.text === "return" && t.kind === "name") break;
      const s = t.kind === "name" && !this.dialect.keywords.has(t.text) ? super.statement() : null;
      if (s?.kind !== "define" || this.before.length > 0)
        return this.failAt("unsupported", "functions are read when they assign names and return a value; loops and branches are not run", t);
      bindings.push({ name: s.name, value: s.body });
    }
    this.next();
    const value = this.assigned();
    const body = bindings.reduceRight<Expr>((inner, b) => ({ kind: "substitute", body: inner, bindings: [b], range: inner.range }), value);
    return {
      kind: "define",
      name: target.text,
      params,
      body,
      range: [start.start, value.range[1]],
      nameRange: [target.start, target.end],
    };
  }

  /** `1, 2, 3` is a tuple; a nested list that is the whole statement is an array. */
  private whole_(first: Expr): Expr {
    let body = first;
    if (this.at(",")) {
      const items = [first];
      while (this.accept(",")) {
        if (this.atEnd() || this.peek().kind === "newline") break;
        items.push(this.expression());
      }
      body = { kind: "array", items, range: [first.range[0], this.previous().end] };
    } else if (body.kind === "array") checkNested(body);
    return body;
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.kind === "name") {
      if (t.text === "not") {
        this.next();
        const operand = this.expression(P.not);
        return { kind: "unary", op: "not", operand, range: [t.start, operand.range[1]] };
      }
      if (t.text === "lambda") return this.lambda();
    }
    if (t.kind === "op" && t.text === "~") {
      this.next();
      const operand = this.expression(P.unary);
      return call("bitnot", [operand], [t.start, operand.range[1]], [t.start, t.end]);
    }
    if (t.kind === "name") {
      if ((t.text === "b" || t.text === "r" || t.text === "f") && this.peek(1).kind === "string" && !this.peek(1).space) this.next();
    }
    return super.prefix();
  }

  /** Tensors have the sample variance, arrays the population's. */
  protected override member(receiver: Expr, t: Token): Expr {
    const attribute = Object.hasOwn(attributes, t.text) && !this.at("(") ? attributes[t.text] : undefined;
    if (attribute !== undefined) return part(receiver, attribute, [receiver.range[0], t.end]);
    // np.add.reduce(x), np.subtract.outer(x, y): a function of two numbers over many.
    if (receiver.kind === "name" && Object.hasOwn(ufuncs, receiver.name) && this.at("(")) {
      const by: Expr = { kind: "string", value: ufuncs[receiver.name]?.[t.text === "outer" ? 1 : 0] ?? "", range: receiver.range };
      const a = this.arguments(")");
      const range: Range = [receiver.range[0], this.previous().end];
      if (t.text === "reduce") return call("reduced", a.args.slice(0, 1), range, receiver.range, { by, ...a.named });
      if (t.text === "outer") return call("outerof", a.args, range, receiver.range, { by });
      fail("unsupported", said`".${t.text}" of a function is not understood`, [t.start, t.end]);
    }
    // scipy.stats.norm.pdf(x): the normal distribution.
    if (receiver.kind === "name" && receiver.name === "norm" && (t.text === "pdf" || t.text === "cdf") && this.at("(")) {
      const a = this.arguments(")");
      return call(`normal${t.text}`, a.args, [receiver.range[0], this.previous().end], [t.start, t.end], a.named);
    }
    const e = super.member(receiver, t);
    const torch =
      (t.text === "std" || t.text === "var") &&
      e.kind === "call" &&
      !e.named?.["ddof"] &&
      /\btorch\.|^tensor\(/.test(this.text.slice(receiver.range[0], Math.min(receiver.range[1], receiver.range[0] + 2000)));
    return torch ? ({ ...e, named: { ...e.named, ddof: integer(1, [t.start, t.end]) } } as Expr) : e;
  }

  /** `a if c else b` is a case of a; in a list it may begin a comprehension, which is refused where lists are read. */
  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "name" && t.text === "if")
      return {
        power: P.or - 5,
        parse: (_p, value) => {
          this.next();
          const condition = this.expression(P.or - 4);
          if (!this.at("else")) this.failAt("unsupported", "conditions are not run", t);
          this.next();
          const otherwise = this.expression(P.or - 5);
          return {
            kind: "cases",
            branches: [
              { value, condition },
              { value: otherwise, condition: null },
            ],
            range: [value.range[0], otherwise.range[1]],
          };
        },
      };
    return super.infix(left);
  }

  private lambda(): Expr {
    const start = this.next();
    const params: string[] = [];
    while (this.peek().kind === "name") {
      params.push(this.next().text);
      if (!this.accept(",")) break;
    }
    if (!this.accept(":")) this.unexpected('":"');
    const body = this.expression();
    return { kind: "lambda", params, body, range: [start.start, body.range[1]] };
  }

  protected override qualifiedName(t: Token): string {
    if (!modules.has(t.text) || this.options.defined?.has(t.text)) return t.text;
    let last = t;
    let random = false;
    while (this.at(".") && this.peek(1).kind === "name") {
      this.next();
      last = this.next();
      if (last.text === "random" || last.text === "distributions" || last.text === "datasets") random = true;
      if (!modules.has(last.text) && !random) break;
    }
    if (random)
      fail(
        "unsupported",
        said`${this.text.slice(t.start, last.end)} is not computed here: nothing is drawn at random`,
        [t.start, last.end],
        "paste the printed array instead",
      );
    if (last === t) return t.text;
    if (last.text === "e") return "np.e";
    if (last.text === "newaxis") return "None";
    if (last.text === "I") return "np.I";
    if (
      !functions.has(last.text) &&
      !pythonDialect.constants.has(last.text) &&
      !["r_", "c_", "s_"].includes(last.text) &&
      !/^(u?int|float|complex|bfloat|bool|double|long|half)\d*$/.test(last.text)
    )
      this.unknownMember(t, last);
    if (t.text === "torch" && (last.text === "std" || last.text === "var")) return `torch.${last.text}`;
    return last.text;
  }

  /** np.linalg.invv: what is known under a similar name. */
  private unknownMember(first: Token, last: Token): never {
    const near = nearest(last.text, [...functions.keys()]);
    const path = this.text.slice(first.start, last.start);
    return fail(
      "unsupported",
      said`${this.text.slice(first.start, last.end)} is not understood`,
      [first.start, last.end],
      near ? said`Did you mean ${path + near}?` : undefined,
    );
  }

  protected override callNamed(spelled: string, nameRange: Range): Expr {
    if (spelled.startsWith("torch.")) {
      const a = this.arguments(")");
      const unbiased = a.named["unbiased"];
      const ddof = integer(unbiased?.kind === "boolean" && !unbiased.value ? 0 : 1, nameRange);
      return renamed(spelled.slice(6), axisNames)(
        { args: a.args, named: { ddof, ...a.named }, nameRange, range: [nameRange[0], this.previous().end] },
        this,
      );
    }
    // tf.Tensor([[1. 2.]], shape=...) holds a printed array: its brackets are read as such.
    return super.callNamed(spelled, nameRange);
  }

  protected override plainName(spelled: string, range: Range): Expr {
    if ((spelled === "r_" || spelled === "c_") && this.at("[")) {
      const open = this.next();
      const items: Expr[] = [];
      this.deeper(() => {
        while (!this.at("]")) {
          items.push(this.gridRange(this.subscript("]")));
          if (!this.accept(",")) break;
        }
      });
      const end = this.close("]", open);
      return call(spelled === "r_" ? "hstack" : "column_stack", items, [range[0], end.end], range);
    }
    return super.plainName(spelled, range);
  }

  /** 1:4 in np.r_ counts up to 4; with an imaginary step it is that many points. */
  private gridRange(e: Expr): Expr {
    if (e.kind !== "range") return e;
    if (e.step?.kind === "number" && e.step.imaginary && e.start && e.stop)
      return call("linspace", [e.start, e.stop, number(e.step.value, e.step.range, e.step.exact)], e.range);
    return { ...e, start: e.start ?? integer(0, e.range) };
  }

  /** A written list times a whole number repeats it. */
  protected override binaryRule(rule: BinaryRule): Infix<this> {
    const made = super.binaryRule(rule);
    if (rule.op !== "elementwise") return made;
    return {
      power: made.power,
      parse: (p, left) => {
        const e = made.parse(p, left);
        if (e.kind !== "binary") return e;
        const items = this.itemsOf(e.left) ?? this.itemsOf(e.right);
        const times = this.itemsOf(e.left) ? e.right : e.left;
        if (!items || times.kind !== "number" || !isWhole(times) || times.value * items.length > maxRepeated) return e;
        return { kind: "array", items: Array.from({ length: Math.max(0, times.value) }, () => items).flat(), range: e.range };
      },
    };
  }

  /** The items of a list written out here; null for everything else. */
  private itemsOf(e: Expr): readonly Expr[] | null {
    if (this.text[e.range[0]] !== "[" && this.text[e.range[0]] !== "(") return null;
    if (e.kind === "array") return e.items;
    if (e.kind !== "literal" || e.value.shape.length !== 1 || e.value.imag) return null;
    const { data, exact } = e.value;
    return Array.from(data, (x, k) => number(x, e.range, exact?.[k]));
  }

  protected override squareBrackets(): Expr {
    const open = this.peek();
    const printed = scanNested(this.text, open.start, { open: "[", close: "]", separator: " ", hint: this.dialect.truncationHint });
    if (printed) {
      while (this.peek().start < printed.end && !this.atEnd()) this.next();
      if (/^\[-?[\d.]+\s-\d/.test(this.text.slice(open.start, printed.end)))
        this.notes.push("blanks part the entries, as in a printed array; as an expression the sign would subtract");
      return printed.literal;
    }
    const e = this.list("]");
    // [f(x) for x in items] is the list itself.
    return e.kind === "array" && e.items.length === 1 && e.items[0] === this.generated ? { ...this.generated, range: e.range } : e;
  }

  protected override element(): Expr {
    if (this.at("*")) this.failAt("unsupported", "unpacking with * is not read", this.peek());
    const e = this.expression();
    if (this.peek().text !== "for" || this.peek().kind !== "name") return e;
    this.generated = this.comprehension(e);
    return this.generated;
  }

  /** The comprehension read last. */
  private generated: Expr | undefined;

  /** `value for x, y in items if condition`, from the `for` on; a second `for` runs inside the first. */
  private comprehension(value: Expr): Expr {
    const start = this.next();
    const params: string[] = [];
    const open = this.accept("(");
    while (this.peek().kind === "name" && this.peek().text !== "in") {
      params.push(this.next().text);
      if (!this.accept(",")) break;
    }
    if (open) this.accept(")");
    if (params.length === 0 || this.peek().text !== "in") return this.failAt("unexpected-token", 'expected "in" and what to walk over', this.peek());
    this.next();
    const items = this.expression(P.or);
    let condition: Expr | undefined;
    while (this.peek().text === "if" && this.peek().kind === "name") {
      this.next();
      const c = this.expression(P.or);
      condition = condition ? { kind: "binary", op: "and", left: condition, right: c, range: [condition.range[0], c.range[1]] } : c;
    }
    const inner = this.peek().text === "for" && this.peek().kind === "name";
    const body = inner ? this.comprehension(value) : value;
    const range: Range = [value.range[0], this.previous().end];
    const args: Expr[] = [{ kind: "lambda", params, body, range }, items];
    if (condition) args.push({ kind: "lambda", params, body: condition, range: condition.range });
    const joined = inner ? { joined: { kind: "boolean", value: true, range } as Expr } : undefined;
    return call("comprehension", args, range, [start.start, start.end], joined);
  }

  protected override braces(): Expr {
    return this.failAt("unsupported", "sets and dictionaries are not read as arrays", this.peek());
  }

  protected override argument(): Expr {
    // dtype=<class 'float'>, grad_fn=<MmBackward0>: what a print-out says about itself.
    if (this.at("<")) {
      const open = this.next();
      while (!this.at(">")) {
        if (this.atEnd()) this.failAt("unbalanced", '"<" is never closed by ">"', open);
        this.next();
      }
      const end = this.next();
      return { kind: "string", value: "", range: [open.start, end.end] };
    }
    const e = this.element();
    if (this.at("if")) this.failAt("unsupported", "conditions are not run", this.peek());
    return e;
  }

  protected override subscript(close: string): Expr {
    const t = this.peek();
    if (t.kind === "dots") {
      this.next();
      return { kind: "hole", range: [t.start, t.end] };
    }
    return super.subscript(close);
  }

  /** None in an index adds an axis; `...` stands for the places between. */
  protected override indexNode(base: Expr, indices: readonly Expr[], range: Range): Expr {
    const isAxis = (e: Expr) => (e.kind === "number" && Number.isNaN(e.value)) || (e.kind === "name" && e.name === "None");
    if (indices.some((e) => e.kind === "hole")) {
      if (indices.length === 1) return base;
      const i = indices.findIndex((e) => e.kind === "hole");
      if (i === indices.length - 1) return this.indexNode(base, indices.slice(0, -1), range);
      const rest = indices.slice(i + 1);
      if (i === 0 && rest.length === 1 && isAxis(rest[0] as Expr)) return call("expand_dims", [base, integer(-1, range)], range);
      if (i === 0) {
        // From the last axis on: reverse the axes, index, reverse again.
        const reversed: Expr = { kind: "unary", op: "transpose", operand: base, range };
        return { kind: "unary", op: "transpose", operand: this.indexNode(reversed, [...rest].reverse(), range), range };
      }
      return fail("unsupported", "`...` in this place of an index is not read", (indices[i] as Expr).range);
    }
    if (!indices.some(isAxis)) return super.indexNode(base, indices, range);
    const places: number[] = [];
    let axis = 0;
    const kept: Expr[] = [];
    for (const e of indices) {
      if (isAxis(e)) places.push(axis++);
      else {
        kept.push(e);
        if (e.kind === "range" || e.kind === "array") axis++;
      }
    }
    const whole = kept.every((e) => e.kind === "range" && !e.start && !e.stop && !e.step);
    let out: Expr = whole ? base : super.indexNode(base, kept, range);
    for (const at of places) out = call("expand_dims", [out, integer(at, range)], range);
    return out;
  }
}

/** Blanks out what surrounds the value in a print-out or console session; places stay the same. */
export function stripConsole(text: string): string {
  if (!["Out", "In ", "In[", ">>>", "Parameter", "<tf.", "grad_fn"].some((mark) => text.includes(mark))) return text;
  const blank = (s: string) => s.replace(/[^\n]/g, " ");
  let t = text;
  const out = /(?:^|\n)[ \t]*Out ?\[\d+\]:/g;
  let last = -1;
  for (let m = out.exec(t); m; m = out.exec(t)) last = m.index + m[0].length;
  if (last >= 0) t = blank(t.slice(0, last)) + t.slice(last);
  t = t.replace(/(^|\n)([ \t]*In ?\[\d+\]: ?)/g, (_m, line: string, prompt: string) => line + " ".repeat(prompt.length));
  if (/(?:^|\n)[ \t]*>>> ?/.test(t)) t = session(t, blank);
  t = t.replace(/(^|\n)([ \t]*Parameter containing:)/g, (_m, line: string, head: string) => line + " ".repeat(head.length));
  t = t.replace(/<tf\.(?:Tensor|Variable)[^\n]*?numpy=/g, blank);
  if (t !== text && /<tf\./.test(text)) t = t.replace(/>\s*$/, blank);
  return t.replace(/grad_fn=<[^>\n]*>/g, (s) => `grad_fn=0${" ".repeat(s.length - 9)}`);
}

/** A session with prompts: what was printed last, or the code when nothing was printed. */
function session(text: string, blank: (s: string) => string): string {
  const lines = text.split("\n");
  const isPrompt = (l: string) => /^\s*(?:>>>|\.\.\.)(?:\s|$)/.test(l);
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.trim() === "") end--;
  let start = end;
  while (start > 0 && !isPrompt(lines[start - 1] as string)) start--;
  if (start < end && start > 0) return lines.map((l, i) => (i < start ? blank(l) : l)).join("\n");
  return lines.map((l) => l.replace(/^\s*(?:>>>|\.\.\.) ?/, blank)).join("\n");
}

/** A shortened print-out is found by its dots before anything else can go wrong. */
function findDots(text: string, hint: string): void {
  if (!/\.\.\.|…/.test(text) || !/^\s*(?:\w+\s*=\s*)?(?:[\w.]+\()?\s*\[/.test(text)) return;
  const m = /(?<=[\d.,\s[])(\.\.\.|…)(?=[,\s\]])/.exec(text);
  if (m && !/\[\s*\.\.\.\s*,/.test(text))
    fail("truncated", "the print-out is shortened: `...` stands for numbers that are missing", [m.index, m.index + (m[1] as string).length], hint);
}

export function parsePython(
  text_: string,
  options: ParseOptions,
  dialect: CodeDialect = pythonDialect,
  Parser: new (text: string, tokens: readonly Token[], dialect: CodeDialect, options: ParseOptions) => { program(): Parsed } = PythonParser,
): Parsed {
  contentRange(text_);
  const plain = stripConsole(straighten(text_));
  findDots(plain, truncationHint("python", /\btensor\(/.test(plain)));
  const tokens = lex(plain, dialect.lexer);
  checkBrackets(tokens);
  return new Parser(plain, dropNewlines(tokens, false), dialect, options).program();
}

export const python: Format = {
  name: "python",
  title: "Python (NumPy, PyTorch, JAX)",
  languages: ["python"],
  detect(t) {
    if (
      /\b(?:np|numpy|torch|jnp|tf|pd)\.\w|\b(?:array|tensor|asarray|DeviceArray|Array|Matrix)\(\s*\[|^\s*(?:>>>|Out\s?\[|Parameter containing)|<tf\./.test(
        t,
      )
    )
      return 3;
    if (/^\s*\[+\s*[-+\d.nit][^,;|={}]*\]\s*$/i.test(t.length > 20000 ? t.slice(0, 20000) : t) && /\]\s*\n?\s*\[|^\s*\[[^\]]*\]\s*$/.test(t))
      return 2;
    return /\*\*|\s@\s|\.T\b|\[.*\]|\blambda\b|\bTrue\b|\bFalse\b|\/\//.test(t.slice(0, 4000)) ? 1 : 0;
  },
  parse: (t, options = {}) => parsePython(t, options),
  print: printPython,
};
