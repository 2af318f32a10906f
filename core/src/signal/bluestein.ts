// Fourier transforms of awkward lengths as a convolution of a good length.
import type { Signal } from "./fft.js";

/**
 * jk = (j² + k² - (j - k)²)/2 turns the transform into a convolution with the chirp e^(πi·j²/n), done by three transforms of a power of two >= 2n - 1
 * (Bluestein 1970). `transform` does those. The chirp's exponent is reduced modulo 2n in whole numbers, so no digits are lost for large n (n < 2^26).
 */
export function bluestein(x: Signal, transform: (x: Signal) => Signal): Signal {
  const n = x.re.length;
  let size = 1;
  while (size < 2 * n - 1) size *= 2;
  const chirpR = new Float64Array(n);
  const chirpI = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const angle = (Math.PI * ((j * j) % (2 * n))) / n;
    chirpR[j] = Math.cos(angle);
    chirpI[j] = Math.sin(angle);
  }
  const a: Signal = { re: new Float64Array(size), im: new Float64Array(size) };
  const b: Signal = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let j = 0; j < n; j++) {
    a.re[j] = x.re[j] * chirpR[j] + x.im[j] * chirpI[j];
    a.im[j] = x.im[j] * chirpR[j] - x.re[j] * chirpI[j];
    b.re[j] = chirpR[j];
    b.im[j] = chirpI[j];
    if (j > 0) {
      b.re[size - j] = chirpR[j];
      b.im[size - j] = chirpI[j];
    }
  }
  const fa = transform(a);
  const fb = transform(b);
  // Product with planes exchanged: its transform is the inverse one, exchanged.
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    im[k] = fa.re[k] * fb.re[k] - fa.im[k] * fb.im[k];
    re[k] = fa.re[k] * fb.im[k] + fa.im[k] * fb.re[k];
  }
  const c = transform({ re, im });
  const out: Signal = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    const cr = c.im[k] / size;
    const ci = c.re[k] / size;
    out.re[k] = cr * chirpR[k] + ci * chirpI[k];
    out.im[k] = ci * chirpR[k] - cr * chirpI[k];
  }
  return out;
}
