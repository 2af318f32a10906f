import { describe, expect, it } from "vitest";
import { regionAt, regionOfSelection, regionsAround, regionsOf } from "../../../core/src/formula/regions/index.js";

/** Each region's content with its notation. */
const contents = (text: string, language: string) => regionsOf(text, language).map((r) => `${r.language}: ${text.slice(...r.content)}`);

describe("regions of Markdown", () => {
  it("are the formulas between dollars, in environments and in fences", () => {
    const text = "Let $a=1$ and\n$$b=2$$\n\\begin{align}c&=3\\end{align}\n\\(d\\) \\[e\\]\n```math\nf\n```\n";
    expect(contents(text, "markdown")).toEqual([
      "latex: a=1",
      "latex: b=2",
      "latex: \\begin{align}c&=3\\end{align}",
      "latex: d",
      "latex: e",
      "latex: f\n",
    ]);
  });
  it("are no prices, code spans or escaped dollars", () => {
    expect(contents("It costs $5 and $6, `$x$`, \\$y\\$.", "markdown")).toEqual([]);
  });
  it("include code in fences and tables", () => {
    const text = "```python\nimport numpy as np\nA = np.array([[1, 2],\n  [3, 4]])\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    expect(contents(text, "markdown")).toEqual(["python: A = np.array([[1, 2],\n  [3, 4]])", "markdown: | a | b |\n|---|---|\n| 1 | 2 |"]);
  });
  it("are the formulas in the cells of a table that has some", () => {
    const text = "| what | value |\n|---|---|\n| $\\det A$ | $2$ |\n| $b$ | 3 |\n\n| 1 | 2 |\n|---|---|\n| 3 | 4 |\n";
    expect(contents(text, "markdown")).toEqual(["latex: \\det A", "latex: 2", "latex: b", "markdown: | 1 | 2 |\n|---|---|\n| 3 | 4 |"]);
  });
  it("survive an unclosed delimiter", () => expect(contents("$$ open $a$ text", "markdown")).toContain("latex: a"));
});

describe("regions of other languages", () => {
  it("skip comments and verbatim text in TeX", () => {
    expect(contents("% $a$\n$b$ \\begin{verbatim}$c$\\end{verbatim} \\[d\\]", "latex")).toEqual(["latex: b", "latex: d"]);
  });
  it("are logical lines of code", () => {
    expect(contents("A = [1 2; 3 4]; b = A';\n% note $x^2$\nc = A \\ b\nend", "matlab")).toEqual([
      "matlab: A = [1 2; 3 4]",
      "matlab: b = A'",
      "latex: x^2",
      "matlab: c = A \\ b",
    ]);
  });
  it("are blocks of a table file", () => expect(contents("1,2\n3,4\n\n5,6", "csv")).toEqual(["csv: 1,2\n3,4", "csv: 5,6"]));
  it("do not exist in a bibliography", () => expect(contents("title = {$x$}", "bibtex")).toEqual([]));
});

describe("the region around a place", () => {
  it("is the one the cursor is in or beside", () => {
    const text = "see $x+1$ there";
    for (const offset of [4, 6, 9]) expect(regionAt(text, "markdown", offset)?.content).toEqual([5, 8]);
    expect(regionAt(text, "markdown", 1)).toBeNull();
  });
  it("offers the literal inside a statement of code", () => {
    const text = "y = model(np.array([[1, 2]]))";
    expect(regionsAround(text, "python", 22).map((r) => text.slice(...r.range))).toEqual([text, "np.array([[1, 2]])"]);
  });
  it("takes the notation of the region a selection lies in, without blanks", () => {
    const text = "```julia\nA = [1 2; 3 4]\n```";
    const at = text.indexOf("[");
    expect(regionOfSelection(text, "markdown", [at - 1, at + 11])).toMatchObject({ language: "julia", range: [at, at + 10] });
    expect(regionOfSelection("   ", "markdown", [0, 3])).toBeNull();
  });
});

it("is linear in texts made to be slow", () => {
  for (const piece of ["$", "$$ ", "\\(", "\\begin{align}", "`", "```\n", "| a\n", "[", "$a \n"])
    expect(() => regionsOf(piece.repeat(50_000), "markdown")).not.toThrow();
});
