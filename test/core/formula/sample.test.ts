import type { FunctionValue, SymbolicValue } from "@scholium/core/expr";
import type { FormatName } from "@scholium/core/formats";
import { realFunction, run } from "@scholium/core/formula";
import { describe, expect, test } from "vitest";

async function sampled(input: string, definitions: string[] = [], language: FormatName = "latex") {
  const answer = await run({ input, language, definitions, printed: false });
  if (!answer.ok) throw new Error(answer.error.message);
  return realFunction(answer.value as FunctionValue | SymbolicValue, language);
}

describe("formulas as functions of real numbers", () => {
  test("a formula with free names takes them in alphabetical order", async () => {
    const f = await sampled("x^2 + a");
    expect([f.names, f.arity]).toEqual([["a", "x"], 0]);
    expect(Array.from(f.at(Float64Array.of(1, 2, 10, 3)))).toEqual([5, 19]);
  });

  test("a function takes its parameters first, and definitions keep their values", async () => {
    const f = await sampled("f(x, y) = x^2 + a y + b", ["b = 5"]);
    expect([f.names, f.arity]).toEqual([["x", "y", "a"], 2]);
    expect(f.at(Float64Array.of(2, 3, 10))[0]).toBe(39);
  });

  test("a function defined elsewhere keeps the scope it was defined in", async () => {
    const f = await sampled("f", ["c = 2", "f(x) = c \\sqrt{x}"]);
    expect(f.names).toEqual(["x"]);
    expect(f.at(Float64Array.of(9))[0]).toBe(6);
  });

  test("a MATLAB function handle can be sampled", async () => {
    const f = await sampled("@(x) x.^2 + b", [], "matlab");
    expect(f.at(Float64Array.of(3, 1))[0]).toBe(10);
  });

  test("where there is no real value there is NaN: roots of negatives, poles", async () => {
    expect((await sampled("\\sqrt{x}")).at(Float64Array.of(-1, 4))).toEqual(Float64Array.of(Number.NaN, 2));
    expect((await sampled("\\frac{1}{x}")).at(Float64Array.of(0, 4))).toEqual(Float64Array.of(Number.NaN, 0.25));
  });

  test("a matrix of names is refused, as only numbers are plotted", async () => {
    const f = await sampled("\\begin{pmatrix} x & 1 \\\\ 1 & x \\end{pmatrix}");
    expect(() => f.at(Float64Array.of(1))).toThrow(/only numbers/);
  });

  test("sampling stops at its time limit", async () => {
    const f = await sampled("\\sin(x) + a");
    let now = 0;
    expect(() => f.at(new Float64Array(20_000), { milliseconds: 5, clock: () => now++ })).toThrow("stopped after");
  });
});
