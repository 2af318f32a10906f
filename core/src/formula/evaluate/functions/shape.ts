// How large a value is.

import type { Value } from "../../../expr/index.js";
import { cells, fromScalars, isVectorLike } from "../array.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";
import { integerOf, shapeOf } from "./arguments.js";

export const shapes: readonly FormulaFunction[] = [
  {
    name: "dim",
    aliases: ["Dimension"],
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, _n, call, context) => {
      const [v] = args as [Value];
      if (args.length > 1) return s.integer(args.length);
      // The dimension of a space given by its basis: \dim\ker A.
      if (call.args[0]?.kind === "call" && /^(?:null|orth)$/.test(call.args[0].name) && v.kind === "array") return s.integer(v.shape[1] ?? 0);
      if (context.language === "r") return fromScalars([shapeOf(v).length], shapeOf(v).map(s.integer));
      const shape = shapeOf(v);
      return s.integer(shape.length === 0 ? 1 : v.kind === "array" && isVectorLike(v) ? v.data.length : (shape[0] as number));
    },
  },
  {
    name: "shape",
    aliases: ["size", "Dimensions"],
    arity: [1, 2],
    apply: ([v, d], _n, call, context) => {
      const shape = shapeOf(v as Value);
      if (call.name === "size" && context.language === "python") return s.integer(cells(shape));
      if (d !== undefined) return s.integer(shape[integerOf(d, 1, call.range) - (context.language === "python" ? 0 : 1)] ?? 1);
      return context.language === "matlab" ? fromScalars([1, shape.length], shape.map(s.integer)) : fromScalars([shape.length], shape.map(s.integer));
    },
  },
  { name: "numel", arity: [1, 1], apply: ([v]) => s.integer(cells(shapeOf(v as Value))) },
  { name: "ndim", aliases: ["ndims"], arity: [1, 1], apply: ([v]) => s.integer(shapeOf(v as Value).length) },
  {
    name: "len",
    aliases: ["length", "Length"],
    arity: [1, 1],
    apply: ([v], _n, _call, context) => {
      const shape = shapeOf(v as Value);
      const all = cells(shape);
      return s.integer(context.language === "matlab" ? Math.max(0, ...shape) : ["r", "julia"].includes(context.language) ? all : (shape[0] ?? 1));
    },
  },
  { name: "nrow", aliases: ["nrows"], arity: [1, 1], apply: ([v]) => s.integer(shapeOf(v as Value)[0] ?? 1) },
  { name: "ncol", aliases: ["ncols"], arity: [1, 1], apply: ([v]) => s.integer(shapeOf(v as Value)[1] ?? 1) },
  { name: "isempty", arity: [1, 1], apply: ([v]) => ({ kind: "boolean", value: shapeOf(v as Value).includes(0) }) },
];
