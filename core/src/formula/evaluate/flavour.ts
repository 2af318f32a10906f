// Tensors stay tensors: what an operation of arrays of one flavour answers.

import type { ArrayValue, Flavour, IntegerType, Value } from "../../expr/index.js";
import { rationalToNumber } from "../../linalg/index.js";

/** The value with its arrays marked, inside lists and records too. */
export function flavoured(v: Value, flavour: Flavour): Value {
  switch (v.kind) {
    case "array": {
      if ((v.flavour ?? "array") === flavour) return v;
      const { flavour: _, ...plain } = v;
      return flavour === "array" ? plain : { ...plain, flavour };
    }
    case "list":
      return { ...v, items: v.items.map((x) => flavoured(x, flavour)) };
    case "record":
      return { ...v, fields: Object.fromEntries(Object.entries(v.fields).map(([name, x]) => [name, flavoured(x, flavour)])) };
    default:
      return v;
  }
}

export const flavourOf = (v: Value): ArrayValue["flavour"] => (v.kind === "array" ? v.flavour : undefined);
export const isList = (v: Value): boolean => flavourOf(v) === "list";

export const isInteger = (flavour: Flavour | undefined): flavour is IntegerType => flavour !== undefined && /^u?int/.test(flavour);

/** The nearest number of an integer type: halves go away from zero, what is too large becomes the largest, NaN 0. */
function rounded(x: number, type: IntegerType): number {
  const bits = Number(/\d+/.exec(type)?.[0]);
  const [least, most] = type.startsWith("u") ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
  return Number.isNaN(x) ? 0 : Math.min(most, Math.max(least, Math.sign(x) * Math.round(Math.abs(x))));
}

/** A value as whole numbers of a type; a single one is a 1×1 array, so that it keeps its type. */
export function asIntegers(v: Value, type: IntegerType): Value {
  const number = v.kind === "real" ? v.value : v.kind === "rational" ? rationalToNumber(v) : v.kind === "boolean" ? Number(v.value) : undefined;
  if (number !== undefined) return { kind: "array", shape: [1, 1], data: Float64Array.of(rounded(number, type)), flavour: type };
  return v.kind === "array" ? { kind: "array", shape: v.shape, data: v.data.map((x) => rounded(x, type)), flavour: type } : v;
}

/** What was computed from operands: a tensor or a frame when one of them is one, and never a list. */
export function carried(v: Value, operands: readonly Value[]): Value {
  for (const x of operands) {
    const flavour = flavourOf(x);
    if (flavour === "tensor" || flavour === "frame") return flavoured(v, flavour);
    if (isInteger(flavour) && v.kind !== "boolean" && !(v.kind === "array" && v.element === "boolean")) return asIntegers(v, flavour);
  }
  return isList(v) ? flavoured(v, "array") : v;
}
