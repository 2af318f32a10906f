import { fromRows, identity, matrix, matrixPower, mulberry32, multiply, norm, subtract, transpose } from "@scholium/core/linalg";
import {
  applyRope,
  baseDigits,
  dynamicScale,
  hwfa2FullLayers,
  hwfaPlan,
  leakySlowing,
  mixedRadixDigits,
  type positionKinds,
  publishedBaseBounds,
  relativePositionMatrix,
  reropeDecode,
  reropeScores,
  rope2d,
  rope2dGenerators,
  ropeAttentionScale,
  ropeBaseAsymptotic,
  ropeBaseLowerBound,
  ropeBaseLowerBoundSteps,
  ropeBiasTerms,
  ropeDecay,
  ropeDecayCurve,
  ropeFrequencies,
  ropeGeneral,
  ropeLayouts,
  ropeMatrix,
  ropeMaxContext,
  ropeScaledFrequencies,
  ropeScore,
  sandwichBias,
  scalingMethods,
  skewCanonical,
  windowMask,
} from "@scholium/core/rope";
import { finish } from "@scholium/core/signal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const numbers = (count: number, seed = 1) => {
  const random = mulberry32(seed);
  return Float64Array.from({ length: count }, () => 2 * random() - 1);
};
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
};
const position = fc.double({ min: -50, max: 50, noNaN: true });

describe("rotations", () => {
  test.each(ropeLayouts)("%s: orthogonal, relative, and the matrix does what the rotation does, at fractional and negative positions too", (layout) =>
    fc.assert(
      fc.property(position, position, (m, n) => {
        const [Rm, Rn] = [ropeMatrix(m, 6, 100, layout), ropeMatrix(n, 6, 100, layout)];
        expect(norm(subtract(multiply(Rm, Rm, { a: "transpose" }), identity(6)), "max")).toBeLessThan(1e-13);
        expect(norm(subtract(multiply(Rm, Rn, { a: "transpose" }), ropeMatrix(n - m, 6, 100, layout)), "max")).toBeLessThan(1e-12);
        const x = numbers(6);
        expect(worst(applyRope(x, m, 100, layout), multiply(Rm, matrix(6, 1, x)).data)).toBeLessThan(1e-13);
      }),
      { numRuns: 40 },
    ),
  );
  test("the layouts differ by a permutation of the channels", () => {
    const x = numbers(8);
    const order = [0, 2, 4, 6, 1, 3, 5, 7];
    const permuted = order.map((i) => x[i]);
    expect(
      worst(
        applyRope(permuted, 5, 10000, "half"),
        order.map((i) => applyRope(x, 5)[i]),
      ),
    ).toBe(0);
  });
  test("a score is Re Σ h_i·e^(i(m-n)θ_i)", () => {
    const [q, k] = [numbers(6, 1), numbers(6, 2)];
    const theta = ropeFrequencies(6);
    let sum = 0;
    for (let i = 0; i < 3; i++) {
      const re = q[2 * i] * k[2 * i] + q[2 * i + 1] * k[2 * i + 1];
      const im = q[2 * i + 1] * k[2 * i] - q[2 * i] * k[2 * i + 1];
      sum += re * Math.cos(7 * theta[i]) - im * Math.sin(7 * theta[i]);
    }
    expect(ropeScore(q, k, 12, 5)).toBeCloseTo(sum, 12);
  });
  test("an odd dimension and a base that is not positive are refused", () => {
    expect(() => ropeFrequencies(5)).toThrow(/even/);
    expect(() => applyRope([1, 2, 3], 1)).toThrow(/even/);
    expect(() => ropeFrequencies(4, 0)).toThrow(/base/);
  });
});

describe("the general solution", () => {
  const skew = (d: number, seed: number) => {
    const x = matrix(d, d, numbers(d * d, seed));
    return subtract(x, transpose(x));
  };
  test.each([1, 2, 3, 5, 6])("a skew-symmetric matrix of order %i is P·Λ·Pᵀ with rotations of its angles", (d) => {
    const B = skew(d, d);
    const { angles, P } = skewCanonical(B);
    expect(angles.length).toBe(Math.floor(d / 2));
    expect(norm(subtract(multiply(P, P, { a: "transpose" }), identity(d)), "max")).toBeLessThan(1e-13);
    const blocks = new Float64Array(d * d);
    angles.forEach((t, i) => {
      blocks[2 * i * d + 2 * i + 1] = -t;
      blocks[(2 * i + 1) * d + 2 * i] = t;
    });
    expect(norm(subtract(multiply(multiply(P, matrix(d, d, blocks)), transpose(P)), B), "max")).toBeLessThan(1e-12);
  });
  test("repeated and vanishing angles still give an orthogonal P", () => {
    const B = fromRows([
      [0, -2, 0, 0, 0],
      [2, 0, 0, 0, 0],
      [0, 0, 0, -2, 0],
      [0, 0, 2, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    const { angles, P } = skewCanonical(B);
    expect(worst(angles, [2, 2])).toBeLessThan(1e-14);
    expect(norm(subtract(multiply(P, P, { a: "transpose" }), identity(5)), "max")).toBeLessThan(1e-13);
    expect(worst(skewCanonical(matrix(3, 3, new Float64Array(9))).angles, [0])).toBe(0);
  });
  test("e^(nB) is relative for real positions; any orthogonal power is for whole ones, reflections included", () => {
    const B = skew(4, 3);
    const R = (n: number) => ropeGeneral(B, n);
    expect(norm(subtract(multiply(R(1.5), R(4), { a: "transpose" }), R(2.5)), "max")).toBeLessThan(1e-13);
    const O = fromRows([
      [0, 1],
      [1, 0],
    ]);
    expect(norm(subtract(multiply(matrixPower(O, 3), matrixPower(O, 5), { a: "transpose" }), matrixPower(O, 2)), "max")).toBe(0);
    expect(() => ropeGeneral(O, 1)).toThrow(/skew/);
  });
  test("two generators embed the plane exactly when they commute", () => {
    const [B1, B2] = [skew(4, 5), skew(4, 6)];
    expect(rope2dGenerators(B1, B2, [1, 2], [4, -1]).relativityResidual).toBeGreaterThan(0.1);
    const same = rope2dGenerators(B1, multiply(multiply(B1, B1), B1), [1, 2], [1.5, 1.7]);
    expect(same.commutator).toBeLessThan(1e-12);
    expect(same.relativityResidual).toBeLessThan(1e-10);
  });
  test("two-dimensional scores depend on the difference of the points", () => {
    const [q, k] = [numbers(8, 1), numbers(8, 2)];
    const score = (p: [number, number], r: [number, number]) => rope2d(q, p).reduce((s, x, i) => s + x * rope2d(k, r)[i], 0);
    expect(score([2, 3], [5, 1])).toBeCloseTo(score([12, -1], [15, -3]), 12);
    expect(() => rope2d(numbers(6), [1, 1])).toThrow(/divisible by 4/);
  });
});

describe("decay and bases", () => {
  test("the sweep by matrix products equals the definition", () => {
    const curve = ropeDecayCurve(64, 10000, 3000);
    const m = [0, 1, 255, 256, 2999];
    expect(
      worst(
        m.map((i) => curve[i]),
        ropeDecay(64, 10000, m).Bm,
      ),
    ).toBeLessThan(1e-10);
  });
  test("the longest context is not monotone in the base", () => {
    expect(ropeMaxContext(5e5, 64)).toBe(9937);
    expect(ropeMaxContext(1e6, 64)).toBe(6235);
    expect([1e4, 1e5, 5e5, 1e6].map((b) => ropeMaxContext(b, 128))).toEqual([1707, 7757, 18438, 27115]);
    expect(ropeMaxContext(1e12, 128, 1000)).toBeNull();
  });
  test("the least base is feasible, and 60 bases below it are not", () => {
    for (const [L, d] of [
      [64, 16],
      [100, 6],
      [256, 64],
      [512, 32],
    ]) {
      const b = ropeBaseLowerBound(L, d) as number;
      expect(ropeMaxContext(b * (1 + 1e-8), d) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(L);
      for (let i = 0; i < 60; i++) expect(ropeMaxContext(b ** (i / 60), d)).toBeLessThan(L);
      expect(ropeMaxContext(b * (1 - 1e-6), d)).toBeLessThan(L);
      expect(b).toBeGreaterThan(ropeBaseAsymptotic(L).base);
    }
  });
  test("the bound does not depend on where the sweep starts below it", () => {
    const b = ropeBaseLowerBound(300, 32) as number;
    expect(ropeBaseLowerBound(300, 32, { from: b / 3 })).toBeCloseTo(b, 4);
  });
  test("a nearly resonant distance decides for d = 4: cos 355 needs cos(355/√b) within 5e-10 of 1", () => {
    const b = ropeBaseLowerBound(1024, 4) as number;
    // cos 355 + cos t = 0 at t = 355 - 113π.
    const t = 355 - 112 * Math.PI - Math.PI;
    expect(b / (355 / t) ** 2).toBeCloseTo(1, 4);
  });
  test("published and certified bounds agree to two digits where the brute force was fine enough", () => {
    const brute = publishedBaseBounds[1].values;
    for (const L of [1024, 2048, 4096]) expect(Number((ropeBaseLowerBound(L, 128) as number).toPrecision(2))).toBe(brute[L]);
  });
  test("no base serves one pair beyond two tokens; tiny contexts are served by 1", () => {
    expect(ropeBaseLowerBound(3, 2)).toBeNull();
    expect(ropeBaseLowerBound(2, 2)).toBe(1);
    expect(ropeBaseLowerBound(1, 64)).toBe(1);
    expect(ropeBaseLowerBound(1024, 4, { cap: 1e9 })).toBeNull();
    expect(() => ropeBaseLowerBound(16, 7)).toThrow(/even/);
  });
  test("the sweep reports progress and can be cancelled", () => {
    const seen: number[] = [];
    finish(ropeBaseLowerBoundSteps(512, 64), { progress: (x) => seen.push(x) });
    expect(seen.length).toBeGreaterThan(3);
    let calls = 0;
    expect(() => finish(ropeBaseLowerBoundSteps(2 ** 20, 128), { cancelled: () => calls++ > 5 })).toThrow(/cancelled/);
  });
});

describe("length scaling", () => {
  const d = 32;
  const ratio = (method: (typeof scalingMethods)[number], o = {}) => {
    const theta = ropeFrequencies(d);
    return ropeScaledFrequencies(method, { d, s: 8, L0: 2048, seqLen: 16384, ...o }).map((t, i) => t / theta[i]);
  };
  test("NTK keeps the first frequency and interpolates the last; dynamic NTK is plain within the training length", () => {
    expect(ratio("ntk")[0]).toBe(1);
    expect(ratio("ntk")[d / 2 - 1]).toBeCloseTo(1 / 8, 12);
    expect(worst(ratio("dynamic-ntk", { s: 1, seqLen: 100 }), new Float64Array(d / 2).fill(1))).toBeLessThan(1e-14);
  });
  test("mixed radix runs from position interpolation (b = 0) to NTK-fixed (b = 1)", () => {
    expect(worst(ratio("ntk-mixed", { b: 0 }), ratio("pi"))).toBeLessThan(1e-14);
    expect(worst(ratio("ntk-mixed", { b: 1 }), ratio("ntk-fixed"))).toBeLessThan(1e-14);
  });
  test("YaRN's code and paper differ in the middle band only", () => {
    const [code, paper] = [ratio("yarn"), ratio("yarn-paper")];
    expect(code[0]).toBe(1);
    expect(paper[0]).toBe(1);
    expect(code[d / 2 - 1]).toBeCloseTo(paper[d / 2 - 1], 12);
    expect(worst(code, paper)).toBeGreaterThan(0.01);
  });
  test("every method keeps frequencies between interpolated and trained", () => {
    for (const method of scalingMethods)
      for (const x of ratio(method, method === "dynamic-ntk" ? { s: 1 } : {})) expect(x > 1 / 8 - 1e-12 && x <= 1 + 1e-12).toBe(true);
  });
  test("attention factors: YaRN above scale one only, log n above the training length only", () => {
    expect(ropeAttentionScale(1, 512, 512)).toEqual({ yarnMscale: 1, logitFactor: 1, logn: 1 });
    expect(ropeAttentionScale(4, 512, 512 ** 2).logn).toBeCloseTo(2, 12);
    expect(dynamicScale(1023, 512)).toBe(2);
    expect(() => ropeScaledFrequencies("ntk", { d: 2, s: 2 })).toThrow(/d > 2/);
    expect(() => ropeScaledFrequencies("pi", { d: 4, s: 0 })).toThrow(/scale s/);
    expect(() => ropeScaledFrequencies("foo" as "pi", { d: 4 })).toThrow(/foo/);
  });
  test("digits: n is Σ digit·β^j", () =>
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 2, max: 60 }), (n, beta) => {
        expect(baseDigits(n, beta, 32).reduce((s, x, j) => s + x * beta ** j, 0)).toBe(n);
        expect(mixedRadixDigits(n, [beta]).overflow).toBe(Math.floor(n / beta));
      }),
    ));
});

describe("relative positions", () => {
  test("ReRoPE is capped by the window, leaky by w + (L-1-w)/k, and tends to ReRoPE", () => {
    const max = (kind: (typeof positionKinds)[number], o = {}) => norm(relativePositionMatrix(kind, 8, o), "max");
    expect(max("rerope", { w: 3 })).toBe(3);
    expect(max("leaky", { w: 3, k: 2 })).toBe(5);
    expect(max("rerope", { w: 0 })).toBe(0);
    const [a, b] = [relativePositionMatrix("leaky", 8, { w: 3, k: 1e15 }), relativePositionMatrix("rerope", 8, { w: 3 })];
    expect(worst(a.data, b.data)).toBeLessThan(1e-12);
    expect(worst(relativePositionMatrix("leaky", 6, { w: 0, k: 2 }).data, relativePositionMatrix("pi", 6, { k: 2 }).data)).toBe(0);
    expect(worst(relativePositionMatrix("self-extend", 6, { w: 2, G: 1 }).data, relativePositionMatrix("rope", 6).data)).toBe(0);
    expect(relativePositionMatrix("rope", 0).rows).toBe(0);
  });
  test("two passes and decoding give the scores of the position matrix, k above and below one", () => {
    const [Q, K] = [matrix(9, 4, numbers(36, 1)), matrix(9, 4, numbers(36, 2))];
    for (const o of [
      { kind: "rerope", w: 3 },
      { kind: "rerope", w: 0 },
      { kind: "leaky", w: 3, k: 4 },
      { kind: "leaky", w: 2, k: 1 / 16 },
    ] as const) {
      const S = reropeScores(Q, K, o);
      const P = relativePositionMatrix(o.kind, 9, o);
      for (let i = 0; i < 9; i++)
        for (let j = 0; j <= i; j++) {
          const wanted = ropeScore(Q.data.subarray(4 * i, 4 * i + 4), K.data.subarray(4 * j, 4 * j + 4), P.data[i * 9 + j], 0);
          expect(S.data[i * 9 + j]).toBeCloseTo(wanted, 12);
        }
      expect(worst(reropeDecode(Q.data.subarray(32), K, o), S.data.subarray(72))).toBeLessThan(1e-12);
    }
    expect(() => reropeScores(Q, matrix(8, 4, numbers(32)), { kind: "rerope", w: 2 })).toThrow(/8×4/);
  });
  test("the advised slowing keeps the farthest position within half the training length", () => {
    const k = leakySlowing(4096, 128, 512);
    expect(128 + (4095 - 128) / k).toBeCloseTo(256, 10);
  });
});

describe("windows and biases", () => {
  test("a plan's receptive field stays within its share; one layer is refused", () =>
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 64 }), fc.integer({ min: 64, max: 8192 }), (layers, N) => {
        const { window, receptiveField } = hwfaPlan(layers, N);
        expect(receptiveField).toBeLessThanOrEqual(0.75 * N);
        expect(window * (layers - 1) + 1).toBeGreaterThan(0.75 * N - 1);
      }),
    ));
  test("full layers are spread evenly", () => {
    expect(hwfa2FullLayers(24, 2)).toEqual([8, 16]);
    expect(hwfa2FullLayers(24, 0)).toEqual([]);
    expect(() => hwfaPlan(1, 512)).toThrow(/layers/);
  });
  test("the pair count is that of the mask, for no window and one beyond the length too", () =>
    fc.assert(
      fc.property(fc.nat(12), fc.nat(15), (L, w) => {
        const { mask, pairs } = windowMask(L, w);
        expect(mask.data.reduce((s, x) => s + x, 0)).toBe(pairs);
      }),
    ));
  test("the four terms are the logit of the biased vectors, and Sandwich is the bias term alone", () => {
    const [q, k, a, b] = [1, 2, 3, 4].map((seed) => numbers(6, seed));
    const sum = (x: Float64Array, y: Float64Array) => x.map((v, i) => v + y[i]);
    expect(ropeBiasTerms({ q, k, a, b }, 3, 9).total).toBeCloseTo(ropeScore(sum(q, a), sum(k, b), 3, 9), 12);
    const bias = Float64Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? Math.sqrt(0.5) : 0));
    expect(sandwichBias(6, 0.5, [6])[0]).toBeCloseTo(ropeBiasTerms({ q, k, a: bias, b: bias }, 3, 9).ab, 12);
  });
});
