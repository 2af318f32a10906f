// The sign convention of eigen- and singular vectors: in every column the first entry of (nearly) largest magnitude is positive.
import { alloc, mark, release } from "./memory";
import { at, get, set } from "./vector";

/** signs[j] = +1 or -1 so that column j times it has a positive leading entry; 1 for a column of zeros. */
export function leadingSigns(m: i32, n: i32, A: usize, signs: usize): void {
  const mk = mark(), largest = alloc(<usize>n << 3);
  memory.fill(largest, 0, <usize>n << 3);
  memory.fill(signs, 0, <usize>n << 3);
  const even = n & ~1;
  for (let i = 0; i < m; i++) {
    let p = at(A, i, 0, n), q = largest;
    for (let j = 0; j < even; j += 2) {
      v128.store(q, f64x2.pmax(v128.load(q), f64x2.abs(v128.load(p))));
      p += 16;
      q += 16;
    }
    if (n & 1) store<f64>(q, max(load<f64>(q), abs(load<f64>(p))));
  }
  let missing = n;
  for (let j = 0; j < n; j++) {
    const v = get(largest, j);
    set(largest, j, v * (1 - 1e-9));
    if (v == 0) {
      set(signs, j, 1);
      missing--;
    }
  }
  for (let i = 0; i < m && missing > 0; i++) {
    const p = at(A, i, 0, n);
    for (let j = 0; j < n; j++) {
      const v = get(p, j);
      if (abs(v) >= get(largest, j) && get(signs, j) == 0) {
        set(signs, j, v < 0 ? -1 : 1);
        missing--;
      }
    }
  }
  release(mk);
}

/** Column j of A times s[j]. */
export function scaleColumns(m: i32, n: i32, A: usize, s: usize): void {
  const even = n & ~1;
  for (let i = 0; i < m; i++) {
    let p = at(A, i, 0, n), q = s;
    for (let j = 0; j < even; j += 2) {
      v128.store(p, f64x2.mul(v128.load(p), v128.load(q)));
      p += 16;
      q += 16;
    }
    if (n & 1) store<f64>(p, load<f64>(p) * load<f64>(q));
  }
}
