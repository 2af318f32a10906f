// The frame of a plot: title, axes with at most seven ticks, grid; and the scales the marks inside use.

import { scaleLinear, scaleLog } from "d3-scale";
import { extent } from "../colors.js";
import type { Axis, Series } from "../figure.js";
import { formatNumber } from "../number.js";
import type { Theme } from "../theme.js";
import { element, escapeXml, type Size } from "./text.js";

/** Maps a value to a coordinate; NaN where the axis cannot show it (a log axis at or below zero). */
export type Scale = (v: number) => number;

export interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Everything behind the marks. */
  readonly back: string;
}

interface Ticked {
  readonly scale: Scale;
  readonly ticks: readonly number[];
}

function ticked(axis: Axis, values: ArrayLike<number>, range: readonly [number, number], count: number): Ticked {
  const usable = axis.scale === "log" ? Array.from(values).filter((v) => v > 0) : values;
  const e = extent(usable);
  let [min, max] = axis.domain ?? [e.min, e.max];
  if (axis.scale === "log") {
    if (!(min > 0)) min = e.finite ? e.min : 1;
    if (!(max > min)) {
      max = min * 10;
      min /= 10;
    }
    const s = scaleLog()
      .domain([min, max])
      .range([...range]);
    if (!axis.domain) s.nice();
    const decades = s.ticks().filter((t) => Math.abs(Math.log10(t) - Math.round(Math.log10(t))) < 1e-9);
    const all = decades.length >= 2 ? decades : s.ticks(count);
    const step = Math.ceil(all.length / count);
    return { scale: (v) => (v > 0 ? s(v) : Number.NaN), ticks: all.filter((_, i) => i % step === 0) };
  }
  if (!(max > min)) {
    const pad = Math.abs(max) || 1;
    min -= pad / 2;
    max += pad / 2;
  }
  const s = scaleLinear()
    .domain([min, max])
    .range([...range]);
  if (!axis.domain) s.nice(count);
  return { scale: (v) => (Number.isFinite(v) ? s(v) : Number.NaN), ticks: axis.integer ? s.ticks(count).filter(Number.isInteger) : s.ticks(count) };
}

/** All values of one coordinate of some series; a series without x counts 0, 1, 2 ... */
export function seriesValues(series: readonly Series[], coordinate: "x" | "y"): Float64Array {
  const parts = series.map((s) => (coordinate === "y" ? Array.from(s.y) : s.x ? Array.from(s.x) : Array.from(s.y, (_, i) => i)));
  return Float64Array.from(parts.flat());
}

export interface FrameOptions {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** Leaves out the ticks of x (bars label their own). */
  readonly bareX?: boolean;
  /** The same length of a unit on both axes. */
  readonly square?: boolean;
}

/** Draws the frame for a plot of the given size. */
export function frame(o: FrameOptions, size: Size, theme: Theme): Frame {
  const compact = size.height < 150;
  const [left, right, top, bottom] = compact ? [40, 8, 18, 26] : [58, 14, 28, 42];
  let [x0, x1, y0, y1] = [left, size.width - right, size.height - bottom, top];
  let { x: xAxis, y: yAxis } = o;
  if (o.square) {
    const [ex, ey] = [extent(o.xs), extent(o.ys)];
    const half = Math.max(ex.max - ex.min, ey.max - ey.min, 1e-12) * 0.55;
    const middle = (e: { min: number; max: number }) => (e.min + e.max) / 2;
    const edge = Math.min(x1 - x0, y0 - y1);
    x1 = x0 + edge;
    y1 = y0 - edge;
    xAxis = { ...xAxis, domain: xAxis.domain ?? [middle(ex) - half, middle(ex) + half] };
    yAxis = { ...yAxis, domain: yAxis.domain ?? [middle(ey) - half, middle(ey) + half] };
  }
  const x = ticked(xAxis, o.xs, [x0, x1], compact || x1 - x0 < 220 ? 4 : 6);
  const y = ticked(yAxis, o.ys, [y0, y1], compact ? 3 : 5);
  const small = { "font-size": compact ? 9 : 11, fill: theme.muted };
  const parts: string[] = [];
  for (const t of y.ticks) {
    const at = y.scale(t);
    const zero = t === 0 && yAxis.scale !== "log";
    parts.push(element("line", { x1: x0, x2: x1, y1: at, y2: at, stroke: zero ? theme.muted : theme.grid, "stroke-width": 1 }));
    parts.push(element("text", { x: x0 - 5, y: at + 3.5, "text-anchor": "end", ...small }, formatNumber(t, 3)));
  }
  if (!o.bareX) {
    for (const t of x.ticks) {
      const at = x.scale(t);
      parts.push(element("line", { x1: at, x2: at, y1: y0, y2: y0 + 4, stroke: theme.muted }));
      parts.push(element("text", { x: at, y: y0 + (compact ? 13 : 16), "text-anchor": "middle", ...small }, formatNumber(t, 3)));
    }
  }
  parts.push(element("line", { x1: x0, x2: x1, y1: y0, y2: y0, stroke: theme.muted }));
  parts.push(
    element("text", { x: x0, y: compact ? 11 : 16, "font-size": compact ? 10 : 13, "font-weight": "600", fill: theme.ink }, escapeXml(o.title)),
  );
  if (!compact || xAxis.title)
    parts.push(element("text", { x: (x0 + x1) / 2, y: size.height - (compact ? 3 : 8), "text-anchor": "middle", ...small }, escapeXml(xAxis.title)));
  if (yAxis.title && !compact) {
    const at = (y0 + y1) / 2;
    parts.push(element("text", { x: 13, y: at, "text-anchor": "middle", transform: `rotate(-90 13 ${at})`, ...small }, escapeXml(yAxis.title)));
  }
  return { x: x.scale, y: y.scale, left: x0, right: x1, top: y1, bottom: y0, back: parts.join("") };
}

/** Dash patterns of series beyond the colours there are. */
export const DASHES: readonly (string | undefined)[] = [undefined, "6 3", "2 3", "8 3 2 3", "1 2"];
