// How the entries are spread, and how large rows and columns are.
import { formatNumber, histogram, histogramFigure } from "@scholium/core/figure";
import { line, ofMatrix, pictures } from "./common.js";

export const distribution = ofMatrix((_: object, { pyramid }) => {
  const { rows, columns, data } = pyramid.base;
  const h = histogram(data);
  const rowSquares = new Float64Array(rows);
  const columnSquares = new Float64Array(columns);
  let [sum, count, zeros] = [0, 0, 0];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const v = data[i * columns + j];
      rowSquares[i] += v * v;
      columnSquares[j] += v * v;
      if (v === 0) zeros++;
      if (!Number.isFinite(v)) continue;
      sum += v;
      count++;
    }
  const mean = count ? sum / count : Number.NaN;
  let squares = 0;
  for (const v of data) if (Number.isFinite(v)) squares += (v - mean) ** 2;
  const norms = (name: string, axis: string, values: Float64Array) => ({
    kind: "line" as const,
    title: name,
    x: { title: axis, domain: [1, Math.max(2, values.length)] as const },
    y: { title: "‖·‖₂" },
    series: [{ name, x: Float64Array.from(values, (_, k) => k + 1), y: values.map(Math.sqrt) }],
  });
  const figures = [
    histogramFigure("Histogram", h),
    ...(rows > 1 ? [norms("Row norms", "row", rowSquares)] : []),
    ...(columns > 1 ? [norms("Column norms", "column", columnSquares)] : []),
  ];
  return pictures(figures, [
    line("mean", mean),
    line("standard deviation", Math.sqrt(squares / Math.max(1, count))),
    line("zeros", `${zeros} (${formatNumber((100 * zeros) / data.length, 3)} %)`),
    ...(h.left ? [line("not finite", h.left)] : []),
  ]);
});
