import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useKernels } from "../../../core/src/kernels/index.js";
import * as linalg from "../../../core/src/linalg/index.js";
import { realQr } from "../../../core/src/linalg/schurReal.js";
import { bidiagonalQr } from "../../../core/src/linalg/svdGolubKahan.js";
import { tridiagonalQl } from "../../../core/src/linalg/symmetricEigen.js";
import { hermitian, orthogonality, randomMatrix, ratio, spectrumMatrix } from "./support.js";

const { adjoint, identity, MathError, matrix, multiply, multiplyAll, zeros } = linalg;
type Matrix = linalg.Matrix;

const failure = (f: () => unknown): linalg.MathError => {
  try {
    f();
  } catch (e) {
    if (e instanceof MathError) return e;
    throw e;
  }
  throw new Error("nothing was thrown");
};

/** Every routine of one square matrix that promises to refuse NaN and infinities. */
const ofOne: Record<string, (a: Matrix) => unknown> = {
  lu: linalg.lu,
  det: linalg.det,
  logDet: linalg.logDet,
  inverse: linalg.inverse,
  cholesky: linalg.cholesky,
  ldl: linalg.ldl,
  qr: linalg.qr,
  pivotedQr: linalg.pivotedQr,
  rankRevealingQr: linalg.rankRevealingQr,
  svd: linalg.svd,
  singularValues: linalg.singularValues,
  symmetricEigen: linalg.symmetricEigen,
  symmetricEigenvalues: linalg.symmetricEigenvalues,
  eigen: linalg.eigen,
  eigenvalues: linalg.eigenvalues,
  schur: linalg.schur,
  hessenberg: linalg.hessenberg,
  bidiagonalize: linalg.bidiagonalize,
  tridiagonalize: linalg.tridiagonalize,
  polar: linalg.polar,
  pinv: linalg.pinv,
  rank: linalg.rank,
  nullSpace: linalg.nullSpace,
  range: linalg.range,
  orthonormalize: linalg.orthonormalize,
  cond: linalg.cond,
  reciprocalCondition: linalg.reciprocalCondition,
  expm: linalg.expm,
  logm: linalg.logm,
  sqrtm: linalg.sqrtm,
  matrixPower: (a) => linalg.matrixPower(a, 0.5),
  funm: (a) => linalg.funm(a, linalg.entire.sin),
  solve: (a) => linalg.solve(a, linalg.column(new Float64Array(a.rows).fill(1))),
  leastSquares: (a) => linalg.leastSquares(a, linalg.column(new Float64Array(a.rows).fill(1))),
  sylvester: (a) => linalg.sylvester(a, linalg.add(a, a), a),
  lyapunov: (a) => linalg.lyapunov(a, a),
  discreteLyapunov: (a) => linalg.discreteLyapunov(a, a),
  generalizedEigen: (a) => linalg.generalizedEigen(a, identity(a.rows)),
  nuclear: (a) => linalg.norm(a, "nuclear"),
};
const anyShape = new Set(
  "lu qr pivotedQr rankRevealingQr svd singularValues bidiagonalize pinv rank nullSpace range orthonormalize cond leastSquares nuclear".split(" "),
);

for (const bodies of ["kernels", "plain loops"] as const)
  describe(`robustness of linear algebra, by ${bodies}`, () => {
    beforeAll(() => useKernels(bodies === "kernels" ? undefined : null));
    afterAll(() => useKernels(undefined));

    for (const [name, routine] of Object.entries(ofOne)) {
      it(`${name} refuses NaN and infinities with kind "nonfinite", naming the place`, () => {
        for (const n of [2, 7])
          for (const bad of [Number.NaN, Infinity, -Infinity]) {
            const a = hermitian(randomMatrix(n, n, 5));
            a.data[n] = bad;
            a.data[1] = bad;
            const e = failure(() => routine(a));
            expect(e.kind).toBe("nonfinite");
            expect(e.message).toMatch(/row [12], column [12]/);
            const complex = matrix(n, n, new Float64Array(n * n).fill(1), new Float64Array(n * n).fill(bad));
            expect(failure(() => routine(complex)).kind).toBe("nonfinite");
          }
      });

      it(`${name} leaves its input alone`, () => {
        for (const isComplex of [false, true])
          for (const n of [3, 9]) {
            const h = hermitian(randomMatrix(n, n, 8, isComplex));
            const a = linalg.add(h, linalg.scale(identity(n), 4 * n));
            const re = a.data.slice();
            const im = a.imag?.slice();
            routine(a);
            expect(a.data).toEqual(re);
            expect(a.imag).toEqual(im);
          }
      });

      it(`${name} accepts the empty matrix`, () => {
        expect(() => routine(zeros(0, 0))).not.toThrow();
        expect(() => routine({ ...zeros(0, 0), imag: new Float64Array(0) })).not.toThrow();
        if (!anyShape.has(name)) return;
        expect(() => routine(zeros(0, 3))).not.toThrow();
        expect(() => routine(zeros(3, 0))).not.toThrow();
      });

      it(`${name} ${anyShape.has(name) ? "takes rows, columns and any rectangle" : "refuses a rectangle and names its shape"}`, () => {
        for (const [m, n] of [
          [1, 4],
          [4, 1],
          [2, 7],
          [7, 2],
        ]) {
          const a = randomMatrix(m, n, m + n);
          if (anyShape.has(name)) expect(() => routine(a)).not.toThrow();
          else if (name === "polar" && m > n) expect(() => routine(a)).not.toThrow();
          else {
            const e = failure(() => routine(a));
            expect(["not-square", "shape-mismatch"]).toContain(e.kind);
            expect(e.message).toContain(`${m}×${n}`);
          }
        }
      });
    }

    it("zero matrices have zero factors, rank 0 and orthonormal bases", () => {
      for (const [m, n] of [
        [3, 3],
        [4, 2],
        [2, 6],
        [8, 8],
      ]) {
        const a = zeros(m, n);
        const { U, s, V } = linalg.svd(a, { mode: "full" });
        expect(s.every((x) => x === 0)).toBe(true);
        expect(orthogonality(U) + orthogonality(V)).toBeLessThan(1);
        expect(linalg.rank(a)).toBe(0);
        expect(linalg.pinv(a).data.every((x) => x === 0)).toBe(true);
        const p = linalg.pivotedQr(a);
        expect([...p.permutation]).toEqual(Array.from({ length: n }, (_, i) => i));
        expect(p.R.data.every((x) => x === 0)).toBe(true);
        expect(orthogonality(p.Q)).toBeLessThan(1);
      }
      expect([...linalg.symmetricEigenvalues(zeros(6))]).toEqual([0, 0, 0, 0, 0, 0]);
      expect([...linalg.eigenvalues(zeros(6)).re]).toEqual([0, 0, 0, 0, 0, 0]);
      expect(linalg.det(zeros(6))).toBe(0);
      expect(linalg.toRows(linalg.expm(zeros(2)))).toEqual([
        [1, 0],
        [0, 1],
      ]);
    });

    for (const factor of [1e-200, 1e200, 2 ** -600, 2 ** 600, 1e-300, 1e300])
      it(`matrices of size ${factor.toExponential(0)} are factored as well as those of size 1`, () => {
        for (const isComplex of [false, true])
          for (const n of [3, 8]) {
            const base = randomMatrix(n, n, 41, isComplex);
            const a = linalg.scale(base, factor);
            const back = (m: Matrix) => linalg.scale(m, 1 / factor);
            const list = (x: Float64Array) => linalg.diagonalMatrix(x.map((v) => v / factor));
            const f = linalg.lu(a);
            expect(ratio(multiply(f.L, back(f.U)), linalg.selectRows(base, f.permutation))).toBeLessThan(30);
            const q = linalg.qr(a);
            expect(ratio(multiply(q.Q, back(q.R)), base)).toBeLessThan(30);
            const p = linalg.pivotedQr(a);
            expect(ratio(multiply(p.Q, back(p.R)), linalg.selectColumns(base, p.permutation))).toBeLessThan(30);
            for (const method of ["auto", "jacobi", "golubKahan"] as const) {
              const s = linalg.svd(a, { method });
              expect(ratio(multiplyAll(s.U, list(s.s), adjoint(s.V)), base)).toBeLessThan(30);
            }
            const e = linalg.symmetricEigen(hermitian(a));
            expect(ratio(multiplyAll(e.vectors, list(e.values), adjoint(e.vectors)), hermitian(base))).toBeLessThan(30);
            const g = linalg.eigen(a);
            const D = spectrumMatrix({ re: g.values.re.map((x) => x / factor), im: g.values.im.map((x) => x / factor) });
            expect(ratio(multiply(base, g.vectors), multiply(g.vectors, D), linalg.norm(base))).toBeLessThan(30);
            expect(linalg.rank(a)).toBe(n);
            expect(Math.abs(linalg.cond(a) / linalg.cond(base) - 1)).toBeLessThan(1e-9);
            const x = linalg.solve(a, linalg.scale(identity(n), factor));
            expect(ratio(multiply(base, x), identity(n), linalg.norm(base) * linalg.norm(x))).toBeLessThan(30);
            const definite = linalg.add(multiply(base, base, { b: "adjoint" }), identity(n));
            const L = linalg.cholesky(linalg.scale(definite, factor));
            const half = linalg.scale(L, 1 / Math.sqrt(factor));
            expect(ratio(multiply(half, half, { b: "adjoint" }), definite)).toBeLessThan(40);
            expect(Math.abs(linalg.norm(a) / factor / linalg.norm(base) - 1)).toBeLessThan(1e-14);
            const logs = linalg.logDet(a).logAbs - linalg.logDet(base).logAbs;
            expect(Math.abs(logs / (n * Math.log(factor)) - 1)).toBeLessThan(1e-13);
          }
      });

    it("singular systems name their size and the column without a pivot, and point to least squares", () => {
      const ones = matrix(3, 3, new Float64Array(9).fill(1));
      const e = failure(() => linalg.solve(ones, linalg.column([1, 2, 3])));
      expect(e.kind).toBe("singular");
      expect(e.message).toContain("3×3");
      expect(e.hint).toContain("pinv");
      expect(failure(() => linalg.inverse(matrix(6, 6, new Float64Array(36).fill(2)))).kind).toBe("singular");
      expect(linalg.det(ones)).toBe(0);
      expect(linalg.reciprocalCondition(ones)).toBe(0);
      expect(linalg.cond(ones, 1)).toBe(Infinity);
    });

    it("a matrix that is not positive definite names the leading minor that fails", () => {
      const a = linalg.diagonalMatrix([1, 2, -3, 4, 5, 6, 7]);
      const e = failure(() => linalg.cholesky(a));
      expect(e.kind).toBe("domain");
      expect(e.message).toContain("order 3");
    });
  });

describe("bad input to linear algebra", () => {
  it("shapes that do not fit are both named", () => {
    const a = zeros(2, 3);
    const b = zeros(2, 2);
    expect(failure(() => multiply(a, b)).message).toBe("cannot multiply 2×3 by 2×2 (inner sizes 3 and 2)");
    for (const f of [linalg.add, linalg.subtract, linalg.hadamard]) {
      const e = failure(() => f(a, b));
      expect(e.kind).toBe("shape-mismatch");
      expect(e.message).toContain("2×3 and 2×2");
    }
    for (const e of [
      failure(() => linalg.solve(identity(3), b)),
      failure(() => linalg.leastSquares(zeros(3, 2), b)),
      failure(() => linalg.solveTriangular(identity(3), b)),
      failure(() => linalg.sylvester(identity(3), identity(3), b)),
      failure(() => linalg.lyapunov(identity(3), b)),
      failure(() => linalg.generalizedEigen(identity(3), b)),
      failure(() => linalg.hstack(zeros(3, 3), b)),
      failure(() => linalg.vstack(zeros(3, 3), b)),
    ]) {
      expect(e.kind).toBe("shape-mismatch");
      expect(e.message).toMatch(/3×[23]/);
      expect(e.message).toContain("2×2");
    }
  });

  it("results that cannot fit are refused before anything is allocated", () => {
    const long = zeros(20000, 1);
    expect(failure(() => linalg.kronecker(long, long)).message).toContain("400000000");
    for (const f of [
      () => multiply(long, long, { b: "transpose" }),
      () => linalg.hilbert(20000),
      () => zeros(20000, 20000),
      () => identity(20000),
      () => linalg.blockDiagonal(zeros(20000, 0), zeros(0, 20000)),
      () => linalg.qr(long, { mode: "full" }),
      () => linalg.svd(long, { mode: "full" }),
    ]) {
      const e = failure(f);
      expect(e.kind).toBe("too-large");
      expect(e.message).toContain("20000");
    }
  });

  it("multiply, add and entry norms let NaN and infinities through", () => {
    const a = matrix(1, 2, [Number.NaN, 1]);
    expect(multiply(a, matrix(2, 1, [1, 1])).data[0]).toBeNaN();
    expect(linalg.add(a, a).data[0]).toBeNaN();
    expect(linalg.norm(a)).toBeNaN();
    expect(linalg.norm(matrix(1, 2, [Infinity, 1]), 1)).toBe(Infinity);
  });

  it("an iteration that does not converge is an error with what it reached", () => {
    const nan = () => Float64Array.of(1, Number.NaN, 2);
    for (const f of [
      () => bidiagonalQr(nan(), Float64Array.of(1, 1), null, 0, null, 0),
      () => tridiagonalQl(nan(), Float64Array.of(1, 1), null, 0),
      () =>
        realQr(
          Float64Array.from({ length: 9 }, () => Number.NaN),
          null,
          3,
        ),
    ]) {
      const e = failure(f);
      expect(e.kind).toBe("no-convergence");
      expect(e.partial).toBeDefined();
    }
  });

  it("norms that are none are refused with the ones that are", () => {
    expect(failure(() => linalg.norm(identity(2), 3)).hint).toContain("schatten");
    expect(failure(() => linalg.norm(identity(2), { entries: 0.5 })).message).toContain("0.5");
    expect(linalg.norm(matrix(2, 1, [3, 4]), 2)).toBe(5);
    expect(linalg.norm(matrix(1, 2, [3, 4]), 1)).toBe(7);
    expect(linalg.norm(identity(3), { schatten: 3 })).toBeCloseTo(3 ** (1 / 3), 14);
  });
});
