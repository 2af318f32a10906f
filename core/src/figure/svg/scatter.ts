// Clouds of points; each series has its own marker, so that colour is never the only difference.

import type { ScatterFigure } from "../figure.js";
import type { Theme } from "../theme.js";
import { frame, seriesValues } from "./frame.js";
import { element, escapeXml, px, type Size } from "./text.js";

const MARKERS: readonly ((x: number, y: number, r: number) => string)[] = [
  (x, y, r) => `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  (x, y, r) => `M${px(x - r)} ${px(y - r)}h${2 * r}v${2 * r}h${-2 * r}z`,
  (x, y, r) => `M${px(x)} ${px(y - r * 1.2)}l${px(r * 1.2)} ${px(r * 2.2)}h${px(-r * 2.4)}z`,
  (x, y, r) => `M${px(x)} ${px(y - r * 1.3)}l${px(r * 1.3)} ${px(r * 1.3)}l${px(-r * 1.3)} ${px(r * 1.3)}l${px(-r * 1.3)} ${px(-r * 1.3)}z`,
];

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
    const marker = MARKERS[k % MARKERS.length] as (typeof MARKERS)[number];
    const r = s.y.length > 400 ? 1.5 : 3.5;
    let d = "";
    for (let i = 0; i < s.y.length; i++) {
      const [x, y] = [f.x(s.x ? (s.x[i] as number) : i), f.y(s.y[i] as number)];
      if (Number.isFinite(x) && Number.isFinite(y)) d += marker(x, y, r);
    }
    const color = theme.series[k % theme.series.length] as string;
    parts.push(element("path", { d, fill: color, "fill-opacity": "0.85", stroke: "none" }));
    if (figure.series.length > 1) {
      const y = f.top + 8 + k * 14;
      parts.push(element("path", { d: marker(f.right - 8, y, 3.5), fill: color }));
      parts.push(element("text", { x: f.right - 17, y: y + 4, "text-anchor": "end", "font-size": 11, fill: theme.ink }, escapeXml(s.name)));
    }
  });
  return parts.join("");
}
