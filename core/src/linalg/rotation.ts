// Plane rotations on rows, kept contiguous: factors of iterative algorithms are stored transposed so that every rotation runs along two rows.
import { spend } from "../kernels/index.js";
import { modulus } from "./complex.js";
import type { Planes } from "./reflector.js";

/** (row_i, row_j) <- (c·row_i + s·row_j, c·row_j - s·row_i) for rows of the given width; null planes are left out. */
export function rotateRowPair(a: Planes | null, width: number, i: number, j: number, c: number, s: number): void {
  if (!a) return;
  spend((a.im ? 4 : 2) * width);
  for (const x of a.im ? [a.re, a.im] : [a.re])
    for (let k = 0, p = i * width, q = j * width; k < width; k++, p++, q++) {
      const u = x[p];
      const v = x[q];
      x[p] = c * u + s * v;
      x[q] = c * v - s * u;
    }
}

/** c, s, r with c·f + s·g = r and c·g - s·f = 0. */
export function givens(f: number, g: number): { c: number; s: number; r: number } {
  if (g === 0) return { c: 1, s: 0, r: f };
  if (f === 0) return { c: 0, s: 1, r: g };
  const r = f < 0 ? -modulus(f, g) : modulus(f, g);
  return { c: f / r, s: g / r, r };
}

/** The transposed planes of a row-major rows×columns matrix. */
export function transposedPlanes(a: Planes, rows: number, columns: number): Planes {
  const flip = (x: Float64Array) => {
    const out = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = x[i * columns + j];
    return out;
  };
  return { re: flip(a.re), im: a.im ? flip(a.im) : null };
}
