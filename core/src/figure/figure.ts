// Figures as plain data: what is to be drawn, without saying how. Drawn as SVG text here, on a canvas by the webview, in words for a screen reader.

import type { Matrix } from "../linalg/index.js";

/** An axis: its title (with unit), its scale, and its limits when they must not follow the data. */
export interface Axis {
  readonly title: string;
  readonly scale?: "linear" | "log";
  readonly domain?: readonly [number, number];
  /** Ticks at whole numbers only: the axis counts. */
  readonly integer?: boolean;
}

/** Colours by value: `diverging` is centred on zero with symmetric limits. */
export type ColorScale = "sequential" | "diverging" | "log";

/** One line or cloud of points; `x` may be left out for 0, 1, 2 ... */
export interface Series {
  readonly name: string;
  readonly x?: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly dashed?: boolean;
  /** The last point is the head of an arrow. */
  readonly arrow?: boolean;
}

export interface HeatmapFigure {
  readonly kind: "heatmap";
  readonly title: string;
  readonly matrix: Matrix;
  readonly scale?: ColorScale;
  readonly rowTitle?: string;
  readonly columnTitle?: string;
  /** Entries to mark: rows or columns that were chosen. */
  readonly highlight?: { readonly rows?: readonly number[]; readonly columns?: readonly number[] };
  /** Least and greatest value the colours run over; needed where `matrix` holds means of a larger one. */
  readonly limits?: readonly [number, number];
}

/** Values in falling order, usually singular values or moduli of eigenvalues. */
export interface SpectrumFigure {
  readonly kind: "spectrum";
  readonly title: string;
  readonly values: ArrayLike<number>;
  readonly scale?: "linear" | "log";
  /** Draws the line below which a value counts as zero. */
  readonly threshold?: number;
  /** How many values, counted from the largest, are drawn as kept. */
  readonly kept?: number;
  /** Titles of the axes; "index" and "value" when left out. */
  readonly axes?: readonly [string, string];
}

export interface LineFigure {
  readonly kind: "line";
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** The same length of a unit on both axes. */
  readonly square?: boolean;
  /** An upright line at this place, with what it marks. */
  readonly mark?: { readonly x: number; readonly name: string };
}

export interface ScatterFigure {
  readonly kind: "scatter";
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Same length on both axes, and the unit circle for eigenvalues. */
  readonly square?: boolean;
  readonly unitCircle?: boolean;
}

export interface BarsFigure {
  readonly kind: "bars";
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}

/** A weighted graph; `positions` are optional points in the unit square. */
export interface GraphFigure {
  readonly kind: "graph";
  readonly title: string;
  readonly nodes: readonly { readonly label: string; readonly x?: number; readonly y?: number }[];
  readonly edges: readonly { readonly from: number; readonly to: number; readonly weight: number }[];
  readonly directed?: boolean;
}

/** Where a matrix is not zero. `cells` holds the share of nonzero entries of each cell: 0 or 1, or between where a cell stands for many entries. */
export interface PatternFigure {
  readonly kind: "pattern";
  readonly title: string;
  readonly cells: Matrix;
  readonly shape: readonly [number, number];
  readonly nonzero: number;
}

/** Values over a rectangle as colours and lines of equal value; `grid` has y in its rows, the first row at the least y. */
export interface ContourFigure {
  readonly kind: "contour";
  readonly title: string;
  readonly x: Axis & { readonly domain: readonly [number, number] };
  readonly y: Axis & { readonly domain: readonly [number, number] };
  readonly grid: Matrix;
  /** How many lines are wanted, about. */
  readonly lines?: number;
  /** Ways over the rectangle, in its coordinates, each from a dot to its last point. */
  readonly paths?: readonly Series[];
}

/** A curve in space: x, y, z of one point after another. */
export interface SpaceLine {
  readonly name: string;
  readonly points: ArrayLike<number>;
  readonly dashed?: boolean;
  readonly arrow?: boolean;
  /** Drawn thin and quiet, without a place in the legend. */
  readonly faint?: boolean;
}

/** Curves and a surface in space, seen from `turn` = [degrees around z, degrees above the plane]. */
export interface SpaceFigure {
  readonly kind: "space";
  readonly title: string;
  readonly axes: readonly [string, string, string];
  readonly lines: readonly SpaceLine[];
  /** Heights over a rectangle; rows run along y. */
  readonly surface?: { readonly x: readonly [number, number]; readonly y: readonly [number, number]; readonly grid: Matrix };
  /** The same length of a unit on all axes, centred on zero. */
  readonly cube?: boolean;
  readonly turn?: readonly [number, number];
}

export type Figure =
  | HeatmapFigure
  | SpectrumFigure
  | LineFigure
  | ScatterFigure
  | BarsFigure
  | GraphFigure
  | PatternFigure
  | ContourFigure
  | SpaceFigure;
