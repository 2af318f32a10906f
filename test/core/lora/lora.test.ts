import {
  add,
  fromRows,
  gaussian,
  identity,
  type Matrix,
  mulberry32,
  multiply,
  norm,
  pinv,
  scale,
  singularValues,
  subtract,
  zeros,
} from "@scholium/core/linalg";
import {
  adaLoraBudget,
  adaLoraMask,
  alignmentMetrics,
  doraForward,
  doraGradients,
  doraMagnitude,
  type Lora,
  loraEquivalentGradient,
  loraFirstStep,
  loraGaDirections,
  loraGaInit,
  loraGradients,
  loraInit,
  loraMerge,
  loraPlusRatio,
  loraProAdjust,
  loraProModes,
  loraScaling,
  loraTrajectory,
  loraUpdates,
  loraWarnings,
  pissaInit,
  regressionProblem,
  twoLayerProblem,
} from "@scholium/core/lora";
import { gaussianMatrix } from "@scholium/core/lowrank";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const random = (m: number, n: number, seed: number) => gaussianMatrix(m, n, mulberry32(seed));
const distance = (a: Matrix, b: Matrix) => norm(subtract(a, b), "fro");
const dot = (a: Matrix, b: Matrix) => a.data.reduce((s, x, i) => s + x * b.data[i], 0);
const adapter = (n: number, m: number, r: number, seed: number, s = 1): Lora => ({ A: random(n, r, seed), B: random(r, m, seed + 1), scale: s });
const seeds = fc.integer({ min: 1, max: 10_000 });
const kindOf = (f: () => unknown) => {
  try {
    f();
  } catch (e) {
    return (e as { kind?: string }).kind;
  }
  return "none";
};
/** The derivative of f along each entry of a, by central differences. */
const numeric = (a: Matrix, f: (x: Matrix) => number): Matrix => ({
  ...a,
  data: a.data.map((_, i) => {
    const at = (h: number) => f({ ...a, data: a.data.map((x, j) => (j === i ? x + h : x)) });
    return (at(1e-5) - at(-1e-5)) / 2e-5;
  }),
});

describe("the adapter", () => {
  test("starts at the weight, and its gradients are those of the loss", () => {
    const W0 = random(5, 4, 1);
    const l = adapter(5, 4, 2, 2, 0.7);
    expect(distance(loraMerge(W0, l, l), W0)).toBeLessThan(1e-14);
    const G = random(5, 4, 9);
    const init = adapter(5, 4, 2, 20, 0.7);
    const loss = (x: Lora) => dot(G, loraMerge(W0, init, x));
    const { gA, gB } = loraGradients(l, G);
    expect(
      distance(
        gA,
        numeric(l.A, (A) => loss({ ...l, A })),
      ),
    ).toBeLessThan(1e-8);
    expect(
      distance(
        gB,
        numeric(l.B, (B) => loss({ ...l, B })),
      ),
    ).toBeLessThan(1e-8);
    const eta = 1e-6;
    const moved = loraMerge(W0, init, { ...l, A: subtract(l.A, scale(gA, eta)), B: subtract(l.B, scale(gB, eta)) });
    expect(distance(scale(subtract(loraMerge(W0, init, l), moved), 1 / eta), loraEquivalentGradient(l, G))).toBeLessThan(1e-3);
  });
  test("shapes, rank and scale are checked", () => {
    const l = adapter(5, 4, 2, 1);
    expect(kindOf(() => loraMerge(zeros(4, 4), l, l))).toBe("shape-mismatch");
    expect(kindOf(() => loraGradients({ ...l, A: zeros(5, 0), B: zeros(0, 4) }, zeros(5, 4)))).toBe("domain");
    expect(kindOf(() => loraGradients(l, fromRows([[Number.NaN]])))).toBe("shape-mismatch");
    expect(kindOf(() => loraGradients({ ...l, A: scale(l.A, Number.NaN) }, zeros(5, 4)))).toBe("nonfinite");
    expect(loraWarnings({ ...l, scale: 0 })[0]).toMatch(/scale is 0/);
    expect(kindOf(() => loraScaling(16, 0))).toBe("domain");
    expect([loraScaling(16, 4), loraScaling(16, 4, "rslora"), loraPlusRatio(64, 32, 4).su]).toEqual([4, 8, 8]);
  });
  test("starts are seeded: Kaiming within its bound with B = 0, orthogonal with orthonormal factors", () => {
    const k = loraInit(16, 8, 3, mulberry32(1));
    expect(Math.max(...k.A.data.map(Math.abs))).toBeLessThanOrEqual(0.25);
    expect(norm(k.B)).toBe(0);
    expect(loraInit(16, 8, 3, mulberry32(1))).toEqual(k);
    const o = loraInit(16, 8, 3, mulberry32(1), { kind: "orthogonal" });
    expect(distance(multiply(o.A, o.A, { a: "transpose" }), identity(3))).toBeLessThan(1e-13);
    expect(distance(multiply(o.B, o.B, { b: "transpose" }), identity(3))).toBeLessThan(1e-13);
  });
});

describe("PiSSA", () => {
  test("takes the leading part and leaves the tail", () => {
    const W = random(6, 4, 3);
    const { A, B, residual } = pissaInit(W, 2, 4);
    expect(norm(residual, "fro")).toBeCloseTo(Math.hypot(...singularValues(W).slice(2)), 12);
    expect(distance(add(residual, scale(multiply(A, B), 4)), W)).toBeLessThan(1e-13);
    for (const r of [0, 5, 1.5]) expect(kindOf(() => pissaInit(W, r))).toBe("index-out-of-range");
    expect(kindOf(() => pissaInit(W, 1, 0))).toBe("domain");
  });
});

describe("DoRA", () => {
  const W0 = random(5, 4, 1);
  const l = adapter(5, 4, 2, 2, 0.5);
  const G = random(5, 4, 7);
  test("starts at the weight, and its full gradients are those of the loss", () => {
    expect(distance(doraForward(W0, { ...l, B: zeros(2, 4) }, doraMagnitude(W0)), W0)).toBeLessThan(1e-14);
    const magnitude: Matrix = { rows: 1, columns: 4, data: Float64Array.of(1, 2, 3, 4) };
    const loss = (x: Lora, mag: Matrix) => dot(G, doraForward(W0, x, mag.data));
    const g = doraGradients(W0, l, magnitude.data, G, { detach: false });
    expect(
      distance(
        g.gA,
        numeric(l.A, (A) => loss({ ...l, A }, magnitude)),
      ),
    ).toBeLessThan(1e-7);
    expect(
      distance(
        g.gB,
        numeric(l.B, (B) => loss({ ...l, B }, magnitude)),
      ),
    ).toBeLessThan(1e-7);
    expect(
      distance(
        { ...magnitude, data: g.gMag },
        numeric(magnitude, (x) => loss(l, x)),
      ),
    ).toBeLessThan(1e-7);
  });
  test("a zero column has no direction and gives no NaN", () => {
    const zero = { ...l, A: zeros(5, 2) };
    expect(doraForward(zeros(5, 4), zero, [1, 1, 1, 1]).data.every((x) => x === 0)).toBe(true);
    const g = doraGradients(zeros(5, 4), zero, [1, 1, 1, 1], G, { detach: false });
    expect([...g.gMag, ...g.gA.data, ...g.gB.data].every(Number.isFinite)).toBe(true);
    expect(kindOf(() => doraForward(W0, l, [1]))).toBe("length-mismatch");
  });
});

describe("AdaLoRA", () => {
  test("keeps the best triplets, the lowest place on ties, and spends its budget monotonically", () => {
    expect(adaLoraMask([1, 3, 3, 2], 2)).toEqual([false, true, true, false]);
    expect(adaLoraMask([1, 1, 1], 1)).toEqual([true, false, false]);
    const c = { initBudget: 12, targetBudget: 4, tInit: 10, tFinal: 20, totalSteps: 100 };
    let before = 12;
    for (let t = 0; t <= 120; t++) {
      const b = adaLoraBudget(t, c);
      expect(b).toBeLessThanOrEqual(before);
      before = b;
    }
    expect(before).toBe(4);
  });
});

describe("LoRA-GA", () => {
  test("every split of the first 2r directions reaches the optimum, no random factors do better", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...loraGaDirections), (seed, direction) => {
        const G = random(8, 7, seed);
        const f = loraGaInit(G, 2, { direction, rng: mulberry32(seed) });
        const size = norm(G, "fro");
        expect((loraFirstStep(f.A, f.B, G).residual * size) ** 2).toBeCloseTo(f.minObjective, 9);
        const rival = loraFirstStep(scale(random(8, 2, seed + 1), 0.3), scale(random(2, 7, seed + 2), 0.3), G);
        expect(rival.residual * size).toBeGreaterThanOrEqual(Math.sqrt(f.minObjective) - 1e-12);
      }),
      { numRuns: 25 },
    );
  });
  test("the same vectors on both sides count twice: the residual is that of no step at all", () => {
    const G = random(8, 7, 3);
    const f = loraGaInit(G, 3);
    const twice = loraGaInit(G, 3, { direction: "A2rBr" });
    expect(loraFirstStep(f.A, twice.B, G).residual).toBeCloseTo(1, 12);
  });
  test("with 2r beyond the size the objective is 0; a zero gradient, scales and clipping are fine", () => {
    const G = random(5, 4, 2);
    expect(loraGaInit(G, 3).minObjective).toBe(0);
    const all = loraGaInit(G, 3);
    expect(loraFirstStep(all.A, all.B, G).residual).toBeLessThan(1e-13);
    expect(loraGaInit(zeros(4, 4), 1).minObjective).toBe(0);
    expect(loraGaInit(G, 1, { scale: "stable", gamma: 16 }).factor).toBeCloseTo(4 ** 0.25 / 4, 14);
    expect(loraGaInit(G, 1, { scale: "gd", s: 4 }).factor).toBe(0.25);
    const W0 = scale(random(5, 4, 8), 1e-3);
    const clipped = loraGaInit(G, 1, { W0, clip: true });
    expect(norm(multiply(clipped.A, clipped.B), "max")).toBeLessThanOrEqual(norm(W0, "max") * (1 + 1e-12));
    expect(kindOf(() => loraGaInit(G, 1, { scale: "weightS" }))).toBe("domain");
    expect(kindOf(() => loraGaInit(G, 5))).toBe("index-out-of-range");
    expect(kindOf(() => loraGaInit(scale(G, Number.NaN), 1))).toBe("nonfinite");
  });
});

describe("LoRA-Pro", () => {
  test("every mode has the same equivalent gradient, the projection on the tangent space, and descends by its square", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.5, 1, 2), (seed, s) => {
        const l = adapter(7, 6, 2, seed, s);
        const G = random(7, 6, seed + 5);
        const g = loraGradients(l, G);
        const PA = multiply(l.A, pinv(l.A));
        const PB = multiply(pinv(l.B), l.B);
        const D = subtract(G, multiply(multiply(subtract(identity(7), PA), G), subtract(identity(6), PB)));
        const changes = loraProModes.map((mode) => {
          const f = loraProAdjust(l, g, { mode });
          expect(distance(f.equivalent(), D)).toBeLessThan(1e-9);
          expect(f.descent).toBeCloseTo(dot(D, D), 8);
          return f.changeSq;
        });
        expect(changes[2]).toBeLessThanOrEqual(Math.min(...changes) * (1 + 1e-10));
      }),
      { numRuns: 20 },
    );
  });
  test("at the start, B = 0, only B moves: by A⁺G", () => {
    const l = { ...adapter(7, 6, 2, 1), B: zeros(2, 6) };
    const G = random(7, 6, 4);
    const { HA, HB } = loraProAdjust(l, loraGradients(l, G));
    expect(norm(HA)).toBe(0);
    expect(distance(HB, multiply(pinv(l.A), G))).toBeLessThan(1e-12);
    expect(kindOf(() => loraProAdjust({ ...l, scale: 0 }, loraGradients(l, G)))).toBe("domain");
  });
});

describe("training", () => {
  const X = random(40, 6, 1);
  const Y = multiply(X, random(6, 5, 2));
  const W0 = scale(random(6, 5, 3), 0.1);
  test("every update lowers the loss, with SGD and with Adam", () => {
    for (const update of loraUpdates)
      for (const optimizer of ["sgd", "adam"] as const) {
        const init = [loraInit(6, 5, 2, mulberry32(4), { kind: "orthogonal" })];
        const run = loraTrajectory(regressionProblem(X, Y, W0), { update, optimizer, lr: 0.02, steps: 40, init, ratio: 4 });
        expect(run.losses[40], `${update} ${optimizer}`).toBeLessThan(run.losses[0]);
        expect(run.W.length).toBe(41);
      }
  });
  test("the gradients of both problems are those of the loss", () => {
    const [W1, W2] = [random(6, 4, 5), random(4, 5, 6)];
    const p = twoLayerProblem(X, Y, W1, W2);
    const { gradients } = p.evaluate(p.weights);
    expect(
      distance(
        gradients[0],
        numeric(W1, (W) => p.evaluate([W, W2]).loss),
      ),
    ).toBeLessThan(1e-6);
    expect(
      distance(
        gradients[1],
        numeric(W2, (W) => p.evaluate([W1, W]).loss),
      ),
    ).toBeLessThan(1e-6);
    expect(kindOf(() => twoLayerProblem(X, Y, W1, W1))).toBe("shape-mismatch");
  });
  test("an adapter of full rank under LoRA-Pro takes the very steps of full fine-tuning", () => {
    const problem = regressionProblem(X, Y, W0);
    const z = gaussian(mulberry32(9));
    const init = [{ A: identity(6, 5), B: { ...identity(5), data: identity(5).data.map((x) => x + 0.1 * z()) }, scale: 1 }];
    const full = loraTrajectory(problem, { update: "full", lr: 0.02, steps: 1 });
    const pro = loraTrajectory(problem, { update: "loraPro", lr: 0.02, steps: 1, init });
    expect(alignmentMetrics(pro, full, [W0]).firstStepCos).toBeGreaterThan(0.999);
  });
  test("metrics of a run with itself are perfect; a path that diverges ends early", () => {
    const problem = regressionProblem(X, Y, W0);
    const full = loraTrajectory(problem, { update: "full", lr: 0.02, steps: 3 });
    const a = alignmentMetrics(full, full, [W0]);
    expect(a.firstStepCos).toBeCloseTo(1, 12);
    expect([...a.traj, a.firstStepRel]).toEqual([0, 0, 0, 0]);
    expect(loraTrajectory(problem, { update: "full", lr: 1e200, steps: 50 }).losses.length).toBeLessThan(10);
    expect(kindOf(() => loraTrajectory(problem, { update: "lora", lr: 0.1, steps: 3 }))).toBe("length-mismatch");
    expect(kindOf(() => loraTrajectory(problem, { update: "full", lr: -1, steps: 3 }))).toBe("domain");
  });
});
