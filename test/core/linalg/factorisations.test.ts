import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useKernels } from "../../../core/src/kernels/index.js";
import * as linalg from "../../../core/src/linalg/index.js";
import { hermitian, orthogonality, randomMatrix, ratio, spectrumMatrix } from "./support.js";

const { adjoint, identity, multiply, multiplyAll, norm } = linalg;
/** What a backward stable algorithm keeps: residuals in units of n·eps. */
const LIMIT = 30;

const shapes = fc.record({
  m: fc.integer({ min: 1, max: 24 }),
  n: fc.integer({ min: 1, max: 24 }),
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  isComplex: fc.boolean(),
  rank: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined, freq: 3 }),
});
type Shape = { m: number; n: number; seed: number; isComplex: boolean; rank?: number };
const make = ({ m, n, seed, isComplex, rank }: Shape) =>
  rank === undefined
    ? randomMatrix(m, n, seed, isComplex)
    : multiply(randomMatrix(m, rank, seed, isComplex), randomMatrix(rank, n, seed + 1, isComplex));
const check = (claim: (a: linalg.Matrix, shape: Shape) => void, runs = 60) =>
  fc.assert(
    fc.property(shapes, (shape) => claim(make(shape), shape)),
    { numRuns: runs, seed: 11 },
  );
const square = (claim: (a: linalg.Matrix, shape: Shape) => void, runs = 60) =>
  fc.assert(
    fc.property(shapes, (shape) => claim(make({ ...shape, m: shape.n }), shape)),
    { numRuns: runs, seed: 12 },
  );
const isTriangular = (a: linalg.Matrix) => {
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < Math.min(i, a.columns); j++) if (a.data[i * a.columns + j] !== 0 || (a.imag && a.imag[i * a.columns + j] !== 0)) return false;
  return true;
};

for (const bodies of ["kernels", "plain loops"] as const)
  describe(`factorisations of random matrices, by ${bodies}`, () => {
    beforeAll(() => useKernels(bodies === "kernels" ? undefined : null));
    afterAll(() => useKernels(undefined));

    it("LU: P·A = L·U with multipliers at most 1", () =>
      check((a) => {
        const f = linalg.lu(a);
        expect(ratio(multiply(f.L, f.U), linalg.selectRows(a, f.permutation), norm(f.L) * norm(f.U))).toBeLessThan(LIMIT);
        expect(linalg.norm(f.L, "max")).toBeLessThanOrEqual(1 + 1e-15);
        expect(isTriangular(f.U) && isTriangular(linalg.transpose(linalg.submatrix(f.L, 0, f.L.columns)))).toBe(true);
      }));

    it("QR: thin and full multiply back with orthonormal Q and triangular R", () =>
      check((a) => {
        for (const mode of ["thin", "full"] as const) {
          const f = linalg.qr(a, { mode });
          expect(f.Q.columns).toBe(mode === "full" ? a.rows : Math.min(a.rows, a.columns));
          expect(ratio(multiply(f.Q, f.R), a)).toBeLessThan(LIMIT);
          expect(orthogonality(f.Q)).toBeLessThan(LIMIT);
          expect(isTriangular(f.R)).toBe(true);
        }
      }));

    it("pivoted QR: the diagonal of R falls and dominates what stands right of and below it", () =>
      check((a) => {
        const { Q, R, permutation } = linalg.pivotedQr(a);
        expect(ratio(multiply(Q, R), linalg.selectColumns(a, permutation))).toBeLessThan(LIMIT);
        expect(orthogonality(Q)).toBeLessThan(LIMIT);
        const at = (i: number, j: number) => linalg.modulus(R.data[i * R.columns + j], R.imag?.[i * R.columns + j] ?? 0);
        for (let k = 0; k < R.rows; k++)
          for (let j = k; j < R.columns; j++) {
            let below = 0;
            for (let i = k; i <= Math.min(j, R.rows - 1); i++) below += at(i, j) ** 2;
            expect(Math.sqrt(below)).toBeLessThanOrEqual(at(k, k) * (1 + 1e-10) + 1e-13 * at(0, 0));
          }
      }));

    it("strong rank-revealing QR multiplies back, and leaves no profitable exchange", () =>
      check((a) => {
        const f = linalg.rankRevealingQr(a);
        expect(ratio(multiply(f.Q, f.R), linalg.selectColumns(a, f.permutation))).toBeLessThan(LIMIT);
        expect(f.rank).toBe(linalg.rank(a));
        if (f.rank === 0) return;
        const R11 = linalg.submatrix(f.R, 0, f.rank, 0, f.rank);
        const T = linalg.solveTriangular(R11, linalg.submatrix(f.R, 0, f.rank, f.rank, a.columns));
        expect(linalg.norm(T, "max")).toBeLessThanOrEqual(2 + 1e-9);
      }));

    it("SVD: all algorithms multiply back, are orthonormal, and agree", () =>
      check((a) => {
        const values = linalg.singularValues(a);
        for (const method of ["auto", "jacobi", "golubKahan"] as const)
          for (const mode of ["thin", "full"] as const) {
            const { U, s, V } = linalg.svd(a, { method, mode });
            const k = s.length;
            expect([U.columns, V.columns]).toEqual(mode === "full" ? [a.rows, a.columns] : [k, k]);
            const product = multiplyAll(
              linalg.submatrix(U, 0, a.rows, 0, k),
              linalg.diagonalMatrix(s),
              adjoint(linalg.submatrix(V, 0, a.columns, 0, k)),
            );
            expect(ratio(product, a)).toBeLessThan(LIMIT);
            expect(orthogonality(U)).toBeLessThan(LIMIT);
            expect(orthogonality(V)).toBeLessThan(LIMIT);
            s.forEach((x, i) => {
              expect(x).toBeGreaterThanOrEqual(s[i + 1] ?? 0);
              expect(Math.abs(x - values[i])).toBeLessThanOrEqual(1e-14 * (s[0] + 1e-300) * (k + 3));
            });
          }
      }, 40));

    it("the Hermitian eigenproblem: A·V = V·Λ, V orthonormal, values ascending and real", () =>
      square((a) => {
        const h = hermitian(a);
        const { values, vectors } = linalg.symmetricEigen(h);
        expect(ratio(multiplyAll(vectors, linalg.diagonalMatrix(values), adjoint(vectors)), h)).toBeLessThan(LIMIT);
        expect(orthogonality(vectors)).toBeLessThan(LIMIT);
        values.forEach((x, i) => {
          expect(x).toBeLessThanOrEqual(values[i + 1] ?? Infinity);
        });
        const alone = linalg.symmetricEigenvalues(h);
        expect(Math.max(0, ...alone.map((x, i) => Math.abs(x - values[i])))).toBeLessThanOrEqual(1e-14 * (values.length + 3) * (norm(h) + 1e-300));
      }));

    it("Cholesky of a positive definite matrix multiplies back, lower triangular with positive diagonal", () =>
      square((a) => {
        const p = linalg.add(multiply(a, a, { b: "adjoint" }), identity(a.rows));
        const L = linalg.cholesky(p);
        expect(ratio(multiply(L, L, { b: "adjoint" }), p)).toBeLessThan(LIMIT);
        expect(isTriangular(linalg.transpose(L))).toBe(true);
        for (let i = 0; i < a.rows; i++) expect(L.data[i * (a.rows + 1)]).toBeGreaterThan(0);
      }));

    it("LDL: P·A·Pᵀ = L·D·Lᴴ, and D tells the signs of the eigenvalues", () =>
      square((a, { rank }) => {
        const h = hermitian(a);
        const f = linalg.ldl(h);
        const permuted = linalg.selectColumns(linalg.selectRows(h, f.permutation), f.permutation);
        expect(ratio(multiplyAll(f.L, f.D, adjoint(f.L)), permuted, norm(f.L) ** 2 * norm(f.D))).toBeLessThan(LIMIT);
        if (rank !== undefined) return;
        const values = linalg.symmetricEigenvalues(h);
        const clear = 1e-10 * norm(h);
        if (values.every((x) => Math.abs(x) > clear)) expect(f.inertia.positive).toBe(values.filter((x) => x > 0).length);
      }));

    it("Schur, Hessenberg, bidiagonal and tridiagonal forms are unitarily similar to their matrix", () =>
      square((a) => {
        for (const form of ["real", "complex"] as const) {
          const { Z, T, values } = linalg.schur(a, { form });
          expect(ratio(multiplyAll(Z, T, adjoint(Z)), a)).toBeLessThan(LIMIT);
          expect(orthogonality(Z)).toBeLessThan(LIMIT);
          expect(values.re.length).toBe(a.rows);
          if (form === "complex") expect(isTriangular(T)).toBe(true);
        }
        const h = linalg.hessenberg(a);
        expect(ratio(multiplyAll(h.Q, h.H, adjoint(h.Q)), a)).toBeLessThan(LIMIT);
        const t = linalg.tridiagonalize(hermitian(a));
        expect(ratio(multiplyAll(t.Q, t.T, adjoint(t.Q)), hermitian(a))).toBeLessThan(LIMIT);
        expect(t.T.imag).toBeUndefined();
      }));

    it("the bidiagonal form is real and multiplies back for every shape", () =>
      check((a) => {
        const { U, B, V } = linalg.bidiagonalize(a);
        expect(ratio(multiplyAll(U, B, adjoint(V)), a)).toBeLessThan(LIMIT);
        expect(B.imag).toBeUndefined();
      }));

    it("eigenvalues and vectors: A·V = V·Λ and Wᴴ·A = Λ·Wᴴ", () =>
      square((a) => {
        const { values, vectors, left } = linalg.eigen(a, { left: true });
        const D = spectrumMatrix(values);
        expect(ratio(multiply(a, vectors), multiply(vectors, D), norm(a))).toBeLessThan(LIMIT);
        expect(ratio(multiply(left!, a, { a: "adjoint" }), multiply(D, left!, { b: "adjoint" }), norm(a))).toBeLessThan(LIMIT);
        if (!a.imag) {
          const imaginary = values.im.reduce((s, x) => s + x, 0);
          expect(Math.abs(imaginary)).toBeLessThanOrEqual(1e-300);
        }
      }));

    it("the pencil A - λB: β·A·v = α·B·v, also with a singular B", () =>
      square((a, { seed, isComplex }) => {
        const b = randomMatrix(a.rows, a.rows, seed + 9, isComplex);
        if (a.rows > 2) for (let i = 0; i < a.rows; i++) b.data[i] = b.imag ? (b.imag[i] = 0) : 0;
        const g = linalg.generalizedEigen(a, b);
        const size = norm(a) * norm(b);
        expect(
          ratio(multiplyAll(a, g.vectors, linalg.diagonalMatrix(g.beta)), multiplyAll(b, g.vectors, spectrumMatrix(g.alpha)), size),
        ).toBeLessThan(LIMIT);
        const s = linalg.generalizedSchur(a, b);
        expect(ratio(multiplyAll(s.Q, s.S, adjoint(s.Z)), a)).toBeLessThan(LIMIT);
        expect(ratio(multiplyAll(s.Q, s.T, adjoint(s.Z)), b)).toBeLessThan(LIMIT);
      }, 40));

    it("the definite pencil: VᴴBV = I", () =>
      square((a, { seed, isComplex }) => {
        const c = randomMatrix(a.rows, a.rows, seed + 5, isComplex);
        const b = linalg.add(multiply(c, c, { b: "adjoint" }), identity(a.rows));
        const h = hermitian(a);
        const { values, vectors } = linalg.symmetricGeneralizedEigen(h, b);
        expect(ratio(multiply(h, vectors), multiplyAll(b, vectors, linalg.diagonalMatrix(values)), norm(h) + norm(b))).toBeLessThan(LIMIT);
        expect(ratio(multiplyAll(adjoint(vectors), b, vectors), identity(a.rows), linalg.cond(b))).toBeLessThan(LIMIT);
      }, 30));

    it("solve and inverse leave small residuals; the determinant is the product of the eigenvalues", () =>
      square((a, { seed, rank, isComplex }) => {
        if (rank !== undefined) return;
        const b = randomMatrix(a.rows, 3, seed + 3, isComplex);
        const x = linalg.solve(a, b);
        expect(ratio(multiply(a, x), b, norm(a) * norm(x))).toBeLessThan(LIMIT);
        const y = linalg.inverse(a);
        expect(ratio(multiply(a, y), identity(a.rows), norm(a) * norm(y))).toBeLessThan(LIMIT);
        const { values } = linalg.eigen(a);
        let p = linalg.complex(1);
        for (let i = 0; i < a.rows; i++) p = linalg.multiplyComplex(p, { re: values.re[i], im: values.im[i] });
        const d = linalg.toComplex(linalg.det(a));
        expect(linalg.absComplex(linalg.subtractComplex(d, p))).toBeLessThan(1e-12 * linalg.cond(a) * (linalg.absComplex(p) + 1e-300));
      }));

    it("pinv satisfies Penrose's four equations; least squares leaves a residual orthogonal to the range, of least norm", () =>
      check((a, { seed, isComplex }) => {
        const x = linalg.pinv(a, { rtol: 1e-12 });
        const size = norm(a) * norm(x) + 1;
        expect(ratio(multiplyAll(a, x, a), a, norm(a) * size)).toBeLessThan(LIMIT);
        expect(ratio(multiplyAll(x, a, x), x, norm(x) * size)).toBeLessThan(LIMIT);
        for (const p of [multiply(a, x), multiply(x, a)]) expect(ratio(adjoint(p), p, size)).toBeLessThan(LIMIT);
        const b = randomMatrix(a.rows, 2, seed + 4, isComplex);
        const fit = linalg.leastSquaresDetails(a, b, { rtol: 1e-12 });
        const r = linalg.subtract(multiply(a, fit.X), b);
        expect(norm(multiply(a, r, { a: "adjoint" }))).toBeLessThanOrEqual(1e-13 * norm(a) * (norm(b) + norm(a) * norm(fit.X)) * size);
        expect(ratio(multiply(x, b), fit.X, size * norm(b))).toBeLessThan(LIMIT);
        expect(Math.abs(Math.hypot(...fit.residuals) - norm(r))).toBeLessThan(1e-12 * (norm(r) + 1));
      }));

    it("null space and range are orthonormal, complementary and what they say", () =>
      check((a) => {
        const N = linalg.nullSpace(a);
        const R = linalg.range(a);
        expect(N.columns + linalg.rank(a)).toBe(a.columns);
        expect(R.columns).toBe(linalg.rank(a));
        expect(norm(multiply(a, N))).toBeLessThanOrEqual(1e-13 * (norm(a) + 1e-300) * (a.columns + 1));
        expect(orthogonality(N)).toBeLessThan(LIMIT);
        expect(ratio(multiplyAll(R, adjoint(R), a), a)).toBeLessThan(LIMIT);
        const Q = linalg.orthonormalize(a, 1e-12);
        expect(Q.columns).toBe(linalg.rank(a, { rtol: 1e-12 }));
        expect(orthogonality(Q)).toBeLessThan(LIMIT);
        expect(ratio(multiplyAll(Q, adjoint(Q), a), a)).toBeLessThan(1e3 * LIMIT);
      }));

    it("polar: A = U·H with H positive semidefinite", () =>
      check((a) => {
        const side = a.rows >= a.columns ? "right" : "left";
        const { U, H } = linalg.polar(a, side);
        expect(ratio(side === "right" ? multiply(U, H) : multiply(H, U), a)).toBeLessThan(LIMIT);
        expect(orthogonality(side === "right" ? U : adjoint(U))).toBeLessThan(LIMIT);
        expect(Math.min(0, ...linalg.symmetricEigenvalues(H))).toBeGreaterThan(-1e-13 * (norm(a) + 1e-300));
      }));

    it("Sylvester and Lyapunov solutions satisfy their equations", () =>
      square((a, { m, seed, isComplex, rank }) => {
        if (rank !== undefined) return;
        const b = linalg.add(randomMatrix(m, m, seed + 7, isComplex), linalg.scale(identity(m), 3 + a.rows + m));
        const c = randomMatrix(a.rows, m, seed + 8, isComplex);
        const x = linalg.sylvester(a, b, c);
        expect(ratio(linalg.add(multiply(a, x), multiply(x, b)), c, (norm(a) + norm(b)) * norm(x))).toBeLessThan(LIMIT);
        const q = hermitian(randomMatrix(a.rows, a.rows, seed + 6, isComplex));
        const shifted = linalg.subtract(a, linalg.scale(identity(a.rows), 2 + a.rows));
        const y = linalg.lyapunov(shifted, q);
        expect(ratio(linalg.add(multiply(shifted, y), multiply(y, shifted, { b: "adjoint" })), q, norm(shifted) * norm(y))).toBeLessThan(LIMIT);
        expect(linalg.isHermitian(y)).toBe(true);
        const small = linalg.scale(a, 1 / (2 * norm(a)));
        const z = linalg.discreteLyapunov(small, q);
        expect(ratio(linalg.subtract(z, multiplyAll(small, z, adjoint(small))), q, norm(z))).toBeLessThan(LIMIT);
      }, 30));

    it("the reciprocal condition estimate is never far above and never below the truth", () =>
      square((a, { rank }) => {
        if (rank !== undefined) return;
        const truth = 1 / linalg.cond(a, 1);
        const estimate = linalg.reciprocalCondition(a);
        expect(estimate).toBeGreaterThan(truth * (1 - 1e-8));
        expect(estimate).toBeLessThan(truth * 10);
      }));
  });
