// The Monarch matrix nearest to a given one.

import { MathError, type Matrix, norm, requireFinite, said, shapeText, svd } from "../linalg/index.js";
import { type Monarch, type MonarchShape, monarch, monarchColumns, monarchRows, requireShape } from "./monarch.js";

export interface MonarchProjection {
  readonly factors: Monarch;
  /** ‖A - M‖_F. */
  readonly errF: number;
  /** Singular values of the block M[(:, l), (k, :)], at l·inBlocks + k. */
  readonly blockSpectra: readonly Float64Array[];
  /** σ_t > σ_{t+1} in every block: no other Monarch matrix of this shape is as near. */
  readonly unique: boolean;
  /** Zero rows and columns added to fill the shape. */
  readonly padded: readonly [rows: number, columns: number];
}

/** The divisor of n nearest to √n, the larger one on ties. */
export function nearRoot(n: number): number {
  for (let b = Math.floor(Math.sqrt(n)); b > 1; b--) if (n % b === 0) return n / b;
  return n;
}

/**
 * The shape meant for an m×n matrix when only part of it is said: input blocks of the divisor nearest √n, as many output blocks as one input block is wide; with `pad`,
 * blocks of ⌈√n⌉ whatever n is. A prime n without padding leaves one block: no saving.
 */
export function monarchShapeFor(m: number, n: number, given: Partial<MonarchShape> & { readonly pad?: boolean } = {}): MonarchShape {
  const split = (size: number) => (given.pad ? Math.ceil(Math.sqrt(size)) : nearRoot(size));
  const over = (size: number, part: number) => (given.pad ? Math.ceil(size / part) : size / part);
  const inBlockSize = given.inBlockSize ?? (given.inBlocks ? over(n, given.inBlocks) : split(n));
  const inBlocks = given.inBlocks ?? over(n, inBlockSize);
  const outBlocks =
    given.outBlocks ?? (given.outBlockSize ? over(m, given.outBlockSize) : given.pad || m % inBlockSize === 0 ? inBlockSize : split(m));
  const outBlockSize = given.outBlockSize ?? over(m, outBlocks);
  return { inBlocks, inBlockSize, outBlocks, outBlockSize, blockRank: given.blockRank ?? 1 };
}

/**
 * The nearest Monarch matrix in the Frobenius norm: the best rank-t approximation u√σ·√σvᵀ of each block A[(:, l), (k, :)]; optimal because blocks are independent.
 * errF² is the sum of all dropped σ². O(outBlocks·inBlocks SVDs of outBlockSize×inBlockSize), n^2.5 for square n. With `pad`, sizes that do not divide are filled with zeros.
 * Throws "shape-mismatch" for sizes that do not fit, "nonfinite". Dao et al. 2022, theorem 1 and algorithm 1.
 */
export function monarchProject(a: Matrix, options: Partial<MonarchShape> & { readonly pad?: boolean } = {}): MonarchProjection {
  requireFinite(a, "the Monarch projection");
  if (a.imag) throw new MathError("unsupported", "the Monarch projection works on real matrices only");
  if (a.data.length === 0) throw new MathError("shape-mismatch", "an empty matrix has no Monarch form");
  const shape = monarchShapeFor(a.rows, a.columns, options);
  const [rows, columns] = [monarchRows(shape), monarchColumns(shape)];
  if (options.pad ? rows < a.rows || columns < a.columns : rows !== a.rows || columns !== a.columns)
    throw new MathError(
      "shape-mismatch",
      said`${shape.outBlocks}·${shape.outBlockSize} by ${shape.inBlocks}·${shape.inBlockSize} do not make ${shapeText(a)}`,
      "choose block sizes that divide, or pad",
    );
  requireShape(shape);
  const { inBlocks: K, inBlockSize: P, outBlocks: Lb, outBlockSize: S, blockRank: t } = shape;
  const L = new Float64Array(K * t * Lb * S);
  const R = new Float64Array(K * t * Lb * P);
  const blockSpectra: Float64Array[] = [];
  const dropped: number[] = [];
  let unique = true;
  for (let l = 0; l < Lb; l++)
    for (let k = 0; k < K; k++) {
      const { U, s, V } = svd(blockOf(a, shape, l, k));
      blockSpectra.push(s);
      const kept = Math.min(t, s.length);
      for (let tau = 0; tau < kept; tau++) {
        const root = Math.sqrt(s[tau]);
        for (let i = 0; i < S; i++) L[(l * S + i) * K * t + k * t + tau] = U.data[i * U.columns + tau] * root;
        for (let p = 0; p < P; p++) R[((k * t + tau) * Lb + l) * P + p] = V.data[p * V.columns + tau] * root;
      }
      for (let i = t; i < s.length; i++) dropped.push(s[i]);
      if (t < s.length && s[t] > 0 && s[t - 1] - s[t] <= 1e-12 * s[t - 1]) unique = false;
    }
  return {
    factors: monarch(shape, L, R),
    errF: norm({ rows: dropped.length, columns: 1, data: Float64Array.from(dropped) }, "fro"),
    blockSpectra,
    unique,
    padded: [rows - a.rows, columns - a.columns],
  };
}

/** A[(:, l), (k, :)], S×P; zero where A does not reach. */
function blockOf(a: Matrix, { inBlockSize: P, outBlocks: Lb, outBlockSize: S }: MonarchShape, l: number, k: number): Matrix {
  const data = new Float64Array(S * P);
  for (let s = 0; s < S; s++) {
    const row = s * Lb + l;
    if (row >= a.rows) break;
    const end = Math.min(a.columns, (k + 1) * P);
    if (k * P < end) data.set(a.data.subarray(row * a.columns + k * P, row * a.columns + end), s * P);
  }
  return { rows: S, columns: P, data };
}
