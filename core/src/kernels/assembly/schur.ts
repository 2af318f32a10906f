// The real Schur form: Hessenberg reduction, QR sweeps, and aggressive early deflation (Braman, Byers & Mathias 2002), which finds converged eigenvalues
// in a trailing window and supplies the shifts of the next sweeps.
import { deflationPoint, EPS, length, shiftedSweep, splitBlock, sweep, Target } from "./francis";
import { gemm } from "./gemm";
import { hessenberg } from "./hessenberg";
import { beta, reflect, tau } from "./householder";
import { alloc, allocMatrix, allocNumbers, mark, release } from "./memory";
import { at, axpy, copyBlock, dot, gemvT, get, maxAbs, rotate, rotateColumns, safeScale, scale, set, setIdentity, transpose } from "./vector";

/** Active blocks below this order take plain sweeps. */
const AED_FROM: i32 = 132;

/** The window for an active block of m rows. */
function windowOf(m: i32): i32 {
  if (m < 96) return 12;
  if (m < 160) return 20;
  if (m < 320) return 32;
  if (m < 640) return 48;
  return 72;
}

function target(H: usize, ld: i32, top: i32, right: i32, Zt: usize, ldz: i32, zn: i32): Target {
  const t = changetype<Target>(alloc(offsetof<Target>()));
  t.H = H;
  t.ld = ld;
  t.top = top;
  t.right = right;
  t.Zt = Zt;
  t.ldz = ldz;
  t.zn = zn;
  return t;
}

/** A := (I - tau v v^T) A, A m x n; w: room for n numbers. */
function reflectRows(m: i32, n: i32, A: usize, ld: i32, v: usize, t: f64, w: usize): void {
  if (t == 0 || n <= 0) return;
  gemvT(m, n, A, ld, v, w);
  for (let i = 0; i < m; i++) axpy(n, -t * get(v, i), w, at(A, i, 0, ld));
}

/** A := A (I - tau v v^T), A m x n. */
function reflectColumns(m: i32, n: i32, A: usize, ld: i32, v: usize, t: f64): void {
  if (t == 0) return;
  for (let i = 0; i < m; i++) {
    const row = at(A, i, 0, ld);
    axpy(n, -t * dot(n, row, v), v, row);
  }
}

/** Solves the k x k system M x = b (k <= 4, ld 4) with complete pivoting; pivots below `least` are raised to it. */
function solveSmall(k: i32, M: usize, b: usize, least: f64): void {
  const mk = mark(), order = alloc(32);
  for (let i = 0; i < k; i++) store<i32>(order + (<usize>i << 2), i);
  for (let s = 0; s < k; s++) {
    let pi = s, pj = s, big: f64 = -1;
    for (let i = s; i < k; i++) {
      for (let j = s; j < k; j++) {
        const v = abs(get(M, i * 4 + j));
        if (v > big) {
          big = v;
          pi = i;
          pj = j;
        }
      }
    }
    for (let j = 0; j < k; j++) {
      const u = get(M, s * 4 + j);
      set(M, s * 4 + j, get(M, pi * 4 + j));
      set(M, pi * 4 + j, u);
    }
    const u = get(b, s);
    set(b, s, get(b, pi));
    set(b, pi, u);
    for (let i = 0; i < k; i++) {
      const v = get(M, i * 4 + s);
      set(M, i * 4 + s, get(M, i * 4 + pj));
      set(M, i * 4 + pj, v);
    }
    const o = load<i32>(order + (<usize>s << 2));
    store<i32>(order + (<usize>s << 2), load<i32>(order + (<usize>pj << 2)));
    store<i32>(order + (<usize>pj << 2), o);
    if (abs(get(M, s * 5)) < least) set(M, s * 5, least);
    for (let i = s + 1; i < k; i++) {
      const f = get(M, i * 4 + s) / get(M, s * 5);
      for (let j = s + 1; j < k; j++) set(M, i * 4 + j, get(M, i * 4 + j) - f * get(M, s * 4 + j));
      set(b, i, get(b, i) - f * get(b, s));
    }
  }
  const x = alloc(32);
  for (let s = k - 1; s >= 0; s--) {
    let v = get(b, s);
    for (let j = s + 1; j < k; j++) v -= get(M, s * 4 + j) * get(x, j);
    set(x, s, v / get(M, s * 5));
  }
  for (let s = 0; s < k; s++) set(b, load<i32>(order + (<usize>s << 2)), get(x, s));
  release(mk);
}

/**
 * Swaps the adjacent diagonal blocks of orders p and q at row j of the quasi-triangular T (n x n), Vt along (Bai & Demmel 1993). False, with nothing
 * changed, when the blocks are too close to be swapped stably.
 */
function swapBlocks(t: Target, n: i32, j: i32, p: i32, q: i32, wr: usize, wi: usize): bool {
  const T = t.H, ld = t.ld, mk = mark(), count = p + q;
  if (count == 2) {
    const t12 = load<f64>(at(T, j, j + 1, ld)), d = load<f64>(at(T, j + 1, j + 1, ld)) - load<f64>(at(T, j, j, ld)), r = length(t12, d);
    if (r == 0) return true;
    const c = t12 / r, s = d / r, a = load<f64>(at(T, j, j, ld)), b = load<f64>(at(T, j + 1, j + 1, ld));
    rotate(n - j, at(T, j, j, ld), at(T, j + 1, j, ld), c, s);
    rotateColumns(j + 2, T, j, j + 1, c, s, ld);
    rotate(t.zn, at(t.Zt, j, 0, t.ldz), at(t.Zt, j + 1, 0, t.ldz), c, s);
    store<f64>(at(T, j, j, ld), b);
    store<f64>(at(T, j + 1, j + 1, ld), a);
    store<f64>(at(T, j + 1, j, ld), 0);
    return true;
  }
  // T11 X - X T22 = T12; the columns of [-X; I] span what shall come first
  const M = alloc(128), X = alloc(32), D = alloc(128), v = alloc(64), w = alloc(64);
  memory.fill(M, 0, 128);
  let big: f64 = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const x = load<f64>(at(T, j + a, j + b, ld));
      set(D, a * 4 + b, x);
      big = max(big, abs(x));
    }
  }
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < q; b++) {
      const row = a * q + b;
      for (let c = 0; c < p; c++) set(M, row * 4 + c * q + b, get(M, row * 4 + c * q + b) + get(D, a * 4 + c));
      for (let c = 0; c < q; c++) set(M, row * 4 + a * q + c, get(M, row * 4 + a * q + c) - get(D, (p + c) * 4 + p + b));
      set(X, row, get(D, a * 4 + p + b));
    }
  }
  solveSmall(p * q, M, X, EPS * big);
  // Householder vectors of [-X; I], kept in v: q of them, 4 numbers each
  const W = alloc(64), vs = alloc(64);
  memory.fill(vs, 0, 64);
  for (let a = 0; a < count; a++) for (let b = 0; b < q; b++) set(W, a * 2 + b, a < p ? -get(X, a * q + b) : a - p == b ? 1 : 0);
  let t0: f64 = 0, t1: f64 = 0;
  for (let b = 0; b < q; b++) {
    for (let a = b; a < count; a++) set(v, a - b, get(W, a * 2 + b));
    reflect(count - b, v);
    if (b == 0) t0 = tau;
    else t1 = tau;
    for (let a = b; a < count; a++) set(vs, b * 4 + a - b, get(v, a - b));
    if (b == 0 && q == 2) {
      let s: f64 = 0;
      for (let a = 0; a < count; a++) s += get(v, a) * get(W, a * 2 + 1);
      for (let a = 0; a < count; a++) set(W, a * 2 + 1, get(W, a * 2 + 1) - t0 * s * get(v, a));
    }
  }
  // try on the copy first
  for (let b = 0; b < q; b++) {
    const tb = b == 0 ? t0 : t1, vb = vs + (<usize>(b * 4) << 3);
    reflectRows(count - b, count, D + (<usize>(b * 4) << 3), 4, vb, tb, w);
    reflectColumns(count, count - b, D + (<usize>b << 3), 4, vb, tb);
  }
  for (let a = q; a < count; a++) {
    for (let b = 0; b < q; b++) {
      if (!(abs(get(D, a * 4 + b)) <= 20 * EPS * big)) {
        release(mk);
        return false;
      }
    }
  }
  const work = allocNumbers(max(n, t.zn));
  for (let b = 0; b < q; b++) {
    const tb = b == 0 ? t0 : t1, vb = vs + (<usize>(b * 4) << 3), row = j + b, len = count - b;
    reflectRows(len, n, at(T, row, 0, ld), ld, vb, tb, work);
    reflectColumns(n, len, at(T, 0, row, ld), ld, vb, tb);
    reflectRows(len, t.zn, at(t.Zt, row, 0, t.ldz), t.ldz, vb, tb, work);
  }
  for (let a = q; a < count; a++) for (let b = 0; b < q; b++) store<f64>(at(T, j + a, j + b, ld), 0);
  if (q == 2) splitBlock(t, j, wr, wi);
  if (p == 2) splitBlock(t, j + q, wr, wi);
  release(mk);
  return true;
}

/** The order of the diagonal block of T whose last row is j. */
// @ts-ignore: decorator
@inline
function orderAbove(T: usize, ld: i32, j: i32): i32 {
  return j > 0 && load<f64>(at(T, j, j - 1, ld)) != 0 ? 2 : 1;
}

/** The largest magnitude in the matrix. */
let norm: f64 = 1;

/**
 * What counts as zero at the given step since the last eigenvalue: next to nothing at first, which keeps graded matrices' small eigenvalues, and from step 20 on
 * ever more, up to 2^-75 of the matrix: where products underflow a sweep may change nothing, and entries that small do not matter to the whole.
 */
function negligible(step: i32): f64 {
  return max(1e-290, norm * reinterpret<f64>(<i64>(23 + 25 * min(max(step - 20, 0), 37)) << 52));
}

/** How many shifts the last window left in `shiftsRe`, `shiftsIm`. */
let shiftCount: i32 = 0;

/** Deflates in the window of the last nw rows of the active block low .. high; answers how many eigenvalues it found. */
function deflateWindow(t: Target, low: i32, high: i32, nw: i32, shiftsRe: usize, shiftsIm: usize): i32 {
  const mk = mark(), H = t.H, ld = t.ld, from = high - nw + 1;
  const T = allocMatrix(nw, nw), Vt = allocMatrix(nw, nw), wr = allocNumbers(nw), wi = allocNumbers(nw), v = allocNumbers(nw), w = allocNumbers(nw);
  const spike = from > low ? load<f64>(at(H, from, from - 1, ld)) : 0;
  copyBlock(nw, nw, at(H, from, from, ld), ld, T, nw);
  for (let i = 2; i < nw; i++) memory.fill(at(T, i, 0, nw), 0, <usize>(i - 1) << 3);
  setIdentity(nw, nw, Vt);
  const inner = target(T, nw, 0, nw, Vt, nw, nw);
  shiftCount = 0;
  if (!iterate(inner, 0, nw - 1, wr, wi, false)) {
    release(mk);
    return 0;
  }
  // deflate from the bottom; what does not go is moved to the top
  let ns = nw, top = 0;
  while (top < ns) {
    const last = ns - 1, size = orderAbove(T, nw, last), d = abs(load<f64>(at(T, last, last, nw)));
    let scaleOf = d, reach = abs(spike * load<f64>(at(Vt, last, 0, nw)));
    if (size == 2) {
      scaleOf = d + sqrt(abs(load<f64>(at(T, last, last - 1, nw)))) * sqrt(abs(load<f64>(at(T, last - 1, last, nw))));
      reach = max(reach, abs(spike * load<f64>(at(Vt, last - 1, 0, nw))));
    }
    if (scaleOf == 0) scaleOf = abs(spike);
    if (reach <= EPS * scaleOf) {
      ns -= size;
      continue;
    }
    let place = ns - size, moved = true;
    while (place > top && moved) {
      const above = orderAbove(T, nw, place - 1);
      moved = swapBlocks(inner, nw, place - above, above, size, wr, wi);
      if (moved) place -= above;
    }
    if (!moved) break;
    top += size;
  }
  for (let i = 0; i < ns; i++) {
    // eigenvalues as they now stand on the diagonal
    if (i + 1 < nw && load<f64>(at(T, i + 1, i, nw)) != 0) {
      const im = sqrt(abs(load<f64>(at(T, i + 1, i, nw)))) * sqrt(abs(load<f64>(at(T, i, i + 1, nw))));
      set(shiftsRe, i, load<f64>(at(T, i, i, nw)));
      set(shiftsRe, i + 1, load<f64>(at(T, i, i, nw)));
      set(shiftsIm, i, im);
      set(shiftsIm, i + 1, -im);
      i++;
    } else {
      set(shiftsRe, i, load<f64>(at(T, i, i, nw)));
      set(shiftsIm, i, 0);
    }
  }
  shiftCount = ns;
  if (ns == nw && spike != 0) {
    // nothing deflated: the window stays as it was
    release(mk);
    return 0;
  }
  if (ns > 1 && spike != 0) {
    for (let i = 0; i < ns; i++) set(v, i, load<f64>(at(Vt, i, 0, nw)));
    reflect(ns, v);
    const t0 = tau;
    reflectRows(ns, nw, T, nw, v, t0, w);
    reflectColumns(ns, ns, T, nw, v, t0);
    reflectRows(ns, nw, Vt, nw, v, t0, w);
    for (let j = 0; j + 2 < ns; j++) {
      const len = ns - j - 1;
      for (let i = 0; i < len; i++) set(v, i, load<f64>(at(T, j + 1 + i, j, nw)));
      reflect(len, v);
      const tj = tau;
      store<f64>(at(T, j + 1, j, nw), beta);
      for (let i = 1; i < len; i++) store<f64>(at(T, j + 1 + i, j, nw), 0);
      reflectRows(len, nw - j - 1, at(T, j + 1, j + 1, nw), nw, v, tj, w);
      reflectColumns(ns, len, at(T, 0, j + 1, nw), nw, v, tj);
      reflectRows(len, nw, at(Vt, j + 1, 0, nw), nw, v, tj, w);
    }
  }
  if (from > low) store<f64>(at(H, from, from - 1, ld), ns > 0 ? spike * load<f64>(Vt) : 0);
  copyBlock(nw, nw, T, nw, at(H, from, from, ld), ld);
  // the rest of H and Z
  const right = t.right - high - 1, above = from - t.top, wide = max(max(right, above), t.zn), W = allocMatrix(nw, max(wide, 1));
  if (right > 0) {
    gemm(nw, right, nw, 1, Vt, nw, 1, at(H, from, high + 1, ld), ld, 1, W, right, false);
    copyBlock(nw, right, W, right, at(H, from, high + 1, ld), ld);
  }
  if (above > 0) {
    gemm(above, nw, nw, 1, at(H, t.top, from, ld), ld, 1, Vt, 1, nw, W, nw, false);
    copyBlock(above, nw, W, nw, at(H, t.top, from, ld), ld);
  }
  if (t.zn) {
    gemm(nw, t.zn, nw, 1, Vt, nw, 1, at(t.Zt, from, 0, t.ldz), t.ldz, 1, W, t.zn, false);
    copyBlock(nw, t.zn, W, t.zn, at(t.Zt, from, 0, t.ldz), t.ldz);
  }
  release(mk);
  return nw - ns;
}

/** Sweeps with the window's shifts, the last ones first, until something deflates. */
function shiftWith(t: Target, low: i32, high: i32, shiftsRe: usize, shiftsIm: usize, small: f64): void {
  let i = shiftCount - 1;
  while (i >= 0) {
    const re = get(shiftsRe, i), im = get(shiftsIm, i);
    if (im != 0) {
      sweep(t, low, high, re, abs(im), re, -abs(im));
      i -= 2;
    } else if (i > 0 && get(shiftsIm, i - 1) == 0) {
      sweep(t, low, high, re, 0, get(shiftsRe, i - 1), 0);
      i -= 2;
    } else {
      sweep(t, low, high, re, 0, re, 0);
      i -= 1;
    }
    if (deflationPoint(t.H, t.ld, low, high, small) > low) return;
  }
}

/** QR until rows first .. end are quasi-triangular; `windows`: with early deflation. False when an eigenvalue does not separate. */
function iterate(t: Target, first: i32, end: i32, wr: usize, wi: usize, windows: bool): bool {
  const mk = mark(), H = t.H, ld = t.ld, count = end - first + 1, shiftsRe = allocNumbers(128), shiftsIm = allocNumbers(128), whole = t.top == 0;
  let high = end, step = 0;
  while (high >= first) {
    const small = negligible(step), low = deflationPoint(H, ld, first, high, small);
    if (low > first) store<f64>(at(H, low, low - 1, ld), 0);
    if (low == high) {
      set(wr, high, load<f64>(at(H, high, high, ld)));
      set(wi, high, 0);
      high--;
      step = 0;
      continue;
    }
    // without Z only the active block matters
    if (!t.zn && whole) {
      t.top = low;
      t.right = high + 1;
    }
    if (low == high - 1) {
      splitBlock(t, low, wr, wi);
      high -= 2;
      step = 0;
      continue;
    }
    if (++step > 30 * max(10, count)) {
      release(mk);
      return false;
    }
    const m = high - low + 1;
    if (windows && m >= AED_FROM && step % 7 != 0) {
      const nw = windowOf(m), found = deflateWindow(t, low, high, nw, shiftsRe, shiftsIm);
      if (found > 0) step = 0;
      if (found * 7 > nw || shiftCount == 0) continue;
      shiftWith(t, low, high - found, shiftsRe, shiftsIm, small);
    } else shiftedSweep(t, low, high, step);
  }
  release(mk);
  return true;
}

/**
 * A (n x n) = Z T Z^T with T quasi-triangular (standardised 2 x 2 blocks) in place of A, eigenvalues wr + i wi in diagonal order. Z (n x n) or 0: then only the
 * eigenvalues are right. Answers 0, or 1 when the iteration did not converge.
 */
export function schur(n: i32, A: usize, Z: usize, wr: usize, wi: usize): i32 {
  if (n == 0) return 0;
  norm = maxAbs(n * n, A);
  const mk = mark(), factor = safeScale(norm);
  norm *= factor;
  if (factor != 1) scale(n * n, factor, A);
  let converged: bool;
  if (Z) {
    const Zt = allocMatrix(n, n);
    hessenberg(n, A, Z);
    transpose(n, n, Z, n, Zt, n);
    converged = iterate(target(A, n, 0, n, Zt, n, n), 0, n - 1, wr, wi, true);
    transpose(n, n, Zt, n, Z, n);
  } else {
    hessenberg(n, A, 0);
    converged = iterate(target(A, n, 0, n, 0, 0, 0), 0, n - 1, wr, wi, true);
  }
  if (factor != 1) {
    scale(n * n, 1 / factor, A);
    scale(n, 1 / factor, wr);
    scale(n, 1 / factor, wi);
  }
  release(mk);
  return converged ? 0 : 1;
}
