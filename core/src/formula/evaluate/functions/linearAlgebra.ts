// The functions of linear algebra by name.

import {
  type ArrayValue,
  type CallExpr,
  fail,
  matrixValue,
  type Range,
  type RecordValue,
  realValue,
  said,
  type Value,
  vectorValue,
} from "../../../expr/index.js";
import * as linalg from "../../../linalg/index.js";
import type { Context } from "../../context.js";
import { dims, entries, entry, fromScalars, isVectorLike, reshaped, scalarOf, shapeText, toMatrix, transpose } from "../array.js";
import type { FormulaFunction } from "../function.js";
import { semanticsOf } from "../language.js";
import * as la from "../linear.js";
import { norm as normOf } from "../norm.js";
import { binary } from "../operate.js";
import * as powers from "../power.js";
import { inner, kronecker, matmul, multiply, outer } from "../product.js";
import * as s from "../scalar.js";

type Scalar = s.Scalar;
type Apply = FormulaFunction["apply"];

const one = (
  name: string,
  aliases: readonly string[],
  apply: (a: Value, context: Context, range: Range, call: CallExpr) => Value,
): FormulaFunction => ({
  name,
  aliases,
  arity: [1, 1],
  apply: ([a], _named, call, context) => apply(a as Value, context, call.range, call),
});
const two = (name: string, aliases: readonly string[], apply: (a: Value, b: Value, context: Context, range: Range) => Value): FormulaFunction => ({
  name,
  aliases,
  arity: [2, 2],
  apply: ([a, b], _named, call, context) => apply(a as Value, b as Value, context, call.range),
});

const array = (v: Value): ArrayValue => (v.kind === "array" ? v : fromScalars([1, 1], [scalarOf(v) ?? s.zero]));
const record = (title: string, fields: Record<string, Value>): RecordValue => ({ kind: "record", title, fields });

/** Several numbers in the place of a spectrum: a column in MATLAB, a vector in code, a list in mathematics. */
export function spectrum(values: readonly Scalar[], context: Context): Value {
  if (context.language === "matlab") return fromScalars([values.length, 1], values);
  if (semanticsOf(context.language).fractions) return { kind: "list", items: values };
  return fromScalars([values.length], values);
}

/** Eigenvalues and the eigenvectors as columns. */
export function eigenpairs(v: Value, range: Range): RecordValue {
  const [a] = la.requireSquare(v, "the eigenproblem", range);
  const m = toMatrix(a, range);
  const symmetric = isSymmetric(a);
  const f = la.mathematics(range, () => (symmetric ? linalg.symmetricEigen(m) : linalg.eigen(m)));
  const values =
    f.values instanceof Float64Array
      ? Array.from(f.values, (x): Scalar => realValue(x))
      : Array.from(f.values.re, (x, k) => s.complexOf([x, (f.values as linalg.Spectrum).im[k] ?? 0]));
  return record("eigenvectors", { values: fromScalars([values.length], values), vectors: la.dropZeroImaginary(matrixValue(f.vectors)) });
}

export function isSymmetric(a: ArrayValue): boolean {
  const n = a.shape[0] as number;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      if (a.data[i * n + j] !== a.data[j * n + i]) return false;
      if (a.imag && a.imag[i * n + j] !== -(a.imag[j * n + i] as number)) return false;
    }
  return true;
}

/** Real spectra of symmetric matrices ascend; others come as the routine gives them. */
export function eigenvalueScalars(v: Value, context: Context, range: Range): Scalar[] {
  const [a] = la.requireSquare(v, "the eigenproblem", range);
  if (!a.exact && isSymmetric(a))
    return Array.from(
      la.mathematics(range, () => linalg.symmetricEigenvalues(toMatrix(a, range))),
      realValue,
    );
  const values = la.eigenvalues(a, context, range);
  return isSymmetric(a) && values.every(s.isReal) ? values.sort((x, y) => s.re(x) - s.re(y)) : values;
}

export function svdRecord(v: Value, range: Range, context: Context): RecordValue {
  const f = la.mathematics(range, () => linalg.svd(toMatrix(v, range)));
  const V = matrixValue(f.V);
  return context.language === "python"
    ? record("SVD", { U: matrixValue(f.U), s: vectorValue(f.s), Vh: transpose(V.imag ? { ...V, imag: V.imag.map((x) => -x) } : V) })
    : record("SVD", { U: matrixValue(f.U), s: vectorValue(f.s), V });
}

/** Square U and V. */
function fullSvd(v: Value, range: Range, context: Context): RecordValue {
  const f = la.mathematics(range, () => linalg.svd(toMatrix(v, range), { mode: "full" }));
  const V = matrixValue(f.V);
  const conjugated = V.imag ? { ...V, imag: V.imag.map((x) => -x) } : V;
  return context.language === "python"
    ? record("SVD", { U: matrixValue(f.U), s: vectorValue(f.s), Vh: transpose(conjugated) })
    : record("SVD", { U: matrixValue(f.U), s: vectorValue(f.s), V });
}

export const qrRecord = (v: Value, range: Range): RecordValue => {
  const f = la.mathematics(range, () => linalg.qr(toMatrix(v, range)));
  return record("QR", { Q: matrixValue(f.Q), R: matrixValue(f.R) });
};
export const luRecord = (v: Value, range: Range): RecordValue => {
  const f = la.mathematics(range, () => linalg.lu(toMatrix(v, range)));
  return record("LU", { P: matrixValue(linalg.permutationMatrix(f.permutation)), L: matrixValue(f.L), U: matrixValue(f.U) });
};
export const choleskyOf = (v: Value, range: Range): ArrayValue => {
  la.requireSquare(v, "the Cholesky factor", range);
  return matrixValue(la.mathematics(range, () => linalg.cholesky(toMatrix(v, range))));
};

/** diag: a matrix from a vector, the diagonal of a matrix, an identity from one number in R. */
const diag: FormulaFunction = {
  name: "diag",
  aliases: ["diagonal", "DiagonalMatrix", "Diagonal", "diagm"],
  arity: [1, Number.POSITIVE_INFINITY],
  apply: (args, named, call, context) => {
    const [v, second] = args as [Value, Value | undefined];
    const k = named["k"] ?? named["offset"];
    const plain = args.length > 1 && args.every((a) => a.kind !== "array" || a.data.length === 1);
    const offsetGiven = args.length === 2 && v.kind === "array";
    const offset = s.toInteger(scalarOf(k ?? (offsetGiven ? (second as Value) : s.zero)) ?? s.zero) ?? 0;
    if (plain && !offsetGiven)
      return diagonalMatrix(
        args.map((a) => scalarOf(a) as Scalar),
        0,
      );
    if (args.length > 1 && !offsetGiven) return blockDiagonal(args, call);
    const a = array(v);
    if (v.kind !== "array") return diagonalMatrix([scalarOf(v) as Scalar], 0);
    if (a.shape.length === 1 || (isVectorLike(a) && a.data.length > 1)) return diagonalMatrix(entries(a), offset);
    const d = dims(a);
    if (!d) return fail("unsupported", "the diagonal of a tensor", call.range);
    const values: Scalar[] = [];
    for (let i = 0; i < d[0]; i++) if (i + offset >= 0 && i + offset < d[1]) values.push(entry(a, i * d[1] + i + offset));
    return fromScalars(context.language === "matlab" ? [values.length, 1] : [values.length], values);
  },
};

function diagonalMatrix(values: readonly Scalar[], offset: number): ArrayValue {
  const n = values.length + Math.abs(offset);
  const out = new Array<Scalar>(n * n).fill(s.zero);
  values.forEach((v, i) => {
    out[(offset < 0 ? i - offset : i) * n + (offset > 0 ? i + offset : i)] = v;
  });
  return fromScalars([n, n], out);
}

function blockDiagonal(args: readonly Value[], call: CallExpr): Value {
  return args.map(array).reduce((a, b) => directSum(a, b, call.range));
}

function directSum(a: ArrayValue, b: ArrayValue, range: Range): ArrayValue {
  const [x, y] = [dims(a), dims(b)];
  if (!x || !y) return fail("unsupported", "blocks must be matrices", range);
  const [m, n] = [x[0] + y[0], x[1] + y[1]];
  const out = new Array<Scalar>(m * n).fill(s.zero);
  for (let i = 0; i < x[0]; i++) for (let j = 0; j < x[1]; j++) out[i * n + j] = entry(a, i * x[1] + j);
  for (let i = 0; i < y[0]; i++) for (let j = 0; j < y[1]; j++) out[(x[0] + i) * n + x[1] + j] = entry(b, i * y[1] + j);
  return fromScalars([m, n], out);
}

const trace: Apply = ([v], _named, call) => {
  const a = array(v as Value);
  const d = dims(a);
  if (!d || d[0] !== d[1]) return fail("not-square", said`the trace needs a square matrix, this is ${shapeText(v as Value)}`, call.range);
  let t: Scalar = s.zero;
  for (let i = 0; i < d[0]; i++) t = s.add(t, entry(a, i * d[1] + i));
  return t;
};

const norm: FormulaFunction = {
  name: "norm",
  aliases: ["Norm", "opnorm", "vector_norm", "matrix_norm"],
  arity: [1, 2],
  apply: ([v, second], named, call, context) => {
    const which = second ?? named["ord"] ?? named["kind"] ?? named["p"] ?? named["type"];
    const a = v as Value;
    const name = which === undefined ? "" : which.kind === "string" ? which.value : scalarName(which, call.range);
    const fallback = a.kind === "array" && !isVectorLike(a) ? (context.language === "matlab" || context.language === "mathematica" ? "2" : "F") : "2";
    const axis = named["axis"] ? s.toInteger(scalarOf(named["axis"]) ?? s.zero) : null;
    if (axis !== null && a.kind === "array" && a.shape.length === 2) return normsAlong(a, axis < 0 ? axis + 2 : axis, name || "2", call, context);
    if (call.name === "opnorm") return normOf(name || "2", a, context, call.range);
    // R's norm() takes one letter: O, I, F, M, 2.
    const letter =
      context.language === "r" ? ({ O: "1", o: "1", I: "∞", i: "∞", F: "F", f: "F", M: "max", m: "max" } as Record<string, string>)[name] : undefined;
    return normOf(letter ?? (name || fallback), a, context, call.range, (call.args[1] ?? call).range);
  },
};

const scalarName = (v: Value, range: Range): string => {
  const x = scalarOf(v);
  if (!x || !s.isReal(x)) return fail("unknown-norm", said`a norm named ${shapeText(v)}`, range);
  return s.re(x) === Number.POSITIVE_INFINITY ? "∞" : s.re(x) === Number.NEGATIVE_INFINITY ? "-∞" : `${s.re(x)}`;
};

function normsAlong(a: ArrayValue, axis: number, which: string, call: CallExpr, context: Context): Value {
  const t = axis === 1 ? a : transpose(a);
  const [m, n] = t.shape as [number, number];
  const values = Array.from(
    { length: m },
    (_, i) =>
      normOf(
        which,
        fromScalars(
          [n],
          Array.from({ length: n }, (_, j) => entry(t, i * n + j)),
        ),
        context,
        call.range,
      ) as Scalar,
  );
  return fromScalars([m], values);
}

const solve: FormulaFunction = {
  name: "solve",
  aliases: ["LinearSolve", "linsolve", "lstsq", "LeastSquares"],
  arity: [1, 2],
  apply: ([a, b], _named, call, context) =>
    b === undefined ? la.inverse(a as Value, context, call.range) : la.solve(a as Value, b, context, call.range),
};

const matrixPower: FormulaFunction = two("matrix_power", ["MatrixPower", "mpow"], (a, n, context, range) => powers.power(a, n, context, range));

const rref = one("rref", ["RowReduce"], (a, context, range) => la.rref(a, context, range).value);

const sv = (v: Value, range: Range) => la.singularValues(array(v), range);

const eigenExtreme = (v: Value, context: Context, range: Range, largest: boolean): Value => {
  const values = eigenvalueScalars(v, context, range);
  if (values.length === 0) return fail("empty", "a matrix without entries", range);
  if (!values.every(s.isReal)) return fail("domain", "complex eigenvalues have no largest one", range);
  return values.reduce((x, y) => (s.re(y) > s.re(x) === largest ? y : x));
};

/** U Vᴴ of the thin SVD restricted to the nonzero singular values. */
function matrixSign(v: Value, range: Range): ArrayValue {
  const f = la.mathematics(range, () => linalg.svd(toMatrix(v, range)));
  const r = f.s.filter((x) => x > 1e-12 * (f.s[0] ?? 0)).length;
  const take = (m: linalg.Matrix) =>
    linalg.selectColumns(
      m,
      Array.from({ length: r }, (_, k) => k),
    );
  return la.dropZeroImaginary(matrixValue(linalg.multiply(take(f.U), take(f.V), { b: "adjoint" })));
}

const innerProduct = (a: Value, b: Value, context: Context, range: Range): Value => {
  if (a.kind !== "array" || b.kind !== "array") return multiply(a, b, context, range);
  return inner(a, b, range, semanticsOf(context.language).collapse || ["julia", "matlab"].includes(context.language));
};

export const linearAlgebra: readonly FormulaFunction[] = [
  one("det", ["Det", "determinant"], (a, context, range) => la.det(a, context, range)),
  { name: "tr", aliases: ["trace", "Tr"], arity: [1, 1], apply: trace },
  one("rank", ["MatrixRank", "matrix_rank"], (a, context, range) => s.integer(la.rank(a, context, range))),
  one("inv", ["inverse", "Inverse", "ginv1"], (a, context, range) =>
    a.kind === "array" && a.data.length > 1 ? la.inverse(a, context, range) : binary("divide", s.one, a, context, range),
  ),
  one("pinv", ["PseudoInverse", "ginv"], (a, context, range) => la.pseudoInverse(a, context, range)),
  one("adj", ["adjugate", "Adjugate"], (a, context, range) => la.adjugate(a, context, range)),
  one("null", ["nullspace", "NullSpace", "kernel"], (a, context, range) => la.nullSpace(a, context, range)),
  one("orth", ["colspace", "range_space"], (a, _c, range) => matrixValue(la.mathematics(range, () => linalg.range(toMatrix(a, range))))),
  rref,
  one("cond", ["condition"], (a, _c, range) => realValue(la.mathematics(range, () => linalg.cond(toMatrix(a, range))))),
  one("rcond", [], (a, _c, range) => realValue(1 / la.mathematics(range, () => linalg.cond(toMatrix(a, range))))),
  one("eigenvalues", ["eigvals", "Eigenvalues"], (a, context, range) => spectrum(eigenvalueScalars(a, context, range), context)),
  one("eigvalsh", [], (a, context, range) => {
    la.requireSquare(a, "the eigenproblem", range);
    return spectrum(
      Array.from(
        la.mathematics(range, () => linalg.symmetricEigenvalues(toMatrix(a, range))),
        realValue,
      ),
      context,
    );
  }),
  one("eig", ["eigen"], (a, context, range) =>
    context.language === "matlab" ? spectrum(eigenvalueScalars(a, context, range), context) : eigenpairs(a, range),
  ),
  one("eigenvectors", ["eigh", "Eigenvectors"], (a, _c, range, call) =>
    call.name === "eigh" ? eigenpairs(a, range) : (eigenpairs(a, range).fields["vectors"] as Value),
  ),
  one("svd", ["SingularValueDecomposition"], (a, context, range) => svdRecord(a, range, context)),
  one("singularvalues", ["svdvals", "SingularValueList"], (a, context, range) => spectrum(Array.from(sv(a, range), realValue), context)),
  one("svdfull", [], (a, context, range) => fullSvd(a, range, context)),
  one("qrfull", [], (a, _c, range) => {
    const f = la.mathematics(range, () => linalg.qr(toMatrix(a, range), { mode: "full" }));
    return record("QR", { Q: matrixValue(f.Q), R: matrixValue(f.R) });
  }),
  one("eigenpairs", [], (a, _c, range) => eigenpairs(a, range)),
  one("qr", ["QRDecomposition"], (a, _c, range) => qrRecord(a, range)),
  one("lu", ["LUDecomposition"], (a, _c, range) => luRecord(a, range)),
  one("cholesky", ["chol", "CholeskyDecomposition"], (a, context, range) => {
    const L = choleskyOf(a, range);
    return ["matlab", "r", "mathematica"].includes(context.language) ? transpose(L) : L;
  }),
  one("schur", [], (a, _c, range) => {
    const f = la.mathematics(range, () => linalg.schur(toMatrix(a, range)));
    return record("Schur", { T: matrixValue(f.T), Z: matrixValue(f.Z) });
  }),
  one("hess", ["hessenberg"], (a, _c, range) => matrixValue(la.mathematics(range, () => linalg.hessenberg(toMatrix(a, range))).H)),
  one("expm", ["MatrixExp", "matrix_exp"], (a, context, range) => powers.exponential(a, context, range)),
  one("logm", ["MatrixLog"], (a, context, range) => powers.logarithm(a, context, range)),
  one("sqrtm", [], (a, context, range) => powers.squareRoot(a, context, range)),
  matrixPower,
  one("charpoly", ["CharacteristicPolynomial"], (a, context, range) => spectrum(la.characteristicPolynomial(a, context, range), context)),
  one("lambdamax", [], (a, context, range) => eigenExtreme(a, context, range, true)),
  one("lambdamin", [], (a, context, range) => eigenExtreme(a, context, range, false)),
  one("sigmamax", [], (a, _c, range) => realValue(sv(a, range)[0] ?? 0)),
  one("sigmamin", [], (a, _c, range) => realValue(sv(a, range).at(-1) ?? 0)),
  one("spectralradius", ["rho_spectral"], (a, context, range) =>
    realValue(Math.max(0, ...eigenvalueScalars(a, context, range).map((x) => s.re(s.absolute(x))))),
  ),
  one("msign", ["matrixsign"], (a, _c, range) => matrixSign(a, range)),
  one("slogdet", [], (a, context, range) => {
    const d = la.det(a, context, range);
    return record("slogdet", { sign: s.isZero(d) ? s.zero : s.divide(d, s.absolute(d)), logabsdet: realValue(Math.log(s.re(s.absolute(d)))) });
  }),
  one("logdet", [], (a, context, range) => realValue(Math.log(s.re(s.absolute(la.det(a, context, range)))))),
  diag,
  {
    name: "block_diag",
    aliases: ["blkdiag", "BlockDiagonalMatrix"],
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, _n, call) => blockDiagonal(args, call),
  },
  norm,
  solve,
  two("kron", ["KroneckerProduct", "kronecker"], (a, b, context, range) => kronecker(a, b, context, range)),
  two("outer", ["tensor"], (a, b, context, range) => outer(a, b, context, range)),
  two("inner", ["vdot", "Inner"], innerProduct),
  two("dot", ["Dot"], (a, b, context, range) =>
    a.kind === "array" && b.kind === "array" && a.data.length === b.data.length && isVectorLike(a) && isVectorLike(b)
      ? inner(a, b, range)
      : multiply(a, b, context, range),
  ),
  two("npdot", [], (a, b, context, range) =>
    a.kind === "array" && b.kind === "array" ? matmul(a, b, context, range) : binary("elementwise", a, b, context, range),
  ),
  two("cross", ["Cross"], (a, b, context, range) => binary("cross", a, b, context, range)),
  two("crossprod", [], (a, b, context, range) => multiply(transpose(array(a)), b, context, range)),
  {
    name: "multi_dot",
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, _n, call, context) =>
      (args.length === 1 && args[0]?.kind === "list" ? args[0].items : args).reduce((a, b) => matmul(a, b, context, call.range)),
  },
  one("vec", [], (a) => {
    const m = transpose(reshaped(array(a), dims(array(a)) ?? [array(a).data.length, 1]));
    return reshaped(m, [m.data.length, 1]);
  }),
  one("transpose", ["t", "Transpose"], (a, context, range) => binaryTranspose(a, context, range)),
  one("adjoint", ["ctranspose", "ConjugateTranspose", "hermitian"], (a, context, range) =>
    binaryTranspose(a.kind === "array" && a.imag ? { ...a, imag: a.imag.map((x) => -x) } : a, context, range),
  ),
];

const binaryTranspose = (a: Value, _context: Context, range: Range): Value =>
  a.kind === "array" ? transpose(a) : (scalarOf(a) ?? fail("unsupported", said`the transpose of ${shapeText(a)}`, range));
