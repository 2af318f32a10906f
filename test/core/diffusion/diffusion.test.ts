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
  midSlope,
  mixtureScore,
  quantileMap,
  requireMixture,
  rk4LogSigma,
  skipCoefficients,
  skipToyDenoiser,
  slicedW2,
  solvePfOde,
  trainSkipToy,
} from "@scholium/core/diffusion";
import { gaussian, mulberry32 } from "@scholium/core/linalg";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const mixture = {
  weights: [0.3, 0.7],
  means: [
    [-1, 0.5],
    [2, 0],
  ],
  variances: [0.3, 0.1],
};
const denoise: Denoiser = (x, s) => mixtureScore(mixture, x, 1, s).denoised;

describe("scores", () => {
  test("the score is the gradient of the log density, and Tweedie's formula gives the denoiser", () => {
    const [alpha, sigma, h] = [0.8, 0.6, 1e-5];
    const x = Float64Array.of(0.4, -0.3);
    const r = mixtureScore(mixture, x, alpha, sigma);
    for (let j = 0; j < 2; j++) {
      const [up, down] = [x.slice(), x.slice()];
      up[j] += h;
      down[j] -= h;
      expect(r.score[j]).toBeCloseTo(
        (mixtureScore(mixture, up, alpha, sigma).logDensity - mixtureScore(mixture, down, alpha, sigma).logDensity) / (2 * h),
        6,
      );
      expect(r.denoised[j]).toBeCloseTo((x[j] + sigma ** 2 * r.score[j]) / alpha, 12);
    }
  });
  test("far tails stay finite", () => expect(Number.isFinite(mixtureScore(mixture, [1e8, 0], 1, 0.1).logDensity)).toBe(true));
  test("a mixture of wrong sizes or weights is refused", () => {
    expect(() => requireMixture({ weights: [1], means: [], variances: [1] })).toThrow(/1, 0 and 1/);
    expect(() => requireMixture({ weights: [0], means: [[0]], variances: [1] })).toThrow(/positive/);
  });
});

describe("steps", () => {
  test("DDIM with eta one has the variance of the DDPM posterior", () => {
    const s = ddpmSchedule(50, "cosine");
    const t = 20;
    expect(ddimStep([0.3], [0.1], [0], s.alphaBar[t], s.alphaBar[t - 1], 1).sigma ** 2).toBeCloseTo(s.posteriorVar[t], 12);
    expect(() => ddimStep([0.3], [0.1], [0], 0.9, 0.5, 0)).toThrow(/alphaBar/);
  });
  test("DDIM with eta zero is Euler in x/√ᾱ against √(1/ᾱ−1)", () => {
    const [a, b, x, e] = [0.4, 0.7, 0.9, -0.3];
    const r = ddimStep([x], [e], [0], a, b, 0).xPrev[0];
    expect(r / Math.sqrt(b)).toBeCloseTo(x / Math.sqrt(a) + (Math.sqrt(1 / b - 1) - Math.sqrt(1 / a - 1)) * e, 12);
  });
  test.each([
    ["euler", euler, 2],
    ["heun", heun, 4],
    ["dpm2", dpm2, 4],
  ] as const)("doubling the steps of %s divides the error by about its order", (_, solver, factor) => {
    const x = Float64Array.of(1.5, -2);
    const truth = rk4LogSigma(denoise, x, 5, 1, 400);
    const error = (n: number) => {
      const end = solvePfOde(denoise, x, karrasSigmas(n + 1, 1, 5), solver);
      return Math.hypot(end[0] - truth[0], end[1] - truth[1]);
    };
    const ratio = error(40) / error(80);
    expect(ratio).toBeGreaterThan(factor * 0.75);
    expect(ratio).toBeLessThan(factor * 1.35);
  });
  test("levels that rise are refused", () => expect(() => solvePfOde(denoise, [1, 1], [1, 2], euler)).toThrow(/fall/));
  test("in one dimension the ODE keeps quantiles, also far in the tail", () => {
    const line = { weights: [0.3, 0.7], means: [[-1], [2]], variances: [0.3, 0.1] };
    const D: Denoiser = (x, s) => mixtureScore(line, x, 1, s).denoised;
    for (const x of [-20, -3, 0.2, 4, 25]) expect(rk4LogSigma(D, [x], 8, 0.1, 4000)[0]).toBeCloseTo(quantileMap(line, x, 8, 0.1), 6);
  });
});

describe("mean values", () => {
  test("for Gaussian data the fitted middle time lands exactly", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 3, noNaN: true }), fc.double({ min: 2, max: 20, noNaN: true }), (s, t) => {
        const r = gaussianMeanValue(s, t, t / 4);
        if (r.rOpt === null) return;
        const D: Denoiser = (x, sigma) => x.map((v) => (v * s * s) / (s * s + sigma * sigma));
        expect(midSlope(r.rOpt)(D, Float64Array.of(r.x), t, t / 4)[0]).toBeCloseTo(r.exact, 9);
      }),
    );
  });
  test("a fitted step is never worse than the middle of the grid", () => {
    const points = [
      [4, 1],
      [-3, 6],
      [2, -7],
    ];
    const fit = fitMeanDirection(denoise, [6, 1, 0.1], points, [0.1, 0.3, 0.5, 0.7], 40);
    const half = fitMeanDirection(denoise, [6, 1], points, [0.5], 40);
    expect(fit.stepMse[0]).toBeLessThanOrEqual(half.stepMse[0]);
  });
  test("a teacher on its own trajectory is followed to its end more closely than one restarted at every step", () => {
    const z = gaussian(mulberry32(8));
    const points = Array.from({ length: 60 }, () => [10 * z(), 10 * z()]);
    const levels = karrasSigmas(4, 0.02, 10);
    const grid = Array.from({ length: 19 }, (_, k) => 0.05 * (k + 1));
    const distance = (start: "student" | "trajectory") => {
      const { x0 } = fitMeanDirection(denoise, levels, points, grid, 40, start);
      return x0.reduce((s, x, i) => s + rk4LogSigma(denoise, points[i], 10, 0.02, 120).reduce((t, v, j) => t + (v - x[j]) ** 2, 0), 0);
    };
    expect(distance("trajectory")).toBeLessThan(distance("student"));
  });
});

describe("Skip-Tuning", () => {
  test("coefficients run from the top to the bottom", () => {
    expect(skipCoefficients(2, 1, 0.5)).toEqual([1, 0.75, 0.5]);
    expect(skipCoefficients(0, 1, 0.5)).toEqual([1]);
  });
  test("a short training lowers the loss, is repeatable, and scaling the skips changes the denoiser", () => {
    const run = () => {
      const g = trainSkipToy({ steps: 150, batch: 128, seed: 3 });
      const losses: number[] = [];
      let s = g.next();
      while (!s.done) {
        losses.push(s.value.loss);
        s = g.next();
      }
      return { losses, parameters: s.value.parameters };
    };
    const a = run();
    expect(run().losses).toEqual(a.losses);
    const mean = (x: number[]) => x.reduce((s, v) => s + v, 0) / x.length;
    expect(mean(a.losses.slice(100))).toBeLessThan(mean(a.losses.slice(0, 30)));
    const x = Float64Array.of(1, 1);
    expect(skipToyDenoiser(a.parameters)(x, 0.5)).not.toEqual(skipToyDenoiser(a.parameters, [1, 0.5])(x, 0.5));
  });
  test("the sliced distance of a cloud to itself is zero and to a shifted one the shift over √2", () => {
    const a = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i * 12.9));
    expect(slicedW2(a, a)).toBe(0);
    expect(
      slicedW2(
        a,
        a.map((v, i) => (i % 2 ? v : v + 3)),
      ),
    ).toBeCloseTo(3 / Math.SQRT2, 2);
  });
});
