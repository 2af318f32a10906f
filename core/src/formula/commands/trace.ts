// The trace.

import { fail, said } from "../../expr/index.js";
import { entry } from "../evaluate/array.js";
import { add, type Scalar, zero } from "../evaluate/scalar.js";
import { onMatrix } from "./command.js";

export const trace = onMatrix("trace", "tr", (a, _context, range) => {
  const [m, n] = a.shape as [number, number];
  if (m !== n) return fail("not-square", said`the trace needs a square matrix, this is ${m}×${n}`, range);
  return Array.from({ length: n }, (_, i) => entry(a, i * n + i)).reduce<Scalar>(add, zero);
});
