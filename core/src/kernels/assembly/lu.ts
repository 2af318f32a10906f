// LU with partial pivoting, recursive on columns (Toledo 1997), its solves, and the inverse.
import { gemm, spend } from "./gemm";
import { alloc, allocIndices, allocMatrix, mark, release } from "./memory";
import { invertUpper, solveLower, solveLowerRight, solveUpper } from "./triangular";
import { at, copyBlock, get, getIndex, madd, set, setIndex, swapVectors } from "./vector";

const LEAF: i32 = 8;

/** The row of the largest magnitude in a column. */
function pivotRow(m: i32, a: usize, ld: i32): i32 {
  let best: f64 = -1, p = 0;
  const step = <usize>ld << 3;
  for (let i = 0; i < m; i++) {
    const v = abs(load<f64>(a));
    if (v > best) {
      best = v;
      p = i;
    }
    a += step;
  }
  return p;
}

/** Panel of n <= 8 columns; pivots relative to the panel. Scaling, update and the search for the next pivot are one pass. */
function leaf(m: i32, n: i32, a: usize, ld: i32, piv: usize): void {
  const steps = min(m, n), step = <usize>ld << 3;
  let p = pivotRow(m, a, ld);
  for (let j = 0; j < steps; j++) {
    setIndex(piv, j, p);
    if (p != j) swapVectors(n, at(a, j, 0, ld), at(a, p, 0, ld));
    const d = load<f64>(at(a, j, j, ld)), inverse = d != 0 ? 1.0 / d : 0.0;
    // dividing keeps the multipliers finite where 1/d overflows
    const divide = d != 0 && abs(d) < 1e-290;
    const w = n - j - 1, u = at(a, j, j + 1, ld);
    let best: f64 = -1, r = at(a, j + 1, j, ld);
    p = j + 1;
    for (let i = j + 1; i < m; i++) {
      const x = load<f64>(r), l = divide ? x / d : x * inverse, q = r + 8;
      store<f64>(r, l);
      for (let t = 0; t < w; t++) set(q, t, get(q, t) - l * get(u, t));
      if (w > 0) {
        const v = abs(load<f64>(q));
        if (v > best) {
          best = v;
          p = i;
        }
      }
      r += step;
    }
  }
}

/** The same for exactly 8 columns: a row's update is four vectors, the pivot row stays in registers (zeros left of the diagonal). */
function leaf8(m: i32, a: usize, ld: i32, piv: usize): void {
  const steps = min(m, 8), step = <usize>ld << 3;
  const mk = mark(), row = alloc(64);
  let p = pivotRow(m, a, ld);
  for (let j = 0; j < steps; j++) {
    setIndex(piv, j, p);
    if (p != j) swapVectors(8, at(a, j, 0, ld), at(a, p, 0, ld));
    const d = load<f64>(at(a, j, j, ld)), inverse = d != 0 ? 1.0 / d : 0.0;
    const divide = d != 0 && abs(d) < 1e-290;
    for (let t = 0; t < 8; t++) set(row, t, t > j ? -load<f64>(at(a, j, t, ld)) : 0);
    const u0 = v128.load(row), u1 = v128.load(row, 16), u2 = v128.load(row, 32), u3 = v128.load(row, 48);
    let best: f64 = -1, r = at(a, j + 1, 0, ld);
    const o = <usize>j << 3, next = <usize>min(j + 1, 7) << 3;
    p = j + 1;
    for (let i = j + 1; i < m; i++) {
      const x = load<f64>(r + o), l = divide ? x / d : x * inverse, v = f64x2.splat(l);
      if (j < 1) v128.store(r, madd(v, u0, v128.load(r)));
      if (j < 3) v128.store(r, madd(v, u1, v128.load(r, 16)), 16);
      if (j < 5) v128.store(r, madd(v, u2, v128.load(r, 32)), 32);
      v128.store(r, madd(v, u3, v128.load(r, 48)), 48);
      store<f64>(r + o, l);
      const y = abs(load<f64>(r + next));
      if (y > best) {
        best = y;
        p = i;
      }
      r += step;
    }
  }
  release(mk);
}

function applySwaps(a: usize, ld: i32, w: i32, piv: usize, from: i32, to: i32): void {
  for (let j = from; j < to; j++) {
    const p = getIndex(piv, j);
    if (p != j) swapVectors(w, at(a, j, 0, ld), at(a, p, 0, ld));
  }
}

function split(m: i32, n: i32, n1: i32, a: usize, ld: i32, piv: usize): void {
  const n2 = n - n1, right = at(a, 0, n1, ld);
  recurse(m, n1, a, ld, piv);
  applySwaps(right, ld, n2, piv, 0, min(m, n1));
  if (m <= n1) {
    solveLower(m, n2, a, ld, 1, true, right, ld);
    return;
  }
  solveLower(n1, n2, a, ld, 1, true, right, ld);
  gemm(m - n1, n2, n1, -1, at(a, n1, 0, ld), ld, 1, right, ld, 1, at(a, n1, n1, ld), ld, true);
  const lower = piv + (<usize>n1 << 2), count = min(m - n1, n2);
  recurse(m - n1, n2, at(a, n1, n1, ld), ld, lower);
  applySwaps(at(a, n1, 0, ld), ld, n1, lower, 0, count);
  for (let j = 0; j < count; j++) setIndex(lower, j, getIndex(lower, j) + n1);
}

function recurse(m: i32, n: i32, a: usize, ld: i32, piv: usize): void {
  if (n <= LEAF) {
    if (n == 8) leaf8(m, a, ld, piv);
    else leaf(m, n, a, ld, piv);
    spend(<i64>m * n * n);
    return;
  }
  let n1 = n <= 16 ? 8 : (n / 2) & ~7;
  if (n1 > m) n1 = m;
  if (ld > n && (n == 64 || (n > 32 && n1 <= 32))) {
    // a dense copy of the tall panel: rows that lie a power of two apart would share cache sets
    const mk = mark(), buffer = allocMatrix(m, n);
    copyBlock(m, n, a, ld, buffer, n);
    split(m, n, n1, buffer, n, piv);
    copyBlock(m, n, buffer, n, a, ld);
    release(mk);
    return;
  }
  split(m, n, n1, a, ld, piv);
}

/** P A = L U in place, A m x n; row j was swapped with row piv[j]. Answers the index of the first zero pivot or -1. */
export function lu(m: i32, n: i32, a: usize, ld: i32, piv: usize): i32 {
  if (n > 0) recurse(m, n, a, ld, piv);
  const k = min(m, n);
  for (let i = 0; i < k; i++) if (load<f64>(at(a, i, i, ld)) == 0) return i;
  return -1;
}

/** B := A^-1 B from the factors of `lu`. */
export function luSolve(n: i32, w: i32, a: usize, ld: i32, piv: usize, b: usize, ldb: i32): void {
  applySwaps(b, ldb, w, piv, 0, n);
  solveLower(n, w, a, ld, 1, true, b, ldb);
  solveUpper(n, w, a, ld, 1, false, b, ldb);
}

/** A := A^-1 from the factors of `lu` (n x n, dense): U^-1 by recursion, then X L = U^-1 from the right, then columns back in place. */
export function luInverse(n: i32, a: usize, piv: usize): void {
  const mk = mark(), l = allocMatrix(n, n), perm = allocIndices(n), row = alloc(<usize>n << 3);
  memory.copy(l, a, <usize>n * <usize>n << 3);
  for (let i = 1; i < n; i++) memory.fill(at(a, i, 0, n), 0, <usize>i << 3);
  invertUpper(n, a, n);
  solveLowerRight(n, n, a, n, l, n, 1, true);
  for (let i = 0; i < n; i++) setIndex(perm, i, i);
  for (let j = 0; j < n; j++) {
    const p = getIndex(piv, j), t = getIndex(perm, j);
    setIndex(perm, j, getIndex(perm, p));
    setIndex(perm, p, t);
  }
  for (let i = 0; i < n; i++) {
    const r = at(a, i, 0, n);
    memory.copy(row, r, <usize>n << 3);
    for (let j = 0; j < n; j++) set(r, getIndex(perm, j), get(row, j));
  }
  release(mk);
}
