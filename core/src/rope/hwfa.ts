// Hybrid window and full attention: windows with RoPE below, one full layer without it above.
import { MathError, type Matrix, said, zeros } from "../linalg/index.js";
import { requireWhole } from "./frequencies.js";

/**
 * The window of layers 1, ..., n-1 for which their joint receptive field (w-1)(n-1)+1 stays within αN of the training length: w = ⌊(αN-1)/(n-1)+1⌋; α <= 3/4 is advised.
 * Throws "domain" for fewer than 2 layers or a field below one token. Source: kexue.fm 9603.
 */
export function hwfaPlan(layers: number, trainLength: number, alpha = 0.75): { readonly window: number; readonly receptiveField: number } {
  requireWhole(layers, "the number of layers", 2);
  requireWhole(trainLength, "the training length", 1);
  if (!(alpha > 0 && alpha * trainLength >= 1)) throw new MathError("domain", said`alpha·trainLength must be at least 1, not ${alpha * trainLength}`);
  const window = Math.floor((alpha * trainLength - 1) / (layers - 1) + 1);
  return { window, receptiveField: (window - 1) * (layers - 1) + 1 };
}

/** Where f full-attention layers stand among n: ⌊n(j+1)/(f+1)⌋. Source: kexue.fm 9731. */
export function hwfa2FullLayers(layers: number, full: number): number[] {
  requireWhole(layers, "the number of layers", 1);
  requireWhole(full, "the number of full layers", 0);
  return Array.from({ length: full }, (_, j) => Math.floor((layers * (j + 1)) / (full + 1)));
}

/** Attended pairs 0 <= i-j < w of L tokens: wL - w(w-1)/2 for w <= L. A window of zero attends to nothing. */
export function windowPairs(L: number, w: number): number {
  const reach = Math.min(w, L);
  return reach * L - (reach * (reach - 1)) / 2;
}

/** The mask with ones where 0 <= i-j < w, and how many there are. */
export function windowMask(L: number, w: number): { readonly mask: Matrix; readonly pairs: number } {
  requireWhole(L, "L", 0);
  requireWhole(w, "the window w", 0);
  const mask = zeros(L);
  for (let i = 0; i < L; i++) for (let j = Math.max(0, i - w + 1); j <= i; j++) mask.data[i * L + j] = 1;
  return { mask, pairs: windowPairs(L, w) };
}
