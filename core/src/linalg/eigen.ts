// Eigenvalues and eigenvectors of general square matrices.
import { eigenGeneral } from "../kernels/index.js";
import { balance } from "./balance.js";
import { modulus } from "./complex.js";
import { eigenvectorsOf } from "./eigenvectors.js";
import { SPECTRAL_ORDER, withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { type Spectrum, schur, schurValues } from "./schur.js";
import { inRange, requireFinite, requireSquare, scaleByPower, simplified } from "./shape.js";
import { isModerate } from "./small.js";
import { pairEigen } from "./smallSpectra.js";

/** A·V = V·diag(values), Wᴴ·A = diag(values)·Wᴴ. Columns have norm 1 and a real positive entry of largest modulus. */
export interface Eigen {
  readonly values: Spectrum;
  /** Right eigenvectors as columns; complex exactly when some eigenvalue is (or A is). */
  readonly vectors: Matrix;
  /** Left eigenvectors as columns, only when asked for. */
  readonly left?: Matrix;
}

export interface EigenOptions {
  readonly left?: boolean;
  /** Balance first (the default). Turn off when small entries of A are rounding errors. */
  readonly balance?: boolean;
}

const usual = (a: Matrix, options: EigenOptions) => {
  requireSquare(a, "the eigenproblem");
  const isOrdinary = !a.imag && isModerate(a.data);
  if (!isOrdinary) requireFinite(a, "the eigenproblem");
  const { scaled, exponent } = isOrdinary ? { scaled: a, exponent: 0 } : inRange(a);
  const b = (options.balance ?? true) ? balance(scaled) : { balanced: scaled, scale: new Float64Array(a.rows).fill(1) };
  return { ...b, exponent };
};

const unscaled = (v: Spectrum, exponent: number): Spectrum =>
  exponent === 0 ? v : { re: v.re.map((x) => scaleByPower(x, exponent)), im: v.im.map((x) => scaleByPower(x, exponent)) };

/**
 * The eigenvalues in the order the QR iteration finds them (conjugate pairs adjacent, positive imaginary part first), about 10n³ flops: balancing, Hessenberg form,
 * Francis QR (Golub & Van Loan §7.5). They are exact for a matrix within c·n·eps·‖A‖ (of the balanced A); eigenvalues of defective or strongly non-normal matrices move
 * far more than that. Throws "not-square", "nonfinite", "no-convergence".
 */
export function eigenvalues(a: Matrix, options: EigenOptions = {}): Spectrum {
  const pair = a.rows === 2 && a.columns === 2 && !a.imag ? pairEigen(a.data) : null;
  if (pair) return pair.values;
  const { balanced, exponent } = usual(a, options);
  return unscaled(schurValues(balanced), exponent);
}

/**
 * Eigenvalues with right (and left) eigenvectors, about 25n³ flops: Schur form of the balanced matrix, back substitution, norm 1 (Golub & Van Loan §7.6).
 * ‖AV - VΛ‖ <= c·n·eps·‖A‖ column by column. A defective matrix answers with (nearly) parallel vectors: V is then singular to rounding, no error.
 * The empty matrix has none. Throws as {@link eigenvalues}. For symmetric or Hermitian matrices use `symmetricEigen`: faster, orthonormal.
 */
export function eigen(a: Matrix, options: EigenOptions = {}): Eigen {
  const pair = a.rows === 2 && a.columns === 2 && !a.imag && !options.left ? pairEigen(a.data) : null;
  if (pair) return { values: pair.values, vectors: squareOf(2, pair.vectors, pair.imag) };
  const { balanced, scale, exponent } = usual(a, options);
  if (!a.imag && !options.left && a.rows >= SPECTRAL_ORDER) {
    const f = withKernels(() => eigenGeneral(balanced.data, a.rows, balanced === a ? null : scale), "the eigenproblem", a);
    if (f) return { values: unscaled(f.values, exponent), vectors: squareOf(a.rows, f.vectors, f.imag) };
  }
  const f = schur(balanced);
  const values = unscaled(f.values, exponent);
  const finish = (triangular: Matrix, d: Float64Array) => {
    const v = multiply(f.Z, triangular);
    scaleRows(v, d);
    normaliseColumns(v);
    return simplified(v);
  };
  const vectors = finish(eigenvectorsOf(f.T, f.values, "right"), scale);
  if (!options.left) return { values, vectors };
  return {
    values,
    vectors,
    left: finish(
      eigenvectorsOf(f.T, f.values, "left"),
      scale.map((s) => 1 / s),
    ),
  };
}

const squareOf = (n: number, data: Float64Array, imag: Float64Array | null): Matrix =>
  imag ? { rows: n, columns: n, data, imag } : { rows: n, columns: n, data };

function scaleRows(v: Matrix, d: Float64Array): void {
  for (const x of v.imag ? [v.data, v.imag] : [v.data])
    for (let i = 0; i < v.rows; i++) if (d[i] !== 1) for (let j = i * v.columns; j < (i + 1) * v.columns; j++) x[j] *= d[i];
}

/** Norm 1 and a positive leading entry; real columns stay exactly real. */
export function normaliseColumns(v: Matrix): void {
  const n = v.columns;
  for (let j = 0; j < n; j++) {
    let big = 0;
    for (let i = 0; i < v.rows; i++) big = Math.max(big, modulus(v.data[i * n + j], v.imag?.[i * n + j] ?? 0));
    if (big === 0) continue;
    let sum = 0;
    let lead = -1;
    for (let i = 0; i < v.rows; i++) {
      const size = modulus(v.data[i * n + j], v.imag?.[i * n + j] ?? 0);
      if (lead < 0 && size >= big * (1 - 1e-9)) lead = i * n + j;
      sum += (size / big) ** 2;
    }
    const size = modulus(v.data[lead], v.imag?.[lead] ?? 0);
    const cr = v.data[lead] / size;
    const ci = (v.imag?.[lead] ?? 0) / size;
    const root = Math.sqrt(sum);
    for (let i = 0, p = j; i < v.rows; i++, p += n) {
      const x = v.data[p] / big / root;
      const y = (v.imag?.[p] ?? 0) / big / root;
      v.data[p] = x * cr + y * ci;
      if (v.imag) v.imag[p] = y * cr - x * ci;
    }
    if (v.imag) v.imag[lead] = 0;
  }
}
