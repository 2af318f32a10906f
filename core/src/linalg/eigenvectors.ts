// Eigenvectors of triangular and quasi-triangular matrices by back substitution.
import { spend } from "../kernels/index.js";
import { modulus } from "./complex.js";
import type { Matrix } from "./matrix.js";
import type { Spectrum } from "./schur.js";
import { allocate } from "./shape.js";

const EPS = 2 ** -52;

/**
 * Right or left eigenvectors of T (upper triangular complex, or real with 2×2 blocks) for its eigenvalues `values` in diagonal order: column j solves
 * (T - λ_j)x = 0 or xᴴ(T - λ_j) = 0. Divisors below eps·‖T‖ are raised to it, growth is scaled away (LAPACK's trevc). n³/3 complex operations.
 */
export function eigenvectorsOf(t: Matrix, values: Spectrum, side: "right" | "left"): Matrix {
  const n = t.rows;
  // Left vectors of T are, turned upside down, right vectors of J·Tᴴ·J, which is upper (quasi-)triangular too.
  const m = side === "right" ? t : turned(t);
  const data = allocate(n, n);
  const imag = allocate(n, n);
  let size = 0;
  for (const x of m.imag ? [m.data, m.imag] : [m.data]) for (const v of x) size = Math.max(size, Math.abs(v));
  const least = Math.max(EPS * size, Number.MIN_VALUE * 2 ** 60);
  const xr = new Float64Array(n);
  const xi = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    // A pair's second vector is the conjugate of its first.
    const second = !t.imag && j > 0 && values.im[j] < 0 && values.im[j] === -values.im[j - 1];
    if (second) {
      for (let i = 0; i < n; i++) {
        data[i * n + j] = data[i * n + j - 1];
        imag[i * n + j] = -imag[i * n + j - 1];
      }
      continue;
    }
    const pair = !t.imag && values.im[j] > 0;
    const lr = values.re[j];
    // Left vectors belong to conj(λ) of Tᴴ.
    const li = side === "left" ? -values.im[j] : values.im[j];
    const at = side === "right" ? (pair ? j + 1 : j) : n - 1 - j;
    xr.fill(0);
    xi.fill(0);
    const top = startVector(m, at, pair, lr, li, xr, xi);
    spend(2 * at * at);
    substitute(m, lr, li, top, at, xr, xi, least);
    for (let i = 0; i < n; i++) {
      const from = side === "right" ? i : n - 1 - i;
      data[i * n + j] = xr[from];
      imag[i * n + j] = xi[from];
    }
  }
  return t.imag || values.im.some((v) => v !== 0) ? { rows: n, columns: n, data, imag } : { rows: n, columns: n, data };
}

function turned(t: Matrix): Matrix {
  const n = t.rows;
  const flip = (x: Float64Array, sign: number) => {
    const out = allocate(n, n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[(n - 1 - j) * n + (n - 1 - i)] = sign * x[i * n + j];
    return out;
  };
  return t.imag ? { rows: n, columns: n, data: flip(t.data, 1), imag: flip(t.imag, -1) } : { rows: n, columns: n, data: flip(t.data, 1) };
}

/** The vector inside its own block, whose last row is `at`; returns the first row of that block. */
function startVector(m: Matrix, at: number, pair: boolean, lr: number, li: number, xr: Float64Array, xi: Float64Array): number {
  const n = m.rows;
  if (!pair) {
    xr[at] = 1;
    return at;
  }
  // (B - λ)x = 0 in the 2×2 block: x = (b, λ - a) or (λ - d, c), the larger.
  const a = m.data[(at - 1) * n + at - 1];
  const b = m.data[(at - 1) * n + at];
  const c = m.data[at * n + at - 1];
  const d = m.data[at * n + at];
  if (Math.abs(b) >= Math.abs(c)) {
    const s = Math.abs(b);
    xr[at - 1] = b / s;
    xr[at] = (lr - a) / s;
    xi[at] = li / s;
  } else {
    const s = Math.abs(c);
    xr[at] = c / s;
    xr[at - 1] = (lr - d) / s;
    xi[at - 1] = li / s;
  }
  return at - 1;
}

/** Rows above `top`: (T_ii - λ)x_i = -Σ T_ik x_k, block by block upwards. */
function substitute(m: Matrix, lr: number, li: number, top: number, at: number, xr: Float64Array, xi: Float64Array, least: number): void {
  const n = m.rows;
  const rhs = (i: number): [number, number] => {
    let sr = 0;
    let si = 0;
    for (let k = Math.min(i + 1, at), p = i * n + k; k <= at; k++, p++) {
      const tr = m.data[p];
      const ti = m.imag ? m.imag[p] : 0;
      sr -= tr * xr[k] - ti * xi[k];
      si -= tr * xi[k] + ti * xr[k];
    }
    return [sr, si];
  };
  for (let i = top - 1; i >= 0; i--) {
    const block = !m.imag && i > 0 && m.data[i * n + i - 1] !== 0;
    if (block) {
      const [br, bi] = rhs(i);
      xr[i] = 0;
      xi[i] = 0;
      const [ar, ai] = rhs(i - 1);
      solve2x2(m, i - 1, lr, li, ar, ai, br, bi, xr, xi, least);
      i--;
    } else {
      const [br, bi] = rhs(i);
      let dr = m.data[i * n + i] - lr;
      let di = (m.imag ? m.imag[i * n + i] : 0) - li;
      if (Math.abs(dr) + Math.abs(di) < least) {
        dr = least;
        di = 0;
      }
      const d = modulus(dr, di);
      const ur = dr / d;
      const ui = -di / d;
      xr[i] = (br * ur - bi * ui) / d;
      xi[i] = (br * ui + bi * ur) / d;
    }
    tame(xr, xi, at);
  }
}

/** Keeps the vector's size in range: only its direction matters. */
function tame(xr: Float64Array, xi: Float64Array, at: number): void {
  let big = 0;
  for (let i = 0; i <= at; i++) big = Math.max(big, Math.abs(xr[i]), Math.abs(xi[i]));
  if (big < 1e100) return;
  for (let i = 0; i <= at; i++) {
    xr[i] /= big;
    xi[i] /= big;
  }
}

/** (B - λ)·(x_k, x_{k+1}) = (a, b) for the real 2×2 block at k, by Cramer's rule on scaled entries: the block is far from singular unless λ is its own. */
function solve2x2(
  m: Matrix,
  k: number,
  lr: number,
  li: number,
  ar: number,
  ai: number,
  br: number,
  bi: number,
  xr: Float64Array,
  xi: Float64Array,
  least: number,
): void {
  const n = m.rows;
  const p = m.data[k * n + k] - lr;
  const q = m.data[k * n + k + 1];
  const r = m.data[(k + 1) * n + k];
  const s = m.data[(k + 1) * n + k + 1] - lr;
  const size = Math.max(Math.abs(p) + Math.abs(li), Math.abs(q), Math.abs(r), Math.abs(s) + Math.abs(li), least);
  const [ps, qs, rs, ss, ls] = [p / size, q / size, r / size, s / size, li / size];
  let dr = ps * ss - ls * ls - qs * rs;
  let di = -ls * (ps + ss);
  const tiny = least / size;
  if (Math.abs(dr) + Math.abs(di) < tiny) {
    dr = tiny;
    di = 0;
  }
  // x = (s·a - q·b)/det, y = (p·b - r·a)/det, with p and s complex: p - iλ_i.
  const x1r = ss * ar + ls * ai - qs * br;
  const x1i = ss * ai - ls * ar - qs * bi;
  const x2r = ps * br + ls * bi - rs * ar;
  const x2i = ps * bi - ls * br - rs * ai;
  const d = modulus(dr, di);
  const ur = dr / d;
  const ui = -di / d;
  xr[k] = (x1r * ur - x1i * ui) / d / size;
  xi[k] = (x1r * ui + x1i * ur) / d / size;
  xr[k + 1] = (x2r * ur - x2i * ui) / d / size;
  xi[k + 1] = (x2r * ui + x2i * ur) / d / size;
}
