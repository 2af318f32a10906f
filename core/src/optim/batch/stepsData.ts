// The trade-off between steps and data: (S/S_min − 1)(E/E_min − 1) = 1.

import { said } from "../../linalg/index.js";
import { requireSameLength, requireThat } from "../guard.js";

/** Steps and examples to a target for each batch size: S = S_min(1 + B_crit/B), E = BS, B_crit = E_min/S_min. arXiv 1812.06162, equation 2.11. */
export function stepsData(sMin: number, eMin: number, batch: readonly number[]): { bCrit: number; S: number[]; E: number[] } {
  requireThat(sMin > 0 && eMin > 0, said`S_min and E_min must be positive; they are ${sMin} and ${eMin}`);
  const bCrit = eMin / sMin;
  return { bCrit, S: batch.map((b) => sMin * (1 + bCrit / b)), E: batch.map((b) => sMin * (b + bCrit)) };
}

/**
 * S_min and E_min from measured pairs: the identity S_min/S + E_min/E = 1 is linear in both, so least squares in [1/S, 1/E] (columns scaled first).
 * Null when the pairs do not tell them apart (fewer than two ratios). O(n).
 */
export function fitStepsData(S: ArrayLike<number>, E: ArrayLike<number>): { sMin: number; eMin: number } | null {
  requireSameLength(S, E, "steps and examples");
  let [sTop, eTop] = [0, 0];
  for (let i = 0; i < S.length; i++) {
    sTop = Math.max(sTop, 1 / (S[i] as number));
    eTop = Math.max(eTop, 1 / (E[i] as number));
  }
  let [a, b, c, p, q] = [0, 0, 0, 0, 0];
  for (let i = 0; i < S.length; i++) {
    const u = 1 / (S[i] as number) / sTop;
    const v = 1 / (E[i] as number) / eTop;
    a += u * u;
    b += u * v;
    c += v * v;
    p += u;
    q += v;
  }
  const det = a * c - b * b;
  if (!(det > 1e-12 * a * c)) return null;
  return { sMin: (c * p - b * q) / det / sTop, eMin: (a * q - b * p) / det / eTop };
}
