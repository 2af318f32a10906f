// What is said of a matrix's structure, with each word where it is due and nowhere else.
import { fromRows, type Matrix, matrix } from "@scholium/core/linalg";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { structure } from "../../extension/src/worker/facts.js";

const words = (m: Matrix) => structure(m, 600 ** 3);
const square = fc
  .integer({ min: 2, max: 70 })
  .chain((n) =>
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((d) => matrix(n, n, Float64Array.from(d))),
  );
const mapped = (m: Matrix, f: (i: number, j: number) => number) =>
  matrix(
    m.rows,
    m.columns,
    Float64Array.from(m.data, (_, k) => f(Math.floor(k / m.columns), k % m.columns)),
  );
const at = (m: Matrix) => (i: number, j: number) => m.data[i * m.columns + j];

describe("the structure of a matrix", () => {
  test("a matrix plus its transpose is symmetric, minus it skew-symmetric", () => {
    fc.assert(
      fc.property(square, (m) => {
        const a = at(m);
        const [sum, difference] = [mapped(m, (i, j) => a(i, j) + a(j, i)), mapped(m, (i, j) => a(i, j) - a(j, i))];
        fc.pre(sum.data.some((x) => x !== 0) && difference.data.some((x) => x !== 0));
        expect(words(sum)).toContain("symmetric");
        expect(words(difference)).toContain("skew-symmetric");
        expect(words(difference)).not.toContain("symmetric");
      }),
      { numRuns: 60 },
    );
  });

  test("one entry that differs from its mirror image, wherever it stands, takes the word away", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), (n, p, q) => {
        const [i, j] = [p % n, q % n];
        fc.pre(i !== j);
        const m = mapped(matrix(n, n, new Float64Array(n * n)), (r, c) => 1 + r * c);
        m.data[i * n + j] += 0.5;
        expect(words(m)).not.toContain("symmetric");
      }),
      { numRuns: 60 },
    );
  });

  test("complex matrices are Hermitian when they are their own adjoint, not when they are their own transpose", () => {
    const complex = (imag: readonly number[]): Matrix => ({ rows: 2, columns: 2, data: Float64Array.of(1, 2, 2, 3), imag: Float64Array.from(imag) });
    expect(words(complex([0, 1, -1, 0]))).toContain("Hermitian");
    expect(words(complex([0, 1, 1, 0]))).not.toContain("Hermitian");
    expect(words(complex([1, 0, 0, 1]))).not.toContain("Hermitian");
  });

  test("triangular, diagonal, orthogonal and zero are told apart", () => {
    expect(
      words(
        fromRows([
          [1, 2],
          [0, 3],
        ]),
      ),
    ).toEqual(["upper triangular"]);
    expect(
      words(
        fromRows([
          [1, 0],
          [2, 3],
        ]),
      ),
    ).toEqual(["lower triangular"]);
    expect(
      words(
        fromRows([
          [2, 0],
          [0, 3],
        ]),
      ),
    ).toEqual(["diagonal", "symmetric"]);
    expect(
      words(
        fromRows([
          [0, -1],
          [1, 0],
        ]),
      ),
    ).toEqual(["skew-symmetric", "orthogonal"]);
    expect(
      words(
        fromRows([
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toEqual(["zero"]);
    expect(
      words(
        fromRows([
          [1, Number.NaN],
          [0, 3],
        ]),
      ),
    ).toEqual(["not finite"]);
  });
});
