// What the best random choice of columns achieves on average.

/**
 * E‖A - CC⁺A‖_F² when k columns are drawn with probability ∝ det(CᵀC): (k + 1)·e_{k+1}(σ²)/e_k(σ²), e_j the elementary symmetric sums; at most (k + 1)·tail_k².
 * O(k·p). 0 for k >= rank. Deshpande, Rademacher, Vempala & Wang 2006.
 */
export function volumeSamplingSqErr(s: ArrayLike<number>, k: number): number {
  const big = s[0] ?? 0;
  if (big === 0) return 0;
  const e = new Float64Array(k + 2);
  e[0] = 1;
  for (let i = 0; i < s.length; i++) for (let j = k + 1; j >= 1; j--) e[j] += e[j - 1] * (s[i] / big) ** 2;
  return e[k] === 0 ? 0 : ((k + 1) * e[k + 1] * big * big) / e[k];
}
