// Whether the value and params.to (already evaluated, in `other`) are the same.

import { booleanValue, fail, type Value } from "../../expr/index.js";
import { isIdentity } from "../evaluate/identity.js";
import { relation } from "../evaluate/relation.js";
import { equal } from "../evaluate/scalar.js";
import { equivalent as same } from "../symbolic/index.js";
import type { FormulaCommand } from "./command.js";

export const equivalent: FormulaCommand = {
  name: "equivalent",
  run(value, params, context, range) {
    const other = params["other"] as Value | undefined;
    if (!other) return fail("missing-argument", "equivalent needs params.to: the formula to compare with", range);
    if (isIdentity(value) || isIdentity(other)) return booleanValue(isIdentity(value) && isIdentity(other) && equal(value.identity, other.identity));
    if (value.kind === "symbolic" || other.kind === "symbolic" || value.kind === "list" || other.kind === "list")
      return booleanValue(same(value, other, context));
    return relation(value, [{ op: "=", operand: other }], { ...context, language: "latex" }, range);
  },
};
