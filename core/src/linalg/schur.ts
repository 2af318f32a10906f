// Schur forms: the stable way to eigenvalues and matrix functions.
import { factorSchur } from "../kernels/index.js";
import { planesToMatrix } from "./bidiagonalize.js";
import { hessenbergPlanes } from "./hessenberg.js";
import { SPECTRAL_ORDER, withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import type { Planes } from "./reflector.js";
import { complexGivens, complexQr, rotateColumns, rotateRows } from "./schurComplex.js";
import { realQr } from "./schurReal.js";
import { complexify, normalized, requireFinite, requireSquare, scaleByPower, scaleMatrixByPower } from "./shape.js";
import { transpose } from "./transpose.js";

/** Eigenvalues as two planes; a real matrix has its complex ones in adjacent conjugate pairs, positive imaginary part first. */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A = Z·T·Zᴴ, Z unitary. Complex form: T upper triangular. Real form: T with 1×1 blocks and standardised 2×2 blocks (equal diagonal, off-diagonal of opposite signs). */
export interface Schur {
  readonly Z: Matrix;
  readonly T: Matrix;
  readonly values: Spectrum;
}

/**
 * The Schur decomposition, about 25n³ flops real (Golub & Van Loan §7.5): Hessenberg form, then Francis double-shift QR for real matrices, single-shift QR for
 * complex ones or when form "complex" is asked for. Backward error c·n·eps·‖A‖. Empty matrices have empty factors.
 * Throws "not-square", "nonfinite", "no-convergence" (partial: the eigenvalues found so far, from the end).
 */
export function schur(a: Matrix, options: { form?: "real" | "complex" } = {}): Schur {
  const { form = a.imag ? "complex" : "real" } = options;
  return decompose(form === "complex" || a.imag ? complexify(a) : a, true) as Schur;
}

/** The eigenvalues alone by the same iteration, about 10n³ flops; no balancing. */
export const schurValues = (a: Matrix): Spectrum => decompose(a, false).values;

function decompose(a: Matrix, vectors: boolean): { Z: Matrix | null; T: Matrix | null; values: Spectrum } {
  requireSquare(a, "the Schur form");
  if (!a.imag && a.rows >= SPECTRAL_ORDER) {
    const f = withKernels(() => factorSchur(a.data, a.rows, vectors), "the Schur form", a);
    const square = (data: Float64Array) => (vectors ? { rows: a.rows, columns: a.rows, data } : null);
    if (f) return { Z: square(f.Z), T: square(f.T), values: f.values };
  }
  requireFinite(a, "the Schur form");
  const n = a.rows;
  const { scaled, exponent } = normalized(a);
  const h: Planes = { re: scaled.data, im: scaled.imag ?? null };
  const q = hessenbergPlanes(h, n, vectors);
  // Z is kept transposed while rotating, so that its updates run along rows.
  const zt = q ? transpose(planesToMatrix(q, n, n)) : null;
  const z: Planes | null = zt ? { re: zt.data, im: zt.imag ?? null } : null;
  const values = h.im ? complexQr({ re: h.re, im: h.im }, z, n) : realQr(h.re, z?.re ?? null, n);
  const back = (x: Float64Array) => (exponent === 0 ? x : x.map((v) => scaleByPower(v, exponent)));
  return {
    Z: zt ? transpose(zt) : null,
    T: vectors ? scaleMatrixByPower(planesToMatrix(h, n, n), exponent) : null,
    values: { re: back(values.re), im: back(values.im) },
  };
}

/**
 * The complex Schur form of any input, ready for functions of triangular matrices. A real matrix takes the real iteration first; its 2×2 blocks are then
 * triangularised by one complex rotation each, so real eigenvalues stay exactly real and complex ones exactly conjugate.
 */
export function complexSchur(a: Matrix): Schur {
  const f = schur(a);
  if (a.imag) return f;
  const n = a.rows;
  const T = complexify(f.T);
  const Z = complexify(f.Z);
  const t = { re: T.data, im: T.imag };
  for (let k = 0; k + 1 < n; k++) {
    const omega = f.values.im[k];
    if (!(omega > 0)) continue;
    // The block [a b; c a] has the eigenvector (b, iω) for a + iω.
    const g = complexGivens(t.re[k * n + k + 1], 0, 0, omega);
    rotateRows(t, n, k, k + 1, k, n, g.c, g.sr, g.si);
    rotateColumns(t, n, 0, k + 2, k, g.c, g.sr, g.si);
    rotateColumns({ re: Z.data, im: Z.imag }, n, 0, n, k, g.c, g.sr, g.si);
    for (let i = k; i <= k + 1; i++) {
      t.re[i * (n + 1)] = f.values.re[i];
      t.im[i * (n + 1)] = f.values.im[i];
    }
    t.re[(k + 1) * n + k] = 0;
    t.im[(k + 1) * n + k] = 0;
    k++;
  }
  return { Z, T, values: f.values };
}
