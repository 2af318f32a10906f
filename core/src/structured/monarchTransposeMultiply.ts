// The product with the transpose.

import { MathError, type Matrix, said, selectRows } from "../linalg/index.js";
import { type Monarch, monarchRows } from "./monarch.js";
import { monarchMultiply } from "./monarchMultiply.js";
import { monarchTranspose } from "./monarchTranspose.js";

/** Mᵀ·y for a vector, Mᵀ·Y for the columns of a matrix; as cheap as {@link monarchMultiply}. Throws "shape-mismatch". */
export function monarchTransposeMultiply(f: Monarch, y: Matrix): Matrix {
  if (y.rows !== monarchRows(f)) throw new MathError("shape-mismatch", said`the transpose takes ${monarchRows(f)} rows, not ${y.rows}`);
  const t = monarchTranspose(f);
  const out = monarchMultiply(t.factors, selectRows(y, t.input));
  const back = new Int32Array(t.output.length);
  t.output.forEach((to, from) => {
    back[to] = from;
  });
  return selectRows(out, back);
}
