// Linear systems with a Monarch matrix.

import { MathError, type PackedLu, packedLu, requireFinite, said, solveWithLu } from "../linalg/index.js";
import { leftBlock, type Monarch, monarchRows, rightBlock } from "./monarch.js";

export interface MonarchSolution {
  readonly x: Float64Array;
  /** log|det M| = Σ log|det L_l| + Σ log|det R_k|. */
  readonly logAbsDet: number;
}

/**
 * x with M·x = y for square blocks: L_l z_l = y[(:, l)], then R_k x_k = z[(·, k)]. O(n²) for blocks of √n, where dense elimination takes n³.
 * Throws "not-square" unless the blocks are square (outBlockSize = inBlocks·t, inBlockSize = t·outBlocks), "singular" naming the block, "length-mismatch", "nonfinite".
 */
export function monarchSolve(f: Monarch, y: Float64Array): MonarchSolution {
  const { inBlocks: K, inBlockSize: P, outBlocks: Lb, outBlockSize: S, blockRank: t } = f;
  if (S !== K * t || P !== t * Lb)
    throw new MathError("not-square", said`solving needs square blocks; those of L are ${S}×${K * t}, those of R ${t * Lb}×${P}`);
  if (y.length !== monarchRows(f))
    throw new MathError("length-mismatch", said`the right-hand side has ${y.length} entries for ${monarchRows(f)} rows`);
  requireFinite({ rows: y.length, columns: 1, data: y }, "a Monarch system");
  let logAbsDet = 0;
  const factored = (name: string, at: number, block: ReturnType<typeof leftBlock>): PackedLu => {
    const lu = packedLu(block);
    if (lu.zeroPivot >= 0) throw new MathError("singular", said`block ${at + 1} of ${name} is singular`);
    for (let i = 0; i < block.rows; i++) logAbsDet += Math.log(Math.abs(lu.packed.data[i * (block.rows + 1)]));
    return lu;
  };
  const z = new Float64Array(y.length);
  for (let l = 0; l < Lb; l++) {
    const right = Float64Array.from({ length: S }, (_, s) => y[s * Lb + l]);
    const part = solveWithLu(factored("L", l, leftBlock(f, l)), { rows: S, columns: 1, data: right }).data;
    for (let k = 0; k < K; k++) for (let tau = 0; tau < t; tau++) z[k * P + tau * Lb + l] = part[k * t + tau];
  }
  const x = new Float64Array(y.length);
  for (let k = 0; k < K; k++)
    x.set(solveWithLu(factored("R", k, rightBlock(f, k)), { rows: P, columns: 1, data: z.slice(k * P, (k + 1) * P) }).data, k * P);
  return { x, logAbsDet };
}
