// A matrix from a few of its own rows, or from a small block of itself.

import { type Matrix, selectColumns, selectRows, transpose } from "../../linalg/index.js";
import type { Id, Measure } from "./fromColumns.js";
import { type IdOptions, interpolativeDecomposition } from "./interpolativeDecomposition.js";

export interface RowId {
  readonly rows: Int32Array;
  /** m×k, the identity on the chosen rows: A ≈ W·A[rows, :]. */
  readonly W: Matrix;
  readonly errF: number;
  readonly err2: number;
  readonly maxAbsW: number;
  readonly rankDeficient: boolean;
}

/** The interpolative decomposition of Aᵀ, read as rows of A. Cost and errors as {@link interpolativeDecomposition}. */
export function rowId(a: Matrix, k: number, options: IdOptions = {}): RowId {
  const f = interpolativeDecomposition(transpose(a), k, options);
  return { rows: f.columns, W: transpose(f.Z), errF: f.errF, err2: f.err2, maxAbsW: f.maxAbsZ, rankDeficient: f.rankDeficient };
}

export interface TwoSidedId {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** m×k, k×n. */
  readonly W: Matrix;
  readonly Z: Matrix;
  /** A[rows, columns]. */
  readonly skeleton: Matrix;
  readonly errF: number;
  readonly err2: number;
}

/**
 * A ≈ W·A[J, S]·Z: columns S of A, then rows J of C = A[:, S]. C = W·A[J, S] exactly, so the error is that of the column decomposition.
 * Cheng, Gimbutas, Martinsson & Rokhlin 2005.
 */
export function twoSidedId(a: Matrix, k: number, options: IdOptions & { measure?: Measure } = {}): TwoSidedId {
  const f: Id = interpolativeDecomposition(a, k, options);
  const C = selectColumns(a, f.columns);
  const g = interpolativeDecomposition(transpose(C), f.columns.length, { measure: "none" });
  return { rows: g.columns, columns: f.columns, W: transpose(g.Z), Z: f.Z, skeleton: selectRows(C, g.columns), errF: f.errF, err2: f.err2 };
}
