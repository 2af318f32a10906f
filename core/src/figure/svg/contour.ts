// Values over a rectangle: colours behind, lines of equal value before them.

import { colorTable, extent, type Palette, type Rgb } from "../colors.js";
import { contourLevels, contourLines } from "../contourLines.js";
import type { ContourFigure } from "../figure.js";
import { heatmapPixels } from "../heatmap.js";
import { formatNumber } from "../number.js";
import { base64, encodePng } from "../png.js";
import type { Theme } from "../theme.js";
import { DASHES, type Frame, frame } from "./frame.js";
import { element, escapeXml, px, type Size } from "./text.js";

const BAR = 62;

export function contourSvg(figure: ContourFigure, size: Size, theme: Theme, palette: Palette): string {
  const { grid } = figure;
  const inner = { width: size.width - BAR, height: size.height };
  const f = frame({ title: figure.title, x: figure.x, y: figure.y, xs: figure.x.domain, ys: figure.y.domain }, inner, theme);
  const parts = [f.back];
  if (grid.rows < 2 || grid.columns < 2) return parts.join("");
  const upside = {
    ...grid,
    data: Float64Array.from(
      grid.data,
      (_, k) => grid.data[(grid.rows - 1 - Math.floor(k / grid.columns)) * grid.columns + (k % grid.columns)] as number,
    ),
  };
  const picture = heatmapPixels(upside, undefined, 256, 256);
  const table = colorTable(picture.scale, palette);
  const [width, height] = [f.right - f.left, f.bottom - f.top];
  parts.push(
    element("image", {
      x: f.left,
      y: f.top,
      width,
      height,
      preserveAspectRatio: "none",
      href: `data:image/png;base64,${base64(encodePng(picture.width, picture.height, picture.pixels, table))}`,
    }),
  );
  const e = extent(grid.data);
  const levels = contourLevels(e.min, e.max, figure.lines ?? 9);
  const x = (column: number) => f.left + (column / (grid.columns - 1)) * width;
  const y = (row: number) => f.bottom - (row / (grid.rows - 1)) * height;
  for (const level of levels) {
    let d = "";
    for (const [c0, r0, c1, r1] of contourLines(grid, level)) d += `M${px(x(c0))} ${px(y(r0))}L${px(x(c1))} ${px(y(r1))}`;
    // Two strokes, so that the line is seen on dark and on light colours.
    if (d) {
      parts.push(element("path", { d, fill: "none", stroke: "#ffffff", "stroke-opacity": "0.55", "stroke-width": 2 }));
      parts.push(
        element("path", {
          d,
          fill: "none",
          stroke: "#000000",
          "stroke-width": level === 0 ? 1.4 : 0.8,
          "stroke-dasharray": level < 0 ? "4 2" : undefined,
        }),
      );
    }
  }
  parts.push(paths(figure, f));
  parts.push(element("rect", { x: f.left, y: f.top, width, height, fill: "none", stroke: theme.muted }));
  const [low, high] = picture.scale === "diverging" ? [-Math.max(-e.min, e.max), Math.max(-e.min, e.max)] : [e.min, e.max];
  const left = f.right + 12;
  const steps = 32;
  for (let k = 0; k < steps; k++) {
    const [r, g, b] = table[Math.round((1 - k / (steps - 1)) * (table.length - 2))] as Rgb;
    parts.push(element("rect", { x: left, y: f.top + (k * height) / steps, width: 9, height: height / steps + 0.5, fill: `rgb(${r},${g},${b})` }));
  }
  for (const v of [high, (low + high) / 2, low]) {
    const at = f.top + ((high - v) / (high - low || 1)) * height;
    parts.push(
      element("text", { x: left + 13, y: Math.min(f.bottom, Math.max(f.top + 9, at + 4)), "font-size": 10, fill: theme.muted }, formatNumber(v, 3)),
    );
  }
  return parts.join("");
}

/** Ways are drawn over any colour of the map: a dark edge under a light line, told apart by colour, dash and the shape at their end. */
const WAYS = ["#ffffff", "#F0E442", "#56B4E9", "#FF9E6B", "#7BE0B8"];

function paths(figure: ContourFigure, f: Frame): string {
  const all = figure.paths ?? [];
  const lines = all.map((s, k) => {
    let d = "";
    for (let i = 0; i < s.y.length; i++) {
      const [x, y] = [f.x(s.x ? (s.x[i] as number) : i), f.y(s.y[i] as number)];
      if (Number.isFinite(x) && Number.isFinite(y)) d += `${d ? "L" : "M"}${px(x)} ${px(y)}`;
    }
    const line = { d, fill: "none", "stroke-linejoin": "round" };
    const last = s.y.length - 1;
    const end = last >= 0 && s.x ? { cx: f.x(s.x[last] as number), cy: f.y(s.y[last] as number) } : null;
    return (
      element("path", { ...line, stroke: "#000000", "stroke-width": 3.4 }) +
      element("path", { ...line, stroke: WAYS[k % WAYS.length] as string, "stroke-width": 1.8, "stroke-dasharray": DASHES[k % DASHES.length] }) +
      (end && Number.isFinite(end.cx) && Number.isFinite(end.cy)
        ? element("circle", { ...end, r: 4, fill: WAYS[k % WAYS.length] as string, stroke: "#000000", "stroke-width": 1.2 })
        : "")
    );
  });
  const names = all.map((s, k) => {
    const y = f.top + 12 + k * 15;
    const name = { x: f.right - 34, y: y + 4, "text-anchor": "end", "font-size": 11, "font-weight": "600" };
    return (
      element("line", { x1: f.right - 28, x2: f.right - 6, y1: y, y2: y, stroke: "#000000", "stroke-width": 4 }) +
      element("line", {
        x1: f.right - 28,
        x2: f.right - 6,
        y1: y,
        y2: y,
        stroke: WAYS[k % WAYS.length] as string,
        "stroke-width": 2,
        "stroke-dasharray": DASHES[k % DASHES.length],
      }) +
      element("text", { ...name, stroke: "#000000", "stroke-width": 3, fill: "#000000" }, escapeXml(s.name)) +
      element("text", { ...name, fill: "#ffffff" }, escapeXml(s.name))
    );
  });
  const [x, y, width, height] = [f.left, f.top, f.right - f.left, f.bottom - f.top];
  return element("svg", { x, y, width, height, viewBox: `${px(x)} ${px(y)} ${px(width)} ${px(height)}` }, lines.join("")) + names.join("");
}
