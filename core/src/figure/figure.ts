// Figures as plain data: what is to be drawn, without saying how. Drawn as SVG text here, on a canvas by the webview, in words for a screen reader.

import type { Matrix } from "../linalg/index.js";

/** An axis: its title (with unit), its scale, and its limits when they must not follow the data. */
export interface Axis {
  readonly title: string;
  readonly scale?: "linear" | "log";
  readonly domain?: readonly [number, number];
}

/** Colours by value: `diverging` is centred on zero with symmetric limits. */
export type ColorScale = "sequential" | "diverging" | "log";

/** One line or cloud of points; `x` may be left out for 0, 1, 2 ... */
export interface Series {
  readonly name: string;
  readonly x?: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly dashed?: boolean;
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
}

/** Values in falling order, usually singular values or moduli of eigenvalues. */
export interface SpectrumFigure {
  readonly kind: "spectrum";
  readonly title: string;
  readonly values: ArrayLike<number>;
  readonly scale?: "linear" | "log";
  /** Draws the line below which a value counts as zero. */
  readonly threshold?: number;
}

export interface LineFigure {
  readonly kind: "line";
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
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

export type Figure = HeatmapFigure | SpectrumFigure | LineFigure | ScatterFigure | BarsFigure | GraphFigure;
