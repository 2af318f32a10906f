// Whether the value and params.to (already evaluated, in `other`) are the same.

import { booleanValue, fail, type Value } from "../../expr/index.js";
import { relation } from "../evaluate/relation.js";
import { settle, symbolicBinary } from "../symbolic/index.js";
import type { FormulaCommand } from "./command.js";

export const equivalent: FormulaCommand = {
  name: "equivalent",
  run(value, params, context, range) {
    const other = params["other"] as Value | undefined;
    if (!other) return fail("missing-argument", "equivalent needs params.to: the formula to compare with", range);
    if (value.kind === "symbolic" || other.kind === "symbolic" || value.kind === "list" || other.kind === "list") {
      const difference = settle(symbolicBinary("subtract", value, other, context, range), context);
      return booleanValue(
        difference.kind === "rational" ? difference.num === 0n : difference.kind === "array" && difference.data.every((x) => x === 0),
      );
    }
    return relation(value, [{ op: "=", operand: other }], { ...context, language: "latex" }, range);
  },
};
