// Calls and functions of the code languages, and symbolic answers in those of computer algebra, so that they can stand in their code.
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../core/src/catalogue/index.js";
import type { FormatName } from "../../../core/src/formats/index.js";
import { run } from "../../../core/src/formula/index.js";

const answered = async (language: FormatName, input: string): Promise<string> => {
  const a = await run({ input, language }, { catalogue });
  return a.ok ? (a.text ?? "") : a.error.kind;
};

const rows = (language: FormatName, table: readonly (readonly [input: string, wanted: string])[]) =>
  describe(language, () => {
    it.each(table)("%s is %s", async (input, wanted) => {
      expect(await answered(language, input)).toBe(wanted);
    });
  });

rows("mathematica", [
  ["D[Sin[x]^2 ArcTan[x], x]", "Sin[x]^2/(x^2 + 1) + 2*ArcTan[x]*Cos[x]*Sin[x]"],
  ["D[x^3 y^2, x, {y, 2}]", "6*x^2"],
  ["Integrate[x Exp[x], x]", "E^x*(x - 1)"],
  ["Integrate[Exp[-x^2], {x, -Infinity, Infinity}]", "Sqrt[Pi]"],
  ["NIntegrate[x^2, {x, 0, 1}]", "1/3"],
  ["Sum[1/k^2, {k, 1, Infinity}]", "Pi^2/6"],
  ["Limit[Sin[x]/x, x -> 0]", "1"],
  ["Series[Exp[x], {x, 0, 3}]", "x^3/6 + x^2/2 + x + 1"],
  ["Solve[x^2 == 2, x]", "{{x -> Sqrt[2]}, {x -> -Sqrt[2]}}"],
  ["Expand[(a + b)^2]", "a^2 + 2*a*b + b^2"],
  ["Factor[x^2 - 1]", "(x - 1)*(x + 1)"],
  ["Inverse[{{a, 0}, {0, b}}]", "{{1/a, 0},\n {0, 1/b}}"],
  ["f[x_, y_] := x^2 y; f[a, 2]", "2*a^2"],
  // Only E is a constant.
  ["D[e^2 x, e]", "2*e*x"],
  ["e + x + E", "e + x + E"],
]);

rows("maple", [
  ["int(exp(-x^2), x = -infinity..infinity)", "sqrt(Pi)"],
  ["int(x^2, x = 0..1)", "1/3"],
  ["int(sin(x), x)", "-cos(x)"],
  ["sum(1/k^2, k = 1..infinity)", "Pi^2/6"],
  ["limit(sin(x)/x, x = 0)", "1"],
  ["solve(x^2 = 2, x)", "x = sqrt(2), x = -sqrt(2)"],
  ["g := (x, y) -> x*y: g(2, 3)", "6"],
  ["diff(arctan(x)*alpha^2, x)", "alpha^2/(x^2 + 1)"],
]);

rows("maxima", [
  ["diff(log(x)*%pi, x)", "%pi/x"],
  ["integrate(1/(1 + x^2), x)", "atan(x)"],
  ["f(x) := x^2; f(3)", "9"],
  ["solve(x^2 = 2, x)", "[x = sqrt(2), x = -sqrt(2)]"],
]);

rows("sage", [
  ["diff(asin(x), x)", "1/sqrt(1 - x^2)"],
  ["f(x) = x^2; f(3)", "9"],
  ["solve(x^2 == 2, x)", "[x == sqrt(2), x == -sqrt(2)]"],
]);

rows("julia", [["f(x, y::Int) = x*y; f(2, 3)", "6"]]);

rows("javascript", [
  ["[1, 2, 3].map(x => x * x)", "[1, 4, 9]"],
  ["[1, 2, 3, 4].filter((x) => x > 2)", "[3, 4]"],
  ["[1, 2, 3].reduce((a, b) => a + b, 10)", "16"],
  ["const f = (x, y) => x ** y; f(2, 5)", "32"],
]);

rows("r", [
  ["c(1, 4) |> sqrt() |> sum()", "3"],
  ["3 * c(1, 4) %>% sqrt", "c(3, 6)"],
]);

rows("plain", [
  ["integral of x^2 from 0 to 1", "not-a-formula"],
  ["the derivative of sin(x)", "not-a-formula"],
  ["x^2 if x > 0 else 0", "not-a-formula"],
  ["sqrt(2) * sqrt(8)", "4"],
]);
