import { describe, expect, it } from "vitest";
import { run } from "../../../../core/src/formula/index.js";

const tex = String.raw;
const shown = async (input: string, definitions: readonly string[] = []) => {
  const a = await run({ input, language: "latex", definitions });
  return a.ok ? a.text : `${a.error.kind}: ${a.error.message}`;
};

describe("a name that the index of a sum runs through", () => {
  it("is another unknown for each index: the sum stays as it stands", async () => {
    expect(await shown(tex`\frac{1}{N}\sum_{i=1}^N (y_i - \hat y_i)^2`)).toBe(tex`\frac{\sum_{i = 1}^{N} \left(y_{i} - \hat{y}_{i}\right)^{2}}{N}`);
    expect(await shown(tex`\prod_{i=1}^n p_i`)).toBe(tex`\prod_{i = 1}^{n} p_{i}`);
    expect(await shown(tex`\sum_{i=1}^n a_{ij}`)).toBe(tex`\sum_{i = 1}^{n} a_{ij}`);
    expect(await shown(tex`\sum_{i=1}^n x^{(i)}`)).toBe(tex`\sum_{i = 1}^{n} x^{(i)}`);
    expect(await shown(tex`\sum_{i=1}^{100000} x_i`)).toBe(tex`\sum_{i = 1}^{100000} x_{i}`);
    expect(await shown(tex`\lim_{n\to\infty} a_n`)).toBe(tex`\lim_{n \to \infty} a_{n}`);
  });
  it("takes each index when the sum is written out", async () => {
    expect(await shown(tex`\sum_{i=1}^3 x_i`)).toBe("x_{1} + x_{2} + x_{3}");
    expect(await shown(tex`\sum_{i=1}^2 x_i y_{i+1}`)).toBe("x_{1} y_{2} + x_{2} y_{3}");
    expect(await shown(tex`\sum_{i=1}^2\sum_{j=1}^2 a_{ij}`)).toBe("a_{11} + a_{12} + a_{21} + a_{22}");
    expect(await shown(tex`\sum_{i=1}^2 x^{(i)}`)).toBe("x^{(1)} + x^{(2)}");
  });
  it("is an entry where the base is defined, and a defined name where that is", async () => {
    expect(await shown(tex`\sum_{i=1}^3 x_i^2`, ["x = (1, 2, 3)"])).toBe("14");
    expect(await shown(tex`\sum_{i=1}^2 x_i`, ["x_1 = 5"])).toBe("x_{2} + 5");
  });
  it("is no index where the subscript is a word or another letter", async () => {
    expect(await shown(tex`\sum_{i=1}^3 x_{min}`)).toBe("3 x_{min}");
    expect(await shown(tex`\sum_{i=1}^n c_k`)).toBe("c_{k} n");
    expect(await shown(tex`\sum_{k=1}^{3} k d_{max}`)).toBe("6 d_{max}");
  });
});

describe("a function letter that nothing defines", () => {
  it("is applied to the brackets behind it", async () => {
    expect(await shown("f(2)")).toBe(tex`f\left(2\right)`);
    expect(await shown("2f(x)g(x)")).toBe(tex`2 f\left(x\right) g\left(x\right)`);
    expect(await shown(tex`\mathcal{L}(\theta)`)).toBe(tex`\mathcal{L}\left(\theta\right)`);
    expect(await shown("f(2)^2")).toBe(tex`f\left(2\right)^{2}`);
    expect(await shown(tex`\sum_{i=1}^3 f(i)`)).toBe(tex`f\left(1\right) + f\left(2\right) + f\left(3\right)`);
    expect(await shown(tex`\sum_{i=1}^n f(i)`)).toBe(tex`\sum_{i = 1}^{n} f\left(i\right)`);
  });
  it("keeps its derivative and its integral", async () => {
    expect(await shown("f(2x)")).toBe(tex`f\left(2 x\right)`);
    expect(await shown("f'(x)")).toBe(tex`f'\left(x\right)`);
    expect(await shown(tex`\int_0^1 x f(x)\,dx`)).toBe(tex`\int_{0}^{1} x f\left(x\right)\,dx`);
    expect(await shown(tex`\theta - \eta\nabla_\theta\mathcal{L}(\theta)`)).toBe(
      tex`\theta - \eta \left(\nabla_{\theta} \mathcal{L}\left(\theta\right)\right)`,
    );
    expect(await shown(tex`\frac{\partial L}{\partial w}`)).toBe(tex`\frac{\partial L}{\partial w}`);
    expect(await shown(tex`\nabla f`)).toBe(tex`\nabla f`);
    expect(await shown(tex`\frac{d}{dx} f(x)^2`)).toBe(tex`2 f\left(x\right) \frac{\partial f\left(x\right)}{\partial x}`);
  });
  it("is a factor without brackets and where it has a value, and other letters stay factors", async () => {
    expect(await shown("f x")).toBe("f x");
    expect(await shown("f(2)", ["f = 3"])).toBe("6");
    expect(await shown("f(3)^2", ["f(t) = t + 1"])).toBe("16");
    expect(await shown("x(x+1)")).toBe(tex`x \left(x + 1\right)`);
  });
});

describe("a closed form", () => {
  it("keeps the constants of a formula with free names, and takes one sign for a difference and its negative", async () => {
    expect(await shown(tex`\frac{1}{\sqrt{2\pi}\sigma} e^{-\frac{(x-\mu)^2}{2\sigma^2}}`)).toBe(
      tex`\frac{\sqrt{2} e^{-\frac{\left(x - \mu\right)^{2}}{2 \sigma^{2}}}}{2 \sqrt{\pi} \sigma}`,
    );
    expect(await shown(tex`\frac{1}{a-b}+\frac{1}{b-a}`)).toBe("0");
    expect(await shown(tex`\frac{1}{1-x}`)).toBe(tex`\frac{1}{1 - x}`);
    expect(await shown(tex`\begin{pmatrix}a&b\\c&d\end{pmatrix}^{-1}`)).toContain(tex`\frac{d}{a d - b c} & -\frac{b}{a d - b c}`);
  });
  it("is printed without stars and empty braces", async () => {
    expect(await shown(tex`\sum_{k=1}^n k^2`)).toBe(tex`\frac{n \left(n + 1\right) \left(2 n + 1\right)}{6}`);
  });
});
