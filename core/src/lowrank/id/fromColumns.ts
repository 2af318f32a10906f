// An interpolative decomposition from chosen columns: the coefficients, and how good they are.

import {
  leastSquares,
  type Matrix,
  multiply,
  norm,
  selectColumns,
  singularValues,
  solveTriangular,
  submatrix,
  subtract,
} from "../../linalg/index.js";

/** A ≈ A[:, columns]·Z. */
export interface Id {
  /** In the order they were chosen. */
  readonly columns: Int32Array;
  /** k×n, the identity on the chosen columns. */
  readonly Z: Matrix;
  /** ‖A - A[:, columns]·Z‖_F; NaN when not measured. */
  readonly errF: number;
  /** The same in the spectral norm. */
  readonly err2: number;
  /** Largest |z|: near 1 for a good choice, 1e5 for near-dependent columns. */
  readonly maxAbsZ: number;
  /** Fewer columns than asked for: the rest of A is nothing to rounding. */
  readonly rankDeficient: boolean;
}

/** Which errors to measure: "both" costs the singular values of the residual, "fro" a product, "none" nothing. */
export type Measure = "both" | "fro" | "none";

/** Z with Z[:, columns] = I and the columns of T at the other places `rest`. */
export function assemble(columns: ArrayLike<number>, rest: ArrayLike<number>, T: Matrix): Matrix {
  const k = columns.length;
  const n = k + rest.length;
  const data = new Float64Array(k * n);
  for (let i = 0; i < k; i++) {
    data[i * n + columns[i]] = 1;
    for (let j = 0; j < rest.length; j++) data[i * n + rest[j]] = T.data[i * rest.length + j];
  }
  return { rows: k, columns: n, data };
}

/** How many leading pivots of R stand above max(m, n)·ε·|r_11|. */
export function usablePivots(R: Matrix, a: Matrix): number {
  const cut = Math.max(a.rows, a.columns) * 2 ** -52 * Math.abs(R.data[0] ?? 0);
  let k = 0;
  while (k < Math.min(R.rows, R.columns) && Math.abs(R.data[k * (R.columns + 1)]) > cut) k++;
  return k;
}

/** R₁₁⁻¹R₁₂ by back substitution from the leading k rows of R. */
export const interpolation = (R: Matrix, k: number): Matrix => solveTriangular(submatrix(R, 0, k, 0, k), submatrix(R, 0, k, k, R.columns));

/** The decomposition with its measured errors. */
export function measured(a: Matrix, columns: Int32Array, Z: Matrix, wanted: number, measure: Measure = "both"): Id {
  const most = norm(Z, "max");
  const facts = { columns, Z, maxAbsZ: most, rankDeficient: columns.length < wanted };
  if (measure === "none") return { ...facts, errF: Number.NaN, err2: Number.NaN };
  const residual = subtract(a, multiply(selectColumns(a, columns), Z));
  return { ...facts, errF: norm(residual, "fro"), err2: measure === "both" ? (singularValues(residual)[0] ?? 0) : Number.NaN };
}

/** The decomposition on given columns with the best coefficients C⁺A, exactly the identity on the columns themselves. */
export function fromColumns(a: Matrix, columns: Int32Array, wanted: number, measure: Measure = "both"): Id {
  const chosen = new Set(columns);
  const rest = Array.from({ length: a.columns }, (_, j) => j).filter((j) => !chosen.has(j));
  const T = leastSquares(selectColumns(a, columns), selectColumns(a, rest));
  return measured(a, columns, assemble(columns, rest, T), wanted, measure);
}
