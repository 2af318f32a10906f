// The singular value decomposition: QR first when there are more rows than columns, bidiagonalisation, divide and conquer (Gu & Eisenstat 1995) with the
// secular solver of the symmetric problem on squares, QR leaves, back-transformation by blocks.
import { bidiagonalQr, bidiagonalise, NB } from "./bidiagonal";
import { gemm, spend } from "./gemm";
import { backTransform } from "./householder";
import { alloc, allocIndices, allocMatrix, allocNumbers, mark, release } from "./memory";
import { qr } from "./qr";
import {
  bottomCount, finalOrder, gatherColumns, mergeRuns, mixedCount, orderByType, refineZ, scatterColumns, secularRoot, topCount,
} from "./secular";
import { at, dot, get, getIndex, maxAbs, rotateColumns, safeScale, scale, set, setIdentity, setIndex, transpose } from "./vector";

/** Below this order QR with vectors beats splitting. */
const LEAF: i32 = 24;
const ROUNDOFF: f64 = 1.1102230246251565e-16;

/** The block [low, low + n) x [low, low + n + extra) by QR: vectors into the columns of U and V, ascending. */
function leaf(low: i32, n: i32, extra: i32, d: usize, e: usize, U: usize, V: usize, ld: i32): bool {
  const mk = mark(), width = n + extra, Ut = allocMatrix(n, width), Vt = allocMatrix(width, width), ee = allocNumbers(n + 1);
  for (let i = 0; i < n; i++) {
    memory.fill(at(Ut, i, 0, width), 0, <usize>width << 3);
    store<f64>(at(Ut, i, i, width), 1);
    if (i + 1 < width) set(ee, i, get(e, low + i));
  }
  setIdentity(width, width, Vt);
  const converged = bidiagonalQr(n, extra, d + (<usize>low << 3), ee, Ut, Vt, width);
  transpose(n, n, Ut, width, at(U, low, low, ld), ld);
  transpose(width, width, Vt, width, at(V, low, low, ld), ld);
  release(mk);
  return converged;
}

/**
 * Singular values of the upper bidiagonal block (ascending into d) with their vectors in the columns of the blocks of U and V, which hold zeros;
 * column low + n of V spans the null space when there is an extra column.
 */
function divide(low: i32, n: i32, extra: i32, d: usize, e: usize, U: usize, V: usize, ld: i32): bool {
  if (n <= LEAF) return leaf(low, n, extra, d, e, U, V, ld);
  const nl = n / 2, nr = n - nl - 1, M = n + extra, al = get(d, low + nl), be = get(e, low + nl);
  if (!divide(low, nl, 1, d, e, U, V, ld) || !divide(low + nl + 1, nr, extra, d, e, U, V, ld)) return false;
  const mk = mark(), dl = d + (<usize>low << 3), u0 = at(U, low, low, ld), v0 = at(V, low, low, ld);
  store<f64>(at(u0, nl, nl, ld), 1);
  const z = allocNumbers(n), dd = allocNumbers(n), zz = allocNumbers(n), tmp = allocNumbers(n), values = allocNumbers(n);
  const index = allocIndices(n), kept = allocIndices(n), deflated = allocIndices(n), order = allocIndices(n), places = allocIndices(n), types = alloc(n);
  const last = at(v0, nl, 0, ld), first = at(v0, nl + 1, 0, ld);
  let dmax = max(abs(al), abs(be));
  for (let i = 0; i < n; i++) {
    set(z, i, i < nl ? al * get(last, i) : be * get(first, i));
    store<u8>(types + i, i < nl ? 0 : i == nl ? 1 : 2);
    if (i != nl) dmax = max(dmax, get(dl, i));
  }
  // column nl of V is the null vector of the left block; with an extra column, column n that of the right one: one rotation leaves one of them in z
  let z0 = al * get(last, nl);
  if (extra) {
    const f = be * get(first, n), r = sqrt(z0 * z0 + f * f);
    if (r > 0) {
      rotateColumns(M, v0, nl, n, z0 / r, f / r, ld);
      z0 = r;
    }
  }
  const tolerance = 64 * ROUNDOFF * dmax;
  if (abs(z0) <= tolerance) z0 = z0 < 0 ? -tolerance : tolerance;
  set(z, nl, z0);
  set(dl, nl, 0);
  setIndex(index, 0, nl);
  mergeRuns(dl, nl, nl + 1, n, index, 1);
  let K = 1, gone = 0, previous = -1;
  setIndex(kept, 0, nl);
  if (dmax > 0) {
    for (let t = 1; t < n; t++) {
      const j = getIndex(index, t);
      if (abs(get(z, j)) <= tolerance) {
        setIndex(deflated, gone++, j);
        continue;
      }
      if (previous >= 0) {
        if (abs(get(dl, j) - get(dl, previous)) <= tolerance) {
          const s = get(z, previous), c = get(z, j), r = sqrt(s * s + c * c);
          set(z, j, r);
          set(z, previous, 0);
          if (load<u8>(types + previous) != load<u8>(types + j)) {
            store<u8>(types + j, 1);
            store<u8>(types + previous, 1);
          }
          rotateColumns(n, u0, previous, j, c / r, -s / r, ld);
          rotateColumns(M, v0, previous, j, c / r, -s / r, ld);
          setIndex(deflated, gone++, previous);
          previous = j;
          continue;
        }
        setIndex(kept, K++, previous);
      }
      previous = j;
    }
    if (previous >= 0) setIndex(kept, K++, previous);
  } else {
    K = 0;
    for (let t = 0; t < n; t++) setIndex(deflated, gone++, getIndex(index, t));
  }
  const outU = allocMatrix(n, n), outV = allocMatrix(M, n);
  if (K > 0) {
    for (let i = 0; i < K; i++) {
      const j = getIndex(kept, i);
      set(dd, i, get(dl, j));
      set(zz, i, get(z, j));
    }
    if (K > 1 && get(dd, 1) < tolerance * 0.5) set(dd, 1, tolerance * 0.5);
    const rho = dot(K, zz, zz);
    scale(K, 1 / sqrt(rho), zz);
    const S = allocMatrix(K, K), SU = allocMatrix(K, K), row = allocNumbers(K);
    for (let j = 0; j < K; j++) set(values, j, sqrt(secularRoot(K, j, dd, zz, rho, at(S, j, 0, K), tmp, true)));
    refineZ(K, dd, zz, S, tmp, true);
    orderByType(K, kept, types, places);
    for (let j = 0; j < K; j++) {
      const sj = at(S, j, 0, K), uj = at(SU, j, 0, K);
      for (let i = 0; i < K; i++) {
        const q = getIndex(places, i), v = get(tmp, q) / get(sj, q);
        set(row, i, v);
        set(uj, i, q == 0 ? -1.0 : get(dd, q) * v);
      }
      const iv = 1 / sqrt(dot(K, row, row));
      for (let i = 0; i < K; i++) set(sj, i, get(row, i) * iv);
      scale(K, 1 / sqrt(dot(K, uj, uj)), uj);
    }
    const top = topCount + mixedCount, bottom = mixedCount + bottomCount, skip = topCount;
    for (let side = 0; side < 2; side++) {
      // rows [0, nl] meet top and mixed columns, the rows below mixed and bottom ones
      const m2 = mark(), q0 = side ? v0 : u0, vectors = side ? S : SU, out = side ? outV : outU, upper = nl + 1, lower = (side ? M : n) - upper;
      const B1 = allocMatrix(upper, max(top, 1)), B2 = allocMatrix(max(lower, 1), max(bottom, 1));
      gatherColumns(upper, top, q0, ld, kept, places, 0, B1);
      gatherColumns(lower, bottom, at(q0, upper, 0, ld), ld, kept, places, skip, B2);
      gemm(upper, K, top, 1, B1, top, 1, vectors, 1, K, out, n, false);
      gemm(lower, K, bottom, 1, B2, bottom, 1, vectors + (<usize>skip << 3), 1, K, at(out, upper, 0, n), n, false);
      release(m2);
    }
    spend(<i64>K * K * 20);
  }
  for (let t = 0; t < gone; t++) {
    const j = getIndex(deflated, t);
    set(values, K + t, get(dl, j));
    for (let i = 0; i < n; i++) store<f64>(at(outU, i, K + t, n), load<f64>(at(u0, i, j, ld)));
    for (let i = 0; i < M; i++) store<f64>(at(outV, i, K + t, n), load<f64>(at(v0, i, j, ld)));
  }
  finalOrder(n, K, values, order);
  scatterColumns(n, n, outU, order, u0, ld);
  scatterColumns(M, n, outV, order, v0, ld);
  for (let i = 0; i < n; i++) set(dl, i, get(values, getIndex(order, i)));
  release(mk);
  return true;
}

/** Square A (n x n) = U diag(d) V^T, d descending; V replaces A. With U = 0 values only. */
function square(n: i32, A: usize, U: usize, d: usize): bool {
  const mk = mark(), panels = (n + NB - 1) / NB * n;
  const e = allocNumbers(n), left = allocNumbers(n), right = allocNumbers(n), Vs = allocMatrix(panels, NB), Us = allocMatrix(panels, NB);
  bidiagonalise(n, A, d, e, left, right, Vs, Us);
  let converged: bool;
  if (U) {
    memory.fill(U, 0, <usize>n * <usize>n << 3);
    memory.fill(A, 0, <usize>n * <usize>n << 3);
    converged = divide(0, n, 0, d, e, U, A, n);
    // ascending to descending
    for (let i = 0; i < n; i++) {
      reverse(n, at(U, i, 0, n));
      reverse(n, at(A, i, 0, n));
    }
    backTransform(n, n, n, NB, 0, left, Vs, U, false);
    backTransform(n, n, n, NB, 1, right, Us, A, false);
  } else converged = bidiagonalQr(n, 0, d, e, 0, 0, 0);
  reverse(n, d);
  release(mk);
  return converged;
}

function reverse(n: i32, x: usize): void {
  for (let a = 0, b = n - 1; a < b; a++, b--) {
    const t = get(x, a);
    set(x, a, get(x, b));
    set(x, b, t);
  }
}

/** m >= n: A (destroyed) = U diag(d) V^T with U m x q, q = n or m, and V n x n. */
function tall(m: i32, n: i32, A: usize, U: usize, q: i32, d: usize, V: usize): bool {
  if (m == n) {
    const converged = square(n, A, U, d);
    if (U) memory.copy(V, A, <usize>n * <usize>n << 3);
    return converged;
  }
  const mk = mark();
  let converged: bool;
  if (U) {
    const Q = allocMatrix(m, q), W = allocMatrix(n, n);
    qr(m, n, A, V, Q, q);
    converged = square(n, V, W, d);
    gemm(m, n, n, 1, Q, q, 1, W, n, 1, U, q, false);
    for (let i = 0; i < m && q > n; i++) memory.copy(at(U, i, n, q), at(Q, i, n, q), <usize>(q - n) << 3);
  } else {
    const R = allocMatrix(n, n);
    qr(m, n, A, R, 0, 0);
    converged = square(n, R, 0, d);
  }
  release(mk);
  return converged;
}

/**
 * A (m x n, destroyed) = U diag(d) V^T with k = min(m, n) values, descending. Thin: U m x k, V n x k; `full`: U m x m, V n x n. With U = 0 values only.
 * Answers 0, or 1 when QR did not converge (entries that are not finite).
 */
export function svd(m: i32, n: i32, A: usize, U: usize, d: usize, V: usize, full: bool): i32 {
  const k = min(m, n);
  if (k == 0) {
    if (full && U) {
      setIdentity(m, m, U);
      setIdentity(n, n, V);
    }
    return 0;
  }
  const mk = mark(), factor = safeScale(maxAbs(m * n, A));
  if (factor != 1) scale(m * n, factor, A);
  let converged: bool;
  if (m >= n) converged = tall(m, n, A, U, full ? m : n, d, V);
  else {
    const T = allocMatrix(n, m);
    transpose(m, n, A, n, T, m);
    converged = tall(n, m, T, V, full ? n : m, d, U);
  }
  if (factor != 1) scale(k, 1 / factor, d);
  release(mk);
  return converged ? 0 : 1;
}
