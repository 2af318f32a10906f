// Reduction to upper Hessenberg form, blocked (Dongarra, Sorensen & Hammarling 1989; LAPACK's gehrd).
import { gemm, spend } from "./gemm";
import { applyBlock, beta, reflect, tau } from "./householder";
import { allocMatrix, allocNumbers, mark, release } from "./memory";
import { at, axpy, get, gemvN, gemvT, lanes, madd, set, setIdentity } from "./vector";

const NB: i32 = 24;

/** t (NB numbers) := M^T x over rows [from, n), columns [0, c) of an n x NB block. */
function project(n: i32, from: i32, c: i32, M: usize, x: usize, t: usize): void {
  memory.fill(t, 0, NB << 3);
  for (let i = from; i < n; i++) {
    const xi = v128.load_splat<f64>(x + (<usize>i << 3)), p = at(M, i, 0, NB);
    for (let q = 0; q < c; q += 2) {
      const o = <usize>q << 3;
      v128.store(t + o, madd(xi, v128.load(p + o), v128.load(t + o)));
    }
  }
  if (c & 1) set(t, c, 0);
}

// @ts-ignore: decorator
@inline
function rowDot(c: i32, p: usize, q: usize): f64 {
  let sum = f64x2.splat(0);
  for (let b = 0; b < c; b += 2) {
    const o = <usize>b << 3;
    sum = madd(v128.load(p + o), v128.load(q + o), sum);
  }
  return lanes(sum);
}

/** The reflectors of the panel from column k on, to a multiple of 4: small matrices would mostly multiply the zeros of a full panel. */
function widthOf(n: i32, k: i32): i32 {
  return (min(NB, n - 2 - k) + 3) & ~3;
}

/** Up to this order reflectors are applied one by one: panels would mostly set up. */
const SMALL: i32 = 16;

/** Columns [from, n) of X (n x n) times I - t v v^T. */
function reflectColumns(n: i32, from: i32, t: f64, v: usize, X: usize, w: usize): void {
  gemvN(n, n - from, at(X, 0, from, n), n, v, w);
  for (let i = 0; i < n; i++) axpy(n - from, -t * get(w, i), v, at(X, i, from, n));
}

function reduceSmall(n: i32, A: usize, Q: usize): void {
  const mk = mark(), v = allocNumbers(n), w = allocNumbers(n);
  if (Q) setIdentity(n, n, Q);
  for (let j = 0; j < n - 2; j++) {
    const k = j + 1, m = n - k;
    for (let i = 0; i < m; i++) set(v, i, load<f64>(at(A, k + i, j, n)));
    reflect(m, v);
    const t = tau;
    for (let i = 0; i < m; i++) store<f64>(at(A, k + i, j, n), i == 0 ? beta : 0);
    if (t == 0) continue;
    gemvT(m, m, at(A, k, k, n), n, v, w);
    for (let i = 0; i < m; i++) axpy(m, -t * get(v, i), w, at(A, k + i, k, n));
    reflectColumns(n, k, t, v, A, w);
    if (Q) reflectColumns(n, k, t, v, Q, w);
  }
  release(mk);
}

/** A (n x n) = Q H Q^T: H replaces A; Q into `Q` unless that is 0. */
export function hessenberg(n: i32, A: usize, Q: usize): void {
  if (n <= SMALL) {
    reduceSmall(n, A, Q);
    return;
  }
  const mk = mark(), panels = (n + NB - 1) / NB, block = <usize>n * NB << 3;
  const Vs = allocMatrix(panels * n, NB), Ts = allocMatrix(panels * NB, NB), Y = allocMatrix(n, NB);
  const x = allocNumbers(n), y = allocNumbers(n), t1 = allocNumbers(NB), t2 = allocNumbers(NB);
  for (let p = 0; p < panels; p++) {
    const k = p * NB, V = Vs + <usize>p * block, T = Ts + (<usize>(p * NB * NB) << 3);
    memory.fill(V, 0, block);
    memory.fill(Y, 0, block);
    const nb = min(NB, n - 2 - k), wide = widthOf(n, k);
    if (nb <= 0) continue;
    memory.fill(T, 0, wide * NB << 3);
    for (let c = 0; c < nb; c++) {
      const j = k + c, vj = at(V, j, 0, NB);
      // column j: minus Y V(j, :)^T from the right, then I - V T^T V^T from the left
      for (let i = k + 1; i < n; i++) set(x, i, load<f64>(at(A, i, j, n)) - rowDot(c, at(Y, i, 0, NB), vj));
      if (c > 0) {
        project(n, k + 1, c, V, x, t1);
        memory.fill(t2, 0, NB << 3);
        for (let a = 0; a < c; a++) {
          let s: f64 = 0;
          for (let b = 0; b <= a; b++) s += load<f64>(at(T, b, a, NB)) * get(t1, b);
          set(t2, a, s);
        }
        for (let i = k + 1; i < n; i++) set(x, i, get(x, i) - rowDot(c, at(V, i, 0, NB), t2));
      }
      for (let i = k + 1; i <= j; i++) store<f64>(at(A, i, j, n), get(x, i));
      const m = n - j - 1, xv = x + (<usize>(j + 1) << 3);
      reflect(m, xv);
      const t = tau;
      store<f64>(at(A, j + 1, j, n), beta);
      for (let i = j + 2; i < n; i++) store<f64>(at(A, i, j, n), 0);
      // y = tau (A(k+1:, j+1:) v - Y (V^T v))
      gemvN(n - k - 1, m, at(A, k + 1, j + 1, n), n, xv, y + (<usize>(k + 1) << 3));
      project(n, j + 1, c, V, x, t1);
      for (let i = k + 1; i < n; i++) set(y, i, t * (get(y, i) - rowDot(c, at(Y, i, 0, NB), t1)));
      for (let a = 0; a < c; a++) {
        let s: f64 = 0;
        for (let b = a; b < c; b++) s += load<f64>(at(T, a, b, NB)) * get(t1, b);
        store<f64>(at(T, a, c, NB), -t * s);
      }
      store<f64>(at(T, c, c, NB), t);
      for (let i = j + 1; i < n; i++) store<f64>(at(V, i, c, NB), get(x, i));
      for (let i = k + 1; i < n; i++) store<f64>(at(Y, i, c, NB), get(y, i));
      spend(<i64>(n - k) * m);
    }
    // the rows above the panel: Y = A(0:k, k+1:) V T
    const rows = k + 1, rest = n - rows, m2 = mark(), W = allocMatrix(rows, wide), below = at(V, rows, 0, NB);
    gemm(rows, wide, rest, 1, at(A, 0, rows, n), n, 1, below, NB, 1, W, wide, false);
    gemm(rows, wide, wide, 1, W, wide, 1, T, NB, 1, Y, NB, false);
    release(m2);
    gemm(rows, rest, wide, -1, Y, NB, 1, below, 1, NB, at(A, 0, rows, n), n, true);
    const c0 = k + nb;
    if (c0 < n) {
      gemm(rest, n - c0, wide, -1, at(Y, rows, 0, NB), NB, 1, at(V, c0, 0, NB), 1, NB, at(A, rows, c0, n), n, true);
      applyBlock(rest, n - c0, wide, below, NB, T, NB, true, at(A, rows, c0, n), n);
    }
  }
  if (Q) {
    setIdentity(n, n, Q);
    for (let p = panels - 1; p >= 0; p--) {
      const from = p * NB + 1;
      if (from + 1 >= n) continue;
      applyBlock(n - from, n - from, widthOf(n, p * NB), at(Vs + <usize>p * block, from, 0, NB), NB, Ts + (<usize>(p * NB * NB) << 3), NB, false, at(Q, from, from, n), n);
    }
  }
  release(mk);
}
