// Eigenvalues in the complex plane, with the unit circle.

import type { ScatterFigure } from "../figure.js";

/** Real ones and others have different marks. */
export function eigenvaluesFigure(title: string, re: Float64Array, im: Float64Array): ScatterFigure {
  const size = Math.max(...re.map(Math.abs), ...im.map(Math.abs), 0);
  const isReal = (k: number) => Math.abs(im[k] as number) <= size * 1e-12;
  const pick = (values: Float64Array, real: boolean) => values.filter((_, k) => isReal(k) === real);
  const series = [
    { name: "real", x: pick(re, true), y: pick(im, true) },
    { name: "complex pairs", x: pick(re, false), y: pick(im, false) },
  ].filter((s) => s.y.length > 0);
  return { kind: "scatter", title, x: { title: "Re λ" }, y: { title: "Im λ" }, series, square: true, unitCircle: true };
}
