// How much of a matrix its largest singular values hold.

import type { LineFigure } from "../figure.js";

/** Share of the squared Frobenius norm in the first k singular values, for k = 0 ... p. Zero matrices have all of it at once. */
export function cumulativeEnergy(s: ArrayLike<number>): Float64Array {
  const out = new Float64Array(s.length + 1);
  const largest = Math.max(0, ...Array.from(s));
  for (let k = 0; k < s.length; k++) out[k + 1] = (out[k] as number) + ((s[k] as number) / (largest || 1)) ** 2;
  const total = out[s.length] as number;
  return out.map((v) => (total > 0 ? v / total : 1));
}

/** The energy curve, marked at a rank. */
export function energyFigure(title: string, s: ArrayLike<number>, rank: number): LineFigure {
  return {
    kind: "line",
    title,
    x: { title: "rank k", domain: [0, Math.max(1, s.length)] },
    y: { title: "share of ‖A‖²F", domain: [0, 1.0001] },
    series: [{ name: title, y: cumulativeEnergy(s) }],
    mark: { x: rank, name: `k = ${rank}` },
  };
}
