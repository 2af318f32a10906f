// Whether the value and params.to (already evaluated, in `other`) are the same.

import { booleanValue, fail, type Value } from "../../expr/index.js";
import { isIdentity, sized } from "../evaluate/identity.js";
import { relation } from "../evaluate/relation.js";
import { equal } from "../evaluate/scalar.js";
import { equivalent as same } from "../symbolic/index.js";
import type { FormulaCommand } from "./command.js";

export const equivalent: FormulaCommand = {
  name: "equivalent",
  run(value, params, context, range) {
    const to = params["other"] as Value | undefined;
    if (!to) return fail("missing-argument", "equivalent needs params.to: the formula to compare with", range);
    if (isIdentity(value) && to.kind === "array" && to.shape.length === 2)
      return equivalent.run(sized(value, to.shape[0] as number), params, context, range);
    const other = isIdentity(to) && value.kind === "array" && value.shape.length === 2 ? sized(to, value.shape[0] as number) : to;
    if (isIdentity(value) && isIdentity(other)) return booleanValue(equal(value.identity, other.identity));
    if (value.kind === "symbolic" || other.kind === "symbolic" || value.kind === "list" || other.kind === "list")
      return booleanValue(same(value, other, context));
    return relation(value, [{ op: "=", operand: other }], { ...context, language: "latex" }, range);
  },
};
