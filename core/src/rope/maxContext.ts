// The longest context a base serves.
import { finish, type Steps } from "../signal/index.js";
import { cosineSums, cosineSweep } from "./decay.js";
import { requireWhole, ropeFrequencies } from "./frequencies.js";

const PORTION = 2 ** 15;

/**
 * The largest L with B_m = Σcos(mθ_i) >= 0 for all 0 <= m < L: the first m with B_m < 0; null when there is none below `cap`. Not monotone in the base.
 * O(d·L). Source: Base of RoPE (arXiv 2405.14591) §4; kexue.fm 10122.
 */
export const ropeMaxContext = (base: number, d: number, cap = 2 ** 22): number | null => finish(ropeMaxContextSteps(base, d, cap));

/** {@link ropeMaxContext} in portions of 32,768 distances. */
export function* ropeMaxContextSteps(base: number, d: number, cap = 2 ** 22): Steps<number | null> {
  requireWhole(cap, "the cap", 1);
  const sweep = cosineSweep(ropeFrequencies(d, base));
  // The first portions are small: most answers are.
  for (let from = 0, size = 1024; from < cap; from += size, size = Math.min(PORTION, 2 * size)) {
    if (from > 0) yield from / cap;
    const at = cosineSums(sweep, from, Math.min(size, cap - from)).findIndex((b) => b < 0);
    if (at >= 0) return from + at;
  }
  return null;
}
