// Singular values and how much of the matrix the largest of them hold.
import { cumulativeEnergy, energyFigure } from "@scholium/core/figure";
import { numericalRank } from "@scholium/core/linalg";
import { costly, line, ofMatrix, pictures, UNASKED, workOf } from "./common.js";
import { singularOf } from "./decomposed.js";

/** The least rank that holds a share of the energy. */
const rankFor = (energy: Float64Array, share: number) =>
  Math.max(
    0,
    energy.findIndex((e) => e >= share),
  );

export const spectrum = ofMatrix(({ rank, force }: { rank: number; force: boolean }, entry) => {
  const { matrix } = entry;
  if (!entry.singular && !force && workOf(matrix) > UNASKED) return costly(matrix);
  const s = singularOf(entry);
  const threshold = Math.max(matrix.rows, matrix.columns) * 2 ** -52 * (s[0] ?? 0);
  const k = Math.min(rank, s.length);
  const energy = cumulativeEnergy(s);
  const first = Array.from(s.subarray(0, 5), (v) => String(Number(v.toPrecision(4)))).join(", ");
  return pictures(
    [
      { kind: "spectrum", title: "Singular values", values: s.slice(), threshold, kept: k, axes: ["index", "σ"] },
      energyFigure("Cumulative energy", s, k),
    ],
    [
      line("σ", s.length > 5 ? `${first}, …` : first),
      line("numerical rank", numericalRank(s, matrix.rows, matrix.columns)),
      line("90 % of the energy", `k = ${rankFor(energy, 0.9)}`),
      line("99 % of the energy", `k = ${rankFor(energy, 0.99)}`),
    ],
    s.length,
  );
});
