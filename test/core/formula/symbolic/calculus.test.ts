import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { antiderivative, isAntiderivative } from "../../../../core/src/formula/symbolic/integrate.js";
import { limitTerm } from "../../../../core/src/formula/symbolic/limit.js";
import { complex, evaluate, valueOf } from "../../../../core/src/formula/symbolic/numeric.js";
import { integrateNumerically } from "../../../../core/src/formula/symbolic/quadrature.js";
import { numericRoots, rootsOfPolynomial } from "../../../../core/src/formula/symbolic/roots.js";
import { taylorTerm } from "../../../../core/src/formula/symbolic/series.js";
import { solveTerm } from "../../../../core/src/formula/symbolic/solve.js";
import {
  call,
  divide,
  e,
  expTerm,
  infinity,
  int,
  minus,
  nameTerm,
  negate,
  one,
  power,
  sqrt,
  square,
  sum,
  sumOf,
  type Term,
  times,
  zero,
} from "../../../../core/src/formula/symbolic/term.js";

const x = nameTerm("x");
const sin = (t: Term) => call("sin", [t]);
const cos = (t: Term) => call("cos", [t]);
const polynomial = (...c: number[]): Term => sumOf(c.map((a, k) => times(int(a), power(x, int(k)))));

describe("antiderivatives", () => {
  test.each([
    ["x sin x", times(x, sin(x))],
    ["x³ e^{-x}", times(power(x, int(3)), expTerm(negate(x)))],
    ["1/(x³ + 1)", power(polynomial(1, 0, 0, 1), int(-1))],
    ["sin³x cos²x", times(power(sin(x), int(3)), square(cos(x)))],
    ["1/(1 + sin x)", power(sum(one, sin(x)), int(-1))],
    ["√(1 − x²)", sqrt(minus(one, square(x)))],
    ["e^{√x}", expTerm(sqrt(x))],
    ["tan³x", power(call("tan", [x]), int(3))],
  ])("the derivative of the antiderivative of %s is the integrand", (_, t) => {
    const F = antiderivative(t as Term, "x");
    expect(F).not.toBeNull();
    expect(isAntiderivative(F as Term, t as Term, "x")).toBe(true);
  });

  test("every quotient with linear factors is integrated", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 3 }), fc.integer({ min: -3, max: 3 }), (roots, c) => {
        const t = divide(
          sum(x, int(c)),
          roots.map((r) => minus(x, int(r))).reduce((a, b) => times(a, b)),
        );
        return antiderivative(t, "x") !== null;
      }),
      { numRuns: 40 },
    );
  });

  test("quadrature forgives endpoint singularities and finds the Gaussian integral", () => {
    expect(integrateNumerically((v) => 1 / Math.sqrt(v), 0, 1).value).toBeCloseTo(2, 10);
    expect(integrateNumerically((v) => Math.exp(-v * v), Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).value).toBeCloseTo(
      Math.sqrt(Math.PI),
      12,
    );
  });
});

describe("limits", () => {
  test.each([
    ["sin x/x at 0", divide(sin(x), x), zero, one],
    ["√(x² + x) − x at infinity", minus(sqrt(sum(square(x), x)), x), infinity, divide(one, int(2))],
    ["(1 + 1/x)^x at infinity", power(sum(one, power(x, int(-1))), x), infinity, e],
    ["x^5 e^{-x} at infinity", times(power(x, int(5)), expTerm(negate(x))), infinity, zero],
    ["x sin(1/x) at 0", times(x, sin(power(x, int(-1)))), zero, zero],
  ])("%s is found", (_, t, point, expected) => {
    expect(limitTerm(t as Term, "x", point as Term)?.id).toBe((expected as Term).id);
  });

  test("a limit whose sides differ does not exist", () => {
    expect(limitTerm(power(x, int(-1)), "x", zero)).toBeNull();
    expect(limitTerm(sin(x), "x", infinity)).toBeNull();
  });
});

test("a Taylor polynomial meets the function near its point", () => {
  const t = expTerm(sin(x));
  const p = taylorTerm(t, "x", zero, 8);
  const at = new Map([["x", complex(0.1)]]);
  expect(evaluate(p, at).re).toBeCloseTo(evaluate(t, at).re, 8);
});

describe("equations", () => {
  test("the roots of a polynomial satisfy it and are as many as its degree", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 2, maxLength: 6 }), (c) => {
        fc.pre(c[c.length - 1] !== 0);
        const roots = rootsOfPolynomial(c.map(int));
        if (roots?.length !== c.length - 1) return false;
        return roots.every((r) => {
          const z = evaluate(polynomial(...c), new Map([["x", valueOf(r)]]));
          return Math.hypot(z.re, z.im) < 1e-5;
        });
      }),
    );
  });

  test("numeric roots of a real polynomial come in conjugate pairs", () => {
    const roots = numericRoots([-1, -1, 0, 0, 0, 1].map((v) => complex(v)));
    expect(Math.abs(roots.reduce((s, z) => s + z.im, 0))).toBeLessThan(1e-10);
  });

  test("false roots of a squared equation are dropped", () => {
    const s = solveTerm(minus(sqrt(sum(x, one)), minus(x, one)), "x");
    expect(s?.values.map((v) => v.id)).toEqual(["3"]);
  });

  test("an equation in e^x is solved through its logarithm", () => {
    const s = solveTerm(sum(expTerm(times(int(2), x)), times(int(-3), expTerm(x)), int(2)), "x");
    expect(s?.values.map((v) => v.id)).toEqual(["0", call("ln", [int(2)]).id]);
  });
});
