// The matrix product with every transposition, real and complex.
import { complexProduct, product, spend } from "../kernels/index.js";
import { MathError } from "./error.js";
import { withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import { allocate, requireRoom } from "./shape.js";
import { adjoint, conjugate, transpose } from "./transpose.js";

/** Multiply-adds from which copying into the kernels and back pays (between 5³ and 6³, see `npm run bench -- linalg`). */
const KERNEL_WORK = 200;

/** How an operand enters a product: as it is, transposed, conjugate transposed, or conjugated. */
export type Operation = "none" | "transpose" | "adjoint" | "conjugate";

const applied = (a: Matrix, op: Operation): Matrix =>
  op === "none" ? a : op === "transpose" ? transpose(a) : op === "adjoint" ? adjoint(a) : conjugate(a);

/**
 * op(A)·op(B): m×k by k×n gives m×n, 2mnk flops (8mnk complex).
 * Error: |fl(AB) - AB| <= k·eps·|A||B| entrywise (Golub & Van Loan §2.7). NaN and infinities propagate as IEEE arithmetic has it;
 * an empty inner dimension gives zeros. Throws MathError "shape-mismatch".
 */
export function multiply(a: Matrix, b: Matrix, operations?: { a?: Operation; b?: Operation }): Matrix {
  // The smallest real products: nothing but the loop and the result.
  if (operations === undefined && !a.imag && !b.imag && a.columns === b.rows && a.rows * b.columns * a.columns < KERNEL_WORK)
    return { rows: a.rows, columns: b.columns, data: smallProduct(a.data, b.data, a.rows, b.columns, a.columns) };
  const { a: opA = "none", b: opB = "none" } = operations ?? {};
  const [m, k] = shapeOf(a, opA);
  const [inner, n] = shapeOf(b, opB);
  if (k !== inner)
    throw new MathError(
      "shape-mismatch",
      said`cannot multiply ${m}×${k} by ${inner}×${n} (inner sizes ${k} and ${inner})`,
      m === inner ? "transpose the first factor?" : k === n ? "transpose the second factor?" : undefined,
    );
  if (k === 1 && m * n >= KERNEL_WORK && !a.imag && !b.imag) return { rows: m, columns: n, data: outer(a.data, b.data) };
  if (m * n * k >= KERNEL_WORK) {
    const fast = withKernels(() => multiplyFast(a, opA, b, opB, { m, n, k }), "the product", { rows: m, columns: k }, { rows: k, columns: n });
    if (fast) return fast;
  }
  const left = applied(a, opA);
  const right = applied(b, opB);
  const data = allocate(m, n);
  accumulate(data, left.data, right.data, m, n, k, 1);
  if (!left.imag && !right.imag) return { rows: m, columns: n, data };
  const imag = allocate(m, n);
  if (left.imag) accumulate(imag, left.imag, right.data, m, n, k, 1);
  if (right.imag) accumulate(imag, left.data, right.imag, m, n, k, 1);
  if (left.imag && right.imag) accumulate(data, left.imag, right.imag, m, n, k, -1);
  return { rows: m, columns: n, data, imag };
}

const isTransposed = (op: Operation) => op === "transpose" || op === "adjoint";
const isConjugated = (op: Operation) => op === "adjoint" || op === "conjugate";
const shapeOf = (a: Matrix, op: Operation): [number, number] => (isTransposed(op) ? [a.columns, a.rows] : [a.rows, a.columns]);

function multiplyFast(a: Matrix, opA: Operation, b: Matrix, opB: Operation, sizes: { m: number; n: number; k: number }): Matrix | null {
  const { m: rows, n: columns } = sizes;
  requireRoom(rows, columns);
  const all = { ...sizes, transposeA: isTransposed(opA), transposeB: isTransposed(opB) };
  if (!a.imag && !b.imag) {
    const data = product(a.data, b.data, all);
    return data && { rows, columns, data };
  }
  const planes = complexProduct([a.data, a.imag], [b.data, b.imag], all, isConjugated(opA), isConjugated(opB));
  return planes && { rows, columns, data: planes[0], imag: planes[1] };
}

/** The product of two or more factors, from left to right. */
export const multiplyAll = (first: Matrix, ...rest: readonly Matrix[]): Matrix => rest.reduce((p, f) => multiply(p, f), first);

function smallProduct(a: Float64Array, b: Float64Array, m: number, n: number, k: number): Float64Array {
  // Only an empty sum can be long.
  if (k === 0) requireRoom(m, n);
  const c = new Float64Array(m * n);
  if (m === 2 && n === 2 && k === 2) {
    const p = a[0];
    const q = a[1];
    const r = a[2];
    const s = a[3];
    const x = b[0];
    const y = b[1];
    const z = b[2];
    const w = b[3];
    c[0] = 0 + p * x + q * z;
    c[1] = 0 + p * y + q * w;
    c[2] = 0 + r * x + s * z;
    c[3] = 0 + r * y + s * w;
    return c;
  }
  // Written out up to 4: as fast as a loop for that one size. Sums start at +0, as the loop's do.
  if (k === 2) {
    for (let i = 0, p = 0, o = 0; i < m; i++, p += 2) {
      const x = a[p];
      const y = a[p + 1];
      for (let j = 0; j < n; j++, o++) c[o] = 0 + x * b[j] + y * b[j + n];
    }
    return c;
  }
  if (k === 3) {
    for (let i = 0, p = 0, o = 0; i < m; i++, p += 3) {
      const x = a[p];
      const y = a[p + 1];
      const z = a[p + 2];
      for (let j = 0; j < n; j++, o++) c[o] = 0 + x * b[j] + y * b[j + n] + z * b[j + 2 * n];
    }
    return c;
  }
  if (k === 4) {
    for (let i = 0, p = 0, o = 0; i < m; i++, p += 4) {
      const x = a[p];
      const y = a[p + 1];
      const z = a[p + 2];
      const w = a[p + 3];
      for (let j = 0; j < n; j++, o++) c[o] = 0 + x * b[j] + y * b[j + n] + z * b[j + 2 * n] + w * b[j + 3 * n];
    }
    return c;
  }
  for (let i = 0, o = 0; i < m; i++)
    for (let j = 0; j < n; j++, o++) {
      let s = 0;
      for (let p = i * k, q = j, end = p + k; p < end; p++, q += n) s += a[p] * b[q];
      c[o] = s;
    }
  return c;
}

/** A column times a row. It is written as fast as memory takes it; through the kernels it would be written twice. */
function outer(a: Float64Array, b: Float64Array): Float64Array {
  const [m, n] = [a.length, b.length];
  const c = allocate(m, n);
  for (let i = 0, o = 0; i < m; i++) {
    spend(n);
    const x = a[i];
    // Sums start at +0, as the kernels' do.
    for (let j = 0; j < n; j++, o++) c[o] = 0 + x * b[j];
  }
  return c;
}

/** C += sign·A·B on row-major planes, four rows of B at a time so that a row of C is read and written once for four products. */
function accumulate(c: Float64Array, a: Float64Array, b: Float64Array, m: number, n: number, k: number, sign: 1 | -1): void {
  for (let i = 0; i < m; i++) {
    spend(n * k);
    const ci = i * n;
    let p = 0;
    for (; p + 3 < k; p += 4) {
      const at = i * k + p;
      const a0 = sign * a[at];
      const a1 = sign * a[at + 1];
      const a2 = sign * a[at + 2];
      const a3 = sign * a[at + 3];
      const b0 = p * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++) c[ci + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + (a2 * b[b2 + j] + a3 * b[b3 + j]);
    }
    for (; p < k; p++) {
      const v = sign * a[i * k + p];
      const bp = p * n;
      for (let j = 0; j < n; j++) c[ci + j] += v * b[bp + j];
    }
  }
}
