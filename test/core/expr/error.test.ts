import { describe, expect, it } from "vitest";
import { catalogue } from "../../../core/src/catalogue/index.js";
import { type FormulaError, formulaError, listOf, phrase, said, spoken } from "../../../core/src/expr/index.js";
import { run } from "../../../core/src/formula/index.js";

describe("a phrase", () => {
  it("may hold phrases, and several can be listed as one", () => {
    const list = listOf(["symmetric", said`sparse (${12.5} % nonzero)`, "orthogonal"]);
    expect(spoken(list)).toBe("symmetric, sparse (12.5 % nonzero), orthogonal");
    expect(list).toMatchObject({ template: "{0}, {1}", data: { 1: phrase("orthogonal") } });
    expect(listOf(["zero"])).toBe("zero");
  });

  it("keeps numbers as numbers, and what JSON has no number for as words", () => {
    expect(said`${1.5}, ${Number.NaN}, ${-Infinity}, ${2n}`.data).toEqual({ 0: 1.5, 1: "NaN", 2: "-Infinity", 3: "2" });
  });
});

describe("a formula's error", () => {
  it("keeps its template and parts beside the message, so that it can be said in another language", () => {
    const e = formulaError("shape-mismatch", said`cannot multiply ${"2×3"} by ${"2×2"}`, [0, 4], said`make ${3} rows`);
    expect(e).toMatchObject({
      message: "cannot multiply 2×3 by 2×2",
      template: "cannot multiply {0} by {1}",
      data: { 0: "2×3", 1: "2×2" },
      hint: "make 3 rows",
      hintTemplate: "make {0} rows",
      hintData: { 0: 3 },
    });
  });

  it("has no template when the message has no parts", () => {
    expect(formulaError("empty", "there is nothing to evaluate", [0, 0])).toEqual({
      kind: "empty",
      message: "there is nothing to evaluate",
      range: [0, 0],
    });
  });

  it("reaches the answer of an evaluation", async () => {
    const a = await run({ input: "\\operatorname{frobnicate}(2)", language: "latex" });
    expect(a.ok).toBe(false);
    if (!a.ok) expect(a.error).toMatchObject({ template: "there is no function named {0}", data: { 0: "frobnicate" } });
  });

  /** The error of a formula that fails. */
  async function failing(input: string, definitions: readonly string[] = []): Promise<FormulaError> {
    const a = await run({ input, language: "matlab", definitions }, { catalogue, clock: () => performance.now() });
    if (a.ok) throw new Error(a.text);
    return a.error;
  }

  it("keeps what a routine of the catalogue says of a wrong right-hand side, with its parts apart", async () => {
    expect(await failing("leastSquares([1 2; 3 4], [1; 2; 3])")).toMatchObject({
      kind: "shape-mismatch",
      message: "cannot fit a 2×2 system to a 3×1 right-hand side",
      template: "cannot fit a {0} system to a {1} right-hand side",
      data: { 0: "2×2", 1: "3×1" },
      hint: "it needs 2 rows",
      hintTemplate: "it needs {0} rows",
      hintData: { 0: 2 },
    });
  });

  it("keeps what a factorisation says of a matrix that is not positive definite", async () => {
    expect(await failing("chol([1 2; 2 1])")).toMatchObject({
      kind: "domain",
      template: "the matrix is not positive definite: its leading minor of order {0} is not positive (pivot {1})",
      data: { 0: 2, 1: "-3.00" },
      hint: "ldl factors any Hermitian matrix",
    });
  });

  it("names the entry that is not finite by its row and column", async () => {
    expect(await failing("cholesky([1 NaN; 2 1])")).toMatchObject({
      template: "{0} needs finite entries, but row {1}, column {2} is {3}",
      data: { 0: "the Cholesky factorisation", 1: 1, 2: 2, 3: "NaN" },
    });
  });
});
