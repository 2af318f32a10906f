// Causal convolution: what a state-space layer does to its input.
import { MathError, said } from "../linalg/index.js";
import { goodLength } from "./convolve.js";
import { irfft, rfft } from "./rfft.js";
import { finish, type Steps } from "./steps.js";

/** Outputs of one portion: transforms of twice this length fit the caches. */
const PORTION = 2 ** 16;

/**
 * y_k = Σ_{j<=k} K_j·u_{k-j} for k < L, the length of u; K may be shorter or longer. By transforms of length >= 2L, so that nothing wraps around: O(L log L), memory O(L).
 * An empty input gives an empty output.
 */
export const causalConvolve = (kernel: ArrayLike<number>, u: ArrayLike<number>): Float64Array => finish(causalConvolveSteps(kernel, u));

/**
 * {@link causalConvolve} in portions: kernel and input are cut into blocks of 65,536, pairs of blocks are multiplied in the frequency domain (their transforms taken once),
 * one block of the output after the other. L = 2^20 takes 48 transforms and 136 products of spectra.
 */
export function* causalConvolveSteps(kernel: ArrayLike<number>, u: ArrayLike<number>): Steps<Float64Array> {
  const length = u.length;
  const y = new Float64Array(length);
  if (length === 0 || kernel.length === 0) return y;
  const block = Math.min(PORTION, length);
  const size = goodLength(2 * block);
  const blocks = Math.ceil(length / block);
  const spectra = (x: ArrayLike<number>) =>
    Array.from({ length: Math.min(blocks, Math.ceil(x.length / block)) }, (_, i) => {
      const part = new Float64Array(size);
      const from = i * block;
      const to = Math.min(from + block, x.length, length);
      for (let k = from; k < to; k++) part[k - from] = x[k];
      return rfft(part);
    });
  const kernelSpectra = spectra(kernel);
  yield 0.1;
  const inputSpectra = spectra(u);
  const count = Math.floor(size / 2) + 1;
  for (let i = 0; i < blocks; i++) {
    yield 0.2 + (0.8 * (i * (i + 1))) / (blocks * (blocks + 1));
    const re = new Float64Array(count);
    const im = new Float64Array(count);
    for (let j = Math.max(0, i - inputSpectra.length + 1); j <= Math.min(i, kernelSpectra.length - 1); j++) {
      const a = kernelSpectra[j];
      const b = inputSpectra[i - j];
      for (let k = 0; k < count; k++) {
        re[k] += a.re[k] * b.re[k] - a.im[k] * b.im[k];
        im[k] += a.re[k] * b.im[k] + a.im[k] * b.re[k];
      }
    }
    // The sum of the block pairs on diagonal i reaches over blocks i and i + 1.
    const sum = irfft({ re, im }, size);
    const from = i * block;
    for (let k = 0; k < 2 * block && from + k < length; k++) y[from + k] += sum[k];
  }
  return y;
}

/** The direct sum, O(L²): the definition, for checking. Throws "domain" for more than 2^14 outputs. */
export function causalConvolveDirect(kernel: ArrayLike<number>, u: ArrayLike<number>): Float64Array {
  if (u.length > 2 ** 14) throw new MathError("domain", said`the direct sum over ${u.length} samples is too long`, "use causalConvolve");
  return Float64Array.from({ length: u.length }, (_, k) => {
    let s = 0;
    for (let j = 0; j <= Math.min(k, kernel.length - 1); j++) s += kernel[j] * u[k - j];
    return s;
  });
}
