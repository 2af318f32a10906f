// Signs that are read as they stand, and have a value for some operands only: congruence of whole numbers, order of matrices.

import { type ArrayValue, booleanValue, type Expr, fail, type OpaqueExpr, said, type Value } from "../../expr/index.js";
import * as linalg from "../../linalg/index.js";
import type { Context } from "../context.js";
import { entries, isVectorLike, scalarOf, shapeText, toMatrix } from "./array.js";
import { evaluate } from "./dispatch.js";
import { mathematics } from "./linear.js";
import { asArray, binary } from "./operate.js";
import { isReal, isZero, modulo, re, type Scalar, subtract } from "./scalar.js";

type Reading = (e: OpaqueExpr, context: Context) => Value | null;

/** What a sign comes to; null where it is only read. */
export const signValue: Reading = (e, context) => readings[e.what]?.(e, context) ?? null;

/** 17 \equiv 2 \pmod 5 of numbers. */
const congruence: Reading = (e, context) => {
  const [chain, modulus] = e.children;
  if (chain?.kind !== "relation" || !modulus || chain.rest.some((r) => r.op !== "≡")) return null;
  const sides = [chain.first, ...chain.rest.map((r) => r.operand)].map((x) => evaluate(x, context));
  const n = scalarOf(evaluate(modulus, context));
  const numbers = sides.map(scalarOf);
  if (n?.kind !== "rational" || n.num === 0n || numbers.some((x) => x?.kind !== "rational")) return null;
  const first = numbers[0] as Scalar;
  return booleanValue(numbers.every((x) => isZero(modulo(subtract(first, x as Scalar) as typeof n, n))));
};

/**
 * A ≻ B of symmetric matrices: A − B is positive definite; of vectors: entry by entry (Boyd and Vandenberghe 2004, §2.4 and §A.5.2).
 * An eigenvalue within n·eps of the largest is zero.
 */
const loewner =
  (sign: 1 | -1, strict: boolean): Reading =>
  (e, context) => {
    const [left, right] = e.children.map((x) => asArray(evaluate(x as Expr, context)));
    if (!left || !right) return null;
    const zero = scalarOf(right);
    const difference = zero && left.kind === "array" && isZero(zero) ? left : asArray(binary("subtract", left, right, context, e.range));
    if (difference.kind === "symbolic") return null;
    if (difference.kind !== "array" || isVectorLike(difference)) {
      const numbers = difference.kind === "array" ? entries(difference) : [scalarOf(difference)];
      if (!numbers.every((x): x is Scalar => x !== null && isReal(x))) return null;
      return booleanValue(numbers.every((x) => (strict ? sign * re(x) > 0 : sign * re(x) >= 0)));
    }
    return booleanValue(definite(difference, sign, strict, e));
  };

function definite(a: ArrayValue, sign: 1 | -1, strict: boolean, e: OpaqueExpr): boolean {
  const [m, n] = a.shape;
  if (a.shape.length !== 2 || m !== n) return fail("not-square", said`${e.what} compares symmetric matrices, not ${shapeText(a)}`, e.range);
  const matrix = toMatrix(a, e.range);
  if (!linalg.isHermitian(matrix, 1e-12)) return fail("domain", said`${e.what} compares symmetric matrices, and this one is not symmetric`, e.range);
  const values = mathematics(e.range, () => linalg.symmetricEigenvalues(matrix));
  const tiny = (n as number) * Number.EPSILON * values.reduce((x, y) => Math.max(x, Math.abs(y)), 0);
  return values.every((x) => (strict ? sign * x > tiny : sign * x >= -tiny));
}

const readings: Readonly<Record<string, Reading>> = {
  "\\pmod": congruence,
  "\\succ": loewner(1, true),
  "\\succeq": loewner(1, false),
  "\\succcurlyeq": loewner(1, false),
  "\\prec": loewner(-1, true),
  "\\preceq": loewner(-1, false),
  "\\preccurlyeq": loewner(-1, false),
};
