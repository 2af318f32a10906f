// Entries of the room of low-rank adapters.

import type { Figure } from "../../figure/index.js";
import { type Matrix, mulberry32, multiply, norm, subtract } from "../../linalg/index.js";
import {
  adaLoraBudget,
  adaLoraDelta,
  adaLoraImportance,
  adaLoraMask,
  adaLoraPenalty,
  adaLoraScores,
  alignmentMetrics,
  doraForward,
  doraGradients,
  doraMagnitude,
  type Importance,
  type Lora,
  type LoraUpdate,
  loraEquivalentGradient,
  loraFirstStep,
  loraFrozen,
  loraGaDirections,
  loraGaInit,
  loraGaScales,
  loraGradients,
  loraInit,
  loraInits,
  loraMerge,
  loraPlusRatio,
  loraProAdjust,
  loraProModes,
  loraScaling,
  loraTrajectory,
  loraUpdates,
  noImportance,
  pissaInit,
  regressionProblem,
} from "../../lora/index.js";
import { type Input, m, v } from "../helpers.js";
import { type Args, flag, integer, kinds, matrix, option, type Param, type Routine, real, routine, vector } from "../routine.js";

const heatmap = (title: string, a: Matrix): Figure => ({ kind: "heatmap", title, matrix: a, scale: "diverging" });
const scaleParam = real("scale", { default: 1 });
const adapter = ({ A, B, scale }: { A: Matrix; B: Matrix; scale: number }): Lora => ({ A, B, scale });
const adapterOf = (i: Input): Lora => ({ A: m(i.A), B: m(i.B), scale: i.scale });
const productCost = ({ A, B }: Args): number => 6 * A.rows * A.columns * B.columns;
const orientation = "$Y=XW$: $W$ is inputs×outputs, $A$ $n\\times r$, $B$ $r\\times m$; PEFT stores $A^\\top$ as lora_A and $B^\\top$ as lora_B.";

const merge = routine({
  name: "loraMerge",
  title: "Weight with its adapter merged in",
  doc: `$W=(W_0-sA_0B_0)+sAB$. ${orientation}`,
  params: [matrix("W0"), matrix("A0"), matrix("B0"), matrix("A"), matrix("B"), scaleParam],
  result: kinds.matrix,
  cost: productCost,
  source: "Hu et al. 2021 (arXiv 2106.09685); Su, kexue.fm 10226",
  example: "loraMerge([1 2; 3 4], [1; 0], [0 0], [1; 1], [1 2])",
  figure: (r) => heatmap("Merged weight", r),
  compute: ({ W0, A0, B0, A, B, scale }) => loraMerge(W0, { A: A0, B: B0, scale }, { A, B, scale }),
  reference: {
    loraMergeAndGrad: (i: Input) => {
      const [W0, l, G] = [m(i.W0), adapterOf(i), m(i.G)];
      const init: Lora = { A: m(i.A0), B: m(i.B0), scale: i.scale };
      const { gA, gB } = loraGradients(l, G);
      return { frozen: loraFrozen(W0, init), W: loraMerge(W0, init, l), gradA: gA, gradB: gB, equivalentGradSgd: loraEquivalentGradient(l, G) };
    },
  },
});

const gradients = routine({
  name: "loraGradients",
  title: "Gradients of an adapter's factors",
  doc: `$G_A=sGB^\\top$, $G_B=sA^\\top G$ from $G=\\partial L/\\partial W$. ${orientation}`,
  params: [matrix("A"), matrix("B"), matrix("G"), scaleParam],
  result: kinds.record({ gA: kinds.matrix, gB: kinds.matrix, equivalent: kinds.matrix }),
  cost: productCost,
  source: "Su, kexue.fm 10226",
  example: "loraGradients([1; 2], [1 0], [1 2; 3 4])",
  compute: (a) => ({ ...loraGradients(adapter(a), a.G), equivalent: loraEquivalentGradient(adapter(a), a.G) }),
});

const start = routine({
  name: "loraInit",
  title: "Starting factors of an adapter",
  doc: "kaiming: $A$ uniform in $\\pm1/\\sqrt n$ and $B=0$; orthogonal: orthonormal columns and rows.",
  params: [
    integer("n", { min: 1 }),
    integer("m", { min: 1 }),
    integer("r", { min: 1 }),
    option("kind", loraInits, "kaiming"),
    integer("seed", { default: 1 }),
  ],
  result: kinds.record({ A: kinds.matrix, B: kinds.matrix, scale: kinds.real }),
  cost: ({ n, m: outputs, r }) => 10 * (n + outputs) * r * r,
  source: "Hu et al. 2021 (arXiv 2106.09685)",
  example: "loraInit(4, 3, 2)",
  compute: (a) => loraInit(a.n, a.m, a.r, mulberry32(a.seed), { kind: a.kind }),
});

const scaling = routine({
  name: "loraScaling",
  title: "Scale of an adapter",
  doc: "$\\alpha/r$ (LoRA) or $\\alpha/\\sqrt r$ (rsLoRA).",
  params: [real("alpha"), integer("r", { min: 1 }), option("kind", ["lora", "rslora"], "lora")],
  result: kinds.real,
  source: "Hu et al. 2021 (arXiv 2106.09685); Kalajdzievski 2023 (arXiv 2312.03732)",
  example: "loraScaling(16, 8)",
  compute: (a) => loraScaling(a.alpha, a.r, a.kind),
  referenceMark: "n",
  reference: {
    loraScaling: (i: Input) => {
      const { su, order } = loraPlusRatio(i.n, i.m, i.r);
      return { lora: loraScaling(i.alpha, i.r), rslora: loraScaling(i.alpha, i.r, "rslora"), loraPlusRatioSu: su, loraPlusRatioOrder: order };
    },
  },
});

const plus = routine({
  name: "loraPlusRatio",
  title: "Ratio of learning rates of LoRA+",
  doc: "$\\eta_B/\\eta_A\\approx(n/m)\\sqrt{n/r}$, of order $\\sqrt n$; the paper argues $\\Theta(n)$.",
  params: [integer("n", { min: 1 }), integer("m", { min: 1 }), integer("r", { min: 1 })],
  result: kinds.record({ su: kinds.real, order: kinds.real }),
  source: "Hayou et al. 2024 (arXiv 2402.12354); Su, kexue.fm 10001",
  example: "loraPlusRatio(4096, 4096, 8)",
  compute: (a) => loraPlusRatio(a.n, a.m, a.r),
});

const pissa = routine({
  name: "pissaInit",
  title: "PiSSA: start from the leading part of the weight",
  doc: "$A=U_r\\sqrt{\\Sigma_r/s}$, $B=\\sqrt{\\Sigma_r/s}V_r^\\top$; the tail of the SVD stays frozen.",
  params: [matrix("W0"), integer("r", { min: 1 }), scaleParam],
  result: kinds.record({ A: kinds.matrix, B: kinds.matrix, residual: kinds.matrix }),
  cost: ({ W0 }) => 20 * W0.rows * W0.columns * Math.min(W0.rows, W0.columns),
  source: "Meng et al. 2024 (arXiv 2404.02948)",
  example: "pissaInit([1 2; 3 4], 1)",
  figure: (r) => heatmap("Frozen part", r.residual),
  compute: (a) => pissaInit(a.W0, a.r, a.scale),
  reference: {
    pissaInit: (i: Input) => {
      const f = pissaInit(m(i.W0), i.r, i.scale);
      return { ...f, residualF: norm(f.residual, "fro") };
    },
  },
});

const doraWeight = routine({
  name: "doraForward",
  title: "Weight of a DoRA adapter",
  doc: "$W=V\\,\\mathrm{diag}(mag/\\|V_{:,j}\\|)$ with $V=W_0+sAB$, one magnitude for each output unit.",
  params: [matrix("W0"), matrix("A"), matrix("B"), vector("magnitude"), scaleParam],
  result: kinds.matrix,
  cost: productCost,
  source: "Liu et al. 2024 (arXiv 2402.09353)",
  example: "doraForward([1 2; 3 4], [1; 0], [0.5 0.5], [3 4])",
  figure: (r) => heatmap("Weight", r),
  compute: (a) => doraForward(a.W0, adapter(a), a.magnitude),
  reference: {
    dora: (i: Input) => {
      const [W0, l, magnitude, G] = [m(i.W0), adapterOf(i), v(i.magnitude), m(i.G)];
      const detached = doraGradients(W0, l, magnitude, G);
      const full = doraGradients(W0, l, magnitude, G, { detach: false });
      return {
        initMagnitude: doraMagnitude(W0),
        W: doraForward(W0, l, magnitude),
        gradMagnitude: detached.gMag,
        gradA: detached.gA,
        gradB: detached.gB,
        gradAFull: full.gA,
        gradBFull: full.gB,
      };
    },
  },
});

const doraGradient = routine({
  name: "doraGradients",
  title: "Gradients of a DoRA adapter",
  params: [matrix("W0"), matrix("A"), matrix("B"), vector("magnitude"), matrix("G"), scaleParam, flag("detach", true)],
  result: kinds.record({ gMag: kinds.vector, gA: kinds.matrix, gB: kinds.matrix }),
  cost: (a) => 3 * productCost(a),
  source: "Liu et al. 2024 (arXiv 2402.09353), §4.3",
  example: "doraGradients([1 2; 3 4], [1; 0], [0.5 0.5], [3 4], [1 0; 0 1])",
  compute: (a) => doraGradients(a.W0, adapter(a), a.magnitude, a.G, { detach: a.detach }),
});

const triplets = (json: Input) => ({ P: m(json.P), lambda: v(json.lambda ?? json.lam), Q: m(json.Q) });

const scores = routine({
  name: "adaLoraScores",
  title: "Importance of AdaLoRA's triplets",
  doc: "Scores of the triplets of $P\\,\\mathrm{diag}(\\lambda)Q$ after one update of sensitivity and uncertainty from zero, and the mask of the keep best.",
  params: [
    matrix("P"),
    vector("lambda"),
    matrix("Q"),
    matrix("gP"),
    vector("gLambda"),
    matrix("gQ"),
    integer("keep", { min: 0, default: 1 }),
    real("beta1", { min: 0, max: 1, default: 0.85 }),
    real("beta2", { min: 0, max: 1, default: 0.85 }),
  ],
  result: kinds.record({ scores: kinds.vector, mask: kinds.json, delta: kinds.matrix }),
  cost: ({ P, Q }) => 20 * (P.data.length + Q.data.length) + 2 * P.rows * Q.data.length,
  source: "Zhang et al. 2023 (arXiv 2303.10512), equations 8 to 10",
  example: "adaLoraScores([1 0; 0 1], [2 1], [1 0; 0 1], [1 1; 1 1], [1 2], [1 1; 1 1])",
  figure: (r) => ({
    kind: "bars",
    title: "Scores of the triplets",
    x: { title: "triplet" },
    y: { title: "S" },
    labels: Array.from(r.scores, (_: unknown, i: number) => String(i + 1)),
    series: [{ name: "S", y: r.scores }],
  }),
  compute: ({ P, lambda, Q, gP, gLambda, gQ, keep, beta1, beta2 }) => {
    const w = { P, lambda, Q };
    const s = adaLoraScores(adaLoraImportance(noImportance(w), w, { P: gP, lambda: gLambda, Q: gQ }, { beta1, beta2 }));
    const mask = adaLoraMask(s, keep);
    return { scores: s, mask, delta: adaLoraDelta(w, mask) };
  },
  reference: {
    adaLoraImportance: (i: Input) => {
      const w = triplets(i);
      const seen = (i.grads as Input[]).reduce<Importance>(
        (s, g) => adaLoraImportance(s, w, triplets(g), { beta1: i.beta1, beta2: i.beta2 }),
        noImportance(w),
      );
      const s = adaLoraScores(seen);
      const mask = adaLoraMask(s, i.keep);
      return { scores: s, mask, deltaW: adaLoraDelta(w, mask), orthPenalty: adaLoraPenalty(w) };
    },
  },
});

const budget = routine({
  name: "adaLoraBudget",
  title: "AdaLoRA's budget over the steps",
  params: [
    vector("steps"),
    integer("initBudget", { min: 0 }),
    integer("targetBudget", { min: 0 }),
    integer("tInit", { min: 0 }),
    integer("tFinal", { min: 0 }),
    integer("totalSteps", { min: 0 }),
  ],
  result: kinds.vector,
  source: "Zhang et al. 2023 (arXiv 2303.10512), equation 12",
  example: "adaLoraBudget([0 10 50 100], 12, 8, 10, 20, 100)",
  figure: (r, { steps }) => ({
    kind: "line",
    title: "Budget",
    x: { title: "step" },
    y: { title: "triplets" },
    series: [{ name: "budget", x: steps, y: r }],
  }),
  compute: ({ steps, ...config }) => (steps as Float64Array).map((t) => adaLoraBudget(t, config as never)),
  reference: { adaLoraBudget: (i: Input) => ({ budget: [...v(i.steps, "steps")].map((t) => adaLoraBudget(t, i as never)) }) },
});

const ga = routine({
  name: "loraGaInit",
  title: "LoRA-GA: start aligned with the gradient",
  doc: "Factors from the first $2r$ singular pairs of the gradient, so that the first step is as near to full fine-tuning as it can be: the objective $\\|AA^\\top G+GB^\\top B-G\\|_F^2$ falls to $\\sum_{i>2r}\\sigma_i^2$.",
  params: [
    matrix("G"),
    integer("r", { min: 1 }),
    option("direction", loraGaDirections, "ArB2r"),
    option(
      "scaling",
      loraGaScales.filter((x) => x !== "weightS"),
      "unit",
    ),
    real("gamma", { min: 0, default: 16 }),
    real("s", { min: 0, default: 1 }),
    integer("seed", { default: 1 }),
  ],
  result: kinds.record({ A: kinds.matrix, B: kinds.matrix, minObjective: kinds.real, factor: kinds.real, residual: kinds.real, cosine: kinds.real }),
  cost: ({ G }) => 20 * G.rows * G.columns * Math.min(G.rows, G.columns),
  source: "Wang et al. 2024 (arXiv 2407.05000); Su, kexue.fm 10226",
  example: "loraGaInit([4 0 0; 0 2 0; 0 0 1], 1)",
  figure: (r) => [heatmap("A", r.A), heatmap("B", r.B)],
  compute: ({ G, r, direction, scaling: kind, gamma, s, seed }) => {
    const f = loraGaInit(G, r, { direction, scale: kind, gamma, s, rng: mulberry32(seed) });
    return { ...f, ...loraFirstStep(f.A, f.B, G) };
  },
  referenceMark: "W0",
  reference: {
    loraGaInit: (i: Input) => {
      const G = m(i.G);
      const directions = Object.fromEntries(
        (["ArB2r", "A2rBr", "ArBr"] as const).map((direction) => {
          const { A, B } = loraGaInit(G, i.r, { direction });
          return [direction, { A, B, AAt: multiply(A, A, { b: "transpose" }), BtB: multiply(B, B, { a: "transpose" }) }];
        }),
      );
      const f = loraGaInit(G, i.r);
      const first = loraFirstStep(f.A, f.B, G);
      return {
        directions,
        minObjective: f.minObjective,
        relativeResidual: Math.sqrt(f.minObjective) / norm(G, "fro"),
        stableScale: loraGaInit(G, i.r, { scale: "stable", gamma: i.gamma }).factor,
        firstStepCosine: first.cosine,
      };
    },
  },
});

const pro = routine({
  name: "loraProAdjust",
  title: "LoRA-Pro: gradients adjusted to full fine-tuning",
  doc: "$H_A,H_B$ that minimise $\\|s(H_AB+AH_B)-G\\|_F$ from $G_A,G_B$ alone; the equivalent gradient is the projection of $G$ on the tangent space of rank-$r$ matrices, whatever the mode.",
  params: [matrix("A"), matrix("B"), matrix("gA"), matrix("gB"), scaleParam, option("mode", loraProModes, "sylvester")],
  result: kinds.record({ HA: kinds.matrix, HB: kinds.matrix, equivalent: kinds.matrix, descent: kinds.real, changeSq: kinds.real }),
  cost: (a) => 4 * productCost(a),
  source: "Wang and Liang 2024 (arXiv 2407.18242), theorems 2.1 to 2.3; Su, kexue.fm 10266",
  example: "loraProAdjust([1; 2], [1 0], [1; 3], [7 10])",
  figure: (r) => heatmap("Equivalent gradient", r.equivalent),
  compute: (a) => {
    const f = loraProAdjust(adapter(a), { gA: a.gA, gB: a.gB }, { mode: a.mode });
    return { ...f, equivalent: f.equivalent() };
  },
  referenceMark: "gradA",
  reference: {
    loraProAdjust: (i: Input) => {
      const [l, g] = [adapterOf(i), { gA: m(i.gradA), gB: m(i.gradB) }];
      const each = Object.fromEntries(
        loraProModes.map((mode) => {
          const f = loraProAdjust(l, g, { mode });
          return [mode, { HA: f.HA, HB: f.HB, equivalent: f.equivalent(), changeSq: f.changeSq, descent: f.descent }];
        }),
      );
      return { ...each, residualF: i.G && norm(subtract(each["zero"].equivalent, m(i.G)), "fro"), descent: each["zero"].descent };
    },
  },
});

const runParams: readonly Param[] = [
  matrix("X"),
  matrix("Y"),
  matrix("W0"),
  matrix("A0"),
  matrix("B0"),
  option("update", loraUpdates, "lora"),
  option("optimizer", ["sgd", "adam"], "sgd"),
  real("lr", { min: 0, default: 0.05 }),
  integer("steps", { min: 1, max: 100_000, default: 20 }),
  scaleParam,
  real("ratio", { min: 0, default: 16, doc: "η_B/η_A of LoRA+" }),
  option("mode", loraProModes, "sylvester"),
];
const runCost = ({ X, Y, steps }: Args): number => 6 * X.rows * X.columns * Y.columns * steps;
const lossFigure = (title: string, losses: Readonly<Record<string, Float64Array>>): Figure => ({
  kind: "line",
  title,
  x: { title: "step" },
  y: { title: "loss", scale: "log" },
  series: Object.entries(losses).map(([name, y]) => ({ name, y })),
});

/** Methods of the reference data, such as "lorapro-adam". */
const referenceUpdates: Readonly<Record<string, LoraUpdate>> = { full: "full", lora: "lora", loraplus: "loraPlus", lorapro: "loraPro", dora: "dora" };

const trajectory = routine({
  name: "loraTrajectory",
  title: "Training a linear map through an adapter",
  doc: "Gradient steps on $\\tfrac12\\|XW-Y\\|_F^2/N$ by LoRA, LoRA+, LoRA-Pro, DoRA or in full, with SGD or Adam.",
  params: runParams,
  result: kinds.record({ W: kinds.matrix, losses: kinds.vector, A: kinds.matrix, B: kinds.matrix }),
  cost: runCost,
  source: "Wang and Liang 2024 (arXiv 2407.18242); Su, kexue.fm 10226, 10266",
  example: "loraTrajectory([1 0; 0 1; 1 1], [1 2; 3 4; 4 6], [0 0; 0 0], [1; 1], [0 0])",
  figure: (r) => lossFigure("Loss", { loss: r.losses }),
  compute: ({ X, Y, W0, A0, B0, scale, steps, ...options }) => {
    const run = loraTrajectory(regressionProblem(X, Y, W0), { ...options, steps, init: [{ A: A0, B: B0, scale }], keep: [steps] });
    return { W: run.W[0]?.[0], losses: run.losses, A: run.factors[0]?.A, B: run.factors[0]?.B };
  },
  referenceMark: "method",
  reference: {
    loraTrajectory: (i: Input) => {
      const [kind, optimizer] = String(i.method).split("-");
      const { lr, steps, beta1, beta2, eps, mode, ratio } = i;
      const run = loraTrajectory(regressionProblem(m(i.X), m(i.Y), m(i.W0)), {
        update: referenceUpdates[kind],
        optimizer: optimizer === "adam" ? "adam" : "sgd",
        lr,
        steps,
        beta1,
        beta2,
        eps,
        mode,
        ratio,
        init: [{ A: m(i.A0), B: m(i.B0), scale: i.scale ?? 1 }],
        keep: [steps],
      });
      return { W: run.W[0]?.[0], losses: run.losses, A: run.factors[0]?.A, B: run.factors[0]?.B };
    },
  },
});

const alignment = routine({
  name: "loraAlignment",
  title: "How an adapter follows full fine-tuning",
  doc: "Cosine and relative distance of the first step, distance of the path at each step, and the ratio of the last losses; the full run has the same start, optimizer and learning rate.",
  params: runParams,
  result: kinds.record({
    firstStepCos: kinds.real,
    firstStepRel: kinds.real,
    traj: kinds.vector,
    lossRatio: kinds.real,
    losses: kinds.vector,
    fullLosses: kinds.vector,
  }),
  cost: (a) => 2 * runCost(a),
  source: "Wang et al. 2024 (arXiv 2407.05000); Wang and Liang 2024 (arXiv 2407.18242)",
  example: "loraAlignment([1 0; 0 1; 1 1], [1 2; 3 4; 4 6], [0 0; 0 0], [1; 1], [0 0])",
  figure: (r) => lossFigure("Loss", { adapter: r.losses, full: r.fullLosses }),
  compute: ({ X, Y, W0, A0, B0, scale, ...options }) => {
    const problem = regressionProblem(X, Y, W0);
    const full = loraTrajectory(problem, { ...options, update: "full" });
    const run = loraTrajectory(problem, { ...options, init: [{ A: A0, B: B0, scale }] });
    return { ...alignmentMetrics(run, full, [W0]), losses: run.losses, fullLosses: full.losses };
  },
});

export const loraEntries: readonly Routine[] = [
  merge,
  gradients,
  start,
  scaling,
  plus,
  pissa,
  doraWeight,
  doraGradient,
  scores,
  budget,
  ga,
  pro,
  trajectory,
  alignment,
];
