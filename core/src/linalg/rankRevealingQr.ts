// Strong rank-revealing QR.
import { selectColumns, submatrix } from "./blocks.js";
import { modulus } from "./complex.js";
import { MathError } from "./error.js";
import { identity, type Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import { pivotedQr, qr } from "./qr.js";
import { solveTriangular } from "./triangular.js";

/** A with columns in the order `permutation` = Q·R, the leading rank×rank block of R well conditioned and everything behind it small. */
export interface RankRevealingQR {
  readonly Q: Matrix;
  readonly R: Matrix;
  readonly permutation: Int32Array;
  readonly rank: number;
  /** Column exchanges made after pivoted QR. */
  readonly swaps: number;
}

/**
 * Gu & Eisenstat's strong rank-revealing QR (1996, algorithm 4): pivoted QR, then exchanges of a leading and a trailing column while one raises |det R_11| by more
 * than `f`. Afterwards, with k = rank and ρ = √(1 + f²k(n - k)): s_i(R_11) >= s_i(A)/ρ, s_j(R_22) <= s_{k+j}(A)·ρ and |R_11⁻¹R_12| <= f. Kahan's matrix, on which pivoted QR fails, needs one
 * exchange. `rank` defaults to the number of |r_ii| above max(m, n)·eps·|r_11|. Every exchange refactors, 2mnk flops, at most k·log_f(n) of them. Empty and zero matrices
 * have rank 0. Throws "nonfinite", "domain" for f < 1, "index-out-of-range" for a rank beyond min(m, n).
 */
export function rankRevealingQr(a: Matrix, options: { rank?: number; f?: number } = {}): RankRevealingQR {
  const { f = 2 } = options;
  if (!(f >= 1)) throw new MathError("domain", said`strong rank-revealing QR needs f >= 1, not ${f}`);
  const first = pivotedQr(a);
  const { rows: m, columns: n } = a;
  const most = Math.min(m, n);
  const k = options.rank ?? visibleRank(first.R, Math.max(m, n));
  if (!(Number.isInteger(k) && k >= 0 && k <= most)) throw new MathError("index-out-of-range", said`a ${m}×${n} matrix cannot have rank ${k}`);
  let permutation = first.permutation;
  let factors: { Q: Matrix; R: Matrix } = first;
  let swaps = 0;
  const limit = 100 + 10 * k * Math.ceil(Math.log2(n + 2));
  while (k > 0 && k < n && swaps < limit) {
    const exchange = bestExchange(factors.R, k, f);
    if (!exchange) break;
    permutation = permutation.slice();
    const [i, j] = exchange;
    [permutation[i], permutation[j]] = [permutation[j], permutation[i]];
    factors = qr(selectColumns(a, permutation));
    swaps++;
  }
  return { Q: factors.Q, R: factors.R, permutation, rank: k, swaps };
}

const sizeAt = (a: Matrix, p: number): number => (a.imag ? modulus(a.data[p], a.imag[p]) : Math.abs(a.data[p]));

function visibleRank(R: Matrix, longest: number): number {
  const n = R.columns;
  const cut = longest * 2 ** -52 * (R.rows > 0 && n > 0 ? sizeAt(R, 0) : 0);
  let k = 0;
  while (k < Math.min(R.rows, n) && sizeAt(R, k * (n + 1)) > cut) k++;
  return k;
}

/** The exchange (leading i, trailing j) that raises |det R_11| most, or null when none raises it by more than f: the factor is √(|T_ij|² + (ω_i·γ_j)²). */
function bestExchange(R: Matrix, k: number, f: number): [number, number] | null {
  const n = R.columns;
  const R11 = submatrix(R, 0, k, 0, k);
  for (let i = 0; i < k; i++) if (sizeAt(R11, i * (k + 1)) === 0) return null;
  const T = solveTriangular(R11, submatrix(R, 0, k, k, n));
  const inverse = solveTriangular(R11, identity(k));
  const rowNorm = Array.from({ length: k }, (_, i) => {
    let s = 0;
    for (let j = i; j < k; j++) s = modulus(s, sizeAt(inverse, i * k + j));
    return s;
  });
  const columnNorm = Array.from({ length: n - k }, (_, j) => {
    let s = 0;
    for (let i = k; i < R.rows; i++) s = modulus(s, sizeAt(R, i * n + k + j));
    return s;
  });
  // A hair above f, so that a tie cannot swap forever.
  let best = f * (1 + 1e-10);
  let where: [number, number] | null = null;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < n - k; j++) {
      const gain = modulus(sizeAt(T, i * (n - k) + j), rowNorm[i] * columnNorm[j]);
      if (gain > best) {
        best = gain;
        where = [i, k + j];
      }
    }
  return where;
}
