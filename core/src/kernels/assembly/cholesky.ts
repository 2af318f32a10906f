// Cholesky, recursive: left half, right triangular solve with L^T, symmetric update, right half.
import { gemm } from "./gemm";
import { allocMatrix, mark, release } from "./memory";
import { solveUpperRight, substituteRow } from "./triangular";
import { at, scale } from "./vector";

/** Up to this order rows are finished one by one (64: 7 us where recursion down to 8 takes 11). */
const LEAF: i32 = 64;

/** On a transposed copy W, whose rows become those of L^T: row i minus multiples of the rows above, in strips of 8 columns that begin left of the diagonal. */
function leaf(n: i32, a: usize, ld: i32): i32 {
  const mk = mark(), wide = (n + 7) & ~7, W = allocMatrix(n, wide);
  memory.fill(W, 0, <usize>(n * wide) << 3);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) store<f64>(at(W, j, i, wide), load<f64>(at(a, i, j, ld)));
  let failed = -1;
  for (let i = 0; i < n; i++) {
    const from = i & ~7, row = at(W, i, from, wide), d = at(W, i, i, wide);
    substituteRow(wide - from, at(W, 0, i, wide), <usize>wide << 3, 0, i, at(W, 0, from, wide), wide, i, 1);
    const s = load<f64>(d);
    if (!(s > 0)) {
      store<f64>(at(a, i, i, ld), s);
      failed = i;
      break;
    }
    scale(wide - from, 1 / sqrt(s), row);
    store<f64>(d, sqrt(s));
  }
  if (failed < 0) for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) store<f64>(at(a, i, j, ld), load<f64>(at(W, j, i, wide)));
  release(mk);
  return failed;
}

/** The lower triangle of C -= A A^T, by recursion down to 64. */
function symmetricUpdate(n: i32, k: i32, a: usize, lda: i32, c: usize, ldc: i32): void {
  if (n <= 64) {
    gemm(n, n, k, -1, a, lda, 1, a, 1, lda, c, ldc, true);
    return;
  }
  const h = (n / 2) & ~7;
  symmetricUpdate(h, k, a, lda, c, ldc);
  symmetricUpdate(n - h, k, at(a, h, 0, lda), lda, at(c, h, h, ldc), ldc);
  gemm(n - h, h, k, -1, at(a, h, 0, lda), lda, 1, a, 1, lda, at(c, h, 0, ldc), ldc, true);
}

function recurse(n: i32, a: usize, ld: i32): i32 {
  if (n <= LEAF) return leaf(n, a, ld);
  const h = (n / 2) & ~7;
  let failed = recurse(h, a, ld);
  if (failed >= 0) return failed;
  solveUpperRight(n - h, h, at(a, h, 0, ld), ld, a, 1, ld, false);
  symmetricUpdate(n - h, h, at(a, h, 0, ld), ld, at(a, h, h, ld), ld);
  failed = recurse(n - h, at(a, h, h, ld), ld);
  return failed < 0 ? -1 : failed + h;
}

/** A = L L^T in place; reads the lower triangle, clears the upper one. Answers -1, or the order less one of the first leading minor that is not positive. */
export function cholesky(n: i32, a: usize, ld: i32): i32 {
  const failed = recurse(n, a, ld);
  for (let i = 0; i < n; i++) memory.fill(at(a, i, i + 1, ld), 0, <usize>(n - 1 - i) << 3);
  return failed;
}
