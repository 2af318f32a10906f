// Entries of the diffusion room.

import {
  type Denoiser,
  ddimStep,
  ddpmSchedule,
  dpm2,
  euler,
  fitMeanDirection,
  gaussianMeanValue,
  heun,
  karrasSigmas,
  logUniformSigmas,
  type Mixture,
  midSlope,
  mixtureScore,
  quantileMap,
  requireMixture,
  reverseSde,
  rk4LogSigma,
  skipCoefficients,
  solvePfOde,
} from "../../diffusion/index.js";
import { type Input, pick, v } from "../helpers.js";
import { integer, kinds, option, type Routine, real, routine, vector } from "../routine.js";

const denoiser =
  (mixture: Mixture): Denoiser =>
  (x, sigma) =>
    mixtureScore(mixture, x, 1, sigma).denoised;

const line = (weights: Float64Array, means: Float64Array, variances: Float64Array): Mixture => {
  const mixture = { weights: Array.from(weights), means: Array.from(means, (mu) => [mu]), variances: Array.from(variances) };
  requireMixture(mixture);
  return mixture;
};

const schedule = routine({
  name: "ddpmSchedule",
  title: "DDPM noise schedule",
  params: [integer("T", { min: 1, max: 100_000, default: 1000 }), option("kind", ["linear", "cosine"], "linear")],
  result: kinds.record({
    beta: kinds.vector,
    alphaBar: kinds.vector,
    posteriorVar: kinds.vector,
    coefX0: kinds.vector,
    coefXt: kinds.vector,
    snr: kinds.vector,
  }),
  source: "arXiv 2006.11239; 2102.09672, equation 17",
  example: 'ddpmSchedule(50, "cosine")',
  figure: (r) => ({ kind: "line", title: "Signal left", x: { title: "t" }, y: { title: "ᾱ" }, series: [{ name: "ᾱ", y: r.alphaBar }] }),
  compute: (a) => ddpmSchedule(a.T, a.kind),
  reference: {
    "diffusion.ddpmSchedule": (i: Input) =>
      Object.fromEntries(Object.entries(ddpmSchedule(i.T, i.kind)).map(([k, x]) => [k, pick(x as Float64Array, i.sampleAt)])),
  },
});

const sigmas = routine({
  name: "karrasSigmas",
  title: "Noise levels of a sampler",
  params: [
    integer("n", { min: 1, max: 100_000, default: 18 }),
    real("sigmaMin", { min: 0, default: 0.002 }),
    real("sigmaMax", { min: 0, default: 80 }),
    real("rho", { default: 7 }),
  ],
  result: kinds.vector,
  source: "Karras et al. 2022 (arXiv 2206.00364), equation 5",
  example: "karrasSigmas(10)",
  compute: (a) => karrasSigmas(a.n, a.sigmaMin, a.sigmaMax, a.rho),
  reference: {
    "diffusion.karrasSigmas": (i: Input) => ({
      sigma: Array.from(karrasSigmas(i.n, i.sigmaMin, i.sigmaMax, i.rho)),
      logUniform: Array.from(logUniformSigmas(i.n, i.sigmaMin, i.sigmaMax)),
    }),
  },
});

const ddim = routine({
  name: "ddimStep",
  title: "One DDIM step",
  params: [
    vector("x"),
    vector("eps"),
    real("alphaBar"),
    real("alphaBarPrev"),
    real("eta", { default: 0 }),
    vector("noise", "z; zero when left out", []),
  ],
  result: kinds.record({ x0: kinds.vector, sigma: kinds.real, xPrev: kinds.vector }),
  source: "Song et al. 2020 (arXiv 2010.02502), equations 12 and 16",
  example: "ddimStep([0.4], [-2.3], 0.57, 0.68)",
  compute: (a) => ddimStep(a.x, a.eps, a.noise.length ? a.noise : new Float64Array(a.x.length), a.alphaBar, a.alphaBarPrev, a.eta),
  reference: {
    "diffusion.ddimStep": (i: Input) => {
      const r = ddimStep(v(i.x), v(i.eps), v(i.noise), i.alphaBar, i.alphaBarPrev, i.eta);
      return { x0: Array.from(r.x0), sigma: r.sigma, xPrev: Array.from(r.xPrev) };
    },
    "diffusion.skipCoefficients": (i: Input) => ({ rho: skipCoefficients(i.k, i.rhoTop, i.rhoBottom) }),
  },
});

const score = routine({
  name: "mixtureScore",
  title: "Score and denoiser of a Gaussian mixture",
  doc: "One-dimensional mixture under $\\alpha x_0+\\sigma z$, at the point $x$.",
  params: [vector("weights"), vector("means"), vector("variances"), real("x"), real("alpha", { default: 1 }), real("sigma", { min: 0, default: 1 })],
  result: kinds.json,
  source: "Karras et al. 2022 (arXiv 2206.00364), B.3; Efron 2011",
  example: "mixtureScore([0.5 0.5], [-1 1], [0.1 0.1], 0.3)",
  compute: (a) => mixtureScore(line(a.weights, a.means, a.variances), [a.x], a.alpha, a.sigma),
  reference: {
    "diffusion.gmmScore": (i: Input) => {
      requireMixture(i.mixture);
      const r = mixtureScore(i.mixture, v(i.x), i.alpha, i.sigma);
      const list = (x: Float64Array) => Array.from(x);
      return {
        logDensity: r.logDensity,
        score: list(r.score),
        denoised: list(r.denoised),
        eps: list(r.eps),
        responsibilities: list(r.responsibilities),
      };
    },
    "diffusion.reverseSde": (i: Input) => ({
      x: reverseSde((x, s) => mixtureScore(i.mixture, x, 1, s).score, v(i.xT), i.sigma, i.noise).map((p) => Array.from(p)),
    }),
  },
});

const pfOde = routine({
  name: "probabilityFlow",
  title: "Probability-flow ODE of a mixture",
  doc: "End points of Euler, Heun, DPM-Solver-2 and a mean-value step on a one-dimensional mixture, with the exact quantile map.",
  params: [
    vector("weights"),
    vector("means"),
    vector("variances"),
    real("xT"),
    integer("n", { min: 2, max: 10_000, default: 7 }),
    real("sigmaMin", { min: 0, default: 0.02 }),
    real("sigmaMax", { min: 0, default: 10 }),
    real("r", { min: 0, max: 1, default: 0.5 }),
  ],
  result: kinds.record({ euler: kinds.vector, heun: kinds.vector, dpm2: kinds.vector, meanValue: kinds.vector, exact: kinds.real }),
  cost: ({ n, weights }) => 200 * n * weights.length,
  source: "arXiv 2011.13456; 2206.00364; 2206.00927; 2312.00094",
  example: "probabilityFlow([0.3 0.7], [-2 1], [0.05 0.1], 4)",
  compute: (a) => {
    const mixture = line(a.weights, a.means, a.variances);
    const levels = karrasSigmas(a.n, a.sigmaMin, a.sigmaMax);
    const D = denoiser(mixture);
    return {
      euler: solvePfOde(D, [a.xT], levels, euler),
      heun: solvePfOde(D, [a.xT], levels, heun),
      dpm2: solvePfOde(D, [a.xT], levels, dpm2),
      meanValue: solvePfOde(D, [a.xT], levels, midSlope(a.r)),
      exact: quantileMap(mixture, a.xT, a.sigmaMax, a.sigmaMin),
    };
  },
  reference: {
    "diffusion.pfOde": (i: Input) => {
      requireMixture(i.mixture);
      const levels = karrasSigmas(i.n, i.sigmaMin, i.sigmaMax, i.rho);
      const D = denoiser(i.mixture);
      const x = v(i.xT);
      const list = (y: Float64Array) => Array.from(y);
      const out = {
        sigma: list(levels),
        euler: list(solvePfOde(D, x, levels, euler)),
        heun: list(solvePfOde(D, x, levels, heun)),
        dpm2: list(solvePfOde(D, x, levels, dpm2)),
        amed: list(solvePfOde(D, x, levels, midSlope(i.amed.r, i.amed.c))),
        reference: list(rk4LogSigma(D, x, i.sigmaMax, i.sigmaMin, 4000)),
      };
      return x.length === 1 ? { ...out, quantileMap: quantileMap(i.mixture, x[0] as number, i.sigmaMax, i.sigmaMin) } : out;
    },
    "diffusion.fitMeanDirection": (i: Input) => {
      requireMixture(i.mixture);
      const r = fitMeanDirection(denoiser(i.mixture), i.sigma, i.xT, i.grid, i.teacherSubsteps);
      return { ...r, x0: r.x0.map((p) => Array.from(p)) };
    },
  },
});

const meanValue = routine({
  name: "gaussianMeanValue",
  title: "The exact middle time of one step",
  params: [real("s", { min: 0, default: 1 }), real("t", { min: 0, default: 10 }), real("tNext", { min: 0, default: 1 })],
  result: kinds.json,
  source: "Su, kexue.fm 9881; arXiv 2312.00094",
  example: "gaussianMeanValue(1, 10, 1)",
  compute: (a) => gaussianMeanValue(a.s, a.t, a.tNext),
  reference: { "diffusion.gaussianMeanValue": (i: Input) => gaussianMeanValue(i.s, i.t, i.tNext) },
});

export const diffusionEntries: readonly Routine[] = [schedule, sigmas, ddim, score, pfOde, meanValue];
