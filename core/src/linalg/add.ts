// Entrywise sums and multiples.
import type { Scalar } from "./complex.js";
import type { Matrix } from "./matrix.js";
import { requireSameShape } from "./shape.js";

const sum = (x: Float64Array, y: Float64Array, sign: number): Float64Array => {
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) out[i] = x[i] + sign * y[i];
  return out;
};

function combine(a: Matrix, b: Matrix, sign: 1 | -1): Matrix {
  const data = sum(a.data, b.data, sign);
  if (!a.imag && !b.imag) return { rows: a.rows, columns: a.columns, data };
  const zero = new Float64Array(data.length);
  return { rows: a.rows, columns: a.columns, data, imag: sum(a.imag ?? zero, b.imag ?? zero, sign) };
}

/** A + B. Shapes must agree ("shape-mismatch"); nothing is broadcast. */
export function add(a: Matrix, b: Matrix): Matrix {
  requireSameShape(a, b, "add");
  return combine(a, b, 1);
}

/** A - B. Shapes must agree ("shape-mismatch"). */
export function subtract(a: Matrix, b: Matrix): Matrix {
  requireSameShape(a, b, "subtract");
  return combine(a, b, -1);
}

/** s·A for a real or complex s. */
export function scale(a: Matrix, s: Scalar): Matrix {
  const times = (x: Float64Array, f: number) => x.map((v) => v * f);
  const { rows, columns } = a;
  if (typeof s === "number")
    return a.imag ? { rows, columns, data: times(a.data, s), imag: times(a.imag, s) } : { rows, columns, data: times(a.data, s) };
  if (!a.imag) return { rows, columns, data: times(a.data, s.re), imag: times(a.data, s.im) };
  const im = a.imag;
  return { rows, columns, data: a.data.map((v, i) => v * s.re - im[i] * s.im), imag: a.data.map((v, i) => v * s.im + im[i] * s.re) };
}

/** -A. */
export const negate = (a: Matrix): Matrix => scale(a, -1);
