// The shape a nested list has by its text, and the first row that does not fit.

import { type Expr, fail, said } from "../../expr/index.js";
import { ragged } from "./build.js";

type Shape = readonly number[] | undefined;

/** Fails `ragged` at the first nested list whose length differs from its siblings', `empty` for [] and `non-numeric` at a string. */
export function checkNested(e: Expr): Shape {
  if (e.kind === "literal") return e.value.shape;
  if (e.kind === "number" || e.kind === "boolean") return [];
  if (e.kind === "string") return fail("non-numeric", said`"${e.value}" is not a number`, e.range);
  if (e.kind === "unary") return e.operand.kind === "array" ? undefined : checkNested(e.operand);
  if (e.kind !== "array") return undefined;
  if (e.items.length === 0) fail("empty", "an array without entries", e.range);
  let first: Shape;
  e.items.forEach((item, i) => {
    const shape = checkNested(item);
    if (i === 0) first = shape;
    else if (first !== undefined && shape !== undefined && first.join() !== shape.join()) {
      if (shape.length === 0 || first.length === 0)
        fail(
          "ragged",
          said`row ${i + 1} ${shape.length === 0 ? "is a number" : `has ${shape[0]} entries`}, row 1 ${first.length === 0 ? "is a number" : `has ${first[0]} entries`}`,
          item.range,
          "give every row the same number of entries",
        );
      ragged(i + 1, shape[0] as number, first[0] as number, item.range);
    }
  });
  return first && [e.items.length, ...first];
}

/** How many numbers a nested list holds, when its text says so. */
export function countOf(e: Expr): number | undefined {
  if (e.kind === "literal") return e.value.data.length;
  if (e.kind === "array") {
    let n = 0;
    for (const item of e.items) {
      const inner = countOf(item);
      if (inner === undefined) return undefined;
      n += inner;
    }
    return n;
  }
  return e.kind === "call" || e.kind === "name" || e.kind === "index" ? undefined : 1;
}
