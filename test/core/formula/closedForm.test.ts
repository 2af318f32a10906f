// Closed forms as numbers, solutions in their order, questions about identities.

import { describe, expect, it } from "vitest";
import { closedForm, exactText, run } from "../../../core/src/formula/index.js";

const answer = async (input: string, command: "evaluate" | "solve" | "equivalent" = "evaluate", more = {}) => {
  const a = await run({ input, language: "latex", command, ...more });
  if (!a.ok) throw new Error(a.error.message);
  return a;
};

describe("closedForm", () => {
  it("gives the number of a form without free names", async () => {
    const { value } = await answer("\\int_0^2 e^{-x^2}dx");
    expect(closedForm(value)).toMatchObject({ kind: "real", value: expect.closeTo((Math.sqrt(Math.PI) * 0.995322265) / 2, 8) });
  });

  it("is nothing for products of matrix symbols, although as numbers they would cancel", async () => {
    const { value } = await answer("AB-BA", "evaluate", { definitions: ["A,B \\in \\mathbb{R}^{n\\times n}"] });
    expect(closedForm(value)).toBeNull();
  });
});

describe("solutions", () => {
  it("come as a quadratic formula says them: plus before minus", async () => {
    expect(exactText((await answer("x^2=3", "solve")).value)).toEqual(["sqrt(3)", "-sqrt(3)"]);
    expect(exactText((await answer("x^2-x-1=0", "solve")).value)).toEqual(["1/2 + sqrt(5)/2", "1/2 - sqrt(5)/2"]);
  });

  it("put fractions before surds and keep them ascending", async () => {
    expect(exactText((await answer("x^3-3x^2+2=0", "solve")).value)).toEqual(["1", "1 - sqrt(3)", "1 + sqrt(3)"]);
  });

  it("of A X = B with a capital X are a matrix", async () => {
    const definitions = ["A=\\begin{pmatrix}2&1\\\\1&3\\end{pmatrix}", "B=\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}"];
    expect(exactText((await answer("AX=B", "solve", { definitions })).value)).toEqual([
      ["0", "2/5"],
      ["1", "6/5"],
    ]);
  });
});

describe("equivalent", () => {
  it("holds between identities of unknown size", async () => {
    expect((await answer("I", "equivalent", { params: { to: "I" } })).value).toMatchObject({ kind: "boolean", value: true });
  });

  it("does not take a commutator for zero", async () => {
    const definitions = ["A,B \\in \\mathbb{R}^{n\\times n}"];
    expect((await answer("AB-BA", "equivalent", { definitions, params: { to: "0" } })).value).toMatchObject({ value: false });
  });
});

describe("the exact reading beside a rounded value", () => {
  const ask = async (input: string, command?: "eigenvalues" | "simplify", definitions: readonly string[] = []) => {
    const a = await run({ input, language: "latex", definitions, ...(command && { command }) });
    if (!a.ok) throw new Error(a.error.message);
    return { value: exactText(a.value), exact: a.exact && exactText(a.exact) };
  };

  it.each([
    ["\\sqrt2\\sqrt8", "4"],
    ["\\sin(\\pi/6)", "1/2"],
    ["\\det\\begin{pmatrix}\\sqrt2&1\\\\1&\\sqrt8\\end{pmatrix}", "3"],
    ["|\\sqrt2+\\sqrt3 i|^2", "5"],
    ["\\ln e^3", "3"],
  ])("gives %s as the fraction %s", async (input, value) => {
    expect(await ask(input)).toEqual({ value, exact: undefined });
  });

  it.each([
    ["\\sqrt{12}", "2*sqrt(3)"],
    ["|1+2i|", "sqrt(5)"],
    ["\\left(\\frac{1+\\sqrt5}2\\right)^{10}", "123/2 + 55*sqrt(5)/2"],
    ["e^{i\\pi/3}", "1/2 + sqrt(3)*I/2"],
  ])("keeps the decimals of %s and tells %s", async (input, exact) => {
    expect(await ask(input)).toEqual({ value: undefined, exact });
  });

  it("follows definitions", async () => {
    expect((await ask("a^2+b", undefined, ["a=\\sqrt2", "b=\\sqrt8/\\sqrt2"])).value).toBe("4");
  });

  it("tells eigenvalues that are quadratic irrationals, in the order of their decimals", async () => {
    const tridiagonal = "\\begin{pmatrix}2&-1&0\\\\-1&2&-1\\\\0&-1&2\\end{pmatrix}";
    expect((await ask(tridiagonal, "eigenvalues")).exact).toEqual(["2 - sqrt(2)", "2", "2 + sqrt(2)"]);
  });

  it("stays with decimals for cubic eigenvalues and long sums of roots", async () => {
    expect((await ask("\\begin{pmatrix}1&2&3\\\\4&5&6\\\\7&8&10\\end{pmatrix}", "eigenvalues")).exact).toBeUndefined();
    expect((await ask("\\sum_{k=1}^{1000}\\sqrt k")).exact).toBeUndefined();
  });

  it("is the answer itself of simplify", async () => {
    expect((await ask("\\sqrt{12}", "simplify")).value).toBe("2*sqrt(3)");
  });
});
