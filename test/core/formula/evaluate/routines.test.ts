// Routines of the catalogue written with their plain letters in LaTeX.

import { describe, expect, it } from "vitest";
import { catalogue } from "../../../../core/src/catalogue/index.js";
import { run } from "../../../../core/src/formula/index.js";

const kind = async (input: string, definitions: readonly string[] = []) => {
  const a = await run({ input, language: "latex", definitions }, { catalogue });
  return a.ok ? a.value.kind : a.error.kind;
};
const matrix = "A=\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}";

describe("plain letters before a bracket", () => {
  it("call a routine of the catalogue", async () => {
    expect(await kind("cur(A, 1)", [matrix])).toBe("record");
    expect(await kind("cur(hilbert(5), 3)")).toBe("record");
    expect(await kind("id(A, 1)", [matrix])).toBe("record");
  });

  it("are a product where each letter has a value", async () => {
    expect(await kind("id(A)", ["i=2", "d=3", matrix])).toBe("array");
    expect(await kind("id(x+1)", ["d=3", "x=1"])).toBe("complex");
  });

  it("are a product of letters when no routine has the name", async () => {
    expect(await kind("ab(x+1)", ["a=2", "b=3", "x=1"])).toBe("rational");
  });

  it("tell a sign that stands alone", async () => {
    expect(await kind("-")).toBe("unexpected-end");
  });
});
