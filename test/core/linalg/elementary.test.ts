import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as linalg from "../../../core/src/linalg/index.js";
import { randomMatrix, ratio } from "./support.js";

const { adjoint, conjugate, fromRows, hadamard, identity, kronecker, multiply, toRows, transpose } = linalg;

describe("elementary operations", () => {
  it("multiply takes every pair of operations, real and complex, as the explicit matrices would", () =>
    fc.assert(
      fc.property(
        fc.tuple(
          fc.integer({ min: 0, max: 9 }),
          fc.integer({ min: 0, max: 9 }),
          fc.integer({ min: 0, max: 9 }),
          fc.boolean(),
          fc.boolean(),
          fc.integer({ min: 1, max: 1e6 }),
        ),
        ([m, k, n, left, right, seed]) => {
          const a = randomMatrix(m, k, seed, left);
          const b = randomMatrix(k, n, seed + 1, right);
          const product = multiply(a, b);
          for (let i = 0; i < m; i++)
            for (let j = 0; j < n; j++) {
              let s = linalg.complex(0);
              for (let p = 0; p < k; p++)
                s = linalg.addComplex(
                  s,
                  linalg.multiplyComplex(
                    { re: a.data[i * k + p], im: a.imag?.[i * k + p] ?? 0 },
                    { re: b.data[p * n + j], im: b.imag?.[p * n + j] ?? 0 },
                  ),
                );
              expect(Math.abs(product.data[i * n + j] - s.re)).toBeLessThan(1e-14);
              expect(Math.abs((product.imag?.[i * n + j] ?? 0) - s.im)).toBeLessThan(1e-14);
            }
          const undo = { none: (x: linalg.Matrix) => x, transpose, adjoint, conjugate };
          for (const opA of ["none", "transpose", "adjoint", "conjugate"] as const)
            for (const opB of ["none", "transpose", "adjoint", "conjugate"] as const)
              expect(linalg.norm(linalg.subtract(multiply(undo[opA](a), undo[opB](b), { a: opA, b: opB }), product))).toBeLessThan(1e-13);
        },
      ),
      { numRuns: 40, seed: 2 },
    ));

  it("the Kronecker product obeys (A⊗B)(C⊗D) = AC⊗BD and the Hadamard product commutes", () => {
    const [a, b, c, d] = [randomMatrix(2, 3, 1), randomMatrix(3, 2, 2, true), randomMatrix(3, 2, 3, true), randomMatrix(2, 4, 4)];
    expect(ratio(multiply(kronecker(a, b), kronecker(c, d)), kronecker(multiply(a, c), multiply(b, d)))).toBeLessThan(30);
    const x = hadamard(c, b);
    expect(x).toEqual(hadamard(b, c));
    expect(x.data[1]).toBeCloseTo(b.data[1] * c.data[1] - b.imag![1] * c.imag![1], 15);
  });

  it("blocks are cut and joined where they belong, also with a complex one among real ones", () => {
    const a = fromRows([
      [1, 2],
      [3, 4],
    ]);
    const i = linalg.matrix(2, 1, [0, 0], [1, 2]);
    const h = linalg.hstack(a, i);
    expect([h.rows, h.columns, [...h.data], [...h.imag!]]).toEqual([2, 3, [1, 2, 0, 3, 4, 0], [0, 0, 1, 0, 0, 2]]);
    expect(toRows(linalg.vstack(a, identity(2)))).toEqual([
      [1, 2],
      [3, 4],
      [1, 0],
      [0, 1],
    ]);
    expect(toRows(linalg.blockDiagonal(a, fromRows([[5, 6]])))).toEqual([
      [1, 2, 0, 0],
      [3, 4, 0, 0],
      [0, 0, 5, 6],
    ]);
    expect(toRows(linalg.submatrix(linalg.magic(4), 1, 3, 2))).toEqual([
      [10, 8],
      [6, 12],
    ]);
    expect(toRows(linalg.selectColumns(a, [1, 1, 0]))).toEqual([
      [2, 2, 1],
      [4, 4, 3],
    ]);
    expect(() => linalg.submatrix(a, 0, 3)).toThrow("do not lie in a 2×2 matrix");
    expect(() => linalg.selectRows(a, [2])).toThrow("row 2 of a matrix with 2");
    expect([linalg.hstack().rows, linalg.vstack().columns]).toEqual([0, 0]);
  });

  it("trace, diagonal and scaling follow their definitions", () => {
    const z = randomMatrix(4, 4, 6, true);
    const t = linalg.trace(z) as linalg.Complex;
    const d = linalg.diagonal(z);
    expect(t.re).toBeCloseTo(d.data[0] + d.data[1] + d.data[2] + d.data[3], 14);
    expect(linalg.trace(identity(5))).toBe(5);
    expect(linalg.trace(linalg.zeros(0))).toBe(0);
    const i = linalg.scale(linalg.scale(z, { re: 0, im: 1 }), { re: 0, im: -1 });
    expect(linalg.norm(linalg.subtract(i, z))).toBe(0);
    expect(linalg.scale(identity(2), { re: 0, im: 1 }).imag![0]).toBe(1);
  });

  it("triangular systems are solved from either side of the diagonal, transposed or not, reading one triangle only", () => {
    for (const isComplex of [false, true])
      for (const uplo of ["lower", "upper"] as const)
        for (const operation of ["none", "transpose", "adjoint"] as const)
          for (const unit of [false, true]) {
            const full = linalg.add(randomMatrix(7, 7, 9, isComplex), linalg.scale(identity(7), 4));
            const keep = (x: Float64Array, one: number) =>
              x.map((v, p) => {
                const [i, j] = [Math.floor(p / 7), p % 7];
                if (i === j) return unit ? one : v;
                return i > j === (uplo === "lower") ? v : 0;
              });
            const t = linalg.matrix(7, 7, keep(full.data, 1), full.imag && keep(full.imag, 0));
            const b = randomMatrix(7, 3, 10, isComplex);
            const x = linalg.solveTriangular(full, b, { uplo, operation, unit });
            expect(ratio(multiply(t, x, { a: operation }), b, linalg.norm(t) * linalg.norm(x))).toBeLessThan(30);
          }
    expect(() => linalg.solveTriangular(linalg.diagonalMatrix([1, 0]), linalg.zeros(2, 1))).toThrow("diagonal entry 2 is 0");
  });
});

describe("complex scalars", () => {
  const part = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  it("divide, take roots, logarithms and exponentials consistently", () =>
    fc.assert(
      fc.property(fc.tuple(part, part, part, part), ([a, b, c, d]) => {
        const [z, w] = [linalg.complex(a, b), linalg.complex(c, d)];
        const near = (x: linalg.Complex, y: linalg.Complex) =>
          expect(linalg.absComplex(linalg.subtractComplex(x, y))).toBeLessThanOrEqual(1e-12 * linalg.absComplex(y) + 1e-300);
        if (linalg.absComplex(w) > 1e-100 && linalg.absComplex(z) > 1e-100) near(linalg.multiplyComplex(linalg.divideComplex(z, w), w), z);
        if (linalg.absComplex(z) < 1e-100) return;
        const r = linalg.sqrtComplex(z);
        near(linalg.multiplyComplex(r, r), z);
        expect(r.re).toBeGreaterThanOrEqual(0);
        near(linalg.expComplex(linalg.logComplex(z)), z);
      }),
      { numRuns: 200, seed: 4 },
    ));

  it("survive the ends of the number range", () => {
    expect(linalg.modulus(3e300, 4e300)).toBeCloseTo(5e300, -287);
    expect(linalg.modulus(3e-320, 4e-320) / 5e-320).toBeCloseTo(1, 3);
    expect(linalg.divideComplex(linalg.complex(1e300, 1e300), linalg.complex(1e300, 1e300))).toEqual({ re: 1, im: 0 });
    const r = linalg.sqrtComplex(linalg.complex(-1.5e308, 1e-300));
    expect(r.im).toBeCloseTo(Math.sqrt(1.5e308), -140);
    expect(linalg.logComplex(linalg.complex(1, 1e-10)).re).toBeCloseTo(5e-21, 35);
  });
});

describe("named matrices", () => {
  it("magic squares are MATLAB's, with equal sums in every direction", () => {
    expect(toRows(linalg.magic(3))).toEqual([
      [8, 1, 6],
      [3, 5, 7],
      [4, 9, 2],
    ]);
    expect(toRows(linalg.magic(4))[0]).toEqual([16, 2, 3, 13]);
    expect(toRows(linalg.magic(6))[0]).toEqual([35, 1, 6, 26, 19, 24]);
    for (const n of [3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18]) {
      const rows = toRows(linalg.magic(n));
      const sum = (n * (n * n + 1)) / 2;
      const total = (x: number[]) => x.reduce((s, v) => s + v, 0);
      for (let i = 0; i < n; i++) expect([total(rows[i]), total(rows.map((r) => r[i]))]).toEqual([sum, sum]);
      expect([total(rows.map((r, i) => r[i])), total(rows.map((r, i) => r[n - 1 - i]))]).toEqual([sum, sum]);
      expect(new Set(rows.flat()).size).toBe(n * n);
    }
    expect(() => linalg.magic(-1)).toThrow("no magic square");
  });

  it("Toeplitz, Hankel, Vandermonde, companion, Kahan and Wilkinson are laid out by their rules", () => {
    expect(toRows(linalg.toeplitz([1, 2, 3], [1, 9, 8, 7]))).toEqual([
      [1, 9, 8, 7],
      [2, 1, 9, 8],
      [3, 2, 1, 9],
    ]);
    expect(toRows(linalg.hankel([1, 2, 3], [3, 4]))).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
    expect(toRows(linalg.vandermonde([2, 3], 3))).toEqual([
      [1, 2, 4],
      [1, 3, 9],
    ]);
    expect(toRows(linalg.vandermonde([2, 3], 3, { decreasing: true }))[1]).toEqual([9, 3, 1]);
    expect(toRows(linalg.companion([2, -4, 6]))).toEqual([
      [2, -3],
      [1, 0],
    ]);
    expect(toRows(linalg.wilkinson(3))).toEqual([
      [1, 1, 0],
      [1, 0, 1],
      [0, 1, 1],
    ]);
    expect(linalg.kahan(3, Math.PI / 6).data[4]).toBeCloseTo(0.5, 15);
    expect(linalg.kahan(3, Math.PI / 6).data[1]).toBeCloseTo(-Math.cos(Math.PI / 6), 15);
    expect(toRows(linalg.frank(3))).toEqual([
      [3, 2, 1],
      [2, 2, 1],
      [0, 1, 1],
    ]);
    expect(() => linalg.companion([0, 1])).toThrow("leading coefficient");
  });
});
