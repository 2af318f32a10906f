// What Python's names mean: functions of NumPy, PyTorch, SciPy and SymPy, methods and attributes of arrays.

import { type Expr, fail, type Range, said } from "../../expr/index.js";
import type { ParseOptions } from "../format.js";
import { matlab } from "../matlab.js";
import { call, integer, number } from "../shared/build.js";
import { isWhole } from "../shared/code.js";
import { type Arguments, type Builder, type FunctionRule, table } from "../shared/dialect.js";
import { binaryOf, dimensions, elementary, filled, noParser, refused, renamed, same, unary } from "../shared/names.js";
import { checkNested } from "../shared/shape.js";
import { converted, networkFunctions, recordOf, twoAxes, typeText } from "./network.js";

export const modules = new Set(
  "np numpy jnp jax torch tf tensorflow math cmath scipy sp sympy sym linalg LA la F nn functional special stats fft mx cp cupy pd pandas xp K backend keras experimental lax autograd npl npla spatial distance sparse signal optimize".split(
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
  return { ...converted(e, a.named["dtype"], a.range), flavour: "array" } as Expr;
};
/** pd.DataFrame({"a": [...]}), pd.DataFrame([[...]], columns=[...]): columns with their names. */
const frame: Builder = (a, p) => {
  const e = source(a);
  if (e.kind === "call" && e.name === "listof") return { ...call("tablecolumns", e.args, a.range, a.nameRange, e.named), flavour: "frame" };
  return { ...array({ ...a, named: {} }, p), flavour: "frame" } as Expr;
};
const made =
  (flavour: "tensor" | "list"): Builder =>
  (a, p) =>
    ({ ...array(a, p), flavour }) as Expr;

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
  return { kind: "range", start: start ?? integer(0, stop.range), ...(step && { step }), stop, inclusive: false, flavour: "array", range: a.range };
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

export const axisNames = { dim: "axis", keepdim: "keepdims", correction: "ddof", decimals: "digits" };
const reduction = (n: string): [string, FunctionRule] => [n, reduced(n)];
const renamedKeys = (named: Readonly<Record<string, Expr>>): Record<string, Expr> =>
  Object.fromEntries(Object.entries(named).map(([k, v]) => [(axisNames as Record<string, string>)[k] ?? k, v]));

/** A named part of what a decomposition answers. */
export const part = (base: Expr, name: string, range: Range): Expr => ({
  kind: "index",
  base,
  indices: [{ kind: "string", value: name, range }],
  origin: 0,
  range,
});
/** The attributes of the results of np.linalg, by the names of their parts. */
export const attributes: Readonly<Record<string, string>> = {
  U: "U",
  S: "s",
  Vh: "Vh",
  eigenvalues: "values",
  eigenvectors: "vectors",
  eps: "eps",
  tiny: "tiny",
  bits: "bits",
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

const norm: Builder = (a) => {
  const all = Object.entries({ ...(a.args[2] && { axis: a.args[2] }), ...a.named });
  const named = Object.fromEntries(all.map(([k, v]) => [k === "dim" ? "axis" : k === "p" ? "ord" : k === "keepdim" ? "keepdims" : k, v]));
  const { keepdims, ...rest } = named;
  const e = call("norm", a.args.length > 2 ? a.args.slice(0, 2) : a.args, a.range, a.nameRange, rest);
  return keepdims?.kind === "boolean" && keepdims.value && named["axis"] ? call("expand_dims", [e, named["axis"]], a.range, a.nameRange) : e;
};

/** x.T of a vector is the vector itself; the evaluator knows by the shape. */
const transposed: Builder = (a) => {
  const axes = a.args.slice(1);
  // Two axes beside the array: the ones that change places (torch), which for a matrix is the same as NumPy's order (1, 0).
  if (twoAxes(axes)) return call("swapaxes", [a.args[0] as Expr, ...axes], a.range, a.nameRange);
  return axes.length > 0 || "axes" in a.named
    ? call("permute", [a.args[0] as Expr, ...dimensions(axes.length > 0 ? axes : [a.named["axes"] as Expr], false)], a.range, a.nameRange)
    : unary("transpose")(a, noParser);
};

const shared = table(
  elementary,
  "log=ln absolute=abs fabs=abs negative=neg det slogdet inv pinv inverse=inv matrix_rank=rank trace=tr eig eigh eigvals=eigenvalues eigvalsh svd svdvals=singularvalues qr cholesky solve lstsq matrix_exp=expm expm logm sqrtm matrix_power cond kron outer inner vdot cross diag diagonal diagflat triu tril where isclose allclose flip fliplr flipud roll tile repeat rot90 sort argsort unique cumsum cumprod diff clip dot=npdot tensordot multi_dot convolve corrcoef cov median ptp percentile quantile argwhere nonzero count_nonzero searchsorted trapz=trapezoid trapezoid squeeze expand_dims unsqueeze=expand_dims swapaxes moveaxis broadcast_to ravel=flatten flatten isnan isinf isfinite logical_not=not logical_xor=xor xor bitwise_and=bitand bitwise_or=bitor bitwise_xor=bitxor left_shift=shiftleft right_shift=shiftright isin in1d=isin bincount interp divmod roots poly clamp=clip clip_by_value=clip array_equal vander polyval toeplitz circulant hilbert hadamard block_diag null_space=null orth lu schur relu sigmoid softmax log_softmax logsumexp softplus gelu silu logaddexp maximum minimum square reciprocal rad2deg deg2rad degrees=rad2deg radians=deg2rad nan_to_num meshgrid rsqrt rint=round trunc fix=trunc angle=arg heaviside sinc i0 comb=binom perm isqrt numel size ndim shape fft ifft rfft einsum transpose_=transpose length=len len sorted=sort list_=list pow_=pow outer_=outer vec mv=npdot mm=npdot bmm=npdot addmm ger=outer tr rank charpoly_=charpoly rref nullspace=null adjugate=adj eigenvals=eigenvalues singular_values=singularvalues cosine_similarity prod_=prod",
);

export const functions = new Map<string, FunctionRule>([
  ...shared,
  ..."sum prod product=prod reduce_sum=sum reduce_prod=prod reduce_mean=mean reduce_max=max reduce_min=min reduce_std=std reduce_variance=var mean average=mean std var max min amax=max amin=min nanmax=max nanmin=min nansum=sum nanmean=mean argmax argmin all any"
    .split(" ")
    .map((w) => {
      const [spelled, n] = w.split("=") as [string, string | undefined];
      return [spelled, reduced(n ?? spelled)] as [string, FunctionRule];
    }),
  ...["cumsum", "cumprod", "softmax", "log_softmax", "logsumexp", "sort", "argsort", "flip", "median", "squeeze"].map(reduction),
  ...["cummax", "cummin", "quantile", "percentile", "split", "chunk"].map((n): [string, FunctionRule] => [n, renamed(n, axisNames)]),
  ["round", renamed("round", axisNames)],
  ["around", renamed("round", axisNames)],
  ["roll", renamed("roll", axisNames)],
  ["diff", renamed("diff", axisNames)],
  [
    "vdot",
    (a) =>
      call(
        "npdot",
        a.args.map((e, k) => {
          const flat = call("flatten", [e], e.range);
          return k === 0 ? ({ kind: "unary", op: "conjugate", operand: flat, range: e.range } as Expr) : flat;
        }),
        a.range,
        a.nameRange,
      ),
  ],
  ["multi_dot", (a) => rowsOf(a).reduce((left, right) => ({ kind: "binary", op: "matmul", left, right, range: a.range }))],
  ..."array asarray asanyarray ascontiguousarray matrix asmatrix mat constant Variable convert_to_tensor DeviceArray Array ArrayImpl EagerTensor ndarray csr_matrix csc_matrix coo_matrix from_numpy to_tensor"
    .split(" ")
    .map((n) => [n, array] as [string, FunctionRule]),
  ..."tensor as_tensor FloatTensor DoubleTensor LongTensor IntTensor BoolTensor Tensor Parameter"
    .split(" ")
    .map((n) => [n, made("tensor")] as [string, FunctionRule]),
  ["list", made("list")],
  ["tuple", made("list")],
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
  ["repeat", (a) => call("axis" in a.named ? "repeatalong" : "repeat", a.args, a.range, a.nameRange, a.named)],
  [
    "repeat_interleave",
    (a) =>
      a.args.length > 2
        ? call("repeatalong", a.args.slice(0, 2), a.range, a.nameRange, { axis: a.args[2] as Expr })
        : call("axis" in a.named || "dim" in a.named ? "repeatalong" : "repeat_interleave", a.args, a.range, a.nameRange, renamedKeys(a.named)),
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
  ["topk", renamed("topk", axisNames)],
  ["map", (a) => call("mapped", a.args, a.range, a.nameRange)],
  ...networkFunctions,
  ...(["partition", "argpartition"] as const).map((n): [string, FunctionRule] => [
    n,
    (a) =>
      call("ordering", a.args.slice(0, 1), a.range, a.nameRange, {
        as: { kind: "string", value: n === "partition" ? "sort" : "argsort", range: a.nameRange },
        ...(a.named["axis"] && { axis: a.named["axis"] }),
      }),
  ]),
  ["equal", (a) => ({ kind: "relation", first: a.args[0] as Expr, rest: [{ op: "=", operand: a.args[1] as Expr }], range: a.range })],
  ["masked_array", (a, p) => array({ ...a, args: a.args.slice(0, 1), named: a.named["data"] ? { data: a.named["data"] } : {} }, p)],
  ["Size", made("list")],
  ...["EigResult", "EighResult", "SVDResult", "QRResult", "SlogdetResult"].map((n): [string, FunctionRule] => [n, (a) => recordOf(a.named, a.range)]),
  ["DataFrame", frame],
  ["Series", frame],
  [
    "vmap",
    (a) => ({
      kind: "lambda",
      params: ["x"],
      body: call("mapped", [a.args[0] as Expr, { kind: "name", name: "x", range: a.range }], a.range),
      range: a.range,
    }),
  ],
  ["grad", (a) => ({ kind: "unary", op: "prime", operand: a.args[0] as Expr, range: a.range })],
  ["jit", same],
  ...table(
    "intersect1d union1d setdiff1d setxor1d triu_indices tril_indices diag_indices unravel_index indices meshgrid lexsort choose select=selectcase nanargmax nanargmin ediff1d=diff correlate convolve diff bincount vander",
  ),
  [
    "flatten",
    (a) =>
      call(
        a.args.length > 1 || "start_dim" in a.named ? "flattenfrom" : "flatten",
        [...a.args, ...(a.named["start_dim"] ? [a.named["start_dim"]] : []), ...(a.named["end_dim"] ? [a.named["end_dim"]] : [])],
        a.range,
        a.nameRange,
        a.named["order"] ? { order: a.named["order"] } : undefined,
      ),
  ],
  [
    "round",
    (a, p) =>
      call(
        a.range[0] === a.nameRange[0] && p.text.slice(a.nameRange[0], a.nameRange[1]) === "round" ? "pyround" : "round",
        a.args,
        a.range,
        a.nameRange,
        renamedKeys(a.named),
      ),
  ],
  ["pow", (a, p) => (a.args.length > 2 ? call("powmod", a.args, a.range, a.nameRange) : binaryOf("elementpower")(a, p))],
  ["log", (a) => call(a.args.length > 1 ? "logof" : "ln", a.args, a.range, a.nameRange, a.named)],
  [
    "svd",
    (a, p) => (p.text.slice(a.nameRange[0], a.nameRange[1]) === "torch.svd" ? call("torchsvd", a.args, a.range, a.nameRange, a.named) : singular(a)),
  ],
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

/** np.linalg.svd: full factors unless told otherwise, or the singular values alone. */
const singular = (a: Arguments): Expr => {
  const uv = a.named["compute_uv"];
  if (uv?.kind === "boolean" && !uv.value) return call("singularvalues", a.args.slice(0, 1), a.range, a.nameRange);
  const full = a.named["full_matrices"] ?? a.args[1];
  return call(full?.kind === "boolean" && !full.value ? "svd" : "svdfull", a.args.slice(0, 1), a.range, a.nameRange);
};

/** np.block([[A, B], [C, D]]) is a matrix of blocks. */
function blocks(a: Arguments): Expr {
  const e = a.args[0];
  if (e?.kind !== "array") return fail("missing-argument", "np.block needs a nested list", a.range);
  return { kind: "matrix", rows: e.items.map((row) => (row.kind === "array" ? row.items : [row])), range: a.range };
}

const ignored =
  "iloc loc iat values_ reset_index dropna_ cuda cpu detach float double half bfloat16 contiguous clone copy requires_grad_ requires_grad_ data values todense toarray tocsr get block_until_ready evalf n eval item_ squeeze_ view_as eval_".split(
    " ",
  );
export const matrixMethods = new Map<string, FunctionRule>([
  ...functions,
  ...ignored.map((n) => [n, same] as [string, FunctionRule]),
  ...["astype", "to", "type"].map((n): [string, FunctionRule] => [
    n,
    (a) =>
      converted(
        a.args[0] as Expr,
        [...a.args.slice(1), a.named["dtype"]].find((e) => typeText(e) !== ""),
        a.range,
      ),
  ]),
  ...["int", "long"].map((n): [string, FunctionRule] => [n, (a) => call("trunc", a.args, a.range, a.nameRange)]),
  ["bool", (a) => converted(a.args[0] as Expr, { kind: "string", value: "bool", range: a.range }, a.range)],
  ["numpy", (a) => ({ ...(a.args[0] as Expr), flavour: "array", range: a.range }) as Expr],
  ["tolist", (a) => ({ ...(a.args[0] as Expr), flavour: "list", range: a.range }) as Expr],
  ["item", "itemat"],
  ["mT", (a) => call("swapaxes", [a.args[0] as Expr, integer(-1, a.range), integer(-2, a.range)], a.range, a.nameRange)],
  ["expand", (a) => call("expand", a.args, a.range, a.nameRange)],
  ["dim", "ndim"],
  ["ndimension", "ndim"],
  ["nelement", "numel"],
  ["equals", "array_equal"],
  // torch's x.max(dim=1): the values and their places; NumPy names the axis.
  ...["max", "min", "sort", "median"].map((n): [string, FunctionRule] => [
    n,
    (a, p) => ("dim" in a.named ? ({ ...call(n, a.args, a.range, a.nameRange, renamedKeys(a.named)), flavour: "tensor" } as Expr) : reduced(n)(a, p)),
  ]),
  ["T", unary("transpose")],
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
// In place: x.clamp_(0) is what x.clamp(0) answers.
const inPlace: Readonly<Record<string, string>> = { add_: "add", sub_: "sub", mul_: "mul", div_: "div", pow_: "pow" };
for (const n of "clamp clip abs exp log sqrt neg relu sigmoid tanh masked_fill scatter scatter_add copy squeeze unsqueeze round floor ceil".split(
  " ",
)) {
  const rule = matrixMethods.get(n);
  if (rule) matrixMethods.set(`${n}_`, rule);
}
for (const [n, plain] of Object.entries(inPlace)) matrixMethods.set(n, matrixMethods.get(plain) as FunctionRule);
matrixMethods.set("zero_", (a) => call("zeros_like", a.args, a.range, a.nameRange));
for (const n of ["fill_", "fill"]) matrixMethods.set(n, (a) => call("full_like", a.args, a.range, a.nameRange));
