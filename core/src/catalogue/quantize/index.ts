// Entries of the quantisation room.

import { assign, emaStart, emaUpdate, fsq, gradientField, rotationTrick } from "../../quantize/index.js";
import { type Input, m, nested, v } from "../helpers.js";
import { integer, kinds, matrix, option, type Routine, real, routine, vector } from "../routine.js";

const vq = routine({
  name: "vqAssign",
  title: "Nearest codes",
  doc: "The nearest code of each row of $e$, usage, perplexity and mean squared distance.",
  params: [matrix("e"), matrix("codebook"), option("metric", ["l2", "cosine"], "l2")],
  result: kinds.json,
  cost: ({ e, codebook }) => 3 * e.rows * e.columns * codebook.rows,
  source: "van den Oord et al. 2017 (arXiv 1711.00937), equation 1",
  example: "vqAssign([0 1; 2 2; 5 5], [0 0; 4 4])",
  figure: (r) => ({
    kind: "bars",
    title: "Usage of codes",
    x: { title: "code" },
    y: { title: "count" },
    labels: Array.from(r.counts, (_, i) => String(i)),
    series: [{ name: "count", y: r.counts }],
  }),
  compute: (a) => assign(a.e, a.codebook, a.metric),
  reference: {
    "vq.assign": (i: Input) => {
      const r = assign(m(i.e), m(i.codebook), i.metric);
      return { ...r, index: Array.from(r.index), counts: Array.from(r.counts) };
    },
    "vq.emaUpdate": (i: Input) => {
      let state = emaStart(m(i.codebook));
      const distortion: number[] = [];
      for (let k = 0; k < i.steps; k++) {
        const next = emaUpdate(state, m(i.e), { decay: i.decay, eps: i.eps });
        distortion.push(next.distortion);
        state = next;
      }
      return { codebook: nested(state.codebook), clusterSize: Array.from(state.clusterSize), distortion };
    },
  },
});

const ema = routine({
  name: "vqEma",
  title: "Codebook by moving averages",
  params: [
    matrix("e"),
    matrix("codebook"),
    real("decay", { min: 0, max: 1, default: 0.99 }),
    integer("steps", { min: 1, max: 100_000, default: 10 }),
  ],
  result: kinds.matrix,
  cost: ({ e, codebook, steps }) => 3 * steps * e.rows * e.columns * codebook.rows,
  source: "van den Oord et al. 2017 (arXiv 1711.00937), appendix A.1",
  example: "vqEma([0 1; 2 2; 5 5], [0 0; 4 4])",
  compute: (a) => {
    let state = emaStart(a.codebook);
    for (let k = 0; k < a.steps; k++) state = emaUpdate(state, a.e, { decay: a.decay });
    return state.codebook;
  },
});

const rotation = routine({
  name: "rotationTrick",
  title: "Rotation trick",
  doc: "Gradients at $e$ for a gradient at its code $q$: straight through, rotated, reflected. The rotated one keeps its angle.",
  params: [vector("e"), vector("q"), vector("gradQ")],
  result: kinds.json,
  cost: ({ e }) => 10 * e.length ** 2,
  source: "Fifty et al. 2024 (arXiv 2410.06424), §4; Su, kexue.fm 10489",
  example: "rotationTrick([1 0], [0.5 0.5], [1 1])",
  compute: (a) => rotationTrick(a.e, a.q, a.gradQ),
  reference: {
    "vq.rotationTrick": (i: Input) => {
      const r = rotationTrick(v(i.e), v(i.q), v(i.gradQ));
      const list = (x: Float64Array) => Array.from(x);
      return {
        R: nested(r.R),
        lambda_: r.lambda,
        qTilde: list(r.qTilde),
        gradSTE: list(r.gradSTE),
        gradRotation: list(r.gradRotation),
        gradReflection: list(r.gradReflection),
        angle: r.angle,
        fallback: r.fallback,
      };
    },
    "vq.gradientField": (i: Input) => {
      const r = gradientField(m(i.points), v(i.q), v(i.target));
      return { ste: nested(r.ste), rotation: nested(r.rotation) };
    },
  },
});

const scalar = routine({
  name: "fsq",
  title: "Finite scalar quantisation",
  doc: "Rounds each column of $z$ to its number of levels; `index` is one integer a row.",
  params: [matrix("z"), { name: "levels", kind: kinds.indices, doc: "levels of each column, at least 3", default: [8, 5, 5, 5] }],
  result: kinds.json,
  cost: ({ z }) => 20 * z.rows * z.columns,
  source: "Mentzer et al. 2023 (arXiv 2309.15505), §3.1",
  example: "fsq([0.1 0.4 -1; 2 0 0], [5 5 5])",
  compute: (a) => fsq(a.z, a.levels),
  reference: {
    "vq.fsq": (i: Input) => {
      const r = fsq(m(i.z), i.levels, i.eps);
      return { bounded: nested(r.bounded), code: nested(r.code), index: r.index, codebookSize: r.codebookSize, gradScale: nested(r.gradScale) };
    },
  },
});

export const quantizeEntries: readonly Routine[] = [vq, ema, rotation, scalar];
