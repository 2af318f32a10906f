// Any figure as the text of one SVG picture: no script, no style sheet, no outside address.

import type { Palette } from "../colors.js";
import type { Figure } from "../figure.js";
import { type Theme, type ThemeKind, theme as themeOf } from "../theme.js";
import { figureText, type Wording } from "../words.js";
import { barsSvg } from "./bars.js";
import { contourSvg } from "./contour.js";
import { graphSvg } from "./graph.js";
import { heatmapSvg } from "./heatmap.js";
import { lineSvg } from "./line.js";
import { patternSvg } from "./pattern.js";
import { scatterSvg } from "./scatter.js";
import { spaceSvg } from "./space.js";
import { spectrumSvg } from "./spectrum.js";
import { escapeXml, type Size } from "./text.js";

export interface SvgOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: ThemeKind;
  readonly palette?: Palette;
  /** The language of the title element; English when left out. */
  readonly wording?: Wording;
}

/** Only the marks, for putting several figures into one picture (wrap each in a translated group). */
export function figureMarks(figure: Figure, size: Size, theme: Theme, palette: Palette = "auto"): string {
  switch (figure.kind) {
    case "heatmap":
      return heatmapSvg(figure, size, theme, palette);
    case "spectrum":
      return spectrumSvg(figure, size, theme);
    case "line":
      return lineSvg(figure, size, theme);
    case "scatter":
      return scatterSvg(figure, size, theme);
    case "bars":
      return barsSvg(figure, size, theme);
    case "graph":
      return graphSvg(figure, size, theme);
    case "pattern":
      return patternSvg(figure, size, theme);
    case "contour":
      return contourSvg(figure, size, theme, palette);
    case "space":
      return spaceSvg(figure, size, theme, palette);
  }
}

const svg = (size: Size, words: string, content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img" font-family="system-ui, sans-serif"><title>${escapeXml(words)}</title>${content}</svg>`;

/** The figure as SVG text; its title element is the figure in words. */
export function figureSvg(figure: Figure, options: SvgOptions = {}): string {
  const size = { width: options.width ?? 480, height: options.height ?? 300 };
  return svg(size, figureText(figure, options.wording), figureMarks(figure, size, themeOf(options.theme ?? "light"), options.palette));
}

/** Several figures side by side in one SVG, each of the given size. */
export function figureRowSvg(figures: readonly Figure[], options: SvgOptions = {}): string {
  const size = { width: options.width ?? 150, height: options.height ?? 110 };
  const t = themeOf(options.theme ?? "light");
  const content = figures
    .map((f, i) => `<g transform="translate(${i * (size.width + 12)} 0)">${figureMarks(f, size, t, options.palette)}</g>`)
    .join("");
  const total = { width: figures.length * (size.width + 12) - 12, height: size.height };
  return svg(total, figures.map((f) => figureText(f, options.wording)).join(" "), content);
}
