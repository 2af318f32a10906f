// Softmax attention in which position i sees positions j <= i.
import { MathError, type Matrix, multiply, said } from "../linalg/index.js";
import { finish, type Steps } from "../signal/index.js";

/** Multiply-adds of one portion. */
const PORTION = 2 ** 22;

export function requireQkv(Q: Matrix, K: Matrix, V: Matrix): void {
  if (Q.columns !== K.columns || Q.rows !== K.rows || V.rows !== K.rows)
    throw new MathError(
      "shape-mismatch",
      said`attention needs Q and K of one shape and as many rows in V, not ${Q.rows}×${Q.columns}, ${K.rows}×${K.columns} and ${V.rows}×${V.columns}`,
    );
}

/**
 * O_i = Σ_{j<=i} softmax(scale·q_i·k_j)·v_j, L × d_v: O(L²(d + d_v)) time and L(L+1)/2 steps, memory O(d_v) beside the output. Rows go in blocks: scores and
 * weighted sums of all earlier blocks are matrix products of bounded size, merged by the online recurrence; within its own block a row takes it key by key (so no
 * masked key enters any sum). The scale is 1/√d by default. Throws "shape-mismatch". Source: kexue.fm 10017; blocks as in FlashAttention, arXiv 2205.14135.
 */
export const causalAttention = (Q: Matrix, K: Matrix, V: Matrix, scale = 1 / Math.sqrt(Q.columns)): Matrix =>
  finish(causalAttentionSteps(Q, K, V, scale));

/** {@link causalAttention} in portions. */
export function* causalAttentionSteps(Q: Matrix, K: Matrix, V: Matrix, scale = 1 / Math.sqrt(Q.columns)): Steps<Matrix> {
  requireQkv(Q, K, V);
  const [L, d, width] = [Q.rows, Q.columns, V.columns];
  const state: Running = { out: new Float64Array(L * width), top: new Float64Array(L).fill(Number.NEGATIVE_INFINITY), sum: new Float64Array(L) };
  let work = 0;
  for (let from = 0; from < L; from += ROWS) {
    const to = Math.min(L, from + ROWS);
    for (let i = from; i < to; i++) attendRow(Q, K, V, scale, i, from, state);
    for (let key = 0; key < from; key += KEYS) {
      const end = Math.min(from, key + KEYS);
      attendBlock(rowsOf(Q, from, to), rowsOf(K, key, end), rowsOf(V, key, end), scale, from, state);
      work += (to - from) * (end - key) * (d + width);
      if (work > PORTION) {
        yield (from * from + 2 * (to - from) * end) / (L * L);
        work = 0;
      }
    }
    for (let i = from; i < to; i++) for (let c = i * width; c < (i + 1) * width; c++) state.out[c] /= state.sum[i];
  }
  return { rows: L, columns: width, data: state.out };
}

/** Rows and keys of a block. */
const ROWS = 16;
const KEYS = 256;

/** For each row the largest score so far, Σe^(s - top), and Σe^(s - top)·v in the output's place. */
interface Running {
  readonly out: Float64Array;
  readonly top: Float64Array;
  readonly sum: Float64Array;
}

const rowsOf = (a: Matrix, from: number, to: number): Matrix => ({
  rows: to - from,
  columns: a.columns,
  data: a.data.subarray(from * a.columns, to * a.columns),
});

/** Row i with the keys from its own place down to `first`: the recurrence of onlineSoftmax, in place. */
function attendRow(Q: Matrix, K: Matrix, V: Matrix, scale: number, i: number, first: number, { out, top, sum }: Running): void {
  const [d, width] = [Q.columns, V.columns];
  let m = Number.NEGATIVE_INFINITY;
  let z = 0;
  for (let j = i; j >= first; j--) {
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
  top[i] = m;
  sum[i] = z;
}

/** A block of rows from `from` on with earlier keys, all visible: two products, and the recurrence between them. */
function attendBlock(Q: Matrix, K: Matrix, V: Matrix, scale: number, from: number, { out, top, sum }: Running): void {
  const scores = multiply(Q, K, { b: "transpose" });
  const p = scores.data;
  const [rows, keys, width] = [scores.rows, scores.columns, V.columns];
  for (let r = 0; r < rows; r++) {
    const i = from + r;
    const at = r * keys;
    let m = top[i];
    for (let j = at; j < at + keys; j++) {
      p[j] *= scale;
      if (p[j] > m) m = p[j];
    }
    const keep = m === top[i] ? 1 : Math.exp(top[i] - m);
    if (keep !== 1) for (let c = i * width; c < (i + 1) * width; c++) out[c] *= keep;
    let z = sum[i] * keep;
    for (let j = at; j < at + keys; j++) {
      p[j] = Math.exp(p[j] - m);
      z += p[j];
    }
    top[i] = m;
    sum[i] = z;
  }
  const part = multiply(scores, V).data;
  for (let c = 0; c < part.length; c++) out[from * width + c] += part[c];
}

/** L(L+1)/2: the steps of the recurrence over a sequence. */
export const attentionSteps = (L: number): number => (L * (L + 1)) / 2;
