// Code expressions checked against NumPy, Octave, R and Mathematica.

import { describe, expect, it } from "vitest";
import type { FormatName } from "../../../../core/src/formats/index.js";
import { run } from "../../../../core/src/formula/index.js";

const data = async (language: FormatName, input: string) => {
  const a = await run({ input, language });
  if (!a.ok) return a.error.kind;
  const v = a.value;
  return v.kind === "array" ? Array.from(v.data) : v.kind === "rational" ? Number(v.num) / Number(v.den) : v.kind === "real" ? v.value : v.kind;
};

describe("code expressions", () => {
  it.each([
    ["python", 'np.einsum("ij,jk->ik", np.array([[1,2],[3,4]]), np.array([[5,6],[7,8]]))', [19, 22, 43, 50]],
    ["python", 'np.einsum("ii", np.array([[1,2],[3,4]]))', 5],
    ["python", "np.cov(np.array([[1,2],[3,5]]))", [0.5, 1, 1, 2]],
    ["python", "7 & 3", 3],
    ["python", "1 if 2 > 1 else 0", 1],
    ["python", "[[0]*2]*2", [0, 0, 0, 0]],
    ["python", "np.arange(6).reshape(4, 2)", "length-mismatch"],
    ["matlab", "magic(3)", [8, 1, 6, 3, 5, 7, 4, 9, 2]],
    ["matlab", "find([0 1 1])", [2, 3]],
    ["matlab", "sparse([1 2],[1 2],[3 4])", [3, 0, 0, 4]],
    ["matlab", "poly([1 2; 3 4])", [1, -5, -2]],
    ["julia", "I(2)", [1, 0, 0, 1]],
    ["julia", "exp.([0 0; 0 0])", [1, 1, 1, 1]],
    ["julia", "exp([0 0; 0 0])", [1, 0, 0, 1]],
    ["r", "range(c(3, 1, 2))", [1, 3]],
    ["r", "c(3, 1) %in% c(1, 2)", [0, 1]],
    ["r", "apply(matrix(1:4, 2), 1, sum)", [4, 6]],
    ["mathematica", "Sum[i, {i, 1, 10}]", 55],
    ["mathematica", "Table[i + j, {i, 2}, {j, 2}]", [2, 3, 3, 4]],
    ["mathematica", "16^^FF", 255],
    ["fortran", "7/2", 3],
    ["plain", "¾ + ¼", 1],
    ["plain", "1 000 000", 1_000_000],
  ] as const)("%s %s", async (language, input, expected) => {
    expect(await data(language, input)).toEqual(expected);
  });

  it("matrices too large for exact entries are made in floating point, and follow the same rule", async () => {
    for (const [input, entry] of [
      ["hilb(1000)", (i: number, j: number) => 1 / (i + j + 1)],
      ["pascal(150)", (i: number, j: number) => Math.round(Array.from({ length: i }, (_, k) => k + 1).reduce((c, k) => (c * (j + k)) / k, 1))],
    ] as const) {
      const values = (await data("matlab", input)) as number[];
      const n = Math.sqrt(values.length);
      for (const [i, j] of [
        [0, 0],
        [7, 3],
        [5, n - 1],
        [n - 1, 2],
      ])
        expect(values[i * n + j]).toBeCloseTo(entry(i, j), 12);
    }
  });

  it("the text of an array too long to read is its shape", async () => {
    const a = await run({ input: "ones(600)", language: "matlab" });
    expect(a.ok && [a.text, a.latex]).toEqual(["600×600 array", "\\text{600×600 array}"]);
    const small = await run({ input: "ones(500)", language: "matlab" });
    expect(small.ok && small.text.length).toBeGreaterThan(250_000);
  });
});
