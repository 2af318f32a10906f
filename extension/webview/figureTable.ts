// A figure as a table: the numbers it is drawn from, for reading.
import { type Figure, formatNumber } from "@scholium/core/figure";

export interface TableText {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const MOST_ROWS = 200;
const MOST_COLUMNS = 20;

const some = <T, R>(all: ArrayLike<T>, f: (value: T, k: number) => R): R[] =>
  Array.from({ length: Math.min(MOST_ROWS, all.length) }, (_, k) => f(all[k], k));

export function figureTable(figure: Figure): TableText {
  switch (figure.kind) {
    case "line":
    case "scatter":
    case "bars": {
      const rows = figure.series.flatMap((s) => some(s.y, (y, k) => [s.name, formatNumber(s.x ? s.x[k] : k, 6), formatNumber(y, 6)]));
      return { head: ["", figure.x.title, figure.y.title], rows: rows.slice(0, MOST_ROWS) };
    }
    case "spectrum":
      return { head: [...(figure.axes ?? ["", ""])], rows: some(figure.values, (v, k) => [String(k + 1), formatNumber(v, 6)]) };
    case "graph":
      return {
        head: ["", "", ""],
        rows: some(figure.edges, (e) => [figure.nodes[e.from].label, figure.nodes[e.to].label, formatNumber(e.weight, 6)]),
      };
    case "heatmap":
    case "pattern":
    case "contour": {
      const m = figure.kind === "heatmap" ? figure.matrix : figure.kind === "pattern" ? figure.cells : figure.grid;
      const columns = Math.min(MOST_COLUMNS, m.columns);
      return {
        head: ["", ...Array.from({ length: columns }, (_, j) => String(j + 1))],
        rows: Array.from({ length: Math.min(MOST_ROWS, m.rows) }, (_, i) => [
          String(i + 1),
          ...Array.from({ length: columns }, (_, j) => formatNumber(m.data[i * m.columns + j], 4)),
        ]),
      };
    }
    case "space": {
      const { surface } = figure;
      if (surface) return figureTable({ kind: "heatmap", title: figure.title, matrix: surface.grid });
      return {
        head: ["", ...figure.axes],
        rows: figure.lines
          .filter((l) => !l.faint)
          .map((l) => [
            l.name,
            ...Array.from(l.points)
              .slice(-3)
              .map((v) => formatNumber(v, 6)),
          ]),
      };
    }
  }
}
