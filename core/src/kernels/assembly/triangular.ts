// Triangular systems, products and inverses by recursion: all the work is in gemm but for leaves of 8.
import { gemm } from "./gemm";
import { alloc, mark, release } from "./memory";
import { at, axpy, dot, get, madd, nmadd, set } from "./vector";

const LEAF: i32 = 8;

/** Where a triangle of order n is cut. */
// @ts-ignore: decorator
@inline
function half(n: i32): i32 {
  return n <= 16 ? 8 : (n / 2) & ~7;
}

// @ts-ignore: decorator
@inline
function entry(a: usize, i: i32, j: i32, rs: i32, cs: i32): usize {
  return a + ((<usize>i * <usize>rs + <usize>j * <usize>cs) << 3);
}

/** 8 columns of a row minus the multiples q of the rows at p, times `factor`. */
// @ts-ignore: decorator
@inline
function strip(q: usize, ts: usize, count: i32, p: usize, step: usize, row: usize, factor: v128): void {
  let c0 = v128.load(row), c1 = v128.load(row, 16), c2 = v128.load(row, 32), c3 = v128.load(row, 48);
  for (let k = 0; k < count; k++) {
    const l = v128.load_splat<f64>(q);
    c0 = nmadd(l, v128.load(p), c0);
    c1 = nmadd(l, v128.load(p, 16), c1);
    c2 = nmadd(l, v128.load(p, 32), c2);
    c3 = nmadd(l, v128.load(p, 48), c3);
    p += step;
    q += ts;
  }
  v128.store(row, f64x2.mul(c0, factor));
  v128.store(row, f64x2.mul(c1, factor), 16);
  v128.store(row, f64x2.mul(c2, factor), 32);
  v128.store(row, f64x2.mul(c3, factor), 48);
}

/** 16 columns: 8 sums hide the latency of multiply-adds that 4 do not. */
// @ts-ignore: decorator
@inline
function wideStrip(q: usize, ts: usize, count: i32, p: usize, step: usize, row: usize, factor: v128): void {
  let c0 = v128.load(row), c1 = v128.load(row, 16), c2 = v128.load(row, 32), c3 = v128.load(row, 48);
  let c4 = v128.load(row, 64), c5 = v128.load(row, 80), c6 = v128.load(row, 96), c7 = v128.load(row, 112);
  for (let k = 0; k < count; k++) {
    const l = v128.load_splat<f64>(q);
    c0 = nmadd(l, v128.load(p), c0);
    c1 = nmadd(l, v128.load(p, 16), c1);
    c2 = nmadd(l, v128.load(p, 32), c2);
    c3 = nmadd(l, v128.load(p, 48), c3);
    c4 = nmadd(l, v128.load(p, 64), c4);
    c5 = nmadd(l, v128.load(p, 80), c5);
    c6 = nmadd(l, v128.load(p, 96), c6);
    c7 = nmadd(l, v128.load(p, 112), c7);
    p += step;
    q += ts;
  }
  v128.store(row, f64x2.mul(c0, factor));
  v128.store(row, f64x2.mul(c1, factor), 16);
  v128.store(row, f64x2.mul(c2, factor), 32);
  v128.store(row, f64x2.mul(c3, factor), 48);
  v128.store(row, f64x2.mul(c4, factor), 64);
  v128.store(row, f64x2.mul(c5, factor), 80);
  v128.store(row, f64x2.mul(c6, factor), 96);
  v128.store(row, f64x2.mul(c7, factor), 112);
}

/** Row i of B minus the multiples t(i, k) of rows k in [from, to), divided by `divisor`: strips of 16 and 8 columns stay in registers. */
export function substituteRow(w: i32, t: usize, ts: usize, from: i32, to: i32, b: usize, ldb: i32, i: i32, divisor: f64): void {
  const step = <usize>ldb << 3, count = to - from;
  let row = at(b, i, 0, ldb), first = at(b, from, 0, ldb), j = 0;
  const inverse = f64x2.splat(1.0 / divisor);
  for (; j + 16 <= w; j += 16) {
    wideStrip(t, ts, count, first, step, row, inverse);
    row += 128;
    first += 128;
  }
  if (j + 8 <= w) {
    strip(t, ts, count, first, step, row, inverse);
    j += 8;
    row += 64;
    first += 64;
  }
  for (; j < w; j++) {
    let s = load<f64>(row), p = first, q = t;
    for (let k = from; k < to; k++) {
      s -= load<f64>(q) * load<f64>(p);
      p += step;
      q += ts;
    }
    store<f64>(row, s / divisor);
    row += 8;
    first += 8;
  }
}

/** One right-hand side: forward or back substitution by rows (unit column stride) or by columns. */
function solveVector(n: i32, t: usize, rs: i32, cs: i32, lower: bool, unit: bool, b: usize, ldb: i32): void {
  const mk = mark();
  let x = b;
  if (ldb != 1) {
    x = alloc(<usize>n << 3);
    for (let i = 0; i < n; i++) set(x, i, load<f64>(at(b, i, 0, ldb)));
  }
  for (let q = 0; q < n; q++) {
    const i = lower ? q : n - 1 - q;
    const d = unit ? 1.0 : load<f64>(entry(t, i, i, rs, cs));
    if (cs == 1) {
      const s = lower ? dot(i, entry(t, i, 0, rs, 1), x) : dot(q, entry(t, i, i + 1, rs, 1), x + (<usize>(i + 1) << 3));
      set(x, i, unit ? get(x, i) - s : (get(x, i) - s) / d);
    } else {
      const v = unit ? get(x, i) : get(x, i) / d;
      set(x, i, v);
      if (rs == 1) {
        if (lower) axpy(n - 1 - i, -v, entry(t, i + 1, i, 1, cs), x + (<usize>(i + 1) << 3));
        else axpy(i, -v, entry(t, 0, i, 1, cs), x);
      } else if (lower) for (let k = i + 1; k < n; k++) set(x, k, get(x, k) - v * load<f64>(entry(t, k, i, rs, cs)));
      else for (let k = 0; k < i; k++) set(x, k, get(x, k) - v * load<f64>(entry(t, k, i, rs, cs)));
    }
  }
  if (ldb != 1) for (let i = 0; i < n; i++) store<f64>(at(b, i, 0, ldb), get(x, i));
  release(mk);
}

/** B := L^-1 B; L lower triangular n x n with entry (i, j) at i rs + j cs (so an upper triangle's transpose too), B n x w. */
export function solveLower(n: i32, w: i32, l: usize, rs: i32, cs: i32, unit: bool, b: usize, ldb: i32): void {
  if (w == 1 && n > 8) {
    solveVector(n, l, rs, cs, true, unit, b, ldb);
    return;
  }
  if (n <= LEAF) {
    for (let i = 0; i < n; i++) {
      const d = unit ? 1.0 : load<f64>(entry(l, i, i, rs, cs));
      if (i > 0 || !unit) substituteRow(w, entry(l, i, 0, rs, cs), <usize>cs << 3, 0, i, b, ldb, i, d);
    }
    return;
  }
  const h = half(n);
  solveLower(h, w, l, rs, cs, unit, b, ldb);
  gemm(n - h, w, h, -1, entry(l, h, 0, rs, cs), rs, cs, b, ldb, 1, at(b, h, 0, ldb), ldb, true);
  solveLower(n - h, w, entry(l, h, h, rs, cs), rs, cs, unit, at(b, h, 0, ldb), ldb);
}

/** B := U^-1 B, U upper triangular. */
export function solveUpper(n: i32, w: i32, u: usize, rs: i32, cs: i32, unit: bool, b: usize, ldb: i32): void {
  if (w == 1 && n > 8) {
    solveVector(n, u, rs, cs, false, unit, b, ldb);
    return;
  }
  if (n <= LEAF) {
    for (let i = n - 1; i >= 0; i--) {
      const d = unit ? 1.0 : load<f64>(entry(u, i, i, rs, cs));
      substituteRow(w, entry(u, i, i + 1, rs, cs), <usize>cs << 3, i + 1, n, b, ldb, i, d);
    }
    return;
  }
  const h = half(n);
  solveUpper(n - h, w, entry(u, h, h, rs, cs), rs, cs, unit, at(b, h, 0, ldb), ldb);
  gemm(h, w, n - h, -1, entry(u, 0, h, rs, cs), rs, cs, at(b, h, 0, ldb), ldb, 1, b, ldb, true);
  solveUpper(h, w, u, rs, cs, unit, b, ldb);
}

/** X := X M for an 8 x 8 M (dense, ld 8) and rows of 8 numbers. */
function timesSmall(m: i32, x: usize, ldx: i32, M: usize): void {
  const step = <usize>ldx << 3;
  for (let i = 0; i < m; i++) {
    let c0 = f64x2.splat(0), c1 = c0, c2 = c0, c3 = c0, p = M, q = x;
    const end = M + 512;
    do {
      const v = v128.load_splat<f64>(q);
      c0 = madd(v, v128.load(p), c0);
      c1 = madd(v, v128.load(p, 16), c1);
      c2 = madd(v, v128.load(p, 32), c2);
      c3 = madd(v, v128.load(p, 48), c3);
      p += 64;
      q += 8;
    } while (p < end);
    v128.store(x, c0);
    v128.store(x, c1, 16);
    v128.store(x, c2, 32);
    v128.store(x, c3, 48);
    x += step;
  }
}

/** The same for n <= 8 columns; M has room for a row behind it. */
function timesLeaf(m: i32, n: i32, x: usize, ldx: i32, M: usize): void {
  if (n == 8) {
    timesSmall(m, x, ldx, M);
    return;
  }
  const row = M + 512;
  for (let i = 0; i < m; i++) {
    const r = at(x, i, 0, ldx);
    for (let j = 0; j < n; j++) {
      let s: f64 = 0;
      for (let k = 0; k < n; k++) s += get(r, k) * get(M, k * 8 + j);
      set(row, j, s);
    }
    memory.copy(r, row, <usize>n << 3);
  }
}

/** M (ld 8) := inverse of the lower triangle of order n <= 8. */
function invertLowerLeaf(n: i32, l: usize, rs: i32, cs: i32, unit: bool, M: usize): void {
  memory.fill(M, 0, 512);
  for (let j = 0; j < n; j++) {
    set(M, j * 9, unit ? 1 : 1.0 / load<f64>(entry(l, j, j, rs, cs)));
    for (let i = j + 1; i < n; i++) {
      let s: f64 = 0;
      for (let k = j; k < i; k++) s += load<f64>(entry(l, i, k, rs, cs)) * get(M, k * 8 + j);
      set(M, i * 8 + j, unit ? -s : -s / load<f64>(entry(l, i, i, rs, cs)));
    }
  }
}

/** X := X U^-1 with U(i, j) at i rs + j cs upper triangular; X m x n. */
export function solveUpperRight(m: i32, n: i32, x: usize, ldx: i32, u: usize, rs: i32, cs: i32, unit: bool): void {
  if (n <= LEAF) {
    const mk = mark(), M = alloc(1024), T = alloc(512);
    invertLowerLeaf(n, u, cs, rs, unit, T);
    for (let i = 0; i < 8; i++) for (let j = 0; j < 8; j++) set(M, i * 8 + j, get(T, j * 8 + i));
    timesLeaf(m, n, x, ldx, M);
    release(mk);
    return;
  }
  const h = half(n), right = x + (<usize>h << 3);
  solveUpperRight(m, h, x, ldx, u, rs, cs, unit);
  gemm(m, n - h, h, -1, x, ldx, 1, entry(u, 0, h, rs, cs), rs, cs, right, ldx, true);
  solveUpperRight(m, n - h, right, ldx, entry(u, h, h, rs, cs), rs, cs, unit);
}

/** X := X L^-1, L lower triangular. */
export function solveLowerRight(m: i32, n: i32, x: usize, ldx: i32, l: usize, rs: i32, cs: i32, unit: bool): void {
  if (n <= LEAF) {
    const mk = mark(), M = alloc(1024);
    invertLowerLeaf(n, l, rs, cs, unit, M);
    timesLeaf(m, n, x, ldx, M);
    release(mk);
    return;
  }
  const h = half(n), right = x + (<usize>h << 3);
  solveLowerRight(m, n - h, right, ldx, entry(l, h, h, rs, cs), rs, cs, unit);
  gemm(m, h, n - h, -1, right, ldx, 1, entry(l, h, 0, rs, cs), rs, cs, x, ldx, true);
  solveLowerRight(m, h, x, ldx, l, rs, cs, unit);
}

/** X := X V, V upper triangular n x n (row-major). */
export function multiplyUpperRight(m: i32, n: i32, x: usize, ldx: i32, v: usize, ldv: i32): void {
  if (n <= LEAF) {
    const mk = mark(), M = alloc(1024);
    memory.fill(M, 0, 512);
    for (let i = 0; i < n; i++) for (let j = i; j < n; j++) set(M, i * 8 + j, load<f64>(at(v, i, j, ldv)));
    timesLeaf(m, n, x, ldx, M);
    release(mk);
    return;
  }
  const h = half(n), right = x + (<usize>h << 3);
  multiplyUpperRight(m, n - h, right, ldx, at(v, h, h, ldv), ldv);
  gemm(m, n - h, h, 1, x, ldx, 1, at(v, 0, h, ldv), ldv, 1, right, ldx, true);
  multiplyUpperRight(m, h, x, ldx, v, ldv);
}

/** U := U^-1 in place (upper triangular, row-major; the lower triangle is not touched). */
export function invertUpper(n: i32, u: usize, ld: i32): void {
  if (n <= LEAF) {
    for (let j = 0; j < n; j++) {
      const d = 1.0 / load<f64>(at(u, j, j, ld));
      store<f64>(at(u, j, j, ld), d);
      for (let i = 0; i < j; i++) {
        let s: f64 = 0;
        for (let k = i; k < j; k++) s += load<f64>(at(u, i, k, ld)) * load<f64>(at(u, k, j, ld));
        store<f64>(at(u, i, j, ld), -s * d);
      }
    }
    return;
  }
  const h = half(n), u12 = at(u, 0, h, ld), u22 = at(u, h, h, ld);
  solveUpper(h, n - h, u, ld, 1, false, u12, ld);
  invertUpper(n - h, u22, ld);
  invertUpper(h, u, ld);
  multiplyUpperRight(h, n - h, u12, ld, u22, ld);
  for (let i = 0; i < h; i++) {
    const r = at(u, i, h, ld);
    for (let j = 0; j < n - h; j++) set(r, j, -get(r, j));
  }
}
