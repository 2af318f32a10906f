import { gaussLegendre, identity, multiply, norm, scale, solve, subtract, transpose } from "@scholium/core/linalg";
import {
  discretize,
  type HippoKind,
  hippoMatrices,
  hippoOnline,
  hippoReconstruct,
  hippoReconstructComplex,
  hippoSpectrum,
  legsApply,
  legsEigenCondition,
  legsEigenvectors,
  legsFit,
  legsLtiBasis,
  legsMonomial,
  legsProject,
  legsPropagator,
  legsRecurrence,
  legsSensitivity,
  legsSolve,
  legsTimescale,
  orthogonalPolynomials,
  polynomialKinds,
} from "@scholium/core/ssm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i] - b[i])).toBeLessThanOrEqual(tolerance);
};
const wave = (L: number) => Float64Array.from({ length: L }, (_, k) => Math.sin((6 * Math.PI * k) / L) + 0.5 * Math.sin((14 * Math.PI * k) / L + 1));
const signal = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 24 });

describe("orthogonal polynomials", () => {
  test("shifted Legendre polynomials are orthonormal on [0, 1]", () => {
    const rule = gaussLegendre(12);
    const G = orthogonalPolynomials(
      "legendre-shifted-orthonormal",
      12,
      rule.map((p) => p.node),
    );
    const weighted = { ...G, data: G.data.map((x, p) => x * rule[p % 12].weight) };
    expect(norm(subtract(multiply(weighted, G, { b: "transpose" }), identity(12)), "max")).toBeLessThan(1e-13);
  });
  test("P_n(1) = 1 and P_n(-1) = (-1)^n, outside the interval is legal, none is an empty matrix", () => {
    const P = orthogonalPolynomials("legendre", 9, [1, -1, 3]);
    for (let n = 0; n < 9; n++) close(P.data.subarray(3 * n, 3 * n + 2), [1, n % 2 === 0 ? 1 : -1], 1e-14);
    expect(P.data[3 * 2 + 2]).toBeCloseTo((3 * 9 - 1) / 2, 12);
    for (const kind of polynomialKinds) expect(orthogonalPolynomials(kind, 0, [1]).rows).toBe(0);
  });
  test("Chebyshev polynomials are cos(n·arccos x)", () => {
    const x = [-0.9, 0.1, 0.7];
    const T = orthogonalPolynomials("chebyshev", 6, x);
    for (let n = 0; n < 6; n++)
      close(
        T.data.subarray(3 * n, 3 * n + 3),
        x.map((t) => Math.cos(n * Math.acos(t))),
        1e-13,
      );
  });
});

describe("HiPPO matrices", () => {
  test("LegS and LegT follow from their definitions by exact quadrature", () => {
    const N = 7;
    const { A } = hippoMatrices({ kind: "legs", N });
    const T = hippoMatrices({ kind: "legt", N, w: 1.5 }).A;
    const rule = gaussLegendre(N + 2);
    const g = (s: number) => orthogonalPolynomials("legendre-shifted-orthonormal", N, [s]).data;
    const h = 1e-5;
    const ends = [g(0), g(1)];
    for (let n = 0; n < N; n++)
      for (let k = 0; k < N; k++) {
        let legs = 0;
        let legt = ends[0][n] * ends[0][k];
        for (const { node, weight } of rule) {
          const value = g(node);
          const slope = (g(node + h)[n] - g(node - h)[n]) / (2 * h);
          legs -= weight * value[k] * (value[n] + node * slope);
          legt += weight * slope * value[k];
        }
        expect(Math.abs(A.data[n * N + k] - legs)).toBeLessThan(1e-5);
        expect(Math.abs(T.data[n * N + k] + legt / 1.5)).toBeLessThan(1e-5);
      }
  });
  test("lmu is legt in the coordinates (-1)^n·r_n·c_n, legs-plain is legs in r_n·c_n", () => {
    const N = 6;
    const change = (from: HippoKind, to: HippoKind, d: (n: number) => number) => {
      const a = hippoMatrices({ kind: from, N });
      const b = hippoMatrices({ kind: to, N });
      close(
        b.A.data,
        a.A.data.map((x, p) => (d(Math.floor(p / N)) * x) / d(p % N)),
        1e-12,
      );
      close(
        b.B.data,
        a.B.data.map((x, n) => d(n) * x),
        1e-12,
      );
    };
    const r = (n: number) => Math.sqrt(2 * n + 1);
    change("legt", "lmu", (n) => (n % 2 === 0 ? 1 : -1) * r(n));
    change("legs", "legs-plain", r);
    change("legs", "legs-pm1", () => Math.SQRT2 / 1);
  });
  test("the plain LegT scaling needs λ_n = √(2/(2n+1)) for B = (2n+1)/w, not 2/√(2n+1)", () => {
    const { B } = hippoMatrices({ kind: "legt-plain", N: 5, w: 2 });
    // B_n of unit normalisation on [-1, 1] is √2·r_n/w; dividing by λ_n gives the plain one.
    for (let n = 0; n < 5; n++) expect((Math.SQRT2 * Math.sqrt(2 * n + 1)) / 2 / Math.sqrt(2 / (2 * n + 1))).toBeCloseTo(B.data[n], 12);
  });
  test("the paper's convention negates A only", () => {
    const [ode, paper] = (["ode", "hippo-paper"] as const).map((convention) => hippoMatrices({ kind: "legs", N: 3, convention }));
    close(
      paper.A.data,
      ode.A.data.map((x) => -x),
      0,
    );
    close(paper.B.data, ode.B.data, 0);
  });
  test("glagt with alpha 0 and beta 1 is lagt", () => {
    close(hippoMatrices({ kind: "glagt", N: 5 }).A.data, hippoMatrices({ kind: "lagt", N: 5 }).A.data, 1e-13);
    close(hippoMatrices({ kind: "glagt", N: 5 }).B.data, hippoMatrices({ kind: "lagt", N: 5 }).B.data, 1e-13);
  });
  test("fout has a dead state: row, column and input of index 1 are zero", () => {
    const { A, B } = hippoMatrices({ kind: "fout", N: 6, w: 3 });
    for (let n = 0; n < 6; n++) expect(Math.abs(A.data[6 + n]) + Math.abs(A.data[6 * n + 1])).toBe(0);
    expect(B.data[1]).toBe(0);
  });
  test("no states, an odd Fourier basis, an empty window and an unknown measure are refused by name", () => {
    expect(() => hippoMatrices({ kind: "legs", N: 0 })).toThrow(/N must be a whole number of at least 1, not 0/);
    expect(() => hippoMatrices({ kind: "fout", N: 5 })).toThrow(/even N, not 5/);
    expect(() => hippoMatrices({ kind: "legt", N: 2, w: 0 })).toThrow(/window/);
    expect(() => hippoMatrices({ kind: "foo" as HippoKind, N: 2 })).toThrow(/foo/);
  });
});

describe("spectra", () => {
  test("LegS has -1, ..., -N, the scaled Fourier matrix real parts -1, the window measures are stable", () => {
    close(
      hippoSpectrum({ kind: "legs", N: 40 }).re,
      Float64Array.from({ length: 40 }, (_, i) => -(i + 1)),
      0,
    );
    for (const re of hippoSpectrum({ kind: "fous-complex", N: 4 }).re) expect(re).toBeCloseTo(-1, 6);
    for (const re of hippoSpectrum({ kind: "legt", N: 8 }).re) expect(re).toBeLessThan(0);
  });
  test("the stated eigenvectors diagonalise LegS", () => {
    const N = 9;
    const { V, eigenvalues } = legsEigenvectors(N);
    const { A } = hippoMatrices({ kind: "legs", N });
    const right = { ...V, data: V.data.map((x, p) => x * eigenvalues[p % N]) };
    expect(norm(subtract(multiply(A, V), right), "max")).toBeLessThan(1e-9 * norm(V, "max"));
  });
  test("their condition grows beyond use: 8.6e1, 7.7e4, 8.3e10 for N = 4, 8, 16", () => {
    expect(10 ** legsEigenCondition(4)).toBeCloseTo(86.1, 0);
    expect(10 ** legsEigenCondition(8) / 7.7e4).toBeCloseTo(1, 1);
    expect(10 ** legsEigenCondition(16) / 8.3e10).toBeCloseTo(1, 1);
    expect(legsEigenCondition(24)).toBeGreaterThan(16);
  });
});

describe("discretisation", () => {
  const { A, B } = hippoMatrices({ kind: "legs", N: 5 });
  test("zoh of twice the step is the square, zero step is the identity", () => {
    const one = discretize(A, B, 0.05, "zoh").Ad;
    expect(norm(subtract(discretize(A, B, 0.1, "zoh").Ad, multiply(one, one)), "max")).toBeLessThan(1e-13);
    for (const method of ["forward", "backward", "bilinear", "zoh"] as const) {
      const { Ad, Bd } = discretize(A, B, 0, method);
      expect(norm(subtract(Ad, identity(5)), "max")).toBe(0);
      expect(norm(Bd, "max")).toBe(0);
    }
  });
  test("zoh serves a singular A", () => {
    const { Bd } = discretize(scale(A, 0), B, 0.25, "zoh");
    close(
      Bd.data,
      B.data.map((x) => x / 4),
      1e-15,
    );
  });
  test("forward Euler on LegS is stable only for dt·N < 2, whatever 'factors below one' one reads of", () => {
    const growth = (dt: number) => {
      const { Ad } = discretize(A, B, dt, "forward");
      return Math.max(...Array.from({ length: 5 }, (_, i) => Math.abs(Ad.data[6 * i])));
    };
    expect(growth(0.39)).toBeLessThan(1);
    expect(growth(0.41)).toBeGreaterThan(1);
  });
  test("an eigenvalue at 1/(αΔ), a negative step and a blend outside [0, 1] are refused", () => {
    const pole = scale(identity(1), 20);
    expect(() => discretize(pole, pole, 0.1, "bilinear")).toThrow(/singular/);
    expect(() => discretize(A, B, -1, "zoh")).toThrow(/dt/);
    expect(() => discretize(A, B, 0.1, "gbt", 2)).toThrow(/alpha/);
  });
});

describe("LegS", () => {
  test("the O(N) product and solve equal the dense ones", () => {
    const N = 11;
    const { A } = hippoMatrices({ kind: "legs", N });
    const v = wave(N);
    const column = { rows: N, columns: 1, data: v };
    close(legsApply(v), multiply(A, column).data, 1e-11);
    for (const lambda of [0, 0.02, 0.7, 5]) close(legsSolve(v, lambda), solve(subtract(identity(N), scale(A, lambda)), column).data, 1e-11);
    expect(() => legsSolve(v, -0.5)).toThrow(/singular/);
  });
  test("the propagator is a semigroup and lower triangular", () => {
    const E = legsPropagator(8, 6);
    expect(norm(subtract(E, multiply(legsPropagator(8, 2), legsPropagator(8, 3))), "max")).toBeLessThan(1e-13);
    expect(E.data[1]).toBe(0);
    expect(norm(subtract(legsPropagator(8, 1), identity(8)), "max")).toBeLessThan(1e-13);
  });
  test("the exact recurrence is the projection of the held signal", () =>
    fc.assert(
      fc.property(signal, fc.integer({ min: 1, max: 12 }), (u, N) => {
        close(legsRecurrence(u, N).state, legsProject(u, N), 1e-12);
      }),
      { numRuns: 60 },
    ));
  test("repeating every sample changes nothing", () =>
    fc.assert(
      fc.property(signal, fc.integer({ min: 1, max: 5 }), (u, repeat) => {
        const { original, repeated } = legsTimescale(u, 6, repeat);
        close(original, repeated, 1e-12);
      }),
      { numRuns: 30 },
    ));
  test("paper and code discretisations start differently and both approach the exact state", () => {
    const u = wave(400);
    const exact = legsRecurrence(u, 6).state;
    const paper = legsRecurrence(u, 6, "bilinear/paper").state;
    const code = legsRecurrence(u, 6, "bilinear/code").state;
    const first = (method: "bilinear/paper" | "bilinear/code") => legsRecurrence([1], 3, method).state;
    close(first("bilinear/paper"), [1, 0, 0], 0);
    expect(first("bilinear/code")[1]).not.toBeCloseTo(0, 2);
    close(paper, exact, 0.02);
    close(code, exact, 0.02);
  });
  test("forward Euler comes with a warning, no samples leave zero, one sample is a constant", () => {
    expect(legsRecurrence(wave(10), 8, "forward/paper").warning).toMatch(/forward/);
    expect(legsRecurrence(wave(10), 8).warning).toBeUndefined();
    close(legsRecurrence([], 3).state, [0, 0, 0], 0);
    close(legsRecurrence([2], 3).state, [2, 0, 0], 0);
  });
  test("moments of t^p solve (pI - A)m = B and give t^p back", () => {
    for (const p of [0, 1, 3]) {
      const N = 6;
      const { A, B } = hippoMatrices({ kind: "legs", N });
      const moments = legsMonomial(p, N);
      close(multiply(subtract(scale(identity(N), p), A), { rows: N, columns: 1, data: moments }).data, B.data, 1e-12);
      close(hippoReconstruct({ kind: "legs", N }, moments, [0, 0.3, 1]), [0 ** p, 0.3 ** p, 1], 1e-12);
    }
  });
  test("memory of a sample falls as 1/L, and time-invariantly as e^(-t)", () => {
    for (const L of [100, 1000, 10000]) expect(L * legsSensitivity(8, L, L / 2).norm).toBeCloseTo(2.19, 2);
    expect(legsLtiBasis(4, [3]).data[0]).toBeCloseTo(Math.exp(-3), 14);
    expect(() => legsSensitivity(4, 10, 10)).toThrow(/no sample 10/);
  });
  test("the projection of one sample is exact", () => expect(legsFit([0.3], 3).rmse).toBeCloseTo(0, 14));
});

describe("windows", () => {
  const u = Float64Array.from({ length: 600 }, (_, k) => Math.sin(k / 40) + 0.4 * Math.cos(k / 23));
  const rmse = (kind: "legt" | "fout" | "lmu", N: number, edge?: "naive" | "corrected") =>
    hippoOnline(u, { kind, N, edge, samplesPerWindow: 200 }).rmse;
  test("LegT and LMU remember the last window alike", () => {
    expect(rmse("legt", 10)).toBeLessThan(0.01);
    expect(rmse("lmu", 10)).toBeCloseTo(rmse("legt", 10), 10);
  });
  test("the naive Fourier window does not converge, the corrected one does", () => {
    expect(rmse("fout", 32, "naive") / rmse("fout", 8, "naive")).toBeGreaterThan(0.9);
    expect(rmse("fout", 32) / rmse("fout", 8)).toBeLessThan(0.7);
  });
  test("less than a window, and a measure without one, are refused", () => {
    expect(() => hippoOnline(u.slice(0, 9), { kind: "legt", N: 4, samplesPerWindow: 10 })).toThrow(/9 samples/);
    expect(() => hippoOnline(u, { kind: "legs", N: 4, samplesPerWindow: 10 })).toThrow(/window/);
  });
});

describe("reconstruction", () => {
  test("Laguerre kinds give back a decaying signal from its exact coefficients", () => {
    // u(t-τ) = e^(-τ/2)·(1 + τ) has lagt-s4 coefficients of 1 + τ in L_n: 1 + τ = 2L_0 - L_1.
    close(hippoReconstruct({ kind: "lagt-s4", N: 3 }, [2, -1, 0], [0, 1.5]), [1, 2.5 * Math.exp(-0.75)], 1e-14);
    close(hippoReconstruct({ kind: "glagt", N: 3 }, [2, -1, 0], [0, 1.5]), hippoReconstruct({ kind: "lagt", N: 3 }, [2, -1, 0], [0, 1.5]), 1e-13);
  });
  test("complex Fourier coefficients have their own reconstruction", () => {
    close(hippoReconstructComplex({ re: Float64Array.of(0.5, 0, 0.5), im: new Float64Array(3) }, [0, 0.25]), [1, 0], 1e-15);
    expect(() => hippoReconstruct({ kind: "fout-complex", N: 1 }, [1, 1, 1], [0])).toThrow(/complex coefficients/);
    expect(() => hippoReconstruct({ kind: "legs", N: 2 }, [1], [0])).toThrow(/2 coefficients/);
  });
});

test("the transpose of a tall system is refused with both shapes", () => {
  const { A, B } = hippoMatrices({ kind: "legs", N: 3 });
  expect(() => discretize(A, transpose(B), 0.1)).toThrow(/1×3/);
});
