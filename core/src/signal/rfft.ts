// Fourier transforms of real signals.
import { rootsOfUnity, transformReal } from "../kernels/index.js";
import { MathError, said } from "../linalg/index.js";
import { type Signal, transform } from "./fft.js";

/**
 * The first ⌊n/2⌋ + 1 coefficients of the transform of a real signal; the rest are their conjugates. Even lengths pack two samples into one complex number: half the cost of `fft`.
 * Length 0 gives length 0.
 */
export function rfft(x: ArrayLike<number>): Signal {
  const n = x.length;
  if (n === 0) return { re: new Float64Array(0), im: new Float64Array(0) };
  const count = Math.floor(n / 2) + 1;
  if (n % 2 === 1) {
    const full = transform({ re: Float64Array.from(x), im: new Float64Array(n) });
    return { re: full.re.slice(0, count), im: full.im.slice(0, count) };
  }
  const fast = transformReal(x instanceof Float64Array ? x : Float64Array.from(x));
  if (fast) return fast;
  const h = n / 2;
  const packed: Signal = { re: new Float64Array(h), im: new Float64Array(h) };
  for (let j = 0; j < h; j++) {
    packed.re[j] = x[2 * j];
    packed.im[j] = x[2 * j + 1];
  }
  const z = transform(packed);
  const w = rootsOfUnity(n);
  const out: Signal = { re: new Float64Array(count), im: new Float64Array(count) };
  for (let k = 0; k < count; k++) {
    const a = k % h;
    const b = (h - k) % h;
    // Even part (z_k + conj z_{h-k})/2, odd part (z_k - conj z_{h-k})/(2i).
    const er = (z.re[a] + z.re[b]) / 2;
    const ei = (z.im[a] - z.im[b]) / 2;
    const or = (z.im[a] + z.im[b]) / 2;
    const oi = (z.re[b] - z.re[a]) / 2;
    out.re[k] = er + w.re[k] * or - w.im[k] * oi;
    out.im[k] = ei + w.re[k] * oi + w.im[k] * or;
  }
  return out;
}

/**
 * The real signal of length n whose first coefficients are given: the inverse of {@link rfft}. n defaults to 2·(count - 1). Imaginary parts of the constant (and, for even n, the
 * last) coefficient are ignored. Throws "length-mismatch" when the count is not ⌊n/2⌋ + 1.
 */
export function irfft(spectrum: Signal, n = Math.max(0, 2 * (spectrum.re.length - 1))): Float64Array {
  const count = spectrum.re.length;
  if (n === 0 && count === 0) return new Float64Array(0);
  if (count !== Math.floor(n / 2) + 1 || spectrum.im.length !== count)
    throw new MathError("length-mismatch", said`a real signal of length ${n} has ${Math.floor(n / 2) + 1} coefficients, not ${count}`);
  // The full spectrum, planes exchanged for the inverse.
  const x: Signal = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < count; k++) {
    const own = 2 * k === n || k === 0;
    x.im[k] = spectrum.re[k];
    x.re[k] = own ? 0 : spectrum.im[k];
    if (own) continue;
    x.im[n - k] = spectrum.re[k];
    x.re[n - k] = -spectrum.im[k];
  }
  return transform(x).im.map((v) => v / n);
}
