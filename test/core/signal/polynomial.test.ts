import { describe, expect, it } from "vitest";
import {
  addPolynomials,
  differentiatePolynomial,
  dividePolynomials,
  evaluatePolynomial,
  evaluatePolynomialComplex,
  multiplyPolynomials,
  polynomialFromRoots,
  polynomialRoots,
} from "../../../core/src/signal/index.js";

const sorted = (r: { re: Float64Array; im: Float64Array }) =>
  Array.from(r.re, (x, i) => [x, r.im[i]] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]);

describe("polynomials, highest power first", () => {
  it("evaluate by Horner's rule at real and complex points", () => {
    expect(evaluatePolynomial([2, -3, 1], 4)).toBe(21);
    expect(evaluatePolynomial([], 4)).toBe(0);
    expect(evaluatePolynomialComplex([1, 0, 1], { re: 0, im: 1 })).toEqual({ re: 0, im: 0 });
  });

  it("multiply, add, divide with remainder and differentiate", () => {
    expect([...multiplyPolynomials([1, 2], [1, -2])]).toEqual([1, 0, -4]);
    expect([...addPolynomials([1, 0, 0], [5])]).toEqual([1, 0, 5]);
    const { quotient, remainder } = dividePolynomials([1, 0, -4, 7], [1, -2]);
    expect([...quotient]).toEqual([1, 2, 0]);
    expect([...remainder]).toEqual([7]);
    expect([...differentiatePolynomial([3, 0, 2, 9])]).toEqual([9, 0, 2]);
    expect(() => dividePolynomials([1], [0])).toThrow("leading coefficient");
  });

  it("give back the roots they were made from", () => {
    const roots = [-3, -1.5, 0.25, 1, 2, 10];
    const found = sorted(polynomialRoots(polynomialFromRoots(roots)));
    found.forEach(([re, im], i) => {
      expect(Math.abs(re - roots[i])).toBeLessThan(1e-10);
      expect(im).toBe(0);
    });
  });

  it("have conjugate complex roots, exact zero roots, and fewer roots after leading zeros", () => {
    expect(sorted(polynomialRoots([1, 0, 1]))).toEqual([
      [expect.closeTo(0, 15), -1],
      [expect.closeTo(0, 15), 1],
    ]);
    expect(sorted(polynomialRoots([0, 0, 1, -2, 0, 0]))).toEqual([
      [0, 0],
      [0, 0],
      [2, 0],
    ]);
    expect(polynomialRoots([5]).re.length).toBe(0);
  });

  it("of every coefficient zero or not finite have no list of roots", () => {
    expect(() => polynomialRoots([0, 0])).toThrow("every number is a root");
    expect(() => polynomialRoots([1, Number.NaN])).toThrow("coefficient 2 of the polynomial is NaN");
  });
});
