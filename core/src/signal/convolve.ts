// Linear convolution.
import { MathError, said } from "../linalg/index.js";
import { irfft, rfft } from "./rfft.js";

/** Below this length of the shorter signal the direct sum is faster, and exact for whole numbers. */
const DIRECT = 64;

/**
 * (a*b)_k = Σ a_j·b_{k-j}. "full" (the default) has length m + n - 1; "same" the length of `a`, centred; "valid" only where the signals overlap wholly.
 * Direct for short signals, by transforms of a 2-3-5-smooth length otherwise: O((m + n) log(m + n)), error about eps·log·‖a‖‖b‖ (the direct sum is componentwise accurate;
 * `method` chooses). An empty signal gives an empty result.
 */
export function convolve(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: { mode?: "full" | "same" | "valid"; method?: "auto" | "direct" | "fft" } = {},
): Float64Array {
  const { mode = "full", method = "auto" } = options;
  const m = a.length;
  const n = b.length;
  if (m === 0 || n === 0) return new Float64Array(0);
  const direct = method === "direct" || (method === "auto" && Math.min(m, n) <= DIRECT);
  const full = direct ? directSum(a, b) : byTransforms(a, b);
  if (mode === "full") return full;
  if (mode === "same") {
    const start = Math.floor((n - 1) / 2);
    return full.slice(start, start + m);
  }
  if (mode === "valid") return full.slice(Math.min(m, n) - 1, Math.max(m, n));
  throw new MathError("unsupported", said`no convolution mode "${mode}"`, "use full, same or valid");
}

function directSum(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const out = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    const v = a[i];
    for (let j = 0; j < b.length; j++) out[i + j] += v * b[j];
  }
  return out;
}

function byTransforms(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const length = a.length + b.length - 1;
  const n = goodLength(length);
  const padded = (x: ArrayLike<number>) => {
    const out = new Float64Array(n);
    for (let i = 0; i < x.length; i++) out[i] = x[i];
    return rfft(out);
  };
  const x = padded(a);
  const y = padded(b);
  const re = new Float64Array(x.re.length);
  const im = new Float64Array(x.re.length);
  for (let k = 0; k < re.length; k++) {
    re[k] = x.re[k] * y.re[k] - x.im[k] * y.im[k];
    im[k] = x.re[k] * y.im[k] + x.im[k] * y.re[k];
  }
  return irfft({ re, im }, n).slice(0, length);
}

/** The least even 2^a·3^b·5^c that is at least n. */
export function goodLength(n: number): number {
  let best = 2;
  while (best < n) best *= 2;
  for (let five = 1; five < best; five *= 5)
    for (let three = five; three < best; three *= 3) {
      let size = 2 * three;
      while (size < n) size *= 2;
      if (size < best) best = size;
    }
  return best;
}
