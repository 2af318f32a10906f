// Dots, blocks and marks as LaTeX writers use them.

import { describe, expect, it } from "vitest";
import { exactText, run } from "../../../../core/src/formula/index.js";

const exact = async (input: string, definitions: readonly string[] = []) => {
  const a = await run({ input, language: "latex", definitions });
  return a.ok ? exactText(a.value) : a.error.kind;
};

describe("dots", () => {
  it("go on between terms of one shape whose numbers count up together", async () => {
    expect(await exact("1^2+2^2+\\cdots+5^2")).toBe("55");
    expect(await exact("\\frac{1}{1\\cdot 2}+\\frac{1}{2\\cdot 3}+\\cdots+\\frac{1}{9\\cdot 10}")).toBe("9/10");
  });

  it("are not guessed when the last term is not reached", async () => {
    expect(await exact("1^2+3^2+\\cdots+6^2")).toBe("unresolved-ellipsis");
  });

  it("stand for a diagonal, by its terms or by the size of the matrix", async () => {
    expect(await exact("\\begin{pmatrix}1&&\\\\&\\ddots&\\\\&&1\\end{pmatrix}_{2\\times2}")).toEqual([
      ["1", "0"],
      ["0", "1"],
    ]);
    expect(await exact("\\det\\begin{pmatrix}1&&&\\\\&2&&\\\\&&\\ddots&\\\\&&&5\\end{pmatrix}")).toBe("120");
    expect(await exact("\\begin{pmatrix}1&&\\\\&\\ddots&\\\\&&1\\end{pmatrix}")).toBe("unresolved-ellipsis");
  });
});

describe("LaTeX as people write it", () => {
  const A = "A=\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}";

  it.each([
    ["\\nabla f + 1", ["\\nabla f=3"], "4"],
    ["2{\\cdot}3", [], "6"],
    ["√16 + 1", [], "5"],
    ["\\sum_{\\substack{i=1\\\\ i\\ne 2}}^{4} i", [], "8"],
    ["\\langle A,A\\rangle_F", [A], "30"],
    [
      "A^{\\circ 2}",
      [A],
      [
        ["1", "4"],
        ["9", "16"],
      ],
    ],
    [
      "[A, A]",
      [A],
      [
        ["1", "2", "1", "2"],
        ["3", "4", "3", "4"],
      ],
    ],
  ] as const)("reads %s", async (input, definitions, expected) => {
    expect(await exact(input, definitions)).toEqual(expected);
  });

  it("asks whether a matrix equals its transpose instead of defining it again", async () => {
    const a = await run({ input: "A=A^\\top", language: "latex", definitions: [A] });
    expect(a.ok && a.value).toMatchObject({ kind: "boolean", value: false });
  });

  it("tells a bracket closed by another kind", async () => {
    expect(await exact("(1+2]")).toBe("unbalanced");
  });
});
