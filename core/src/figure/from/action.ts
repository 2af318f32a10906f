// What a 2x2 or 3x3 matrix does to the unit circle or sphere: the image, where the basis goes, and the directions that only stretch.

import type { Matrix } from "../../linalg/index.js";
import type { LineFigure, SpaceFigure, SpaceLine } from "../figure.js";
import { formatNumber } from "../number.js";

/** Real eigenvectors as columns with their eigenvalues; the caller computes them. */
export interface Directions {
  readonly values: ArrayLike<number>;
  readonly vectors: Matrix;
}

const CIRCLE = 120;

/** The unit circle and its image under a real 2x2 matrix, with the images of the basis vectors and the real eigenvectors scaled by their values. */
export function actionFigure2(a: Matrix, title: string, directions?: Directions): LineFigure {
  const angles = Array.from({ length: CIRCLE + 1 }, (_, k) => (2 * Math.PI * k) / CIRCLE);
  const [p, q, r, s] = a.data as unknown as [number, number, number, number];
  const circle = { name: "unit circle", x: angles.map(Math.cos), y: angles.map(Math.sin), dashed: true };
  const image = { name: "image", x: angles.map((t) => p * Math.cos(t) + q * Math.sin(t)), y: angles.map((t) => r * Math.cos(t) + s * Math.sin(t)) };
  const basis = [
    { name: "A e₁", x: [0, p], y: [0, r], arrow: true },
    { name: "A e₂", x: [0, q], y: [0, s], arrow: true },
  ];
  const eigen = directions
    ? Array.from(directions.values, (value, k) => ({
        name: `λ = ${formatNumber(value, 3)}`,
        x: [-1, 1].map((end) => end * value * (directions.vectors.data[k] as number)),
        y: [-1, 1].map((end) => end * value * (directions.vectors.data[directions.vectors.columns + k] as number)),
        dashed: true,
      }))
    : [];
  return { kind: "line", title, x: { title: "x₁" }, y: { title: "x₂" }, square: true, series: [circle, image, ...basis, ...eigen] };
}

/** The image of the unit sphere under a real 3x3 matrix as circles of latitude and longitude, with the images of the basis vectors and the real eigenvectors. */
export function actionFigure3(a: Matrix, title: string, directions?: Directions): SpaceFigure {
  const apply = (v: readonly [number, number, number]) =>
    [0, 1, 2].map((i) => [0, 1, 2].reduce((s, j) => s + (a.data[3 * i + j] as number) * (v[j] as number), 0));
  const angles = Array.from({ length: 49 }, (_, k) => (2 * Math.PI * k) / 48);
  const on = (name: string, points: readonly (readonly [number, number, number])[], rest: Partial<SpaceLine> = {}): SpaceLine => ({
    name,
    points: points.flatMap((v) => apply(v)),
    ...rest,
  });
  const latitudes = [-60, -30, 0, 30, 60].map((d) => (d * Math.PI) / 180);
  const longitudes = [0, 30, 60, 90, 120, 150].map((d) => (d * Math.PI) / 180);
  const mesh = [
    ...latitudes.map((b) =>
      on(
        "latitude",
        angles.map((t) => [Math.cos(b) * Math.cos(t), Math.cos(b) * Math.sin(t), Math.sin(b)]),
        { faint: true },
      ),
    ),
    ...longitudes.map((l) =>
      on(
        "longitude",
        angles.map((t) => [Math.sin(t) * Math.cos(l), Math.sin(t) * Math.sin(l), Math.cos(t)]),
        { faint: true },
      ),
    ),
  ];
  const basis = (["A e₁", "A e₂", "A e₃"] as const).map((name, k) =>
    on(name, [[0, 0, 0], [0, 1, 2].map((i) => (i === k ? 1 : 0)) as unknown as [number, number, number]], { arrow: true }),
  );
  const eigen = directions
    ? Array.from(directions.values, (value, k): SpaceLine => {
        const v = [0, 1, 2].map((i) => value * (directions.vectors.data[i * directions.vectors.columns + k] as number));
        return { name: `λ = ${formatNumber(value, 3)}`, points: [...v.map((c) => -c), ...v], dashed: true };
      })
    : [];
  return { kind: "space", title, axes: ["x₁", "x₂", "x₃"], lines: [...mesh, ...basis, ...eigen], cube: true, turn: [35, 25] };
}
