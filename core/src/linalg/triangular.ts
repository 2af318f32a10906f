// Solving with triangular matrices.
import { solveTriangle, spend } from "../kernels/index.js";
import { MathError } from "./error.js";
import { KERNEL_ORDER, withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import { copy, requireSquare, shapeText } from "./shape.js";
import { adjoint, transpose } from "./transpose.js";

export interface TriangularOptions {
  /** Which triangle of A holds the numbers; the other is never read. */
  readonly uplo?: "lower" | "upper";
  /** Solve with A, Aᵀ or Aᴴ. */
  readonly operation?: "none" | "transpose" | "adjoint";
  /** Take the diagonal as ones without reading it. */
  readonly unit?: boolean;
}

/**
 * X with op(T)·X = B for triangular T (n×n) and B (n×k), by substitution: n²k flops.
 * Row-wise backward stable: (T + E)x = b with |E| <= n·eps·|T| (Golub & Van Loan §3.1). A zero on the diagonal is "singular", naming its place;
 * NaN and infinities propagate. Empty systems give an empty X.
 */
export function solveTriangular(t: Matrix, b: Matrix, options: TriangularOptions = {}): Matrix {
  const { uplo = "upper", operation = "none", unit = false } = options;
  requireSquare(t, "a triangular solve");
  if (t.rows !== b.rows) throw new MathError("shape-mismatch", said`cannot solve a ${shapeText(t)} system for a ${shapeText(b)} right-hand side`);
  const a = operation === "none" ? t : operation === "transpose" ? transpose(t) : adjoint(t);
  const lower = (uplo === "lower") === (operation === "none");
  const x = copy(t.imag && !b.imag ? { ...b, imag: new Float64Array(b.data.length) } : b);
  if (!unit)
    for (let i = 0; i < a.rows; i++)
      if (a.data[i * (a.columns + 1)] === 0 && !(a.imag && a.imag[i * (a.columns + 1)] !== 0))
        throw new MathError("singular", said`the triangular matrix is singular: its diagonal entry ${i + 1} is 0`);
  if (a.imag) substituteComplex(a, x, lower, unit);
  else {
    substitute(a.data, x.data, a.rows, x.columns, lower, unit);
    if (x.imag) substitute(a.data, x.imag, a.rows, x.columns, lower, unit);
  }
  return x;
}

function substitute(a: Float64Array, x: Float64Array, n: number, k: number, lower: boolean, unit: boolean): void {
  // One right-hand side is one pass over A: copying A costs as much.
  if (
    n >= KERNEL_ORDER &&
    k > 1 &&
    withKernels(() => solveTriangle(a, x, n, k, { lower, unit }), "a triangular system", { rows: n, columns: n }, { rows: n, columns: k })
  )
    return;
  for (let step = 0; step < n; step++) {
    const i = lower ? step : n - 1 - step;
    const xi = i * k;
    const from = lower ? 0 : i + 1;
    const to = lower ? i : n;
    spend(step * k);
    for (let j = from; j < to; j++) {
      const v = a[i * n + j];
      if (v !== 0) for (let c = 0; c < k; c++) x[xi + c] -= v * x[j * k + c];
    }
    if (!unit) for (let c = 0; c < k; c++) x[xi + c] /= a[i * n + i];
  }
}

function substituteComplex(a: Matrix, x: Matrix, lower: boolean, unit: boolean): void {
  const n = a.rows;
  const k = x.columns;
  const ar = a.data;
  const ai = a.imag!;
  const xr = x.data;
  const xi = x.imag!;
  for (let step = 0; step < n; step++) {
    const i = lower ? step : n - 1 - step;
    const from = lower ? 0 : i + 1;
    const to = lower ? i : n;
    spend(4 * step * k);
    for (let j = from; j < to; j++) {
      const vr = ar[i * n + j];
      const vi = ai[i * n + j];
      for (let c = 0; c < k; c++) {
        const p = j * k + c;
        xr[i * k + c] -= vr * xr[p] - vi * xi[p];
        xi[i * k + c] -= vr * xi[p] + vi * xr[p];
      }
    }
    if (unit) continue;
    // Smith's division, the ratio shared by the whole row.
    const dr = ar[i * n + i];
    const di = ai[i * n + i];
    const steep = Math.abs(dr) < Math.abs(di);
    const r = steep ? dr / di : di / dr;
    const d = steep ? dr * r + di : dr + di * r;
    for (let c = 0; c < k; c++) {
      const p = i * k + c;
      const br = xr[p];
      const bi = xi[p];
      xr[p] = steep ? (br * r + bi) / d : (br + bi * r) / d;
      xi[p] = steep ? (bi * r - br) / d : (bi - br * r) / d;
    }
  }
}
