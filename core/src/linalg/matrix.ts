// Dense matrices as plain data: what every room of the house passes around.
import { allocate } from "./shape.js";

/**
 * A dense real or complex matrix, row-major. Plain data: it crosses workers and webviews as it is.
 * Treat it as immutable; every function answers with a new matrix or a view on the same numbers.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** rows*columns real parts, entry (i, j) at i*columns + j. */
  readonly data: Float64Array;
  /** Imaginary parts in the same layout; absent for a real matrix. */
  readonly imag?: Float64Array;
}

/** A matrix over numbers already laid out row-major; takes ownership, copies nothing. Throws RangeError when the length does not fit. */
export function matrix(rows: number, columns: number, data: Float64Array | readonly number[], imag?: Float64Array | readonly number[]): Matrix {
  const re = data instanceof Float64Array ? data : Float64Array.from(data);
  if (re.length !== rows * columns) throw new RangeError(`a ${rows}×${columns} matrix needs ${rows * columns} entries, not ${re.length}`);
  if (imag === undefined) return { rows, columns, data: re };
  const im = imag instanceof Float64Array ? imag : Float64Array.from(imag);
  if (im.length !== re.length) throw new RangeError(`${re.length} real parts but ${im.length} imaginary parts`);
  return { rows, columns, data: re, imag: im };
}

/** A matrix from nested rows of equal length. */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) throw new RangeError(`row ${i + 1} has ${row.length} entries, row 1 has ${columns}`);
    data.set(row, i * columns);
  });
  return { rows: rows.length, columns, data };
}

/** The nested rows of the real part. */
export function toRows(a: Matrix): number[][] {
  return Array.from({ length: a.rows }, (_, i) => Array.from(a.data.subarray(i * a.columns, (i + 1) * a.columns)));
}

/** The rows×columns matrix of zeros. Refused as MathError "too-large" before allocating when it cannot fit. */
export function zeros(rows: number, columns = rows): Matrix {
  return { rows, columns, data: allocate(rows, columns) };
}

/** The rows×columns matrix with ones on the main diagonal. */
export function identity(rows: number, columns = rows): Matrix {
  const out = allocate(rows, columns);
  for (let i = 0; i < Math.min(rows, columns); i++) out[i * columns + i] = 1;
  return { rows, columns, data: out };
}

/** A column (n×1) matrix over the given numbers. */
export function column(values: Float64Array | readonly number[]): Matrix {
  return matrix(values.length, 1, values);
}
