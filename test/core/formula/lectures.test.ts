// What lecture notes write comes out as their readers expect.

import { describe, expect, it } from "vitest";
import { catalogue } from "../../../core/src/catalogue/index.js";
import { run } from "../../../core/src/formula/index.js";

const tex = String.raw;
const A = tex`A=\begin{pmatrix}1&2\\3&4\end{pmatrix}`;

/** What a formula comes to as LaTeX without sizing; the kind of its error when it fails. */
const shown = async (input: string, definitions: readonly string[] = []): Promise<string> => {
  const a = await run({ input, language: "latex", definitions }, { catalogue });
  return a.ok ? a.latex.replace(/\\left(?![a-z])|\\right(?![a-z])/g, "").replace(/\s+/g, " ") : a.error.kind;
};

type Row = readonly [input: string, wanted: string, ...definitions: string[]];
const rows = (title: string, table: readonly Row[]): void => {
  describe(title, () => {
    it.each(table)("%s is %s", async (input, wanted, ...definitions) => {
      expect(await shown(input, definitions)).toBe(wanted);
    });
  });
};

rows("a prime on something unknown stays", [
  ["y'' + y = 0", "y'' + y = 0"],
  ["y'", "y'"],
  ["y''+3y'+2y=0", "y'' + 3 y' + 2 y = 0"],
  ["f''(x)", "f''(x)"],
  ["f'(x^2+1)", "f'(x^{2} + 1)"],
  ["f^{(n)}(x)", "f^{(n)}(x)"],
  ["y'(0)", "y'(0)"],
  [tex`\phi'(0)`, tex`\phi'(0)`],
  ["(uv)'", "(u v)'"],
  [tex`\left(\frac uv\right)'`, tex`(\frac{u}{v})'`],
  ["y'^2", "(y')^{2}"],
  ["u'v + uv'", "u' v + u v'"],
  ["x'", "x'", "x=3"],
]);

rows("a prime on something known is its derivative or its transpose", [
  ["f''(x)", "6 x", "f(x)=x^3"],
  ["f^{(2)}(2)", "12", "f(x)=x^3"],
  ["y'", "2 x", "y=x^2"],
  ["y''", "2 a", "y=ax^2"],
  ["(x^2)'", "2 x"],
  [tex`(\sin x)'`, tex`\cos(x)`],
  ["A'", tex`\begin{bmatrix} 1 & 3 \\ 2 & 4 \end{bmatrix}`, A],
  ["(AB)'", tex`B^{\top} A^{\top}`],
]);

rows("products of matrix letters keep their order and their marks", [
  [tex`(X^\top X)^{-1}X^\top y`, tex`(X^{\top} X)^{-1} X^{\top} y`],
  [tex`(X'X)^{-1}X'y`, tex`(X^{\top} X)^{-1} X^{\top} y`],
  [tex`X(X^\top X)^{-1}X^\top X`, "X"],
  [tex`\det(X^\top X)`, tex`\det(X^{\top} X)`],
  ["A^H A", "A^{*} A"],
  [tex`A^\top B^*`, tex`A^{\top} B^{*}`],
  [tex`X^\top y + c`, tex`X^{\top} y + c`],
  [tex`\|Ax-b\|^2`, tex`\|A x - b\|^{2}`],
]);
