// Attention with memory that does not grow with the length: no key-value cache, everything recomputed from the tokens.
import { MathError, type Matrix, multiply, said } from "../linalg/index.js";
import { finish, type Steps } from "../signal/index.js";
import { emptySoftmaxState, pushScore, type SoftmaxState, softmaxOutput } from "./onlineSoftmax.js";

export interface AttentionLayer {
  /** Applied to a token's column give query, key and value: q = Wq·x. */
  readonly Wq: Matrix;
  readonly Wk: Matrix;
  readonly Wv: Matrix;
}

export interface RecomputeOptions {
  readonly scale?: number;
  /** Adds the layer's input to its output. */
  readonly residual?: boolean;
}

/** Reads above this are refused: the time is exponential in the depth. */
const MOST_READS = 2 ** 28;

function binomial(n: number, k: number): number {
  let value = 1;
  for (let j = 1; j <= k; j++) value = Math.round((value * (n - k + j)) / j);
  return value;
}

/**
 * Reads of input tokens when n layers of a sequence of L are recomputed without a cache: C(L+n, n+1) in all, C(L+n-1, n) for the last position. (With a cache it is n·L(L+1)/2 steps.)
 */
export function recomputeCost(L: number, layers: number): { readonly totalReads: number; readonly lastStepReads: number } {
  for (const [name, x] of [
    ["L", L],
    ["the number of layers", layers],
  ] as const)
    if (!Number.isInteger(x) || x < 1) throw new MathError("domain", said`${name} must be a whole number of at least 1, not ${x}`);
  return { totalReads: binomial(L + layers, layers + 1), lastStepReads: binomial(L + layers - 1, layers) };
}

/**
 * Causal attention layers, each output of the layer below recomputed from the tokens whenever it is needed: memory O(layers·(d + 2)) whatever the length, time exponential in the depth.
 * Equals the cached computation. Throws "shape-mismatch", and "too-large" above 2^28 reads. Source: kexue.fm 10017; the count is our own.
 */
export const attentionRecompute = (
  X: Matrix,
  layers: readonly AttentionLayer[],
  options: RecomputeOptions = {},
): { readonly out: Matrix; readonly inputReads: number } => finish(attentionRecomputeSteps(X, layers, options));

/** {@link attentionRecompute}, one portion a position. */
export function* attentionRecomputeSteps(
  X: Matrix,
  layers: readonly AttentionLayer[],
  { scale = 1, residual = false }: RecomputeOptions = {},
): Steps<{ readonly out: Matrix; readonly inputReads: number }> {
  requireChain(X, layers, residual);
  if (X.rows > 0 && layers.length > 0) {
    const { totalReads } = recomputeCost(X.rows, layers.length);
    if (totalReads > MOST_READS)
      throw new MathError(
        "too-large",
        said`${layers.length} layers over ${X.rows} tokens take ${totalReads} reads`,
        "the time is exponential in the depth; use causalAttention",
      );
  }
  const scaled = layers.map((layer) => ({ ...layer, scale }));
  const counter = { reads: 0 };
  const width = layers.length > 0 ? layers[layers.length - 1].Wv.rows : X.columns;
  const out = new Float64Array(X.rows * width);
  for (let i = 0; i < X.rows; i++) {
    if (i > 0) yield i / X.rows;
    out.set(output(X, scaled, residual, layers.length, i, counter), i * width);
  }
  return { out: { rows: X.rows, columns: width, data: out }, inputReads: counter.reads };
}

const applied = (W: Matrix, x: Float64Array): Float64Array => multiply(W, { rows: x.length, columns: 1, data: x }).data;

/** The output of layer `depth` at position i: nested recurrences, one for each layer, as deep as there are layers. */
function output(
  X: Matrix,
  layers: readonly (AttentionLayer & { readonly scale: number })[],
  residual: boolean,
  depth: number,
  i: number,
  counter: { reads: number },
): Float64Array {
  if (depth === 0) {
    counter.reads++;
    return X.data.slice(i * X.columns, (i + 1) * X.columns);
  }
  const layer = layers[depth - 1];
  // The first read is of position i itself: query, first key and value come from it.
  const own = output(X, layers, residual, depth - 1, i, counter);
  const q = applied(layer.Wq, own);
  let state: SoftmaxState = emptySoftmaxState(layer.Wv.rows);
  for (let j = i; j >= 0; j--) {
    const x = j === i ? own : output(X, layers, residual, depth - 1, j, counter);
    const k = applied(layer.Wk, x);
    let s = 0;
    for (let c = 0; c < q.length; c++) s += q[c] * k[c];
    state = pushScore(state, layer.scale * s, applied(layer.Wv, x));
  }
  const mixed = softmaxOutput(state);
  return residual ? mixed.map((x, c) => x + own[c]) : mixed;
}

function requireChain(X: Matrix, layers: readonly AttentionLayer[], residual: boolean): void {
  if (layers.length > 64) throw new MathError("too-large", said`${layers.length} layers are too many to recompute`);
  let width = X.columns;
  layers.forEach(({ Wq, Wk, Wv }, l) => {
    if (Wq.columns !== width || Wk.columns !== width || Wv.columns !== width || Wq.rows !== Wk.rows || (residual && Wv.rows !== width))
      throw new MathError("shape-mismatch", said`the weights of layer ${l + 1} do not fit an input of width ${width}`);
    width = Wv.rows;
  });
}
