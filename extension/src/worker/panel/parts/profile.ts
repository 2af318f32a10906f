// One row or column as a curve.
import { ofMatrix, pictures, refused } from "./common.js";

export const profile = ofMatrix(({ axis, index }: { axis: "row" | "column"; index: number }, { pyramid }) => {
  const { rows, columns, data } = pyramid.base;
  if (index >= (axis === "row" ? rows : columns)) return refused("There is no such row or column.");
  const y =
    axis === "row" ? data.slice(index * columns, (index + 1) * columns) : Float64Array.from({ length: rows }, (_, i) => data[i * columns + index]);
  const x = Float64Array.from(y, (_, k) => k + 1);
  return pictures([
    {
      kind: "line",
      title: axis === "row" ? `Row ${index + 1}` : `Column ${index + 1}`,
      x: { title: axis === "row" ? "column" : "row", domain: [1, Math.max(2, y.length)] },
      y: { title: "value" },
      series: [{ name: axis, x, y }],
    },
  ]);
});
