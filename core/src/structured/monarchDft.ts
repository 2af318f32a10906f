// The discrete Fourier transform as a Monarch matrix behind a permutation: one step of Cooley and Tukey.

import { MathError, type Matrix, multiply, said } from "../linalg/index.js";

export interface MonarchDft {
  readonly n1: number;
  readonly n2: number;
  /** DFT·x = M·x[perm]: perm[k·n2 + l] = l·n1 + k. */
  readonly perm: Int32Array;
  /** n2 blocks of n1×n1, L_j[i, k] = ω^((i·n2 + j)k): the small transforms with their twiddle factors. */
  readonly L: { readonly re: Float64Array; readonly im: Float64Array };
  /** n1 blocks of n2×n2, all R_k[j, l] = ω^(j·l·n1): the transform of length n2. */
  readonly R: { readonly re: Float64Array; readonly im: Float64Array };
}

/** ω^e for ω = e^(-2πi/n), exact at multiples of a quarter turn. */
function root(e: number, n: number): [number, number] {
  const r = e % n;
  if ((4 * r) % n === 0)
    return (
      [
        [1, 0],
        [0, -1],
        [-1, 0],
        [0, 1],
      ] as const
    )[(4 * r) / n] as unknown as [number, number];
  const angle = (-2 * Math.PI * r) / n;
  return [Math.cos(angle), Math.sin(angle)];
}

/**
 * The DFT of length n = n1·n2 as Monarch factors: with the columns reordered by `perm` it is exactly Monarch, without it is far from one. n1·n2² + n2·n1² multiplications a product
 * instead of n². Throws "domain" for sizes below 1. Cooley & Tukey 1965; Dao et al. 2022.
 */
export function monarchDft(n1: number, n2: number): MonarchDft {
  for (const n of [n1, n2]) if (!(Number.isInteger(n) && n >= 1)) throw new MathError("domain", said`a transform cannot have ${n} points`);
  if (n1 * n2 > 2 ** 20)
    throw new MathError("too-large", said`a transform of ${n1 * n2} points is too long to write out`, "use the fast Fourier transform");
  const n = n1 * n2;
  const L = { re: new Float64Array(n2 * n1 * n1), im: new Float64Array(n2 * n1 * n1) };
  const R = { re: new Float64Array(n1 * n2 * n2), im: new Float64Array(n1 * n2 * n2) };
  const put = (to: { re: Float64Array; im: Float64Array }, at: number, e: number) => {
    const [re, im] = root(e, n);
    to.re[at] = re;
    to.im[at] = im;
  };
  for (let j = 0; j < n2; j++) for (let i = 0; i < n1; i++) for (let k = 0; k < n1; k++) put(L, (j * n1 + i) * n1 + k, (i * n2 + j) * k);
  for (let k = 0; k < n1; k++) for (let j = 0; j < n2; j++) for (let l = 0; l < n2; l++) put(R, (k * n2 + j) * n2 + l, j * l * n1);
  const perm = new Int32Array(n);
  for (let k = 0; k < n1; k++) for (let l = 0; l < n2; l++) perm[k * n2 + l] = l * n1 + k;
  return { n1, n2, perm, L, R };
}

const blockOf = (f: { re: Float64Array; im: Float64Array }, size: number, at: number): Matrix => ({
  rows: size,
  columns: size,
  data: f.re.subarray(at * size * size, (at + 1) * size * size),
  imag: f.im.subarray(at * size * size, (at + 1) * size * size),
});

/** M·X for the complex columns of X, by the two sets of blocks. */
export function monarchDftMultiply(f: MonarchDft, x: Matrix): Matrix {
  const { n1, n2 } = f;
  const c = x.columns;
  const n = n1 * n2;
  if (x.rows !== n) throw new MathError("shape-mismatch", said`the transform has ${n} points, not ${x.rows}`);
  const plane = () => new Float64Array(n * c);
  const z = { rows: n, columns: c, data: plane(), imag: plane() };
  const part = (a: Matrix, from: number, count: number): Matrix => ({
    rows: count,
    columns: c,
    data: a.data.subarray(from * c, (from + count) * c),
    imag: a.imag?.subarray(from * c, (from + count) * c) ?? new Float64Array(count * c),
  });
  const place = (to: Matrix, row: number, from: Matrix, at: number) => {
    to.data.set(from.data.subarray(at * c, (at + 1) * c), row * c);
    to.imag!.set(from.imag!.subarray(at * c, (at + 1) * c), row * c);
  };
  for (let k = 0; k < n1; k++) {
    const y = multiply(blockOf(f.R, n2, k), part(x, k * n2, n2));
    for (let j = 0; j < n2; j++) place(z, j * n1 + k, y, j);
  }
  const out = { rows: n, columns: c, data: plane(), imag: plane() };
  for (let j = 0; j < n2; j++) {
    const y = multiply(blockOf(f.L, n1, j), part(z, j * n1, n1));
    for (let i = 0; i < n1; i++) place(out, i * n2 + j, y, i);
  }
  return out;
}
