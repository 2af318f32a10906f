// The best approximation of a rank, beside the original, with its error (Eckart and Young 1936).
import { said } from "@scholium/core/expr";
import type { Matrix } from "@scholium/core/linalg";
import { multiply, submatrix, subtract } from "@scholium/core/linalg";
import { differenceHeatmap, line, ofMatrix, pictures, smallHeatmap } from "./common.js";
import { svdOf } from "./decomposed.js";

/** Columns times singular values. */
function weighted({ rows, columns, data, imag }: Matrix, s: Float64Array): Matrix {
  const by = (x: Float64Array) => x.map((v, i) => v * s[i % columns]);
  return { rows, columns, data: by(data), ...(imag ? { imag: by(imag) } : {}) };
}

export const approximation = ofMatrix(({ rank }: { rank: number }, entry, { say }) => {
  const { matrix } = entry;
  const { U, s, V } = svdOf(entry);
  const k = Math.min(rank, s.length);
  const zero: Matrix = { rows: matrix.rows, columns: matrix.columns, data: new Float64Array(matrix.data.length) };
  const near = k === 0 ? zero : multiply(weighted(submatrix(U, 0, U.rows, 0, k), s), submatrix(V, 0, V.rows, 0, k), { b: "adjoint" });
  const error = subtract(matrix, near);
  const total = Math.hypot(...s);
  const left = Math.hypot(...s.subarray(k));
  const { least, greatest } = entry.pyramid;
  const limits: readonly [number, number] = [least, greatest];
  const kept = k * (matrix.rows + matrix.columns + 1);
  return pictures(
    [smallHeatmap("Original", matrix, limits), smallHeatmap(`Rank ${k}`, near, limits), differenceHeatmap("Error", error)],
    [
      line("rank", k),
      line("‖A − Aₖ‖F", left),
      line("relative error", total > 0 ? left / total : 0),
      line("‖A − Aₖ‖₂", s[k] ?? 0),
      line("numbers kept", say(said`${kept} instead of ${matrix.data.length}`)),
    ],
    s.length,
  );
});
