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

/** A spike stands out of its neighbours two points away by this factor; a smooth peak that is well sampled does not. */
const SPIKE = 0.6;

/** The interval of values worth showing: all of them (undefined), unless the largest are spikes, as next to a pole. */
export function shownRange(values: ArrayLike<number>): readonly [number, number] | undefined {
  const sorted = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  const n = sorted.length;
  if (n < 8) return undefined;
  const size = (k: number) => Math.abs(values[k] ?? Number.NaN);
  let peak = -1;
  for (let k = 0; k < values.length; k++) if (size(k) < Number.POSITIVE_INFINITY && !(size(k) <= size(peak))) peak = k;
  const near = [size(peak - 2), size(peak + 2)].some((v) => v >= SPIKE * size(peak));
  const at = (q: number) => sorted[Math.round(q * (n - 1))] as number;
  const spread = at(0.96) - at(0.04);
  if (near || !(spread > 0) || size(peak) < 3 * Math.max(Math.abs(at(0.04)), Math.abs(at(0.96)))) return undefined;
  return [Math.max(at(0), at(0.04) - spread / 2), Math.min(at(1), at(0.96) + spread / 2)];
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
