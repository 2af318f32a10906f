// Matrices that are hard for some algorithm, and the measures tests judge with.
import { type Matrix, multiply } from "../../../core/src/linalg/index.js";

export function uniform(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 2 ** 31 - 1;
  };
}

export const build = (rows: number, columns: number, entry: (i: number, j: number) => number): Matrix => ({
  rows,
  columns,
  data: Float64Array.from({ length: rows * columns }, (_, p) => entry(Math.floor(p / columns), p % columns)),
});

export const random = (rows: number, columns = rows, seed = rows * 1000 + columns): Matrix => {
  const next = uniform(seed);
  return build(rows, columns, next);
};

export const unit = (n: number): Matrix => build(n, n, (i, j) => (i === j ? 1 : 0));

export const transposed = (a: Matrix): Matrix => build(a.columns, a.rows, (i, j) => a.data[j * a.columns + i]);

/** The product by the definition, independent of what is tested. */
export function plainProduct(a: Matrix, b: Matrix): Matrix {
  const out = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++) {
      const x = a.data[i * a.columns + k];
      for (let j = 0; j < b.columns; j++) out[i * b.columns + j] += x * b.data[k * b.columns + j];
    }
  return { rows: a.rows, columns: b.columns, data: out };
}

export const largest = (a: Matrix): number => {
  let big = 0;
  for (const plane of a.imag ? [a.data, a.imag] : [a.data]) for (const x of plane) if (!(Math.abs(x) <= big)) big = Math.abs(x);
  return big;
};

/** The largest difference of entries relative to the largest entry of b, in units of eps times the larger side. */
export function distance(a: Matrix, b: Matrix): number {
  if (a.rows !== b.rows || a.columns !== b.columns) return Infinity;
  let big = 0;
  for (let p = 0; p < a.data.length; p++) {
    const d = Math.hypot(a.data[p] - b.data[p], (a.imag?.[p] ?? 0) - (b.imag?.[p] ?? 0));
    if (!(d <= big)) big = d;
  }
  return big / (largest(b) || 1) / (2 ** -52 * Math.max(a.rows, a.columns, 1));
}

/** How far the columns of q are from orthonormal, in units of eps times the larger side. */
export const departure = (q: Matrix): number =>
  (distance(multiply(q, q, { a: "adjoint" }), unit(q.columns)) * q.columns) / Math.max(q.rows, q.columns, 1);

export const times = (a: Matrix, values: Float64Array): Matrix => build(a.rows, a.columns, (i, j) => a.data[i * a.columns + j] * (values[j] ?? 0));

const lowRank = (n: number, r: number) => {
  const x = random(n, r, 5);
  return plainProduct(x, transposed(x));
};

/** Symmetric matrices of order n that have broken eigenvalue solvers. */
export const hardSymmetric = (n: number): Record<string, Matrix> => ({
  zero: build(n, n, () => 0),
  identity: unit(n),
  ones: build(n, n, () => 1),
  "rank one": lowRank(n, 1),
  "rank five": lowRank(n, 5),
  Hilbert: build(n, n, (i, j) => 1 / (i + j + 1)),
  Wilkinson: build(n, n, (i, j) => (i === j ? Math.abs(i - (n - 1) / 2) : Math.abs(i - j) === 1 ? 1 : 0)),
  "glued Wilkinson": build(n, n, (i, j) => {
    if (i === j) return Math.abs((i % 21) - 10);
    return Math.abs(i - j) === 1 ? (Math.max(i, j) % 21 === 0 ? 1e-8 : 1) : 0;
  }),
  "graded downwards": build(n, n, (i, j) => 10 ** (-Math.max(i, j) / 5) * (i === j ? 1 : 0.3)),
  "graded upwards": build(n, n, (i, j) => 10 ** ((Math.min(i, j) - 2 * n) / 5) * (i === j ? 1 : 0.3)),
  clustered: build(n, n, (i, j) => (i === j ? 1 : 0) + 1e-14 * Math.sin(i * j)),
  "two values": build(n, n, (i, j) => (i === j ? (i % 2 ? 3 : -3) : 0)),
  arrow: build(n, n, (i, j) => (i === j ? i : i === 0 || j === 0 ? 1 : 0)),
  tiny: build(n, n, (i, j) => 1e-200 * (((i + j) * 7) % 11)),
  huge: build(n, n, (i, j) => 1e200 * (((i + j) * 7) % 11)),
});

/** General square matrices: defective, non-normal, cyclic, graded. */
export const hardGeneral = (n: number): Record<string, Matrix> => ({
  "Jordan block": build(n, n, (i, j) => (i === j ? 2 : j === i + 1 ? 1 : 0)),
  cyclic: build(n, n, (i, j) => (j === (i + 1) % n ? 1 : 0)),
  triangular: build(n, n, (i, j) => (j >= i ? Math.sin(i * 3 + j) : 0)),
  skew: build(n, n, (i, j) => (i === j ? 0 : (i < j ? 1 : -1) * Math.cos(Math.min(i, j) * 7 + Math.max(i, j) * 3))),
  graded: build(n, n, (i, j) => 10 ** (-(i + j) / 8) * Math.cos(i * 3 + j * j)),
  Frank: build(n, n, (i, j) => (j < i - 1 ? 0 : Math.min(n - i, n - j) / n)),
  companion: build(n, n, (i, j) => (i === 0 ? Math.cos(j) : i === j + 1 ? 1 : 0)),
  Grcar: build(n, n, (i, j) => (i === j + 1 ? -1 : j >= i && j <= i + 3 ? 1 : 0)),
  Kahan: build(n, n, (i, j) => (j < i ? 0 : Math.sin(1.2) ** i * (i === j ? 1 : -Math.cos(1.2)))),
  "rank one": build(n, n, (i, j) => Math.sin(i + 1) * Math.cos(j)),
});
