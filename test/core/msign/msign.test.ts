import {
  add,
  fromRows,
  hilbert,
  identity,
  type Matrix,
  mulberry32,
  multiply,
  norm,
  qr,
  scale,
  singularValues,
  subtract,
  transpose,
  zeros,
} from "@scholium/core/linalg";
import { gaussianMatrix } from "@scholium/core/lowrank";
import {
  divergenceThreshold,
  minimaxOddPolynomial,
  msign,
  muonScales,
  muonStep,
  newtonSchulz,
  polarExpressCoefficients,
  scalarMap,
  scalarRange,
  schedules,
} from "@scholium/core/msign";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const random = (m: number, n: number, seed: number) => gaussianMatrix(m, n, mulberry32(seed));
const distance = (a: Matrix, b: Matrix) => norm(subtract(a, b), "fro");
const dot = (a: Matrix, b: Matrix) => a.data.reduce((s, x, i) => s + x * b.data[i], 0);
const rotation = (n: number, seed: number) => qr(random(n, n, seed)).Q;
const seeds = fc.integer({ min: 1, max: 10_000 });
const kindOf = (f: () => unknown) => {
  try {
    f();
  } catch (e) {
    return (e as { kind?: string }).kind;
  }
  return "none";
};

describe("the matrix sign", () => {
  test("has singular values 1, pairs with the matrix to the nuclear norm and rebuilds it with H", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (seed, m, n) => {
        const A = random(m, n, seed);
        const { Q, H, nuclear, rank } = msign(A);
        for (const s of singularValues(Q)) expect(s).toBeCloseTo(1, 12);
        expect(dot(A, Q)).toBeCloseTo(nuclear, 10);
        expect(nuclear).toBeCloseTo(norm(A, "nuclear"), 10);
        expect(distance(multiply(Q, H), A)).toBeLessThan(1e-12 * (1 + norm(A)));
        expect(Math.sqrt(dot(Q, Q) / (m * n))).toBeCloseTo(Math.sqrt(rank / (m * n)), 12);
        expect(distance(msign(scale(A, 7)).Q, Q)).toBeLessThan(1e-12);
        expect(distance(msign(scale(A, -1)).Q, scale(Q, -1))).toBeLessThan(1e-12);
        const P = rotation(m, seed + 1);
        expect(distance(msign(multiply(P, A)).Q, multiply(P, Q))).toBeLessThan(1e-9);
      }),
      { numRuns: 25 },
    );
  });
  test("a rank-deficient matrix has a partial isometry, a vector its direction, a diagonal matrix its signs", () => {
    const A = multiply(random(5, 2, 1), random(2, 4, 2));
    const { Q, rank } = msign(A);
    expect(rank).toBe(2);
    expect(singularValues(Q)[2]).toBeLessThan(1e-14);
    expect([...msign(fromRows([[3], [4]])).Q.data].map((x) => Math.round(x * 1e14) / 1e14)).toEqual([0.6, 0.8]);
    expect(
      distance(
        msign(
          fromRows([
            [-2, 0],
            [0, 5],
          ]),
        ).Q,
        fromRows([
          [-1, 0],
          [0, 1],
        ]),
      ),
    ).toBeLessThan(1e-15);
    expect(norm(msign(zeros(2, 4)).Q)).toBe(0);
    expect(msign(zeros(0, 3)).Q).toMatchObject({ rows: 0, columns: 3 });
    expect(kindOf(() => msign(fromRows([[1, Number.NaN]])))).toBe("nonfinite");
  });
  test("the size of the entries does not matter, to 2^600 and 2^-600", () => {
    const A = random(4, 3, 5);
    for (const c of [2 ** 600, 2 ** -600]) expect(distance(msign(scale(A, c)).Q, msign(A).Q)).toBeLessThan(1e-13);
  });
});

describe("Newton-Schulz", () => {
  test("acts on singular values by the scalar map alone", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...(Object.keys(schedules) as (keyof typeof schedules)[])), (seed, schedule) => {
        const A = random(4, 6, seed);
        const X = newtonSchulz(A, { schedule, eps: 0 });
        const mapped = scalarMap(
          singularValues(A).map((s) => s / norm(A, "fro")),
          schedules[schedule],
          5,
        );
        const wanted = Array.from(mapped, Math.abs).sort((a, b) => b - a);
        singularValues(X).forEach((s, i) => {
          expect(s).toBeCloseTo(wanted[i], 8);
        });
      }),
      { numRuns: 25 },
    );
  });
  test("twenty-five classic steps reach the matrix sign", () => {
    const A = random(6, 4, 3);
    expect(distance(newtonSchulz(A, { schedule: "classic-quintic", steps: 25 }), msign(A).Q)).toBeLessThan(1e-10);
    expect(distance(newtonSchulz(A, { schedule: "classic-quintic", steps: 25, norm: "schatten8" }), msign(A).Q)).toBeLessThan(1e-10);
  });
  test("zero stays zero, NaN is refused", () => {
    expect(norm(newtonSchulz(zeros(3, 2)))).toBe(0);
    expect(newtonSchulz(zeros(0, 2))).toMatchObject({ rows: 0, columns: 2 });
    expect(kindOf(() => newtonSchulz(fromRows([[Number.POSITIVE_INFINITY]])))).toBe("nonfinite");
  });
  test("the exact range holds every mapped point and is reached", () => {
    for (const [name, triples] of Object.entries(schedules)) {
      const { min, max } = scalarRange(triples, 4, 0.01);
      const x = Float64Array.from({ length: 20_001 }, (_, i) => 0.01 + (0.99 * i) / 20_000);
      const y = scalarMap(x, triples, 4);
      expect(Math.min(...y), name).toBeGreaterThanOrEqual(min - 1e-12);
      expect(Math.max(...y), name).toBeLessThanOrEqual(max + 1e-12);
      expect(Math.max(...y), name).toBeCloseTo(max, 3);
    }
    expect(kindOf(() => scalarRange(schedules["su-uniform"], 1, 2, 1))).toBe("domain");
  });
  test("the documented thresholds of divergence are found", () => {
    expect(divergenceThreshold(schedules["keller-jordan"])).toBeCloseTo(1.26373, 4);
    expect(divergenceThreshold(schedules["classic-quintic"])).toBeCloseTo(Math.sqrt(7 / 3), 6);
    expect(divergenceThreshold(schedules["classic-cubic"])).toBeCloseTo(Math.sqrt(5), 6);
  });
});

describe("coefficient designers", () => {
  test("the minimax polynomial equioscillates on wide and narrow intervals", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-4, max: 0.9999, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.constantFrom<3 | 5>(3, 5),
        (ratio, u, degree) => {
          const { coeffs, error, extrema } = minimaxOddPolynomial(ratio * u, u, degree);
          const [a, b, c = 0] = coeffs;
          const p = (x: number) => x * (a + x * x * (b + c * x * x));
          [ratio * u, ...extrema, u].forEach((x, i) => {
            expect(Math.abs(p(x) - 1 - (i % 2 === 0 ? -error : error))).toBeLessThan(1e-9 * error + 1e-13);
          });
          for (let i = 0; i <= 200; i++)
            expect(Math.abs(p(ratio * u + ((u - ratio * u) * i) / 200) - 1)).toBeLessThanOrEqual(error * (1 + 1e-9) + 1e-13);
        },
      ),
      { numRuns: 200 },
    );
  });
  test("a closed interval has the Taylor limit, an impossible one is refused", () => {
    const { coeffs } = minimaxOddPolynomial(2, 2);
    expect(coeffs).toEqual([15 / 16, -10 / 64, 3 / 256]);
    for (const [l, u] of [
      [0, 1],
      [-1, 1],
      [2, 1],
      [Number.NaN, 1],
    ])
      expect(kindOf(() => minimaxOddPolynomial(l, u))).toBe("domain");
    expect(kindOf(() => minimaxOddPolynomial(0.1, 1, 4 as never))).toBe("domain");
  });
  test("the designer gives the published table, and beats any fixed schedule from the smallest value on", () => {
    const own = polarExpressCoefficients(1e-3, 8, { cushion: 0.02407327424182761 });
    schedules["polar-express"].slice(0, 6).forEach((t, i) => {
      t.forEach((x, j) => {
        expect(own[i][j]).toBeCloseTo(x, 10);
      });
    });
    const optimal = polarExpressCoefficients(1e-3, 5);
    const worst = (t: typeof optimal) => {
      const { min, max } = scalarRange(t, 5, 1e-3);
      return Math.max(1 - min, max - 1);
    };
    expect(worst(optimal)).toBeLessThan(worst([...schedules["keller-jordan"]]));
    expect(scalarRange(own, 8, 1e-3).min).toBeGreaterThan(1 - 1e-10);
    expect(kindOf(() => polarExpressCoefficients(0, 3))).toBe("domain");
  });
  test("safety shrinks the argument of all steps but the last", () => {
    const [plain, safe] = [polarExpressCoefficients(0.01, 3), polarExpressCoefficients(0.01, 3, { safety: 0.01 })];
    expect(safe[0][2]).toBeCloseTo(plain[0][2] / 1.01 ** 5, 10);
    expect(safe[2]).toEqual(plain[2]);
  });
});

describe("Muon's step", () => {
  test("does not see the size of the gradient, and moves by the factor of the shape", () => {
    const [W, G] = [random(6, 4, 1), random(6, 4, 2)];
    const state = { W, M: zeros(6, 4) };
    const a = muonStep(state, G, { method: "svd", scale: "moonlight" });
    expect(distance(a.W, muonStep(state, scale(G, 100), { method: "svd", scale: "moonlight" }).W)).toBeLessThan(1e-13);
    expect(a.updateRms).toBeCloseTo(0.2, 12);
    for (const name of Object.keys(muonScales) as (keyof typeof muonScales)[]) {
      const { updateRms, scaleFactor } = muonStep(state, G, { method: "svd", scale: name });
      expect(updateRms).toBeCloseTo(scaleFactor / Math.sqrt(6), 12);
    }
  });
  test("decays the weight and follows the momentum", () => {
    const [W, M, G] = [identity(3), random(3, 3, 4), hilbert(3)];
    const r = muonStep({ W, M }, G, { lr: 0.1, weightDecay: 0.5, beta: 0.9, nesterov: false, method: "svd", scale: "none" });
    expect(distance(r.M, add(scale(M, 0.9), scale(G, 0.1)))).toBeLessThan(1e-15);
    expect(distance(r.W, subtract(scale(W, 0.95), scale(msign(r.M).Q, 0.1)))).toBeLessThan(1e-14);
    expect(kindOf(() => muonStep({ W, M }, transpose(random(2, 3, 1))))).toBe("shape-mismatch");
  });
});
