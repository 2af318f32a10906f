// A definition for every index: x_k = k^2 says what x_3 is.
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../core/src/catalogue/index.js";
import { affected, definitionsFor, openDocument, run } from "../../../core/src/formula/index.js";

const tex = String.raw;

const shown = async (input: string, definitions: readonly string[] = []): Promise<string> => {
  const a = await run({ input, language: "latex", definitions }, { catalogue });
  return a.ok ? (a.text ?? "").replace(/\\left(?![a-z])|\\right(?![a-z])/g, "") : a.error.kind;
};

const squares = ["x_k = k^2"];
const rotary = [tex`\theta_i = b^{-2i/d}`, "d = 4", "b = 10000"];

describe("a definition for every index", () => {
  it.each([
    ["x_3", squares, "9"],
    ["x_{2+2}", squares, "16"],
    // In a sum the index has a value, whatever its letter; without one it stays.
    [tex`\sum_{k=1}^3 x_k`, squares, "14"],
    [tex`\sum_{j=1}^3 x_j`, squares, "14"],
    [tex`\prod_{t=1}^{4} \alpha_t`, [tex`\alpha_t = 1 - \frac{t}{10}`], tex`\frac{189}{625}`],
    ["x_k", squares, "k^{2}"],
    ["x_{k+1}", squares, "x_{k+1}"],
    ["x_k", [...squares, "k = 3"], "9"],
    ["x_5", ["k = 3", ...squares], "25"],
    // One that is defined by itself comes first, wherever it stands.
    ["x_1 + x_2", ["x_1 = 5", ...squares], "9"],
    [tex`\sum_{i=1}^2 x_i`, ["x_1 = 5", ...squares], "9"],
    // What else stands in it may be given later.
    [tex`\theta_1`, rotary, tex`\frac{1}{100}`],
    [tex`\theta_0`, rotary, "1"],
    // Two indices, side by side or with a comma, and the letters i and j are no imaginary units.
    ["A_{23}", ["A_{ij} = i + 10j"], "32"],
    ["A_{3,1}", [tex`A_{n,k}=\begin{cases}n+k,&k<n\\0,&k\ge n\end{cases}`], "4"],
    ["A_{1,3}", [tex`A_{n,k}=\begin{cases}n+k,&k<n\\0,&k\ge n\end{cases}`], "0"],
    // A label is no index, and what leads back to itself is no such definition.
    [tex`\sqrt{d_k}`, ["d_k = 64"], "8"],
    ["d_3", ["d_k = 64"], "d_{3}"],
    ["x_3", ["x_t = x_{t-1} + 1"], "x_{3}"],
    ["x_{max}", ["x_{min} = m + n"], tex`x_{max}`],
  ] as const)("%s with %s is %s", async (input, definitions, wanted) => {
    expect(await shown(input, definitions)).toBe(wanted);
  });

  it("is shown as it stands where its index has no value", async () => {
    expect(await shown(tex`\theta_i = b^{-2i/d}`)).toBe(tex`b^{-\frac{2 i}{d}}`);
    expect(await shown("x_k = k^2", ["k = 3"])).toBe("9");
  });

  it("and what it runs through is found as well", async () => {
    const text = tex`$H = -\sum_{i=1}^{2} p_i$ with $p_1 = 3$, $p_2 = 4$: $H$`;
    const document = openDocument([{ language: "markdown", text }]);
    const seen = definitionsFor(document, { cell: 0, offset: text.length - 1 }, "H").map((s) => s.text);
    expect(await shown("H", seen)).toBe("-7");
  });

  it("is found by what depends on it in a document, and touches that when it changes", () => {
    const text = (n: number) => tex`Let $\theta_i = b^{-${n}i/d}$ with $d = 4$, $b = 100$. Then $\theta_1$ and $\phi_1$.`;
    const before = openDocument([{ language: "markdown", text: text(2) }]);
    const entries = before.cells[0]?.entries ?? [];
    const at = entries.find((e) => e.text === tex`\theta_1`);
    const seen = definitionsFor(before, { cell: 0, offset: at?.region.content[0] ?? 0 }, tex`\theta_1`).map((s) => s.text);
    expect(seen).toEqual([tex`\theta_i = b^{-2i/d}`, "d = 4", "b = 100"]);
    const after = openDocument([{ language: "markdown", text: text(4) }]);
    const texts = affected(before, after).map(({ entry }) => after.cells[0]?.entries[entry]?.text);
    expect(texts).toContain(tex`\theta_1`);
  });
});
