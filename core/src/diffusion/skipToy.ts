// Skip-Tuning on a toy: a small U-Net of dense layers learns to denoise a ring of Gaussians, then its skips are scaled at sampling time.
//
// It shows the mechanism and the trade-off, not the gain of the paper: with exact scores the few-step error is nearly the same, as it is Heun's
// discretisation that dominates; scaling the skips hurts the denoising error at once and the samples only sometimes gain.
// Ma et al. 2024 (arXiv 2402.15170); Karras et al. 2022 (arXiv 2206.00364) for the preconditioning; Su, kexue.fm 10077.

import { constantMatrix, type Node, normalMatrix, type Parameters, type Products, type Tape, tape, trainer } from "../autodiff/index.js";
import { gaussian, type Matrix, mulberry32 } from "../linalg/index.js";
import { type Mixture, mixtureScore, sampleMixture } from "./mixture.js";
import { type Denoiser, heun, solvePfOde } from "./pfOde.js";
import { karrasSigmas } from "./schedules.js";

/** What the toy does not show; to be printed with every figure of it. */
export const skipToyCaveat =
  "A two-dimensional toy: it shows how skips enter and what scaling them trades, not the FID gains of the paper. At few steps the error is the solver's own: the exact score does no better.";

/** Eight Gaussians on a circle. */
export const ring: Mixture = {
  weights: Array.from({ length: 8 }, () => 1 / 8),
  means: Array.from({ length: 8 }, (_, k) => [2 * Math.cos((Math.PI * k) / 4), 2 * Math.sin((Math.PI * k) / 4)]),
  variances: Array.from({ length: 8 }, () => 0.02),
};
const SIGMA_DATA = Math.sqrt(2 + 0.02);
const WIDTHS = [64, 32, 16] as const;
const FEATURES = 8;

export interface SkipToyOptions {
  readonly seed?: number;
  readonly steps?: number;
  readonly batch?: number;
  readonly lr?: number;
}

export interface SkipToyProgress {
  readonly step: number;
  readonly loss: number;
}

function initial(seed: number): Parameters {
  const random = mulberry32(seed);
  const p: Record<string, Matrix> = {};
  const dense = (name: string, from: number, to: number, gain = 1) => {
    p[name] = normalMatrix(random, from, to, gain / Math.sqrt(from));
    p[`${name}Bias`] = constantMatrix(1, to, 0);
  };
  dense("in", FEATURES, WIDTHS[0]);
  dense("down1", WIDTHS[0], WIDTHS[1]);
  dense("down2", WIDTHS[1], WIDTHS[2]);
  dense("up2", WIDTHS[2], WIDTHS[1]);
  dense("join2", 2 * WIDTHS[1], WIDTHS[1]);
  dense("up1", WIDTHS[1], WIDTHS[0]);
  dense("join1", 2 * WIDTHS[0], WIDTHS[0]);
  dense("out", WIDTHS[0], 2, 0.1);
  return p;
}

/** Inputs of the network: the scaled point, and the noise level as smooth features of ln σ. */
function features(x: Float64Array, sigmas: ArrayLike<number>): Matrix {
  const n = sigmas.length;
  const data = new Float64Array(n * FEATURES);
  for (let i = 0; i < n; i++) {
    const s = sigmas[i] as number;
    const scale = 1 / Math.hypot(s, SIGMA_DATA);
    const c = Math.log(s) / 4;
    data.set([x[2 * i] * scale, x[2 * i + 1] * scale, c, c * c, Math.sin(2 * c), Math.cos(2 * c), Math.sin(5 * c), Math.cos(5 * c)], i * FEATURES);
  }
  return { rows: n, columns: FEATURES, data };
}

/** The network's raw output; `rho` scales the skips, outermost first. */
function network(t: Tape, p: Readonly<Record<string, Node>>, input: Node, rho: readonly [number, number]): Node {
  const dense = (name: string, x: Node) => t.linear(x, p[name] as Node, p[`${name}Bias`] as Node);
  const h1 = t.silu(dense("in", input));
  const h2 = t.silu(dense("down1", h1));
  const middle = t.silu(dense("down2", h2));
  const u2 = t.silu(dense("join2", t.concat(t.silu(dense("up2", middle)), t.scale(h2, rho[1]))));
  const u1 = t.silu(dense("join1", t.concat(t.silu(dense("up1", u2)), t.scale(h1, rho[0]))));
  return dense("out", u1);
}

/** The trained denoiser with scaled skips: D = c_skip x + c_out F(c_in x, ln σ). */
export function skipToyDenoiser(parameters: Parameters, rho: readonly [number, number] = [1, 1]): (x: Float64Array, sigma: number) => Float64Array {
  return (x, sigma) => {
    const t = tape({ valuesOnly: true });
    const p = Object.fromEntries(Object.entries(parameters).map(([k, m]) => [k, t.leaf(m)]));
    const out = network(t, p, t.leaf(features(x, new Float64Array(x.length / 2).fill(sigma))), rho);
    const total = sigma * sigma + SIGMA_DATA * SIGMA_DATA;
    const [skip, scale] = [(SIGMA_DATA * SIGMA_DATA) / total, (sigma * SIGMA_DATA) / Math.sqrt(total)];
    return x.map((v, i) => skip * v + scale * out.data[i]);
  };
}

/** Trains the denoiser step by step (a yield after each); returns its weights. About 16,000 of them. The same seed gives the same numbers. */
export function* trainSkipToy(
  options: SkipToyOptions = {},
  products?: Products,
): Generator<SkipToyProgress, { parameters: Parameters; status: "done" | "diverged" }> {
  const { seed = 1, steps = 2500, batch = 256, lr = 2e-3 } = options;
  const random = mulberry32(seed + 1000);
  const z = gaussian(random);
  const run = trainer(initial(seed), { lr }, products);
  for (let step = 0; step < steps; step++) {
    const sigmas = Float64Array.from({ length: batch }, () => Math.exp(-1.2 + 1.4 * z()));
    const [x, target] = [new Float64Array(2 * batch), new Float64Array(2 * batch)];
    for (let i = 0; i < batch; i++) {
      const clean = sampleMixture(ring, random(), z);
      const s = sigmas[i];
      const total = s * s + SIGMA_DATA * SIGMA_DATA;
      const [skip, scale] = [(SIGMA_DATA * SIGMA_DATA) / total, (s * SIGMA_DATA) / Math.sqrt(total)];
      for (let j = 0; j < 2; j++) {
        x[2 * i + j] = clean[j] + s * z();
        target[2 * i + j] = (clean[j] - skip * x[2 * i + j]) / scale;
      }
    }
    const loss = run.step((t, p) => t.meanSquare(network(t, p, t.leaf(features(x, sigmas)), [1, 1]), { rows: batch, columns: 2, data: target }));
    yield { step, loss };
    if (!Number.isFinite(loss)) return { parameters: run.parameters(), status: "diverged" };
  }
  return { parameters: run.parameters(), status: "done" };
}

/** Sliced W₂ of two clouds in the plane: the root mean square of one-dimensional W₂ over directions evenly spread on a half circle. O(directions · n log n). */
export function slicedW2(a: Float64Array, b: Float64Array, directions = 64): number {
  const n = Math.min(a.length, b.length) / 2;
  let total = 0;
  for (let k = 0; k < directions; k++) {
    const [c, s] = [Math.cos((Math.PI * (k + 0.5)) / directions), Math.sin((Math.PI * (k + 0.5)) / directions)];
    const project = (x: Float64Array) => Float64Array.from({ length: n }, (_, i) => c * x[2 * i] + s * x[2 * i + 1]).sort();
    const [p, q] = [project(a), project(b)];
    for (let i = 0; i < n; i++) total += (p[i] - q[i]) ** 2 / n;
  }
  return Math.sqrt(total / directions);
}

/** Samples by Heun with `nfe` evaluations (even) from σ = 10 to 0.02, all points at once. */
export function skipToySamples(denoise: Denoiser, nfe: number, count: number, seed: number): Float64Array {
  const z = gaussian(mulberry32(seed));
  const start = Float64Array.from({ length: 2 * count }, () => 10 * z());
  return solvePfOde(denoise, start, karrasSigmas(Math.max(2, nfe / 2 + 1), 0.02, 10), heun);
}

/** The exact denoiser of the ring, for all points of a cloud. */
export const ringDenoiser: Denoiser = (x, sigma) => {
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i += 2) out.set(mixtureScore(ring, x.subarray(i, i + 2), 1, sigma).denoised, i);
  return out;
};

/** A sample of the ring itself. */
export function ringSample(count: number, seed: number): Float64Array {
  const random = mulberry32(seed);
  const z = gaussian(random);
  const out = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) out.set(sampleMixture(ring, random(), z), 2 * i);
  return out;
}
