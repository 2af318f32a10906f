// The entrywise (Hadamard) product.
import type { Matrix } from "./matrix.js";
import { requireSameShape } from "./shape.js";

/** A∘B, entry times entry; shapes must agree ("shape-mismatch"). */
export function hadamard(a: Matrix, b: Matrix): Matrix {
  requireSameShape(a, b, "multiply entrywise");
  const { rows, columns } = a;
  const n = a.data.length;
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) data[i] = a.data[i] * b.data[i];
  if (!a.imag && !b.imag) return { rows, columns, data };
  const imag = new Float64Array(n);
  for (let i = 0; i < n; i++) imag[i] = (a.imag ? a.imag[i] * b.data[i] : 0) + (b.imag ? a.data[i] * b.imag[i] : 0);
  if (a.imag && b.imag) for (let i = 0; i < n; i++) data[i] -= a.imag[i] * b.imag[i];
  return { rows, columns, data, imag };
}
