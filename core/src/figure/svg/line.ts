// Curves; long ones are thinned to the least and greatest value of each pixel column, which keeps every peak.

import type { LineFigure, Series } from "../figure.js";
import type { Theme } from "../theme.js";
import { DASHES, type Frame, frame, legend, seriesValues } from "./frame.js";
import { element, px, type Size } from "./text.js";

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
    { title: figure.title, x: figure.x, y: figure.y, xs: seriesValues(figure.series, "x"), ys: seriesValues(figure.series, "y") },
    size,
    theme,
  );
  const curves = figure.series.map((s, i) =>
    element("path", {
      d: path(s, f),
      fill: "none",
      stroke: theme.series[i % theme.series.length] as string,
      "stroke-width": 1.75,
      "stroke-dasharray": s.dashed ? "6 3" : DASHES[Math.floor(i / theme.series.length) % DASHES.length],
    }),
  );
  return f.back + curves.join("") + legend(figure.series, f, theme);
}
