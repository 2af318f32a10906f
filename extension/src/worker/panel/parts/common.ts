// What the parts of a value have in common.
import { type Sentence, said } from "@scholium/core/expr";
import { blockMeans, type Figure, formatNumber, type HeatmapFigure, shownValues } from "@scholium/core/figure";
import type { Matrix } from "@scholium/core/linalg";
import type { PartAnswer } from "../../../panelMessages.js";
import type { Entry, MatrixEntry } from "../store.js";
import type { PartContext } from "./index.js";

/** Rows and columns of a small heatmap: more than it has pixels to tell apart. */
const SMALL = 128;

/** Work in multiplications that is done unasked: a second or so. */
export const UNASKED = 500 ** 3;

/** Why there is nothing to show; the job says it in the reader's language. */
export interface Refused {
  readonly kind: "refused";
  readonly why: Sentence;
  readonly costly: boolean;
}
export type Made = Exclude<PartAnswer, { readonly kind: "refused" }> | Refused;

export const refused = (why: Sentence, costly = false): Refused => ({ kind: "refused", why, costly });

/** A part of matrices only. */
export const ofMatrix =
  <P>(run: (part: P, entry: MatrixEntry, context: PartContext) => Made) =>
  (part: P, entry: Entry, context: PartContext): Made =>
    entry.kind === "matrix" ? run(part, entry, context) : refused("This is a function, not a matrix.");

export const line = (label: string, value: string | number) => ({ label, value: typeof value === "number" ? formatNumber(value) : value });

/** Figures with lines of facts. Figures must own their numbers: they are transferred. */
export const pictures = (figures: readonly Figure[], lines: readonly { label: string; value: string }[] = [], rank?: number): Made => ({
  kind: "pictures",
  figures,
  lines,
  ...(rank === undefined ? {} : { rank }),
});

/** A matrix as a small heatmap of means of blocks, coloured by the limits of all its entries or by those given. */
export function smallHeatmap(title: string, m: Matrix, given?: readonly [number, number], most = SMALL): HeatmapFigure {
  const values = shownValues(m);
  let [low, high] = given ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  if (!given)
    for (const v of values) {
      if (v < low && v > Number.NEGATIVE_INFINITY) low = v;
      if (v > high && v < Number.POSITIVE_INFINITY) high = v;
    }
  const { rows, columns, data } = blockMeans(values, m.rows, m.columns, most, most);
  return {
    kind: "heatmap",
    title,
    matrix: { rows, columns, data: data.slice() },
    limits: low <= high ? [low, high] : [0, 0],
    scale: low < 0 && high > 0 ? "diverging" : "sequential",
  };
}

/** A heatmap of differences: zero in the middle of the colours. */
export const differenceHeatmap = (title: string, m: Matrix): HeatmapFigure => ({ ...smallHeatmap(title, m), scale: "diverging" });

/** How many multiplications a dense factorisation of the matrix takes, up to a small factor. */
export const workOf = ({ rows, columns }: Matrix): number => rows * columns * Math.min(rows, columns);

/** Says that a part takes long; asking again with `force` starts it. */
export const costly = ({ rows, columns }: Matrix): Refused => refused(said`${rows} × ${columns}: this takes a while.`, true);
