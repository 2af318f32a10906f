// What stands behind a formula says what its names are; what a bound variable runs over.
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../core/src/catalogue/index.js";
import { run } from "../../../core/src/formula/index.js";

const tex = String.raw;

const shown = async (input: string, definitions: readonly string[] = [], language: "latex" | "python" = "latex"): Promise<string> => {
  const a = await run({ input, language, definitions }, { catalogue });
  return a.ok ? (a.text ?? "").replace(/\\left(?![a-z])|\\right(?![a-z])/g, "").replace(/\s+/g, " ") : a.error.kind;
};

describe("definitions behind a formula are given to it", () => {
  it.each([
    [tex`1-\beta^t,\ \beta=\frac12,\ t=3`, tex`\frac{7}{8}`],
    [tex`1-\beta^t \text{ where } \beta=\frac12, t=3`, tex`\frac{7}{8}`],
    [tex`\frac1n\sum_{i=1}^n x_i, \quad x=(1,2,3,4), \quad n=4`, tex`\frac{5}{2}`],
    [tex`\operatorname{tr}(A^\top A),\quad A=\begin{pmatrix}3&7\\0&4\end{pmatrix}`, "74"],
    ["y = ax+b, a=2, b=3", "2 x + 3"],
    // One after the other: a is given by b.
    ["2a, a=b+1, b=3", "8"],
    ["x^2=4, x=2", tex`\text{true}`],
    ["x+y=3, x=1", "y = 2"],
    // A function at the place that is given; with only a parameter of it given it stays a function.
    ["f(x)=x^2+1, x=3", "10"],
    ["f(x)=ax, a=3", tex`x \mapsto a x`],
    // What is defined before it is used, or not used at all, is a value of its own.
    ["a=2, a+1", tex`\{2, 3\}`],
    ["a=2, b=3", tex`\{2, 3\}`],
    ["c^2, a=2", tex`\{c^{2}, 2\}`],
    ["x=1, y=x, x=2", tex`\{1, 1, 2\}`],
  ])("%s is %s", async (input, wanted) => {
    expect(await shown(input)).toBe(wanted);
  });

  it("also for formulas further down, and over a value from above", async () => {
    expect(await shown("y(1)", ["y(x) = ax, a = 5"])).toBe("5");
    expect(await shown("y", ["y = ax, a = 5"])).toBe("5 x");
    expect(await shown("2a, a=7", ["a=1"])).toBe("14");
  });

  it("not in code, which is read in its order", async () => {
    expect(await shown("a = 1\nb = a\na = 2", [], "python")).toBe("2");
  });
});

describe("an extremum or a limit goes before a whole sum where its variable comes again", () => {
  it.each([
    [tex`\min_x x^2-4x`, "-4"],
    [tex`\arg\min_x x^2-4x+7`, "2"],
    [tex`\max_x -x^2+2x`, "1"],
    [tex`\lim_{x\to 0} x^2-4x+3`, "3"],
    [tex`5 + \lim_{n\to\infty} \frac1n + \frac{n}{n+1}`, "6"],
    // Nothing comes again, or it is bound by another operator, or stands behind the end of the sum.
    [tex`\lim_{x\to 0} \frac{\sin x}{x} + 3`, "4"],
    [tex`\max_i x_i - \min_i x_i, x=(1,5,3)`, "4"],
    [tex`(\lim_{x\to 2} x^2) + x`, "x + 4"],
    [tex`\lim_{x\to 2} x^2, 3 + x`, tex`\{4, x + 3\}`],
    [tex`\sum_{k=1}^3 k + 1`, "7"],
  ])("%s is %s", async (input, wanted) => {
    expect(await shown(input)).toBe(wanted);
  });
});

describe("what notes say of ranges, chances and growth", () => {
  it.each([
    [tex`0.5 \in [0,1]`, [], tex`\text{true}`],
    [tex`1 \in (0,1)`, [], tex`\text{false}`],
    [tex`1 \notin (0,1)`, [], tex`\text{true}`],
    [tex`x \in (0,1]`, [], tex`0 < x \leq 1`],
    [tex`2 \in \{1,2,3\}`, [], tex`\text{true}`],
    // An index gets no value by its range.
    [tex`i = 1, \dots, n`, [], "empty"],
    ["x_2 + i", ["x_k = k^2", tex`i = 1, \dots, n`], "4 + i"],
    // The chance of one event is not that of every event.
    [tex`\frac{P(B\mid A)P(A)}{P(B)}`, ["P(A) = 0.01", tex`P(B \mid A) = 0.9`, "P(B) = 0.05"], tex`\frac{P(A) P(B \mid A)}{P(B)}`],
    ["P(2)", ["P(x) = x^2"], "4"],
    [tex`O(n \log n)`, ["n = 8"], "unknown-function"],
    [tex`92.3 \pm 0.4\%`, [], tex`\{\frac{927}{1000}, \frac{919}{1000}\}`],
  ] as const)("%s with %s is %s", async (input, definitions, wanted) => {
    expect(await shown(input, definitions)).toBe(wanted);
  });
});

describe("an integrand that is 0/0 at a bound", () => {
  it("is integrated all the same", async () => {
    expect(Number(await shown(tex`\int_0^1 \frac{\ln x}{1-x}\,dx`))).toBeCloseTo(-(Math.PI ** 2) / 6, 10);
    expect(Number(await shown(tex`\int_0^1 \frac{\sin x}{x}\,dx`))).toBeCloseTo(0.946083070367183, 12);
  });
});
