// Right eigenvectors from a real Schur form: back substitution (LAPACK's trevc) by rows with dot products, the product with Z by gemm, norm 1.
import { gemm, spend } from "./gemm";
import { alloc, allocMatrix, allocNumbers, mark, release } from "./memory";
import { at, dot, get, lanes, madd, maxAbs, scale, set, transpose } from "./vector";

const EPS: f64 = 2.220446049250313e-16;

let dotRe: f64 = 0, dotIm: f64 = 0;

/** Two dot products with the same row. */
function dotPair(n: i32, t: usize, x: usize, y: usize): void {
  let a = f64x2.splat(0), b = a, c = a, d = a, j = 0;
  for (; j + 4 <= n; j += 4) {
    const u = v128.load(t), v = v128.load(t, 16);
    a = madd(u, v128.load(x), a);
    b = madd(u, v128.load(y), b);
    c = madd(v, v128.load(x, 16), c);
    d = madd(v, v128.load(y, 16), d);
    t += 32;
    x += 32;
    y += 32;
  }
  let re = lanes(f64x2.add(a, c)), im = lanes(f64x2.add(b, d));
  for (; j < n; j++) {
    const u = load<f64>(t);
    re += u * load<f64>(x);
    im += u * load<f64>(y);
    t += 8;
    x += 8;
    y += 8;
  }
  dotRe = re;
  dotIm = im;
}

let qr: f64 = 0, qi: f64 = 0;

/** (a + b i) / (c + d i) into qr, qi, without overflow on the way (Smith 1962). */
function divide(a: f64, b: f64, c: f64, d: f64): void {
  if (abs(c) >= abs(d)) {
    const r = d / c, s = 1 / (c + d * r);
    qr = (a + b * r) * s;
    qi = (b - a * r) * s;
  } else {
    const r = c / d, s = 1 / (c * r + d);
    qr = (a * r + b) * s;
    qi = (b * r - a) * s;
  }
}

/** Only the direction of x counts: keeps it in range once an entry has grown beyond 1e100. */
function tame(n: i32, x: usize, y: usize): void {
  const big = max(maxAbs(n, x), y ? maxAbs(n, y) : 0);
  if (!(big > 0)) return;
  scale(n, 1 / big, x);
  if (y) scale(n, 1 / big, y);
}

/** Row x of the vector of the real eigenvalue at k: (T - w) x = 0. */
function realVector(n: i32, T: usize, k: i32, least: f64, x: usize): void {
  const w = load<f64>(at(T, k, k, n));
  set(x, k, 1);
  for (let i = k - 1; i >= 0; i--) {
    const len = k - i;
    if (i > 0 && load<f64>(at(T, i, i - 1, n)) != 0) {
      // a 2 x 2 block [p q; r s]
      const b2 = -dot(len, at(T, i, i + 1, n), x + (<usize>(i + 1) << 3)), b1 = -dot(len, at(T, i - 1, i + 1, n), x + (<usize>(i + 1) << 3));
      const p = load<f64>(at(T, i - 1, i - 1, n)) - w, q = load<f64>(at(T, i - 1, i, n)), r = load<f64>(at(T, i, i - 1, n)), s = load<f64>(at(T, i, i, n)) - w;
      const size = max(max(abs(p), abs(q)), max(max(abs(r), abs(s)), least));
      let det = (p / size) * (s / size) - (q / size) * (r / size);
      if (abs(det) < EPS) det = EPS;
      set(x, i - 1, ((s / size) * b1 - (q / size) * b2) / det / size);
      set(x, i, ((p / size) * b2 - (r / size) * b1) / det / size);
      i--;
    } else {
      let d = load<f64>(at(T, i, i, n)) - w;
      if (abs(d) < least) d = least;
      set(x, i, -dot(len, at(T, i, i + 1, n), x + (<usize>(i + 1) << 3)) / d);
    }
    if (!(abs(get(x, i)) < 1e100)) tame(k + 1, x, 0);
  }
}

/** Rows x, y (real and imaginary part) of the vector of the eigenvalue w + v i, v > 0, of the block at k, k + 1. */
function complexVector(n: i32, T: usize, k: i32, w: f64, v: f64, least: f64, x: usize, y: usize): void {
  const b = load<f64>(at(T, k, k + 1, n)), c = load<f64>(at(T, k + 1, k, n));
  // (B - lambda) x = 0 in the block: the larger of (b, lambda - a) and (lambda - d, c); its diagonal is w
  if (abs(b) >= abs(c)) {
    set(x, k, b < 0 ? -1 : 1);
    set(y, k + 1, v / abs(b));
  } else {
    set(x, k + 1, c < 0 ? -1 : 1);
    set(y, k, v / abs(c));
  }
  for (let i = k - 1; i >= 0; i--) {
    const len = k + 1 - i, o = <usize>(i + 1) << 3;
    dotPair(len, at(T, i, i + 1, n), x + o, y + o);
    const b2r = -dotRe, b2i = -dotIm;
    if (i > 0 && load<f64>(at(T, i, i - 1, n)) != 0) {
      dotPair(len, at(T, i - 1, i + 1, n), x + o, y + o);
      const b1r = -dotRe, b1i = -dotIm;
      let p = load<f64>(at(T, i - 1, i - 1, n)) - w, q = load<f64>(at(T, i - 1, i, n)), r = load<f64>(at(T, i, i - 1, n)), s = load<f64>(at(T, i, i, n)) - w;
      const size = max(max(abs(p) + v, abs(q)), max(max(abs(r), abs(s) + v), least));
      p /= size;
      q /= size;
      r /= size;
      s /= size;
      const l = v / size;
      let dr = p * s - l * l - q * r, di = -l * (p + s);
      if (abs(dr) + abs(di) < EPS) {
        dr = EPS;
        di = 0;
      }
      divide(s * b1r + l * b1i - q * b2r, s * b1i - l * b1r - q * b2i, dr, di);
      set(x, i - 1, qr / size);
      set(y, i - 1, qi / size);
      divide(p * b2r + l * b2i - r * b1r, p * b2i - l * b2r - r * b1i, dr, di);
      set(x, i, qr / size);
      set(y, i, qi / size);
      i--;
    } else {
      let dr = load<f64>(at(T, i, i, n)) - w, di = -v;
      if (abs(dr) + abs(di) < least) {
        dr = least;
        di = 0;
      }
      divide(b2r, b2i, dr, di);
      set(x, i, qr);
      set(y, i, qi);
    }
    if (!(abs(get(x, i)) + abs(get(y, i)) < 1e100)) tame(k + 2, x, y);
  }
}

/** Norm 1 and a real positive first entry of (nearly) largest modulus. */
function normalise(n: i32, x: usize, y: usize): void {
  if (!y) {
    const big = maxAbs(n, x);
    if (!(big > 0)) return;
    scale(n, 1 / big, x);
    let lead = 0;
    while (abs(get(x, lead)) < 1 - 1e-9) lead++;
    scale(n, (get(x, lead) < 0 ? -1.0 : 1.0) / sqrt(dot(n, x, x)), x);
    return;
  }
  const big = max(maxAbs(n, x), maxAbs(n, y));
  if (!(big > 0)) return;
  scale(n, 1 / big, x);
  scale(n, 1 / big, y);
  let most: f64 = 0;
  for (let i = 0; i < n; i++) most = max(most, get(x, i) * get(x, i) + get(y, i) * get(y, i));
  let lead = 0;
  while (get(x, lead) * get(x, lead) + get(y, lead) * get(y, lead) < most * (1 - 2e-9)) lead++;
  const size = sqrt(get(x, lead) * get(x, lead) + get(y, lead) * get(y, lead)), norm = sqrt(dot(n, x, x) + dot(n, y, y));
  const c = get(x, lead) / size / norm, s = get(y, lead) / size / norm;
  for (let i = 0; i < n; i++) {
    const u = get(x, i), v = get(y, i);
    set(x, i, u * c + v * s);
    set(y, i, v * c - u * s);
  }
  set(y, lead, 0);
}

/**
 * Right eigenvectors D Z x of the Schur form T, Z (n x n; wr, wi from `schur`; D the diagonal of balancing, 0: none) as columns of Vr + i Vi. Vi may be 0 when all wi
 * are. Answers whether any eigenvalue is complex.
 */
export function schurVectors(n: i32, T: usize, Z: usize, wr: usize, wi: usize, D: usize, Vr: usize, Vi: usize): i32 {
  const mk = mark(), X = allocMatrix(n, n), V = allocMatrix(n, n), least = max(EPS * maxAbs(n * n, T), 1e-290);
  memory.fill(X, 0, <usize>n * <usize>n << 3);
  let complex = 0;
  for (let k = 0; k < n; k++) {
    const x = at(X, k, 0, n);
    if (get(wi, k) == 0) realVector(n, T, k, least, x);
    else {
      complex = 1;
      complexVector(n, T, k, get(wr, k), abs(get(wi, k)), least, x, at(X, k + 1, 0, n));
      k++;
    }
    spend((<i64>k * k) >> 1);
  }
  // V^T = X Z^T; row k of X ends at k (k + 1 for the first of a pair)
  for (let i = 0; i < n; i += 64) {
    const h = min(64, n - i);
    gemm(h, n, min(n, i + h + 1), 1, at(X, i, 0, n), n, 1, Z, 1, n, at(V, i, 0, n), n, false);
  }
  if (D) {
    for (let k = 0; k < n; k++) {
      const v = at(V, k, 0, n);
      for (let i = 0; i < n; i++) set(v, i, get(v, i) * get(D, i));
    }
  }
  for (let k = 0; k < n; k++) {
    if (get(wi, k) == 0) normalise(n, at(V, k, 0, n), 0);
    else {
      normalise(n, at(V, k, 0, n), at(V, k + 1, 0, n));
      k++;
    }
  }
  if (complex) {
    // row k + 1 becomes the real part again, the imaginary parts go to X
    for (let k = 0; k < n; k++) {
      const v = at(V, k, 0, n), y = at(X, k, 0, n);
      memory.fill(y, 0, <usize>n << 3);
      if (get(wi, k) == 0) continue;
      const next = at(V, k + 1, 0, n), conjugate = at(X, k + 1, 0, n);
      for (let i = 0; i < n; i++) {
        set(y, i, get(next, i));
        set(conjugate, i, -get(next, i));
      }
      memory.copy(next, v, <usize>n << 3);
      k++;
    }
    transpose(n, n, X, n, Vi, n);
  }
  transpose(n, n, V, n, Vr, n);
  release(mk);
  return complex;
}
