// What optimizers and codebooks do with input that is none.
import { adam, langevinULA, lion, optimizers, quadraticPotential, signum, simulate, testFunction, wasserstein1d } from "@scholium/core/optim";
import { fsq, trainVqToy } from "@scholium/core/quantize";
import { describe, expect, test } from "vitest";

const bowl = testFunction({ name: "quadratic", kappa: 10 });

describe("gradients that are no numbers", () => {
  test.each(optimizers)("$name ends as diverged with the last finite step", (o) => {
    const run = simulate(o, { lr: 0.01 }, bowl, [1, 1], 10, { noise: (step) => (step === 3 ? [Number.NaN, Number.NaN] : [0, 0]) });
    expect(run.status).toBe("diverged");
    expect(run.last.step).toBe(3);
    expect(run.last.x.every(Number.isFinite)).toBe(true);
  });
});

describe("flat ground", () => {
  const flat = () => ({ ...bowl(Float64Array.of(0, 0)), gradient: new Float64Array(2) });
  test.each([adam, lion, signum])("$name stands still where every gradient is zero", (o) =>
    expect(Array.from(simulate(o, { lr: 0.1, weightDecay: 0 }, flat, [2, -3], 5).last.x)).toEqual([2, -3]),
  );
});

describe("codebooks", () => {
  test("one without codes, and a negative learning rate, are refused", () => {
    expect(() => trainVqToy({ codes: 0 }).next()).toThrow(/empty/);
    expect(() => trainVqToy({ lr: -0.1 }).next()).toThrow(/negative/);
  });
  test("a learning rate of zero leaves the error of the encoder as it is, and training ends", () => {
    const run = trainVqToy({ lr: 0, steps: 20, codes: 1 });
    let s = run.next();
    while (!s.done) s = run.next();
    expect(s.value).toMatchObject({ status: "done", usage: 1, perplexity: 1 });
  });
  test("levels below three are refused", () => expect(() => fsq({ rows: 1, columns: 1, data: Float64Array.of(0.1) }, [2])).toThrow(/3|three/));
});

describe("distributions of one point", () => {
  test("the distance of a point to itself is zero", () => expect(wasserstein1d([3], [3, 3, 3])).toMatchObject({ w1: 0, w2: 0, energyDistance: 0 }));
  test("particles that start in one point spread by their noise alone", () => {
    const [next] = langevinULA(quadraticPotential(1), [0, 0, 0], 0.1, 0.5, [[1, -1, 0]]);
    expect(Array.from(next as Float64Array, (v) => Number(v.toFixed(6)))).toEqual([0.316228, -0.316228, 0]);
  });
});
