// Entries of the matrix sign room.

import type { Figure } from "../../figure/index.js";
import { MathError, type Matrix, norm, said, singularValues, subtract } from "../../linalg/index.js";
import {
  divergenceThreshold,
  minimaxOddPolynomial,
  msign,
  muonScales,
  muonStep,
  newtonSchulz,
  polarExpressCoefficients,
  type ScheduleName,
  scalarMap,
  scalarPath,
  scalarRange,
  schedules,
  type Triple,
} from "../../msign/index.js";
import { type Input, m, nested } from "../helpers.js";
import { flag, integer, kinds, matrix, option, type Routine, real, routine, vector } from "../routine.js";

const asTriples = (a: Matrix): Triple[] => {
  if (a.columns !== 3 || a.rows === 0) throw new MathError("shape-mismatch", said`a schedule has three columns a, b, c, not ${a.rows}×${a.columns}`);
  return nested(a).map(([p, q, r]) => [p, q, r] as const);
};
const fromTriples = (t: readonly Triple[]): Matrix => ({ rows: t.length, columns: 3, data: Float64Array.from(t.flat()) });
/** The schedule of a reference case: its coefficients, else its name. */
function scheduleOf(i: Input): readonly Triple[] {
  if (i.coefficients) return asTriples(m(i.coefficients));
  const name = String(i.schedule ?? "keller-jordan");
  if (!Object.hasOwn(schedules, name)) throw new MathError("domain", said`no schedule ${name}; there are ${Object.keys(schedules).join(", ")}`);
  return schedules[name as ScheduleName];
}

/** Points from lo to 1, evenly spaced on a logarithmic axis. */
const decades = (lo: number, count = 400): Float64Array => Float64Array.from({ length: count }, (_, i) => lo ** (1 - i / (count - 1)));

const mapFigure = (title: string, x: Float64Array, y: Float64Array): Figure => ({
  kind: "line",
  title,
  x: { title: "σ before", scale: "log" },
  y: { title: "σ after" },
  series: [
    { name: "map", x, y },
    { name: "1", x, y: x.map(() => 1), dashed: true },
  ],
});

const sign = routine({
  name: "msign",
  latex: ["\\operatorname{msign}"],
  title: "Matrix sign (polar factor)",
  doc: "$U_kV_k^\\top$ of the thin SVD: every non-zero singular value becomes one.",
  params: [matrix("A")],
  result: kinds.matrix,
  cost: ({ A }) => 20 * A.rows * A.columns * Math.min(A.rows, A.columns),
  source: "Su, kexue.fm 10592; Higham 2008, ch. 8",
  example: "msign([1 2; 3 4])",
  figure: (r) => ({ kind: "heatmap", title: "Matrix sign", matrix: r, scale: "diverging" }),
  compute: (a) => msign(a.A).Q,
  reference: {
    "linalg.msign": (i: Input) => ({ out: nested(msign(m(i.G)).Q) }),
    msign: (i: Input) => {
      const A = m(i.A);
      const f = msign(A, { rtol: i.rtol });
      return { msign: f.Q, rank: f.rank, polarH: f.H, rms: A.data.length ? Math.sqrt(f.rank / A.data.length) : 0, nuclear: f.nuclear };
    },
  },
});

const newton = routine({
  name: "newtonSchulz",
  title: "Newton-Schulz iteration for the matrix sign",
  doc: "$X \\leftarrow aX+(bS+cS^2)X$ with $S=XX^\\top$; acts on singular values only.",
  params: [matrix("A"), option("schedule", Object.keys(schedules), "keller-jordan"), integer("steps", { min: 0, max: 1000, default: 5 })],
  result: kinds.matrix,
  cost: ({ A, steps }) => steps * 6 * A.rows * A.columns * Math.min(A.rows, A.columns),
  source: "K. Jordan et al. 2024 (Muon); Su, kexue.fm 10922",
  example: "newtonSchulz([1 2; 3 4])",
  compute: (a) => newtonSchulz(a.A, a),
  reference: {
    "linalg.newtonSchulz5": (i: Input) => {
      const out = newtonSchulz(m(i.G), { steps: i.steps });
      return { out: nested(out), singularValues: Array.from(singularValues(out)) };
    },
    "linalg.newtonSchulzScalar": (i: Input) => {
      const path = scalarPath(i.s, schedules["keller-jordan"], i.steps);
      return { out: path[path.length - 1], path };
    },
    newtonSchulz: (i: Input) => {
      const A = m(i.A);
      const X = newtonSchulz(A, { schedule: scheduleOf(i), steps: i.steps, eps: i.eps, norm: i.norm });
      return { X, singularValuesSorted: singularValues(X), distToMsignF: norm(subtract(X, msign(A).Q), "fro") };
    },
  },
});

const signFactors = routine({
  name: "polarFactors",
  title: "Matrix sign with its positive factor",
  doc: "$A=QH$, $Q=\\operatorname{msign}(A)$, $H$ positive semidefinite; rank and nuclear norm $\\langle A,Q\\rangle$. Any shape and rank.",
  params: [matrix("A"), real("rtol", { min: -1, max: 1, default: -1, doc: "relative cut; negative for max(m, n)·ε" })],
  result: kinds.record({ Q: kinds.matrix, H: kinds.matrix, rank: kinds.integer, nuclear: kinds.real }),
  cost: ({ A }) => 25 * A.rows * A.columns * Math.min(A.rows, A.columns),
  source: "Higham 2008, ch. 8; Su, kexue.fm 10592",
  example: "polarFactors([1 2; 3 4])",
  figure: (r) => ({ kind: "heatmap", title: "H", matrix: r.H, scale: "diverging" }),
  compute: ({ A, rtol }) => msign(A, { rtol: rtol < 0 ? undefined : rtol }),
});

const scalar = routine({
  name: "newtonSchulzMap",
  title: "What a Newton-Schulz schedule does to a singular value",
  doc: "The composed polynomial at the points $x$, its exact range on $[lo,1]$ and the $\\sigma$ above which it diverges.",
  params: [
    vector("x"),
    option("schedule", Object.keys(schedules), "keller-jordan"),
    integer("steps", { min: 0, max: 1000, default: 5 }),
    real("lo", { min: 0, max: 1, default: 0.01 }),
  ],
  result: kinds.record({ values: kinds.vector, min: kinds.real, max: kinds.real, threshold: kinds.real, curve: kinds.json }),
  cost: ({ x, steps }) => 10 * x.length * steps + 2e6,
  source: "K. Jordan et al. 2024 (Muon); Su, kexue.fm 10922",
  example: "newtonSchulzMap([0.01 0.1 0.5 1])",
  figure: (r) => mapFigure("Singular values after the iteration", r.curve.x, r.curve.y),
  compute: ({ x, schedule, steps, lo }) => {
    const triples = schedules[schedule as ScheduleName];
    const at = decades(Math.max(lo, 1e-6));
    return {
      values: scalarMap(x, triples, steps),
      ...scalarRange(triples, steps, lo),
      threshold: divergenceThreshold(triples),
      curve: { x: at, y: scalarMap(at, triples, steps) },
    };
  },
  reference: {
    scalarConvergence: (i: Input) => {
      const triples = scheduleOf(i);
      return { ...scalarRange(triples, i.steps, i.lo, i.hi ?? 1), values: scalarMap(i.points ?? [], triples, i.steps) };
    },
  },
});

const minimax = routine({
  name: "minimaxOddPolynomial",
  title: "Odd polynomial nearest to one",
  doc: "The $ax+bx^3(+cx^5)$ that minimises $\\max|p-1|$ on $[l,u]$: it equioscillates.",
  params: [real("l", { min: 0 }), real("u", { min: 0, default: 1 }), integer("degree", { min: 3, max: 5, default: 5 })],
  result: kinds.record({ coeffs: kinds.vector, error: kinds.real, extrema: kinds.vector }),
  cost: () => 1e4,
  source: "Amsel et al. 2025 (arXiv 2505.16932), §4; arXiv 2506.10935; Su, kexue.fm 10996",
  example: "minimaxOddPolynomial(0.1)",
  figure: (r, { l, u }) => {
    const x = Float64Array.from({ length: 400 }, (_, i) => l + ((u - l) * i) / 399);
    const [a, b, c = 0] = r.coeffs;
    return {
      kind: "line",
      title: "Minimax polynomial",
      x: { title: "x" },
      y: { title: "p(x)" },
      series: [
        { name: "p", x, y: x.map((t) => t * (a + t * t * (b + c * t * t))) },
        { name: "1 + E", x, y: x.map(() => 1 + r.error), dashed: true },
        { name: "1 - E", x, y: x.map(() => 1 - r.error), dashed: true },
      ],
    };
  },
  compute: ({ l, u, degree }) => minimaxOddPolynomial(l, u, degree),
  reference: {
    minimaxOddPolynomial: (i: Input) => {
      const { coeffs, error, extrema } = minimaxOddPolynomial(i.l, i.u, i.degree);
      return { coefficients: coeffs, error, interiorExtrema: extrema };
    },
  },
});

const polarExpress = routine({
  name: "polarExpressCoefficients",
  title: "Polar Express coefficients",
  doc: "Triples for singular values in $[l,1]$, each the minimax polynomial on what the ones before have reached.",
  params: [
    real("l", { min: 0, max: 1, default: 1e-3 }),
    integer("steps", { min: 0, max: 1000, default: 5 }),
    real("cushion", { min: 0, max: 1, default: 0.02407327424182761 }),
    real("safety", { min: 0, default: 0 }),
  ],
  result: kinds.matrix,
  cost: ({ steps }) => 1e4 * steps,
  source: "Amsel et al. 2025 (arXiv 2505.16932), algorithm 1; Su, kexue.fm 10996",
  example: "polarExpressCoefficients(0.001, 5)",
  figure: (r, { l }) => {
    const x = decades(Math.max(l / 10, 1e-9));
    return mapFigure("Singular values after the iteration", x, scalarMap(x, asTriples(r), r.rows));
  },
  compute: ({ l, steps, cushion, safety }) => fromTriples(polarExpressCoefficients(l, steps, { cushion, safety })),
  referenceMark: "points",
  reference: {
    polarExpressCoefficients: (i: Input) => {
      const triples = polarExpressCoefficients(i.l, i.steps, { cushion: i.cushion, safety: i.safety });
      return { coefficients: fromTriples(triples), composedValues: scalarMap(i.points ?? [], triples, i.steps) };
    },
  },
});

const step = routine({
  name: "muonStep",
  title: "A step of Muon",
  doc: "$M\\leftarrow\\beta M+(1-\\beta)G$, the update is the matrix sign of $M$ (or of Nesterov's mixture) times a factor of the shape. Rows are outputs, as in PyTorch; for $Y=XW$ swap the sides.",
  params: [
    matrix("W"),
    matrix("M"),
    matrix("G"),
    real("lr", { min: 0, default: 0.02 }),
    real("beta", { min: 0, max: 1, default: 0.95 }),
    real("weightDecay", { default: 0 }),
    flag("nesterov", true),
    option("scale", Object.keys(muonScales), "jordan"),
    option("method", ["ns", "svd"], "ns"),
  ],
  result: kinds.record({ W: kinds.matrix, M: kinds.matrix, O: kinds.matrix, updateRms: kinds.real, scaleFactor: kinds.real }),
  cost: ({ W }) => 40 * W.rows * W.columns * Math.min(W.rows, W.columns),
  source: "K. Jordan et al. 2024; arXiv 2502.16982; Su, kexue.fm 10592, 10739",
  example: "muonStep([1 0; 0 1], [0 0; 0 0], [1 2; 3 4])",
  figure: (r) => ({ kind: "heatmap", title: "Update", matrix: r.O, scale: "diverging" }),
  compute: ({ W, M, G, ...options }) => muonStep({ W, M }, G, options),
  referenceMark: "momentum",
  reference: {
    muonStep: (i: Input) => {
      const r = muonStep({ W: m(i.W), M: m(i.momentum) }, m(i.grad), {
        lr: i.lr,
        beta: i.beta,
        weightDecay: i.weightDecay,
        nesterov: i.nesterov,
        scale: i.scale === "kj" ? "jordan" : i.scale,
        method: i.method,
        steps: i.steps,
        ...(i.coefficients && { schedule: scheduleOf(i) }),
      });
      return { W: r.W, momentum: r.M, updateRms: r.updateRms, scaleFactor: r.scaleFactor };
    },
  },
});

export const msignEntries: readonly Routine[] = [sign, signFactors, newton, scalar, minimax, polarExpress, step];
