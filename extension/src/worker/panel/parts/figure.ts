// A figure of the whole value in the place of the heatmap.
import { actionFigure2, actionFigure3, type Directions, eigenvaluesFigure, graphFigure, patternFigure } from "@scholium/core/figure";
import { eigen, eigenvalues, type Matrix } from "@scholium/core/linalg";
import type { FigureName } from "../../../panelMessages.js";
import { line, ofMatrix, pictures } from "./common.js";

/** The real eigenvectors of a small matrix, those that stretch most first; none when it has none. */
function directions(m: Matrix): Directions | undefined {
  const { values, vectors } = eigen(m);
  const isReal = (k: number) => !vectors.imag || Math.abs(values.im[k]) <= 1e-12 * (1 + Math.abs(values.re[k]));
  const real = [...values.re.keys()].filter(isReal).sort((a, b) => Math.abs(values.re[b]) - Math.abs(values.re[a]));
  if (!real.length) return undefined;
  const data = Float64Array.from(
    { length: m.rows * real.length },
    (_, i) => vectors.data[Math.floor(i / real.length) * m.columns + real[i % real.length]],
  );
  return { values: real.map((k) => values.re[k]), vectors: { rows: m.rows, columns: real.length, data } };
}

const figures: Readonly<Record<FigureName, (m: Matrix) => ReturnType<typeof pictures>>> = {
  pattern: (m) => pictures([patternFigure("Sparsity pattern", m)]),
  eigenvalues: (m) => {
    const { re, im } = eigenvalues(m);
    const radius = re.reduce((r, x, k) => Math.max(r, Math.hypot(x, im[k])), 0);
    const outside = re.reduce((n, x, k) => n + (Math.hypot(x, im[k]) > 1 + 1e-12 ? 1 : 0), 0);
    return pictures([eigenvaluesFigure("Eigenvalues", re, im)], [line("spectral radius", radius), line("outside the unit circle", outside)]);
  },
  graph: (m) => {
    const figure = graphFigure("Graph of the matrix", m);
    return pictures([figure], [line("nodes", figure.nodes.length), line("edges", figure.edges.filter((e) => e.from !== e.to).length)]);
  },
  action: (m) =>
    pictures([
      (m.rows === 2 ? actionFigure2 : actionFigure3)(m, m.rows === 2 ? "Action on the unit circle" : "Action on the unit sphere", directions(m)),
    ]),
};

export const figure = ofMatrix(({ name }: { name: FigureName }, { matrix }) => figures[name](matrix));
