// R's own meanings: diag() of a number is an identity, range() the two extremes.

import { fail, said, type Value } from "../../../expr/index.js";
import { checkCells, entries, fromScalars, gather, identity, isVectorLike, scalarOf, shapeText } from "../array.js";
import type { FormulaFunction } from "../function.js";
import { functions } from "../functions/index.js";
import * as s from "../scalar.js";

const size = (v: Value, range: readonly [number, number]): number => {
  const x = scalarOf(v);
  const n = x && s.toInteger(x);
  return n !== null && n >= 0 ? n : fail("domain", said`a size must be a whole number, not ${shapeText(v)}`, range);
};

export const rFunctions: readonly FormulaFunction[] = [
  {
    // diag(3) is an identity, diag(c(1, 2)) a diagonal matrix, diag(A) the diagonal, diag(2, 3) is 2·I.
    name: "diag",
    arity: [1, 3],
    apply: ([v, nrow], named, call, context) => {
      const rows = nrow ?? named["nrow"];
      if (v?.kind === "array" && !isVectorLike(v)) {
        const n = Math.min(v.shape[0] as number, v.shape[1] as number);
        const all = entries(v);
        return fromScalars(
          [n],
          Array.from({ length: n }, (_, k) => all[k * (v.shape[1] as number) + k] as s.Scalar),
        );
      }
      const x = v as Value;
      if (!rows && x.kind !== "array") {
        const n = size(x, call.range);
        checkCells([n, n], context, call.range);
        return identity(n);
      }
      const items = x.kind === "array" ? entries(x) : [scalarOf(x) ?? fail("domain", said`diag() of ${shapeText(x)}`, call.range)];
      const n = rows ? size(rows, call.range) : items.length;
      checkCells([n, n], context, call.range);
      return fromScalars(
        [n, n],
        Array.from({ length: n * n }, (_, k) => (k % n === Math.floor(k / n) ? (items[(k % n) % items.length] as s.Scalar) : s.zero)),
      );
    },
  },
  {
    // The smallest and the largest.
    name: "extrema",
    aliases: ["range"],
    arity: [1, 1],
    apply: ([v], _named, call) => {
      const a = v?.kind === "array" ? entries(v).filter(s.isReal) : [];
      if (a.length === 0) return fail("domain", said`the range of ${shapeText(v as Value)}`, call.range);
      const pick = (sign: 1 | -1) => a.reduce((x, y) => (s.compare(y, x) * sign > 0 ? y : x));
      return fromScalars([2], [pick(-1), pick(1)]);
    },
  },
  {
    // Eigenvalues with the largest modulus first, and their vectors in the same order.
    name: "eig",
    aliases: ["eigen"],
    arity: [1, 1],
    apply: (args, named, call, context) => {
      const found = functions.get("eig")?.apply(args, named, call, { ...context, language: "python" });
      if (found?.kind !== "record") return fail("unsupported", "eigen() of this", call.range);
      const { values, vectors, ...rest } = found.fields;
      if (values?.kind !== "array" || vectors?.kind !== "array") return found;
      const modulus = (k: number) => Math.hypot(values.data[k] as number, values.imag?.[k] ?? 0);
      const order = Array.from({ length: values.data.length }, (_, k) => k).sort((x, y) => modulus(y) - modulus(x) || x - y);
      const n = order.length;
      return {
        ...found,
        fields: {
          ...rest,
          values: gather(values, [n], order),
          vectors: gather(
            vectors,
            vectors.shape,
            Array.from({ length: vectors.data.length }, (_, k) => Math.floor(k / n) * n + (order[k % n] as number)),
          ),
        },
      };
    },
  },
];
