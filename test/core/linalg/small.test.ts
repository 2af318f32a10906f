// The plain loops of orders up to 4: thousands of matrices against the definitions.
import { describe, expect, it } from "vitest";
import * as linalg from "../../../core/src/linalg/index.js";
import { EPS, orthogonality, randomMatrix, ratio, spectrumMatrix } from "./support.js";

const { adjoint, diagonalMatrix, identity, matrix, multiply, multiplyAll, norm, scale, transpose } = linalg;
type Matrix = linalg.Matrix;

/** Random, whole, rank-deficient, triangular, nearly equal, graded, tiny and huge ones of one shape. */
function* samples(m: number, n: number): Generator<Matrix> {
  for (let seed = 1; seed <= 15; seed++) {
    const a = randomMatrix(m, n, 7 * seed + m + 16 * n);
    const map = (f: (x: number, i: number, j: number) => number) =>
      matrix(
        m,
        n,
        a.data.map((x, p) => f(x, Math.floor(p / n), p % n)),
      );
    yield a;
    yield map((x) => Math.round(3 * x));
    yield map((x, i, j) => (j === 0 ? x : a.data[i * n] * (j + 1)));
    yield map((x, i, j) => (i > j ? 0 : x));
    yield map((x, i, j) => (i === j ? 1 : 0) + 1e-9 * x);
    yield map((x, i, j) => (i === j ? 1 : 0) + (i < j ? x : 0) * 1e5);
    yield map((x, i, j) => x * 10 ** (-3 * i - 2 * j));
    yield scale(a, 1e-200);
    yield scale(a, 1e200);
  }
  yield identity(m, n);
  yield linalg.zeros(m, n);
}

const leads = (v: Matrix) => {
  for (let j = 0; j < v.columns; j++) {
    const sizes = Array.from({ length: v.rows }, (_, i) => Math.hypot(v.data[i * v.columns + j], v.imag?.[i * v.columns + j] ?? 0));
    const big = Math.max(...sizes);
    // within rounding of a tie either may lead
    const near = sizes.flatMap((x, i) => (x >= big * (1 - 2e-9) ? [i * v.columns + j] : []));
    expect(near.some((at) => v.data[at] > 0 && Math.abs(v.imag?.[at] ?? 0) <= 4 * EPS)).toBe(true);
  }
};

describe("matrices up to 4×4", () => {
  it("products have the bits of the plain sum", () => {
    for (let m = 1; m <= 5; m++)
      for (let k = 1; k <= 5; k++)
        for (let n = 1; n <= 5; n++) {
          const [a, b] = [randomMatrix(m, k, m + 9 * k), randomMatrix(k, n, k + 9 * n)];
          const c = multiply(a, b);
          for (let i = 0; i < m; i++)
            for (let j = 0; j < n; j++) {
              let s = 0;
              for (let p = 0; p < k; p++) s += a.data[i * k + p] * b.data[p * n + j];
              expect(c.data[i * n + j]).toBe(s);
            }
        }
    const [zero, minus] = [matrix(1, 2, [0, 0]), matrix(2, 1, [-1, -1])];
    expect(Object.is(multiply(zero, minus).data[0], 0)).toBe(true);
  });

  it("inverse and solution leave residuals of rounding, or the matrix is called singular", () => {
    let singular = 0;
    for (let n = 1; n <= 4; n++)
      for (const a of samples(n, n)) {
        const before = a.data.slice();
        const b = randomMatrix(n, 3, n);
        try {
          const x = linalg.solve(a, b);
          expect(norm(linalg.subtract(multiply(a, x), b))).toBeLessThanOrEqual(10 * n * EPS * norm(a) * norm(x));
          const y = linalg.inverse(a);
          expect(norm(linalg.subtract(multiply(a, y), identity(n)))).toBeLessThanOrEqual(10 * n * EPS * norm(a) * norm(y));
        } catch (e) {
          expect((e as linalg.MathError).kind).toBe("singular");
          singular++;
        }
        expect(a.data).toEqual(before);
      }
    expect(singular).toBeGreaterThan(4);
  });

  it("determinants of whole matrices round to the exact ones", () => {
    for (let n = 1; n <= 4; n++)
      for (let seed = 1; seed <= 200; seed++) {
        const a = randomMatrix(n, n, seed);
        const rows = linalg.toRows(a).map((row) => row.map((x) => Math.round(9 * x)));
        const exact = ([first, ...rest]: number[][]): number =>
          first.length === 1 ? first[0] : first.reduce((s, x, j) => s + (j % 2 ? -x : x) * exact(rest.map((r) => r.filter((_, k) => k !== j))), 0);
        expect(Math.round(linalg.det(linalg.fromRows(rows)) as number) + 0).toBe(exact(rows) + 0);
      }
    expect(linalg.det(scale(identity(4), 1e70))).toBeCloseTo(1e280, -266);
  });

  it("symmetric eigenvalues ascend, vectors are orthonormal and multiply back", () => {
    for (let n = 2; n <= 4; n++)
      for (const s of samples(n, n)) {
        const a = linalg.add(scale(s, 0.5), scale(transpose(s), 0.5));
        const { values, vectors } = linalg.symmetricEigen(a);
        expect(ratio(multiplyAll(vectors, diagonalMatrix(values), adjoint(vectors)), a)).toBeLessThan(10);
        expect(orthogonality(vectors)).toBeLessThan(10);
        leads(vectors);
        for (let i = 1; i < n; i++) expect(values[i - 1]).toBeLessThanOrEqual(values[i]);
        const alone = linalg.symmetricEigenvalues(a);
        for (let i = 0; i < n; i++) expect(Math.abs(alone[i] - values[i])).toBeLessThanOrEqual(10 * n * EPS * norm(a));
      }
  });

  it("singular values descend, U and V are orthonormal and multiply back", () => {
    for (let m = 2; m <= 4; m++)
      for (let n = 2; n <= 4; n++)
        for (const a of samples(m, n)) {
          const { U, s, V } = linalg.svd(a);
          expect(ratio(multiplyAll(U, diagonalMatrix(s), adjoint(V)), a)).toBeLessThan(10);
          expect(Math.max(orthogonality(U), orthogonality(V))).toBeLessThan(10);
          leads(U);
          for (let i = 1; i < s.length; i++) expect(s[i - 1]).toBeGreaterThanOrEqual(s[i]);
          const alone = linalg.singularValues(a);
          for (let i = 0; i < s.length; i++) expect(Math.abs(alone[i] - s[i])).toBeLessThanOrEqual(10 * 4 * EPS * s[0]);
        }
  });

  it("general eigenvalues of 2×2 to 4×4: A·V = V·Λ with columns of norm 1", () => {
    for (let n = 2; n <= 4; n++)
      for (const a of samples(n, n)) {
        const { values, vectors } = linalg.eigen(a);
        const right = multiply(vectors, spectrumMatrix(values));
        expect(norm(linalg.subtract(multiply(a, vectors), right))).toBeLessThanOrEqual(10 * n * EPS * norm(a));
        leads(vectors);
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let p = j; p < n * n; p += n) sum += vectors.data[p] ** 2 + (vectors.imag?.[p] ?? 0) ** 2;
          expect(Math.abs(sum - 1)).toBeLessThan(10 * n * EPS);
          if (values.im[j] > 0) expect(values.im[j + 1]).toBe(-values.im[j]);
        }
        if (n === 2) expect(linalg.eigenvalues(a)).toEqual(values);
      }
  });
});
