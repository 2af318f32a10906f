// The matrix product with every transposition, real and complex.
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { allocate, shapeText } from "./shape.js";
import { adjoint, conjugate, transpose } from "./transpose.js";

/** How an operand enters a product: as it is, transposed, conjugate transposed, or conjugated. */
export type Operation = "none" | "transpose" | "adjoint" | "conjugate";

const applied = (a: Matrix, op: Operation): Matrix =>
  op === "none" ? a : op === "transpose" ? transpose(a) : op === "adjoint" ? adjoint(a) : conjugate(a);

/**
 * op(A)·op(B): m×k by k×n gives m×n, 2mnk flops (8mnk complex).
 * Error: |fl(AB) - AB| <= k·eps·|A||B| entrywise (Golub & Van Loan §2.7). NaN and infinities propagate as IEEE arithmetic has it;
 * an empty inner dimension gives zeros. Throws MathError "shape-mismatch".
 */
export function multiply(a: Matrix, b: Matrix, operations: { a?: Operation; b?: Operation } = {}): Matrix {
  const left = applied(a, operations.a ?? "none");
  const right = applied(b, operations.b ?? "none");
  if (left.columns !== right.rows)
    throw new MathError(
      "shape-mismatch",
      `cannot multiply ${shapeText(left)} by ${shapeText(right)} (inner sizes ${left.columns} and ${right.rows})`,
      left.rows === right.rows ? "transpose the first factor?" : left.columns === right.columns ? "transpose the second factor?" : undefined,
    );
  const m = left.rows;
  const n = right.columns;
  const k = left.columns;
  const data = allocate(m, n);
  accumulate(data, left.data, right.data, m, n, k, 1);
  if (!left.imag && !right.imag) return { rows: m, columns: n, data };
  const imag = allocate(m, n);
  if (left.imag) accumulate(imag, left.imag, right.data, m, n, k, 1);
  if (right.imag) accumulate(imag, left.data, right.imag, m, n, k, 1);
  if (left.imag && right.imag) accumulate(data, left.imag, right.imag, m, n, k, -1);
  return { rows: m, columns: n, data, imag };
}

/** The product of two or more factors, from left to right. */
export const multiplyAll = (first: Matrix, ...rest: readonly Matrix[]): Matrix => rest.reduce((p, f) => multiply(p, f), first);

/** C += sign·A·B on row-major planes, four rows of B at a time so that a row of C is read and written once for four products. */
function accumulate(c: Float64Array, a: Float64Array, b: Float64Array, m: number, n: number, k: number, sign: 1 | -1): void {
  for (let i = 0; i < m; i++) {
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
