// The symmetric eigenproblem: blocked tridiagonalisation (Dongarra, Sorensen & Hammarling 1989), divide and conquer (Cuppen 1981; Gu & Eisenstat 1995)
// with QL leaves, back-transformation by blocks.
import { NB, PAIR, subtractPanels } from "./bidiagonal";
import { gemm, spend } from "./gemm";
import { backTransform, beta, reflect, tau } from "./householder";
import { alloc, allocIndices, allocMatrix, allocNumbers, mark, release } from "./memory";
import {
  bottomCount, finalOrder, gatherColumns, mergeRuns, mixedCount, orderByType, refineZ, scatterColumns, secularRoot, topCount,
} from "./secular";
import { at, axpy, dot, gemvT, get, getIndex, lanes, madd, maxAbs, rotate, rotateColumns, safeScale, scale, set, setIdentity, setIndex, swapVectors, transpose } from "./vector";

/** Below this order QL with vectors beats splitting. */
const LEAF: i32 = 32;
const ROUNDOFF: f64 = 1.1102230246251565e-16;

/** The largest entry of the tridiagonal matrix. */
let norm: f64 = 0;

/** y = A x from the lower triangle of A, four rows a pass, so that every entry is read once. */
function symv(n: i32, A: usize, ld: i32, x: usize, y: usize): void {
  memory.fill(y, 0, <usize>n << 3);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    let p0 = at(A, i, 0, ld), p1 = at(A, i + 1, 0, ld), p2 = at(A, i + 2, 0, ld), p3 = at(A, i + 3, 0, ld);
    const xi = x + (<usize>i << 3);
    const x0 = v128.load_splat<f64>(xi), x1 = v128.load_splat<f64>(xi, 8), x2 = v128.load_splat<f64>(xi, 16), x3 = v128.load_splat<f64>(xi, 24);
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0, xp = x, yp = y;
    for (let j = 0; j < i; j += 2) {
      const xv = v128.load(xp);
      let yv = v128.load(yp);
      const a0 = v128.load(p0);
      s0 = madd(a0, xv, s0);
      yv = madd(a0, x0, yv);
      const a1 = v128.load(p1);
      s1 = madd(a1, xv, s1);
      yv = madd(a1, x1, yv);
      const a2 = v128.load(p2);
      s2 = madd(a2, xv, s2);
      yv = madd(a2, x2, yv);
      const a3 = v128.load(p3);
      s3 = madd(a3, xv, s3);
      yv = madd(a3, x3, yv);
      v128.store(yp, yv);
      p0 += 16;
      p1 += 16;
      p2 += 16;
      p3 += 16;
      xp += 16;
      yp += 16;
    }
    set(y, i, get(y, i) + lanes(s0));
    set(y, i + 1, get(y, i + 1) + lanes(s1));
    set(y, i + 2, get(y, i + 2) + lanes(s2));
    set(y, i + 3, get(y, i + 3) + lanes(s3));
    for (let r = 0; r < 4; r++) {
      const p = at(A, i + r, i, ld);
      for (let c = 0; c < r; c++) {
        const a = get(p, c);
        set(y, i + r, get(y, i + r) + a * get(x, i + c));
        set(y, i + c, get(y, i + c) + a * get(x, i + r));
      }
      set(y, i + r, get(y, i + r) + get(p, r) * get(x, i + r));
    }
  }
  for (; i < n; i++) {
    const p = at(A, i, 0, ld);
    set(y, i, get(y, i) + dot(i, p, x) + get(p, i) * get(x, i));
    axpy(i, get(x, i), p, y);
  }
}

/**
 * A (n x n, lower triangle, destroyed) to tridiagonal d, e. Panel p of explicit reflectors lies at Vs + p n NB (n x NB, rows as in A), their taus in `taus`.
 * Within a panel A stands for A - V W^T - W V^T: columns of M are v_0, w_0, v_1 ..., those of N w_0, v_0, w_1 ...
 */
function tridiagonalise(n: i32, A: usize, d: usize, e: usize, taus: usize, Vs: usize): void {
  const mk = mark(), M = allocMatrix(n, PAIR), N = allocMatrix(n, PAIR), x = allocNumbers(n), y = allocNumbers(n), w = allocNumbers(n), t = allocNumbers(PAIR);
  for (let k = 0; k < n; k += NB) {
    const nb = min(NB, n - k), V = Vs + (<usize>(k / NB) * <usize>n * <usize>NB << 3);
    memory.fill(V, 0, <usize>(n * NB) << 3);
    for (let c = 0; c < nb; c++) {
      const j = k + c, c2 = 2 * c;
      // column j up to date
      for (let i = j; i < n; i++) set(x, i, load<f64>(at(A, i, j, n)));
      subtractPanels(n - j, c2, at(M, j, 0, PAIR), at(N, j, 0, PAIR), x + (<usize>j << 3), w);
      set(d, j, get(x, j));
      if (j == n - 1) {
        set(taus, j, 0);
        break;
      }
      const m = n - j - 1, xv = x + (<usize>(j + 1) << 3), yv = y + (<usize>(j + 1) << 3);
      reflect(m, xv);
      const factor = tau;
      set(e, j, beta);
      set(taus, j, factor);
      symv(m, at(A, j + 1, j + 1, n), n, xv, yv);
      gemvT(m, c2, at(N, j + 1, 0, PAIR), PAIR, xv, t);
      subtractPanels(m, c2, at(M, j + 1, 0, PAIR), t, yv, w);
      const shift = -0.5 * factor * factor * dot(m, xv, yv);
      for (let i = j + 1; i < n; i++) {
        const v = get(x, i), u = factor * get(y, i) + shift * v, p = at(M, i, c2, PAIR), q = at(N, i, c2, PAIR);
        store<f64>(at(V, i, c, NB), v);
        store<f64>(p, v);
        store<f64>(p, u, 8);
        store<f64>(q, u);
        store<f64>(q, v, 8);
      }
      spend((<i64>m * m) >> 1);
    }
    const next = k + nb;
    for (let i = next; i < n; i += 128) {
      const h = min(128, n - i);
      gemm(h, i + h - next, 2 * nb, -1, at(M, i, 0, PAIR), PAIR, 1, at(N, next, 0, PAIR), 1, PAIR, at(A, i, next, n), n, true);
    }
  }
  release(mk);
}

/** Up to this order reflectors are applied one by one and QL turns their product: panels and a back-transformation would mostly set up. */
const SMALL: i32 = 16;

/** A (n x n, lower triangle, destroyed) to tridiagonal d, e without panels; into Zt (unless 0) goes Q^T, A = Q T Q^T. */
function tridiagonaliseSmall(n: i32, A: usize, d: usize, e: usize, Zt: usize): void {
  const mk = mark(), y = allocNumbers(n), taus = allocNumbers(n), V = allocMatrix(n, n);
  for (let j = 0; j < n - 1; j++) {
    const m = n - j - 1, v = at(V, j, j + 1, n), B = at(A, j + 1, j + 1, n);
    for (let i = 0; i < m; i++) set(v, i, load<f64>(at(B, i, -1, n)));
    reflect(m, v);
    const factor = tau;
    set(d, j, load<f64>(at(A, j, j, n)));
    set(e, j, beta);
    set(taus, j, factor);
    if (factor == 0) continue;
    symv(m, B, n, v, y);
    const shift = -0.5 * factor * factor * dot(m, v, y);
    for (let i = 0; i < m; i++) set(y, i, factor * get(y, i) + shift * get(v, i));
    for (let i = 0; i < m; i++) {
      const row = at(B, i, 0, n);
      axpy(i + 1, -get(v, i), y, row);
      axpy(i + 1, -get(y, i), v, row);
    }
  }
  set(d, n - 1, load<f64>(at(A, n - 1, n - 1, n)));
  if (Zt) {
    setIdentity(n, n, Zt);
    for (let j = n - 2; j >= 0; j--) {
      const m = n - j - 1, v = at(V, j, j + 1, n);
      for (let i = j + 1; i < n; i++) {
        const row = at(Zt, i, j + 1, n);
        axpy(m, -get(taus, j) * dot(m, v, row), v, row);
      }
    }
  }
  release(mk);
}

/** The whole problem up to order SMALL; vectors replace A. */
function solveSmall(n: i32, A: usize, d: usize, e: usize, vectors: bool): bool {
  const mk = mark(), Zt = vectors ? allocMatrix(n, n) : 0;
  tridiagonaliseSmall(n, A, d, e, Zt);
  norm = max(maxAbs(n, d), maxAbs(n - 1, e));
  const converged = vectors ? ql(n, d, e, Zt, n) : rootFreeQl(n, d, e);
  if (converged) sortRows(n, d, Zt, n);
  if (vectors) transpose(n, n, Zt, n, A, n);
  release(mk);
  return converged;
}

/** Implicit QL (Bowdler, Martin, Reinsch & Wilkinson 1968) on d, e; row i of Zt becomes eigenvector i. d is not sorted. */
function ql(n: i32, d: usize, e: usize, Zt: usize, ld: i32): bool {
  set(e, n - 1, 0);
  for (let l = 0; l < n; l++) {
    for (let step = 0; ; step++) {
      // entries 1e-40 below the norm are zero, as their squares would underflow; where iterations drag on, so is what rounding has put there
      const tiny = norm * (step < 20 ? 1e-40 : ROUNDOFF);
      let m = l;
      for (; m < n - 1; m++) {
        const x = abs(get(e, m));
        if (x <= tiny || x <= ROUNDOFF * (abs(get(d, m)) + abs(get(d, m + 1)))) break;
      }
      if (m == l) break;
      if (step == 80) return false;
      let g = (get(d, l + 1) - get(d, l)) / (2 * get(e, l)), r = sqrt(g * g + 1);
      g = get(d, m) - get(d, l) + get(e, l) / (g + (g >= 0 ? r : -r));
      let s: f64 = 1, c: f64 = 1, p: f64 = 0, i = m - 1, split = false;
      for (; i >= l; i--) {
        const f = s * get(e, i), b = c * get(e, i);
        r = sqrt(f * f + g * g);
        set(e, i + 1, r);
        if (r == 0) {
          set(d, i + 1, get(d, i + 1) - p);
          set(e, m, 0);
          split = true;
          break;
        }
        s = f / r;
        c = g / r;
        g = get(d, i + 1) - p;
        r = (get(d, i) - g) * s + 2 * c * b;
        p = s * r;
        set(d, i + 1, g + p);
        g = c * r - b;
        rotate(n, at(Zt, i + 1, 0, ld), at(Zt, i, 0, ld), c, s);
      }
      if (split) continue;
      set(d, l, get(d, l) - p);
      set(e, l, g);
      set(e, m, 0);
    }
  }
  return true;
}

/**
 * The values alone by QL on squares (Pal, Walker & Kahan; Parlett 1980 §8.15): no square root but the shift's, which a step of `ql` waits for. e is overwritten.
 */
function rootFreeQl(n: i32, d: usize, e: usize): bool {
  for (let i = 0; i < n - 1; i++) set(e, i, get(e, i) * get(e, i));
  for (let l = 0; l < n; l++) {
    for (let step = 0; ; step++) {
      // as in `ql`
      const tiny = norm * (step < 20 ? 1e-40 : ROUNDOFF);
      let m = l;
      for (; m < n - 1; m++) {
        const size = max(tiny, ROUNDOFF * (abs(get(d, m)) + abs(get(d, m + 1))));
        if (get(e, m) <= size * size) break;
      }
      if (m == l) break;
      if (step == 80) return false;
      const root = sqrt(get(e, l)), half = (get(d, l + 1) - get(d, l)) / (2 * root), r0 = sqrt(half * half + 1);
      const sigma = get(d, l) - root / (half + (half >= 0 ? r0 : -r0));
      let c: f64 = 1, s: f64 = 0, gamma = get(d, m) - sigma, p = gamma * gamma;
      for (let i = m - 1; i >= l; i--) {
        const b = get(e, i), r = p + b, before = c, last = gamma, a = get(d, i);
        if (i < m - 1) set(e, i + 1, s * r);
        c = p / r;
        s = b / r;
        gamma = c * (a - sigma) - s * last;
        set(d, i + 1, last + (a - gamma));
        p = c != 0 ? (gamma * gamma) / c : before * b;
      }
      set(e, l, s * p);
      set(d, l, sigma + gamma);
      if (m < n - 1) set(e, m, 0);
    }
  }
  return true;
}

/** Ascending d, with the rows of Zt (when there are any). */
function sortRows(n: i32, d: usize, Zt: usize, ld: i32): void {
  for (let i = 0; i < n - 1; i++) {
    let k = i;
    for (let j = i + 1; j < n; j++) if (get(d, j) < get(d, k)) k = j;
    if (k == i) continue;
    const t = get(d, i);
    set(d, i, get(d, k));
    set(d, k, t);
    if (Zt) swapVectors(n, at(Zt, i, 0, ld), at(Zt, k, 0, ld));
  }
}

function leaf(low: i32, n: i32, d: usize, e: usize, Q: usize, ld: i32): bool {
  const mk = mark(), Z = allocMatrix(n, n), ee = allocNumbers(n), dl = d + (<usize>low << 3);
  memory.fill(Z, 0, <usize>(n * n) << 3);
  for (let i = 0; i < n; i++) {
    store<f64>(at(Z, i, i, n), 1);
    set(ee, i, i < n - 1 ? get(e, low + i) : 0);
  }
  const converged = ql(n, dl, ee, Z, n);
  sortRows(n, dl, Z, n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) store<f64>(at(Q, low + i, low + j, ld), load<f64>(at(Z, j, i, n)));
  release(mk);
  return converged;
}

/** Eigenvalues (ascending, into d) and vectors (block of Q, which holds zeros) of the tridiagonal [low, low + n). */
function divide(low: i32, n: i32, d: usize, e: usize, Q: usize, ld: i32): bool {
  if (n <= LEAF) return leaf(low, n, d, e, Q, ld);
  const n1 = n / 2, n2 = n - n1, b = get(e, low + n1 - 1), rho0 = abs(b), dl = d + (<usize>low << 3);
  set(dl, n1 - 1, get(dl, n1 - 1) - rho0);
  set(dl, n1, get(dl, n1) - rho0);
  if (!divide(low, n1, d, e, Q, ld) || !divide(low + n1, n2, d, e, Q, ld)) return false;
  const mk = mark(), q0 = at(Q, low, low, ld);
  const z = allocNumbers(n), dd = allocNumbers(n), zz = allocNumbers(n), tmp = allocNumbers(n), values = allocNumbers(n);
  const index = allocIndices(n), kept = allocIndices(n), deflated = allocIndices(n), order = allocIndices(n), types = alloc(n);
  const last = at(q0, n1 - 1, 0, ld), first = at(q0, n1, 0, ld), half = 0.7071067811865476;
  let zmax: f64 = 0, dmax: f64 = 0;
  for (let i = 0; i < n; i++) {
    set(z, i, half * (i < n1 ? get(last, i) : b < 0 ? -get(first, i) : get(first, i)));
    store<u8>(types + i, i < n1 ? 0 : 2);
    zmax = max(zmax, abs(get(z, i)));
    dmax = max(dmax, abs(get(dl, i)));
  }
  mergeRuns(dl, n1, n1, n, index, 0);
  const rho = 2 * rho0, tolerance = 8 * ROUNDOFF * max(dmax, rho);
  let K = 0, gone = 0, previous = -1;
  if (rho * zmax > tolerance) {
    for (let t = 0; t < n; t++) {
      const j = getIndex(index, t);
      if (rho * abs(get(z, j)) <= tolerance) {
        setIndex(deflated, gone++, j);
        continue;
      }
      if (previous >= 0) {
        let s = get(z, previous), c = get(z, j);
        const r = sqrt(s * s + c * c), gap = get(dl, j) - get(dl, previous);
        c /= r;
        s = -s / r;
        if (abs(gap * c * s) <= tolerance) {
          set(z, j, r);
          set(z, previous, 0);
          if (load<u8>(types + previous) != load<u8>(types + j)) {
            store<u8>(types + j, 1);
            store<u8>(types + previous, 1);
          }
          rotateColumns(n, q0, previous, j, c, s, ld);
          const dp = get(dl, previous), dj = get(dl, j);
          set(dl, previous, dp * c * c + dj * s * s);
          set(dl, j, dp * s * s + dj * c * c);
          setIndex(deflated, gone++, previous);
          previous = j;
          continue;
        }
        setIndex(kept, K++, previous);
      }
      previous = j;
    }
    if (previous >= 0) setIndex(kept, K++, previous);
  } else for (let t = 0; t < n; t++) setIndex(deflated, gone++, getIndex(index, t));
  const out = allocMatrix(n, n);
  if (K > 0) {
    let square: f64 = 0;
    for (let i = 0; i < K; i++) {
      const j = getIndex(kept, i);
      set(dd, i, get(dl, j));
      set(zz, i, get(z, j));
      square += get(z, j) * get(z, j);
    }
    scale(K, 1 / sqrt(square), zz);
    const S = allocMatrix(K, K), row = allocNumbers(K), places = allocIndices(n);
    for (let j = 0; j < K; j++) set(values, j, secularRoot(K, j, dd, zz, rho * square, at(S, j, 0, K), tmp, false));
    refineZ(K, dd, zz, S, tmp, false);
    orderByType(K, kept, types, places);
    const top = topCount + mixedCount, bottom = mixedCount + bottomCount, skip = topCount;
    for (let j = 0; j < K; j++) {
      const sj = at(S, j, 0, K);
      for (let i = 0; i < K; i++) {
        const q = getIndex(places, i);
        set(row, i, get(tmp, q) / get(sj, q));
      }
      const inverse = 1 / sqrt(dot(K, row, row));
      for (let i = 0; i < K; i++) set(sj, i, get(row, i) * inverse);
    }
    const B1 = allocMatrix(n1, max(top, 1)), B2 = allocMatrix(n2, max(bottom, 1));
    gatherColumns(n1, top, q0, ld, kept, places, 0, B1);
    gatherColumns(n2, bottom, at(q0, n1, 0, ld), ld, kept, places, skip, B2);
    gemm(n1, K, top, 1, B1, top, 1, S, 1, K, out, n, false);
    gemm(n2, K, bottom, 1, B2, bottom, 1, S + (<usize>skip << 3), 1, K, at(out, n1, 0, n), n, false);
    spend(<i64>K * K * 20);
  }
  for (let t = 0; t < gone; t++) {
    const j = getIndex(deflated, t);
    set(values, K + t, get(dl, j));
    for (let i = 0; i < n; i++) store<f64>(at(out, i, K + t, n), load<f64>(at(q0, i, j, ld)));
  }
  finalOrder(n, K, values, order);
  for (let i = 0; i < n; i++) set(dl, i, get(values, getIndex(order, i)));
  scatterColumns(n, n, out, order, q0, ld);
  release(mk);
  return true;
}

function solveLarge(n: i32, A: usize, d: usize, e: usize, vectors: bool): bool {
  const taus = allocNumbers(n + NB), Vs = allocMatrix((n + NB - 1) / NB * n, NB);
  tridiagonalise(n, A, d, e, taus, Vs);
  norm = max(maxAbs(n, d), maxAbs(n - 1, e));
  if (!vectors) {
    const converged = rootFreeQl(n, d, e);
    if (converged) sortRows(n, d, 0, 0);
    return converged;
  }
  memory.fill(A, 0, <usize>n * <usize>n << 3);
  const converged = divide(0, n, d, e, A, n);
  if (converged) backTransform(n, n, n, NB, 1, taus, Vs, A, false);
  return converged;
}

/**
 * Eigenvalues d (ascending) of the symmetric A (n x n, lower triangle read), and its vectors in the columns of A when `vectors`. Answers 0, or 1 when QL did
 * not converge (entries that are not finite).
 */
export function symmetricEigen(n: i32, A: usize, d: usize, vectors: bool): i32 {
  if (n == 0) return 0;
  const mk = mark(), factor = safeScale(maxAbs(n * n, A)), e = allocNumbers(n);
  if (factor != 1) scale(n * n, factor, A);
  const converged = n <= SMALL ? solveSmall(n, A, d, e, vectors) : solveLarge(n, A, d, e, vectors);
  if (factor != 1) scale(n, 1 / factor, d);
  release(mk);
  return converged ? 0 : 1;
}
