import { fromRows, matrix, mulberry32 } from "@scholium/core/linalg";
import {
  assign,
  emaStart,
  emaUpdate,
  fsq,
  fsqDecode,
  perplexity,
  reflectionGradient,
  rotationGradient,
  rotationTrick,
  trainVqToy,
} from "@scholium/core/quantize";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const vectors = (d: number) =>
  fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: d, maxLength: d }).map((x) => Float64Array.from(x));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((s, v, i) => s + v * (b[i] as number), 0);

describe("assignment", () => {
  test("a tie goes to the lowest code, and an empty codebook and wrong lengths are refused with both shapes", () => {
    expect(
      Array.from(
        assign(
          fromRows([[0, 0]]),
          fromRows([
            [1, 0],
            [-1, 0],
          ]),
        ).index,
      ),
    ).toEqual([0]);
    expect(() => assign(fromRows([[0, 0]]), matrix(0, 2, []))).toThrow(/empty/);
    expect(() => assign(fromRows([[0, 0]]), fromRows([[1, 2, 3]]))).toThrow(/1×2 and 1×3/);
  });

  test("the nearest codes are those of the definition, whatever their number and however near each other", () => {
    const next = mulberry32(4);
    for (const [n, K, d, spread] of [
      [40, 7, 3, 1],
      [300, 90, 16, 1],
      [50, 40, 5, 1e-12],
    ] as const) {
      const random = (rows: number, size: number) =>
        matrix(
          rows,
          d,
          Array.from({ length: rows * d }, () => 1 + size * (next() - 0.5)),
        );
      const [e, codes] = [random(n, 1), random(K, spread)];
      const distance = (i: number, k: number) => {
        let sum = 0;
        for (let j = 0; j < d; j++) sum += ((e.data[i * d + j] as number) - (codes.data[k * d + j] as number)) ** 2;
        return sum;
      };
      const nearest = Array.from({ length: n }, (_, i) =>
        Array.from({ length: K }, (_, k) => k).reduce((best, k) => (distance(i, k) < distance(i, best) ? k : best), 0),
      );
      const answer = assign(e, codes);
      expect([...answer.index]).toEqual(nearest);
      expect(answer.distortion).toBeCloseTo(
        nearest.reduce((s, k, i) => s + distance(i, k) / n, 0),
        14,
      );
    }
  });

  test("even use of K codes has perplexity K, a single used code has perplexity 1", () => {
    expect(perplexity([5, 5, 5, 5])).toBeCloseTo(4, 12);
    expect(perplexity([0, 7, 0])).toBe(1);
    expect(perplexity([0, 0])).toBe(0);
  });

  test("moving-average updates lower the distortion of fixed data", () => {
    const e = fromRows([
      [0, 1],
      [0.2, 1],
      [5, 5],
      [5, 4.8],
      [-3, 2],
    ]);
    let state = emaStart(
      fromRows([
        [1, 1],
        [4, 4],
        [-1, 0],
      ]),
    );
    let last = Number.POSITIVE_INFINITY;
    for (let k = 0; k < 30; k++) {
      const next = emaUpdate(state, e, { decay: 0.8 });
      expect(next.distortion).toBeLessThanOrEqual(last + 1e-9);
      last = next.distortion;
      state = next;
    }
  });
});

describe("rotation trick", () => {
  test("R is a rotation that carries e to q, and the gradient keeps its angle", () => {
    fc.assert(
      fc.property(vectors(4), vectors(4), vectors(4), (e, q, g) => {
        const r = rotationTrick(e, q, g);
        if (r.fallback || r.lambda > 1e3 || r.lambda < 1e-3 || r.angle > 3.1 || Math.hypot(...e) < 1e-3) return;
        r.qTilde.forEach((v, i) => {
          expect(v).toBeCloseTo(q[i], 6);
        });
        for (let i = 0; i < 4; i++)
          for (let j = 0; j < 4; j++)
            expect(dot(r.R.data.subarray(4 * i, 4 * i + 4), r.R.data.subarray(4 * j, 4 * j + 4))).toBeCloseTo(i === j ? 1 : 0, 8);
        expect(dot(e, r.gradRotation) / Math.hypot(...e) / r.lambda).toBeCloseTo(dot(q, g) / Math.hypot(...q), 6);
        expect(Math.hypot(...r.gradRotation)).toBeCloseTo(r.lambda * Math.hypot(...g), 5);
      }),
    );
  });

  test("opposite directions and zero vectors fall back to the straight-through gradient and say so", () => {
    const g = Float64Array.of(1, 2);
    expect(rotationTrick(Float64Array.of(1, 0), Float64Array.of(-1, 0), g)).toMatchObject({ fallback: true, gradRotation: g });
    expect(Array.from(rotationGradient(new Float64Array(2), Float64Array.of(1, 0), g))).toEqual([1, 2]);
    expect(Array.from(reflectionGradient(Float64Array.of(1, 0), Float64Array.of(1, 0), g))).toEqual([1, 2]);
  });
});

describe("finite scalar quantisation", () => {
  test("an index gives its code back", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }), (z) => {
        const r = fsq(matrix(1, 3, z), [8, 5, 3]);
        expect(r.index[0]).toBeLessThan(r.codebookSize);
        fsqDecode(r.index[0], [8, 5, 3]).forEach((v, i) => {
          expect(v).toBeCloseTo(r.code.data[i], 12);
        });
      }),
    );
    expect(() => fsq(matrix(1, 1, [0]), [2])).toThrow(/at least 3/);
  });
});

describe("the toy", () => {
  test("rotation gives a smaller quantisation error than straight-through from the same seed, and the same seed the same numbers", () => {
    const run = (estimator: "ste" | "rotation") => {
      const g = trainVqToy({ estimator, centre: 3, steps: 600, seed: 2 });
      let s = g.next();
      while (!s.done) s = g.next();
      return s.value;
    };
    const [ste, rotation] = [run("ste"), run("rotation")];
    expect(rotation.quantization).toBeLessThan(ste.quantization);
    expect(run("rotation")).toEqual(rotation);
  });

  test("a learning rate that is too large ends as diverged", () => {
    const g = trainVqToy({ lr: 100, steps: 500 });
    let s = g.next();
    while (!s.done) s = g.next();
    expect(s.value.status).toBe("diverged");
  });
});
