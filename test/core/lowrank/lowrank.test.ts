import {
  add,
  fromRows,
  hilbert,
  identity,
  kahan,
  type Matrix,
  mulberry32,
  multiply,
  norm,
  pinv,
  scale,
  selectColumns,
  selectRows,
  singularValues,
  subtract,
  svd,
  transpose,
  zeros,
} from "@scholium/core/linalg";
import {
  crDiagonal,
  crExpectedSqErr,
  crFull,
  crGreedyTuples,
  crOptimalSubset,
  crPoisson,
  crSample,
  crStats,
  crTopK,
  crUniformWithoutReplacement,
  cur,
  curSelections,
  deim,
  deimBound,
  fromSvd,
  gaussianMatrix,
  greedyColumnSubset,
  idMethods,
  idToPrecision,
  interpolativeDecomposition,
  leastSquaresFactor,
  leverageScores,
  nmf,
  penroseResiduals,
  pinvDetails,
  pinvGradientDescent,
  pinvGradientFlow,
  pinvNewtonSchulz,
  pinvQr,
  pinvTikhonov,
  randomizedSvd,
  rangeFinderBounds,
  rowId,
  spectrumSummary,
  strongBound,
  strongRrqr,
  truncatedSvd,
  twoSidedId,
  volumeSamplingSqErr,
} from "@scholium/core/lowrank";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const random = (m: number, n: number, seed: number) => gaussianMatrix(m, n, mulberry32(seed));
const lowRank = (m: number, n: number, r: number, seed: number) => multiply(random(m, r, seed), random(r, n, seed + 1000));
/** Singular values decay^j between random orthonormal factors. */
const decaying = (m: number, n: number, decay: number, seed: number): Matrix => {
  const f = svd(random(m, n, seed));
  return fromSvd({ ...f, s: f.s.map((_, j) => decay ** j) });
};
const fro = (a: Matrix) => norm(a, "fro");
const distance = (a: Matrix, b: Matrix) => fro(subtract(a, b));
const kindOf = (f: () => unknown) => {
  try {
    f();
  } catch (e) {
    return (e as { kind?: string }).kind;
  }
  return "none";
};
const seeds = fc.integer({ min: 1, max: 10_000 });
const runs = { numRuns: 12 };

describe("truncated SVD", () => {
  test("no random matrix of rank k comes nearer, and the errors are the measured ones", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 5 }), (seed, k) => {
        const A = random(8, 6, seed);
        const f = truncatedSvd(A, k);
        expect(distance(A, f.approx)).toBeCloseTo(f.errF, 11);
        expect(norm(subtract(A, f.approx), 2)).toBeCloseTo(f.err2, 11);
        const rival = add(f.approx, scale(k === 0 ? zeros(8, 6) : lowRank(8, 6, k, seed + 7), 0));
        expect(distance(A, rival)).toBeGreaterThanOrEqual(f.errF - 1e-12);
        if (k > 0) {
          const C = random(8, k, seed + 3);
          expect(distance(A, multiply(C, multiply(pinv(C), A)))).toBeGreaterThanOrEqual(f.errF - 1e-12);
          expect(truncatedSvd(A, k - 1).errF).toBeGreaterThanOrEqual(f.errF);
        }
        expect(f.energy).toBeGreaterThanOrEqual(0);
        expect(f.energy).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });
  test("rank 0 is zero, full rank is the matrix, a tie is not unique", () => {
    const A = random(3, 5, 1);
    expect(fro(truncatedSvd(A, 0).approx)).toBe(0);
    expect(distance(truncatedSvd(A, 3).approx, A)).toBeLessThan(1e-14 * 50);
    expect(truncatedSvd(identity(3), 1).unique).toBe(false);
    expect(truncatedSvd(A, 1).unique).toBe(true);
  });
  test("the summary of a spectrum adds up, and that of nothing is zero", () => {
    const s = spectrumSummary([3, 4 / 3]);
    expect(s.stableRank).toBeCloseTo((9 + 16 / 9) / 9, 14);
    expect([s.nuclear, s.cond]).toEqual([3 + 4 / 3, 2.25]);
    expect(spectrumSummary([])).toMatchObject({ normF: 0, nuclear: 0, stableRank: 0 });
    expect(spectrumSummary([0, 0])).toMatchObject({ stableRank: 0 });
  });
});

describe("pseudo-inverse", () => {
  test("Penrose's four equations hold for every shape and rank", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), (seed, m, n) => {
        const A = lowRank(m, n, Math.max(1, Math.min(m, n) - (seed % 2)), seed);
        const { X } = pinvDetails(A);
        const size = 1 + fro(A) + fro(X) ** 2 * fro(A);
        for (const r of Object.values(penroseResiduals(A, X))) expect(r).toBeLessThan(1e-13 * size * (1 + fro(A) * fro(X)));
      }),
      runs,
    );
  });
  test("the roads by QR, regularisation, descent and Newton's iteration meet", () => {
    const A = random(7, 4, 5);
    const X = pinv(A);
    const s = singularValues(A)[0];
    expect(distance(pinvQr(A), X)).toBeLessThan(1e-13);
    expect(distance(pinvQr(transpose(A)), transpose(X))).toBeLessThan(1e-13);
    expect(distance(pinvTikhonov(A, 1e-14), X)).toBeLessThan(1e-12);
    expect(distance(pinvGradientDescent(A, 1 / s ** 2, 20_000).X, X)).toBeLessThan(1e-12);
    expect(distance(pinvGradientFlow(A, 1e4), X)).toBeLessThan(1e-12);
    expect(distance(pinvNewtonSchulz(A, 25).X, X)).toBeLessThan(1e-12);
  });
  test("the closed form of gradient descent is the iteration", () => {
    const A = random(5, 3, 6);
    const eta = 0.05;
    let B = zeros(3, 5);
    for (let t = 0; t < 9; t++) B = subtract(B, scale(multiply(transpose(A), subtract(multiply(A, B), identity(5))), eta));
    const f = pinvGradientDescent(A, eta, 9);
    expect(distance(f.X, B)).toBeLessThan(1e-13);
    expect(f.history[9]).toBeCloseTo(fro(subtract(multiply(A, B), identity(5))) ** 2 / 2, 12);
    expect(pinvGradientDescent(A, 10, 3).converges).toBe(false);
  });
  test("the inverse of a product is not the product of inverses", () => {
    const A = fromRows([[1, 0]]);
    const B = fromRows([[1], [1]]);
    expect(pinv(multiply(A, B)).data[0]).toBeCloseTo(1, 15);
    expect(multiply(pinv(B), pinv(A)).data[0]).toBeCloseTo(0.5, 15);
  });
  test("a tolerance cuts small singular values, and the cut is told", () => {
    const A = fromRows([
      [1, 0],
      [0, 1e-4],
    ]);
    expect(pinvDetails(A).rank).toBe(2);
    expect(pinvDetails(A, { rtol: 1e-3 })).toMatchObject({ rank: 1, threshold: 1e-3 });
  });
  test("the missing factor of an exact product is found from either side", () => {
    const [A, B] = [random(6, 2, 8), random(2, 5, 9)];
    const M = multiply(A, B);
    expect(leastSquaresFactor({ A, M }).residual).toBeLessThan(1e-13);
    expect(distance(leastSquaresFactor({ B, M }).factor, A)).toBeLessThan(1e-13);
  });
});

describe("randomised SVD", () => {
  test("values never exceed the true ones, a matrix of small rank is found exactly", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const A = decaying(20, 15, 0.7, seed);
        const s = singularValues(A);
        const f = randomizedSvd(A, 4, { oversample: 3, powerIters: 0, rng: mulberry32(seed), measure: true });
        f.s.forEach((x, i) => {
          expect(x).toBeLessThanOrEqual(s[i] * (1 + 1e-12));
        });
        expect(f.projErrF).toBeGreaterThanOrEqual(norm({ rows: 8, columns: 1, data: s.slice(7) }, "fro") * (1 - 1e-10));
        const L = lowRank(20, 15, 3, seed);
        expect(distance(fromSvd(randomizedSvd(L, 3, { rng: mulberry32(seed) })), L)).toBeLessThan(1e-11);
      }),
      runs,
    );
  });
  test("its mean error stays below the bound of Halko, Martinsson and Tropp", () => {
    const A = decaying(30, 25, 0.8, 3);
    let sum = 0;
    for (let i = 0; i < 20; i++) sum += randomizedSvd(A, 5, { oversample: 4, powerIters: 0, rng: mulberry32(i), measure: true }).projErrF;
    expect(sum / 20).toBeLessThan(rangeFinderBounds(singularValues(A), 5, 4).fro);
  });
  test("it asks for its random numbers, and needs none when the sketch would be the whole", () => {
    expect(kindOf(() => randomizedSvd(random(30, 30, 1), 2))).toBe("domain");
    expect(randomizedSvd(random(5, 4, 1), 2).s.length).toBe(2);
    expect(kindOf(() => randomizedSvd(random(9, 8, 1), 2, { Omega: random(7, 3, 1) }))).toBe("shape-mismatch");
  });
});

describe("column-row approximation", () => {
  test("each random scheme is unbiased and has the error the formula says", () => {
    const [X, Y] = [random(4, 6, 1), random(6, 3, 2)];
    const M = multiply(X, Y);
    const e = crStats(X, Y, 3).expectedSqErr;
    const uniform = new Float64Array(6).fill(1 / 6);
    const rng = mulberry32(11);
    const schemes = {
      iidOptimal: () => crSample(X, Y, 3, { rng }),
      iidUniform: () => crSample(X, Y, 3, { rng, p: uniform }),
      uniformWithoutReplacement: () => crUniformWithoutReplacement(X, Y, 3, rng),
      poisson: () => crPoisson(X, Y, 3, rng),
    };
    const draws = 4000;
    for (const [name, draw] of Object.entries(schemes)) {
      let mean = zeros(4, 3);
      let square = 0;
      let fourth = 0;
      for (let i = 0; i < draws; i++) {
        const { approx } = draw();
        mean = add(mean, scale(approx, 1 / draws));
        const q = distance(approx, M) ** 2;
        square += q / draws;
        fourth += q ** 2 / draws;
      }
      const expected = e[name as keyof typeof e];
      // Four standard deviations of what is averaged.
      expect(Math.abs(square - expected)).toBeLessThan(4 * Math.sqrt((fourth - square ** 2) / draws));
      expect(distance(mean, M)).toBeLessThan(4 * Math.sqrt(expected / draws));
    }
    expect(crExpectedSqErr(X, Y, 3, uniform)).toBeCloseTo(e.iidUniform, 10);
  });
  test("more freedom in the weights never hurts, and the best subset beats the heaviest", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 5 }), (seed, r) => {
        const [X, Y] = [random(4, 7, seed), random(7, 5, seed + 1)];
        const top = crTopK(X, Y, r);
        const diagonal = crDiagonal(X, Y, top.indices).errF;
        expect(diagonal).toBeLessThanOrEqual(top.errF + 1e-10);
        expect(crFull(X, Y, top.indices).errF).toBeLessThanOrEqual(diagonal + 1e-10);
        expect(crOptimalSubset(X, Y, r).errF).toBeLessThanOrEqual(top.errF + 1e-10);
        expect([...crGreedyTuples(X, Y, r, 1).indices]).toEqual([...top.indices]);
      }),
      runs,
    );
  });
  test("zero terms are never drawn, ties go to the lowest place, a zero product needs no drawing", () => {
    const X = fromRows([[0, 1, 1, 1]]);
    const Y = fromRows([[5], [1], [1], [1]]);
    expect([...crSample(X, Y, 50, { rng: mulberry32(1) }).indices]).not.toContain(0);
    expect([...crTopK(X, Y, 2).indices]).toEqual([1, 2]);
    expect(fro(crSample(zeros(2, 3), random(3, 2, 1), 4, { rng: mulberry32(1) }).approx)).toBe(0);
    expect(kindOf(() => crSample(X, Y, 1, { indices: [0] }))).toBe("domain");
  });
  test("no terms give zero, all terms the product, more than all are refused except with replacement", () => {
    const [X, Y] = [random(3, 4, 1), random(4, 2, 2)];
    expect(crTopK(X, Y, 0).errF).toBeCloseTo(fro(multiply(X, Y)), 13);
    expect(crTopK(X, Y, 4).errF).toBeLessThan(1e-14);
    expect(kindOf(() => crTopK(X, Y, 5))).toBe("index-out-of-range");
    expect(crSample(X, Y, 9, { rng: mulberry32(1) }).indices.length).toBe(9);
    expect(kindOf(() => crOptimalSubset(random(2, 40, 1), random(40, 2, 1), 20))).toBe("too-large");
  });
});

describe("interpolative decomposition", () => {
  test("every method keeps the identity on its columns and is no better than the SVD", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...idMethods), (seed, method) => {
        const A = decaying(12, 10, 0.6, seed);
        const f = interpolativeDecomposition(A, 4, { method, rng: mulberry32(seed) });
        expect(selectColumns(f.Z, f.columns)).toEqual(identity(4));
        expect(distance(A, multiply(selectColumns(A, f.columns), f.Z))).toBeCloseTo(f.errF, 12);
        const best = truncatedSvd(A, 4);
        expect(f.errF).toBeGreaterThanOrEqual(best.errF - 1e-12);
        expect(f.err2).toBeGreaterThanOrEqual(best.err2 - 1e-12);
      }),
      { numRuns: 25 },
    );
  });
  test("integer matrices of exact low rank are reproduced from as many columns", () => {
    const A = multiply(
      fromRows([
        [1, 2],
        [0, 1],
        [3, 1],
        [2, 2],
      ]),
      fromRows([
        [1, 0, 2, 1, 3],
        [0, 1, 1, 2, 1],
      ]),
    );
    const f = interpolativeDecomposition(A, 4);
    expect(f.rankDeficient).toBe(true);
    expect(f.columns.length).toBe(2);
    expect(f.errF).toBeLessThan(1e-13);
    expect(idToPrecision(A, 1e-10).columns.length).toBe(2);
    expect(rowId(A, 2).errF).toBeLessThan(1e-13);
  });
  test("the two-sided form has the error of the column form and reproduces its block", () => {
    const A = decaying(12, 9, 0.5, 2);
    const t = twoSidedId(A, 3);
    expect(t.errF).toBeCloseTo(interpolativeDecomposition(A, 3).errF, 13);
    expect(distance(multiply(t.W, t.skeleton), selectColumns(A, t.columns))).toBeLessThan(1e-13);
    expect(distance(A, multiply(multiply(t.W, t.skeleton), t.Z))).toBeCloseTo(t.errF, 12);
    expect(t.skeleton).toEqual(selectRows(selectColumns(A, t.columns), t.rows));
  });
  test("a precision is met with the pivots above it, from a sketch too", () => {
    const A = decaying(60, 50, 0.5, 4);
    const sure = idToPrecision(A, 1e-4);
    const sketched = idToPrecision(A, 1e-4, { rng: mulberry32(3) });
    expect(sure.errF).toBeLessThan(1e-3);
    expect(sketched.errF).toBeLessThan(1e-3);
    expect(Math.abs(sketched.columns.length - sure.columns.length)).toBeLessThan(4);
    expect(idToPrecision(zeros(3, 4), 0.1).columns.length).toBe(0);
  });
  test("strong rank-revealing QR keeps its promises where pivoted QR fails", () => {
    const K = kahan(30, Math.acos(0.285));
    const nudged = { ...K, data: K.data.map((x, i) => x * (1 - 1e-6 * (i % 30))) };
    const f = strongRrqr(nudged, 29, { f: 2 });
    expect(interpolativeDecomposition(nudged, 29).err2).toBeGreaterThan(100 * f.err2);
    expect(f.swaps).toBeGreaterThan(0);
    fc.assert(
      fc.property(seeds, (seed) => {
        const A = decaying(10, 12, 0.5, seed);
        const g = strongRrqr(A, 5, { f: 1.5 });
        expect(g.maxAbsZ).toBeLessThanOrEqual(1.5 * (1 + 1e-9));
        expect(g.err2).toBeLessThanOrEqual(strongBound(A, 5, 1.5) * (1 + 1e-8));
      }),
      runs,
    );
  });
  test("the guard keeps the greedy rule from near-dependent columns", () => {
    const H = hilbert(60);
    const best = truncatedSvd(H, 8).errF;
    expect(greedyColumnSubset(H, 8, { tau: 0 }).errF / best).toBeGreaterThan(20);
    expect(greedyColumnSubset(H, 8).errF / best).toBeLessThan(3);
    const A = random(9, 7, 3);
    expect([...greedyColumnSubset(A, 4, { tau: 1 }).columns]).toEqual([...interpolativeDecomposition(A, 4).columns]);
  });
  test("volume sampling's expectation is the weighted mean over all choices", () => {
    const A = random(4, 5, 6);
    let [top, bottom] = [0, 0];
    for (let i = 0; i < 5; i++)
      for (let j = i + 1; j < 5; j++) {
        const C = selectColumns(A, [i, j]);
        const volume = singularValues(C).reduce((p, x) => p * x * x, 1);
        top += volume * distance(A, multiply(C, multiply(pinv(C), A))) ** 2;
        bottom += volume;
      }
    expect(volumeSamplingSqErr(singularValues(A), 2)).toBeCloseTo(top / bottom, 10);
  });
});

describe("CUR", () => {
  test("leverage scores lie in [0, 1] and add up to k", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 5 }), (seed, k) => {
        for (const axis of ["rows", "columns"] as const) {
          const l = leverageScores(random(8, 5, seed), k, axis);
          expect(l.reduce((s, x) => s + x, 0)).toBeCloseTo(k, 12);
          expect(Math.max(...l)).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
      runs,
    );
  });
  test("the optimal middle beats the cross one, which reproduces columns and rows exactly", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...curSelections), (seed, select) => {
        const A = decaying(12, 10, 0.7, seed);
        const f = cur(A, 4, { select });
        const g = cur(A, 4, { select, U: "cross" });
        expect(f.errF).toBeLessThanOrEqual(g.errF + 1e-12);
        const product = multiply(multiply(g.C, g.U), g.R);
        expect(distance(selectColumns(product, g.columns), g.C)).toBeLessThan(1e-7);
        expect(distance(selectRows(product, g.rows), g.R)).toBeLessThan(1e-7);
      }),
      runs,
    );
  });
  test("DEIM's points do not depend on signs and keep the bound", () => {
    const A = decaying(15, 12, 0.6, 9);
    const f = svd(A);
    const V = selectColumns(f.V, [0, 1, 2]);
    expect(deim(scale(V, -1))).toEqual(deim(V));
    const c = cur(A, 5);
    expect(norm(subtract(A, multiply(multiply(c.C, c.U), c.R)), 2)).toBeLessThanOrEqual(deimBound(A, c));
    expect(
      kindOf(() =>
        deim(
          fromRows([
            [1, 1],
            [1, 1],
            [0, 0],
          ]),
        ),
      ),
    ).toBe("singular");
    expect(kindOf(() => deim(random(2, 3, 1)))).toBe("shape-mismatch");
  });
});

describe("NMF", () => {
  test("the objective never rises and factors stay nonnegative", () => {
    const V = { ...random(6, 5, 1), data: random(6, 5, 1).data.map(Math.abs) };
    const positive = (a: Matrix) => ({ ...a, data: a.data.map((x) => Math.abs(x) + 0.1) });
    const f = nmf(V, positive(random(6, 2, 2)), positive(random(2, 5, 3)), 60);
    for (let i = 1; i < f.objective.length; i++) expect(f.objective[i]).toBeLessThanOrEqual(f.objective[i - 1] * (1 + 1e-12));
    expect(Math.min(...f.W.data, ...f.H.data)).toBeGreaterThanOrEqual(0);
    expect(kindOf(() => nmf(scale(V, -1), f.W, f.H, 1))).toBe("domain");
    expect(nmf(zeros(2, 2), fromRows([[1], [1]]), fromRows([[1, 1]]), 3).W.data.every(Number.isFinite)).toBe(true);
  });
});

/** Everything that takes one matrix and a rank, and everything that takes a matrix alone. */
const ranked: Record<string, (a: Matrix, k: number) => unknown> = {
  truncatedSvd,
  randomizedSvd: (a, k) => randomizedSvd(a, k, { rng: mulberry32(1), measure: true }),
  interpolativeDecomposition: (a, k) => interpolativeDecomposition(a, k),
  strongRrqr: (a, k) => strongRrqr(a, k),
  greedyColumnSubset: (a, k) => greedyColumnSubset(a, k),
  rowId: (a, k) => rowId(a, k),
  twoSidedId: (a, k) => twoSidedId(a, k),
  leverageScores: (a, k) => leverageScores(a, k),
  cur: (a, k) => cur(a, k, { select: "cpqr" }),
};
const plain: Record<string, (a: Matrix) => unknown> = {
  pinvDetails,
  pinvTikhonov: (a) => pinvTikhonov(a, 1e-3),
  pinvGradientDescent: (a) => pinvGradientDescent(a, 1e-3, 5),
  pinvNewtonSchulz: (a) => pinvNewtonSchulz(a, 5),
  idToPrecision: (a) => idToPrecision(a, 1e-6),
  ...Object.fromEntries(Object.entries(ranked).map(([name, f]) => [name, (a: Matrix) => f(a, Math.min(1, a.rows, a.columns))])),
};
const numbers = (x: unknown): number[] =>
  typeof x === "number"
    ? [x]
    : ArrayBuffer.isView(x)
      ? Array.from(x as unknown as ArrayLike<number>)
      : typeof x === "object" && x !== null
        ? Object.values(x).flatMap(numbers)
        : [];

describe.each(Object.entries(plain))("%s on the edge", (_name, f) => {
  test("an empty matrix is legal", () => {
    for (const [m, n] of [
      [0, 3],
      [3, 0],
      [0, 0],
    ])
      expect(() => f(zeros(m, n))).not.toThrow();
  });
  test("a zero matrix, a row and a column give numbers, never NaN", () => {
    for (const a of [zeros(3, 4), fromRows([[1, 2, 3]]), fromRows([[1], [2]])]) expect(numbers(f(a)).some(Number.isNaN)).toBe(false);
  });
  test("ties and duplicate columns give numbers", () => {
    expect(
      numbers(
        f(
          fromRows([
            [1, 1, 1],
            [1, 1, 1],
          ]),
        ),
      ).some(Number.isNaN),
    ).toBe(false);
    expect(numbers(f(identity(4))).some(Number.isNaN)).toBe(false);
  });
  test("NaN and infinities are refused", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(
        kindOf(() =>
          f(
            fromRows([
              [1, bad],
              [2, 3],
            ]),
          ),
        ),
      ).toBe("nonfinite");
  });
  test("the input is left as it was", () => {
    const a = random(4, 3, 2);
    const before = a.data.slice();
    f(a);
    expect(a.data).toEqual(before);
  });
});

describe.each(Object.entries(ranked))("the rank of %s", (_name, f) => {
  test("is refused outside 0..min(m, n), 0 is a zero approximation", () => {
    const a = random(4, 3, 1);
    for (const k of [-1, 4, 1.5, Number.NaN]) expect(kindOf(() => f(a, k))).toBe("index-out-of-range");
    expect(() => f(a, 0)).not.toThrow();
  });
});

describe("scales of 2^600 and 2^-600", () => {
  const A = decaying(6, 5, 0.5, 3);
  test.each([2 ** 600, 2 ** -600])("errors and pseudo-inverses scale exactly (%d)", (c) => {
    const B = scale(A, c);
    expect(distance(scale(pinvDetails(B).X, c), pinvDetails(A).X)).toBeLessThan(1e-12);
    expect(truncatedSvd(B, 2).errF / c).toBeCloseTo(truncatedSvd(A, 2).errF, 13);
    const [f, g] = [interpolativeDecomposition(A, 3), interpolativeDecomposition(B, 3)];
    expect([...g.columns]).toEqual([...f.columns]);
    expect(distance(g.Z, f.Z)).toBeLessThan(1e-13);
    expect(g.errF / c).toBeCloseTo(f.errF, 13);
    expect([...greedyColumnSubset(B, 3).columns]).toEqual([...greedyColumnSubset(A, 3).columns]);
    expect(distance(scale(pinvNewtonSchulz(B, 30).X, c), pinvNewtonSchulz(A, 30).X)).toBeLessThan(1e-10);
    expect(distance(cur(B, 3).C, scale(cur(A, 3).C, c))).toBe(0);
    expect([...crTopK(B, transpose(B), 2).indices]).toEqual([...crTopK(A, transpose(A), 2).indices]);
  });
});
