// The heaviest terms of a product.

import { type Matrix, multiply, scaleByPower, selectColumns, selectRows } from "../../linalg/index.js";
import { columnNorms, distance, largestPlaces, rowNorms, sorted } from "../check.js";
import { balanced, requireTerms } from "./crStats.js";

export interface CrTerms {
  /** Ascending. */
  readonly indices: Int32Array;
  readonly C: Matrix;
  readonly R: Matrix;
  /** ‖XY - CR‖_F. */
  readonly errF: number;
}

/** The terms with these places and how far they are from X·Y. */
export function crTerms(x: Matrix, y: Matrix, indices: Int32Array): CrTerms {
  const b = balanced(x, y);
  const chosen = multiply(selectColumns(b.x, indices), selectRows(b.y, indices));
  return {
    indices,
    C: selectColumns(x, indices),
    R: selectRows(y, indices),
    errF: scaleByPower(distance(chosen, multiply(b.x, b.y)), b.exponent),
  };
}

/**
 * The r terms of largest ‖x_i‖‖y_i‖, ties to the lowest place: the best choice where terms are orthogonal, biased where they point the same way.
 * O(l(n + m) + l log l) for the choice. r = 0 gives zero, r = l the product. Throws "index-out-of-range", "shape-mismatch", "nonfinite". Su, kexue.fm 10427.
 */
export function crTopK(x: Matrix, y: Matrix, r: number): CrTerms {
  requireTerms(r, x.columns);
  const b = balanced(x, y);
  const ny = rowNorms(b.y);
  const v = columnNorms(b.x).map((a, i) => a * ny[i]);
  return crTerms(x, y, sorted(largestPlaces(v, r)));
}
