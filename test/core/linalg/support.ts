// What the linear-algebra tests share: seeded matrices and residuals in units of n·eps.
import { adjoint, identity, type Matrix, matrix, mulberry32, multiply, norm, subtract, zeros } from "../../../core/src/linalg/index.js";

export const EPS = 2 ** -52;

/** Entries uniform in [-1, 1). */
export function randomMatrix(rows: number, columns: number, seed: number, isComplex = false): Matrix {
  const random = mulberry32(seed);
  const plane = () => Float64Array.from({ length: rows * columns }, () => 2 * random() - 1);
  return matrix(rows, columns, plane(), isComplex ? plane() : undefined);
}

/** ‖X - Y‖ / (n·eps·size), Frobenius: what backward stability keeps below a small constant. */
export function ratio(x: Matrix, y: Matrix, size = norm(y)): number {
  const n = Math.max(1, x.rows, x.columns, y.rows, y.columns);
  return norm(subtract(x, y)) / (n * EPS * (size || 1));
}

/** The departure of the columns of Q from orthonormality, in units of n·eps. */
export const orthogonality = (q: Matrix): number =>
  ratio(multiply(q, q, { a: "adjoint" }), identity(q.columns), 1) * (q.columns / Math.max(1, q.rows, q.columns));

export const hermitian = (a: Matrix): Matrix => {
  const h = adjoint(a);
  const half = (x: Float64Array, y: Float64Array) => x.map((v, i) => (v + y[i]) / 2);
  return a.imag ? matrix(a.rows, a.columns, half(a.data, h.data), half(a.imag, h.imag!)) : matrix(a.rows, a.columns, half(a.data, h.data));
};

/** diag(re + i·im). */
export function spectrumMatrix(v: { re: Float64Array; im: Float64Array }): Matrix {
  const n = v.re.length;
  const re = zeros(n, n);
  const im = zeros(n, n);
  for (let i = 0; i < n; i++) {
    re.data[i * (n + 1)] = v.re[i];
    im.data[i * (n + 1)] = v.im[i];
  }
  return matrix(n, n, re.data, im.data);
}

/** The largest |x_i - y_i|, matching each x to its nearest y that is still free. */
export function spectralDistance(x: { re: ArrayLike<number>; im: ArrayLike<number> }, y: { re: ArrayLike<number>; im: ArrayLike<number> }): number {
  const free = new Set(Array.from(y.re, (_, i) => i));
  let worst = 0;
  for (let i = 0; i < x.re.length; i++) {
    let best = -1;
    let least = Infinity;
    for (const j of free) {
      const d = Math.hypot(x.re[i] - y.re[j], x.im[i] - y.im[j]);
      if (d < least) {
        least = d;
        best = j;
      }
    }
    free.delete(best);
    worst = Math.max(worst, least);
  }
  return x.re.length === y.re.length ? worst : Infinity;
}
