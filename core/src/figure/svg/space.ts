// Curves and surfaces in space: turned, projected without perspective, and painted from the back to the front.

import { autoScale, colorIndex, colorTable, extent, type Palette, type Rgb } from "../colors.js";
import type { SpaceFigure } from "../figure.js";
import { formatNumber } from "../number.js";
import type { Theme } from "../theme.js";
import { DASHES } from "./frame.js";
import { widthOf } from "./legend.js";
import { element, escapeXml, headPath, px, type Size } from "./text.js";

type Point = readonly [number, number, number];

interface Box {
  readonly low: Point;
  readonly high: Point;
}

/** The least box around everything, a cube around zero when the figure asks for one. */
function boxOf(figure: SpaceFigure): Box {
  const { surface } = figure;
  const ranges = [0, 1, 2].map((k) => {
    const values = figure.lines.flatMap((l) => Array.from(l.points).filter((_, i) => i % 3 === k));
    if (surface) values.push(...(k === 2 ? [extent(surface.grid.data).min, extent(surface.grid.data).max] : k === 0 ? surface.x : surface.y));
    return extent(values);
  });
  if (figure.cube) {
    const r = Math.max(...ranges.flatMap((e) => [-e.min, e.max]), 1e-12);
    return { low: [-r, -r, -r], high: [r, r, r] };
  }
  const ends = ranges.map((e) => (e.max > e.min ? [e.min, e.max] : [e.min - 0.5, e.min + 0.5]) as [number, number]);
  return { low: ends.map((e) => e[0]) as unknown as Point, high: ends.map((e) => e[1]) as unknown as Point };
}

/** Pixels of a name's sample, and to the next name. */
const SAMPLE = 18;
const GAP = 16;
const LINE = 15;

/** Where the names stand: side by side below the title, in as many rows as they need, so that none hides the figure. */
function keyPlaces(names: readonly string[], width: number): { readonly places: readonly (readonly [x: number, y: number])[]; readonly end: number } {
  const places: [number, number][] = [];
  let [x, y] = [6, 36];
  for (const name of names) {
    const wide = SAMPLE + 5 + widthOf(name);
    if (x > 6 && x + wide > width - 6) [x, y] = [6, y + LINE];
    places.push([x, y]);
    x += wide + GAP;
  }
  return { places, end: names.length ? y + LINE - 7 : 30 };
}

export function spaceSvg(figure: SpaceFigure, size: Size, theme: Theme, palette: Palette): string {
  const { low, high } = boxOf(figure);
  const [yaw, pitch] = (figure.turn ?? [35, 25]).map((d) => (d * Math.PI) / 180) as [number, number];
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  const flat = figure.cube ? 1 : 0.75;
  // Fits however it is turned: half a diagonal of the floor across, half one of the box upwards, and room for the labels.
  const key = keyPlaces(
    figure.lines.flatMap((l) => (l.faint ? [] : [l.name])),
    size.width,
  );
  const across = (size.width - 90) / (2 * Math.SQRT2);
  const upwards = (size.height - key.end - 36) / (2 * Math.hypot(flat, (figure.cube ? 0.9 : 0.75) * Math.SQRT2));
  const scale = Math.max(10, Math.min(across, upwards));
  const [mx, my] = [size.width / 2, key.end + (size.height - key.end - 14) / 2];
  /** Screen position and depth (larger is nearer). */
  const place = (x: number, y: number, z: number): Point => {
    const [u, v, w] = [x, y, z].map((c, k) => (2 * (c - (low[k] as number))) / ((high[k] as number) - (low[k] as number)) - 1) as [
      number,
      number,
      number,
    ];
    const [a, b, c] = [cy * u - sy * v, sy * u + cy * v, w * flat];
    return [mx + scale * a, my - scale * (cp * c + sp * b), sp * c - cp * b];
  };
  const parts = [element("text", { x: 6, y: 16, "font-size": 13, "font-weight": "600", fill: theme.ink }, escapeXml(figure.title))];
  parts.push(axes(figure, { low, high }, place, theme));
  if (figure.surface) parts.push(surfaceMarks(figure.surface, place, theme, palette));
  let shown = 0;
  for (const l of figure.lines) {
    const color = l.faint ? theme.muted : (theme.series[shown % theme.series.length] as string);
    let d = "";
    const points: Point[] = [];
    for (let i = 0; i + 2 < l.points.length; i += 3) {
      const p = place(l.points[i] as number, l.points[i + 1] as number, l.points[i + 2] as number);
      if (!Number.isFinite(p[0] + p[1])) continue;
      d += `${points.length ? "L" : "M"}${px(p[0])} ${px(p[1])}`;
      points.push(p);
    }
    const dash = l.dashed ? "5 3" : l.faint ? undefined : DASHES[Math.floor(shown / theme.series.length) % DASHES.length];
    parts.push(
      element("path", {
        d,
        fill: "none",
        stroke: color,
        "stroke-width": l.faint ? 0.6 : 2,
        "stroke-opacity": l.faint ? "0.7" : undefined,
        "stroke-dasharray": dash,
      }),
    );
    const [before, last] = points.slice(-2);
    if (l.arrow && before && last) parts.push(headPath([before[0], before[1]], [last[0], last[1]], color));
    if (l.faint) continue;
    const [x, y] = key.places[shown] as readonly [number, number];
    parts.push(element("line", { x1: x, x2: x + SAMPLE, y1: y, y2: y, stroke: color, "stroke-width": 2, "stroke-dasharray": dash }));
    parts.push(element("text", { x: x + SAMPLE + 5, y: y + 4, "font-size": 11, fill: theme.ink }, escapeXml(l.name)));
    shown++;
  }
  return parts.join("");
}

/** The edges of the box's floor and its far upright edge, with the least and greatest value of each axis. */
function axes(figure: SpaceFigure, { low, high }: Box, place: (x: number, y: number, z: number) => Point, theme: Theme): string {
  // The sides of the floor that are nearer to the eye carry the axes of x and y; the corner farthest to the left carries z.
  const [cx, cy] = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
  const nearer = (a: Point, b: Point) => a[2] > b[2];
  const nearY = nearer(place(cx, low[1], low[2]), place(cx, high[1], low[2])) ? low[1] : high[1];
  const nearX = nearer(place(low[0], cy, low[2]), place(high[0], cy, low[2])) ? low[0] : high[0];
  const corners = [low[0], high[0]].flatMap((x) => [low[1], high[1]].map((y) => [x, y] as const));
  const left = ([x, y]: readonly [number, number]) => place(x, y, low[2])[0];
  const upright = corners.reduce((a, b) => (left(b) < left(a) ? b : a));
  const out: string[] = [];
  const line = (a: Point, b: Point, strong: boolean) =>
    out.push(element("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], stroke: strong ? theme.muted : theme.grid, "stroke-width": 1 }));
  const label = (p: Point, dx: number, dy: number, text: string, strong = false) =>
    out.push(
      element(
        "text",
        {
          x: p[0] + dx,
          y: p[1] + dy,
          "text-anchor": dx < -2 ? "end" : dx > 2 ? "start" : "middle",
          "font-size": 11,
          fill: strong ? theme.ink : theme.muted,
        },
        escapeXml(text),
      ),
    );
  const [x0, y0, z0] = low;
  const [x1, y1, z1] = high;
  for (const y of [y0, y1]) line(place(x0, y, z0), place(x1, y, z0), y === nearY);
  for (const x of [x0, x1]) line(place(x, y0, z0), place(x, y1, z0), x === nearX);
  for (const x of [x0, x1]) for (const y of [y0, y1]) line(place(x, y, z0), place(x, y, z1), x === upright[0] && y === upright[1]);
  for (const y of [y0, y1]) line(place(x0, y, z1), place(x1, y, z1), false);
  for (const x of [x0, x1]) line(place(x, y0, z1), place(x, y1, z1), false);
  const side = place(nearX, 0.5 * (y0 + y1), z0)[0] > place((x0 + x1) / 2, (y0 + y1) / 2, z0)[0] ? 1 : -1;
  // At the corner where both axes meet, each number stands on its own side.
  label(place(x0, nearY, z0), nearX === x0 ? -8 * side : 0, 15, formatNumber(x0, 3));
  label(place(x1, nearY, z0), nearX === x1 ? -8 * side : 0, 15, formatNumber(x1, 3));
  label(place((x0 + x1) / 2, nearY, z0), 0, 22, figure.axes[0], true);
  label(place(nearX, y0, z0), side * 6, 8, formatNumber(y0, 3));
  label(place(nearX, y1, z0), side * 6, 8, formatNumber(y1, 3));
  label(place(nearX, (y0 + y1) / 2, z0), side * 14, 16, figure.axes[1], true);
  const [ux, uy] = upright;
  label(place(ux, uy, z0), -6, -5, formatNumber(z0, 3));
  label(place(ux, uy, z1), -6, 6, formatNumber(z1, 3));
  label(place(ux, uy, (z0 + z1) / 2), -10, 4, figure.axes[2], true);
  return out.join("");
}

function surfaceMarks(
  surface: NonNullable<SpaceFigure["surface"]>,
  place: (x: number, y: number, z: number) => Point,
  theme: Theme,
  palette: Palette,
): string {
  const { rows, columns, data } = surface.grid;
  if (rows < 2 || columns < 2) return "";
  const e = extent(data);
  const scale = autoScale(e);
  const table = colorTable(scale, palette);
  const index = colorIndex(scale, e);
  const at = (i: number, j: number) => {
    const [x0, x1] = surface.x;
    const [y0, y1] = surface.y;
    return place(x0 + ((x1 - x0) * j) / (columns - 1), y0 + ((y1 - y0) * i) / (rows - 1), data[i * columns + j] as number);
  };
  const quads: { depth: number; mark: string }[] = [];
  const edge = theme.kind.startsWith("hc") ? theme.ink : "#000000";
  for (let i = 0; i + 1 < rows; i++)
    for (let j = 0; j + 1 < columns; j++) {
      const corners = [at(i, j), at(i, j + 1), at(i + 1, j + 1), at(i + 1, j)];
      const depth = corners.reduce((s, p) => s + p[2], 0);
      if (!Number.isFinite(depth)) continue;
      const mean = ((data[i * columns + j] as number) + (data[(i + 1) * columns + j + 1] as number)) / 2;
      const [r, g, b] = table[index(mean)] as Rgb;
      const points = corners.map((p) => `${px(p[0])},${px(p[1])}`).join(" ");
      quads.push({
        depth,
        mark: `<polygon points="${points}" fill="rgb(${r},${g},${b})" stroke="${edge}" stroke-width="0.4" stroke-opacity="0.5"/>`,
      });
    }
  return quads
    .sort((a, b) => a.depth - b.depth)
    .map((q) => q.mark)
    .join("");
}
