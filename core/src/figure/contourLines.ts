// Lines of equal value on a grid, by marching squares (Maple 2003, "Geometric design and space planning using the marching squares algorithm").

import { scaleLinear } from "d3-scale";
import type { Matrix } from "../linalg/index.js";

/** Round values between the least and the greatest, about `count` of them. */
export const contourLevels = (least: number, greatest: number, count: number): number[] =>
  greatest > least
    ? scaleLinear()
        .domain([least, greatest])
        .ticks(count)
        .filter((v) => v > least && v < greatest)
    : [];

/** A piece of a line: column and row of its two ends, in units of the grid. */
export type Segment = readonly [number, number, number, number];

/** The pieces of the line where the grid, continued linearly along its edges, has a value. Cells with a value that is not finite have none. O(cells). */
export function contourLines({ rows, columns, data }: Matrix, level: number): Segment[] {
  const out: Segment[] = [];
  for (let i = 0; i + 1 < rows; i++)
    for (let j = 0; j + 1 < columns; j++) {
      const a = data[i * columns + j] as number;
      const b = data[i * columns + j + 1] as number;
      const c = data[(i + 1) * columns + j + 1] as number;
      const d = data[(i + 1) * columns + j] as number;
      if (!Number.isFinite(a + b + c + d)) continue;
      const t = (u: number, v: number) => (level - u) / (v - u);
      const crossings: [number, number][] = [];
      if (a < level !== b < level) crossings.push([j + t(a, b), i]);
      if (b < level !== c < level) crossings.push([j + 1, i + t(b, c)]);
      if (d < level !== c < level) crossings.push([j + t(d, c), i + 1]);
      if (a < level !== d < level) crossings.push([j, i + t(a, d)]);
      const [p, q, r, s] = crossings;
      if (!p || !q) continue;
      if (!r || !s) out.push([...p, ...q]);
      else if ((a + b + c + d) / 4 < level === a < level) out.push([...p, ...q], [...r, ...s]);
      else out.push([...p, ...s], [...q, ...r]);
    }
  return out;
}
