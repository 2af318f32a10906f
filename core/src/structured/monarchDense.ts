// A Monarch matrix written out.

import { type Matrix, zeros } from "../linalg/index.js";
import { type Monarch, monarchColumns, monarchRows } from "./monarch.js";

/** All entries, rows×columns. 2·t·rows·columns operations. Throws "too-large". */
export function monarchDense(f: Monarch): Matrix {
  const { inBlocks: K, inBlockSize: P, outBlocks: Lb, outBlockSize: S, blockRank: t, L, R } = f;
  const out = zeros(monarchRows(f), monarchColumns(f));
  const n = out.columns;
  for (let l = 0; l < Lb; l++)
    for (let s = 0; s < S; s++)
      for (let k = 0; k < K; k++)
        for (let tau = 0; tau < t; tau++) {
          const a = L[(l * S + s) * K * t + k * t + tau];
          const from = ((k * t + tau) * Lb + l) * P;
          const to = (s * Lb + l) * n + k * P;
          for (let p = 0; p < P; p++) out.data[to + p] += a * R[from + p];
        }
  return out;
}
