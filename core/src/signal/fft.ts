// The discrete Fourier transform of any length.
import { radices, rootsOfUnity, transformPlanes } from "../kernels/index.js";
import { MathError, said } from "../linalg/index.js";
import { bluestein } from "./bluestein.js";

/** Complex numbers in two planes of equal length. */
export interface Signal {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Prime factors above this go through Bluestein's convolution: a direct butterfly of that radix would cost more. */
const LARGEST_RADIX = 31;

const float64 = (x: ArrayLike<number>): Float64Array => (x instanceof Float64Array ? x : Float64Array.from(x));

const planes = (re: ArrayLike<number>, im?: ArrayLike<number>): Signal => {
  if (im && im.length !== re.length) throw new MathError("length-mismatch", said`${re.length} real parts but ${im.length} imaginary parts`);
  return { re: float64(re), im: im ? float64(im) : new Float64Array(re.length) };
};

/**
 * X_k = Σ_j x_j·e^(-2πi·jk/n), unscaled (NumPy's convention). Radix 4, 2, 3, 5 and general odd radices in Stockham's self-sorting order for lengths with prime factors
 * up to 31, Bluestein's algorithm otherwise: O(n log n) for every n (Van Loan 1992 §1.7, §4.2). Relative error about eps·log n in the 2-norm.
 * Length 0 gives length 0; NaN and infinities spread to every coefficient. Throws "length-mismatch" when the planes differ.
 * With `into` the result is written to planes that are there (the input's, too) and nothing is allocated: up to n = 10^4 new planes cost as much as the transform.
 */
export function fft(re: ArrayLike<number>, im?: ArrayLike<number>, into?: Signal): Signal {
  const x = planes(re, im);
  if (into && (into.re.length !== x.re.length || into.im.length !== x.re.length))
    throw new MathError("length-mismatch", said`${x.re.length} numbers do not fit into planes of ${into.re.length} and ${into.im.length}`);
  return transform(x, into);
}

/** x_j = (1/n)·Σ_k X_k·e^(2πi·jk/n): the inverse of {@link fft}. */
export function ifft(re: ArrayLike<number>, im?: ArrayLike<number>): Signal {
  const x = planes(re, im);
  const n = x.re.length;
  // Exchanging the planes conjugates the transform.
  const y = transform({ re: x.im, im: x.re });
  for (let i = 0; i < n; i++) {
    y.re[i] /= n;
    y.im[i] /= n;
  }
  return { re: y.im, im: y.re };
}

/** The transform as new planes, or in those of `into`. */
export function transform(x: Signal, into?: Signal): Signal {
  const fast = transformPlanes(x.re, x.im, into);
  if (fast) return fast;
  const factors = x.re.length > 1 ? radices(x.re.length) : [];
  const y = (factors.at(-1) ?? 1) > LARGEST_RADIX ? bluestein(x, transform) : stockham({ re: x.re.slice(), im: x.im.slice() }, factors);
  if (!into) return y;
  into.re.set(y.re);
  into.im.set(y.im);
  return into;
}

/** Decimation in frequency without bit reversal: a stage of radix r reads x[q + s(p + mk)] and writes y[q + s(rp + j)]. */
function stockham(input: Signal, factors: readonly number[]): Signal {
  const n = input.re.length;
  const w = rootsOfUnity(n);
  let x = input;
  let y: Signal = { re: new Float64Array(n), im: new Float64Array(n) };
  let length = n;
  let stride = 1;
  for (const r of factors) {
    const m = length / r;
    if (r === 4) stage4(x, y, w, m, stride, n);
    else if (r === 2) stage2(x, y, w, m, stride);
    else stageAny(x, y, w, r, m, stride, n);
    [x, y] = [y, x];
    length = m;
    stride *= r;
  }
  return x;
}

function stage2(x: Signal, y: Signal, w: Signal, m: number, s: number): void {
  for (let p = 0; p < m; p++) {
    const wr = w.re[p * s];
    const wi = w.im[p * s];
    for (let q = 0; q < s; q++) {
      const a = q + s * p;
      const b = a + s * m;
      const to = q + 2 * s * p;
      const dr = x.re[a] - x.re[b];
      const di = x.im[a] - x.im[b];
      y.re[to] = x.re[a] + x.re[b];
      y.im[to] = x.im[a] + x.im[b];
      y.re[to + s] = dr * wr - di * wi;
      y.im[to + s] = dr * wi + di * wr;
    }
  }
}

function stage4(x: Signal, y: Signal, w: Signal, m: number, s: number, n: number): void {
  const xr = x.re;
  const xi = x.im;
  const yr = y.re;
  const yi = y.im;
  for (let p = 0; p < m; p++) {
    const k = p * s;
    const [r1, i1] = [w.re[k], w.im[k]];
    const [r2, i2] = [w.re[(2 * k) % n], w.im[(2 * k) % n]];
    const [r3, i3] = [w.re[(3 * k) % n], w.im[(3 * k) % n]];
    for (let q = 0; q < s; q++) {
      const a = q + s * p;
      const b = a + s * m;
      const c = b + s * m;
      const d = c + s * m;
      const sr = xr[a] + xr[c];
      const si = xi[a] + xi[c];
      const ur = xr[a] - xr[c];
      const ui = xi[a] - xi[c];
      const tr = xr[b] + xr[d];
      const ti = xi[b] + xi[d];
      // -i·(x_b - x_d)
      const vr = xi[b] - xi[d];
      const vi = xr[d] - xr[b];
      const to = q + 4 * s * p;
      yr[to] = sr + tr;
      yi[to] = si + ti;
      const b1r = ur + vr;
      const b1i = ui + vi;
      yr[to + s] = b1r * r1 - b1i * i1;
      yi[to + s] = b1r * i1 + b1i * r1;
      const b2r = sr - tr;
      const b2i = si - ti;
      yr[to + 2 * s] = b2r * r2 - b2i * i2;
      yi[to + 2 * s] = b2r * i2 + b2i * r2;
      const b3r = ur - vr;
      const b3i = ui - vi;
      yr[to + 3 * s] = b3r * r3 - b3i * i3;
      yi[to + 3 * s] = b3r * i3 + b3i * r3;
    }
  }
}

/** A stage of any odd radix: pairs k and r - k share their cosine and sine parts, r²/2 multiplications a butterfly. */
function stageAny(x: Signal, y: Signal, w: Signal, r: number, m: number, s: number, n: number): void {
  const half = (r - 1) / 2;
  const step = n / r;
  const plusR = new Float64Array(half + 1);
  const plusI = new Float64Array(half + 1);
  const minusR = new Float64Array(half + 1);
  const minusI = new Float64Array(half + 1);
  for (let p = 0; p < m; p++)
    for (let q = 0; q < s; q++) {
      const first = q + s * p;
      const x0r = x.re[first];
      const x0i = x.im[first];
      let sumR = x0r;
      let sumI = x0i;
      for (let k = 1; k <= half; k++) {
        const a = first + s * m * k;
        const b = first + s * m * (r - k);
        plusR[k] = x.re[a] + x.re[b];
        plusI[k] = x.im[a] + x.im[b];
        minusR[k] = x.re[a] - x.re[b];
        minusI[k] = x.im[a] - x.im[b];
        sumR += plusR[k];
        sumI += plusI[k];
      }
      const to = q + s * r * p;
      y.re[to] = sumR;
      y.im[to] = sumI;
      for (let j = 1; j <= half; j++) {
        let cr = x0r;
        let ci = x0i;
        let sr = 0;
        let si = 0;
        for (let k = 1; k <= half; k++) {
          const at = ((j * k) % r) * step;
          cr += w.re[at] * plusR[k];
          ci += w.re[at] * plusI[k];
          // i·sin·(x_k - x_{r-k}) with sin taken from the table's imaginary part.
          sr -= w.im[at] * minusI[k];
          si += w.im[at] * minusR[k];
        }
        place(y, to + s * j, cr + sr, ci + si, w, (j * p * s) % n);
        place(y, to + s * (r - j), cr - sr, ci - si, w, ((r - j) * p * s) % n);
      }
    }
}

function place(y: Signal, to: number, re: number, im: number, w: Signal, at: number): void {
  y.re[to] = re * w.re[at] - im * w.im[at];
  y.im[to] = re * w.im[at] + im * w.re[at];
}
