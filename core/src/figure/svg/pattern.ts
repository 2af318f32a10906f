// Where entries are not zero: one mark a cell, the fuller the cell the stronger.

import type { PatternFigure } from "../figure.js";
import type { Theme } from "../theme.js";
import { element, escapeXml, px, type Size } from "./text.js";

/** Shares are drawn in so many strengths; each is one path. */
const STRENGTHS = 4;

export function patternSvg(figure: PatternFigure, size: Size, theme: Theme): string {
  const { rows, columns, data } = figure.cells;
  const [left, top] = [6, 28];
  const bottom = 24;
  const parts = [element("text", { x: left, y: 16, "font-size": 13, "font-weight": "600", fill: theme.ink }, escapeXml(figure.title))];
  if (rows === 0 || columns === 0) return parts.join("");
  const cell = Math.min((size.width - left - 6) / columns, (size.height - top - bottom) / rows);
  const [w, h] = [Math.max(cell * columns, 8), Math.max(cell * rows, 8)];
  const [cw, ch] = [w / columns, h / rows];
  const gap = Math.min(cw, ch) > 5 ? 0.5 : 0;
  const paths = Array.from({ length: STRENGTHS }, () => "");
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const share = data[i * columns + j] as number;
      if (!(share > 0)) continue;
      const k = Math.min(STRENGTHS - 1, Math.ceil(share * STRENGTHS) - 1);
      paths[k] += `M${px(left + j * cw + gap)} ${px(top + i * ch + gap)}h${px(cw - 2 * gap)}v${px(ch - 2 * gap)}h${px(2 * gap - cw)}z`;
    }
  paths.forEach((d, k) => {
    if (d) parts.push(element("path", { d, fill: theme.series[0] as string, "fill-opacity": String(0.4 + (0.6 * (k + 1)) / STRENGTHS) }));
  });
  parts.push(element("rect", { x: left, y: top, width: w, height: h, fill: "none", stroke: theme.muted }));
  const share = (100 * figure.nonzero) / (figure.shape[0] * figure.shape[1]);
  const legend = `nnz = ${figure.nonzero} (${Math.round(share * 100) / 100} %)`;
  parts.push(element("text", { x: left, y: top + h + 16, "font-size": 11, fill: theme.muted }, escapeXml(legend)));
  return parts.join("");
}
