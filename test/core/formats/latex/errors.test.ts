import { describe, expect, it } from "vitest";
import { FormulaFailure } from "../../../../core/src/expr/index.js";
import { latex } from "../../../../core/src/formats/latex.js";

function failure(text: string, options = {}) {
  try {
    latex.parse(text, options);
  } catch (e) {
    if (e instanceof FormulaFailure) return e.error;
    throw e;
  }
  throw new Error(`${text} was read`);
}

describe("LaTeX that cannot be read", () => {
  it.each([
    ["", "empty", 0],
    ["$$", "empty", 0],
    ["()", "empty", 0],
    ["\\begin{pmatrix}\\end{pmatrix}", "empty", 0],
    ["\\begin{pmatrix}1&2\\\\3\\end{pmatrix}", "ragged", 20],
    ["\\begin{pmatrix}1&2", "unbalanced", 0],
    ["\\begin{pmatrix}1&2\\end{bmatrix}", "unbalanced", 18],
    ["\\left(1+2", "unbalanced", 0],
    ["(1+2", "unbalanced", 0],
    ["1+2)", "unbalanced", 3],
    ["\\frac{1}{2", "unbalanced", 5],
    ["|x", "unbalanced", 0],
    ["\\frac{1}", "missing-argument", 0],
    ["\\frac{}{2}", "missing-argument", 0],
    ["\\sqrt", "missing-argument", 0],
    ["1 +", "unexpected-end", 2],
    ["* 3", "unexpected-token", 0],
    ["3 \\cdot / 4", "unexpected-token", 8],
    ["_", "unexpected-token", 0],
    ["\\foo{3} + 1", "unknown-command", 0],
    ["x_{\\foo}", "unknown-command", 3],
    ["\\begin{foo}1\\end{foo}", "unknown-environment", 0],
    ["x^2^3", "double-superscript", 3],
    ["x_1_2", "double-subscript", 3],
    ["1.2.3", "bad-number", 0],
    ["we see that this holds", "not-a-formula", 0],
    ["1,,2", "unexpected-token", 2],
    ["(1,,2)", "unexpected-token", 3],
    ["1;;2", "unexpected-token", 2],
    [", 1", "unexpected-token", 0],
    ["$1+2", "unbalanced", 0],
    ["1+2$", "unbalanced", 3],
    ["\\[1+2", "unbalanced", 0],
    ["\\sin + 1", "missing-argument", 0],
    ["\\begin{pmatrix}1&\\{\\end{pmatrix}", "unbalanced", 17],
  ])("%s is %s", (text, kind, at) => {
    const error = failure(text);
    expect(error.kind).toBe(kind);
    expect(error.range[0]).toBeLessThanOrEqual(at);
    expect(Math.max(error.range[1], error.range[0] + 1)).toBeGreaterThan(at);
  });

  it("stops macros that unfold without end", () => {
    expect(failure("\\a", { macros: new Map([["\\a", { args: 0, body: "\\a\\a" }]]) }).kind).toBe("too-large");
  });
  it("refuses nesting beyond its depth instead of overflowing the stack", () => {
    for (const open of ["(", "{", "\\left(", "\\frac", "\\hat", "|", "x^{", "\\begin{pmatrix}", "-", "\\sqrt{", "f("]) {
      expect(() => latex.parse(open.repeat(20_000))).toThrow(FormulaFailure);
    }
  });
  it("refuses a text with too many tokens", () => expect(failure("x+".repeat(200_000)).kind).toBe("too-large"));
});
