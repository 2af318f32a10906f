// A large matrix at several resolutions: each level halves the one below, so that any zoom reads about as many cells as the screen has pixels.

import { extent } from "./colors.js";

export interface Level {
  readonly rows: number;
  readonly columns: number;
  /** Means of 2^level x 2^level blocks, row-major; NaN only where a block has no finite entry. */
  readonly data: Float64Array;
}

export interface Pyramid {
  /** Level 0 is the data itself; the last level has at most `top` rows and columns. */
  readonly levels: readonly Level[];
  readonly least: number;
  readonly greatest: number;
  /** How many entries are finite. */
  readonly finite: number;
}

/** Half as many rows and columns, by means of the finite entries of 2 x 2 blocks; `sparse` says that some may not be finite. */
function halved({ rows, columns, data }: Level, sparse: boolean): Level {
  const r = (rows + 1) >> 1;
  const c = (columns + 1) >> 1;
  const out = new Float64Array(r * c);
  for (let i = 0; i < r; i++) {
    const upper = 2 * i * columns;
    const lower = 2 * i + 1 < rows ? upper + columns : upper;
    for (let j = 0; j < c; j++) {
      const left = 2 * j;
      const right = left + 1 < columns ? left + 1 : left;
      const a = data[upper + left] as number;
      const b = data[upper + right] as number;
      const d = data[lower + left] as number;
      const e = data[lower + right] as number;
      // Quarters first: sums of numbers near the largest would not be finite.
      out[i * c + j] = sparse ? finiteMean(a, b, d, e) : a / 4 + b / 4 + (d / 4 + e / 4);
    }
  }
  return { rows: r, columns: c, data: out };
}

function finiteMean(...values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.length ? finite.reduce((s, v) => s + v / finite.length, 0) : Number.NaN;
}

/** The levels of a matrix down to at most `top` rows and columns. Costs a third more memory than the data and two passes over it. */
export function pyramid(data: Float64Array, rows: number, columns: number, top = 512): Pyramid {
  const { min, max, finite } = extent(data);
  const levels: Level[] = [{ rows, columns, data }];
  for (let last = levels[0] as Level; last.rows > top || last.columns > top; last = levels[levels.length - 1] as Level)
    levels.push(halved(last, finite < data.length));
  return { levels, least: min, greatest: max, finite };
}

/** A copy of the part of a level that starts at (row, column) and has at most `size` rows and columns. */
export function tile(level: Level, row: number, column: number, size: number): Level {
  const rows = Math.max(0, Math.min(size, level.rows - row));
  const columns = Math.max(0, Math.min(size, level.columns - column));
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const from = (row + i) * level.columns + column;
    data.set(level.data.subarray(from, from + columns), i * columns);
  }
  return { rows, columns, data };
}
