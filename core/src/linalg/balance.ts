// Balancing: a diagonal similarity that makes rows and columns of equal size before eigenvalues are sought.
import type { Matrix } from "./matrix.js";
import { copy, requireSquare, vectorNorm } from "./shape.js";

/** D⁻¹·A·D = balanced with D = diag(scale), powers of two: the eigenvalues are exactly those of A. `balanced` is A itself when nothing was to be done. */
export interface Balanced {
  readonly balanced: Matrix;
  readonly scale: Float64Array;
}

/**
 * Parlett & Reinsch 1969 in the 2-norm form of James, Langou & Lowery 2014, which does not ruin matrices that are already Hessenberg-like. O(n²) a sweep,
 * a few sweeps. Throws "not-square".
 */
export function balance(a: Matrix): Balanced {
  requireSquare(a, "balancing");
  const n = a.rows;
  if (isBalanced(a)) return { balanced: a, scale: new Float64Array(n).fill(1) };
  let work = a;
  const scale = new Float64Array(n).fill(1);
  for (let sweep = 0; sweep < 20; sweep++) {
    let changed = false;
    for (let i = 0; i < n; i++) {
      let c = lineNorm(work, i, n);
      let r = lineNorm(work, i * n, 1);
      if (c === 0 || r === 0 || !(c + r < Infinity)) continue;
      const before = c + r;
      let f = 1;
      while (c < r / 2 && f < 2 ** 400) {
        f *= 2;
        c *= 2;
        r /= 2;
      }
      while (c >= r * 2 && f > 2 ** -400) {
        f /= 2;
        c /= 2;
        r *= 2;
      }
      if (f === 1 || c + r >= 0.95 * before) continue;
      const total = scale[i] * f;
      if (total < 2 ** -500 || total > 2 ** 500) continue;
      changed = true;
      scale[i] = total;
      if (work === a) work = copy(a);
      for (const x of work.imag ? [work.data, work.imag] : [work.data])
        for (let k = 0; k < n; k++) {
          x[i * n + k] /= f;
          x[k * n + i] *= f;
        }
    }
    if (!changed) break;
  }
  return { balanced: work, scale };
}

/** True when the norms of each row and its column plainly differ by less than 2, where the sweeps would change nothing: the usual case, in one pass. */
function isBalanced({ data, imag, rows: n }: Matrix): boolean {
  if (imag) return false;
  for (let i = 0; i < n; i++) {
    let row = 0;
    let column = 0;
    for (let k = 0, p = i * n, q = i; k < n; k++, p++, q += n) {
      row += data[p] * data[p];
      column += data[q] * data[q];
    }
    // squares that overflow or underflow are left to the sweeps
    if (!(row > 1e-280 && column > 1e-280 && row < 1e280 && column < 1e280 && row < 3.99 * column && column < 3.99 * row)) return false;
  }
  return true;
}

/** The norm of a row or column of a square matrix. */
function lineNorm(a: Matrix, start: number, step: number): number {
  const real = vectorNorm(a.data, start, a.rows, step);
  return a.imag ? Math.sqrt(real ** 2 + vectorNorm(a.imag, start, a.rows, step) ** 2) : real;
}
