// The characteristic polynomial det(λI − A) in λ, or in the variable asked for.

import type { Expr, Range, Value } from "../../expr/index.js";
import { characteristicPolynomial } from "../evaluate/linear.js";
import { asArray } from "../evaluate/operate.js";
import { isZero, re, type Scalar } from "../evaluate/scalar.js";
import { settle, symbolicCall } from "../symbolic/index.js";
import type { FormulaCommand } from "./command.js";

const number = (s: Scalar, range: Range): Expr => {
  if (s.kind === "complex")
    return {
      kind: "binary",
      op: "add",
      left: { kind: "number", value: s.re, range },
      right: { kind: "number", value: s.im, imaginary: true, range },
      range,
    };
  return { kind: "number", value: re(s), ...(s.kind === "rational" && { exact: { num: s.num, den: s.den } }), range };
};

/** Σ cₖ xⁿ⁻ᵏ, zero terms left out. */
export function polynomial(coefficients: readonly Scalar[], variable: string, range: Range): Expr {
  const degree = coefficients.length - 1;
  const x: Expr = { kind: "name", name: variable, range };
  const terms = coefficients.flatMap((c, k): Expr[] => {
    if (isZero(c)) return [];
    const n = degree - k;
    const power: Expr =
      n === 1 ? x : { kind: "binary", op: "power", left: x, right: { kind: "number", value: n, exact: { num: BigInt(n), den: 1n }, range }, range };
    return [n === 0 ? number(c, range) : { kind: "binary", op: "multiply", left: number(c, range), right: power, implicit: true, range }];
  });
  return (
    terms.reduce<Expr | null>((sum, t) => (sum ? { kind: "binary", op: "add", left: sum, right: t, range } : t), null) ??
    number({ kind: "rational", num: 0n, den: 1n }, range)
  );
}

export const charpoly: FormulaCommand = {
  name: "charpoly",
  run(value, params, context, range): Value {
    const variable = typeof params["variable"] === "string" ? params["variable"] : "\\lambda";
    if (value.kind === "symbolic") return symbolicCall("charpoly", [value], {}, context, range);
    return settle({ kind: "symbolic", expr: polynomial(characteristicPolynomial(asArray(value), context, range), variable, range) }, context);
  },
};
