import {
  det,
  fromRows,
  identity,
  kronecker,
  type Matrix,
  mulberry32,
  multiply,
  norm,
  scale,
  subtract,
  transpose,
  zeros,
} from "@scholium/core/linalg";
import { gaussianMatrix } from "@scholium/core/lowrank";
import {
  type Monarch,
  type MonarchShape,
  monarch,
  monarchColumns,
  monarchDense,
  monarchDft,
  monarchDftMultiply,
  monarchFlops,
  monarchMultiply,
  monarchParams,
  monarchProject,
  monarchRows,
  monarchSolve,
  monarchTransposeMultiply,
} from "@scholium/core/structured";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const sizes = fc.integer({ min: 1, max: 4 });
const shapes = fc.record<MonarchShape>({
  inBlocks: sizes,
  inBlockSize: sizes,
  outBlocks: sizes,
  outBlockSize: sizes,
  blockRank: fc.integer({ min: 1, max: 2 }),
});
const numbers = (count: number, seed: number) => gaussianMatrix(1, count, mulberry32(seed)).data;
const make = (s: MonarchShape, seed: number): Monarch => {
  const middle = s.inBlocks * s.blockRank * s.outBlocks;
  return monarch(s, numbers(middle * s.outBlockSize, seed), numbers(middle * s.inBlockSize, seed + 1));
};
const fro = (a: Matrix) => norm(a, "fro");
const square = (b: number, c: number): MonarchShape => ({ inBlocks: c, inBlockSize: b, outBlocks: b, outBlockSize: c, blockRank: 1 });
const kindOf = (f: () => unknown) => {
  try {
    f();
  } catch (e) {
    return (e as { kind?: string }).kind;
  }
  return "none";
};

describe("Monarch products", () => {
  test("a product by blocks is the dense product, for vectors, columns and the transpose", () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 1000 }), (s, seed) => {
        const f = make(s, seed);
        const M = monarchDense(f);
        const X = gaussianMatrix(monarchColumns(f), 3, mulberry32(seed));
        expect(fro(subtract(monarchMultiply(f, X), multiply(M, X)))).toBeLessThan(1e-12);
        const x = X.data.slice(0, X.rows);
        const y = multiply(M, { rows: X.rows, columns: 1, data: x }).data;
        monarchMultiply(f, x).forEach((v, i) => {
          expect(v).toBeCloseTo(y[i], 11);
        });
        const Y = gaussianMatrix(monarchRows(f), 2, mulberry32(seed + 5));
        expect(fro(subtract(monarchTransposeMultiply(f, Y), multiply(transpose(M), Y)))).toBeLessThan(1e-12);
        expect(monarchFlops(f)).toBe(2 * monarchParams(f));
        expect(monarchParams(f)).toBe(f.L.length + f.R.length);
      }),
      { numRuns: 60 },
    );
  });
  test("wrong lengths are refused", () => {
    expect(kindOf(() => monarchMultiply(make(square(2, 3), 1), new Float64Array(5)))).toBe("shape-mismatch");
    expect(kindOf(() => monarch(square(2, 3), new Float64Array(3), new Float64Array(12)))).toBe("length-mismatch");
    expect(kindOf(() => monarch({ ...square(2, 3), blockRank: 0 }, new Float64Array(0), new Float64Array(0)))).toBe("domain");
  });
});

describe("Monarch projection", () => {
  test("what is Monarch is reproduced: random members, Kronecker products, Hadamard, identity, block-diagonal", () => {
    const h2 = fromRows([
      [1, 1],
      [1, -1],
    ]);
    const h4 = kronecker(h2, h2);
    const blocks = zeros(9);
    const B = gaussianMatrix(9, 9, mulberry32(4));
    for (let i = 0; i < 9; i++) for (let j = 0; j < 9; j++) if (Math.floor(i / 3) === Math.floor(j / 3)) blocks.data[i * 9 + j] = B.data[i * 9 + j];
    const members: [Matrix, MonarchShape][] = [
      [monarchDense(make(square(4, 3), 1)), square(4, 3)],
      [kronecker(h4, h4), square(4, 4)],
      [identity(9), square(3, 3)],
      [blocks, square(3, 3)],
      [kronecker(gaussianMatrix(3, 3, mulberry32(5)), gaussianMatrix(4, 4, mulberry32(6))), square(4, 3)],
    ];
    for (const [A, shape] of members) {
      const f = monarchProject(A, shape);
      expect(f.errF).toBeLessThan(1e-13 * (1 + fro(A)));
      expect(fro(subtract(monarchDense(f.factors), A))).toBeLessThan(1e-12);
    }
  });
  test("the error is the measured one, and no random member of the class is nearer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const A = gaussianMatrix(12, 6, mulberry32(seed));
        const shape = { inBlocks: 2, inBlockSize: 3, outBlocks: 3, outBlockSize: 4, blockRank: 1 };
        const f = monarchProject(A, shape);
        const M = monarchDense(f.factors);
        expect(fro(subtract(A, M))).toBeCloseTo(f.errF, 11);
        const nudged = monarch(
          shape,
          f.factors.L.map((x, i) => x + 0.05 * Math.sin(seed + i)),
          f.factors.R,
        );
        expect(fro(subtract(A, monarchDense(nudged)))).toBeGreaterThanOrEqual(f.errF);
      }),
      { numRuns: 20 },
    );
  });
  test("sizes are chosen, refused or padded", () => {
    const A = gaussianMatrix(12, 12, mulberry32(1));
    expect(monarchProject(A).factors).toMatchObject({ inBlockSize: 4, inBlocks: 3 });
    expect(kindOf(() => monarchProject(A, { inBlocks: 5, inBlockSize: 2, outBlocks: 3, outBlockSize: 4 }))).toBe("shape-mismatch");
    const P = gaussianMatrix(7, 7, mulberry32(2));
    const f = monarchProject(P, { pad: true });
    expect(f.padded).toEqual([2, 2]);
    expect(f.errF).toBeLessThan(fro(P));
    expect(fro(monarchDense(monarchProject(zeros(4)).factors))).toBe(0);
    expect(monarchProject(fromRows([[3]])).errF).toBe(0);
    expect(monarchProject(gaussianMatrix(1, 6, mulberry32(3))).errF).toBeLessThan(1e-14);
    expect(kindOf(() => monarchProject(zeros(0, 3)))).toBe("shape-mismatch");
    expect(kindOf(() => monarchProject(fromRows([[1, Number.NaN]])))).toBe("nonfinite");
    const big = monarchProject(scale(A, 2 ** 600));
    expect(big.errF / 2 ** 600).toBeCloseTo(monarchProject(A).errF, 12);
  });
});

describe("Monarch systems", () => {
  test("a solution solves, and log|det| is that of the dense matrix", () => {
    const f = make(square(3, 4), 7);
    const y = numbers(12, 9);
    const { x, logAbsDet } = monarchSolve(f, y);
    monarchMultiply(f, x).forEach((v, i) => {
      expect(v).toBeCloseTo(y[i], 9);
    });
    expect(logAbsDet).toBeCloseTo(Math.log(Math.abs(det(monarchDense(f)) as number)), 9);
  });
  test("a singular block is named, rectangular blocks are refused", () => {
    const f = make(square(2, 2), 1);
    const L = f.L.slice();
    L.fill(0, 4, 8);
    expect(() => monarchSolve({ ...f, L }, new Float64Array(4))).toThrow(/block 2 of L is singular/);
    expect(kindOf(() => monarchSolve(make({ ...square(2, 2), outBlockSize: 3 }, 1), new Float64Array(6)))).toBe("not-square");
  });
});

describe("the Fourier transform", () => {
  test("is Monarch after its permutation", () => {
    for (const [n1, n2] of [
      [2, 3],
      [4, 4],
      [5, 2],
      [1, 7],
      [3, 1],
    ]) {
      const n = n1 * n2;
      const f = monarchDft(n1, n2);
      const M = monarchDftMultiply(f, identity(n));
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          const angle = (-2 * Math.PI * i * f.perm[j]) / n;
          expect(M.data[i * n + j]).toBeCloseTo(Math.cos(angle), 12);
          expect(M.imag?.[i * n + j]).toBeCloseTo(Math.sin(angle), 12);
        }
    }
    expect(kindOf(() => monarchDft(0, 3))).toBe("domain");
  });
});
