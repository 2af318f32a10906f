import { describe, expect, it } from "vitest";
import { formulaError, said } from "../../../core/src/expr/index.js";
import { run } from "../../../core/src/formula/index.js";

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
});
