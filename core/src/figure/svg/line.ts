// Curves; long ones are thinned to the least and greatest value of each pixel column, which keeps every peak.

import type { LineFigure, Series } from "../figure.js";
import type { Theme } from "../theme.js";
import { DASHES, type Frame, frame, seriesValues } from "./frame.js";
import { legend, markerOf } from "./legend.js";
import { element, escapeXml, headPath, px, type Size } from "./text.js";

/** Radius of a marker, and how many a curve has. */
const [MARKER, MARKS] = [3, 6];

function path(s: Series, f: Frame): string {
  const n = s.y.length;
  const columns = Math.max(1, Math.round(f.right - f.left));
  const x = (i: number) => f.x(s.x ? (s.x[i] as number) : i);
  const y = (i: number) => f.y(s.y[i] as number);
  let out = "";
  let pen = false;
  const to = (i: number) => {
    const [u, v] = [x(i), y(i)];
    if (!Number.isFinite(u) || !Number.isFinite(v)) {
      pen = false;
      return;
    }
    out += `${pen ? "L" : "M"}${px(u)} ${px(Math.max(f.top - 1e4, Math.min(f.bottom + 1e4, v)))}`;
    pen = true;
  };
  if (n <= 4 * columns) for (let i = 0; i < n; i++) to(i);
  else
    for (let c = 0; c < columns; c++) {
      const [from, end] = [Math.floor((c * n) / columns), Math.floor(((c + 1) * n) / columns)];
      let [low, high] = [from, from];
      for (let i = from; i < end; i++) {
        if ((s.y[i] as number) < (s.y[low] as number)) low = i;
        if ((s.y[i] as number) > (s.y[high] as number)) high = i;
      }
      to(Math.min(low, high));
      if (low !== high) to(Math.max(low, high));
    }
  return out;
}

export function lineSvg(figure: LineFigure, size: Size, theme: Theme): string {
  const f = frame(
    {
      title: figure.title,
      x: figure.x,
      y: figure.y,
      xs: seriesValues(figure.series, "x"),
      ys: seriesValues(figure.series, "y"),
      square: figure.square,
    },
    size,
    theme,
  );
  const color = (k: number) => theme.series[k % theme.series.length] as string;
  const dash = (k: number) => (figure.series[k]?.dashed ? "6 3" : DASHES[Math.floor(k / theme.series.length) % DASHES.length]);
  const sample = (k: number, x: number, y: number) =>
    element("line", { x1: x, x2: x + 18, y1: y, y2: y, stroke: color(k), "stroke-width": 2, "stroke-dasharray": dash(k) }) +
    element("path", { d: markerOf(k)(x + 9, y, MARKER), fill: color(k) });
  const several = figure.series.length > 1;
  const curves = figure.series.map((s, i) =>
    element("path", {
      d: path(s, f),
      fill: "none",
      stroke: color(i),
      "stroke-width": 1.75,
      "stroke-dasharray": dash(i),
    }),
  );
  const heads = figure.series.map((s, i) => (s.arrow ? arrowHead(s, f, color(i)) : ""));
  return (
    f.back +
    clipped(f, curves.join("") + heads.join("") + (several ? marked(figure.series, f, color) : "")) +
    upright(figure, f, theme) +
    legend(figure.series, f, theme, sample)
  );
}

/** A few markers on each curve, those of one between those of the others. */
function marked(series: readonly Series[], f: Frame, color: (k: number) => string): string {
  return series
    .map((s, k) => {
      let d = "";
      for (let j = 0; j < MARKS; j++) {
        const i = Math.floor(((j + (k + 0.5) / series.length) / MARKS) * s.y.length);
        const [x, y] = [f.x(s.x ? (s.x[i] as number) : i), f.y(s.y[i] as number)];
        if (s.y.length && Number.isFinite(x) && Number.isFinite(y) && y <= f.bottom && y >= f.top) d += markerOf(k)(x, y, MARKER);
      }
      return element("path", { d, fill: color(k) });
    })
    .join("");
}

/** What leaves the frame is cut off: an inner picture clips without a name, which would have to differ from picture to picture. */
function clipped(f: Frame, content: string): string {
  const [x, y, width, height] = [f.left - 1, f.top - 2, f.right - f.left + 2, f.bottom - f.top + 4];
  return element("svg", { x, y, width, height, viewBox: `${px(x)} ${px(y)} ${px(width)} ${px(height)}` }, content);
}

/** A small triangle at the last point, along the last segment. */
function arrowHead(s: Series, f: Frame, color: string): string {
  const n = s.y.length;
  if (n < 2) return "";
  const at = (i: number) => [f.x(s.x ? (s.x[i] as number) : i), f.y(s.y[i] as number)] as const;
  return headPath(at(n - 2), at(n - 1), color);
}

function upright(figure: LineFigure, f: Frame, theme: Theme): string {
  if (!figure.mark) return "";
  const x = f.x(figure.mark.x);
  if (!(x >= f.left && x <= f.right)) return "";
  const right = x > (f.left + f.right) / 2;
  return (
    element("line", { x1: x, x2: x, y1: f.top, y2: f.bottom, stroke: theme.ink, "stroke-dasharray": "3 3" }) +
    element(
      "text",
      { x: x + (right ? -5 : 5), y: f.bottom - 8, "text-anchor": right ? "end" : "start", "font-size": 11, fill: theme.ink },
      escapeXml(figure.mark.name),
    )
  );
}
