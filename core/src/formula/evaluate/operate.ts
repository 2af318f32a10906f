// One table from operation to computation, for values of every kind.

import {
  type ArrayValue,
  type BinaryOp,
  booleanValue,
  fail,
  type Range,
  type SymbolicValue,
  said,
  type UnaryOp,
  type Value,
} from "../../expr/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { concatenate, conjugateArray, fromScalars, scalarOf, shapeText, transpose } from "./array.js";
import { limits } from "./budget.js";
import { kept } from "./closed.js";
import { isElastic, isZeros, turnedElastic, withElastic } from "./elastic.js";
import { type EntryOperation, elementwise, entryOperations, mapEntries, settleFractions } from "./elementwise.js";
import { carried, flavoured, isList } from "./flavour.js";
import { type IdentityValue, identityOf, isIdentity, sized } from "./identity.js";
import { semanticsOf } from "./language.js";
import { pseudoInverse, rightDivide, solve } from "./linear.js";
import { power } from "./power.js";
import { cross, directSum, dot, kronecker, matmul, multiply, outer } from "./product.js";
import type { Scalar } from "./scalar.js";
import * as scalar from "./scalar.js";
import { gamma } from "./special.js";

type Operation = (left: Value, right: Value, context: Context, range: Range) => Value;

/** A list of numbers counts as a vector. */
export function asArray(v: Value): Value {
  if (v.kind !== "list") return v;
  const scalars = v.items.map(scalarOf);
  return scalars.length > 0 && scalars.every((s) => s !== null) ? fromScalars([scalars.length], scalars as Scalar[]) : v;
}

const isSymbolic = (v: Value): boolean => v.kind === "symbolic" || (v.kind === "list" && v.items.some(isSymbolic));

/** Numbers and arrays entry by entry. */
const entrywise =
  (op: EntryOperation): Operation =>
  (left, right, context, range) => {
    const [s, t] = [left.kind === "array" ? null : scalarOf(left), right.kind === "array" ? null : scalarOf(right)];
    if (s && t) return numeric(op, s, t, context, range);
    const a = left.kind === "array" ? left : s && fromScalars([1], [s]);
    const b = right.kind === "array" ? right : t && fromScalars([1], [t]);
    if (!a || !b) return fail("unsupported", said`cannot ${op.verb} ${shapeText(left)} and ${shapeText(right)}`, range);
    if (
      op === entryOperations.divide &&
      !semanticsOf(context.language).ieee &&
      context.language !== "python" &&
      b.data.some((x, k) => x === 0 && !b.imag?.[k])
    )
      return fail("divide-by-zero", "an entry of the divisor is zero", range);
    return elementwise(op, a, b, context, range);
  };

function numeric(op: EntryOperation, s: Scalar, t: Scalar, context: Context, range: Range): Value {
  if (op === entryOperations.divide) return quotient(s, t, context, range);
  if ((op === entryOperations.mod || op === entryOperations.floordivide) && scalar.isZero(t)) {
    if (semanticsOf(context.language).ieee && op === entryOperations.mod)
      return context.language === "matlab" ? s : { kind: "real", value: Number.NaN };
    return fail("divide-by-zero", "division by zero", range);
  }
  if (op === entryOperations.power) return power(s, t, context, range);
  if ((op === entryOperations.mod || op === entryOperations.floordivide) && !(scalar.isReal(s) && scalar.isReal(t)))
    return fail("domain", "remainders need real numbers", range);
  return op.scalar(s, t);
}

function quotient(s: Scalar, t: Scalar, context: Context, range: Range): Value {
  const rules = semanticsOf(context.language);
  if (scalar.isZero(t)) {
    if (rules.ieee) return scalar.divide({ kind: "real", value: scalar.re(s) }, { kind: "real", value: scalar.re(t) });
    return fail("divide-by-zero", "division by zero", range);
  }
  const q = scalar.divide(s, t);
  return q.kind === "rational" && q.den !== 1n && !rules.fractions ? { kind: "real", value: scalar.re(q) } : q;
}

const plain = (v: Value): boolean => v.kind !== "array" || v.data.length === 1;

/** + and −: equal shapes; a number and a matrix only where the notation broadcasts. */
const additive =
  (op: EntryOperation): Operation =>
  (left, right, context, range) => {
    if (left.kind === "string" && right.kind === "string" && op === entryOperations.add) return { kind: "string", value: left.value + right.value };
    if (isZeros(right) && op !== entryOperations.divide) return left;
    if (isZeros(left)) return op === entryOperations.add ? right : unary("negate", right, context, range);
    if (plain(left) !== plain(right) && !semanticsOf(context.language).scalarPlusMatrix)
      return fail(
        "shape-mismatch",
        said`cannot ${op.verb} ${shapeText(left)} and ${shapeText(right)}`,
        range,
        op === entryOperations.add ? "Write the number times an identity: 3I" : undefined,
      );
    const [a, b] = [scalarOf(left), scalarOf(right)];
    if (a && b && (left.kind !== "array" || right.kind !== "array") && semanticsOf(context.language).collapse) return op.scalar(a, b);
    return entrywise(op)(left, right, context, range);
  };

const divide: Operation = (left, right, context, range) => {
  if (right.kind !== "array" || right.data.length === 1) {
    const t = scalarOf(right);
    if (t && left.kind === "array") {
      if (scalar.isZero(t) && !semanticsOf(context.language).ieee) return fail("divide-by-zero", "division by zero", range);
      return left.exact && t.kind === "rational" && t.num !== 0n
        ? settleFractions(
            mapEntries(left, (s) => scalar.divide(s, t)),
            context,
          )
        : elementwise(entryOperations.divide, left, fromScalars([1], [t]), context, range);
    }
    return entrywise(entryOperations.divide)(left, right, context, range);
  }
  if (context.language === "matlab" || context.language === "julia") return rightDivide(left, right, context, range);
  if (semanticsOf(context.language).broadcast !== "equal") return entrywise(entryOperations.divide)(left, right, context, range);
  return fail("matrix-divisor", said`cannot divide by a matrix (${shapeText(right)})`, range, "Multiply by the inverse: A^{-1}");
};

const leftDivide: Operation = (left, right, context, range) =>
  left.kind === "array" && left.data.length > 1 ? solve(left, right, context, range) : divide(right, left, context, range);

const truth = (v: Value, range: Range): boolean => {
  if (v.kind === "boolean") return v.value;
  const s = scalarOf(v);
  return s ? !scalar.isZero(s) : fail("unsupported", said`${shapeText(v)} is neither true nor false`, range);
};

const logical =
  (f: (a: boolean, b: boolean) => boolean): Operation =>
  (left, right, context, range) => {
    if (left.kind !== "array" && right.kind !== "array") return booleanValue(f(truth(left, range), truth(right, range)));
    const op: EntryOperation = {
      verb: "combine",
      real: (x, y) => (f(x !== 0, y !== 0) ? 1 : 0),
      scalar: (x, y) => scalar.integer(f(!scalar.isZero(x), !scalar.isZero(y)) ? 1 : 0),
    };
    return { ...(entrywise(op)(left, right, context, range) as ArrayValue), element: "boolean" };
  };

const operations: Record<BinaryOp, Operation> = {
  add: additive(entryOperations.add),
  subtract: additive(entryOperations.subtract),
  plusminus: (left, right, context, range) => ({
    kind: "list",
    items: [additive(entryOperations.add)(left, right, context, range), additive(entryOperations.subtract)(left, right, context, range)],
  }),
  multiply,
  cross,
  dot,
  elementwise: entrywise(entryOperations.multiply),
  matmul,
  divide,
  elementdivide: entrywise(entryOperations.divide),
  leftdivide: leftDivide,
  floordivide: entrywise(entryOperations.floordivide),
  mod: entrywise(entryOperations.mod),
  power,
  elementpower: (left, right, context, range) =>
    left.kind !== "array" && right.kind !== "array"
      ? power(left, right, context, range)
      : entrywise(entryOperations.power)(left, right, context, range),
  kronecker,
  directsum: directSum,
  outer,
  and: logical((a, b) => a && b),
  or: logical((a, b) => a || b),
};

const sizes = (v: Value): number | null => (v.kind === "array" && v.shape.length === 2 && v.shape[0] === v.shape[1] ? (v.shape[0] as number) : null);

/** An identity of unknown size meets its partner. */
function withIdentity(op: BinaryOp, left: Value, right: Value, context: Context, range: Range): Value | null {
  const [a, b] = [isIdentity(left) ? left : null, isIdentity(right) ? right : null];
  if (op === "add" || op === "subtract") {
    if (a && b) return identityOf((op === "add" ? scalar.add : scalar.subtract)(a.identity, b.identity), range);
    const other = a ? right : left;
    if (other.kind === "array") {
      const n = sizes(other) ?? fail("not-square", said`an identity next to ${shapeText(other)}`, range);
      return operations[op](a ? sized(a, n) : left, b ? sized(b, n) : right, context, range);
    }
    if (other.kind === "symbolic") return null;
    return fail("identity-size", "the size of the identity I is unknown here", range, "Write I_n with its size");
  }
  if (op === "multiply" || op === "dot" || op === "cross" || op === "matmul") {
    if (a && b) return identityOf(scalar.multiply(a.identity, b.identity), range);
    const own = (a ?? b) as IdentityValue;
    const other = a ? right : left;
    const s = other.kind === "array" ? null : scalarOf(other);
    if (s) return identityOf(scalar.multiply(own.identity, s), range);
    if (other.kind === "array") return multiply(own.identity, other, context, range);
    return null;
  }
  if (op === "divide" && a) {
    const s = scalarOf(right);
    if (s && !scalar.isZero(s)) return identityOf(scalar.divide(a.identity, s), range);
  }
  if (op === "power" && a) {
    const s = scalarOf(right);
    if (s) return identityOf(scalar.power(a.identity, s), range);
  }
  if (op === "power" && b && left.kind === "real" && left.value === Math.E) {
    context.note("I read as the imaginary unit");
    return power(
      left,
      scalar.multiply(b.identity, { kind: "complex", re: 0, im: 1, exact: { re: { num: 0n, den: 1n }, im: { num: 1n, den: 1n } } }),
      context,
      range,
    );
  }
  return a && b ? fail("identity-size", "the size of the identity I is unknown here", range, "Write I_n with its size") : null;
}

/** Python's lists: + joins two of them, and a whole number repeats one. */
function listOperation(op: BinaryOp, a: Value, b: Value, range: Range): Value | null {
  if (op === "add" && isList(a) && isList(b)) return joinedLists([a as ArrayValue, b as ArrayValue], range);
  if (op !== "elementwise" || isList(a) === isList(b)) return null;
  const [items, times] = (isList(a) ? [a, b] : [b, a]) as [ArrayValue, Value];
  const number = times.kind === "array" ? null : scalarOf(times);
  const count = number && scalar.toInteger(number);
  if (count === null) return null;
  if (count * items.data.length > limits.cells) return fail("too-large", said`a list of ${count * items.data.length} items`, range);
  return joinedLists(new Array<ArrayValue>(Math.max(0, count)).fill(items), range);
}

function joinedLists(lists: readonly ArrayValue[], range: Range): Value {
  const filled = lists.filter((x) => x.data.length > 0);
  const [first] = filled;
  if (!first) return { kind: "array", shape: [0], data: new Float64Array(0), flavour: "list" };
  if (filled.some((x) => x.shape.slice(1).join() !== first.shape.slice(1).join()))
    return fail("ragged", said`joined lists of ${filled.map((x) => x.shape.join("×")).join(" and ")} hold items of unequal shapes`, range);
  return flavoured(concatenate(filled, 0), "list");
}

/** left op right. */
export function binary(op: BinaryOp, left: Value, right: Value, context: Context, range: Range): Value {
  if (isIdentity(left) || isIdentity(right)) {
    const known = withIdentity(op, left, right, context, range);
    if (known) return known;
  }
  if (isElastic(left) || isElastic(right)) {
    const asWritten = () => symbolic.symbolicBinary(op, left, right, context, range) as SymbolicValue;
    const known = withElastic(op, left, right, binary, asWritten, context, range);
    if (known) return known;
  }
  if (isSymbolic(left) || isSymbolic(right)) return symbolic.symbolicBinary(op, left, right, context, range);
  const [a, b] = [asArray(left), asArray(right)];
  for (const v of [a, b]) if (v.kind === "function") return fail("unsupported", "arithmetic of functions: apply it to arguments first", range);
  const value = listOperation(op, a, b, range) ?? carried(operations[op](a, b, context, range), [a, b]);
  return op === "power" || op === "elementpower" ? kept(value, [a, b], context, () => symbolic.symbolicBinary(op, a, b, context, range)) : value;
}

const perEntry = (v: Value, f: (s: Scalar) => Scalar, what: string, range: Range): Value => {
  if (v.kind === "array") return mapEntries(v, f);
  const s = scalarOf(v);
  return s ? f(s) : fail("unsupported", said`${what} of ${shapeText(v)}`, range);
};

export function factorial(s: Scalar, range: Range): Scalar {
  const n = scalar.toInteger(s);
  if (n !== null) {
    if (n < 0) return fail("domain", said`${n}! is not defined`, range);
    if (n > limits.factorial) return fail("too-large", said`${n}! has too many digits: the limit is ${limits.factorial}!`, range);
    return scalar.integer(productOfRange(1n, BigInt(n)));
  }
  if (!scalar.isReal(s)) return fail("domain", "the factorial of a complex number", range);
  if (scalar.isInteger(s) || Math.abs(scalar.re(s)) > 1e15) return fail("too-large", said`a factorial beyond ${limits.factorial}!`, range);
  return { kind: "real", value: gamma(scalar.re(s) + 1) };
}

/** from·(from+1)···to by halves, so that the factors stay balanced. */
export function productOfRange(from: bigint, to: bigint): bigint {
  if (from > to) return 1n;
  if (to - from < 8n) {
    let p = from;
    for (let k = from + 1n; k <= to; k++) p *= k;
    return p;
  }
  const middle = (from + to) / 2n;
  return productOfRange(from, middle) * productOfRange(middle + 1n, to);
}

/** op operand. */
export const unary = (op: UnaryOp, value: Value, context: Context, range: Range): Value => carried(unaryOf(op, value, context, range), [value]);

function unaryOf(op: UnaryOp, value: Value, context: Context, range: Range): Value {
  if (isIdentity(value)) {
    if (op === "negate") return identityOf(scalar.negate(value.identity), range);
    if (op === "factorial" || op === "percent" || op === "not") return fail("identity-size", "the size of the identity I is unknown here", range);
    return op === "adjoint" || op === "conjugate" ? identityOf(scalar.conjugate(value.identity), range) : value;
  }
  if (isElastic(value)) {
    const asWritten = () => symbolic.symbolicUnary(op, value, context, range) as SymbolicValue;
    const known = turnedElastic(op, value, binary, asWritten, context, range);
    if (known) return known;
  }
  if (isSymbolic(value)) return symbolic.symbolicUnary(op, value, context, range);
  const v = asArray(value);
  switch (op) {
    case "negate":
      return v.kind === "array" && !v.exact && !v.imag
        ? { kind: "array", shape: v.shape, data: v.data.map((x) => -x) }
        : perEntry(v, scalar.negate, "the negative", range);
    case "plus":
      return v;
    case "not":
      return v.kind === "array"
        ? { ...mapEntries(v, (s) => scalar.integer(scalar.isZero(s) ? 1 : 0)), element: "boolean" }
        : booleanValue(!truth(v, range));
    case "factorial":
      return perEntry(v, (s) => factorial(s, range), "the factorial", range);
    case "percent":
      return perEntry(v, (s) => scalar.divide(s, scalar.integer(100)), "percent", range);
    case "transpose":
    case "prime":
      return v.kind === "array" ? turned(v, context) : perEntry(v, (s) => s, "the transpose", range);
    case "adjoint":
      return v.kind === "array" ? turned(conjugateArray(v), context) : perEntry(v, scalar.conjugate, "the adjoint", range);
    case "conjugate":
      return v.kind === "array" ? conjugateArray(v) : perEntry(v, scalar.conjugate, "the conjugate", range);
    case "dagger": {
      if (context.settings.dagger === "adjoint") {
        context.note("† read as the conjugate transpose");
        return unary("adjoint", v, context, range);
      }
      context.note("† read as the pseudo-inverse");
      if (v.kind !== "array") return unary("adjoint", v, context, range);
      return pseudoInverse(v, context, range);
    }
  }
}

/** NumPy leaves a vector as it is; elsewhere a vector becomes a row. */
const turned = (a: ArrayValue, context: Context): ArrayValue => (a.shape.length === 1 && context.language === "python" ? a : transpose(a));
