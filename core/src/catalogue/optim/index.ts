// Entries of the optimisation room.

import type { Figure } from "../../figure/index.js";
import { gaussian, mulberry32 } from "../../linalg/index.js";
import {
  cosineSchedule,
  type DescentNorm,
  emaFacts,
  erf,
  findOptimizer,
  fitStepsData,
  flowExact,
  flowMethods,
  flowPath,
  fokkerPlanck1d,
  foldedAccumulation,
  growthFactors,
  inverseSqrtSchedule,
  jkoGaussian,
  jkoSinkhorn,
  langevinMALA,
  langevinULA,
  modifiedLoss,
  momentumSpectralRadius,
  muonTrajectory,
  noiseScaleEstimate,
  optimizers,
  piecewiseLinear,
  quadraticPotential,
  quadraticRates,
  realLimits,
  scalingRules,
  scalingSgd,
  scalingSign,
  simulate,
  steepestDescent,
  stepsData,
  stickySign,
  type TigerState,
  testFunction,
  tigerStep,
  wasserstein1d,
  wsdSchedule,
} from "../../optim/index.js";
import { type Input, m, nested, pick, v } from "../helpers.js";
import { integer, kinds, matrix, option, type Param, type Routine, real, routine, vector } from "../routine.js";

const json = (name: string, doc: string, fallback?: unknown): Param => ({
  name,
  kind: kinds.json,
  doc,
  ...(fallback !== undefined && { default: fallback }),
});
const functions = ["quadratic", "rosenbrock", "himmelblau", "beale", "saddle"];

const lossFigure = (title: string, y: ArrayLike<number>): Figure => ({
  kind: "line",
  title,
  x: { title: "step" },
  y: { title: "f", scale: "log" },
  series: [{ name: "f", y }],
});

const trajectory = routine({
  name: "optimizerPath",
  title: "Path of an optimizer on a test function",
  doc: "Runs SGD, momentum, Nesterov, Adam, AdamW, signSGD, Signum, Lion or normalised SGD on a function of two variables. Divergence ends the path with its last finite step.",
  params: [
    option(
      "optimizer",
      optimizers.map((o) => o.name),
      "adam",
    ),
    option("fn", functions, "rosenbrock"),
    vector("x0", "start", [-1.5, 1]),
    integer("steps", { min: 0, max: 100_000, default: 100 }),
    real("lr", { min: 0, default: 0.01 }),
    json("hyper", "further hyperparameters", {}),
    json("options", "parameters of the function (kappa, theta, a, b)", {}),
  ],
  result: kinds.record({ x: kinds.matrix, f: kinds.vector, status: kinds.string }),
  cost: ({ steps }) => 100 * steps,
  source: "Polyak 1964; arXiv 1412.6980, 1711.05101, 1802.04434, 2302.06675",
  example: 'optimizerPath("adam", "rosenbrock")',
  figure: (r) => lossFigure("Function value along the path", r.f),
  compute: (a) => {
    const path = simulate(findOptimizer(a.optimizer), { lr: a.lr, ...a.hyper }, testFunction({ name: a.fn, ...a.options }), a.x0, a.steps);
    const data = Float64Array.from(path.x.flatMap((p) => Array.from(p)));
    return { x: { rows: path.x.length, columns: 2, data }, f: Float64Array.from(path.f), status: path.status };
  },
  reference: {
    "optim.trajectory": (i: Input) => {
      const path = simulate(findOptimizer(i.optimizer), i.hyper, testFunction(i.fn), v(i.x0), i.steps, { sampleAt: i.sampleAt });
      return { x: path.x.map((p) => Array.from(p)), f: path.f, status: path.status };
    },
    "optim.testFunction": (i: Input) => {
      const e = testFunction(i.fn)(v(i.x));
      return { value: e.value, gradient: Array.from(e.gradient), hessian: nested(e.hessian) };
    },
  },
});

const rates = routine({
  name: "quadraticRates",
  title: "Best step sizes on a quadratic",
  doc: "Step, momentum and rate of gradient descent, heavy ball and Nesterov for curvatures between $\\mu$ and $L$.",
  params: [real("L", { min: 0 }), real("mu", { min: 0 })],
  result: kinds.json,
  source: "Polyak 1964; Nesterov 2004, §2.2",
  example: "quadraticRates(1, 0.1)",
  compute: (a) => quadraticRates(a.L, a.mu),
  reference: { "optim.quadraticRates": (i: Input) => quadraticRates(i.L, i.mu) },
});

const radius = routine({
  name: "momentumSpectralRadius",
  title: "How fast momentum shrinks an eigen-direction",
  params: [real("lambda"), real("lr", { min: 0 }), real("momentum", { min: 0, max: 1 })],
  result: kinds.record({ heavyBall: kinds.real, nesterov: kinds.real }),
  source: "Polyak 1964",
  example: "momentumSpectralRadius(1, 0.1, 0.9)",
  compute: (a) => momentumSpectralRadius(a.lambda, a.lr, a.momentum),
  reference: { "optim.momentumSpectralRadius": (i: Input) => momentumSpectralRadius(i.lambda_, i.lr, i.momentum) },
});

const tiger = routine({
  name: "tigerStep",
  title: "One Tiger step",
  doc: "Sign momentum with the step scaled by the parameters' RMS. A NaN gradient leaves the momentum and shrinks the parameters.",
  params: [
    matrix("theta"),
    matrix("grad"),
    real("lr", { min: 0, default: 1e-3 }),
    option("paramKind", ["matrix", "embedding", "bias", "beta", "gamma"], "matrix"),
    real("beta", { min: 0, max: 1, default: 0.965 }),
    real("weightDecay", { default: 0.01 }),
  ],
  result: kinds.matrix,
  cost: ({ theta }) => 4 * theta.rows * theta.columns,
  source: "Su, kexue.fm 9512; bojone/tiger",
  example: "tigerStep([1 2; 3 4], [1 -1; 0 2])",
  compute: (a) => {
    const { theta } = tigerStep({ theta: a.theta.data, m: new Float64Array(a.theta.data.length), t: 0 }, a.grad.data, a.theta.columns, a);
    return { ...a.theta, data: theta };
  },
  reference: {
    "optim.tiger": (i: Input) => {
      const theta0 = m(i.theta0);
      let state: TigerState = { theta: theta0.data, m: new Float64Array(theta0.data.length), t: 0 };
      const states = (i.grads as unknown[]).map((g) => (state = tigerStep(state, m(g).data, theta0.columns, i as never)));
      const sampled = [1, Math.floor(states.length / 4), Math.floor(states.length / 2), states.length];
      const shape = (data: Float64Array) => (Array.isArray(i.theta0[0]) ? nested({ ...theta0, data }) : Array.from(data));
      const at = sampled.map((s) => states[s - 1] as TigerState);
      return { theta: at.map((s) => shape(s.theta)), momentum: at.map((s) => shape(s.m)), sampledSteps: sampled };
    },
    "optim.foldedAccumulation": (i: Input) =>
      foldedAccumulation(
        (i.grads as unknown[]).map((g) => v(g)),
        i.beta,
        i.accumSteps,
      ),
  },
});

const sticky = routine({
  name: "stickySign",
  title: "Where a decaying momentum stops",
  doc: "$m \\leftarrow \\mathrm{fl}(\\beta m)$ ends some units above zero, so its sign stays for ever.",
  params: [
    option("dtype", ["float32", "float16", "float64"], "float32"),
    real("beta", { min: 0, max: 1, default: 0.965 }),
    real("m0", { default: 0.035 }),
  ],
  result: kinds.json,
  source: "Su, kexue.fm 9736",
  example: 'stickySign("float32", 0.9, 0.1)',
  compute: (a) => stickySign(a.dtype, a.beta, a.m0),
  reference: { "optim.stickySign": (i: Input) => stickySign(i.dtype, i.beta, i.m0) },
});

const ema = routine({
  name: "emaFacts",
  title: "What a moving average amounts to",
  params: [real("beta", { min: 0, max: 1 })],
  result: kinds.json,
  source: "Su, kexue.fm 9512",
  example: "emaFacts(0.965)",
  compute: (a) => emaFacts(a.beta),
  reference: { "optim.emaFacts": (i: Input) => emaFacts(i.beta) },
});

const muon = routine({
  name: "muonPath",
  title: "Muon on a linear matrix problem",
  doc: "Losses of Muon on $\\|XW-Y\\|_F^2/(2N)$ from $W_0$.",
  params: [
    matrix("X"),
    matrix("Y"),
    matrix("W0"),
    integer("steps", { min: 1, max: 10_000, default: 20 }),
    real("lr", { min: 0, default: 0.02 }),
    real("momentum", { min: 0, max: 1, default: 0.95 }),
    real("weightDecay", { default: 0 }),
    option("scale", ["jordan", "moonlight", "spectral", "none"], "jordan"),
    option("orthogonalizer", ["ns5", "svd"], "ns5"),
  ],
  result: kinds.record({ W: kinds.matrix, loss: kinds.vector }),
  cost: ({ X, Y, steps }) => steps * 40 * X.rows * X.columns * Y.columns,
  source: "K. Jordan et al. 2024; arXiv 2502.16982; Su, kexue.fm 10592",
  example: "muonPath([1 0; 0 2; 1 1], [1 2; 0 1; 1 0], [0 0; 0 0])",
  figure: (r) => lossFigure("Muon's loss", r.loss),
  compute: (a) => {
    const path = muonTrajectory(a.X, a.Y, a.W0, a.steps, { ...a, beta: a.momentum, method: a.orthogonalizer === "svd" ? "svd" : "ns" });
    return { W: path.W[path.W.length - 1], loss: Float64Array.from(path.loss) };
  },
  reference: {
    "optim.muon": (i: Input) => {
      const path = muonTrajectory(m(i.X), m(i.Y), m(i.W0), i.steps, {
        lr: i.lr,
        beta: i.momentum,
        weightDecay: i.weightDecay,
        nesterov: i.nesterov,
        scale: i.scale,
        method: i.orthogonalizer === "svd" ? "svd" : "ns",
      });
      return { W: pick(path.W, i.sampleAt).map(nested), loss: pick(path.loss, [0, ...i.sampleAt]) };
    },
  },
});

const steepest = routine({
  name: "steepestDescent",
  title: "Steepest descent in a norm",
  doc: "$\\arg\\min_D \\langle G,D\\rangle+\\|D\\|^2/2$: sign descent for the maximum norm, Muon's direction for the spectral norm.",
  params: [matrix("G"), option("norm", ["frobenius", "l2", "linf", "l1", "spectral", "nuclear"], "spectral")],
  result: kinds.record({ direction: kinds.matrix, dualNorm: kinds.real, decrease: kinds.real }),
  cost: ({ G }) => 20 * G.rows * G.columns * Math.min(G.rows, G.columns),
  source: "Bernstein and Newhouse 2024 (arXiv 2409.20325), Proposition 1",
  example: "steepestDescent([1 2; 3 4])",
  compute: (a) => steepestDescent(a.G, a.norm as DescentNorm),
  reference: {
    "optim.steepestDescent": (i: Input) => {
      const r = steepestDescent(m(i.G), i.norm);
      return { ...r, direction: nested(r.direction) };
    },
  },
});

const schedule = routine({
  name: "learningRateSchedule",
  title: "Learning-rate schedules",
  doc: "Cosine, warm-up-stable-decay (WSD) and inverse square root with linear warm-up, at steps $t$.",
  params: [
    vector("t"),
    real("lr", { min: 0, default: 1e-3 }),
    real("warmup", { min: 0, default: 10 }),
    real("stable", { min: 0, default: 80 }),
    real("decay", { min: 0, default: 10 }),
    option("shape", ["linear", "exp", "1-sqrt"], "linear"),
    real("floor", { min: 0, default: 1e-5 }),
  ],
  result: kinds.record({ cosine: kinds.vector, wsd: kinds.vector, invSqrt: kinds.vector }),
  source: "arXiv 1608.03983; 2404.06395; 1706.03762, equation 3",
  example: "learningRateSchedule([0 5 10 50 100])",
  figure: (r, a) => ({
    kind: "line",
    title: "Learning rate",
    x: { title: "step" },
    y: { title: "lr" },
    series: ["cosine", "wsd", "invSqrt"].map((name) => ({ name, x: a.t, y: r[name] })),
  }),
  compute: (a) => ({
    cosine: a.t.map((t: number) => cosineSchedule(t, a)),
    wsd: a.t.map((t: number) => wsdSchedule(t, a)),
    invSqrt: a.t.map((t: number) => inverseSqrtSchedule(t, a)),
  }),
  reference: {
    "schedule.warmup": (i: Input) => ({
      cosine: i.t.map((t: number) => cosineSchedule(t, i as never)),
      wsd: i.t.map((t: number) => wsdSchedule(t, i as never)),
      invSqrt: i.t.map((t: number) => inverseSqrtSchedule(t, i as never)),
    }),
    "schedule.piecewiseLinear": (i: Input) => ({ value: i.t.map((t: number) => piecewiseLinear(t, i.points, i.fromZero ?? true)) }),
  },
});

const batchSgd = routine({
  name: "scalingSgd",
  title: "Best learning rate of SGD over the batch size",
  doc: "$\\eta^*(B)=\\eta_{\\max}/(1+B_{noise}/B)$.",
  params: [vector("g"), vector("sigma"), matrix("H"), vector("batch", undefined, [1, 4, 16, 64, 256, 1024, 4096])],
  result: kinds.json,
  source: "McCandlish et al. 2018 (arXiv 1812.06162), equations 2.5 to 2.9; Su, kexue.fm 10542",
  example: "scalingSgd([1 2], [3 1], [2 0; 0 1])",
  figure: (r, a) =>
    r && {
      kind: "line",
      title: "Learning rate over batch size",
      x: { title: "batch size", scale: "log" },
      y: { title: "η*", scale: "log" },
      series: [{ name: "η*", x: a.batch, y: r.etaOpt }],
    },
  compute: (a) => scalingSgd(a.g, a.sigma, a.H, Array.from(a.batch)),
  reference: {
    "scaling.sgd": (i: Input) => scalingSgd(v(i.g), i.Sigma ? m(i.Sigma) : v(i.sigma), m(i.H), i.batch),
    "scaling.rules": (i: Input) => scalingRules(i.kappa, i as never),
  },
});

const batchSign = routine({
  name: "scalingSign",
  title: "Best learning rate of sign updates over the batch size",
  doc: "With strong off-diagonal curvature the best rate rises, peaks and falls: the surge.",
  params: [vector("g"), vector("sigma"), matrix("H"), vector("batch", undefined, [1, 4, 16, 64, 256, 1024, 4096])],
  result: kinds.json,
  source: "Li et al. 2024 (arXiv 2405.14578), equations 1 to 18; Su, kexue.fm 10542",
  example: "scalingSign([1 2], [3 1], [2 1; 1 2])",
  figure: (r, a) => ({
    kind: "line",
    title: "Learning rate over batch size",
    x: { title: "batch size", scale: "log" },
    y: { title: "η*" },
    series: Object.entries(r.modes).map(([name, c]) => ({ name, x: a.batch, y: (c as { eta: number[] }).eta })),
  }),
  compute: (a) => scalingSign(a.g, a.sigma, a.H, Array.from(a.batch)),
  reference: { "scaling.sign": (i: Input) => scalingSign(v(i.g), v(i.sigma), m(i.H), i.batch, i.kappa2) },
});

const noiseScale = routine({
  name: "noiseScaleEstimate",
  title: "Gradient noise scale",
  doc: "From per-example gradients (a row each) averaged in groups of two sizes.",
  params: [matrix("perExample"), integer("batchSmall", { min: 1, default: 2 }), integer("batchBig", { min: 2, default: 8 })],
  result: kinds.json,
  source: "McCandlish et al. 2018 (arXiv 1812.06162), appendix A.1",
  example: "noiseScaleEstimate([1 2; 0 1; 2 2; 1 0; 1 1; 0 2; 2 1; 1 3])",
  compute: (a) => noiseScaleEstimate(nested(a.perExample), a.batchSmall, a.batchBig),
  reference: {
    "scaling.noiseScaleEstimate": (i: Input) => noiseScaleEstimate(i.perExample, i.batchSmall, i.batchBig),
    "scaling.stepsData": (i: Input) => {
      const fit = fitStepsData(i.noisyS, i.E);
      return { ...stepsData(i.sMin, i.eMin, i.batch), fitSMin: fit?.sMin ?? null, fitEMin: fit?.eMin ?? null };
    },
  },
});

const flow = routine({
  name: "gradientFlow",
  title: "Gradient flow on a test function",
  params: [
    option("fn", functions, "himmelblau"),
    vector("x0", "start", [1.5, -1]),
    real("h", { min: 0, default: 0.01 }),
    option("method", flowMethods, "rk4"),
    integer("steps", { min: 1, max: 100_000, default: 100 }),
    json("options", "parameters of the function", {}),
  ],
  result: kinds.matrix,
  cost: ({ steps }) => 200 * steps,
  source: "Hairer, Nørsett, Wanner 1993; Su, kexue.fm 9660",
  example: 'gradientFlow("himmelblau", [1 1])',
  compute: (a) => {
    const { x } = flowPath(testFunction({ name: a.fn, ...a.options }), a.x0, a.h, a.method, a.steps);
    return { rows: x.length, columns: 2, data: Float64Array.from(x.flatMap((p) => Array.from(p))) };
  },
  reference: {
    "flow.integrate": (i: Input) => {
      const last = Math.max(...i.sampleAt);
      return {
        x: Object.fromEntries(
          i.methods.map((method: (typeof flowMethods)[number]) => [
            method,
            pick(flowPath(testFunction(i.fn), v(i.x0), i.h, method, last).x, i.sampleAt).map((p) => Array.from(p)),
          ]),
        ),
      };
    },
    "flow.exact": (i: Input) => ({ x: Array.from(flowExact(testFunction(i.fn), v(i.x0), i.t)) }),
    "flow.stability": (i: Input) => ({ R: Object.fromEntries(flowMethods.map((k) => [k, growthFactors[k](i.z)])), realLimit: realLimits }),
    "flow.modifiedLoss": (i: Input) => {
      const r = modifiedLoss(testFunction(i.fn), v(i.x), i.h);
      return { value: r.value, gradient: Array.from(r.gradient) };
    },
  },
});

const fokkerPlanck = routine({
  name: "fokkerPlanck1d",
  title: "Fokker-Planck equation on a line",
  doc: "Density after `steps` implicit steps in the potential $V$ (values on a grid of spacing dx), with the Gibbs density it tends to.",
  params: [
    vector("V"),
    vector("rho0"),
    real("dx", { min: 0, default: 1 }),
    real("D", { min: 0, default: 1 }),
    real("dt", { min: 0, default: 0.05 }),
    integer("steps", { min: 1, max: 100_000, default: 40 }),
  ],
  result: kinds.record({ rho: kinds.vector, gibbs: kinds.vector, freeEnergy: kinds.vector }),
  cost: ({ V, steps }) => 20 * V.length * steps,
  source: "Scharfetter and Gummel 1969; Jordan, Kinderlehrer, Otto 1998; Su, kexue.fm 9660",
  example: "fokkerPlanck1d([4 1 0 1 4], [0 0 0 0 1])",
  figure: (r) => ({
    kind: "line",
    title: "Density",
    x: { title: "cell" },
    y: { title: "ρ" },
    series: [
      { name: "ρ", y: r.rho },
      { name: "Gibbs", y: r.gibbs, dashed: true },
    ],
  }),
  compute: (a) => {
    const r = fokkerPlanck1d(a.V, a.dx, a.D, a.rho0, a.dt, a.steps, [a.steps]);
    return { rho: r.rho[0], gibbs: r.gibbs, freeEnergy: Float64Array.from(r.freeEnergy) };
  },
  reference: {
    "flow.fokkerPlanck1d": (i: Input) => {
      const r = fokkerPlanck1d(v(i.V), i.x[1] - i.x[0], i.D, v(i.rho0), i.dt, i.steps, i.sampleAt);
      return { rho: r.rho.map((p) => Array.from(p)), freeEnergy: r.freeEnergy, gibbs: Array.from(r.gibbs) };
    },
  },
});

const jko = routine({
  name: "jkoSinkhorn",
  title: "A JKO step with entropic transport",
  params: [
    vector("p"),
    vector("V"),
    vector("x"),
    real("D", { min: 0, default: 0.5 }),
    real("tau", { min: 0, default: 0.1 }),
    real("eps", { min: 0, default: 0.05 }),
    integer("iters", { min: 1, max: 100_000, default: 400 }),
  ],
  result: kinds.record({ q: kinds.vector, F0: kinds.real, F1: kinds.real }),
  cost: ({ p, iters }) => 30 * p.length ** 2 * iters,
  source: "Peyré 2015 (arXiv 1502.06216); Chizat et al. 2016 (arXiv 1607.05816)",
  example: "jkoSinkhorn([0.2 0.3 0.5], [1 0 1], [-1 0 1])",
  compute: (a) => jkoSinkhorn(a.p, a.V, a.x, a.D, a.tau, a.eps, a.iters),
  reference: {
    "flow.jkoSinkhorn": (i: Input) => {
      const r = jkoSinkhorn(v(i.p), v(i.V), v(i.x), i.D, i.tau, i.eps, i.iters);
      return { ...r, q: Array.from(r.q) };
    },
    "flow.jkoGaussian": (i: Input) => jkoGaussian(i.mean0, i.std0, i.k, i.D, i.tau, i.steps),
  },
});

const potentialOf = (d: { name: string; k?: number }) => quadraticPotential(d.k ?? 1);

const langevin = routine({
  name: "langevin",
  title: "Langevin particles in a quadratic well",
  doc: "Positions after each step of the unadjusted scheme on $kx^2/2$, with seeded noise.",
  params: [
    vector("x0"),
    real("k", { default: 1 }),
    real("eta", { min: 0, default: 0.1 }),
    real("D", { min: 0, default: 1 }),
    integer("steps", { min: 1, max: 100_000, default: 100 }),
    integer("seed", { default: 1 }),
  ],
  result: kinds.matrix,
  cost: ({ x0, steps }) => 10 * x0.length * steps,
  source: "Roberts and Tweedie 1996",
  example: "langevin([0 1 2])",
  compute: (a) => {
    const z = gaussian(mulberry32(a.seed));
    const noise = Array.from({ length: a.steps }, () => Float64Array.from({ length: a.x0.length }, z));
    const x = langevinULA(quadraticPotential(a.k), a.x0, a.eta, a.D, noise);
    return { rows: x.length, columns: a.x0.length, data: Float64Array.from(x.flatMap((p) => Array.from(p))) };
  },
  reference: {
    "flow.langevinULA": (i: Input) => {
      const k = i.potential.k;
      const x = langevinULA(potentialOf(i.potential), v(i.x0), i.eta, i.D, i.noise);
      return { x: x.map((p) => Array.from(p)), stationaryVar: i.D / k / (1 - (i.eta * k) / 2), targetVar: i.D / k };
    },
    "flow.langevinMALA": (i: Input) => {
      const r = langevinMALA(potentialOf(i.potential), v(i.x0), i.eta, i.D, i.noise, i.uniform);
      return { x: r.x.map((p) => Array.from(p)), accepted: r.accepted };
    },
    "rng.mulberry32": (i: Input) => {
      const uniform = mulberry32(i.seed);
      const normal = gaussian(mulberry32(i.seed));
      return { uniform: Array.from({ length: i.n }, uniform), normal: Array.from({ length: i.n }, normal) };
    },
  },
});

const wasserstein = routine({
  name: "wasserstein1d",
  title: "Wasserstein and energy distances of two samples",
  params: [vector("a"), vector("b")],
  result: kinds.record({ w1: kinds.real, w2: kinds.real, energyDistance: kinds.real }),
  cost: ({ a, b }) => 50 * (a.length + b.length),
  source: "Villani 2009, Remark 2.19",
  example: "wasserstein1d([0 1 3], [5 6 8])",
  compute: (a) => wasserstein1d(a.a, a.b),
  reference: { "flow.wasserstein1d": (i: Input) => wasserstein1d(v(i.a), v(i.b)) },
});

const errorFunction = routine({
  name: "erfExact",
  title: "Error function to 1e-15",
  params: [real("x")],
  result: kinds.real,
  source: "Abramowitz and Stegun 7.1.6, 7.1.14",
  example: "erfExact(0.5)",
  compute: (a) => erf(a.x),
});

export const optimEntries: readonly Routine[] = [
  trajectory,
  rates,
  radius,
  tiger,
  sticky,
  ema,
  muon,
  steepest,
  schedule,
  batchSgd,
  batchSign,
  noiseScale,
  flow,
  fokkerPlanck,
  jko,
  langevin,
  wasserstein,
  errorFunction,
];
