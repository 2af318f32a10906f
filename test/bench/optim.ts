// The figures of the optimisation spec that can be reproduced here, beside what is expected, and the speed of training.

import { type Products, plainProducts } from "@scholium/core/autodiff";
import { trainNoisyCopy } from "@scholium/core/benchmarks";
import {
  type Denoiser,
  euler,
  fitMeanDirection,
  karrasSigmas,
  midSlope,
  mixtureScore,
  ringSample,
  sampleMixture,
  skipToyDenoiser,
  skipToySamples,
  slicedW2,
  solvePfOde,
  trainSkipToy,
} from "@scholium/core/diffusion";
import { gaussian, mulberry32 } from "@scholium/core/linalg";
import { scalarPath, schedules } from "@scholium/core/msign";
import { stickySign } from "@scholium/core/optim";
import { trainVqToy, type VqToyOptions } from "@scholium/core/quantize";
import type { Row } from "./row.js";

function finish<P, R>(run: Generator<P, R>): R {
  let s = run.next();
  while (!s.done) s = run.next();
  return s.value;
}

const seconds = (work: () => void): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};

/** A figure beside what the spec expects, and whether it lies in the given range. */
const figure = (name: string, value: number, expected: number, [low, high]: readonly [number, number], unit = ""): Row => ({
  suite: "optim",
  case: name,
  value,
  unit,
  peer: "expected",
  peerValue: expected,
  ratio: value / expected,
  goal: `${low} to ${high}`,
  met: value >= low && value <= high,
});

const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length;

function selfPretraining(): Row[] {
  const accuracy = (pretrainSteps: number) => mean([1, 2, 3].map((seed) => finish(trainNoisyCopy({ seed, pretrainSteps })).testAccuracy));
  return [
    figure("noisy copy from scratch, test accuracy (3 seeds)", accuracy(0), 0.748, [0.7, 0.85]),
    figure("noisy copy after self-pretraining, test accuracy", accuracy(800), 0.966, [0.92, 1]),
  ];
}

/** Four modes on a ring, exact score, from σ = 10 to 0.02: sliced W₂ to the data at six evaluations. */
function meanValueSampling(): Row[] {
  const modes = {
    weights: [0.25, 0.25, 0.25, 0.25],
    means: [
      [1.5, 0],
      [0, 1.5],
      [-1.5, 0],
      [0, -1.5],
    ],
    variances: [0.05, 0.05, 0.05, 0.05],
  };
  const denoise: Denoiser = (x, s) => mixtureScore(modes, x, 1, s).denoised;
  const random = mulberry32(3);
  const z = gaussian(random);
  const count = 4000;
  // Equal numbers from each mode, as in the reference run: the distance is then the sampler's and not the sample's.
  const data = Float64Array.from(Array.from({ length: count }, (_, i) => Array.from(sampleMixture(modes, ((i % 4) + 0.5) / 4, z))).flat());
  // Starting points of the forward process, a quarter from each mode.
  const noised = (n: number) => Array.from({ length: n }, (_, i) => sampleMixture(modes, ((i % 4) + 0.5) / 4, z).map((v) => v + 10 * z()));
  const start = noised(count);
  const cloud = (points: readonly Float64Array[]) => Float64Array.from(points.flatMap((p) => Array.from(p)));
  const run = (levels: Float64Array, solver: Parameters<typeof solvePfOde>[3]) =>
    slicedW2(cloud(start.map((x) => solvePfOde(denoise, x, levels, solver))), data);
  const levels = karrasSigmas(4, 0.02, 10);
  const grid = Array.from({ length: 99 }, (_, k) => 0.01 * (k + 1));
  const { r } = fitMeanDirection(denoise, levels, noised(256), grid, 40, "trajectory");
  return [
    figure("sliced W2, Euler, 6 evaluations", run(karrasSigmas(7, 0.02, 10), euler), 0.127, [0.08, 0.17]),
    figure("sliced W2, DPM-Solver-2, 6 evaluations", run(levels, midSlope(0.5)), 0.427, [0.3, 0.55]),
    figure(
      "sliced W2, fitted mean-value steps, 6 evaluations",
      run(levels, (k: number) => midSlope(r[k] as number)),
      0.051,
      [0.02, 0.09],
    ),
  ];
}

function rotation(): Row[] {
  const measure = (options: VqToyOptions) => {
    const runs = [1, 2, 3, 4].map((seed) => finish(trainVqToy({ ...options, seed })));
    return { q: mean(runs.map((r) => r.quantization)), usage: mean(runs.map((r) => r.usage)) };
  };
  const [ste, rot] = (["ste", "rotation"] as const).map((estimator) => measure({ estimator, init: "small", centre: 3 })) as [
    { q: number; usage: number },
    { q: number; usage: number },
  ];
  return [
    figure("rotation trick: quantisation error, STE over rotation, off-centre data", ste.q / rot.q, 19, [3, 100], "x"),
    figure("rotation trick: codes used, rotation over STE, off-centre data", rot.usage / ste.usage, 3, [1.05, 10], "x"),
  ];
}

function matrixSign(): Row[] {
  const outputs = (from: number) =>
    Array.from({ length: 20_000 }, (_, k) => scalarPath(from ** (1 - k / 19_999), schedules["keller-jordan"], 5)[5] as number);
  const [wide, narrow] = [outputs(1e-3), outputs(1e-2)];
  return [
    figure("Newton-Schulz, least output for singular values in [0.001, 1]", Math.min(...wide), 0.473, [0.465, 0.48]),
    figure("Newton-Schulz, greatest output for singular values in [0.001, 1]", Math.max(...wide), 1.202, [1.195, 1.21]),
    figure("Newton-Schulz, least output for singular values in [0.01, 1]", Math.min(...narrow), 0.682, [0.675, 0.69]),
    figure("sticky sign: float32 steps at beta 0.965", stickySign("float32", 0.965, 0.035).steps, 2728, [2728, 2728]),
  ];
}

/** Skip factor of the innermost skip against the plain network at ten evaluations. */
function skipTuning(): Row[] {
  const { parameters } = finish(trainSkipToy({ seed: 1, steps: 1500 }));
  const data = ringSample(2000, 5);
  const at = (rho: number) => slicedW2(skipToySamples(skipToyDenoiser(parameters, [1, rho]), 10, 2000, 9), data);
  const [plain, strong] = [at(1), at(0.4)];
  return [figure("Skip-Tuning toy: sliced W2 with rho 0.4 over rho 1 (no gain is expected)", strong / plain, 1.3, [1, 5], "x")];
}

/** CPU time of the same training with plain loops and with the kernels; the numbers agree to rounding. */
function speed(): Row[] {
  const pair = (name: string, run: (products?: Products) => void): Row => {
    run();
    const [plain, fast] = [
      Math.min(
        seconds(() => run(plainProducts)),
        seconds(() => run(plainProducts)),
      ),
      Math.min(
        seconds(() => run()),
        seconds(() => run()),
      ),
    ];
    return {
      suite: "optim",
      case: name,
      value: fast,
      unit: "s",
      peer: "plain loops",
      peerValue: plain,
      ratio: plain / fast,
      goal: ">= 3x",
      met: plain / fast >= 3,
    };
  };
  return [
    pair("training speed, noisy copy, 60 steps", (p) => void finish(trainNoisyCopy({ steps: 60, testCount: 16, trainCount: 256 }, p))),
    pair("training speed, Skip-Tuning toy, 60 steps", (p) => void finish(trainSkipToy({ steps: 60 }, p))),
  ];
}

export async function optim(): Promise<Row[]> {
  return [...matrixSign(), ...meanValueSampling(), ...rotation(), ...selfPretraining(), ...skipTuning(), ...speed()];
}
