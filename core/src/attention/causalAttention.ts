// Softmax attention in which position i sees positions j <= i.
import { MathError, type Matrix } from "../linalg/index.js";
import { finish, type Steps } from "../signal/index.js";

/** Multiply-adds of one portion. */
const PORTION = 2 ** 22;

export function requireQkv(Q: Matrix, K: Matrix, V: Matrix): void {
  if (Q.columns !== K.columns || Q.rows !== K.rows || V.rows !== K.rows)
    throw new MathError(
      "shape-mismatch",
      `attention needs Q and K of one shape and as many rows in V, not ${Q.rows}×${Q.columns}, ${K.rows}×${K.columns} and ${V.rows}×${V.columns}`,
    );
}

/**
 * O_i = Σ_{j<=i} softmax(scale·q_i·k_j)·v_j, L × d_v. Each row is the online recurrence over its keys: O(L²(d + d_v)) time and L(L+1)/2 steps, memory O(d_v) beside the output.
 * The scale is 1/√d by default. Throws "shape-mismatch". Source: kexue.fm 10017.
 */
export const causalAttention = (Q: Matrix, K: Matrix, V: Matrix, scale = 1 / Math.sqrt(Q.columns)): Matrix =>
  finish(causalAttentionSteps(Q, K, V, scale));

/** {@link causalAttention} in portions. */
export function* causalAttentionSteps(Q: Matrix, K: Matrix, V: Matrix, scale = 1 / Math.sqrt(Q.columns)): Steps<Matrix> {
  requireQkv(Q, K, V);
  const [L, d, width] = [Q.rows, Q.columns, V.columns];
  const out = new Float64Array(L * width);
  let work = 0;
  for (let i = 0; i < L; i++) {
    attendRow(Q, K, V, scale, i, out);
    work += (i + 1) * (d + width);
    if (work > PORTION) {
      yield ((i + 1) * (i + 2)) / (L * (L + 1));
      work = 0;
    }
  }
  return { rows: L, columns: width, data: out };
}

/** Row i of the output: the recurrence of onlineSoftmax, in place. */
function attendRow(Q: Matrix, K: Matrix, V: Matrix, scale: number, i: number, out: Float64Array): void {
  const [d, width] = [Q.columns, V.columns];
  let m = Number.NEGATIVE_INFINITY;
  let z = 0;
  for (let j = i; j >= 0; j--) {
    let s = 0;
    for (let c = 0; c < d; c++) s += Q.data[i * d + c] * K.data[j * d + c];
    s *= scale;
    // A new maximum rescales what was summed; most scores bring none.
    if (s > m) {
      const keep = z === 0 ? 0 : Math.exp(m - s);
      z *= keep;
      for (let c = 0; c < width; c++) out[i * width + c] *= keep;
      m = s;
    }
    const gain = Math.exp(s - m);
    z += gain;
    for (let c = 0; c < width; c++) out[i * width + c] += gain * V.data[j * width + c];
  }
  for (let c = 0; c < width; c++) out[i * width + c] /= z;
}

/** L(L+1)/2: the steps of the recurrence over a sequence. */
export const attentionSteps = (L: number): number => (L * (L + 1)) / 2;
