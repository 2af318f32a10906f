// Entries of the rotary-embedding room.

import type { Figure } from "../../figure/index.js";
import type { Matrix } from "../../linalg/index.js";
import { multiply } from "../../linalg/index.js";
import {
  applyRope,
  baseDigits,
  hwfa2FullLayers,
  hwfaPlan,
  mixedRadixDigits,
  positionKinds,
  relativePositionMatrix,
  reropeScores,
  rope2d,
  rope2dGenerators,
  ropeAttentionScale,
  ropeBaseAsymptotic,
  ropeBaseLowerBound,
  ropeBiasTerms,
  ropeDecay,
  ropeDecayCurve,
  ropeFrequencies,
  ropeGeneral,
  ropeLayouts,
  ropeMatrix,
  ropeMaxContext,
  ropeScaledFrequencies,
  ropeScore,
  type ScalingOptions,
  sandwichBias,
  scalingMethods,
  skewCanonical,
  windowMask,
} from "../../rope/index.js";
import { type Input, m, nested, v } from "../helpers.js";
import { integer, kinds, matrix, option, type Param, type Routine, real, routine, vector } from "../routine.js";

const dimension = (fallback?: number): Param => integer("d", { min: 2, max: 2 ** 16, default: fallback, doc: "head dimension, even" });
const base = real("base", { min: 0, default: 10000 });
const layout = option("layout", ropeLayouts, "interleaved", "which channels form a pair");
const heatmap = (title: string, a: Matrix): Figure => ({ kind: "heatmap", title, matrix: a });
const inner = (x: ArrayLike<number>, y: ArrayLike<number>): number => Array.from(x).reduce((s, a, i) => s + a * y[i], 0);

const frequencies = routine({
  name: "ropeFrequencies",
  title: "RoPE frequencies",
  doc: "$\\theta_i = b^{-2i/d}$ for $i < d/2$.",
  params: [dimension(), base],
  result: kinds.vector,
  cost: ({ d }) => 20 * d,
  source: "RoFormer (arXiv 2104.09864) §3.2",
  example: "ropeFrequencies(8)",
  figure: (theta) => ({
    kind: "line",
    title: "Frequencies",
    x: { title: "pair" },
    y: { title: "angle per position", scale: "log" },
    series: [{ name: "θ", y: theta }],
  }),
  compute: (a) => ropeFrequencies(a.d, a.base),
  reference: { ropeFrequencies: (i: Input) => ({ theta: ropeFrequencies(i.d, i.base) }) },
});

const rotation = routine({
  name: "ropeMatrix",
  title: "RoPE rotation matrix of a position",
  params: [real("pos"), dimension(), base, layout],
  result: kinds.matrix,
  cost: ({ d }) => d * d,
  source: "RoFormer (arXiv 2104.09864) eq. 15",
  example: "ropeMatrix(1, 4)",
  figure: (R) => ({ kind: "heatmap", title: "Rotation", matrix: R, scale: "diverging" }),
  compute: (a) => ropeMatrix(a.pos, a.d, a.base, a.layout),
  reference: { ropeMatrix: (i: Input) => ({ R: nested(ropeMatrix(i.pos, i.d, i.base, i.layout)) }) },
});

const apply = routine({
  name: "applyRope",
  title: "A vector rotated by its position",
  params: [vector("x"), real("pos"), base, layout],
  result: kinds.vector,
  cost: ({ x }) => 30 * x.length,
  source: "RoFormer (arXiv 2104.09864) eq. 34",
  example: "applyRope([1; 0; 1; 0], 3)",
  compute: (a) => applyRope(a.x, a.pos, a.base, a.layout),
  referenceMark: "q",
  reference: {
    applyRope: (i: Input) => {
      const [q, k] = [v(i.q), v(i.k)];
      return { rq: applyRope(q, i.m, i.base, i.layout), rk: applyRope(k, i.n, i.base, i.layout), score: ropeScore(q, k, i.m, i.n, i.base, i.layout) };
    },
    rope2d: (i: Input) => {
      const rq = rope2d(v(i.q), i.p1, i.base);
      return { rq, score: inner(rq, rope2d(v(i.k), i.p2, i.base)) };
    },
  },
});

const general = routine({
  name: "ropeGeneral",
  title: "The general relative rotation",
  doc: "$R_n = e^{nB}$ for a skew-symmetric $B$, and its canonical form: angles, and the orthogonal $P$ with $B = P\\Lambda P^\\top$.",
  params: [matrix("B"), real("n", { default: 1 })],
  result: kinds.record({ R: kinds.matrix, angles: kinds.vector, P: kinds.matrix }),
  cost: ({ B }) => 100 * B.rows ** 3,
  source: "kexue.fm 9403",
  example: "ropeGeneral([0 -1; 1 0], 2)",
  compute: (a) => ({ R: ropeGeneral(a.B, a.n), ...skewCanonical(a.B) }),
  referenceMark: "m",
  reference: {
    ropeGeneral: (i: Input) => {
      const B = m(i.B, "B");
      const Rn = ropeGeneral(B, i.n);
      return { Rn: nested(Rn), RmT_Rn: nested(multiply(ropeGeneral(B, i.m), Rn, { a: "transpose" })), angles: skewCanonical(B).angles };
    },
  },
});

const generators = routine({
  name: "rope2dGenerators",
  title: "Whether two generators give a relative embedding of the plane",
  params: [matrix("B1"), matrix("B2"), vector("p1", undefined, [1, 2]), vector("p2", undefined, [4, -1])],
  result: kinds.record({ R1: kinds.matrix, relativityResidual: kinds.real, commutator: kinds.real }),
  cost: ({ B1 }) => 200 * B1.rows ** 3,
  source: "kexue.fm 8397",
  example: "rope2dGenerators([0 -1; 1 0], [0 -2; 2 0])",
  compute: (a) => rope2dGenerators(a.B1, a.B2, a.p1, a.p2),
  reference: {
    rope2dGenerators: (i: Input) => {
      const r = rope2dGenerators(m(i.B1), m(i.B2), i.p1, i.p2);
      return { ...r, R1: nested(r.R1) };
    },
  },
});

const decay = routine({
  name: "ropeDecay",
  title: "Expected score of equal vectors by distance",
  doc: "$B_m = \\sum_i \\cos m\\theta_i$ for $m < L$.",
  params: [dimension(128), base, integer("L", { min: 1, max: 2 ** 20, default: 2048 })],
  result: kinds.vector,
  cost: ({ d, L }) => 2 * d * L,
  source: "Base of RoPE (arXiv 2405.14591); kexue.fm 8265, 10122",
  example: "ropeDecay(128, 10000, 64)",
  figure: (y) => ({ kind: "line", title: "Decay", x: { title: "distance m" }, y: { title: "B_m" }, series: [{ name: "B_m", y }] }),
  compute: (a) => ropeDecayCurve(a.d, a.base, a.L),
  referenceMark: "m",
  reference: { ropeDecay: (i: Input) => ropeDecay(i.d, i.base, v(i.m)) },
});

const maxContext = routine({
  name: "ropeMaxContext",
  title: "Longest context a base serves",
  doc: "The first distance with $B_m < 0$. Not monotone in the base. `null` when there is none below the cap of $2^{22}$.",
  params: [base, dimension(128)],
  result: kinds.json,
  cost: ({ base: b, d }) => 4 * d * Math.max(1024, b / 10),
  source: "Base of RoPE (arXiv 2405.14591) §4; kexue.fm 10122",
  example: "ropeMaxContext(10000, 128)",
  compute: (a) => ropeMaxContext(a.base, a.d),
  reference: { ropeMaxContext: (i: Input) => ({ L: ropeMaxContext(i.base, i.d, i.cap ?? undefined) }) },
});

const lowerBound = routine({
  name: "ropeBaseLowerBound",
  title: "Least base for a context length",
  doc: "$\\inf\\{b : B_m \\ge 0 \\text{ for } m < L\\}$ by a certified sweep; `null` when no base serves.",
  params: [integer("L", { min: 1, max: 2 ** 20 }), dimension(128)],
  result: kinds.json,
  cost: ({ L, d }) => 600 * L * d,
  source: "Base of RoPE (arXiv 2405.14591) §4; kexue.fm 10122",
  example: "ropeBaseLowerBound(1024, 128)",
  compute: (a) => ropeBaseLowerBound(a.L, a.d),
  reference: {
    ropeBaseLowerBound: (i: Input) => ({ base: ropeBaseLowerBound(i.L, i.d) }),
    ropeBaseAsymptotic: (i: Input) => ropeBaseAsymptotic(i.L),
  },
});

/** Only what is given, so that defaults hold for the rest. */
const scaling = (i: Input): ScalingOptions => {
  const given = { d: i.d, base: i.base, s: i.s, L0: i.L0, seqLen: i.seqLen, b: i.b, fast: i.fast, slow: i.slow };
  return Object.fromEntries(Object.entries(given).filter(([, x]) => x != null)) as unknown as ScalingOptions;
};

const scaled = routine({
  name: "ropeScaledFrequencies",
  title: "Frequencies scaled for a longer context",
  params: [
    option("method", scalingMethods, "yarn"),
    dimension(128),
    base,
    real("s", { min: 0, default: 4, doc: "test length over training length" }),
    real("L0", { min: 1, default: 4096, doc: "training length" }),
    real("seqLen", { min: 1, default: 16384, doc: "present length (dynamic-ntk)" }),
    real("b", { default: 0.625, doc: "exponent of ntk-mixed" }),
    real("fast", { min: 0, default: 32 }),
    real("slow", { min: 0, default: 1 }),
  ],
  result: kinds.vector,
  cost: ({ d }) => 60 * d,
  source: "arXiv 2306.15595, 2309.00071; kexue.fm 9675, 9706, 9948",
  example: 'ropeScaledFrequencies("ntk", 8, 10000, 8)',
  figure: (theta, a) => ({
    kind: "line",
    title: "Scaled over trained frequency",
    x: { title: "pair" },
    y: { title: "ratio" },
    series: [{ name: a.method, y: ropeFrequencies(a.d, a.base).map((t, i) => theta[i] / t) }],
  }),
  compute: (a) => ropeScaledFrequencies(a.method, scaling(a)),
  reference: { ropeScaledFrequencies: (i: Input) => ({ theta: ropeScaledFrequencies(i.method, scaling(i)) }) },
});

const attentionScale = routine({
  name: "ropeAttentionScale",
  title: "Factors on attention at longer contexts",
  params: [real("s", { min: 0 }), real("trainLength", { min: 2 }), real("n", { min: 1 })],
  result: kinds.record({ yarnMscale: kinds.real, logitFactor: kinds.real, logn: kinds.real }),
  source: "YaRN (arXiv 2309.00071) §3.4; kexue.fm 8823",
  example: "ropeAttentionScale(16, 4096, 5000)",
  compute: (a) => ropeAttentionScale(a.s, a.trainLength, a.n),
  reference: { ropeAttentionScale: (i: Input) => ropeAttentionScale(i.s, i.trainLength, i.n) },
});

const digits = routine({
  name: "mixedRadixDigits",
  title: "A position in several radices",
  params: [integer("n", { min: 0 }), vector("radices", "lowest digit first")],
  result: kinds.record({ lowToHigh: kinds.vector, overflow: kinds.integer }),
  source: "kexue.fm 9675, 9706",
  example: "mixedRadixDigits(759, [10; 10; 10])",
  compute: (a) => {
    const { lowToHigh, overflow } = mixedRadixDigits(a.n, Array.from(a.radices as Float64Array));
    return { lowToHigh: Float64Array.from(lowToHigh), overflow };
  },
  reference: {
    mixedRadixDigits: (i: Input) => mixedRadixDigits(i.n, [...v(i.radices, "radices")]),
    baseDigits: (i: Input) => ({ lowToHigh: baseDigits(i.n, i.beta, i.digits) }),
  },
});

const positions = (i: Input) => ({ ...(i.w != null && { w: i.w }), ...(i.k != null && { k: i.k }), ...(i.G != null && { G: i.G }) });

const relative = routine({
  name: "relativePositionMatrix",
  title: "Relative positions that each pair of tokens is given",
  params: [
    option("kind", positionKinds, "rerope"),
    integer("L", { min: 0, max: 4096, default: 16 }),
    real("w", { min: 0, default: 4 }),
    real("k", { min: 0, default: 4 }),
    integer("G", { min: 1, default: 2 }),
  ],
  result: kinds.matrix,
  cost: ({ L }) => L * L,
  source: "kexue.fm 9708; arXiv 2401.01325",
  example: 'relativePositionMatrix("rerope", 8, 3)',
  figure: (P) => heatmap("Relative positions", P),
  compute: (a) => relativePositionMatrix(a.kind, a.L, positions(a)),
  reference: { relativePositionMatrix: (i: Input) => ({ P: nested(relativePositionMatrix(i.kind, i.L, positions(i))) }) },
});

const rerope = routine({
  name: "reropeScores",
  title: "ReRoPE logits",
  params: [
    matrix("Q"),
    matrix("K"),
    option("kind", ["rerope", "leaky"], "rerope"),
    real("w", { min: 0, default: 4 }),
    real("k", { min: 0, default: 4 }),
    base,
  ],
  result: kinds.matrix,
  cost: ({ Q }) => Q.rows ** 2 * Q.columns,
  source: "kexue.fm 9708, 9728; bojone/rerope",
  example: 'reropeScores([1 0; 0 1; 1 1], [1 0; 0 1; 1 1], "rerope", 1)',
  figure: (S) => ({ kind: "heatmap", title: "Logits", matrix: S, scale: "diverging" }),
  compute: (a) => reropeScores(a.Q, a.K, a),
  reference: {
    reropeScores: (i: Input) => ({
      scores: nested(reropeScores(m(i.Q), m(i.K), { kind: i.kind, w: i.w, base: i.base, ...(i.k != null && { k: i.k }) })),
    }),
  },
});

const hwfa = routine({
  name: "hwfaPlan",
  title: "Window of hybrid window and full attention",
  params: [integer("layers", { min: 2 }), integer("trainLength", { min: 1 }), real("alpha", { min: 0, max: 1, default: 0.75 })],
  result: kinds.record({ window: kinds.integer, receptiveField: kinds.integer }),
  source: "kexue.fm 9603, 9731",
  example: "hwfaPlan(24, 512)",
  compute: (a) => hwfaPlan(a.layers, a.trainLength, a.alpha),
  reference: {
    hwfaPlan: (i: Input) => hwfaPlan(i.layers, i.trainLength, i.alpha),
    hwfa2FullLayers: (i: Input) => ({ indices: hwfa2FullLayers(i.layers, i.full) }),
  },
});

const mask = routine({
  name: "windowMask",
  title: "Causal window mask",
  params: [integer("L", { min: 0, max: 4096 }), integer("w", { min: 0 })],
  result: kinds.record({ mask: kinds.matrix, pairs: kinds.integer }),
  cost: ({ L }) => L * L,
  source: "kexue.fm 9603",
  example: "windowMask(6, 2)",
  figure: (r) => heatmap("Mask", r.mask),
  compute: (a) => windowMask(a.L, a.w),
  reference: {
    windowMask: (i: Input) => {
      const r = windowMask(i.L, i.w);
      return { mask: nested(r.mask), pairs: r.pairs };
    },
  },
});

const bias = routine({
  name: "ropeBiasTerms",
  title: "Terms of a logit when queries and keys carry biases",
  params: [vector("q"), vector("k"), vector("a"), vector("b"), real("m"), real("n"), base],
  result: kinds.record({ qk: kinds.real, ak: kinds.real, qb: kinds.real, ab: kinds.real, total: kinds.real }),
  source: "kexue.fm 9577",
  example: "ropeBiasTerms([1; 0], [0; 1], [1; 1], [1; 1], 3, 5)",
  compute: (a) => ropeBiasTerms(a, a.m, a.n, a.base),
  reference: { ropeBiasTerms: (i: Input) => ropeBiasTerms({ q: v(i.q), k: v(i.k), a: v(i.a), b: v(i.b) }, i.m, i.n, i.base) },
});

const sandwich = routine({
  name: "sandwichBias",
  title: "Sandwich bias by distance",
  params: [dimension(), real("lambda", { default: 1 }), vector("offsets"), base],
  result: kinds.vector,
  cost: ({ d, offsets }) => 10 * d * offsets.length,
  source: "kexue.fm 9577",
  example: "sandwichBias(8, 0.5, [0; 1; 10])",
  figure: (y, { offsets }) => ({
    kind: "line",
    title: "Bias",
    x: { title: "distance" },
    y: { title: "logit" },
    series: [{ name: "bias", x: offsets, y }],
  }),
  compute: (a) => sandwichBias(a.d, a.lambda, a.offsets, a.base),
  reference: { sandwichBias: (i: Input) => ({ bias: sandwichBias(i.d, i.lambda, v(i.offsets), i.base) }) },
});

export const ropeEntries: readonly Routine[] = [
  frequencies,
  rotation,
  apply,
  general,
  generators,
  decay,
  maxContext,
  lowerBound,
  scaled,
  attentionScale,
  digits,
  relative,
  rerope,
  hwfa,
  mask,
  bias,
  sandwich,
];
