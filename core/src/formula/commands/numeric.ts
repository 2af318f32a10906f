// Numbers in place of exact forms.

import type { Value } from "../../expr/index.js";
import { undefinedName } from "../evaluate/name.js";
import { re } from "../evaluate/scalar.js";
import { freeNames } from "../symbolic/index.js";
import type { FormulaCommand } from "./command.js";

function floating(v: Value): Value {
  switch (v.kind) {
    case "rational":
      return v.den === 1n && v.num < 1n << 53n && v.num > -(1n << 53n) ? v : { kind: "real", value: re(v) };
    case "complex":
      return { kind: "complex", re: v.re, im: v.im };
    case "array": {
      const { exact: _, ...rest } = v;
      return rest;
    }
    case "list":
      return { ...v, items: v.items.map(floating) };
    case "record":
      return { ...v, fields: Object.fromEntries(Object.entries(v.fields).map(([k, x]) => [k, floating(x)])) };
    case "solutions":
      return { ...v, values: v.values.map(floating) };
    default:
      return v;
  }
}

export const numeric: FormulaCommand = {
  name: "numeric",
  run(value, _params, context, range) {
    if (value.kind === "symbolic") {
      const [name] = freeNames(value.expr);
      return name === undefined ? value : undefinedName({ name, range }, context);
    }
    return floating(value);
  },
};
