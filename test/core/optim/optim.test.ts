import { fromRows, gaussian, matrix, mulberry32, singularValues } from "@scholium/core/linalg";
import {
  adam,
  adamw,
  erf,
  findOptimizer,
  fitStepsData,
  flowExact,
  flowPath,
  flowStep,
  fokkerPlanck1d,
  growthFactors,
  initialState,
  jkoGaussian,
  jkoSinkhorn,
  langevinULA,
  linearMatrixProblem,
  lion,
  modifiedLoss,
  momentumSpectralRadius,
  muonTrajectory,
  noiseScaleEstimate,
  optimizers,
  piecewiseLinear,
  quadraticPotential,
  realLimits,
  scalingSgd,
  scalingSign,
  signsgd,
  simulate,
  steepestDescent,
  stepsData,
  stickySign,
  testFunction,
  tigerStep,
  wasserstein1d,
  wsdSchedule,
} from "@scholium/core/optim";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const functions = [
  { name: "quadratic", kappa: 20, theta: 0.7, center: [1, -2] },
  { name: "rosenbrock", a: 1, b: 5 },
  { name: "himmelblau" },
  { name: "beale" },
  { name: "saddle" },
] as const;

describe("test functions", () => {
  test.each(functions)("the gradient and Hessian of %o agree with central differences", (d) => {
    const f = testFunction(d as never);
    const h = 1e-5;
    for (const x of [
      [0.3, -0.7],
      [1.1, 0.4],
    ]) {
      const at = f(Float64Array.from(x));
      for (let i = 0; i < 2; i++) {
        const up = Float64Array.from(x);
        const down = Float64Array.from(x);
        up[i] += h;
        down[i] -= h;
        expect(at.gradient[i]).toBeCloseTo((f(up).value - f(down).value) / (2 * h), 4);
        for (let j = 0; j < 2; j++) expect(at.hessian.data[2 * i + j]).toBeCloseTo((f(up).gradient[j] - f(down).gradient[j]) / (2 * h), 3);
      }
    }
  });

  test("a condition number below one and an unknown name are refused", () => {
    expect(() => testFunction({ name: "quadratic", kappa: 0.5 })).toThrow(/kappa/);
    expect(() => testFunction({ name: "nonsense" as "beale" })).toThrow(/nonsense/);
  });
});

describe("optimizers", () => {
  const g = Float64Array.of(0.5, -2, 0);
  const x = Float64Array.of(1, 2, 3);

  test("the first Adam step with a tiny epsilon is a step of the learning rate against the sign", () => {
    const { theta } = adam.step({ ...adam.defaults, lr: 0.1, eps: 1e-300 }, initialState(adam, 3), x, g);
    expect(theta[0]).toBeCloseTo(0.9, 12);
    expect(theta[1]).toBeCloseTo(2.1, 12);
  });

  test("Lion with equal betas is Signum, and inputs are never changed", () => {
    const signum = findOptimizer("signum");
    let [a, b]: { theta: Float64Array; state: ReturnType<typeof initialState> }[] = [
      { theta: x, state: initialState(lion, 3) },
      { theta: x, state: initialState(signum, 3) },
    ];
    const z = gaussian(mulberry32(3));
    for (let k = 0; k < 20; k++) {
      const grad = Float64Array.from({ length: 3 }, z);
      a = lion.step({ lr: 0.01, beta1: 0.9, beta2: 0.9, weightDecay: 0.1 }, a.state, a.theta, grad);
      b = signum.step({ lr: 0.01, beta: 0.9, weightDecay: 0.1 }, b.state, b.theta, grad);
    }
    expect(Array.from(a.theta)).toEqual(Array.from(b.theta));
    expect(Array.from(x)).toEqual([1, 2, 3]);
  });

  test("with decoupled decay a sign method that starts inside the box of 1/decay stays inside", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 60, maxLength: 60 }), (grads) => {
        let s = { theta: Float64Array.of(0, 0), state: initialState(signsgd, 2) };
        for (let k = 0; k < 30; k++)
          s = signsgd.step({ lr: 0.5, weightDecay: 0.5 }, s.state, s.theta, Float64Array.of(grads[2 * k], grads[2 * k + 1])) as typeof s;
        expect(Math.max(...s.theta.map(Math.abs))).toBeLessThanOrEqual(2 + 1e-12);
      }),
    );
  });

  test.each(optimizers)("$name with a learning rate of zero and no decay does not move", (o) => {
    const { theta } = o.step({ ...o.defaults, lr: 0, weightDecay: 0 }, initialState(o, 3), x, g);
    expect(Array.from(theta)).toEqual([1, 2, 3]);
  });

  test("a negative learning rate, a beta of one and an empty start are refused", () => {
    const f = testFunction({ name: "beale" });
    expect(() => simulate(adamw, { lr: -1 }, f, [1, 1], 3)).toThrow(/learning rate/);
    expect(() => simulate(adamw, { beta1: 1 }, f, [1, 1], 3)).toThrow(/beta1/);
    expect(() => simulate(adamw, {}, f, [], 3)).toThrow(/empty/);
  });

  test("a diverging path ends with its status and the last finite step", () => {
    const path = simulate(findOptimizer("sgd"), { lr: 10 }, testFunction({ name: "rosenbrock" }), [2, 2], 1000);
    expect(path.status).toBe("diverged");
    expect(Number.isFinite(path.last.f)).toBe(true);
    expect(path.f.every(Number.isFinite)).toBe(true);
  });

  test("momentum shrinks a quadratic at its spectral radius", () => {
    const [lambda, lr, mu] = [0.5, 0.3, 0.8];
    const r = momentumSpectralRadius(lambda, lr, mu).heavyBall;
    let [v, y] = [0, 1];
    const size: number[] = [];
    for (let k = 0; k < 400; k++) {
      v = mu * v + lambda * y;
      y -= lr * v;
      size.push(Math.hypot(y, v));
    }
    const rate = (Math.max(...size.slice(380)) / Math.max(...size.slice(180, 200))) ** (1 / 200);
    expect(rate).toBeCloseTo(r, 2);
  });
});

describe("Tiger", () => {
  test("accumulating k micro-batches equals one step on their average", () => {
    const z = gaussian(mulberry32(5));
    const grads = Array.from({ length: 4 }, () => Float64Array.from({ length: 6 }, z));
    const theta = Float64Array.from({ length: 6 }, z);
    const options = { paramKind: "bias", lr: 0.1, schedule: [[0, 1]] } as const;
    let folded = { theta, m: new Float64Array(6), t: 0 };
    for (const g of grads) folded = tigerStep(folded, g, 6, { ...options, accumSteps: 4 }) as typeof folded;
    const mean = grads[0].map((_, i) => grads.reduce((s, g) => s + g[i] / 4, 0));
    const whole = tigerStep({ theta, m: new Float64Array(6), t: 0 }, mean, 6, options);
    folded.m.forEach((x, i) => {
      expect(x).toBeCloseTo(whole.m[i], 14);
    });
    expect(Array.from(folded.theta)).toEqual(Array.from(whole.theta));
  });

  test("a NaN gradient leaves the momentum and shrinks the parameters; gamma shrinks towards one", () => {
    const state = { theta: Float64Array.of(2, 0.5), m: Float64Array.of(1, 1), t: 3 };
    const g = Float64Array.of(Number.NaN, 1);
    expect(Array.from(tigerStep(state, g, 2, { paramKind: "matrix", lr: 0.1 }).theta)).toEqual([1.98, 0.495]);
    expect(tigerStep(state, g, 2, { paramKind: "gamma", lr: 0.1 }).theta[0]).toBeCloseTo(1.99, 14);
    expect(Array.from(tigerStep(state, g, 2, { paramKind: "matrix", lr: 0.1 }).m)).toEqual([1, 1]);
  });

  test("a zero matrix never moves unless a least RMS is given", () => {
    const state = { theta: new Float64Array(4), m: new Float64Array(4), t: 0 };
    const g = Float64Array.of(1, -1, 1, -1);
    expect(tigerStep(state, g, 2, { paramKind: "matrix", lr: 0.1 }).theta.every((x) => x === 0)).toBe(true);
    expect(tigerStep(state, g, 2, { paramKind: "matrix", lr: 0.1, minRms: 1 }).theta[0]).toBeCloseTo(-0.1, 14);
  });

  test("the momentum of a Tiger with beta 0.965 sticks 14 units above zero in every precision", () => {
    expect(stickySign("float32", 0.965, 0.035)).toMatchObject({ steps: 2728, finalUlps: 14 });
    expect(stickySign("float16", 0.965, 0.035)).toMatchObject({ steps: 295, finalUlps: 14 });
    expect(stickySign("float64", 0.965, 0.035)).toMatchObject({ steps: 20724, finalUlps: 14 });
  });
});

describe("matrix descent", () => {
  const G = fromRows([
    [1, 2, -1],
    [0.5, -3, 4],
  ]);

  test("no random step of the same size goes further down than the steepest one", () => {
    const z = gaussian(mulberry32(9));
    const norms = {
      frobenius: (d: Float64Array) => Math.hypot(...d),
      linf: (d: Float64Array) => Math.max(...d.map(Math.abs)),
      l1: (d: Float64Array) => d.reduce((s, v) => s + Math.abs(v), 0),
      spectral: (d: Float64Array) => singularValues(matrix(2, 3, d))[0],
      nuclear: (d: Float64Array) => singularValues(matrix(2, 3, d)).reduce((s, v) => s + v, 0),
    };
    for (const [name, norm] of Object.entries(norms)) {
      const { direction, dualNorm } = steepestDescent(G, name as "frobenius");
      const down = (d: Float64Array) => d.reduce((s, v, i) => s + v * G.data[i], 0) / norm(d);
      expect(down(direction.data)).toBeCloseTo(-dualNorm, 9);
      for (let k = 0; k < 200; k++) expect(down(Float64Array.from({ length: 6 }, z))).toBeGreaterThanOrEqual(-dualNorm - 1e-9);
    }
  });

  test("Muon with exact orthogonalisation and decay keeps the spectral norm within 1/decay", () => {
    const z = gaussian(mulberry32(2));
    const X = matrix(12, 4, Float64Array.from({ length: 48 }, z));
    const Y = matrix(
      12,
      3,
      Float64Array.from({ length: 36 }, () => 50 * z()),
    );
    const { W } = muonTrajectory(X, Y, matrix(4, 3, new Float64Array(12)), 60, { lr: 0.2, weightDecay: 0.5, method: "svd", scale: "none" });
    for (const w of W) expect(singularValues(w)[0]).toBeLessThanOrEqual(2 + 1e-9);
    expect(linearMatrixProblem(X, Y)(W[60]).loss).toBeLessThan(linearMatrixProblem(X, Y)(W[0]).loss);
  });
});

describe("schedules", () => {
  test("a piecewise linear schedule passes through its points and is constant after the last", () => {
    const points = [
      [4, 1],
      [10, 0.5],
    ] as const;
    expect([0, 2, 4, 7, 10, 99].map((t) => piecewiseLinear(t, points))).toEqual([0, 0.5, 1, 0.75, 0.5, 0.5]);
    expect(piecewiseLinear(1, points, false)).toBe(1);
    expect(piecewiseLinear(3, [])).toBe(0);
  });

  test("an exponential decay to zero is refused", () => {
    expect(() => wsdSchedule(95, { warmup: 10, stable: 80, decay: 10, shape: "exp", lr: 1 })).toThrow(/floor/);
  });
});

describe("batch-size laws", () => {
  test("erf is odd, rises to one, and has its known values", () => {
    expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 14);
    expect(erf(2.5)).toBeCloseTo(0.999593047982555, 14);
    fc.assert(fc.property(fc.double({ min: -10, max: 10, noNaN: true }), (x) => Math.abs(erf(x) + erf(-x)) < 1e-15 && Math.abs(erf(x)) <= 1));
  });

  test("the one-step optimum of SGD agrees with a Monte Carlo search", () => {
    const g = [1, -0.5];
    const sigma = [2, 1];
    const H = fromRows([
      [2, 0.5],
      [0.5, 1],
    ]);
    const [best] = scalingSgd(g, sigma, H, [8])?.etaOpt ?? [];
    const z = gaussian(mulberry32(11));
    let [gg, gHg] = [0, 0];
    for (let k = 0; k < 200_000; k++) {
      const b = g.map((v, i) => v + (sigma[i] * z()) / Math.sqrt(8));
      gg += (b[0] * g[0] + b[1] * g[1]) / 200_000;
      gHg += (2 * b[0] ** 2 + b[0] * b[1] + b[1] ** 2) / 200_000;
    }
    expect(gg / gHg / best).toBeCloseTo(1, 1);
    expect(
      scalingSgd(
        [1, 0],
        [1, 1],
        fromRows([
          [-1, 0],
          [0, 1],
        ]),
        [1],
      ),
    ).toBeNull();
  });

  test("the surge of sign updates exists only when off-diagonal curvature outweighs the diagonal", () => {
    const strong = scalingSign(
      [1, 1, 1],
      [1, 1, 1],
      fromRows([
        [1, 0.9, 0.9],
        [0.9, 1, 0.9],
        [0.9, 0.9, 1],
      ]),
      [1, 2, 1e6],
    );
    const weak = scalingSign(
      [1, 1, 1],
      [1, 1, 1],
      fromRows([
        [1, 0.1, 0],
        [0.1, 1, 0],
        [0, 0, 1],
      ]),
      [1, 1e6],
    );
    expect(strong.surge.bPeak).not.toBeNull();
    expect(weak.surge.bPeak).toBeNull();
    expect(weak.modes.meanfield.eta[1]).toBeGreaterThan(weak.modes.meanfield.eta[0]);
  });

  test("the step-data trade-off is recovered from its own curve, and not from a single ratio", () => {
    const { S, E } = stepsData(100, 5000, [4, 32, 256]);
    const fit = fitStepsData(S, E);
    expect(fit?.sMin).toBeCloseTo(100, 6);
    expect(fit?.eMin).toBeCloseTo(5000, 4);
    expect(fitStepsData([200, 400], [800, 1600])).toBeNull();
  });

  test("a noise scale that is not resolved is null, and too few examples are refused", () => {
    expect(noiseScaleEstimate([[1], [-1], [1], [-1]], 1, 2).bSimple).toBeNull();
    expect(() => noiseScaleEstimate([[1]], 1, 2)).toThrow(/needs as many/);
  });
});

describe("flows", () => {
  const f = testFunction({ name: "himmelblau" });
  const x0 = Float64Array.of(1.2, 0.7);

  test.each([
    ["euler", 2],
    ["implicitEuler", 2],
    ["midpoint", 4],
    ["heun", 4],
    ["trapezoid", 4],
    ["rk4", 16],
  ] as const)("halving the step of %s divides the error by about %d", (method, factor) => {
    const end = flowExact(f, x0, 0.05);
    const error = (h: number) => {
      const { x } = flowPath(f, x0, h, method, Math.round(0.05 / h));
      return Math.hypot(...x[x.length - 1].map((v, i) => v - end[i]));
    };
    const ratio = error(0.05 / 16) / error(0.05 / 32);
    expect(ratio).toBeGreaterThan(factor * 0.7);
    expect(ratio).toBeLessThan(factor * 1.4);
  });

  test("every growth factor reaches one in modulus at its limit", () => {
    for (const [k, limit] of Object.entries(realLimits)) if (limit !== null) expect(Math.abs(growthFactors[k as "rk4"](-limit))).toBeCloseTo(1, 12);
  });

  test("implicit Euler never climbs on a convex function", () => {
    const q = testFunction({ name: "quadratic", kappa: 50 });
    let [x, value] = [Float64Array.of(3, 4), Number.POSITIVE_INFINITY];
    for (let k = 0; k < 20; k++) {
      x = flowStep(q, x, 100, "implicitEuler") as Float64Array<ArrayBuffer>;
      expect(q(x).value).toBeLessThanOrEqual(value);
      value = q(x).value;
    }
  });

  test("a step of Euler follows the flow of the modified loss two orders better than that of the loss", () => {
    const h = 1e-3;
    const step = flowStep(f, x0, h, "euler");
    const modified = flowExact((x) => ({ ...f(x), gradient: modifiedLoss(f, x, h).gradient }), x0, h);
    const plain = flowExact(f, x0, h);
    const away = (a: Float64Array) => Math.hypot(a[0] - step[0], a[1] - step[1]);
    expect(away(modified)).toBeLessThan(away(plain) / 20);
  });

  test("Fokker-Planck keeps mass and sign, falls in free energy, and rests at the Gibbs density", () => {
    const n = 60;
    const dx = 0.1;
    const V = Float64Array.from({ length: n }, (_, i) => ((i - 30) * dx) ** 4 - 2 * ((i - 30) * dx) ** 2);
    const rho0 = new Float64Array(n).fill(1 / (n * dx));
    const r = fokkerPlanck1d(V, dx, 0.7, rho0, 10, 30, [1, 2, 5, 10, 30]);
    for (const p of r.rho) {
      expect(p.reduce((s, v) => s + v * dx, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...p)).toBeGreaterThanOrEqual(0);
    }
    for (let k = 1; k < r.freeEnergy.length; k++) expect(r.freeEnergy[k]).toBeLessThanOrEqual(r.freeEnergy[k - 1] + 1e-12);
    const rest = fokkerPlanck1d(V, dx, 0.7, r.gibbs, 1, 5, [5]).rho[0];
    rest.forEach((v, i) => {
      expect(v).toBeCloseTo(r.gibbs[i], 12);
    });
  });

  test("a JKO step keeps mass one and lowers the free energy; its Gaussian tends to the equilibrium", () => {
    const x = Float64Array.from({ length: 20 }, (_, i) => -2 + (4 * i) / 19);
    const V = x.map((v) => (v * v) / 2);
    const p = x.map((v) => Math.exp(-2 * (v - 1) ** 2));
    const total = p.reduce((s, v) => s + v, 0);
    const r = jkoSinkhorn(
      p.map((v) => v / total),
      V,
      x,
      0.5,
      0.2,
      0.05,
      300,
    );
    expect(r.q.reduce((s, v) => s + v, 0)).toBeCloseTo(1, 12);
    expect(r.F1).toBeLessThan(r.F0);
    expect(() => jkoSinkhorn([0, 1], [0, 0], [0, 1], 1, 1, 1, 1)).toThrow(/positive/);
    const g = jkoGaussian(2, 0.1, 1, 1, 0.1, 400);
    expect(g.std[400]).toBeCloseTo(1, 6);
  });

  test("the stationary variance of unadjusted Langevin is biased as the formula says", () => {
    const z = gaussian(mulberry32(1));
    const noise = Array.from({ length: 2000 }, () => Float64Array.from({ length: 50 }, z));
    const path = langevinULA(quadraticPotential(1), new Float64Array(50), 0.5, 1, noise).slice(200);
    const variance = path.reduce((s, x) => s + x.reduce((t, v) => t + v * v, 0) / 50, 0) / path.length;
    expect(variance).toBeCloseTo(1 / (1 - 0.25), 1);
  });

  test("Wasserstein distances see a shift exactly, whatever the sizes, and the energy distance of equal samples is zero", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.double({ min: -50, max: 50, noNaN: true }),
        (a, s) => {
          const r = wasserstein1d(
            a,
            a.map((v) => v + s),
          );
          expect(r.w1).toBeCloseTo(Math.abs(s), 8);
          expect(r.w2).toBeCloseTo(Math.abs(s), 8);
          expect(wasserstein1d(a, [...a, ...a]).w1).toBeCloseTo(0, 8);
          expect(wasserstein1d(a, a).energyDistance).toBeCloseTo(0, 8);
        },
      ),
    );
  });

  test("a one-point distribution is at its distance from another", () => {
    expect(wasserstein1d([3], [1, 5])).toMatchObject({ w1: 2, w2: 2 });
    expect(() => wasserstein1d([], [1])).toThrow(/empty/);
  });
});
