// A symmetric matrix as a weighted graph: a node for each row, an edge for each entry off the diagonal that is not zero.

import type { Matrix } from "../../linalg/index.js";
import type { GraphFigure } from "../figure.js";

/** Entries below this share of the largest are rounding errors. */
const NOTHING = 1e-12;

export function graphFigure(title: string, a: Matrix, labels: readonly string[] = []): GraphFigure {
  const n = a.rows;
  let largest = 0;
  for (const v of a.data) largest = Math.max(largest, Math.abs(v));
  const edges: { from: number; to: number; weight: number }[] = [];
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) {
      const weight = a.data[i * n + j] as number;
      if (Math.abs(weight) > NOTHING * largest) edges.push({ from: i, to: j, weight });
    }
  return { kind: "graph", title, nodes: Array.from({ length: n }, (_, i) => ({ label: labels[i] ?? String(i + 1) })), edges };
}
