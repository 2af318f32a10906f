// QR: blocked, and column-pivoted (Quintana-Ortí, Sun & Bischof 1998).
import { gemm, spend } from "./gemm";
import { applyBlock, backTransform, beta, panelQr, reflect, tau } from "./householder";
import { alloc, allocMatrix, allocNumbers, mark, release } from "./memory";
import { at, copyBlock, dot, get, gemvT, getIndex, lanes, madd, set, setIdentity, setIndex } from "./vector";

/** Columns of the identity, then the blocks from the last to the first: Q (m x q). Block p starts at row p nb. */
function formQ(m: i32, q: i32, count: i32, nb: i32, Vs: usize, Ts: usize, Q: usize): void {
  setIdentity(m, q, Q);
  for (let p = (count + nb - 1) / nb - 1; p >= 0; p--) {
    const k = p * nb, w = (min(nb, count - k) + 7) & ~7;
    applyBlock(m - k, q - k, w, Vs + (<usize>p * <usize>m * <usize>nb << 3), w, Ts + (<usize>(p * nb * nb) << 3), w, false, at(Q, k, k, q), q);
  }
}

/** A (m x n, destroyed) = Q R: R min(m, n) x n upper trapezoidal, Q m x q with q >= min(m, n), or none when q is 0. */
export function qr(m: i32, n: i32, A: usize, R: usize, Q: usize, q: i32): void {
  const mk = mark(), count = min(m, n), nb = count >= 384 ? 64 : 32, blocks = (count + nb - 1) / nb;
  const Vs = allocMatrix(blocks * m, nb), Ts = allocMatrix(blocks * nb, nb), P = allocMatrix(m, nb);
  for (let p = 0; p < blocks; p++) {
    const k = p * nb, w = min(nb, count - k), wide = (w + 7) & ~7, rows = m - k;
    const V = Vs + (<usize>p * <usize>m * <usize>nb << 3), T = Ts + (<usize>(p * nb * nb) << 3);
    for (let i = 0; i < rows; i++) {
      const to = at(P, i, 0, wide);
      memory.copy(to, at(A, k + i, k, n), <usize>w << 3);
      if (wide > w) memory.fill(to + (<usize>w << 3), 0, <usize>(wide - w) << 3);
    }
    panelQr(rows, wide, P, wide, V, wide, T, wide);
    copyBlock(min(rows, w), w, P, wide, at(A, k, k, n), n);
    if (k + w < n) applyBlock(rows, n - k - w, wide, V, wide, T, wide, true, at(A, k, k + w, n), n);
    spend(<i64>rows * w * w);
  }
  for (let i = 0; i < count; i++) {
    memory.fill(at(R, i, 0, n), 0, <usize>i << 3);
    memory.copy(at(R, i, i, n), at(A, i, i, n), <usize>(n - i) << 3);
  }
  if (q > 0) formQ(m, q, count, nb, Vs, Ts, Q);
  release(mk);
}

const NB: i32 = 32;

function columnNorm(m: i32, from: i32, A: usize, n: i32, j: i32): f64 {
  let s: f64 = 0;
  for (let i = from; i < m; i++) {
    const x = load<f64>(at(A, i, j, n));
    s += x * x;
  }
  return sqrt(s);
}

/** The column of largest norm; among near-ties the one that came first. */
function largest(norms: usize, perm: usize, from: i32, n: i32): i32 {
  let big: f64 = -1, best = from;
  for (let j = from; j < n; j++) big = max(big, get(norms, j));
  const enough = big * (1 - 1e-14);
  let first = i32.MAX_VALUE;
  for (let j = from; j < n; j++) {
    if (get(norms, j) >= enough && getIndex(perm, j) < first) {
      first = getIndex(perm, j);
      best = j;
    }
  }
  return best;
}

/**
 * A (m x n, destroyed) with its columns in the order `perm` = Q R. Norms are downdated and computed anew once half the digits are lost (Drmac & Bujanovic
 * 2008). Stops after `steps` columns or before one whose remaining norm is <= tolerance; answers how many were made. R: min(m, n) x n, rows below
 * what was made hold what is left, unless `steps` < min(m, n) ended it: then it is not even updated. Q: m x q, or none when q is 0.
 */
export function pivotedQr(m: i32, n: i32, A: usize, R: usize, Q: usize, q: i32, perm: usize, steps: i32, tolerance: f64): i32 {
  const mk = mark(), rows = min(m, n), most = min(rows, steps), blocks = (most + NB - 1) / NB;
  const Vs = allocMatrix(blocks * m, NB), taus = allocNumbers(n + NB), norms = allocNumbers(n), exact = allocNumbers(n);
  const F = allocMatrix(n, NB), x = allocNumbers(m + 1), y = allocNumbers(n + 1), t = allocNumbers(NB);
  memory.fill(taus, 0, <usize>(n + NB) << 3);
  memory.fill(Vs, 0, (<usize>blocks * <usize>m * <usize>NB) << 3);
  memory.fill(norms, 0, <usize>n << 3);
  for (let i = 0; i < m; i++) {
    const r = at(A, i, 0, n);
    for (let j = 0; j < n; j++) set(norms, j, get(norms, j) + get(r, j) * get(r, j));
  }
  for (let j = 0; j < n; j++) {
    setIndex(perm, j, j);
    set(norms, j, sqrt(get(norms, j)));
    set(exact, j, get(norms, j));
  }
  let made = 0, k = 0, stop = false;
  while (k < most && !stop) {
    const p = k / NB, c0 = k - p * NB, nb = min(NB - c0, most - k), V = Vs + (<usize>p * <usize>m * <usize>NB << 3);
    memory.fill(F, 0, <usize>(n * NB) << 3);
    let c = 0, stale = false;
    for (; c < nb && !stale; c++) {
      const j = k + c, pivot = largest(norms, perm, j, n);
      if (!(get(norms, pivot) > tolerance)) {
        stop = true;
        break;
      }
      if (pivot != j) {
        for (let i = 0; i < m; i++) {
          const u = at(A, i, j, n), v = at(A, i, pivot, n), s = load<f64>(u);
          store<f64>(u, load<f64>(v));
          store<f64>(v, s);
        }
        for (let i = 0; i < c; i++) {
          const u = at(F, j, i, NB), v = at(F, pivot, i, NB), s = load<f64>(u);
          store<f64>(u, load<f64>(v));
          store<f64>(v, s);
        }
        const o = getIndex(perm, j);
        setIndex(perm, j, getIndex(perm, pivot));
        setIndex(perm, pivot, o);
        set(norms, pivot, get(norms, j));
        set(exact, pivot, get(exact, j));
      }
      // V's columns of this block start at c0; F's at 0
      const even = (c + 1) & ~1, fj = at(F, j, 0, NB);
      for (let i = j; i < m; i++) {
        const v = at(V, i, c0, NB);
        let s: f64 = 0;
        for (let b = 0; b < c; b++) s += get(v, b) * get(fj, b);
        set(x, i - j, load<f64>(at(A, i, j, n)) - s);
      }
      reflect(m - j, x);
      const tj = tau;
      set(taus, j, tj);
      store<f64>(at(A, j, j, n), beta);
      for (let i = j; i < m; i++) store<f64>(at(V, i, c0 + c, NB), get(x, i - j));
      made = j + 1;
      const w = n - j - 1;
      if (w > 0) {
        // F(:, c) = tau (A(j:, j+1:)^T v - F V^T v)
        gemvT(m - j, w, at(A, j, j + 1, n), n, x, y);
        memory.fill(t, 0, NB << 3);
        for (let i = j; i < m; i++) {
          const v = at(V, i, c0, NB), xi = get(x, i - j);
          for (let b = 0; b < c; b++) set(t, b, get(t, b) + xi * get(v, b));
        }
        const vj = at(V, j, c0, NB), rj = at(A, j, 0, n);
        for (let i = 0; i < w; i++) {
          const f = at(F, j + 1 + i, 0, NB);
          let sum = f64x2.splat(0);
          for (let b = 0; b < even; b += 2) {
            const o = <usize>b << 3;
            sum = madd(v128.load(f + o), v128.load(t + o), sum);
          }
          set(f, c, tj * (get(y, i) - lanes(sum)));
          // row j of A is final: it takes part in the norms
          const r = get(rj, j + 1 + i) - dot(c + 1, vj, f);
          set(rj, j + 1 + i, r);
          const q1 = j + 1 + i, norm = get(norms, q1);
          if (norm > 0) {
            const ratio = abs(r) / norm, left = max(0, (1 - ratio) * (1 + ratio)), drift = norm / get(exact, q1);
            if (left * drift * drift <= 1e-8) {
              stale = true;
              set(exact, q1, -1);
            } else set(norms, q1, norm * sqrt(left));
          }
        }
      }
      spend(<i64>(m - j) * w);
    }
    const next = k + c;
    if (next < m && next < n && c > 0 && (next < most || most == rows)) {
      gemm(m - next, n - next, c, -1, at(V, next, c0, NB), NB, 1, at(F, next, 0, NB), 1, NB, at(A, next, next, n), n, true);
    }
    for (let j = next; j < n; j++) {
      if (get(exact, j) < 0) {
        set(norms, j, columnNorm(m, next, A, n, j));
        set(exact, j, get(norms, j));
      }
    }
    k = next;
  }
  for (let i = 0; i < rows; i++) {
    const from = i < made ? i : made;
    memory.fill(at(R, i, 0, n), 0, <usize>from << 3);
    memory.copy(at(R, i, from, n), at(A, i, from, n), <usize>(n - from) << 3);
  }
  if (q > 0) {
    setIdentity(m, q, Q);
    backTransform(m, q, made, NB, 0, taus, Vs, Q, true);
  }
  release(mk);
  return made;
}
