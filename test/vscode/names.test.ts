// What a formula is called in a note at the end of its line, and how a value is written there.
import { expect, test } from "vitest";
import { readable } from "../../extension/src/readable.js";
import { noteText, plainNotation } from "../../extension/src/worker/noteText.js";

const names: readonly [source: string, name: string][] = [
  ["A^{-1}", "A⁻¹"],
  ["\\|r\\|_2", "‖r‖₂"],
  ["\\sum_{k=1}^{100} k", "∑ₖ₌₁¹⁰⁰ k"],
  ["\\int_0^1 x^2 \\, dx", "∫₀¹ x² dx"],
  ["\\lim_{x\\to 0} f(x)", "lim_(x→0) f(x)"],
  ["\\frac{a+b}{2}", "(a+b)/2"],
  ["\\mathbf{x}^\\top \\mathbf{y}", "xᵀ y"],
  ["\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}^{-1}", "[…]⁻¹"],
  ["\\operatorname{tr} M", "tr M"],
  ["R(\\pi/6)", "R(π/6)"],
  ["6 \\cdot 7", "6 · 7"],
  ["\\sqrt{k/m}", "√(k/m)"],
  ["M\\leftarrow\\beta M+(1-\\beta)G", "M←β M+(1-β)G"],
  ["|r_{11}|\\ge|r_{22}|\\ge\\dots", "|r₁₁|≥|r₂₂|≥…"],
  ["\\tfrac12 \\langle \\bar x, \\tilde{P}\\rangle", "1/2 ⟨ x̄, P̃⟩"],
];

test.each(names)("%s is called %s", (source, name) => expect(readable(source)).toBe(name));

test("whether an equation holds is noted as true or false", () => {
  const conventions = { exact: "auto", digits: 4, output: "source", scope: "above" } as const;
  const style = { maxLength: 64, maxRows: 6, maxColumns: 6 };
  for (const value of [true, false]) {
    const boolean = { kind: "boolean", value } as const;
    expect(noteText(boolean, plainNotation(boolean, "latex"), conventions, style).text).toBe(`= ${value}`);
  }
});
