// Polynomials by their coefficients, the highest power first.

import { type ArrayValue, fail, said, type Value } from "../../../expr/index.js";
import { entries, fromScalars, isVectorLike, shapeText } from "../array.js";
import type { FormulaFunction } from "../function.js";
import { characteristicPolynomial, eigenvalues } from "../linear.js";
import * as s from "../scalar.js";

/** Longest list of coefficients: roots are eigenvalues of the companion matrix. */
const maxDegree = 500;

const vector = (v: Value | undefined): ArrayValue | null => (v?.kind === "array" && isVectorLike(v) ? v : null);

export const polynomialFunctions: readonly FormulaFunction[] = [
  {
    name: "roots",
    arity: [1, 1],
    apply: ([v], _named, call, context) => {
      const given = vector(v) ?? fail("unsupported", said`roots of ${shapeText(v as Value)}`, call.range);
      const all = entries(given);
      const first = all.findIndex((x) => !s.isZero(x));
      if (first < 0) return fromScalars([0], []);
      let last = all.length;
      while (s.isZero(all[last - 1] as s.Scalar)) last--;
      const c = all.slice(first, last);
      const n = c.length - 1;
      if (n > maxDegree) return fail("too-large", said`a polynomial of degree ${n}`, call.range);
      const zeros: s.Scalar[] = new Array(all.length - last).fill(s.zero);
      const companion = Array.from({ length: n * n }, (_, k): s.Scalar => {
        const [i, j] = [Math.floor(k / n), k % n];
        return i === 0 ? s.negate(s.divide(c[j + 1] as s.Scalar, c[0] as s.Scalar)) : s.integer(i === j + 1 ? 1 : 0);
      });
      const found = n === 0 ? [] : [...eigenvalues(fromScalars([n, n], companion), context, call.range)];
      found.sort((x, y) => Math.hypot(s.re(y), s.im(y)) - Math.hypot(s.re(x), s.im(x)) || s.re(y) - s.re(x));
      const values = [...found, ...zeros];
      return fromScalars(context.language === "matlab" ? [values.length, 1] : [values.length], values);
    },
  },
  {
    // poly(A): the characteristic polynomial; poly(r): the polynomial with these roots.
    name: "poly",
    arity: [1, 1],
    apply: ([v], _named, call, context) => {
      const roots = vector(v);
      const c = roots
        ? entries(roots).reduce<s.Scalar[]>(
            (p, r) => Array.from({ length: p.length + 1 }, (_, k) => s.subtract(p[k] ?? s.zero, s.multiply(r, p[k - 1] ?? s.zero))),
            [s.one],
          )
        : characteristicPolynomial(v as Value, context, call.range);
      return fromScalars(context.language === "matlab" ? [1, c.length] : [c.length], c);
    },
  },
];
