// Attention without softmax: a recurrence on a d × d_v state.
import { MathError, type Matrix, said } from "../linalg/index.js";
import { rotateRows } from "../rope/index.js";
import { requireQkv } from "./causalAttention.js";

export type LinearAttentionMode = "normalized" | "retention" | "rope";
export const linearAttentionModes: readonly LinearAttentionMode[] = ["normalized", "retention", "rope"];

export interface LinearAttentionOptions {
  readonly mode?: LinearAttentionMode;
  /** Decay of retention. */
  readonly gamma?: number;
  /** Base of the rotation. */
  readonly base?: number;
}

export interface LinearAttention {
  readonly O: Matrix;
  /** S = Σ φ(k)·vᵀ after the last position, d × d_v; of rope with rotated keys. */
  readonly finalState: Matrix;
}

/** elu(x) + 1 > 0. */
const feature = (x: number): number => (x > 0 ? x + 1 : Math.exp(x));
const features = (X: Matrix): Matrix => ({ ...X, data: X.data.map(feature) });

/**
 * normalized: φ = elu + 1, S += φ(k)vᵀ, z += φ(k), o = φ(q)ᵀS/(φ(q)·z) (arXiv 2006.16236); retention: S = γS + kvᵀ, o = qᵀS (arXiv 2307.08621);
 * rope: φ(q) and φ(k) rotated by their position in the numerator, not in the denominator, which stays positive (kexue.fm 8265). O(L·d·d_v) time, memory O(d·d_v) beside the output.
 * Throws "shape-mismatch"; "domain" for rope with an odd d.
 */
export function linearAttention(Q: Matrix, K: Matrix, V: Matrix, options: LinearAttentionOptions = {}): LinearAttention {
  requireQkv(Q, K, V);
  const { mode = "normalized", gamma = 0.9, base = 10000 } = options;
  if (!linearAttentionModes.includes(mode))
    throw new MathError("unsupported", said`no linear attention "${mode}"`, said`use one of ${linearAttentionModes.join(", ")}`);
  const normalized = mode !== "retention";
  const [fq, fk] = normalized ? [features(Q), features(K)] : [Q, K];
  const [q, k] = mode === "rope" ? [rotateRows(fq, base), rotateRows(fk, base)] : [fq, fk];
  const [L, d, width] = [Q.rows, Q.columns, V.columns];
  const S = new Float64Array(d * width);
  const z = new Float64Array(d);
  const O = new Float64Array(L * width);
  const decay = normalized ? 1 : gamma;
  for (let i = 0; i < L; i++) {
    let size = normalized ? 0 : 1;
    for (let a = 0; a < d; a++) {
      for (let c = 0; c < width; c++) {
        S[a * width + c] = decay * S[a * width + c] + k.data[i * d + a] * V.data[i * width + c];
        O[i * width + c] += q.data[i * d + a] * S[a * width + c];
      }
      if (!normalized) continue;
      z[a] += fk.data[i * d + a];
      size += fq.data[i * d + a] * z[a];
    }
    for (let c = 0; c < width; c++) O[i * width + c] /= size;
  }
  return { O: { rows: L, columns: width, data: O }, finalState: { rows: d, columns: width, data: S } };
}
