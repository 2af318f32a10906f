// A figure in words, for a screen reader and for a terminal: what it is, its ranges, and what it shows.

import { extent } from "./colors.js";
import type { Figure, Series } from "./figure.js";
import { shownValues } from "./heatmap.js";
import { formatNumber } from "./number.js";

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;
const span = (values: ArrayLike<number>) => {
  const e = extent(values);
  return e.finite ? `from ${formatNumber(e.min)} to ${formatNumber(e.max)}` : "without finite values";
};

function seriesWords(s: Series): string {
  const y = Array.from(s.y);
  const e = extent(y);
  // A gap at an end is no value to speak of.
  const finite = y.filter(Number.isFinite);
  const [first, last] = [finite[0], finite[finite.length - 1]];
  if (first === undefined || last === undefined) return `${s.name}: ${y.length ? "no finite values" : "no points"}.`;
  const at = (v: number) => {
    const i = y.indexOf(v);
    return formatNumber(s.x ? (s.x[i] as number) : i);
  };
  return `${s.name}: ${count(y.length, "point")}, starts at ${formatNumber(first)}, ends at ${formatNumber(last)}, least ${formatNumber(e.min)} at ${at(e.min)}, greatest ${formatNumber(e.max)} at ${at(e.max)}.`;
}

/** Where a way over a map begins and ends. */
function pathWords(s: Series): string {
  const point = (i: number) => `(${formatNumber(s.x ? (s.x[i] as number) : i)}, ${formatNumber(s.y[i] as number)})`;
  return s.y.length ? `${s.name}: from ${point(0)} to ${point(s.y.length - 1)} in ${count(s.y.length - 1, "step")}.` : `${s.name}: no points.`;
}

/** The figure in a few plain sentences. */
export function figureText(figure: Figure): string {
  switch (figure.kind) {
    case "heatmap": {
      const { rows, columns } = figure.matrix;
      const e = extent(shownValues(figure.matrix));
      const bad = rows * columns - e.finite;
      return `${figure.title}. Heatmap of a ${rows} by ${columns} matrix, values ${e.finite ? `from ${formatNumber(e.min)} to ${formatNumber(e.max)}` : "not finite"}${bad ? `, ${count(bad, "entry").replace("entrys", "entries")} not finite` : ""}.`;
    }
    case "spectrum": {
      const v = Array.from(figure.values);
      if (v.length === 0) return `${figure.title}. No values.`;
      const above =
        figure.threshold === undefined
          ? ""
          : `; ${v.filter((x) => x > (figure.threshold as number)).length} of ${v.length} above ${formatNumber(figure.threshold)}`;
      return `${figure.title}. ${count(v.length, "value")}, falling from ${formatNumber(v[0] as number)} to ${formatNumber(v[v.length - 1] as number)}${above}.`;
    }
    case "line":
    case "scatter":
    case "bars":
      return `${figure.title}. ${figure.kind === "line" ? "Curves" : figure.kind === "bars" ? "Bars" : "Points"} of ${figure.y.title || "y"} over ${figure.x.title || "x"}. ${figure.series.map(seriesWords).join(" ")}`;
    case "pattern":
      return `${figure.title}. ${figure.shape[0]} by ${figure.shape[1]} matrix, ${figure.nonzero} entries are not zero, ${formatNumber((100 * figure.nonzero) / Math.max(1, figure.shape[0] * figure.shape[1]), 3)} percent.`;
    case "contour":
      return `${figure.title}. Values over ${figure.x.title} from ${formatNumber(figure.x.domain[0])} to ${formatNumber(figure.x.domain[1])} and ${figure.y.title} from ${formatNumber(figure.y.domain[0])} to ${formatNumber(figure.y.domain[1])}, ${span(figure.grid.data)}.${(figure.paths ?? []).map((w) => ` ${pathWords(w)}`).join("")}`;
    case "space": {
      const { surface } = figure;
      const over = surface
        ? ` Surface over ${figure.axes[0]} from ${formatNumber(surface.x[0])} to ${formatNumber(surface.x[1])} and ${figure.axes[1]} from ${formatNumber(surface.y[0])} to ${formatNumber(surface.y[1])}, heights ${span(surface.grid.data)}.`
        : "";
      const named = figure.lines
        .filter((l) => !l.faint)
        .map(
          (l) =>
            `${l.name} ends at ${Array.from(l.points)
              .slice(-3)
              .map((v) => formatNumber(v))
              .join(", ")}.`,
        );
      return `${figure.title}.${over}${named.length ? ` ${named.join(" ")}` : ""}`;
    }
    case "graph":
      return `${figure.title}. Graph with ${count(figure.nodes.length, "node")} and ${count(figure.edges.length, "edge")}, weights ${span(figure.edges.map((e) => e.weight))}.`;
  }
}
