// Values in falling order as stems; on a log axis what is zero to rounding sits at the bottom, hollow.

import { extent } from "../colors.js";
import type { SpectrumFigure } from "../figure.js";
import type { Theme } from "../theme.js";
import { frame } from "./frame.js";
import { element, type Size } from "./text.js";

/** Log when the values span more than two decades. */
export const spectrumScale = (figure: SpectrumFigure): "linear" | "log" => {
  if (figure.scale) return figure.scale;
  const positive = Array.from(figure.values).filter((v) => v > 0);
  return positive.length > 1 && Math.max(...positive) > 100 * Math.min(...positive) ? "log" : "linear";
};

export function spectrumSvg(figure: SpectrumFigure, size: Size, theme: Theme): string {
  const values = Array.from(figure.values);
  const scale = spectrumScale(figure);
  const top = extent(values).max;
  // Below the sixteenth decade nothing is known about a value; the axis stops there.
  const floor = top > 0 ? Math.max(top * 1e-17, Math.min(...values.filter((v) => v > 0))) : 1;
  const domain: readonly [number, number] | undefined = scale === "log" ? [floor / 2, top * 2] : [0, top || 1];
  const n = values.length;
  const f = frame(
    {
      title: figure.title,
      x: { title: figure.axes?.[0] ?? "index", domain: [0.5, n + 0.5], integer: true },
      y: { title: figure.axes?.[1] ?? "value", scale, domain },
      xs: [1, n],
      ys: values,
      bareX: n === 0,
    },
    size,
    theme,
  );
  const width = Math.max(1, Math.min(10, ((f.right - f.left) / Math.max(1, n)) * 0.6));
  const step = Math.max(1, Math.floor(n / (f.right - f.left)));
  const color = theme.series[0] as string;
  const parts = [f.back];
  for (let i = 0; i < n; i += step) {
    const v = values[i] as number;
    const zero = (figure.threshold !== undefined ? v <= figure.threshold : v <= 0) || (figure.kept !== undefined && i >= figure.kept);
    const x = f.x(i + 1) - width / 2;
    const y = v > 0 ? f.y(v) : f.bottom - 2;
    const height = Math.max(1, f.bottom - (Number.isFinite(y) ? y : f.bottom - 2));
    parts.push(
      element("rect", {
        x,
        y: f.bottom - height,
        width,
        height,
        fill: zero ? "none" : color,
        stroke: color,
        "stroke-width": 1,
        "stroke-opacity": zero ? "0.5" : undefined,
      }),
    );
  }
  if (figure.threshold !== undefined && Number.isFinite(f.y(figure.threshold)) && f.y(figure.threshold) < f.bottom) {
    const y = f.y(figure.threshold);
    parts.push(element("line", { x1: f.left, x2: f.right, y1: y, y2: y, stroke: theme.muted, "stroke-dasharray": "4 3" }));
  }
  return parts.join("");
}
