// A large matrix at several resolutions: each level halves the one below, so that any zoom reads about as many cells as the screen has pixels.
// Only the coarsest level is made at once; a part of another is made when it is looked at.

import { extent } from "./colors.js";

export interface Level {
  readonly rows: number;
  readonly columns: number;
  /** Means of 2^level x 2^level blocks, row-major; NaN only where a block has no finite entry. */
  readonly data: Float64Array;
}

export interface Pyramid {
  /** Level 0: the data itself. */
  readonly base: Level;
  /** The last level, with at most `top` rows and columns. */
  readonly top: Level;
  /** The number of the last level; 0 when the data themselves are small enough. */
  readonly depth: number;
  readonly least: number;
  readonly greatest: number;
  /** How many entries are finite. */
  readonly finite: number;
}

/** Rows or columns of a level. */
const halvings = (count: number, level: number): number => Math.ceil(count / 2 ** level);

/** The coarsest level and the extent of a matrix. Costs one pass over the data and no copy of them. */
export function pyramid(data: Float64Array, rows: number, columns: number, top = 512): Pyramid {
  const base = { rows, columns, data };
  let depth = 0;
  while (halvings(rows, depth) > top || halvings(columns, depth) > top) depth++;
  const { min, max, finite, ...last } = depth === 0 ? { ...base, ...extent(data) } : blocks(base, depth, 0, 0, rows, columns);
  return { base, top: last, depth, least: min, greatest: max, finite };
}

/**
 * The part of a level that starts at (row, column) and has at most `size` rows and columns; a copy. Level 0 and the coarsest are there already, any
 * other costs one pass over what lies under the part: 4^level numbers for each of its own.
 */
export function tile({ base, top, depth }: Pyramid, level: number, row: number, column: number, size: number): Level {
  if (level === 0) return part(base, row, column, size);
  if (level === depth) return part(top, row, column, size);
  const rows = Math.max(0, Math.min(size, halvings(base.rows, level) - row));
  const columns = Math.max(0, Math.min(size, halvings(base.columns, level) - column));
  const { data } = blocks(base, level, row, column, rows * 2 ** level, columns * 2 ** level);
  return { rows, columns, data };
}

function part(level: Level, row: number, column: number, size: number): Level {
  const rows = Math.max(0, Math.min(size, level.rows - row));
  const columns = Math.max(0, Math.min(size, level.columns - column));
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const from = (row + i) * level.columns + column;
    data.set(level.data.subarray(from, from + columns), i * columns);
  }
  return { rows, columns, data };
}

/** Means of the finite entries of blocks, from the block at (row, column) on, over at most `height` rows and `width` columns of the data. */
function blocks(base: Level, level: number, row: number, column: number, height: number, width: number) {
  const side = 2 ** level;
  // A power of two scales without rounding, and sums of numbers near the largest stay finite.
  const share = 1 / (side * side);
  const [top, left] = [row * side, column * side];
  const bottom = Math.min(base.rows, top + height);
  const right = Math.min(base.columns, left + width);
  const rows = Math.max(0, Math.ceil((bottom - top) / side));
  const columns = Math.max(0, Math.ceil((right - left) / side));
  const data = new Float64Array(rows * columns);
  const counts = new Int32Array(columns);
  let [min, max, finite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < rows; i++) {
    const from = i * columns;
    const last = Math.min(bottom, top + (i + 1) * side);
    counts.fill(0);
    for (let r = top + i * side; r < last; r++) {
      const end = r * base.columns + right;
      for (let j = 0, k = r * base.columns + left; j < columns; j++) {
        let [sum, count] = [0, 0];
        for (const stop = Math.min(k + side, end); k < stop; k++) {
          const v = base.data[k] as number;
          // Infinities and NaN less themselves are not zero.
          if (v - v !== 0) continue;
          sum += v * share;
          count++;
          if (v < min) min = v;
          if (v > max) max = v;
        }
        data[from + j] = (data[from + j] as number) + sum;
        counts[j] = (counts[j] as number) + count;
      }
    }
    for (let j = 0; j < columns; j++) {
      const count = counts[j] as number;
      finite += count;
      data[from + j] = count ? (data[from + j] as number) / (count * share) : Number.NaN;
    }
  }
  return { rows, columns, data, finite, ...(finite ? { min, max } : { min: 0, max: 0 }) };
}
