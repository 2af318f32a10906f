// A matrix from a few of its columns and rows.

import {
  MathError,
  type Matrix,
  multiply,
  pinv,
  said,
  selectColumns,
  selectRows,
  singularValues,
  submatrix,
  svd,
  transpose,
} from "../linalg/index.js";
import { columnNorms, distance, largestPlaces, requireRank, requireReal, rowNorms } from "./check.js";
import { deim } from "./deim.js";
import { interpolativeDecomposition } from "./id/index.js";
import { rowSquares } from "./leverageScores.js";

export const curSelections = ["deim", "leverage", "cpqr", "norm"] as const;
export type CurSelection = (typeof curSelections)[number];

export interface CurOptions {
  readonly select?: CurSelection;
  /** "optimal": C⁺AR⁺, best for the chosen columns and rows. "cross": A[rows, columns]⁺, which reproduces them exactly where it is invertible. */
  readonly U?: "optimal" | "cross";
}

export interface Cur {
  /** In the order they were chosen. */
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  /** m×k, k×k, k×n. */
  readonly C: Matrix;
  readonly U: Matrix;
  readonly R: Matrix;
  /** ‖A - CUR‖_F. */
  readonly errF: number;
}

/**
 * A ≈ C·U·R with k columns and k rows of A. "deim": interpolation points of the leading singular vectors, ‖A - CUR‖₂ <= (‖V_S⁻¹‖₂ + ‖U_J⁻¹‖₂)σ_{k+1};
 * "leverage": largest leverage scores; "cpqr": pivoted QR of A and Aᵀ; "norm": longest columns and rows. O(mn·min(m, n)).
 * k = 0 gives zero. Throws "index-out-of-range", "singular" for DEIM beyond the rank, "nonfinite". Sorensen & Embree 2016; Mahoney & Drineas 2009; Su, kexue.fm 10662.
 */
export function cur(a: Matrix, k: number, { select = "deim", U: kind = "optimal" }: CurOptions = {}): Cur {
  requireReal(a, "the CUR decomposition");
  requireRank(k, a, "the CUR decomposition");
  if (!selections[select]) throw new MathError("domain", said`no selection ${select}`, said`use one of ${curSelections.join(", ")}`);
  const { columns, rows } = selections[select](a, k);
  const C = selectColumns(a, columns);
  const R = selectRows(a, rows);
  const U = kind === "cross" ? pinv(selectRows(C, rows)) : multiply(multiply(pinv(C), a), pinv(R));
  return { columns, rows, C, U, R, errF: distance(multiply(multiply(C, U), R), a) };
}

interface Chosen {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

const selections: Record<CurSelection, (a: Matrix, k: number) => Chosen> = {
  deim: (a, k) => {
    const f = svd(a);
    return { columns: deim(submatrix(f.V, 0, a.columns, 0, k)), rows: deim(submatrix(f.U, 0, a.rows, 0, k)) };
  },
  leverage: (a, k) => {
    const f = svd(a);
    return { columns: largestPlaces(rowSquares(f.V, k), k), rows: largestPlaces(rowSquares(f.U, k), k) };
  },
  cpqr: (a, k) => ({
    columns: interpolativeDecomposition(a, k, { measure: "none" }).columns,
    rows: interpolativeDecomposition(transpose(a), k, { measure: "none" }).columns,
  }),
  norm: (a, k) => ({ columns: largestPlaces(columnNorms(a), k), rows: largestPlaces(rowNorms(a), k) }),
};

/** (‖V_S⁻¹‖₂ + ‖U_J⁻¹‖₂)·σ_{k+1}, the bound of DEIM's choice on ‖A - CUR‖₂ (Sorensen & Embree 2016). */
export function deimBound(a: Matrix, chosen: Chosen): number {
  const k = chosen.columns.length;
  const f = svd(a);
  const inverse = (basis: Matrix, points: Int32Array) => 1 / (singularValues(selectRows(submatrix(basis, 0, basis.rows, 0, k), points))[k - 1] ?? 1);
  return (inverse(f.V, chosen.columns) + inverse(f.U, chosen.rows)) * (f.s[k] ?? 0);
}
