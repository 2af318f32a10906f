// A matrix as pixels: block means when it is larger than the picture.

import type { Matrix } from "../linalg/index.js";
import { autoScale, colorIndex, type Extent, extent } from "./colors.js";
import type { ColorScale } from "./figure.js";

export interface HeatmapPixels {
  readonly width: number;
  readonly height: number;
  /** Places in the colour table. */
  readonly pixels: Uint8Array;
  readonly scale: ColorScale;
  readonly extent: Extent;
}

/** What is shown of an entry: the real number, or the modulus of a complex one. */
export function shownValues(m: Matrix): Float64Array {
  return m.imag ? m.data.map((re, i) => Math.hypot(re, m.imag?.[i] as number)) : m.data;
}

/** Averages blocks so that at most maxRows x maxColumns cells are left; NaN only where a block has no finite entry. O(rows*columns). */
export function blockMeans(
  values: Float64Array,
  rows: number,
  columns: number,
  maxRows: number,
  maxColumns: number,
): { rows: number; columns: number; data: Float64Array } {
  if (rows <= maxRows && columns <= maxColumns) return { rows, columns, data: values };
  const r = Math.min(rows, maxRows);
  const c = Math.min(columns, maxColumns);
  const sum = new Float64Array(r * c);
  const count = new Uint32Array(r * c);
  for (let i = 0; i < rows; i++) {
    const base = Math.floor((i * r) / rows) * c;
    for (let j = 0; j < columns; j++) {
      const v = values[i * columns + j] as number;
      if (!Number.isFinite(v)) continue;
      const k = base + Math.floor((j * c) / columns);
      sum[k] = (sum[k] as number) + v;
      count[k] = (count[k] as number) + 1;
    }
  }
  return { rows: r, columns: c, data: sum.map((s, k) => (count[k] ? s / (count[k] as number) : Number.NaN)) };
}

/** The picture of a matrix, at most maxRows x maxColumns pixels. Colours follow the extent of all entries, not of the means. */
export function heatmapPixels(
  m: Matrix,
  scale: ColorScale | undefined,
  maxRows: number,
  maxColumns: number,
  limits?: readonly [number, number],
): HeatmapPixels {
  const values = shownValues(m);
  const range = limits ? { min: limits[0], max: limits[1], finite: values.length } : extent(values);
  const chosen = scale ?? autoScale(range);
  const small = blockMeans(values, m.rows, m.columns, maxRows, maxColumns);
  const index = colorIndex(chosen, range);
  return { width: small.columns, height: small.rows, pixels: Uint8Array.from(small.data, index), scale: chosen, extent: range };
}
