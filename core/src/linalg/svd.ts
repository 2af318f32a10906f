// The singular value decomposition.
import { factorSvd, singularValuesOf } from "../kernels/index.js";
import { SPECTRAL_ORDER, withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import { allocate, normalized, requireFinite, requireRoom, scaleByPower } from "./shape.js";
import { isSmall, smallSingularValues, smallSvd } from "./smallSpectra.js";
import { golubKahanSvd } from "./svdGolubKahan.js";
import { jacobiSvd } from "./svdJacobi.js";
import type { SVD } from "./svdSorted.js";
import { adjoint } from "./transpose.js";

export interface SvdOptions {
  readonly mode?: "thin" | "full";
  /**
   * "jacobi": one-sided Jacobi after pivoted QR, singular values of row- or column-graded matrices to full relative accuracy.
   * "golubKahan": bidiagonalisation and implicit QR, several times faster from n = 60 on, accurate relative to s_1.
   * "auto": the kernels' bidiagonalisation with divide and conquer for real matrices, accurate relative to s_1; Jacobi up to 64 columns where there are no kernels, or where the
   * sizes of rows or columns differ by more than 2^20, so that small singular values of graded matrices are right too.
   */
  readonly method?: "auto" | "jacobi" | "golubKahan";
}

const JACOBI_LIMIT = 64;

/**
 * The SVD of any real or complex matrix. Backward error ‖A - USVᴴ‖ <= c·n·eps·s_1, U and V orthonormal to c·n·eps.
 * Jacobi: Demmel & Veselić 1992, Drmač & Veselić 2008; Golub-Kahan: Golub & Van Loan §8.6, Demmel & Kahan 1990. About 4mn² + 8n³ flops, Jacobi a few times more.
 * Scaling by 2^k changes s by exactly 2^k. Sign convention: in each column of U the entry of largest modulus (the first within 1e-9 relative) is positive;
 * for complex matrices, real and positive. Zero and rank-deficient matrices get orthonormal U and V all the same; empty ones have no singular values.
 * NaN or infinity is MathError "nonfinite"; more than 40 Jacobi sweeps or 60 QR steps per value "no-convergence" with what was reached as `partial`.
 */
export function svd(a: Matrix, options: SvdOptions = {}): SVD {
  const fast = usesKernels(a, options) && withKernels(() => decomposeFast(a, options.mode === "full"), "the SVD", a);
  if (fast) return fast;
  requireFinite(a, "the SVD");
  if (a.rows < a.columns) {
    const t = decompose(adjoint(a), options);
    return withSigns({ U: t.V, s: t.s, V: t.U });
  }
  return withSigns(decompose(a, options));
}

/** The singular values alone, descending; as {@link svd} without the vectors, at about a third of the cost. */
export function singularValues(a: Matrix, options: { method?: SvdOptions["method"] } = {}): Float64Array {
  const fast =
    usesKernels(a, options) &&
    ((isSmall(a.rows, a.columns) && smallSingularValues(a.data, a.rows, a.columns)) ||
      withKernels(() => singularValuesOf(a.data, a.rows, a.columns), "the singular values", a));
  if (fast) return fast;
  requireFinite(a, "the singular values");
  return decompose(a.rows < a.columns ? adjoint(a) : a, options, false).s;
}

function usesKernels(a: Matrix, { method = "auto" }: SvdOptions): boolean {
  const order = Math.min(a.rows, a.columns);
  if (a.imag || method !== "auto" || order < SPECTRAL_ORDER) return false;
  return order > JACOBI_LIMIT || !isGraded(a);
}

/** True when the largest entries of two rows, or of two columns, differ by more than 2^20; zero ones do not count. */
function isGraded(a: Matrix): boolean {
  const { rows: m, columns: n, data } = a;
  const inColumn = new Float64Array(n);
  let least = Infinity;
  let most = 0;
  for (let i = 0, p = 0; i < m; i++) {
    let inRow = 0;
    for (let j = 0; j < n; j++, p++) {
      const x = Math.abs(data[p]);
      if (x > inRow) inRow = x;
      if (x > inColumn[j]) inColumn[j] = x;
    }
    if (inRow > most) most = inRow;
    if (inRow > 0 && inRow < least) least = inRow;
  }
  if (least < most * 2 ** -20) return true;
  least = Infinity;
  for (const x of inColumn) if (x > 0 && x < least) least = x;
  return least < most * 2 ** -20;
}

function decomposeFast(a: Matrix, full: boolean): SVD | null {
  const { rows: m, columns: n } = a;
  const left = full ? m : Math.min(m, n);
  const right = full ? n : Math.min(m, n);
  requireRoom(m, left);
  requireRoom(n, right);
  const f = (left === right && isSmall(m, n) && smallSvd(a.data, m, n)) || factorSvd(a.data, m, n, full);
  return f && { U: { rows: m, columns: left, data: f.U }, s: f.s, V: { rows: n, columns: right, data: f.V } };
}

/** The SVD of a tall or square matrix, scaled to a safe range. */
function decompose(a: Matrix, options: SvdOptions, vectors = true): SVD {
  const { mode = "thin", method = "auto" } = options;
  allocate(a.rows, mode === "full" ? a.rows : a.columns);
  const { scaled, exponent } = normalized(a);
  const jacobi = method === "jacobi" || (method === "auto" && a.columns <= JACOBI_LIMIT);
  const f = (jacobi ? jacobiSvd : golubKahanSvd)(scaled, mode === "full", vectors);
  return exponent === 0 ? f : { ...f, s: f.s.map((x) => scaleByPower(x, exponent)) };
}

/** Turns each pair (u_j, v_j) so that the leading entry of u_j is positive; columns of U or V beyond the other's width are turned by themselves. */
function withSigns(f: SVD): SVD {
  const U = f.U;
  const V = f.V;
  const width = Math.max(U.columns, V.columns);
  for (let j = 0; j < width; j++) {
    const lead = j < U.columns ? U : V;
    const at = leadingEntry(lead, j);
    if (at < 0) continue;
    const re = lead.data[at];
    const im = lead.imag?.[at] ?? 0;
    const size = Math.sqrt(re * re + im * im);
    if (im === 0 && re > 0) continue;
    if (j < U.columns) turn(U, j, re / size, -im / size);
    if (j < V.columns) turn(V, j, re / size, -im / size);
    if (lead.imag) {
      lead.imag[at] = 0;
    }
  }
  return f;
}

/** Index of the first entry of column j within 1e-9 (relative) of the largest modulus; -1 for a zero or empty column. */
function leadingEntry(a: Matrix, j: number): number {
  const n = a.columns;
  const square = (p: number) => a.data[p] ** 2 + (a.imag ? a.imag[p] ** 2 : 0);
  let big = 0;
  for (let i = 0; i < a.rows; i++) big = Math.max(big, square(i * n + j));
  if (big === 0) return -1;
  for (let i = 0; i < a.rows; i++) if (square(i * n + j) >= big * (1 - 2e-9)) return i * n + j;
  return -1;
}

function turn(a: Matrix, j: number, re: number, im: number): void {
  const n = a.columns;
  for (let i = 0, p = j; i < a.rows; i++, p += n) {
    const x = a.data[p];
    if (a.imag) {
      const y = a.imag[p];
      a.data[p] = x * re - y * im;
      a.imag[p] = x * im + y * re;
    } else a.data[p] = x * re;
  }
}
