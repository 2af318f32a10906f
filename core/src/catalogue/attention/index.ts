// Entries of the attention room.

import {
  attentionRecompute,
  causalAttention,
  emptySoftmaxState,
  kvCacheBytes,
  linearAttention,
  linearAttentionModes,
  mergeSoftmaxStates,
  onlineSoftmax,
  pushScore,
  recomputeCost,
} from "../../attention/index.js";
import type { Matrix } from "../../linalg/index.js";
import { type Input, m, nested, v } from "../helpers.js";
import { integer, kinds, matrix, option, type Routine, real, routine, vector } from "../routine.js";

const rows = (a: Matrix): Float64Array[] => Array.from({ length: a.rows }, (_, i) => a.data.subarray(i * a.columns, (i + 1) * a.columns));

/** The softmax state of some scores and their value rows. */
const stateOf = (scores: ArrayLike<number>, values: readonly ArrayLike<number>[], width: number) =>
  values.reduce((state: ReturnType<typeof emptySoftmaxState>, x, j) => pushScore(state, scores[j], x), emptySoftmaxState(width));

const causal = routine({
  name: "causalAttention",
  title: "Causal attention",
  doc: "Row $i$ is the softmax-weighted mean of the rows $j \\le i$ of $V$. A scale of 0 stands for $1/\\sqrt d$.",
  params: [matrix("Q"), matrix("K"), matrix("V"), real("scale", { default: 0 })],
  result: kinds.matrix,
  cost: ({ Q, V }) => Q.rows ** 2 * (Q.columns + V.columns),
  source: "arXiv 2112.05682; kexue.fm 10017",
  example: "causalAttention([1 0; 0 1], [1 0; 0 1], [1; 2])",
  figure: (O) => ({ kind: "heatmap", title: "Output", matrix: O, scale: "diverging" }),
  compute: (a) => causalAttention(a.Q, a.K, a.V, a.scale === 0 ? undefined : a.scale),
  reference: { causalAttention: (i: Input) => ({ O: nested(causalAttention(m(i.Q), m(i.K), m(i.V), i.scale ?? undefined)) }) },
});

const online = routine({
  name: "onlineSoftmax",
  title: "Softmax-weighted mean in one pass",
  params: [vector("scores"), matrix("values", "one row a score")],
  result: kinds.json,
  cost: ({ values }) => 4 * values.data.length,
  source: "arXiv 2112.05682; kexue.fm 10017",
  example: "onlineSoftmax([1; 3; -2], [1 0; 0 1; 1 1])",
  figure: (r) => ({
    kind: "line",
    title: "Running maximum and sum",
    x: { title: "score" },
    y: { title: "value" },
    series: [
      { name: "m", y: r.trace.map((t: readonly number[]) => t[0]) },
      { name: "z", y: r.trace.map((t: readonly number[]) => t[1]) },
    ],
  }),
  compute: (a) => onlineSoftmax(a.scores, rows(a.values)),
  reference: {
    onlineSoftmax: (i: Input) => {
      const { trace, ...r } = onlineSoftmax(v(i.scores), rows(m(i.values)));
      return { ...r, trace_m_z: trace };
    },
    mergeSoftmaxStates: (i: Input) => {
      const parts = [
        { s: v(i.s1), V: i.V1 as number[][] },
        { s: v(i.s2), V: i.V2 as number[][] },
      ];
      const width = parts.map(({ V }) => V[0]?.length ?? 0).reduce((a, b) => Math.max(a, b), 0);
      const [a, b] = parts.map(({ s, V }) =>
        stateOf(
          s,
          V.map((x) => v(x)),
          width,
        ),
      );
      return mergeSoftmaxStates(a, b);
    },
  },
});

const recompute = routine({
  name: "recomputeCost",
  title: "Price of attention without a cache",
  doc: "Reads of input tokens when $n$ layers over $L$ tokens are recomputed in constant memory: $\\binom{L+n}{n+1}$ in all.",
  params: [integer("L", { min: 1, max: 1e6 }), integer("layers", { min: 1, max: 1000 })],
  result: kinds.record({ totalReads: kinds.real, lastStepReads: kinds.real }),
  source: "kexue.fm 10017; Scholium",
  example: "recomputeCost(100, 2)",
  compute: (a) => recomputeCost(a.L, a.layers),
  reference: {
    recomputeCost: (i: Input) => recomputeCost(i.L, i.layers),
    attentionRecompute: (i: Input) => {
      const layers = (i.layers as Input[]).map((l) => ({ Wq: m(l.Wq), Wk: m(l.Wk), Wv: m(l.Wv) }));
      const r = attentionRecompute(m(i.X), layers, { scale: i.scale ?? 1, residual: i.residual ?? false });
      return { out: nested(r.out), inputReads: r.inputReads };
    },
  },
});

const linear = routine({
  name: "linearAttention",
  title: "Linear attention",
  params: [
    matrix("Q"),
    matrix("K"),
    matrix("V"),
    option("mode", linearAttentionModes, "normalized"),
    real("gamma", { default: 0.9, doc: "decay of retention" }),
    real("base", { min: 0, default: 10000, doc: "of the rotation" }),
  ],
  result: kinds.record({ O: kinds.matrix, finalState: kinds.matrix }),
  cost: ({ Q, V }) => 4 * Q.rows * Q.columns * V.columns,
  source: "arXiv 2006.16236, 2307.08621; kexue.fm 8265",
  example: "linearAttention([1 0; 0 1], [1 0; 0 1], [1; 2])",
  figure: (r) => ({ kind: "heatmap", title: "Final state", matrix: r.finalState, scale: "diverging" }),
  compute: (a) => linearAttention(a.Q, a.K, a.V, a),
  reference: {
    linearAttention: (i: Input) => {
      const { O, finalState } = linearAttention(m(i.Q), m(i.K), m(i.V), {
        ...(i.mode != null && { mode: i.mode }),
        ...(i.gamma != null && { gamma: i.gamma }),
        ...(i.base != null && { base: i.base }),
      });
      return { O: nested(O), finalState: nested(finalState) };
    },
  },
});

const cache = routine({
  name: "kvCacheBytes",
  title: "Bytes of a key-value cache",
  params: [
    integer("layers", { min: 0 }),
    integer("kvHeads", { min: 0 }),
    integer("headDim", { min: 0 }),
    integer("seqLen", { min: 0 }),
    integer("batch", { min: 0, default: 1 }),
    real("bytesPerElement", { min: 0, default: 2 }),
  ],
  result: kinds.real,
  source: "arXiv 1911.02150, 2305.13245",
  example: "kvCacheBytes(32, 32, 128, 4096)",
  compute: (a) => kvCacheBytes(a),
  reference: { kvCacheBytes: (i: Input) => ({ bytes: kvCacheBytes(i as never) }) },
});

export const attentionEntries: readonly Routine[] = [causal, online, recompute, linear, cache];
