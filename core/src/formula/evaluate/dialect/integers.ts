// Whole numbers bit by bit, and quotients with their remainders.

import { booleanValue, type CallExpr, fail, said, type Value } from "../../../expr/index.js";
import { fromScalars, scalarOf } from "../array.js";
import { type EntryOperation, elementwise, entryOperations, mapEntries } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";

const bitsOf = (x: s.Scalar, call: CallExpr): bigint =>
  x.kind === "rational" && x.den === 1n
    ? x.num
    : s.isInteger(x) && Number.isSafeInteger(s.re(x))
      ? BigInt(s.re(x))
      : fail("domain", said`${call.name} works on whole numbers`, call.range);

/** Two whole numbers, or arrays of them, combined bit by bit; truth values stay truth values. */
function bitwise(name: string, aliases: readonly string[], of: (a: bigint, b: bigint) => bigint): FormulaFunction {
  return {
    name,
    aliases,
    arity: [2, 2],
    apply: ([a, b], _named, call, context) => {
      const op: EntryOperation = {
        verb: "combine",
        real: (x, y) => Number(of(BigInt(x), BigInt(y))),
        scalar: (x, y) => s.integer(of(bitsOf(x, call), bitsOf(y, call))),
      };
      const array = (v: Value) => (v.kind === "array" ? v : fromScalars([1], [scalarOf(v) ?? fail("domain", said`${name} of this`, call.range)]));
      if (a?.kind === "boolean" && b?.kind === "boolean") return booleanValue(of(a.value ? 1n : 0n, b.value ? 1n : 0n) !== 0n);
      if (a?.kind === "array" || b?.kind === "array") {
        const [x, y] = [array(a as Value), array(b as Value)];
        for (const v of [...x.data, ...y.data]) if (!Number.isInteger(v)) return fail("domain", said`${name} works on whole numbers`, call.range);
        const out = elementwise(op, x, y, context, call.range);
        return x.element === "boolean" && y.element === "boolean" ? { ...out, element: "boolean" } : out;
      }
      const [x, y] = [scalarOf(a as Value), scalarOf(b as Value)];
      return x && y ? op.scalar(x, y) : fail("domain", said`${name} works on whole numbers`, call.range);
    },
  };
}

/** Most places a number may be shifted to the left. */
const maxShift = 100_000n;
const shift = (a: bigint, b: bigint): bigint => (b < 0n ? a >> -b : b > maxShift ? fail("too-large", said`a shift by ${b} places`, [0, 0]) : a << b);

export const integerFunctions: readonly FormulaFunction[] = [
  bitwise("bitand", ["bitwise_and"], (a, b) => a & b),
  bitwise("bitor", ["bitwise_or"], (a, b) => a | b),
  bitwise("bitxor", ["bitwise_xor"], (a, b) => a ^ b),
  bitwise("shiftleft", ["bitshift", "left_shift"], shift),
  bitwise("shiftright", ["right_shift"], (a, b) => shift(a, -b)),
  bitwise("xor", ["logical_xor"], (a, b) => ((a !== 0n) !== (b !== 0n) ? 1n : 0n)),
  {
    name: "bitnot",
    arity: [1, 1],
    apply: ([v], _named, call) => {
      if (v?.kind === "boolean") return booleanValue(!v.value);
      if (v?.kind === "array")
        return v.element === "boolean"
          ? { ...mapEntries(v, (t) => s.integer(s.isZero(t) ? 1 : 0)), element: "boolean" }
          : mapEntries(v, (t) => s.integer(-bitsOf(t, call) - 1n));
      const x = scalarOf(v as Value);
      return x ? s.integer(-bitsOf(x, call) - 1n) : fail("domain", "~ works on whole numbers", call.range);
    },
  },
  {
    name: "divmod",
    arity: [2, 2],
    apply: ([a, b], _named, call) => {
      const [x, y] = [scalarOf(a as Value), scalarOf(b as Value)];
      if (!x || !y || !s.isReal(x) || !s.isReal(y)) return fail("domain", "divmod takes two real numbers", call.range);
      if (s.isZero(y)) return fail("divide-by-zero", "division by zero", call.range);
      return { kind: "list", items: [entryOperations.floordivide.scalar(x, y), entryOperations.mod.scalar(x, y)] };
    },
  },
];
