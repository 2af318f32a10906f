// Columns chosen one by one, each to leave the least behind.

import { MathError, type Matrix, multiply, norm, normalized, said, scaleByPower } from "../../linalg/index.js";
import { requireRank, requireReal } from "../check.js";

export interface ColumnSubset {
  /** In the order they were chosen. */
  readonly columns: Int32Array;
  /** ‖A - CC⁺A‖_F. */
  readonly errF: number;
}

/**
 * At each step the column j that maximises ‖Eᵀe_j‖²/‖e_j‖², E the residual: the least total squared error after the step. Only columns with
 * ‖e_j‖ >= tau·max take part: without that guard (tau = 0) the rule is blind to scale and picks near-dependent columns on smooth kernels; tau = 1 is the rule of pivoted QR.
 * Ties to the lowest place. Stops early when nothing is left. 2mn² flops a step. Throws "index-out-of-range", "domain" for tau outside 0..1, "nonfinite". Su, kexue.fm 10501.
 */
export function greedyColumnSubset(a: Matrix, k: number, { tau = 0.5 }: { tau?: number } = {}): ColumnSubset {
  requireReal(a, "the greedy column subset");
  requireRank(k, a, "the greedy column subset");
  if (!(tau >= 0 && tau <= 1)) throw new MathError("domain", said`tau must be between 0 and 1, it is ${tau}`);
  const { scaled: e, exponent } = normalized(a);
  const floor = Math.max(a.rows, a.columns) * 2 ** -52 * norm(e, "fro");
  const columns: number[] = [];
  while (columns.length < k) {
    const pivot = bestColumn(e, tau, floor, columns);
    if (pivot < 0) break;
    columns.push(pivot);
    // Twice is enough: the second projection removes what rounding left along the pivot.
    deflate(e, pivot);
    deflate(e, pivot);
  }
  return { columns: Int32Array.from(columns), errF: scaleByPower(norm(e, "fro"), exponent) };
}

function bestColumn(e: Matrix, tau: number, floor: number, taken: readonly number[]): number {
  const { rows: m, columns: n, data } = e;
  const squares = new Float64Array(n);
  for (let i = 0, p = 0; i < m; i++) for (let j = 0; j < n; j++, p++) squares[j] += data[p] ** 2;
  let most = 0;
  for (const j of taken) squares[j] = 0;
  for (const x of squares) most = Math.max(most, x);
  if (!(Math.sqrt(most) > floor)) return -1;
  const least = tau * tau * most * (1 - 1e-14);
  let best = -1;
  let gain = -1;
  // EᵀE anew in each step: downdated from step to step it would lose what the small residuals are told apart by
  const gram = multiply(e, e, { a: "transpose" }).data;
  for (let j = 0; j < n; j++) {
    if (squares[j] === 0 || squares[j] < least || Math.sqrt(squares[j]) <= floor) continue;
    let sum = 0;
    for (let p = j * n; p < (j + 1) * n; p++) sum += gram[p] * gram[p];
    const value = sum / squares[j];
    if (value > gain * (1 + 1e-13)) {
      best = j;
      gain = value;
    }
  }
  return best;
}

/** E ← (I - qqᵀ)E with q the direction of column j, which becomes zero. */
function deflate(e: Matrix, j: number): void {
  const { rows: m, columns: n, data } = e;
  let square = 0;
  for (let i = 0; i < m; i++) square += data[i * n + j] ** 2;
  if (square === 0) return;
  const along = new Float64Array(n);
  for (let i = 0; i < m; i++) for (let c = 0; c < n; c++) along[c] += data[i * n + j] * data[i * n + c];
  for (let i = 0; i < m; i++) {
    const x = data[i * n + j] / square;
    for (let c = 0; c < n; c++) data[i * n + c] -= x * along[c];
  }
  for (let i = 0; i < m; i++) data[i * n + j] = 0;
}
