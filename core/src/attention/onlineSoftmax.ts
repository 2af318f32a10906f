// Softmax-weighted sums in one pass with a state of constant size.
import { MathError, said } from "../linalg/index.js";

/** What a running softmax remembers: the largest score m, z = Σe^(s-m), y = Σe^(s-m)·v. */
export interface SoftmaxState {
  readonly m: number;
  readonly z: number;
  readonly y: Float64Array;
}

/** The state of no scores: the neutral element of {@link mergeSoftmaxStates}. */
export const emptySoftmaxState = (width: number): SoftmaxState => ({ m: Number.NEGATIVE_INFINITY, z: 0, y: new Float64Array(width) });

/** e^(s - m), 0 for s = -∞ even when m = -∞. */
const weight = (s: number, m: number): number => (s === Number.NEGATIVE_INFINITY ? 0 : Math.exp(s - m));

/**
 * The state after two sets of scores. Associative and commutative, so that blocks may be merged in any order (FlashAttention, arXiv 2205.14135).
 * Throws "length-mismatch" when the widths differ.
 */
export function mergeSoftmaxStates(a: SoftmaxState, b: SoftmaxState): SoftmaxState {
  if (a.y.length !== b.y.length) throw new MathError("length-mismatch", said`states of width ${a.y.length} and ${b.y.length} cannot be merged`);
  const m = Math.max(a.m, b.m);
  const [p, q] = [weight(a.m, m), weight(b.m, m)];
  return { m, z: a.z * p + b.z * q, y: a.y.map((x, i) => x * p + b.y[i] * q) };
}

/**
 * One more score s with its value vector: m' = max(m, s), z' = z·e^(m-m') + e^(s-m'), y likewise. No overflow for any finite scores.
 * Source: arXiv 2112.05682; kexue.fm 10017, with the running maximum added.
 */
export function pushScore(state: SoftmaxState, s: number, v: ArrayLike<number>): SoftmaxState {
  if (v.length !== state.y.length)
    throw new MathError("length-mismatch", said`a value of ${v.length} entries does not fit a state of width ${state.y.length}`);
  const m = Math.max(state.m, s);
  const [keep, gain] = [weight(state.m, m), weight(s, m)];
  return { m, z: state.z * keep + gain, y: state.y.map((x, i) => x * keep + gain * v[i]) };
}

/** y/z: the attention output. Throws "domain" when there is no score, or none above -∞. */
export function softmaxOutput({ z, y }: SoftmaxState): Float64Array {
  if (z === 0) throw new MathError("domain", "attention over nothing: there is no score above -∞", "every query needs at least one visible key");
  return y.map((x) => x / z);
}

export interface OnlineSoftmax extends SoftmaxState {
  readonly out: Float64Array;
  /** m and z after each score. */
  readonly trace: readonly (readonly [number, number])[];
  /** ln Σe^s = m + ln z. */
  readonly logsumexp: number;
}

/** Scores with their value vectors, one after the other. O(L·d) time, memory O(d) beside the trace. Throws "domain" for no score, "nonfinite" for NaN or +∞. */
export function onlineSoftmax(scores: ArrayLike<number>, values: readonly ArrayLike<number>[]): OnlineSoftmax {
  if (scores.length !== values.length) throw new MathError("length-mismatch", said`${scores.length} scores but ${values.length} values`);
  let state = emptySoftmaxState(values[0]?.length ?? 0);
  const trace: [number, number][] = [];
  for (let j = 0; j < scores.length; j++) {
    if (!(scores[j] < Number.POSITIVE_INFINITY)) throw new MathError("nonfinite", said`score ${j + 1} is ${scores[j]}`);
    state = pushScore(state, scores[j], values[j]);
    trace.push([state.m, state.z]);
  }
  return { ...state, out: softmaxOutput(state), trace, logsumexp: state.m + Math.log(state.z) };
}
