// Entries of online function approximation.

import type { Figure } from "../../figure/index.js";
import type { Matrix } from "../../linalg/index.js";
import {
  discretizationMethods,
  discretize,
  type HippoOptions,
  hippoKinds,
  hippoMatrices,
  hippoOnline,
  hippoReconstruct,
  hippoSpectrum,
  hippoSpectrumSummary,
  legsApply,
  legsEigenCondition,
  legsEigenvectors,
  legsFit,
  legsLtiBasis,
  legsMethods,
  legsMonomial,
  legsPropagator,
  legsRecurrence,
  legsSensitivity,
  legsSolve,
  legsTimescale,
  orthogonalPolynomials,
  polynomialKinds,
} from "../../ssm/index.js";
import { columnOfPlanes, type Input, m, nested, nestedComplex, v } from "../helpers.js";
import { integer, kinds, matrix, option, type Routine, real, routine, vector } from "../routine.js";

const heatmap = (title: string, a: Matrix): Figure => ({ kind: "heatmap", title, matrix: { ...a, imag: undefined }, scale: "diverging" });
const rows = (a: Matrix) => Array.from({ length: a.rows }, (_, i) => a.data.subarray(i * a.columns, (i + 1) * a.columns));

/** Options of a HiPPO measure from plain data. */
const hippo = (i: Input): HippoOptions => ({
  kind: i.kind,
  N: i.N,
  ...(i.w != null && { w: i.w }),
  ...(i.alpha != null && { alpha: i.alpha }),
  ...(i.beta != null && { beta: i.beta }),
  ...(i.edge != null && { edge: i.edge }),
  ...(i.convention != null && { convention: i.convention }),
});

const measure = [
  option("kind", hippoKinds, "legs", "the measure"),
  integer("N", { min: 1, max: 1024, default: 8, doc: "number of states" }),
  real("w", { min: 0, default: 1, doc: "length of the window" }),
  option("edge", ["corrected", "naive"], "corrected", "far end of the Fourier window"),
];

const polynomials = routine({
  name: "orthogonalPolynomials",
  title: "Orthogonal polynomials at given points",
  doc: "Row $k$ holds the polynomial of degree $k$ at the points $x$.",
  params: [
    option("kind", polynomialKinds, "legendre"),
    integer("n", { min: 0, max: 10_000 }),
    vector("x"),
    real("alpha", { default: 0, doc: "exponent of generalised Laguerre" }),
  ],
  result: kinds.matrix,
  cost: ({ n, x }) => 6 * n * x.length,
  source: "DLMF 18.9",
  example: 'orthogonalPolynomials("legendre", 4, [0; 0.5; 1])',
  figure: (P, { x }) => ({
    kind: "line",
    title: "Orthogonal polynomials",
    x: { title: "x" },
    y: { title: "value" },
    series: rows(P).map((y, k) => ({ name: `degree ${k}`, x, y })),
  }),
  compute: (a) => orthogonalPolynomials(a.kind, a.n, a.x, a.alpha),
  reference: { orthoPolyEval: (i: Input) => ({ values: nested(orthogonalPolynomials(i.kind, i.n, v(i.x), i.alpha ?? 0)) }) },
});

const matrices = routine({
  name: "hippo",
  title: "HiPPO matrices of a measure",
  doc: "$A$ and $B$ of $c' = Ac + Bu$ (windows) or $c' = (Ac + Bu)/t$ (scaled measures) for $u \\approx \\sum_n c_n g_n$.",
  params: [
    ...measure,
    real("alpha", { min: -1, max: 1, default: 0 }),
    real("beta", { min: 0, default: 1 }),
    option("convention", ["ode", "hippo-paper"], "ode"),
  ],
  result: kinds.record({ A: kinds.matrix, B: kinds.matrix }),
  cost: ({ N }) => 10 * N * N,
  source: "HiPPO (arXiv 2008.07669) Thm 1, 2; HTTYH (2206.12037); kexue.fm 10114, 10137",
  example: 'hippo("legs", 4)',
  figure: (r) => heatmap("HiPPO matrix A", r.A),
  compute: (a) => hippoMatrices(hippo(a)),
  reference: {
    hippoMatrices: (i: Input) => {
      const { A, B } = hippoMatrices(hippo(i));
      return { A: nestedComplex(A), B: B.imag ? { re: Array.from(B.data), im: Array.from(B.imag) } : Array.from(B.data) };
    },
  },
});

const spectrum = routine({
  name: "hippoSpectrum",
  title: "Eigenvalues of a HiPPO matrix",
  params: measure,
  result: kinds.matrix,
  cost: ({ N }) => 25 * N ** 3,
  source: "S4 (arXiv 2111.00396) §3; kexue.fm 10162",
  example: 'hippoSpectrum("legt", 6)',
  figure: (r) => ({
    kind: "scatter",
    title: "Eigenvalues in the complex plane",
    x: { title: "real part" },
    y: { title: "imaginary part" },
    series: [{ name: "λ", x: r.data, y: r.imag ?? [] }],
  }),
  compute: (a) => columnOfPlanes(hippoSpectrum(hippo(a))),
  reference: { hippoSpectrum: (i: Input) => hippoSpectrumSummary(hippo(i)) },
});

const eigenvectors = routine({
  name: "legsEigenvectors",
  title: "Exact eigenvectors of LegS, and how ill-conditioned they are",
  doc: "$V_{ij} = \\sqrt{2i+1}(-1)^{i-j}\\binom{i+j}{i-j}$, eigenvalues $-1, \\dots, -N$, and $\\log_{10}$ of the condition number of the columns at unit length.",
  params: [integer("N", { min: 1, max: 200, default: 8 })],
  result: kinds.record({ V: kinds.matrix, eigenvalues: kinds.vector, log10cond: kinds.real }),
  cost: ({ N }) => 20 * N ** 3,
  source: "S4 (arXiv 2111.00396) Lemma 3.2",
  example: "legsEigenvectors(4)",
  compute: (a) => ({ ...legsEigenvectors(a.N), log10cond: legsEigenCondition(a.N) }),
  reference: {
    legsEigenvectors: (i: Input) => {
      const { V, eigenvalues } = legsEigenvectors(i.N);
      return { V: nested(V), eigenvalues: Array.from(eigenvalues) };
    },
    legsEigenCondition: (i: Input) => ({ log10cond: legsEigenCondition(i.N) }),
  },
});

const discretized = routine({
  name: "discretize",
  title: "A continuous system as a recurrence",
  doc: "$x_k = A_d x_{k-1} + B_d u_k$ for $x' = Ax + Bu$ at steps $\\Delta$.",
  params: [
    matrix("A"),
    matrix("B"),
    real("dt", { min: 0 }),
    option("method", discretizationMethods, "bilinear"),
    real("alpha", { min: 0, max: 1, default: 0.5, doc: "for gbt" }),
  ],
  result: kinds.record({ Ad: kinds.matrix, Bd: kinds.matrix }),
  cost: ({ A, method }) => (method === "zoh" ? 40 : 4) * A.rows ** 3,
  source: "HiPPO (arXiv 2008.07669) app. B.3",
  example: 'discretize([-1 0; 1 -2], [1; 0], 0.1, "zoh")',
  figure: (r) => heatmap("Discretised A", r.Ad),
  compute: (a) => discretize(a.A, a.B, a.dt, a.method, a.alpha),
  reference: {
    discretize: (i: Input) => {
      const flat = (B: Matrix): unknown =>
        B.columns > 1 ? nestedComplex(B) : B.imag ? { re: Array.from(B.data), im: Array.from(B.imag) } : Array.from(B.data);
      const B = i.B !== null && typeof i.B === "object" && "re" in i.B && !Array.isArray(i.B.re?.[0]) ? complexColumn(i.B) : m(i.B, "B");
      const { Ad, Bd } = discretize(m(i.A, "A"), B, i.dt, i.method, i.alpha ?? undefined);
      return { Ad: nestedComplex(Ad), Bd: flat(Bd) };
    },
  },
});

const complexColumn = (json: { re: unknown; im: unknown }): Matrix => columnOfPlanes({ re: v(json.re), im: v(json.im) });

const recurrence = routine({
  name: "legsRecurrence",
  title: "LegS coefficients of a signal, sample by sample",
  params: [vector("u"), integer("N", { min: 1, max: 512 }), option("method", legsMethods, "exact")],
  result: kinds.record({ state: kinds.vector, reconstruction: kinds.vector }),
  cost: ({ u, N, method }) => u.length * (method === "exact" ? 12 * N * N : 10 * N),
  source: "HiPPO (arXiv 2008.07669) app. B; kexue.fm 10137",
  example: "legsRecurrence([1; 2; 4; 3], 3)",
  figure: (r, { u }) => ({
    kind: "line",
    title: "The signal and what the state remembers",
    x: { title: "sample" },
    y: { title: "value" },
    series: [
      { name: "signal", y: u },
      { name: "reconstruction", y: r.reconstruction, dashed: true },
    ],
  }),
  compute: (a) => {
    const run = legsRecurrence(a.u, a.N, a.method);
    const s = Float64Array.from(a.u as Float64Array, (_, k) => (k + 0.5) / a.u.length);
    return {
      state: run.state,
      reconstruction: hippoReconstruct({ kind: "legs", N: a.N }, run.state, s),
      ...(run.warning && { warning: run.warning }),
    };
  },
  reference: {
    legsRecurrence: (i: Input) => {
      const u = v(i.u);
      const { history, state } = legsRecurrence(u, i.N, i.method, { history: true });
      const half = Math.floor(u.length / 2);
      return { state, stateHalf: half > 0 ? history?.[half - 1] : new Float64Array(i.N) };
    },
    legsTimescale: (i: Input) => {
      const { original, repeated } = legsTimescale(v(i.u), i.N, i.repeat);
      return { stateOriginal: original, stateRepeated: repeated };
    },
  },
});

const project = routine({
  name: "legsProject",
  title: "Legendre projection of a sampled signal",
  params: [vector("u"), integer("N", { min: 1, max: 4096 })],
  result: kinds.record({ c: kinds.vector, reconstruction: kinds.vector, rmse: kinds.real }),
  cost: ({ u, N }) => 10 * u.length * N,
  source: "kexue.fm 10114",
  example: "legsProject([1; 2; 4; 3], 3)",
  figure: (r, { u }) => ({
    kind: "line",
    title: "Signal and projection",
    x: { title: "sample" },
    y: { title: "value" },
    series: [
      { name: "signal", y: u },
      { name: "projection", y: r.reconstruction, dashed: true },
    ],
  }),
  compute: (a) => legsFit(a.u, a.N),
  reference: { legsProject: (i: Input) => legsFit(v(i.u), i.N) },
});

const fastOps = routine({
  name: "legsApply",
  title: "LegS times a vector in linear time",
  params: [vector("v")],
  result: kinds.vector,
  cost: (a) => 5 * a.v.length,
  source: "kexue.fm 10137",
  example: "legsApply([1; 2; 3])",
  compute: (a) => legsApply(a.v),
  reference: { legsFastOps: (i: Input) => ({ Av: legsApply(v(i.v)), solve: legsSolve(v(i.v), i.lambda) }) },
});

const solve = routine({
  name: "legsSolve",
  title: "$(I - \\lambda A)^{-1}v$ of LegS in linear time",
  params: [vector("v"), real("lambda")],
  result: kinds.vector,
  cost: (a) => 8 * a.v.length,
  source: "kexue.fm 10137",
  example: "legsSolve([1; 2; 3], 0.1)",
  compute: (a) => legsSolve(a.v, a.lambda),
});

const propagator = routine({
  name: "legsPropagator",
  title: "What a growth of time does to LegS coefficients",
  doc: "$e^{A\\ln\\rho}$ by exact quadrature.",
  params: [integer("N", { min: 1, max: 512 }), real("ratio", { min: 0 })],
  result: kinds.matrix,
  cost: ({ N }) => 3 * N ** 3,
  source: "Scholium",
  example: "legsPropagator(4, 2)",
  figure: (r) => heatmap("LegS propagator", r),
  compute: (a) => legsPropagator(a.N, a.ratio),
  reference: { legsPropagator: (i: Input) => ({ E: nested(legsPropagator(i.N, i.ratio)) }) },
});

const basis = routine({
  name: "legsLtiBasis",
  title: "What LegS remembers when used time-invariantly",
  doc: "$e^{tA}B = e^{-t} g(e^{-t})$: row $n$ over the times $t$.",
  params: [integer("N", { min: 1, max: 4096 }), vector("t")],
  result: kinds.matrix,
  cost: ({ N, t }) => 8 * N * t.length,
  source: "kexue.fm 10162",
  example: "legsLtiBasis(3, [0; 1; 2])",
  figure: (r, { t }) => ({
    kind: "line",
    title: "Memory of S4's LegS",
    x: { title: "t" },
    y: { title: "weight" },
    series: rows(r).map((y, n) => ({ name: `state ${n}`, x: t, y })),
  }),
  compute: (a) => legsLtiBasis(a.N, a.t),
  reference: { legsLtiBasis: (i: Input) => ({ values: nested(legsLtiBasis(i.N, v(i.t))) }) },
});

const monomial = routine({
  name: "legsMonomial",
  title: "LegS coefficients of a power of time",
  params: [integer("p", { min: 0 }), integer("N", { min: 1, max: 4096 })],
  result: kinds.vector,
  cost: ({ N }) => 5 * N,
  source: "HiPPO (arXiv 2008.07669) app. D",
  example: "legsMonomial(2, 4)",
  compute: (a) => legsMonomial(a.p, a.N),
  referenceMark: "s",
  reference: {
    legsMonomial: (i: Input) => {
      const moments = legsMonomial(i.p, i.N);
      return { moments, reconstruction: hippoReconstruct({ kind: "legs", N: i.N }, moments, v(i.s)) };
    },
  },
});

const sensitivity = routine({
  name: "legsSensitivity",
  title: "How much the LegS state remembers of one sample",
  params: [integer("N", { min: 1, max: 4096 }), integer("L", { min: 1 }), integer("k", { min: 0 })],
  result: kinds.record({ gradient: kinds.vector, norm: kinds.real }),
  cost: ({ N }) => 20 * N,
  source: "HiPPO (arXiv 2008.07669) Prop. 5",
  example: "legsSensitivity(8, 100, 50)",
  compute: (a) => legsSensitivity(a.N, a.L, a.k),
  reference: { legsSensitivity: (i: Input) => legsSensitivity(i.N, i.L, i.k) },
});

const online = routine({
  name: "hippoOnline",
  title: "A sliding window remembered by N coefficients",
  params: [
    vector("u"),
    option("kind", ["legt", "legt-plain", "lmu", "fout"], "legt"),
    integer("N", { min: 1, max: 256, default: 8 }),
    integer("samplesPerWindow", { min: 1, default: 32 }),
    option("method", discretizationMethods, "zoh"),
    real("w", { min: 0, default: 1 }),
    option("edge", ["corrected", "naive"], "corrected"),
  ],
  result: kinds.record({ state: kinds.vector, reconstruction: kinds.vector, rmse: kinds.real }),
  cost: ({ u, N }) => 2 * u.length * N * N + 40 * N ** 3,
  source: "HiPPO (arXiv 2008.07669) §2; HTTYH (2206.12037)",
  example: 'hippoOnline([1; 2; 4; 3; 2; 1; 0; 1], "legt", 4, 4)',
  figure: (r, { u, samplesPerWindow }) => ({
    kind: "line",
    title: "The last window and what the state says of it",
    x: { title: "sample of the window" },
    y: { title: "value" },
    series: [
      { name: "signal", y: (u as Float64Array).slice(-samplesPerWindow) },
      { name: "reconstruction", y: r.reconstruction, dashed: true },
    ],
  }),
  compute: (a) => hippoOnline(a.u, a),
  reference: {
    hippoOnline: (i: Input) =>
      hippoOnline(v(i.u), { ...hippo(i), samplesPerWindow: i.samplesPerWindow, ...(i.method != null && { method: i.method }) }),
  },
});

export const hippoEntries: readonly Routine[] = [
  polynomials,
  matrices,
  spectrum,
  eigenvectors,
  discretized,
  recurrence,
  project,
  fastOps,
  solve,
  propagator,
  basis,
  monomial,
  sensitivity,
  online,
];
