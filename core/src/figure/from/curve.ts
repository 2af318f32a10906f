// A function of one or two variables, sampled: as a curve, as lines of equal value, as a surface.

import type { Matrix } from "../../linalg/index.js";
import type { ContourFigure, LineFigure, SpaceFigure } from "../figure.js";

/** One variable and the interval it runs over. */
export interface Interval {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The sample points of an interval, ends included. */
export const samplePoints = ({ from, to }: Interval, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => (k === count - 1 ? to : from + ((to - from) * k) / (count - 1)));

/** Values more than this many times the middle half's spread away are poles: the axis does not follow them. */
const POLE = 12;

/** The interval of values worth showing: all of them, unless a few run away to a pole. */
export function shownRange(values: ArrayLike<number>): readonly [number, number] | undefined {
  const sorted = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  const n = sorted.length;
  if (n < 8) return undefined;
  const at = (q: number) => sorted[Math.round(q * (n - 1))] as number;
  const spread = at(0.75) - at(0.25);
  const [low, high] = [at(0.25) - POLE * spread, at(0.75) + POLE * spread];
  if (!(spread > 0) || (at(0) >= low && at(1) <= high)) return undefined;
  return [Math.max(at(0), at(0.25) - 3 * spread), Math.min(at(1), at(0.75) + 3 * spread)];
}

/** y = f(x); jumps through a pole are left open. */
export function curveFigure(title: string, variable: Interval, y: Float64Array): LineFigure {
  const domain = shownRange(y);
  const span = domain ? domain[1] - domain[0] : 0;
  const drawn = y.map((v, k) => {
    const before = y[k - 1] ?? v;
    return domain && Math.sign(v) !== Math.sign(before) && Math.abs(v - before) > span ? Number.NaN : v;
  });
  return {
    kind: "line",
    title,
    x: { title: variable.name, domain: [variable.from, variable.to] },
    y: { title: title.length <= 24 ? title : "value", ...(domain && { domain }) },
    series: [{ name: title, x: samplePoints(variable, y.length), y: drawn }],
  };
}

/** z = f(x, y) as lines of equal value; rows of the grid run along y. */
export const contourFigure = (title: string, x: Interval, y: Interval, grid: Matrix): ContourFigure => ({
  kind: "contour",
  title,
  x: { title: x.name, domain: [x.from, x.to] },
  y: { title: y.name, domain: [y.from, y.to] },
  grid,
});

/** z = f(x, y) as a surface; heights that run away to a pole are cut. */
export function surfaceFigure(title: string, x: Interval, y: Interval, grid: Matrix): SpaceFigure {
  const range = shownRange(grid.data);
  const cut = range ? grid.data.map((v) => (v < range[0] || v > range[1] ? Number.NaN : v)) : grid.data;
  return {
    kind: "space",
    title,
    axes: [x.name, y.name, "z"],
    lines: [],
    surface: { x: [x.from, x.to], y: [y.from, y.to], grid: { ...grid, data: cut } },
    turn: [35, 30],
  };
}
