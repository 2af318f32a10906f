// What lecture notes write comes out as their readers expect.

import { describe, expect, it } from "vitest";
import { catalogue } from "../../../core/src/catalogue/index.js";
import { exactText, run } from "../../../core/src/formula/index.js";

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
  ["A'", tex`\begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix}`, A],
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

rows("a Greek letter before a number or a matrix is the function it names", [
  [tex`\sigma(0)`, tex`\frac{1}{2}`],
  [tex`\Phi(0)`, tex`\frac{1}{2}`],
  [tex`\zeta(-1)`, tex`-\frac{1}{12}`],
  [tex`\kappa(A)`, "2", tex`A=\begin{pmatrix}1&0\\0&2\end{pmatrix}`],
  [tex`\kappa\begin{pmatrix}1&0\\0&2\end{pmatrix}`, "2"],
  [tex`\rho(A)`, "2", tex`A=\begin{pmatrix}1&5\\0&-2\end{pmatrix}`],
  [tex`\lambda_1(A)`, "3", tex`A=\begin{pmatrix}1&5\\0&3\end{pmatrix}`],
  [tex`\sigma_2(A)`, "1", tex`A=\begin{pmatrix}1&0\\0&3\end{pmatrix}`],
  [tex`\frac{d}{dx}\sigma(x)`, tex`(1 - \sigma(x)) \sigma(x)`],
]);

rows("a letter nobody defined is no factor of the number behind it", [
  ["y(0) = 1", "y(0) = 1"],
  [tex`\delta(0)`, tex`\delta(0)`],
  [tex`\mu(30)`, tex`\mu(30)`],
  [tex`\lambda(a+b)`, tex`\lambda (a + b)`],
  [tex`\sigma(1-\sigma)`, tex`\sigma (1 - \sigma)`],
  [tex`\sigma(3)`, "6", tex`\sigma=2`],
]);

rows("vectors of ones, zeros and a single one take their length from their neighbours", [
  [tex`\mathbf{1}^\top A \mathbf{1}`, "10", A],
  [tex`A\mathbf 1`, tex`\begin{pmatrix} 3 \\ 7 \end{pmatrix}`, A],
  [tex`A\mathbf 0`, tex`\begin{pmatrix} 0 \\ 0 \end{pmatrix}`, A],
  [tex`A+\mathbf 0`, tex`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, A],
  [tex`A+\mathbf 1\mathbf 1^\top`, tex`\begin{pmatrix} 2 & 3 \\ 4 & 5 \end{pmatrix}`, A],
  [tex`e_1^\top A e_2`, "2", A],
  ["A e_1", tex`\begin{pmatrix} 1 \\ 3 \end{pmatrix}`, A],
  ["A e_3", "shape-mismatch", A],
  ["e_1 + e_2", "e_{1} + e_{2}"],
  [tex`\frac1n\mathbf 1^\top x`, tex`\frac{6}{n}`, "x=(1,2,3)"],
  [tex`P\mathbf 1=\mathbf 1`, tex`\text{true}`, tex`P=\begin{pmatrix}0.5&0.5\\0.2&0.8\end{pmatrix}`],
  [tex`\mathbf{1}^\top B \mathbf{1}`, tex`\mathbf{1}^{\top} B \mathbf{1}`],
  [tex`\sum_{i=1}^3\sum_{j=1}^3 ij\delta_{ij}`, "14"],
]);

rows("squares of sine and cosine add up to one", [
  [tex`\sin^2x+\cos^2x`, "1"],
  [tex`\cosh^2x-\sinh^2x`, "1"],
  [tex`r\sin^2\theta+r\cos^2\theta`, "r"],
  [tex`\cos^2x-\sin^2x`, tex`\cos(x)^{2} - \sin(x)^{2}`],
  [tex`R^\top R`, tex`\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}`, tex`R=\begin{pmatrix}\cos t&-\sin t\\\sin t&\cos t\end{pmatrix}`],
]);

describe("the exact reading", () => {
  const M = tex`\begin{pmatrix}1&1\\1&0\end{pmatrix}`;
  it.each([
    [
      tex`\begin{pmatrix}2&1\\1&2\end{pmatrix}^{1/2}`,
      [
        ["1/2 + sqrt(3)/2", "-1/2 + sqrt(3)/2"],
        ["-1/2 + sqrt(3)/2", "1/2 + sqrt(3)/2"],
      ],
    ],
    [tex`\left\|${M}\right\|_2`, "1/2 + sqrt(5)/2"],
    [tex`\left\|${M}\right\|_*`, "sqrt(5)"],
    [tex`\kappa${M}`, "3/2 + sqrt(5)/2"],
    [tex`\arg(1+i)`, "pi/4"],
    [tex`\arg(-1-i\sqrt3)`, "-2*pi/3"],
    [tex`\zeta(2)`, "pi**2/6"],
  ])("of %s is short", async (input, wanted) => {
    const a = await run({ input, language: "latex" }, { catalogue });
    expect(a.ok && a.exact && exactText(a.exact)).toEqual(wanted);
  });
});

rows("an equation of one unknown and a linear system come to their solutions", [
  ["x^2-5x+6=0", tex`x = 2,\quad x = 3`],
  ["x^3-6x^2+11x-6=0", tex`x = 1,\quad x = 2,\quad x = 3`],
  ["2x+1=5", "x = 2"],
  [tex`\frac1x=2`, tex`x = \frac{1}{2}`],
  ["x^2=2", tex`x = \sqrt{2},\quad x = -\sqrt{2}`],
  ["x_1+x_2=4, x_1-x_2=2", tex`x_{1} = 3,\quad x_{2} = 1`],
  [tex`\begin{cases}x+y=3\\x-y=1\end{cases}`, tex`x = 2,\quad y = 1`],
  ["Ax=b", tex`x = \begin{pmatrix} -4 \\ \frac{9}{2} \end{pmatrix}`, A, tex`b=\begin{pmatrix}5\\6\end{pmatrix}`],
  [tex`A\begin{pmatrix}x\\y\end{pmatrix}=b`, tex`x = -4,\quad y = \frac{9}{2}`, A, tex`b=\begin{pmatrix}5\\6\end{pmatrix}`],
  [tex`\det(B-\lambda I)=0`, tex`\lambda = 1,\quad \lambda = 3`, tex`B=\begin{pmatrix}2&1\\1&2\end{pmatrix}`],
]);

rows("other equations stay as they are", [
  ["a^2+b^2=c^2", "a^{2} + b^{2} = c^{2}"],
  [tex`\sin x=0`, tex`\sin(x) = 0`],
  ["x^5-x-1=0", "x^{5} - x - 1 = 0"],
  ["x+1=x+2", tex`\text{false}`],
]);

rows("commands on expressions are functions in a formula", [
  [tex`\operatorname{expand}((x+1)^3)`, "x^{3} + 3 x^{2} + 3 x + 1"],
  ["expand((x+1)^3)", "x^{3} + 3 x^{2} + 3 x + 1"],
  [tex`\operatorname{factor}(x^2-1)`, "(x - 1) (x + 1)"],
  [tex`\operatorname{factor}(360)`, tex`2^{3} \cdot 3^{2} \cdot 5`],
  [tex`\operatorname{solve}(x^2=4)`, tex`x = -2,\quad x = 2`],
  [tex`\operatorname{solve}(ax+b=0, x)`, tex`x = -\frac{b}{a}`],
  [tex`\operatorname{diff}(x^3, x)`, "3 x^{2}"],
  [tex`\operatorname{diff}(x^2, x)`, "2 x", "x=3"],
  [tex`\operatorname{diff}([1,4,9])`, "(3, 5)"],
  [tex`\operatorname{integrate}(x^2, x, 0, 1)`, tex`\frac{1}{3}`],
  [tex`\operatorname{limit}(\frac{\sin x}{x}, x\to 0)`, "1"],
  [tex`\operatorname{taylor}(e^x, x, 0, 3)`, tex`\frac{x^{2}}{2} + x + 1`],
  [tex`\operatorname{apart}(\frac{1}{x^2-1})`, tex`\frac{1}{2 (x - 1)} - \frac{1}{2 (x + 1)}`],
  [tex`\operatorname{collect}(xy+x, x)`, "x (y + 1)"],
]);

rows("an index without bounds runs over the arrays it indexes", [
  [tex`\sum_j a_j`, "9", "a=(1,5,3)"],
  [tex`\sum a_i`, "9", "a=(1,5,3)"],
  [tex`\sum_k a_k b_k`, "20", "a=(1,5,3)", "b=(1,2,3)"],
  [tex`\sum_k a_k b_k`, "shape-mismatch", "a=(1,5,3)", "b=(1,2)"],
  [tex`\sum_{i<j} a_i a_j`, "23", "a=(1,5,3)"],
  [tex`\sum_{i,j} A_{ij}^2`, "30", A],
  [tex`\sum_i A_{ii}`, "5", A],
  [tex`\max_i |a_i-2|`, "3", "a=(1,5,3)"],
  [tex`\sum_j a_j`, "missing-bound"],
]);

rows("distributions given as vectors have expectations, entropies and divergences", [
  [tex`\mathbb{E}[a]`, "3", "a=(1,5,3)"],
  [tex`\mathrm{Var}(a)`, tex`\frac{8}{3}`, "a=(1,5,3)"],
  [tex`\mathbb{E}[X]`, tex`\mathbb{E}[X]`],
  [tex`\mathrm{KL}(p\|p)`, "0", "p=(0.5,0.5)"],
  [tex`D_{\mathrm{KL}}(p\,\|\,q)`, tex`\infty`, "p=(0.5,0.5)", "q=(1,0)"],
  ["H(p)", "0", "p=(1,0)"],
  [tex`\operatorname{relu}([-1,2])`, "(0, 2)"],
  [tex`50\%\text{ of }20`, "10"],
  [tex`50\% of 20`, "10"],
]);

rows("derivatives of a defined function are taken at the point behind them", [
  [tex`\frac{\partial f}{\partial x}(1,2)`, "8", "f(x,y)=x^2+3xy"],
  [tex`\nabla f(1,2)`, tex`\begin{bmatrix} 8 \\ 3 \end{bmatrix}`, "f(x,y)=x^2+3xy"],
  [tex`\nabla^2 f(1,2)`, tex`\begin{bmatrix} 4 & 2 \\ 2 & 0 \end{bmatrix}`, "f(x,y)=x^2y"],
  [tex`\frac{df}{dx}(2)`, "12", "f(x)=x^3"],
]);

rows("brackets and marks mean what they usually mean", [
  [tex`\frac{p(x)}{q(x)}`, tex`\frac{p(x)}{q(x)}`],
  ["p(1-p)", "p (1 - p)"],
  [tex`\frac{P(B\mid A)P(A)}{P(B)}`, tex`\frac{P(A) P(B \mid A)}{P(B)}`],
  ["f^{-1}(x)", "f^{-1}(x)"],
  ["f^{-1}(8)", "unsupported", "f(x)=x^3"],
  [tex`|\{1,2,3\}|`, "3"],
  [tex`\dim\ker B`, "1", tex`B=\begin{pmatrix}1&2\\2&4\end{pmatrix}`],
  [tex`0.1\overline{6}`, tex`\frac{1}{6}`],
  [tex`\Re(z)`, tex`\operatorname{Re}(z)`],
  [tex`\oint f\,dz`, "unsupported"],
  [tex`17\equiv 2\pmod 5`, tex`\text{true}`],
  [tex`\mathcal R_m^\top\mathcal R_n`, tex`\mathcal{R}_{m}^{\top} \mathcal{R}_{n}`],
]);
