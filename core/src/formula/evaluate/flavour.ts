// Tensors stay tensors: what an operation of arrays of one flavour answers.

import type { ArrayValue, Flavour, Value } from "../../expr/index.js";

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

/** What was computed from operands: a tensor or a frame when one of them is one, and never a list. */
export function carried(v: Value, operands: readonly Value[]): Value {
  for (const x of operands) {
    const flavour = flavourOf(x);
    if (flavour === "tensor" || flavour === "frame") return flavoured(v, flavour);
  }
  return isList(v) ? flavoured(v, "array") : v;
}
