// Grouped bars with their labels below.

import type { BarsFigure } from "../figure.js";
import type { Theme } from "../theme.js";
import { frame, seriesValues } from "./frame.js";
import { legend } from "./legend.js";
import { element, escapeXml, type Size } from "./text.js";

export function barsSvg(figure: BarsFigure, size: Size, theme: Theme): string {
  const ys = seriesValues(figure.series, "y");
  const n = figure.labels.length;
  const log = figure.y.scale === "log";
  const f = frame(
    {
      title: figure.title,
      x: { ...figure.x, domain: [0, Math.max(1, n)], scale: "linear" },
      y: figure.y,
      xs: [0, n],
      ys: log ? ys : [...ys, 0],
      bareX: true,
    },
    size,
    theme,
  );
  const group = (f.right - f.left) / Math.max(1, n);
  const width = (group * 0.75) / Math.max(1, figure.series.length);
  const base = log ? f.bottom : f.y(0);
  const bars = figure.series.flatMap((s, k) =>
    Array.from(s.y, (v, i) => {
      const y = f.y(v);
      if (!Number.isFinite(y)) return "";
      return element("rect", {
        x: f.left + i * group + group * 0.125 + k * width,
        y: Math.min(y, base),
        width: Math.max(0.5, width - 1),
        height: Math.max(0.5, Math.abs(base - y)),
        fill: theme.series[k % theme.series.length] as string,
      });
    }),
  );
  const every = Math.max(1, Math.ceil(n / ((f.right - f.left) / 48)));
  const labels = figure.labels.map((label, i) =>
    i % every
      ? ""
      : element(
          "text",
          { x: f.left + (i + 0.5) * group, y: f.bottom + 15, "text-anchor": "middle", "font-size": 11, fill: theme.muted },
          escapeXml(label),
        ),
  );
  const sample = (k: number, x: number, y: number) =>
    element("rect", { x: x + 6, y: y - 5, width: 10, height: 10, fill: theme.series[k % theme.series.length] as string });
  return f.back + bars.join("") + labels.join("") + legend(figure.series, f, theme, sample);
}
