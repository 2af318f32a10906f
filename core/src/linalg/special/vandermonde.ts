// Powers of points, the matrix of polynomial interpolation.
import type { Matrix } from "../matrix.js";
import { allocate } from "../shape.js";

/** Row i is 1, x_i, x_i², ... (increasing powers), or the reverse with { decreasing: true } as NumPy's vander. */
export function vandermonde(points: ArrayLike<number>, columns = points.length, options: { decreasing?: boolean } = {}): Matrix {
  const rows = points.length;
  const data = allocate(rows, columns);
  for (let i = 0; i < rows; i++) {
    let p = 1;
    for (let j = 0; j < columns; j++) {
      data[i * columns + (options.decreasing ? columns - 1 - j : j)] = p;
      p *= points[i];
    }
  }
  return { rows, columns, data };
}
