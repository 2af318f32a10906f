// Clouds of points; each series has its own marker, so that colour is never the only difference.

import type { ScatterFigure } from "../figure.js";
import type { Theme } from "../theme.js";
import { frame, seriesValues } from "./frame.js";
import { legend, markerOf } from "./legend.js";
import { element, type Size } from "./text.js";

export function scatterSvg(figure: ScatterFigure, size: Size, theme: Theme): string {
  let [xs, ys] = [seriesValues(figure.series, "x"), seriesValues(figure.series, "y")];
  if (figure.unitCircle) [xs, ys] = [Float64Array.of(...xs, -1, 1), Float64Array.of(...ys, -1, 1)];
  const f = frame({ title: figure.title, x: figure.x, y: figure.y, xs, ys, square: figure.square }, size, theme);
  const parts = [f.back];
  if (figure.unitCircle)
    parts.push(
      element("ellipse", {
        cx: f.x(0),
        cy: f.y(0),
        rx: f.x(1) - f.x(0),
        ry: f.y(0) - f.y(1),
        fill: "none",
        stroke: theme.muted,
        "stroke-dasharray": "4 3",
      }),
    );
  figure.series.forEach((s, k) => {
    const marker = markerOf(k);
    const r = s.y.length > 400 ? 1.5 : 3.5;
    let d = "";
    for (let i = 0; i < s.y.length; i++) {
      const [x, y] = [f.x(s.x ? (s.x[i] as number) : i), f.y(s.y[i] as number)];
      if (Number.isFinite(x) && Number.isFinite(y)) d += marker(x, y, r);
    }
    const color = theme.series[k % theme.series.length] as string;
    parts.push(element("path", { d, fill: color, "fill-opacity": "0.85", stroke: "none" }));
  });
  const sample = (k: number, x: number, y: number) =>
    element("path", { d: markerOf(k)(x + 12, y, 3.5), fill: theme.series[k % theme.series.length] as string });
  return parts.join("") + legend(figure.series, f, theme, sample);
}
