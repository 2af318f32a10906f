import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { product32 } from "../../../core/src/kernels/index.js";
import {
  cholesky,
  inverse,
  lu,
  MathError,
  type Matrix,
  multiply,
  type Operation,
  permutationMatrix,
  solve,
  solveTriangular,
} from "../../../core/src/linalg/index.js";
import { onCompiledBuilds, onEveryBuild } from "./builds.js";
import { build, distance, plainProduct, random, transposed, unit } from "./matrices.js";

const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 100, 129, 200];

onEveryBuild("products", () => {
  it.each([
    [1, 1, 1],
    [3, 5, 7],
    [4, 4, 4],
    [6, 9, 2],
    [17, 19, 23],
    [64, 64, 64],
    [130, 70, 300],
    [121, 257, 129],
    [1, 40, 30],
    [40, 1, 300],
    [33, 2, 1],
    [5, 1030, 9],
  ])("%i×%i with inner size %i agree with the definition, in every transposition", (m, n, k) => {
    const a = random(m, k);
    const b = random(k, n);
    const c = plainProduct(a, b);
    expect(distance(multiply(a, b), c)).toBeLessThan(10);
    expect(distance(multiply(transposed(a), b, { a: "transpose" }), c)).toBeLessThan(10);
    expect(distance(multiply(a, transposed(b), { b: "adjoint" }), c)).toBeLessThan(10);
    expect(distance(multiply(transposed(a), transposed(b), { a: "transpose", b: "transpose" }), c)).toBeLessThan(10);
  });

  it("of complex matrices are four real ones, whatever is conjugated or transposed", () => {
    const operations: Operation[] = ["none", "transpose", "adjoint", "conjugate"];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.constantFrom(...operations), fc.constantFrom(...operations), (n, opA, opB) => {
        const a: Matrix = { ...random(n, n, 1), imag: random(n, n, 2).data };
        const b: Matrix = { ...random(n, n, 3), imag: random(n, n, 4).data };
        const plane = (z: Matrix, op: Operation, imaginary: boolean) => {
          const sign = imaginary && (op === "adjoint" || op === "conjugate") ? -1 : 1;
          const x = build(n, n, (i, j) => sign * (imaginary ? z.imag! : z.data)[i * n + j]);
          return op === "transpose" || op === "adjoint" ? transposed(x) : x;
        };
        const [ar, ai, br, bi] = [plane(a, opA, false), plane(a, opA, true), plane(b, opB, false), plane(b, opB, true)];
        const p = (x: Matrix, y: Matrix) => plainProduct(x, y).data;
        const [rr, ii, ri, ir] = [p(ar, br), p(ai, bi), p(ar, bi), p(ai, br)];
        const expected: Matrix = { rows: n, columns: n, data: rr.map((x, q) => x - ii[q]), imag: ri.map((x, q) => x + ir[q]) };
        expect(distance(multiply(a, b, { a: opA, b: opB }), expected)).toBeLessThan(20);
      }),
      { numRuns: 40 },
    );
  });

  it("with an empty side are empty or zero, and NaN spreads only along its row", () => {
    expect(multiply(random(0, 3), random(3, 4))).toMatchObject({ rows: 0, columns: 4 });
    expect([...multiply(random(2, 0), random(0, 2)).data]).toEqual([0, 0, 0, 0]);
    const a = random(8);
    a.data[8 * 3 + 2] = Number.NaN;
    const c = multiply(a, random(8)).data;
    expect(c.filter(Number.isNaN).length).toBe(8);
    expect(Number.isNaN(c[24])).toBe(true);
  });

  it("leave their operands as they were", () => {
    const a = random(20);
    const before = a.data.slice();
    multiply(a, a);
    inverse(a);
    lu(a);
    expect(a.data).toEqual(before);
  });
});

onCompiledBuilds("float32 products", () => {
  it("agree with float64 ones to single precision", () => {
    for (const n of [1, 4, 7, 8, 9, 33, 130]) {
      const a = random(n);
      const c = product32(Float32Array.from(a.data), Float32Array.from(a.data), { m: n, n, k: n })!;
      const expected = plainProduct(a, a);
      expect(Math.max(...c.map((x, p) => Math.abs(x - expected.data[p])))).toBeLessThan(n * 2 ** -22);
    }
  });
});

onEveryBuild("elimination", () => {
  it.each(sizes)("order %i: P·A = L·U with |l| <= 1, and solves and inverts", (n) => {
    const a = random(n);
    const f = lu(a);
    expect(distance(plainProduct(permutationMatrix(f.permutation), a), plainProduct(f.L, f.U))).toBeLessThan(10);
    expect(Math.max(...f.L.data.map(Math.abs))).toBeLessThanOrEqual(1 + 1e-15);
    const growth = Math.max(...inverse(a).data.map(Math.abs), 1) * n;
    expect(distance(plainProduct(a, inverse(a)), unit(n))).toBeLessThan(10 * growth);
    for (const w of [1, 3, 16]) expect(distance(plainProduct(a, solve(a, random(n, w))), random(n, w))).toBeLessThan(10 * growth);
  });

  it.each([
    [9, 4],
    [4, 9],
    [70, 33],
    [33, 70],
    [200, 7],
  ])("%i×%i: trapezoidal factors", (m, n) => {
    const a = random(m, n);
    const f = lu(a);
    expect(distance(plainProduct(permutationMatrix(f.permutation), a), plainProduct(f.L, f.U))).toBeLessThan(10);
  });

  it("names the column without a pivot, and takes sizes near the ends of the range", () => {
    const singular = build(40, 40, (i, j) => (j === 17 ? 0 : Math.sin(i * j + i)));
    expect(lu(singular).zeroPivot).toBe(17);
    expect(() => inverse(singular)).toThrow("column 18");
    for (const s of [1e-200, 1e200]) {
      const a = build(12, 12, (i, j) => s * (i === j ? 5 : Math.sin(i + 3 * j)));
      expect(distance(plainProduct(a, inverse(a)), unit(12))).toBeLessThan(50);
    }
  });

  it("of entries that are not finite is refused, naming the place", () => {
    const a = random(9);
    a.data[9 * 2 + 4] = Number.POSITIVE_INFINITY;
    for (const f of [lu, inverse, cholesky]) expect(() => f(a)).toThrow(/row 3, column 5 is Infinity/);
  });
});

onEveryBuild("triangular systems", () => {
  it.each([5, 8, 9, 30, 130])("order %i: lower and upper, unit or not, transposed or not", (n) => {
    const a = build(n, n, (i, j) => (i === j ? 2 + i / n : Math.sin(i * 5 + j) / n));
    for (const uplo of ["lower", "upper"] as const)
      for (const unitDiagonal of [true, false])
        for (const operation of ["none", "transpose"] as const)
          for (const w of [1, 2, 9]) {
            const t = build(n, n, (i, j) =>
              i === j ? (unitDiagonal ? 1 : a.data[i * n + j]) : i > j === (uplo === "lower") ? a.data[i * n + j] : 0,
            );
            const b = random(n, w);
            const x = solveTriangular(a, b, { uplo, unit: unitDiagonal, operation });
            expect(distance(plainProduct(operation === "none" ? t : transposed(t), x), b)).toBeLessThan(20);
          }
  });
});

onEveryBuild("Cholesky", () => {
  it.each(sizes)("order %i: A = L·Lᵀ with zeros above the diagonal", (n) => {
    const x = random(n);
    const a = plainProduct(x, transposed(x));
    for (let i = 0; i < n; i++) a.data[i * (n + 1)] += n;
    const L = cholesky(a);
    expect(distance(plainProduct(L, transposed(L)), a)).toBeLessThan(10);
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) expect(L.data[i * n + j]).toBe(0);
  });

  it("says which leading minor is not positive", () => {
    const a = unit(50);
    a.data[30 * 51] = -1;
    expect(() => cholesky(a)).toThrow("leading minor of order 31");
  });
});

describe("shapes", () => {
  it("that do not fit are refused before anything is allocated", () => {
    const flat: Matrix = { rows: 100_000, columns: 1, data: new Float64Array(100_000) };
    expect(() => multiply(flat, flat, { b: "transpose" })).toThrow(MathError);
    expect(() => multiply(random(2, 3), random(2, 3))).toThrow("2×3 by 2×3");
  });
});
