// How values are spread.

import { extent } from "../colors.js";
import type { LineFigure } from "../figure.js";

export interface Histogram {
  /** One more than there are counts. */
  readonly edges: Float64Array;
  readonly counts: Float64Array;
  /** Values that are not finite, which no bin holds. */
  readonly left: number;
}

/** Counts in equal bins between the least and the greatest finite value; the square root of their number bins (at most 64) unless told. O(n). */
export function histogram(values: ArrayLike<number>, bins?: number): Histogram {
  const { min, max, finite } = extent(values);
  const n = bins ?? Math.min(64, Math.max(1, Math.ceil(Math.sqrt(finite))));
  const low = min;
  const width = max / n - min / n;
  const edges = Float64Array.from({ length: n + 1 }, (_, k) => (k === n ? max : low + k * width));
  const counts = new Float64Array(n);
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    if (!Number.isFinite(v)) continue;
    const k = width > 0 ? Math.min(n - 1, Math.floor((v - low) / width)) : 0;
    counts[k] = (counts[k] as number) + 1;
  }
  return { edges, counts, left: values.length - finite };
}

/** A histogram as the outline of its bins. */
export function histogramFigure(title: string, h: Histogram, xTitle = "value"): LineFigure {
  const x: number[] = [];
  const y: number[] = [];
  const single = h.edges[0] === h.edges[h.edges.length - 1];
  const edge = (k: number) => (h.edges[k] as number) + (single ? (k === 0 ? -0.5 : 0.5) : 0);
  h.counts.forEach((c, k) => {
    x.push(edge(k), edge(k), edge(k + 1), edge(k + 1));
    y.push(k === 0 ? 0 : (h.counts[k - 1] as number), c, c, k === h.counts.length - 1 ? 0 : c);
  });
  return { kind: "line", title, x: { title: xTitle }, y: { title: "count" }, series: [{ name: title, x, y }] };
}
