// How values that have a closed form are noted: the form first, its decimals beside it.
import { run } from "@scholium/core/formula";
import { expect, test } from "vitest";
import { closedForm, type Found } from "../../extension/src/worker/formula.js";
import { noteText, plainNotation } from "../../extension/src/worker/noteText.js";

const conventions = { exact: "auto", digits: 4, output: "source", scope: "above" } as const;
const style = { maxLength: 64, maxRows: 6, maxColumns: 6 };

async function noted(input: string, live: boolean) {
  const answer = await run({ input, language: "latex", timeout: 6000 });
  if (!answer.ok) throw new Error(answer.error.message);
  const closed = closedForm({ formula: { text: input }, value: answer.value, answer } as Found);
  return noteText(answer.value, live ? plainNotation(answer.value, "latex") : "latex", conventions, style, closed ? { closed } : {}).text;
}

const notes: readonly [input: string, evaluated: string, live: string][] = [
  ["\\sqrt{8}", "= 2 \\sqrt{2} ≈ 2.828", "= 2 √2 ≈ 2.828"],
  ["\\arcsin 1", "= \\frac{\\pi}{2} ≈ 1.571", "= π/2 ≈ 1.571"],
  ["\\|\\begin{pmatrix}1\\\\1\\end{pmatrix}\\|_2", "= \\sqrt{2} ≈ 1.414", "= √2 ≈ 1.414"],
  ["\\frac{1}{3}", "= \\frac{1}{3}", "= 1/3"],
  // A formula over again says nothing.
  ["\\sin 1", "≈ 0.8415", "≈ 0.8415"],
  ["\\pi^2/6", "≈ 1.645", "≈ 1.645"],
  ["\\int_0^1 \\frac{1}{1+x}\\,dx", "= \\ln\\left(2\\right)", "= ln(2)"],
  // What is longer than its decimals are worth gives way to them.
  [
    "\\frac{1}{\\sqrt2}\\begin{pmatrix}1&1\\\\1&-1\\end{pmatrix}",
    "≈ \\begin{bmatrix}0.7071&0.7071\\\\0.7071&-0.7071\\end{bmatrix}",
    "≈ [0.7071 0.7071; 0.7071 -0.7071]",
  ],
  ["\\sqrt{2}+\\sqrt{3}+\\sqrt{5}+\\sqrt{7}+\\sqrt{8}", "≈ 10.86", "= 3 √2 + √3 + √5 + √7 ≈ 10.86"],
  ["\\frac{d}{dx} x^2 \\sin x", "= x^{2} \\cos\\left(x\\right) + 2 x \\sin\\left(x\\right)", "= x² cos(x) + 2 x sin(x)"],
];

test.each(notes)("%s", async (input, evaluated, live) => {
  expect([await noted(input, false), await noted(input, true)]).toEqual([evaluated, live]);
});
