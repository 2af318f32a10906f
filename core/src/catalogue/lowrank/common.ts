// What the entries of this folder share.

import type { Figure } from "../../figure/index.js";
import type { Matrix } from "../../linalg/index.js";
import type { Args, Param } from "../routine.js";

/** A parameter that may be left out, and is then null. */
export const optional = (p: Param): Param => ({ ...p, default: null });

export const cubic = ({ A }: Args): number => 20 * A.rows * A.columns * Math.min(A.rows, A.columns);

export const heatmap = (title: string, matrix: Matrix, highlight?: { rows?: ArrayLike<number>; columns?: ArrayLike<number> }): Figure => ({
  kind: "heatmap",
  title,
  matrix,
  scale: "diverging",
  ...(highlight && { highlight: { rows: Array.from(highlight.rows ?? []), columns: Array.from(highlight.columns ?? []) } }),
});

export const scree = (title: string, values: Float64Array): Figure => ({
  kind: "spectrum",
  title,
  values,
  scale: values.length > 0 && values[0] > 0 ? "log" : "linear",
});
