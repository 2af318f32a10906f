import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { derive } from "../../../../core/src/formula/symbolic/derive.js";
import { factorTerm } from "../../../../core/src/formula/symbolic/factor.js";
import { normal } from "../../../../core/src/formula/symbolic/fraction.js";
import { fromExpr } from "../../../../core/src/formula/symbolic/fromExpr.js";
import { apartTerm, expandTerm } from "../../../../core/src/formula/symbolic/normal.js";
import { complex, evaluate, sameValues } from "../../../../core/src/formula/symbolic/numeric.js";
import { simplifyTerm } from "../../../../core/src/formula/symbolic/simplify.js";
import {
  call,
  divide,
  expTerm,
  half,
  imaginary,
  int,
  isZeroTerm,
  minus,
  namesOf,
  nameTerm,
  one,
  pi,
  power,
  productOf,
  sqrt,
  square,
  sum,
  sumOf,
  type Term,
  times,
  two,
} from "../../../../core/src/formula/symbolic/term.js";
import { toExpr } from "../../../../core/src/formula/symbolic/toExpr.js";

const x = nameTerm("x");
const y = nameTerm("y");

/** Small polynomials in x and y. */
const polynomial = fc
  .array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 4 })
  .map((terms) => sumOf(terms.map(([c, i, j]) => productOf([int(c), power(x, int(i)), power(y, int(j))]))));

/** Smooth expressions that are finite for positive names. */
const smooth: fc.Arbitrary<Term> = fc.letrec<{ t: Term }>((tie) => ({
  t: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Term>(x, y, one, two, pi),
    fc.tuple(tie("t"), tie("t")).map(([a, b]) => sum(a, b)),
    fc.tuple(tie("t"), tie("t")).map(([a, b]) => times(a, b)),
    tie("t").map((a) => call("sin", [a])),
    tie("t").map((a) => call("arctan", [a])),
    tie("t").map((a) => expTerm(call("cos", [a]))),
    tie("t").map((a) => call("ln", [sum(two, square(a))])),
    tie("t").map((a) => sqrt(sum(one, square(a)))),
  ),
})).t;

describe("terms in canonical form", () => {
  test("roots of numbers take their lowest form", () => {
    expect(sqrt(int(8)).id).toBe(times(two, sqrt(two)).id);
    expect(times(sqrt(two), sqrt(int(6))).id).toBe(times(two, sqrt(int(3))).id);
    expect(power(int(16), divide(one, int(4))).id).toBe("2");
  });

  test("the sine of a third of π and e to the iπ are exact", () => {
    expect(call("sin", [divide(pi, int(3))]).id).toBe(times(half, sqrt(int(3))).id);
    expect(expTerm(times(imaginary, pi)).id).toBe("-1");
  });

  test("a term read back from its printed expression is the same term", () => {
    fc.assert(fc.property(smooth, (t) => fromExpr(toExpr(t)).id === t.id || sameValues(fromExpr(toExpr(t)), t, namesOf(t)) !== false));
  });

  test("the normal form of a difference of equal polynomials is zero", () => {
    fc.assert(fc.property(polynomial, polynomial, (p, q) => isZeroTerm(normal(minus(times(p, q), expandTerm(times(q, p)))))));
  });
});

describe("factor and expand", () => {
  test("expanding the factors of a product gives the product back", () => {
    fc.assert(
      fc.property(polynomial, polynomial, (p, q) => {
        const product = expandTerm(times(p, q));
        return expandTerm(factorTerm(product)).id === product.id;
      }),
      { numRuns: 60 },
    );
  });

  test("the twelfth cyclotomic factors of x^12 − 1 are all found", () => {
    const f = factorTerm(minus(power(x, int(12)), one));
    expect(f.k === "product" && f.factors.length).toBe(6);
  });

  test("partial fractions add up to the quotient", () => {
    const q = divide(sum(one, x), times(square(minus(x, one)), sum(square(x), one)));
    const parts = apartTerm(q, x);
    expect(parts.k).toBe("sum");
    expect(isZeroTerm(normal(minus(parts, q)))).toBe(true);
  });
});

test("a derivative agrees with finite differences", () => {
  fc.assert(
    fc.property(smooth, fc.double({ min: 0.3, max: 1.2, noNaN: true }), (t, at) => {
      const value = (v: number) =>
        evaluate(
          t,
          new Map([
            ["x", complex(v)],
            ["y", complex(0.7)],
          ]),
        ).re;
      const h = 1e-5;
      const numeric = (value(at + h) - value(at - h)) / (2 * h);
      const exact = evaluate(
        derive(t, "x"),
        new Map([
          ["x", complex(at)],
          ["y", complex(0.7)],
        ]),
      ).re;
      fc.pre(Number.isFinite(numeric) && Math.abs(numeric) < 1e4);
      // Wild expressions change faster than the step.
      const second = Math.abs(value(at + h) - 2 * value(at) + value(at - h)) / (h * h);
      fc.pre(second < 1e4);
      return Math.abs(numeric - exact) <= 1e-4 * Math.max(1, Math.abs(exact));
    }),
  );
});

test("a simplified expression has the values of the original", () => {
  fc.assert(
    fc.property(smooth, (t) => sameValues(t, simplifyTerm(t), namesOf(t), 5, 1e-7, true) !== false),
    { numRuns: 25 },
  );
});
