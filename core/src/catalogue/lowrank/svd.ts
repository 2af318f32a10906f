// Truncated and randomised singular value decompositions, pseudo-inverses by other roads, factors by least squares.

import { mulberry32, multiply, norm, subtract, svd } from "../../linalg/index.js";
import {
  fromSvd,
  leastSquaresFactor,
  pinvGradientDescent,
  pinvNewtonSchulz,
  pinvTikhonov,
  randomizedSvd,
  rangeFinderBounds,
  truncatedSvd,
} from "../../lowrank/index.js";
import { type Input, m } from "../helpers.js";
import { integer, kinds, matrix, option, type Routine, real, routine } from "../routine.js";
import { cubic, heatmap, scree } from "./common.js";

const truncated = routine({
  name: "truncatedSvd",
  title: "Best approximation of rank k",
  doc: "Nearest matrix of rank $k$ in every unitarily invariant norm (Eckart-Young-Mirsky): errors $(\\sum_{i>k}\\sigma_i^2)^{1/2}$ and $\\sigma_{k+1}$.",
  params: [matrix("A"), integer("k", { min: 0 })],
  result: kinds.record({
    U: kinds.matrix,
    s: kinds.vector,
    V: kinds.matrix,
    approx: kinds.matrix,
    errF: kinds.real,
    err2: kinds.real,
    energy: kinds.real,
    unique: kinds.boolean,
    spectrum: kinds.vector,
    storage: kinds.integer,
    denseStorage: kinds.integer,
  }),
  cost: cubic,
  source: "Eckart and Young 1936; Mirsky 1960; Su, kexue.fm 10407",
  example: "truncatedSvd([1 2; 3 4], 1)",
  figure: (r, { A }) => [scree("Singular values", r.spectrum), heatmap("Approximation", r.approx), heatmap("Difference", subtract(A, r.approx))],
  compute: (a) => truncatedSvd(a.A, a.k),
  reference: {
    truncatedSvd: (i: Input) => {
      const { approx, errF, err2, energy, unique } = truncatedSvd(m(i.A), i.k);
      return { approx, errF, err2, energy, unique };
    },
  },
});

const randomized = routine({
  name: "randomizedSvd",
  title: "Randomised SVD",
  doc: "The first $k$ singular triples from a Gaussian sketch of $k+p$ columns with power steps. Singular values never exceed the true ones.",
  params: [
    matrix("A"),
    integer("k", { min: 0 }),
    integer("oversample", { min: 0, default: 8 }),
    integer("powerIters", { min: 0, max: 100, default: 1 }),
    integer("seed", { default: 1 }),
  ],
  result: kinds.record({ U: kinds.matrix, s: kinds.vector, V: kinds.matrix, projErrF: kinds.real, Q: kinds.matrix }),
  cost: ({ A, k, oversample, powerIters }) => 2 * A.rows * A.columns * (k + oversample) * (2 * powerIters + 3),
  source: "Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1",
  example: "randomizedSvd(hilbert(12), 3)",
  figure: (r) => scree("Singular values found", r.s),
  compute: (a) => randomizedSvd(a.A, a.k, { oversample: a.oversample, powerIters: a.powerIters, rng: mulberry32(a.seed), measure: true }),
  referenceMark: "Omega",
  reference: {
    randomizedSvd: (i: Input) => {
      const A = m(i.A);
      const Omega = i.Omega && m(i.Omega);
      const f = randomizedSvd(A, i.k, { Omega, powerIters: i.powerIters, oversample: i.oversample, rng: mulberry32(i.seed ?? 1), measure: true });
      const approx = fromSvd(f);
      const residual = subtract(A, multiply(f.Q, multiply(f.Q, A, { a: "transpose" })));
      const { s } = svd(A);
      const best = truncatedSvd(A, i.k);
      const bounds = rangeFinderBounds(s, i.k, (Omega?.columns ?? f.Q.columns) - i.k);
      return {
        singularValues: f.s,
        approx,
        projErrF: f.projErrF,
        projErr2: norm(residual, 2),
        errF: norm(subtract(A, approx), "fro"),
        optF: best.errF,
        opt2: best.err2,
        expectedBoundF: bounds.fro,
        expectedBound2: bounds.spectral,
      };
    },
  },
});

const tikhonov = routine({
  name: "pinvTikhonov",
  title: "Regularised pseudo-inverse",
  doc: "$(A^\\top A+\\epsilon I)^{-1}A^\\top=V\\,\\mathrm{diag}(\\sigma/(\\sigma^2+\\epsilon))\\,U^\\top$, which tends to $A^+$.",
  params: [matrix("A"), real("eps", { min: 0, default: 1e-6 })],
  result: kinds.matrix,
  cost: cubic,
  source: "Tikhonov 1963; Su, kexue.fm 10366",
  example: "pinvTikhonov([1 2; 2 4], 0.01)",
  figure: (r) => heatmap("Regularised pseudo-inverse", r),
  compute: (a) => pinvTikhonov(a.A, a.eps),
  reference: { pinvTikhonov: (i: Input) => ({ X: pinvTikhonov(m(i.A), i.eps) }) },
});

const descent = routine({
  name: "pinvGradientDescent",
  title: "Pseudo-inverse by gradient descent",
  doc: "$B_{t+1}=B_t-\\eta A^\\top(AB_t-I)$ from $0$, in closed form; tends to $A^+$ for $0<\\eta<2/\\sigma_1^2$.",
  params: [matrix("A"), real("eta", { default: 0.1 }), integer("steps", { min: 0, max: 100_000, default: 100 })],
  result: kinds.record({ X: kinds.matrix, history: kinds.vector, converges: kinds.boolean }),
  cost: cubic,
  source: "Su, kexue.fm 10366",
  example: "pinvGradientDescent([1 2; 3 4; 5 6], 0.02)",
  figure: (r) => ({
    kind: "line",
    title: "½‖AB - I‖²",
    x: { title: "step" },
    y: { title: "loss", scale: "log" },
    series: [{ name: "loss", y: r.history }],
  }),
  compute: (a) => pinvGradientDescent(a.A, a.eta, a.steps),
  reference: {
    pinvGradientDescent: (i: Input) => {
      const { X, converges } = pinvGradientDescent(m(i.A), i.eta, i.steps);
      return { X, converges };
    },
  },
});

const newton = routine({
  name: "pinvNewtonSchulz",
  title: "Pseudo-inverse by Newton's iteration",
  doc: "$X\\leftarrow X(2I-AX)$ from $A^\\top/(\\|A\\|_1\\|A\\|_\\infty)$: products only, quadratic in the end.",
  params: [matrix("A"), integer("steps", { min: 0, max: 1000, default: 20 })],
  result: kinds.record({ X: kinds.matrix, alpha0: kinds.real, residuals: kinds.vector }),
  cost: ({ A, steps }) => 6 * steps * A.rows * A.rows * A.columns,
  source: "Ben-Israel and Cohen 1966",
  example: "pinvNewtonSchulz([1 2; 3 4; 5 6])",
  figure: (r) => ({
    kind: "line",
    title: "Residual ‖AXA - A‖/‖A‖",
    x: { title: "step" },
    y: { title: "residual", scale: "log" },
    series: [{ name: "residual", y: r.residuals }],
  }),
  compute: (a) => pinvNewtonSchulz(a.A, a.steps),
  reference: { pinvNewtonSchulz: (i: Input) => pinvNewtonSchulz(m(i.A), i.steps) },
});

const factor = routine({
  name: "leastSquaresFactor",
  title: "The missing factor of a product",
  doc: "Given the left factor $F$, the $B$ that minimises $\\|FB-M\\|_F$; given the right one, the $A$ that minimises $\\|AF-M\\|_F$.",
  params: [matrix("F"), matrix("M"), option("side", ["left", "right"], "left", "which factor F is")],
  result: kinds.record({ factor: kinds.matrix, residual: kinds.real }),
  cost: ({ F, M }) => 20 * F.rows * F.columns * Math.min(F.rows, F.columns) + 4 * F.rows * F.columns * Math.max(M.rows, M.columns),
  source: "Su, kexue.fm 10366",
  example: "leastSquaresFactor([1; 2; 3], [1 2; 2 4; 3 7])",
  compute: ({ F, M, side }) => leastSquaresFactor(side === "left" ? { A: F, M } : { B: F, M }),
  referenceMark: "A",
  reference: {
    leastSquaresFactor: (i: Input) => {
      const b = leastSquaresFactor({ A: m(i.A), M: m(i.M) });
      const d = i.C && leastSquaresFactor({ B: m(i.C), M: m(i.M) });
      return { B: b.factor, residualB: b.residual, D: d?.factor, residualD: d?.residual };
    },
  },
});

export const svdEntries: readonly Routine[] = [truncated, randomized, tikhonov, descent, newton, factor];
