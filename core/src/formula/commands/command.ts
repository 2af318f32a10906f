// The shape of a command on a finished value: the same for numbers, matrices and expressions.

import { type ArrayValue, fail, type Range, said, type Value } from "../../expr/index.js";
import { rationalToNumber } from "../../linalg/index.js";
import type { Context } from "../context.js";
import { shapeText } from "../evaluate/array.js";
import { kept } from "../evaluate/closed.js";
import { asArray } from "../evaluate/operate.js";
import { symbolicCall } from "../symbolic/index.js";

export interface FormulaCommand {
  readonly name: string;
  run(value: Value, params: Readonly<Record<string, unknown>>, context: Context, range: Range): Value;
}

/** A vector stands as a column. */
const asColumn = (a: ArrayValue): ArrayValue => (a.shape.length === 1 ? { ...a, shape: [a.data.length, 1] } : a);

/** A command that is a function of one matrix; a matrix with free names goes to the symbolic side under `symbolic`. */
export const onMatrix = (name: string, symbolic: string | null, apply: (a: ArrayValue, context: Context, range: Range) => Value): FormulaCommand => ({
  name,
  run(value, _params, context, range) {
    if (value.kind === "symbolic") {
      if (symbolic) return symbolicCall(symbolic, [value], {}, context, range);
      return fail("unsupported", said`${name} of a matrix with free names`, range, "Define its names first");
    }
    const a = asArray(value);
    if (a.kind === "array" && symbolic)
      return kept(apply(asColumn(a), context, range), [a], context, () => symbolicCall(symbolic, [a], {}, context, range));
    if (a.kind === "array") return apply(asColumn(a), context, range);
    if (a.kind === "rational" || a.kind === "real")
      return apply(
        {
          kind: "array",
          shape: [1, 1],
          data: Float64Array.of(a.kind === "real" ? a.value : rationalToNumber(a)),
          ...(a.kind === "rational" && { exact: [a] }),
        },
        context,
        range,
      );
    return fail("unsupported", said`${name} needs a matrix, not ${shapeText(a)}`, range);
  },
});
