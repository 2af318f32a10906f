// Cholesky, recursive: left half, right triangular solve with L^T, symmetric update, right half.
import { gemm } from "./gemm";
import { solveUpperRight } from "./triangular";
import { at, get, set } from "./vector";

function leaf(n: i32, a: usize, ld: i32): i32 {
  for (let j = 0; j < n; j++) {
    const rj = at(a, j, 0, ld);
    let s = get(rj, j);
    for (let k = 0; k < j; k++) s -= get(rj, k) * get(rj, k);
    if (!(s > 0)) return j;
    s = sqrt(s);
    set(rj, j, s);
    const inverse = 1.0 / s;
    for (let i = j + 1; i < n; i++) {
      const ri = at(a, i, 0, ld);
      let t = get(ri, j);
      for (let k = 0; k < j; k++) t -= get(ri, k) * get(rj, k);
      set(ri, j, t * inverse);
    }
  }
  return -1;
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
  if (n <= 8) return leaf(n, a, ld);
  const h = n <= 16 ? 8 : (n / 2) & ~7;
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
