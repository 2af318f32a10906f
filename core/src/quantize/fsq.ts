// Finite scalar quantisation: round each coordinate to a few levels, no codebook to learn.

import { MathError, type Matrix, said } from "../linalg/index.js";

export interface Fsq {
  /** Coordinates squeezed into the range of their levels. */
  readonly bounded: Matrix;
  /** Rounded and scaled to [−1, 1]. */
  readonly code: Matrix;
  /** One integer below ∏ levels for each row. */
  readonly index: number[];
  readonly codebookSize: number;
  /** d code/d z when rounding passes gradients straight through. */
  readonly gradScale: Matrix;
}

function requireLevels(levels: readonly number[]): void {
  for (const L of levels)
    if (!(Number.isInteger(L) && L >= 3)) throw new MathError("domain", said`every number of levels must be an integer of at least 3, not ${L}`);
}

const place = (levels: readonly number[]) => levels.map((_, k) => levels.slice(0, k).reduce((p, L) => p * L, 1));

/** Quantises the rows of z. O(nd). Mentzer et al. 2023 (arXiv 2309.15505), §3.1; rounding is to the nearest, ties upwards. */
export function fsq(z: Matrix, levels: readonly number[], eps = 1e-3): Fsq {
  requireLevels(levels);
  const d = levels.length;
  if (z.columns !== d) throw new MathError("shape-mismatch", said`z is ${z.rows}×${z.columns} but there are ${d} levels`);
  const half = levels.map((L) => ((L - 1) * (1 + eps)) / 2);
  const offset = levels.map((L) => (L % 2 === 0 ? 0.5 : 0));
  const shift = half.map((h, k) => Math.atanh((offset[k] as number) / h));
  const width = levels.map((L) => Math.floor(L / 2));
  const basis = place(levels);
  const tanh = z.data.map((v, i) => Math.tanh(v + (shift[i % d] as number)));
  const bounded = tanh.map((t, i) => t * (half[i % d] as number) - (offset[i % d] as number));
  const rounded = bounded.map((v) => Math.round(v));
  const grid = (data: Float64Array): Matrix => ({ rows: z.rows, columns: d, data });
  const index = Array.from({ length: z.rows }, (_, i) =>
    levels.reduce((s, _L, k) => s + ((rounded[i * d + k] as number) + (width[k] as number)) * (basis[k] as number), 0),
  );
  return {
    bounded: grid(bounded),
    code: grid(rounded.map((v, i) => v / (width[i % d] as number))),
    index,
    codebookSize: levels.reduce((p, L) => p * L, 1),
    gradScale: grid(tanh.map((t, i) => ((1 - t * t) * (half[i % d] as number)) / (width[i % d] as number))),
  };
}

/** The code of an index. */
export function fsqDecode(index: number, levels: readonly number[]): Float64Array {
  requireLevels(levels);
  const basis = place(levels);
  return Float64Array.from(levels, (L, k) => ((Math.floor(index / (basis[k] as number)) % L) - Math.floor(L / 2)) / Math.floor(L / 2));
}
