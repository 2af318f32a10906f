// Monarch matrices: two block-diagonal factors and a permutation between them.

import { MathError, type Matrix, requireFinite, said } from "../linalg/index.js";

/**
 * The shape of a Monarch matrix. Inputs are indexed (k, p), p fast: `inBlocks` blocks of `inBlockSize`. Outputs are indexed (s, l), l fast: s < `outBlockSize`, l < `outBlocks`.
 * Each of the outBlocks·inBlocks submatrices M[(:, l), (k, :)] has rank <= `blockRank`.
 */
export interface MonarchShape {
  readonly inBlocks: number;
  readonly inBlockSize: number;
  readonly outBlocks: number;
  readonly outBlockSize: number;
  readonly blockRank: number;
}

/**
 * M[(s, l), (k, p)] = Σ_τ L[l][s][(k, τ)]·R[k][(τ, l)][p]: R holds inBlocks blocks of (t·outBlocks)×inBlockSize, L outBlocks blocks of outBlockSize×(inBlocks·t), row-major.
 * Dao et al. 2022 (arXiv 2204.00595); Su, kexue.fm 10249.
 */
export interface Monarch extends MonarchShape {
  readonly L: Float64Array;
  readonly R: Float64Array;
}

export const monarchRows = (f: MonarchShape): number => f.outBlocks * f.outBlockSize;
export const monarchColumns = (f: MonarchShape): number => f.inBlocks * f.inBlockSize;

/** Numbers in R and L: K·t·Lb·P + Lb·S·K·t. */
export const monarchParams = (f: MonarchShape): number => f.inBlocks * f.blockRank * f.outBlocks * (f.inBlockSize + f.outBlockSize);

/** Operations of a product with a vector: two for each number. The dense product takes 2·rows·columns. */
export const monarchFlops = (f: MonarchShape): number => 2 * monarchParams(f);

/** Refuses sizes that are no whole numbers from 1 on. */
export function requireShape(f: MonarchShape): void {
  for (const name of ["inBlocks", "inBlockSize", "outBlocks", "outBlockSize", "blockRank"] as const)
    if (!(Number.isInteger(f[name]) && f[name] >= 1)) throw new MathError("domain", said`${name} must be a whole number from 1 on, it is ${f[name]}`);
}

/** A Monarch matrix from its numbers; refuses lengths that do not fit and non-finite entries. */
export function monarch(shape: MonarchShape, L: Float64Array, R: Float64Array): Monarch {
  requireShape(shape);
  const { inBlocks, inBlockSize, outBlocks, outBlockSize, blockRank } = shape;
  const middle = inBlocks * blockRank * outBlocks;
  if (L.length !== middle * outBlockSize || R.length !== middle * inBlockSize)
    throw new MathError(
      "length-mismatch",
      said`L has ${L.length} and R ${R.length} numbers, the shape needs ${middle * outBlockSize} and ${middle * inBlockSize}`,
    );
  for (const data of [L, R]) requireFinite({ rows: 1, columns: data.length, data }, "a Monarch matrix");
  return { inBlocks, inBlockSize, outBlocks, outBlockSize, blockRank, L, R };
}

/** A Monarch matrix from the three-dimensional arrays L[l][s][(k, τ)] and R[k][(τ, l)][p] given as shapes and numbers. */
export function monarchFromTensors(
  L: { readonly shape: readonly number[]; readonly data: Float64Array },
  R: { readonly shape: readonly number[]; readonly data: Float64Array },
): Monarch {
  const [outBlocks, outBlockSize, wide] = L.shape;
  const [inBlocks, tall, inBlockSize] = R.shape;
  const blockRank = wide / inBlocks;
  if (L.shape.length !== 3 || R.shape.length !== 3 || !Number.isInteger(blockRank) || tall !== blockRank * outBlocks)
    throw new MathError("shape-mismatch", said`blocks of shape ${L.shape.join("×")} and ${R.shape.join("×")} do not make a Monarch matrix`);
  return monarch({ inBlocks, inBlockSize, outBlocks, outBlockSize, blockRank }, L.data, R.data);
}

/** The block of R for input block k, (t·outBlocks)×inBlockSize. A view. */
export const rightBlock = (f: Monarch, k: number): Matrix => {
  const rows = f.blockRank * f.outBlocks;
  const size = rows * f.inBlockSize;
  return { rows, columns: f.inBlockSize, data: f.R.subarray(k * size, (k + 1) * size) };
};

/** The block of L for output block l, outBlockSize×(inBlocks·t). A view. */
export const leftBlock = (f: Monarch, l: number): Matrix => {
  const columns = f.inBlocks * f.blockRank;
  const size = f.outBlockSize * columns;
  return { rows: f.outBlockSize, columns, data: f.L.subarray(l * size, (l + 1) * size) };
};
