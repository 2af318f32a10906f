// Gram-Schmidt's result, computed stably.
import { selectColumns } from "./blocks.js";
import { modulus } from "./complex.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { allocate, copy, normalized, requireFinite, vectorNorm } from "./shape.js";

/**
 * Orthonormal columns that span what the columns of A span, in order: column j of the result lies in the span of the first columns of A, with positive product with the column
 * it came from. Columns that depend on earlier ones (what is left is <= tolerance of their norm, default max(m, n)·eps) are left out, so the result is m×rank.
 * Gram-Schmidt with every projection made twice (Giraud, Langou & Rozložník 2005): ‖QᴴQ - I‖ <= c·n·eps, 4mn² flops. Throws "nonfinite".
 */
export function orthonormalize(a: Matrix, tolerance = Math.max(a.rows, a.columns) * 2 ** -52): Matrix {
  requireFinite(a, "orthonormalisation");
  const { scaled } = normalized(a);
  const m = a.rows;
  const kept: number[] = [];
  const q: Matrix = a.imag
    ? { rows: m, columns: a.columns, data: allocate(m, a.columns), imag: allocate(m, a.columns) }
    : { rows: m, columns: a.columns, data: allocate(m, a.columns) };
  for (let j = 0; j < a.columns && kept.length < m; j++) {
    let v = copy(selectColumns(scaled, [j]));
    const before = length(v);
    const basis = selectColumns(q, kept);
    for (let pass = 0; pass < 2; pass++) {
      const along = multiply(basis, multiply(basis, v, { a: "adjoint" }));
      v = copy(v);
      for (let i = 0; i < m; i++) {
        v.data[i] -= along.data[i];
        if (v.imag) v.imag[i] -= along.imag![i];
      }
    }
    const after = length(v);
    if (!(after > tolerance * before)) continue;
    for (let i = 0; i < m; i++) {
      q.data[i * a.columns + j] = v.data[i] / after;
      if (q.imag) q.imag[i * a.columns + j] = v.imag![i] / after;
    }
    kept.push(j);
  }
  return selectColumns(q, kept);
}

const length = (v: Matrix): number => {
  const x = vectorNorm(v.data, 0, v.rows);
  return v.imag ? modulus(x, vectorNorm(v.imag, 0, v.rows)) : x;
};
