// What attention must remember, in bytes.
import { MathError, said } from "../linalg/index.js";

export interface KvCacheOptions {
  readonly layers: number;
  /** Heads of keys and values: fewer than query heads under grouped-query attention. */
  readonly kvHeads: number;
  readonly headDim: number;
  readonly seqLen: number;
  readonly batch?: number;
  /** 2 for fp16 and bf16. */
  readonly bytesPerElement?: number;
}

function requireCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, x] of Object.entries(counts))
    if (!(x >= 0 && Number.isFinite(x))) throw new MathError("domain", said`${name} must be at least 0, not ${x}`);
}

/** 2·layers·kvHeads·headDim·seqLen·batch·bytes: 2 GiB for Llama-2-7B at 4096 tokens in fp16, 1.25 GiB for the 70B model with its 8 heads. */
export function kvCacheBytes({ layers, kvHeads, headDim, seqLen, batch = 1, bytesPerElement = 2 }: KvCacheOptions): number {
  requireCounts({ layers, kvHeads, headDim, seqLen, batch, bytesPerElement });
  return 2 * layers * kvHeads * headDim * seqLen * batch * bytesPerElement;
}

/** Numbers a gated RNN of the same width keeps, hidden × layers × 2 (state and cell), whatever the length. */
export function rnnStateNumbers(hidden: number, layers: number): number {
  requireCounts({ hidden, layers });
  return 2 * hidden * layers;
}
