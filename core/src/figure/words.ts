// A figure in words, for a screen reader and for a terminal: what it is, its ranges, and what it shows.

import { extent } from "./colors.js";
import type { Figure, Series } from "./figure.js";
import { shownValues } from "./heatmap.js";
import { formatNumber } from "./number.js";

/** Every sentence, its parts left open: a face may have them in another language. */
export const figurePhrases = {
  range: "from {0} to {1}",
  rangeless: "without finite values",
  heatmap: "{0}. Heatmap of a {1} by {2} matrix, values {3}.",
  heatmapBroken: "{0}. Heatmap of a {1} by {2} matrix, values {3}; entries not finite: {4}.",
  valueless: "{0}. No values.",
  spectrum: "{0}. Values: {1}, falling from {2} to {3}.",
  spectrumAbove: "{0}. Values: {1}, falling from {2} to {3}; {4} of {1} above {5}.",
  line: "{0}. Curves of {1} over {2}.",
  bars: "{0}. Bars of {1} over {2}.",
  scatter: "{0}. Points of {1} over {2}.",
  series: "{0}: starts at {2}, ends at {3}, least {4} at {5}, greatest {6} at {7}; points: {1}.",
  seriesEmpty: "{0}: no points.",
  seriesBroken: "{0}: no finite values.",
  pattern: "{0}. {1} by {2} matrix, {3} entries are not zero, {4} percent.",
  contour: "{0}. Values over {1} from {2} to {3} and {4} from {5} to {6}, {7}.",
  path: "{0}: from {1} to {2}; steps: {3}.",
  surface: "Surface over {0} from {1} to {2} and {3} from {4} to {5}, heights {6}.",
  spaceLine: "{0} ends at {1}.",
  graph: "{0}. Graph; nodes: {1}, edges: {2}, weights {3}.",
} as const;

/** Says a phrase with its parts. */
export type Wording = (phrase: string, parts: readonly (string | number)[]) => string;

const inEnglish: Wording = (phrase, parts) => phrase.replace(/\{(\d)\}/g, (_, k) => String(parts[Number(k)] ?? ""));

/** The figure in a few plain sentences; its titles stand as they are. */
export function figureText(figure: Figure, wording: Wording = inEnglish): string {
  const say = (phrase: keyof typeof figurePhrases, ...parts: readonly (string | number)[]) => wording(figurePhrases[phrase], parts);
  const span = (values: ArrayLike<number>) => {
    const e = extent(values);
    return e.finite ? say("range", formatNumber(e.min), formatNumber(e.max)) : say("rangeless");
  };

  const series = (s: Series): string => {
    const y = Array.from(s.y);
    const e = extent(y);
    // A gap at an end is no value to speak of.
    const finite = y.filter(Number.isFinite);
    const [first, last] = [finite[0], finite[finite.length - 1]];
    if (first === undefined || last === undefined) return say(y.length ? "seriesBroken" : "seriesEmpty", s.name);
    const at = (v: number) => {
      const i = y.indexOf(v);
      return formatNumber(s.x ? (s.x[i] as number) : i);
    };
    const ends = [formatNumber(first), formatNumber(last)];
    return say("series", s.name, y.length, ...ends, formatNumber(e.min), at(e.min), formatNumber(e.max), at(e.max));
  };

  /** Where a way over a map begins and ends. */
  const path = (s: Series): string => {
    const point = (i: number) => `(${formatNumber(s.x ? (s.x[i] as number) : i)}, ${formatNumber(s.y[i] as number)})`;
    return s.y.length ? say("path", s.name, point(0), point(s.y.length - 1), s.y.length - 1) : say("seriesEmpty", s.name);
  };

  switch (figure.kind) {
    case "heatmap": {
      const { rows, columns } = figure.matrix;
      const values = shownValues(figure.matrix);
      const broken = rows * columns - extent(values).finite;
      return broken
        ? say("heatmapBroken", figure.title, rows, columns, span(values), broken)
        : say("heatmap", figure.title, rows, columns, span(values));
    }
    case "spectrum": {
      const v = Array.from(figure.values);
      if (v.length === 0) return say("valueless", figure.title);
      const ends = [formatNumber(v[0] as number), formatNumber(v[v.length - 1] as number)];
      const { threshold } = figure;
      if (threshold === undefined) return say("spectrum", figure.title, v.length, ...ends);
      return say("spectrumAbove", figure.title, v.length, ...ends, v.filter((x) => x > threshold).length, formatNumber(threshold));
    }
    case "line":
    case "scatter":
    case "bars":
      return [say(figure.kind, figure.title, figure.y.title || "y", figure.x.title || "x"), ...figure.series.map(series)].join(" ");
    case "pattern": {
      const [rows, columns] = figure.shape;
      return say("pattern", figure.title, rows, columns, figure.nonzero, formatNumber((100 * figure.nonzero) / Math.max(1, rows * columns), 3));
    }
    case "contour": {
      const { title, x, y, grid, paths = [] } = figure;
      const over = [x.title, ...x.domain.map((v) => formatNumber(v)), y.title, ...y.domain.map((v) => formatNumber(v))];
      return [say("contour", title, ...over, span(grid.data)), ...paths.map(path)].join(" ");
    }
    case "space": {
      const { title, surface, axes, lines } = figure;
      const numbers = (v: readonly number[]) => v.map((x) => formatNumber(x));
      const over = surface ? [say("surface", axes[0], ...numbers(surface.x), axes[1], ...numbers(surface.y), span(surface.grid.data))] : [];
      const ends = lines.filter((l) => !l.faint).map((l) => say("spaceLine", l.name, numbers(Array.from(l.points).slice(-3)).join(", ")));
      return [`${title}.`, ...over, ...ends].join(" ");
    }
    case "graph":
      return say("graph", figure.title, figure.nodes.length, figure.edges.length, span(figure.edges.map((e) => e.weight)));
  }
}
