// Householder reflections, one at a time and in blocks I - V T V^T (Schreiber & Van Loan 1989). V is kept explicit (ones and zeros stored),
// so that every use of a block is plain gemm.
import { gemm } from "./gemm";
import { alloc, allocMatrix, mark, release } from "./memory";
import { at, dot, get, madd, scale, set } from "./vector";

/** A squared norm below this has lost digits to underflow; such a vector is multiplied by 2^600 first. */
const TINY: f64 = 1e-290;
const GROW: f64 = 4149515568880992958512407863691161151012446232242436899995657329690652811412908146399707048947103794288197886611300789182395151075411775307886874834113963687061181803401509523685376.0;

/** What the last `reflect` found: H = I - tau v v^T takes x to beta e_1. */
export let tau: f64 = 0;
export let beta: f64 = 0;

/** x becomes v with v_0 = 1; beta has the sign opposite to x_0 (LAPACK's choice). */
export function reflect(n: i32, x: usize): void {
  let sigma: f64 = n > 1 ? dot(n - 1, x + 8, x + 8) : 0, alpha = get(x, 0), unit: f64 = 1;
  if (alpha * alpha + sigma < TINY) {
    // Squares of entries below 1e-145 lose digits, and the reflection its orthogonality.
    scale(n, GROW, x);
    unit = 1.0 / GROW;
    sigma = n > 1 ? dot(n - 1, x + 8, x + 8) : 0;
    alpha = get(x, 0);
  }
  beta = alpha * unit;
  tau = 0;
  if (sigma > 0) {
    let b = sqrt(alpha * alpha + sigma);
    if (alpha > 0) b = -b;
    beta = b * unit;
    tau = (b - alpha) / b;
    scale(n - 1, 1.0 / (alpha - b), x + 8);
  }
  set(x, 0, 1);
}

/** T (ldt, upper) of the block of k reflectors V (m x k) from their taus: one product V^T V, then a triangular recurrence. */
export function blockFactor(m: i32, k: i32, V: usize, ldv: i32, taus: usize, T: usize, ldt: i32): void {
  const mk = mark(), G = allocMatrix(k, k);
  gemm(k, k, m, 1, V, 1, ldv, V, ldv, 1, G, k, false);
  for (let j = 0; j < k; j++) {
    memory.fill(at(T, j, 0, ldt), 0, <usize>k << 3);
    const t = get(taus, j);
    for (let a = 0; a < j; a++) {
      let s: f64 = 0;
      for (let b = a; b < j; b++) s += load<f64>(at(T, a, b, ldt)) * load<f64>(at(G, b, j, k));
      store<f64>(at(T, a, j, ldt), -t * s);
    }
    store<f64>(at(T, j, j, ldt), t);
  }
  release(mk);
}

/** C := (I - V T V^T) C, or with T^T when `transposed`; V m x k, C m x n. */
export function applyBlock(m: i32, n: i32, k: i32, V: usize, ldv: i32, T: usize, ldt: i32, transposed: bool, C: usize, ldc: i32): void {
  if (n <= 0) return;
  const mk = mark(), W = allocMatrix(k, n), TW = allocMatrix(k, n);
  gemm(k, n, m, 1, V, 1, ldv, C, ldc, 1, W, n, false);
  if (transposed) gemm(k, n, k, 1, T, 1, ldt, W, n, 1, TW, n, false);
  else gemm(k, n, k, 1, T, ldt, 1, W, n, 1, TW, n, false);
  gemm(m, n, k, -1, V, ldv, 1, TW, n, 1, C, ldc, true);
  release(mk);
}

/** C := C (I - V T V^T); C m x n, V n x k. */
export function applyBlockRight(m: i32, n: i32, k: i32, V: usize, ldv: i32, T: usize, ldt: i32, C: usize, ldc: i32): void {
  const mk = mark(), W = allocMatrix(m, k), WT = allocMatrix(m, k);
  gemm(m, k, n, 1, C, ldc, 1, V, ldv, 1, W, k, false);
  gemm(m, k, k, 1, W, k, 1, T, ldt, 1, WT, k, false);
  gemm(m, n, k, -1, WT, k, 1, V, 1, ldv, C, ldc, true);
  release(mk);
}

/** QR of a panel of 8 columns: one pass finds V^T x for all columns (T comes for nothing), one updates. Columns of zeros pad a narrower panel. */
function leaf8(m: i32, P: usize, ld: i32, V: usize, ldv: i32, T: usize, ldt: i32): void {
  const mk = mark(), w = alloc(64), step = <usize>ld << 3, steps = min(8, m);
  let sigma: f64 = 0;
  for (let i = 1; i < m; i++) {
    const x = load<f64>(at(P, i, 0, ld));
    sigma += x * x;
  }
  for (let j = 0; j < 8; j++) memory.fill(at(T, j, 0, ldt), 0, 64);
  for (let j = 0; j < steps; j++) {
    const pj = at(P, j, j, ld), rj = at(P, j, 0, ld), o = <usize>j << 3, alpha = load<f64>(pj);
    let t: f64 = 0, factor: f64 = 0, b = alpha;
    if (sigma > 0) {
      b = sqrt(alpha * alpha + sigma);
      if (alpha > 0) b = -b;
      t = (b - alpha) / b;
      factor = 1.0 / (alpha - b);
    }
    let w0 = f64x2.splat(0), w1 = w0, w2 = w0, w3 = w0, r = at(P, j + 1, 0, ld);
    for (let i = j + 1; i < m; i++) {
      const x = v128.load_splat<f64>(r + o);
      w0 = madd(x, v128.load(r), w0);
      w1 = madd(x, v128.load(r, 16), w1);
      w2 = madd(x, v128.load(r, 32), w2);
      w3 = madd(x, v128.load(r, 48), w3);
      r += step;
    }
    const f = f64x2.splat(factor);
    v128.store(w, madd(f, w0, v128.load(rj)));
    v128.store(w, madd(f, w1, v128.load(rj, 16)), 16);
    v128.store(w, madd(f, w2, v128.load(rj, 32)), 32);
    v128.store(w, madd(f, w3, v128.load(rj, 48)), 48);
    // column j of T is -tau T(0:j, 0:j) V^T v_j
    for (let a = 0; a < j; a++) {
      let s: f64 = 0;
      for (let c = a; c < j; c++) s += load<f64>(at(T, a, c, ldt)) * get(w, c);
      store<f64>(at(T, a, j, ldt), -t * s);
    }
    store<f64>(at(T, j, j, ldt), t);
    memory.fill(w, 0, <usize>(j + 1) << 3);
    const nt = f64x2.splat(-t);
    w0 = f64x2.mul(nt, v128.load(w));
    w1 = f64x2.mul(nt, v128.load(w, 16));
    w2 = f64x2.mul(nt, v128.load(w, 32));
    w3 = f64x2.mul(nt, v128.load(w, 48));
    v128.store(rj, f64x2.add(w0, v128.load(rj)));
    v128.store(rj, f64x2.add(w1, v128.load(rj, 16)), 16);
    v128.store(rj, f64x2.add(w2, v128.load(rj, 32)), 32);
    v128.store(rj, f64x2.add(w3, v128.load(rj, 48)), 48);
    store<f64>(pj, b);
    r = at(P, j + 1, 0, ld);
    sigma = 0;
    const next = <usize>min(j + 1, 7) << 3;
    for (let i = j + 1; i < m; i++) {
      const vi = load<f64>(r + o) * factor, v = f64x2.splat(vi);
      v128.store(r, madd(v, w0, v128.load(r)));
      v128.store(r, madd(v, w1, v128.load(r, 16)), 16);
      v128.store(r, madd(v, w2, v128.load(r, 32)), 32);
      v128.store(r, madd(v, w3, v128.load(r, 48)), 48);
      store<f64>(r + o, vi);
      const y = load<f64>(r + next);
      if (i > j + 1) sigma += y * y;
      r += step;
    }
  }
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < 8; j++) store<f64>(at(V, i, j, ldv), i > j ? load<f64>(at(P, i, j, ld)) : i == j ? 1.0 : 0.0);
  }
  release(mk);
}

/**
 * QR of an m x n panel P, n a multiple of 8, by recursion on columns (Elmroth & Gustavson 2000): R on and above the diagonal of P,
 * explicit reflectors in V, the block factor in T.
 */
export function panelQr(m: i32, n: i32, P: usize, ld: i32, V: usize, ldv: i32, T: usize, ldt: i32): void {
  if (n == 8) {
    leaf8(m, P, ld, V, ldv, T, ldt);
    return;
  }
  const mk = mark(), n1 = (n / 2) & ~7, n2 = n - n1;
  panelQr(m, n1, P, ld, V, ldv, T, ldt);
  const C = at(P, 0, n1, ld), W = allocMatrix(n1, n2), TW = allocMatrix(n1, n2);
  gemm(n1, n2, m, 1, V, 1, ldv, C, ld, 1, W, n2, false);
  gemm(n1, n2, n1, 1, T, 1, ldt, W, n2, 1, TW, n2, false);
  gemm(m, n2, n1, -1, V, ldv, 1, TW, n2, 1, C, ld, true);
  for (let i = 0; i < min(n1, m); i++) memory.fill(at(V, i, n1, ldv), 0, <usize>n2 << 3);
  for (let i = 0; i < n2; i++) memory.fill(at(T, n1 + i, 0, ldt), 0, <usize>n1 << 3);
  if (m > n1) {
    panelQr(m - n1, n2, at(P, n1, n1, ld), ld, at(V, n1, n1, ldv), ldv, at(T, n1, n1, ldt), ldt);
    gemm(n1, n2, m - n1, 1, at(V, n1, 0, ldv), 1, ldv, at(V, n1, n1, ldv), ldv, 1, W, n2, false);
    gemm(n1, n2, n2, 1, W, n2, 1, at(T, n1, n1, ldt), ldt, 1, TW, n2, false);
    gemm(n1, n2, n1, -1, T, ldt, 1, TW, n2, 1, at(T, 0, n1, ldt), ldt, false);
  } else {
    for (let i = 0; i < n; i++) memory.fill(at(T, i, n1, ldt), 0, <usize>n2 << 3);
  }
  release(mk);
}

/**
 * Q := H_0 H_1 ... Q (n x columns) for panels of nb reflectors each, `count` in all, panel p at Vs + p n nb (n x nb); reflector j starts at row j + offset.
 * `fresh`: Q is the identity, and so what no reflector has reached yet stays as it is.
 */
export function backTransform(n: i32, columns: i32, count: i32, nb: i32, offset: i32, taus: usize, Vs: usize, Q: usize, fresh: bool): void {
  const mk = mark(), T = allocMatrix(nb, nb);
  for (let p = (count + nb - 1) / nb - 1; p >= 0; p--) {
    const k = p * nb, from = k + offset, w = min(nb, count - k), first = fresh ? k : 0;
    if (from >= n) continue;
    const V = at(Vs + (<usize>p * <usize>n * <usize>nb << 3), from, 0, nb);
    blockFactor(n - from, w, V, nb, taus + (<usize>k << 3), T, nb);
    applyBlock(n - from, columns - first, w, V, nb, T, nb, false, at(Q, from, first, columns), columns);
  }
  release(mk);
}
