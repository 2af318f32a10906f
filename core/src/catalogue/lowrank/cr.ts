// Column-row approximation of products.

import { type Matrix, mulberry32, multiply, norm, subtract } from "../../linalg/index.js";
import {
  binomial,
  type CrSample,
  crDiagonal,
  crFull,
  crGreedyTuples,
  crOptimalSubset,
  crPoisson,
  crSample,
  crStats,
  crTopK,
  crUniformWithoutReplacement,
} from "../../lowrank/index.js";
import { type Input, m } from "../helpers.js";
import { type Args, integer, kinds, matrix, option, type Param, type Routine, routine } from "../routine.js";

const pair = [matrix("X"), matrix("Y"), integer("r", { min: 0 })];
const productCost = ({ X, Y }: Args): number => 6 * X.rows * X.columns * Y.columns;
const distance = (a: Matrix, b: Matrix) => norm(subtract(a, b), "fro");
const indices: Param = { name: "indices", kind: kinds.indices };
const terms = kinds.record({ indices: kinds.indices, C: kinds.matrix, R: kinds.matrix, errF: kinds.real });

const stats = routine({
  name: "crStats",
  title: "Terms of a product and what sampling them costs",
  doc: "Norms $v_i=\\|x_i\\|\\|y_i\\|$ of the terms of $XY=\\sum x_iy_i^\\top$, the probabilities $v_i/Z$ of least variance, and the expected squared error of $r$ terms in four schemes.",
  params: pair,
  result: kinds.record({ v: kinds.vector, p: kinds.vector, Z: kinds.real, q: kinds.vector, expectedSqErr: kinds.json }),
  cost: productCost,
  source: "Drineas, Kannan and Mahoney 2006, I; Su, kexue.fm 10427",
  example: "crStats([1 2 3; 0 1 5], [1 0; 2 1; 1 1], 2)",
  figure: (r) => ({
    kind: "bars",
    title: "Norms of the terms",
    x: { title: "term" },
    y: { title: "‖x‖‖y‖" },
    labels: Array.from(r.v, (_: number, i: number) => String(i + 1)),
    series: [{ name: "v", y: r.v }],
  }),
  compute: (a) => crStats(a.X, a.Y, a.r),
  reference: {
    crApproximation: (i: Input) => {
      const [X, Y] = [m(i.X), m(i.Y)];
      const s = crStats(X, Y, i.r);
      const top = crTopK(X, Y, i.r);
      const diagonal = crDiagonal(X, Y, top.indices);
      const sample = i.samples && crSample(X, Y, i.samples.length, { indices: i.samples });
      const best = binomial(X.columns, i.r) <= 2e5 ? crOptimalSubset(X, Y, i.r) : undefined;
      return {
        normProducts: s.v,
        optimalProbabilities: s.p,
        Z: s.Z,
        topK: top.indices,
        topKErrF: top.errF,
        expectedSqErr: s.expectedSqErr,
        poissonProbabilities: s.q,
        sampleEstimate: sample?.approx,
        sampleErrF: sample && distance(sample.approx, multiply(X, Y)),
        lambdaDiag: diagonal.lambda,
        lambdaDiagErrF: diagonal.errF,
        lambdaFullErrF: crFull(X, Y, top.indices).errF,
        optimalSubset: best?.indices,
        optimalSubsetErrF: best?.errF,
      };
    },
  },
});

const topK = routine({
  name: "crTopK",
  title: "Heaviest terms of a product",
  params: pair,
  result: terms,
  cost: productCost,
  source: "Su, kexue.fm 10427",
  example: "crTopK([1 2 3; 0 1 5], [1 0; 2 1; 1 1], 2)",
  compute: (a) => crTopK(a.X, a.Y, a.r),
});

const samplers: Readonly<Record<string, (x: Matrix, y: Matrix, r: number, seed: number) => CrSample>> = {
  optimal: (x, y, r, seed) => crSample(x, y, r, { rng: mulberry32(seed) }),
  uniform: (x, y, r, seed) => crSample(x, y, r, { rng: mulberry32(seed), p: new Float64Array(x.columns).fill(1 / x.columns) }),
  withoutReplacement: (x, y, r, seed) => crUniformWithoutReplacement(x, y, r, mulberry32(seed)),
  poisson: (x, y, r, seed) => crPoisson(x, y, r, mulberry32(seed)),
};

const sample = routine({
  name: "crSample",
  title: "Unbiased random approximation of a product",
  doc: "Terms drawn with the best probabilities, uniformly, without replacement, or each by itself; the mean over draws is $XY$.",
  params: [...pair, option("scheme", Object.keys(samplers), "optimal"), integer("seed", { default: 1 })],
  result: kinds.record({ approx: kinds.matrix, indices: kinds.indices, errF: kinds.real }),
  cost: productCost,
  source: "Drineas, Kannan and Mahoney 2006, I",
  example: "crSample([1 2 3; 0 1 5], [1 0; 2 1; 1 1], 2)",
  compute: ({ X, Y, r, scheme, seed }) => {
    const f = samplers[scheme](X, Y, r, seed);
    return { ...f, errF: distance(f.approx, multiply(X, Y)) };
  },
});

const weights = routine({
  name: "crWeights",
  title: "Best weights for chosen terms",
  doc: "$\\lambda$ that minimises $\\|XY-C\\,\\mathrm{diag}(\\lambda)R\\|_F$, or the full $\\Lambda=C^+XYR^+$.",
  params: [matrix("X"), matrix("Y"), indices, option("kind", ["diagonal", "full"], "diagonal")],
  result: kinds.json,
  cost: productCost,
  source: "Su, kexue.fm 10427",
  example: "crWeights([1 2 3; 0 1 5], [1 0; 2 1; 1 1], [1 3])",
  compute: ({ X, Y, indices: at, kind }) => (kind === "full" ? crFull(X, Y, at) : crDiagonal(X, Y, at)),
});

const subset = routine({
  name: "crOptimalSubset",
  title: "Best terms of a product",
  doc: "All choices tried, up to $2\\cdot10^5$ of them.",
  params: pair,
  result: terms,
  cost: ({ X, r }) => Math.min(2e5, binomial(X.columns, r)) * X.columns ** 2,
  source: "Su, kexue.fm 10427",
  example: "crOptimalSubset([1 2 3; 0 1 5], [1 0; 2 1; 1 1], 2)",
  compute: (a) => crOptimalSubset(a.X, a.Y, a.r),
});

const tuples = routine({
  name: "crGreedyTuples",
  title: "Terms of a product, dropped in groups",
  params: [...pair, integer("group", { min: 1, default: 2 })],
  result: terms,
  cost: ({ X, group }) => Math.min(2e5, binomial(X.columns, group)) * X.columns * group,
  source: "Su, kexue.fm 10427",
  example: "crGreedyTuples([1 2 3; 0 1 5], [1 0; 2 1; 1 1], 1)",
  compute: (a) => crGreedyTuples(a.X, a.Y, a.r, a.group),
});

export const crEntries: readonly Routine[] = [stats, topK, sample, weights, subset, tuples];
