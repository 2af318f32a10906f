// A matrix as colours: rectangles with the numbers in them while they are legible, a picture above that.

import { colorTable, type Palette, type Rgb } from "../colors.js";
import type { HeatmapFigure } from "../figure.js";
import { heatmapPixels, shownValues } from "../heatmap.js";
import { formatNumber } from "../number.js";
import { base64, encodePng } from "../png.js";
import type { Theme } from "../theme.js";
import { element, escapeXml, type Size } from "./text.js";

const css = ([r, g, b]: Rgb) => `rgb(${r},${g},${b})`;
/** Black or white, whichever reads better on a colour (WCAG relative luminance). */
const onColor = ([r, g, b]: Rgb) => (0.2126 * (r / 255) ** 2.2 + 0.7152 * (g / 255) ** 2.2 + 0.0722 * (b / 255) ** 2.2 > 0.18 ? "#000" : "#fff");

export function heatmapSvg(figure: HeatmapFigure, size: Size, theme: Theme, palette: Palette): string {
  const { rows, columns } = figure.matrix;
  const compact = size.height < 150;
  const left = figure.rowTitle && !compact ? 26 : 4;
  const top = compact ? 16 : 26;
  const barWidth = size.width > 200 ? 62 : 0;
  const bottom = figure.columnTitle && !compact ? 22 : 6;
  const parts = [
    element(
      "text",
      { x: left, y: compact ? 11 : 16, "font-size": compact ? 10 : 13, "font-weight": "600", fill: theme.ink },
      escapeXml(figure.title),
    ),
  ];
  if (rows === 0 || columns === 0) return parts.join("");
  const picture = heatmapPixels(figure.matrix, figure.scale, 256, 256, figure.limits);
  const table = colorTable(picture.scale, palette);
  const cell = Math.min((size.width - left - 4 - barWidth) / columns, (size.height - top - bottom) / rows);
  // A long thin matrix is stretched rather than drawn as a hair.
  const w = Math.max(cell * columns, Math.min(24, size.width - left - 4 - barWidth));
  const h = Math.max(cell * rows, Math.min(24, size.height - top - bottom));
  if (rows * columns <= 1024 && picture.width === columns && picture.height === rows) {
    const values = shownValues(figure.matrix);
    const [cw, ch] = [w / columns, h / rows];
    const digits = cw >= 34 && ch >= 16;
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const rgb = table[picture.pixels[i * columns + j] as number] as Rgb;
        parts.push(element("rect", { x: left + j * cw, y: top + i * ch, width: cw + 0.3, height: ch + 0.3, fill: css(rgb) }));
        if (digits)
          parts.push(
            element(
              "text",
              {
                x: left + (j + 0.5) * cw,
                y: top + (i + 0.5) * ch + 4,
                "text-anchor": "middle",
                "font-size": Math.min(12, cw / 4.2),
                fill: onColor(rgb),
              },
              formatNumber(values[i * columns + j] as number, 3),
            ),
          );
      }
  } else {
    const png = base64(encodePng(picture.width, picture.height, picture.pixels, table));
    parts.push(
      element("image", {
        x: left,
        y: top,
        width: w,
        height: h,
        preserveAspectRatio: "none",
        "image-rendering": "pixelated",
        href: `data:image/png;base64,${png}`,
      }),
    );
  }
  const frameColor = theme.kind.startsWith("hc") ? theme.ink : theme.grid;
  parts.push(element("rect", { x: left, y: top, width: w, height: h, fill: "none", stroke: frameColor }));
  const accent = theme.series[1] as string;
  for (const j of figure.highlight?.columns ?? [])
    parts.push(
      element("rect", {
        x: left + (j * w) / columns,
        y: top - 2,
        width: w / columns,
        height: h + 4,
        fill: "none",
        stroke: accent,
        "stroke-width": 2,
      }),
    );
  for (const i of figure.highlight?.rows ?? [])
    parts.push(
      element("rect", { x: left - 2, y: top + (i * h) / rows, width: w + 4, height: h / rows, fill: "none", stroke: accent, "stroke-width": 2 }),
    );
  if (barWidth) {
    const x = left + w + 10;
    const barHeight = Math.max(30, h);
    const steps = 32;
    for (let k = 0; k < steps; k++) {
      const rgb = table[Math.round((1 - k / (steps - 1)) * (table.length - 2))] as Rgb;
      parts.push(element("rect", { x, y: top + (k * barHeight) / steps, width: 8, height: barHeight / steps + 0.5, fill: css(rgb) }));
    }
    const limit = Math.max(-picture.extent.min, picture.extent.max);
    const ends = { diverging: [-limit, limit], log: [limit * 1e-16, limit], sequential: [picture.extent.min, picture.extent.max] };
    const [low, high] = ends[picture.scale] as [number, number];
    const label = { x: x + 12, "font-size": 10, fill: theme.muted };
    parts.push(
      element("text", { ...label, y: top + 9 }, formatNumber(high, 3)),
      element("text", { ...label, y: top + barHeight }, formatNumber(low, 3)),
    );
  }
  if (figure.rowTitle && !compact) {
    const y = top + h / 2;
    parts.push(
      element(
        "text",
        { x: 14, y, "text-anchor": "middle", transform: `rotate(-90 14 ${y})`, "font-size": 11, fill: theme.muted },
        escapeXml(figure.rowTitle),
      ),
    );
  }
  if (figure.columnTitle && !compact)
    parts.push(
      element(
        "text",
        { x: left + w / 2, y: top + h + 15, "text-anchor": "middle", "font-size": 11, fill: theme.muted },
        escapeXml(figure.columnTitle),
      ),
    );
  return parts.join("");
}
