import {
  attentionRecompute,
  attentionRecomputeSteps,
  attentionSteps,
  causalAttention,
  emptySoftmaxState,
  kvCacheBytes,
  linearAttention,
  mergeSoftmaxStates,
  onlineSoftmax,
  pushScore,
  recomputeCost,
  rnnStateNumbers,
} from "@scholium/core/attention";
import { add, type Matrix, matrix, mulberry32, multiply, transpose } from "@scholium/core/linalg";
import { ropeScore } from "@scholium/core/rope";
import { finish } from "@scholium/core/signal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const random = (rows: number, columns: number, seed: number): Matrix => {
  const draw = mulberry32(seed);
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => 2 * draw() - 1),
  );
};
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
};
/** Weights w_ij of visible pairs, by rows, applied to V. */
const weighted = (L: number, V: Matrix, w: (i: number, j: number) => number, normalise: (i: number, j: number) => number) =>
  Float64Array.from({ length: L * V.columns }, (_, p) => {
    const [i, c] = [Math.floor(p / V.columns), p % V.columns];
    let sum = 0;
    let size = 0;
    for (let j = 0; j <= i; j++) {
      sum += w(i, j) * V.data[j * V.columns + c];
      size += normalise(i, j);
    }
    return sum / size;
  });
const score = fc.double({ min: -700, max: 700, noNaN: true });

describe("online softmax", () => {
  const state = fc
    .array(fc.tuple(score, fc.double({ min: -1, max: 1, noNaN: true })), { maxLength: 6 })
    .map((pairs) => pairs.reduce((s, [x, v]) => pushScore(s, x, [v]), emptySoftmaxState(1)));
  test("merging is commutative, associative and has the empty state as neutral element", () =>
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        const flat = ({ m, z, y }: typeof a) => [m === Number.NEGATIVE_INFINITY ? -1e9 : m, z, ...y];
        expect(flat(mergeSoftmaxStates(a, emptySoftmaxState(1)))).toEqual(flat(a));
        expect(flat(mergeSoftmaxStates(a, b))).toEqual(flat(mergeSoftmaxStates(b, a)));
        const [l, r] = [mergeSoftmaxStates(mergeSoftmaxStates(a, b), c), mergeSoftmaxStates(a, mergeSoftmaxStates(b, c))];
        expect(worst(flat(l), flat(r))).toBeLessThan(1e-12);
      }),
    ));
  test("blocks merged in any split equal the single pass", () => {
    const scores = [3, -1000, 1000, 999, 2];
    const values = [[1], [2], [3], [4], [5]];
    const whole = onlineSoftmax(scores, values);
    const part = (from: number, to: number) => {
      const { m, z, y } = onlineSoftmax(scores.slice(from, to), values.slice(from, to));
      return { m, z, y };
    };
    const merged = mergeSoftmaxStates(part(0, 2), part(2, 5));
    expect(worst([merged.m, merged.z, ...merged.y], [whole.m, whole.z, ...whole.y])).toBeLessThan(1e-12);
    expect(whole.out[0]).toBeCloseTo((3 + 4 / Math.E) / (1 + 1 / Math.E), 12);
  });
  test("nothing to attend to is an error, not NaN", () => {
    expect(() => onlineSoftmax([], [])).toThrow(/nothing/);
    expect(() => onlineSoftmax([Number.NEGATIVE_INFINITY], [[1]])).toThrow(/nothing/);
    expect(() => onlineSoftmax([Number.NaN], [[1]])).toThrow(/score 1 is NaN/);
    expect(() => onlineSoftmax([1, 2], [[1]])).toThrow(/2 scores but 1/);
    expect(onlineSoftmax([Number.NEGATIVE_INFINITY, 0], [[1], [2]]).out[0]).toBe(2);
  });
});

describe("causal attention", () => {
  test("equals softmax over the visible keys, for huge logits and for several blocks too", () => {
    for (const [L, scale] of [
      [7, 0.5],
      [7, 300],
      [301, 0.5],
      [301, 300],
    ]) {
      const [Q, K, V] = [random(L, 3, 1), random(L, 3, 2), random(L, 2, 3)];
      const S = multiply(Q, transpose(K)).data;
      const top = Array.from({ length: L }, (_, i) => Math.max(...Array.from({ length: i + 1 }, (_, j) => scale * S[i * L + j])));
      const w = (i: number, j: number) => Math.exp(scale * S[i * L + j] - top[i]);
      expect(worst(causalAttention(Q, K, V, scale).data, weighted(L, V, w, w))).toBeLessThan(1e-12);
    }
    expect(attentionSteps(4096)).toBe(8_390_656);
  });
  test("what a row may not see does not enter it, not even as NaN", () => {
    const [Q, K, V] = [random(40, 3, 1), random(40, 3, 2), random(40, 2, 3)];
    const before = causalAttention(Q, K, V).data.slice(0, 25 * 2);
    K.data.fill(Number.NaN, 25 * 3);
    V.data.fill(Number.NaN, 25 * 2);
    expect(Array.from(causalAttention(Q, K, V).data.subarray(0, 25 * 2))).toEqual(Array.from(before));
  });
  test("an empty sequence is an empty output and shapes are checked", () => {
    expect(causalAttention(random(0, 3, 1), random(0, 3, 1), random(0, 2, 1)).rows).toBe(0);
    expect(() => causalAttention(random(2, 3, 1), random(3, 3, 1), random(3, 2, 1))).toThrow(/2×3/);
  });
});

describe("recomputation", () => {
  const layers = [1, 2].map((s) => ({ Wq: random(3, 3, s), Wk: random(3, 3, s + 10), Wv: random(3, 3, s + 20) }));
  test("equals the cached layers and reads C(L+n, n+1) tokens", () => {
    const X = random(5, 3, 9);
    let cached = X;
    for (const { Wq, Wk, Wv } of layers) {
      const [Q, K, V] = [Wq, Wk, Wv].map((W) => multiply(cached, W, { b: "transpose" }));
      cached = add(cached, causalAttention(Q, K, V, 1));
    }
    const { out, inputReads } = attentionRecompute(X, layers, { residual: true });
    expect(worst(out.data, cached.data)).toBeLessThan(1e-14);
    expect(inputReads).toBe(35);
  });
  test("the count is the binomial coefficient for every depth", () => {
    for (const L of [1, 2, 4])
      for (const n of [1, 2]) expect(attentionRecompute(random(L, 3, 4), layers.slice(0, n)).inputReads).toBe(recomputeCost(L, n).totalReads);
    expect(recomputeCost(50, 4)).toEqual({ totalReads: 3_162_510, lastStepReads: 292_825 });
    expect(() => recomputeCost(0, 1)).toThrow(/L must/);
  });
  test("what would take ages is refused before it starts, and what is under way can be stopped", () => {
    expect(() => attentionRecompute(random(4000, 3, 1), [...layers, ...layers])).toThrow(/reads/);
    expect(() => finish(attentionRecomputeSteps(random(5, 3, 1), layers), { cancelled: () => true })).toThrow(/cancelled/);
    expect(() => attentionRecompute(random(4, 2, 1), layers)).toThrow(/layer 1/);
  });
});

describe("linear attention", () => {
  const [Q, K, V] = [random(6, 4, 1), random(6, 4, 2), random(6, 3, 3)];
  const phi = (x: number) => (x > 0 ? x + 1 : Math.exp(x));
  const row = (X: Matrix, i: number) => X.data.subarray(i * X.columns, (i + 1) * X.columns);
  const inner = (x: ArrayLike<number>, y: ArrayLike<number>) => Array.from(x).reduce((s, a, i) => s + a * y[i], 0);
  const kernel = (i: number, j: number) => inner(row(Q, i).map(phi), row(K, j).map(phi));
  test("the recurrences equal their parallel forms", () => {
    expect(worst(linearAttention(Q, K, V).O.data, weighted(6, V, kernel, kernel))).toBeLessThan(1e-13);
    const retained = (i: number, j: number) => 0.8 ** (i - j) * inner(row(Q, i), row(K, j));
    expect(
      worst(
        linearAttention(Q, K, V, { mode: "retention", gamma: 0.8 }).O.data,
        weighted(6, V, retained, (i, j) => (i === j ? 1 : 0)),
      ),
    ).toBeLessThan(1e-13);
    const turned = (i: number, j: number) => ropeScore(row(Q, i).map(phi), row(K, j).map(phi), i, j);
    expect(worst(linearAttention(Q, K, V, { mode: "rope" }).O.data, weighted(6, V, turned, kernel))).toBeLessThan(1e-13);
  });
  test("rotation needs an even dimension, and modes are named", () => {
    expect(() => linearAttention(random(2, 3, 1), random(2, 3, 1), V.rows === 6 ? random(2, 1, 1) : V, { mode: "rope" })).toThrow(/even/);
    expect(() => linearAttention(Q, K, V, { mode: "foo" as "rope" })).toThrow(/foo/);
  });
});

test("cache sizes: 2 GiB for Llama-2-7B, 1.25 GiB for 70B with 8 heads, nothing for no tokens", () => {
  expect(kvCacheBytes({ layers: 32, kvHeads: 32, headDim: 128, seqLen: 4096 })).toBe(2 * 2 ** 30);
  expect(kvCacheBytes({ layers: 80, kvHeads: 8, headDim: 128, seqLen: 4096 })).toBe(1.25 * 2 ** 30);
  expect(kvCacheBytes({ layers: 80, kvHeads: 8, headDim: 128, seqLen: 0 })).toBe(0);
  expect(rnnStateNumbers(1024, 24)).toBe(49152);
  expect(() => kvCacheBytes({ layers: -1, kvHeads: 8, headDim: 128, seqLen: 1 })).toThrow(/layers/);
});
