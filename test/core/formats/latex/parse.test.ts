import { describe, expect, it } from "vitest";
import type { Expr, NameExpr } from "../../../../core/src/expr/index.js";
import { children } from "../../../../core/src/expr/index.js";
import { latex } from "../../../../core/src/formats/latex.js";
import { read } from "./plain.js";

const names = (...n: string[]) => ({ defined: new Set(n) });
const functions = (...n: string[]) => ({ functions: new Set(n) });

describe("precedence", () => {
  it.each([
    ["1/2x", "(times (divide 1 2) x)"],
    ["-2^2", "(negate (power 2 2))"],
    ["a+bc\\cdot d", "(add a (dot (times b c) d))"],
    ["2^{3^2}", "(power 2 (power 3 2))"],
    ["\\sin 2x + 1", "(add sin((times 2 x)) 1)"],
    ["\\sin a\\cos b", "(times sin(a) cos(b))"],
    ["\\sin^{-1} x", "arcsin(x)"],
    ["\\sin^2 x", "(power sin(x) 2)"],
    ["\\sum_{i=1}^n i + 1", "(add sum{i 1 n}(i) 1)"],
    ["a < b \\le c", "(a < b ≤ c)"],
    ["x + y > 0 \\wedge z > 1", "(and ((add x y) > 0) (z > 1))"],
    ["2\\cdot4\\cdot6\\cdots 10", "(times (times (dot (dot 2 4) 6) dots) 10)"],
    ["3 - -2", "(subtract 3 (negate 2))"],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));

  it("never reorders a product", () => expect(read("B A C^{-1} A")).toBe("(times (times (times B A) (power C (negate 1))) A)"));
});

describe("names and marks", () => {
  it.each([
    ["W_0 x_{k+1}", "(times W_{0} x_{k+1})"],
    ["B_{\\text{base}} + \\lambda_{\\max}", "(add B_{base} \\lambda_{max})"],
    ["\\hat{x}\\mathbf{w}", "(times \\hat{x} \\mathbf{w})"],
    ["A^{\\mathsf T} + A^\\top + A^{\\rm T} + A^{\\text{T}}", "(add (add (add (transpose A) (transpose A)) (transpose A)) (transpose A))"],
    ["A^{-\\top}", "(transpose (power A (negate 1)))"],
    ["C^* x + A^\\dagger + A^H", "(add (add (times (adjoint C) x) (dagger A)) (adjoint A))"],
    ["{}^t\\!A", "(transpose A)"],
    ["x^{(k)} \\cdot x^{\\star}", "(dot x^{(k)} x^{\\star})"],
    ["30^\\circ", "degrees(30)"],
    ["5! + 6!!", "(add (factorial 5) doublefactorial(6))"],
    ["\\overline{3+4i}", "(conjugate (add 3 (times 4 i)))"],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));

  it("reads T as a power when T is a number", () => expect(read("2^T", names("T"))).toBe("(power 2 T)"));
  it("reads an accent or a prime as a name when it is defined", () => {
    expect(read("\\bar{B} x'", names("\\bar{B}", "x'"))).toBe("(times \\bar{B} x')");
    expect(read("\\bar{B}", names("B"))).toBe("(conjugate B)");
  });
  it("offers a subscript as an index", () => {
    const s = latex.parse("A_{i,2}").statements[0] as { body: NameExpr };
    expect(s.body.base).toBe("A");
    expect(s.body.subscript).toHaveLength(2);
  });
});

describe("functions and bars", () => {
  it("applies what is known to be a function and multiplies the rest", () => {
    expect(read("f(x)", functions("f"))).toBe("f(x)");
    expect(read("f(x)")).toBe("(times f x)");
    expect(read("\\operatorname{foo}(x)")).toBe("foo(x)");
    expect(read("f'(3)", functions("f"))).toBe("(prime f)[3]");
  });
  it.each([
    ["p(x|y)", "p((x | y))"],
    ["|a| |b|", "(times norm_abs(a) norm_abs(b))"],
    ["||x||_1", "norm_1(x)"],
    ["\\|A\\|_F^2", "(power norm_F(A) 2)"],
    ["\\log_2 8 + \\lg 5", "(add log_2(8) log_10(5))"],
    ["\\max_{x\\in S} f", "max{x (x ∈ S)}(f)"],
    ["\\min\\{3,9\\}", "min(3, 9)"],
    ["\\operatorname*{arg\\,min}_x x^2", "argmin{x}((power x 2))"],
    ["\\underset{x}{\\arg\\max}\\, x", "argmax{x}(x)"],
    ["\\langle a,b\\rangle", "inner(a, b)"],
    ["\\mathbb{E}_{x\\sim p}[x^2]", "expectation{(x ∼ p)}((power x 2))"],
    ["{n \\choose k}", "binom(n, k)"],
    ["\\mathop{\\text{max}}(2,3)", "max(2, 3)"],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));
});

describe("calculus", () => {
  it.each([
    ["\\frac{d}{dx}\\frac{d}{dx}x^4", "d{x}(d{x}((power x 4)))"],
    ["\\frac{\\partial^2 f}{\\partial x\\partial y}", "partial{x y}(f)"],
    ["\\frac{\\mathrm{d} y}{\\mathrm{d} t}", "d{t}(y)"],
    ["\\left.\\frac{d}{dx}x^3\\right|_{x=2}", "d{x}((power x 3))@x=2"],
    ["\\nabla_w L", "gradient{w}(L)"],
    ["\\int_0^1\\int_0^2 xy\\,dx\\,dy", "integral{y 0 1}(integral{x 0 2}((times x y)))"],
    ["\\int \\frac{3 dz}{z}", "integral{z}((divide 3 z))"],
    ["\\int_0^7 dx", "integral{x 0 7}(1)"],
    ["\\lim_{x\\to 0^+} x", "limit{x 0 +}(x)"],
    ["\\prod_{k=1}^3(x+k)", "product{k 1 3}((add x k))"],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));
});

describe("matrices and environments", () => {
  it.each([
    ["\\left[\\begin{array}{c|c}1&2\\\\\\hline 3&4\\end{array}\\right]", "bmatrix[1, 2; 3, 4]"],
    ["\\begin{bmatrix*}[r]1 & 2 \\\\[2pt] 3 & \\\\ \\end{bmatrix*}", "bmatrix[1, 2; 3, 0]"],
    ["\\pmatrix{1 & 2 \\cr 3 & 4}", "pmatrix[1, 2; 3, 4]"],
    ["\\left|\\begin{array}{cc}1&2\\\\3&4\\end{array}\\right|", "vmatrix[1, 2; 3, 4]"],
    ["[A \\mid b]", "bmatrix[A, b]"],
    ["f = \\begin{cases} x^2 & \\text{if } x>0 \\\\ 0 & \\text{otherwise} \\end{cases}", "f := cases[(power x 2) if (x > 0); 0 if else]"],
    ["\\begin{cases} x + y = 3 \\\\ x - y = 1 \\end{cases}", "((add x y) = 3), ((subtract x y) = 1)"],
    ["A \\xrightarrow{r_2 - 3r_1}", "rowadd(A, 2, 1, (negate 3))"],
    ["A \\xrightarrow{c_1 \\leftrightarrow c_2}", "colswap(A, 1, 2)"],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));

  it("reads a large matrix of numbers into memory", () => {
    const row = Array.from({ length: 25 }, (_, j) => `${j - 3}.25`).join(" & ");
    const s = latex.parse(`\\begin{pmatrix}${Array(20).fill(row).join("\\\\")}\\end{pmatrix}`).statements[0] as { body: Expr };
    expect(s.body.kind).toBe("literal");
    if (s.body.kind === "literal") {
      expect(s.body.value.shape).toEqual([20, 25]);
      expect(s.body.value.data[26]).toBe(-2.25);
    }
  });
});

describe("statements", () => {
  it.each([
    ["f(x, y) = x + y", "f(x, y) := (add x y)"],
    ["x = 3+4 = 7", "x := (add 3 4)"],
    ["\\begin{aligned} x &= 1 \\\\ y &= x + {} \\\\ &\\quad 2 \\\\ z &= y \\end{aligned}", "x := 1 | y := (add x 2) | z := y"],
    ["A, B \\in \\mathbb{R}^{m\\times n}", "A : real^(m, n) | B : real^(m, n)"],
    ["n > 0, x = n", "assume (n > 0) | x := n"],
    ["i = 1, 2, \\ldots, n", "assume (i ∈ {1, 2, dots, n})"],
    ["a = 1 \\quad b = 2", "a := 1 | b := 2"],
    ["$a=1$ and then $b=2$", "a := 1 | b := 2"],
    ["3+4 = ?", "(add 3 4)"],
    ["x \\leftarrow x - 1", "x := (subtract x 1)"],
    ["```math\n1+2\n```", "(add 1 2)"],
    ["\\newcommand{\\R}[1]{#1^2} \\R{x+1}", "(power (add x 1) 2)"],
    ["1,500 + 3\\,000\\,000 + 12{,}345", "(add (add 1500 3000000) 12345)"],
    ["2＋3×（4－1）", "(add 2 (cross 3 (subtract 4 1)))"],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));
});

describe("places", () => {
  it("gives every node a range inside its parent's", () => {
    const check = (e: Expr): void => {
      for (const c of children(e)) {
        expect(c.range[0]).toBeGreaterThanOrEqual(e.range[0]);
        expect(c.range[1]).toBeLessThanOrEqual(e.range[1]);
        check(c);
      }
    };
    for (const text of ["(a+b)^{-1} c", "\\frac{1}{2}\\sum_{i=1}^{n} x_i^2", "\\begin{pmatrix}1&x\\\\2&\\sin y\\end{pmatrix}^\\top A"]) {
      const s = latex.parse(text).statements[0] as { body: Expr };
      expect(s.body.range).toEqual([0, text.length]);
      check(s.body);
    }
  });
  it("uses the macro's call as the place of what it unfolds to", () => {
    const macros = new Map([["\\two", { args: 0, body: "2y" }]]);
    const s = latex.parse("x\\two", { macros }).statements[0] as { body: Expr };
    expect(children(children(s.body)[0] as Expr)[1]?.range).toEqual([1, 5]);
  });
});
