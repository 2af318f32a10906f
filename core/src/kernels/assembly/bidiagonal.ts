// Upper bidiagonal matrices: the blocked reduction (Dongarra, Sorensen & Hammarling 1989) and the implicit QR iteration (Golub & Kahan 1965;
// Demmel & Kahan 1990), the leaf of divide and conquer.
import { gemm, spend } from "./gemm";
import { beta, reflect, tau } from "./householder";
import { allocMatrix, allocNumbers, mark, release } from "./memory";
import { at, axpy, get, gemvN, gemvT, rotate, scale, set, swapVectors } from "./vector";

export const NB: i32 = 24;
const EPS: f64 = 2.220446049250313e-16;

/** Two panels side by side, their columns alternating: what is applied with both is applied in one pass. */
export const PAIR: i32 = 2 * NB;

/** y -= M t for m rows of c columns, M with PAIR numbers a row; `w` has room for m numbers. */
export function subtractPanels(m: i32, c: i32, M: usize, t: usize, y: usize, w: usize): void {
  gemvN(m, c, M, PAIR, t, w);
  axpy(m, -1, w, y);
}

/**
 * A (n x n, destroyed) to upper bidiagonal d, e (e has n - 1 entries). Panels of explicit left reflectors at Vs, right ones at Us (as in `backTransform`,
 * offsets 0 and 1), their taus in `left` and `right`. Within a panel A stands for A - V Y^T - X U^T: columns of M are v_0, x_0, v_1 ..., those of N y_0, u_0, y_1 ...
 */
export function bidiagonalise(n: i32, A: usize, d: usize, e: usize, left: usize, right: usize, Vs: usize, Us: usize): void {
  const mk = mark(), M = allocMatrix(n, PAIR), N = allocMatrix(n, PAIR), x = allocNumbers(n + 2), y = allocNumbers(n + 2), w = allocNumbers(n), t = allocNumbers(PAIR);
  const block = <usize>n * NB << 3;
  for (let k = 0; k < n; k += NB) {
    const nb = min(NB, n - k), o = <usize>(k / NB) * block, V = Vs + o, U = Us + o;
    memory.fill(V, 0, block);
    memory.fill(U, 0, block);
    for (let c = 0; c < nb; c++) {
      const i = k + c, c2 = 2 * c, Mi = at(M, i, 0, PAIR), Ni = at(N, i, 0, PAIR), head = x + (<usize>i << 3);
      for (let r = i; r < n; r++) set(x, r, load<f64>(at(A, r, i, n)));
      subtractPanels(n - i, c2, Mi, Ni, head, w);
      reflect(n - i, head);
      set(d, i, beta);
      set(left, i, tau);
      const tl = tau;
      for (let r = i; r < n; r++) {
        store<f64>(at(V, r, c, NB), get(x, r));
        store<f64>(at(M, r, c2, PAIR), get(x, r));
      }
      if (i + 1 >= n) {
        set(right, i, 0);
        continue;
      }
      const m = n - i - 1, tail = <usize>(i + 1) << 3, M1 = at(M, i + 1, 0, PAIR), N1 = at(N, i + 1, 0, PAIR);
      gemvT(n - i, m, at(A, i, i + 1, n), n, head, y + tail);
      gemvT(n - i, c2, Mi, PAIR, head, t);
      subtractPanels(m, c2, N1, t, y + tail, w);
      for (let r = i + 1; r < n; r++) store<f64>(at(N, r, c2, PAIR), tl * get(y, r));
      memory.copy(y + tail, at(A, i, i + 1, n), <usize>m << 3);
      subtractPanels(m, c2 + 1, N1, Mi, y + tail, w);
      reflect(m, y + tail);
      set(e, i, beta);
      set(right, i, tau);
      const tr = tau;
      for (let r = i + 1; r < n; r++) {
        store<f64>(at(U, r, c, NB), get(y, r));
        store<f64>(at(N, r, c2 + 1, PAIR), get(y, r));
      }
      gemvN(m, m, at(A, i + 1, i + 1, n), n, y + tail, x + tail);
      gemvT(m, c2 + 1, N1, PAIR, y + tail, t);
      subtractPanels(m, c2 + 1, M1, t, x + tail, w);
      for (let r = i + 1; r < n; r++) store<f64>(at(M, r, c2 + 1, PAIR), tr * get(x, r));
      spend(<i64>m * m);
    }
    const next = k + nb, rest = n - next;
    if (rest > 0) gemm(rest, rest, 2 * nb, -1, at(M, next, 0, PAIR), PAIR, 1, at(N, next, 0, PAIR), 1, PAIR, at(A, next, next, n), n, true);
  }
  release(mk);
}

let gc: f64 = 0, gs: f64 = 0;

/** The rotation that takes (f, g) to (r, 0); answers r. */
// @ts-ignore: decorator
@inline
function givens(f: f64, g: f64): f64 {
  if (g == 0) {
    gc = 1;
    gs = 0;
    return f;
  }
  const r = sqrt(f * f + g * g);
  gc = f / r;
  gs = g / r;
  return r;
}

/** The smaller singular value of [f g; 0 h] (LAPACK's dlas2). */
function smallerValue(f: f64, g: f64, h: f64): f64 {
  const fa = abs(f), ga = abs(g), ha = abs(h), low = min(fa, ha), high = max(fa, ha);
  if (low == 0) return 0;
  const as1 = 1 + low / high, at1 = (high - low) / high;
  if (ga < high) {
    const au = (ga / high) * (ga / high);
    return low * (2 / (sqrt(as1 * as1 + au) + sqrt(at1 * at1 + au)));
  }
  const au = high / ga;
  if (au == 0) return (low * high) / ga;
  const a = as1 * au, b = at1 * au;
  return 2 * (low * (1 / (sqrt(1 + a * a) + sqrt(1 + b * b)))) * au;
}

/**
 * Singular values of the upper bidiagonal d, e of order n: ascending into d, all >= 0. With `extra`, e has one entry more: a last column beyond the square.
 * Rows of Ut (n) and Vt (n + extra) are rotated along (0: values only), so rows i of both become the vectors of d_i; row n of Vt spans the null space.
 */
export function bidiagonalQr(n: i32, extra: i32, d: usize, e: usize, Ut: usize, Vt: usize, ld: i32): bool {
  const width = n + extra;
  if (extra) {
    // the last column away: lower bidiagonal by rotations from the right, upper again from the left
    for (let i = 0; i < n; i++) {
      set(d, i, givens(get(d, i), get(e, i)));
      if (i < n - 1) {
        set(e, i, gs * get(d, i + 1));
        set(d, i + 1, gc * get(d, i + 1));
      }
      if (Vt) rotate(width, at(Vt, i, 0, ld), at(Vt, i + 1, 0, ld), gc, gs);
    }
    for (let i = 0; i < n - 1; i++) {
      set(d, i, givens(get(d, i), get(e, i)));
      set(e, i, gs * get(d, i + 1));
      set(d, i + 1, gc * get(d, i + 1));
      if (Ut) rotate(n, at(Ut, i, 0, ld), at(Ut, i + 1, 0, ld), gc, gs);
    }
  }
  let largest: f64 = 0;
  for (let i = 0; i < n; i++) largest = max(largest, max(abs(get(d, i)), i < n - 1 ? abs(get(e, i)) : 0));
  const tiny = EPS * largest;
  let high = n - 1, steps = 0;
  while (high > 0) {
    let low = high;
    for (; low > 0; low--) {
      const x = abs(get(e, low - 1));
      if (x <= tiny || x <= EPS * (abs(get(d, low - 1)) + abs(get(d, low)))) {
        set(e, low - 1, 0);
        break;
      }
    }
    if (low == high) {
      high--;
      continue;
    }
    if (steps++ > 60 * n) return false;
    let shift = smallerValue(get(d, high - 1), get(e, high - 1), get(d, high));
    const first = get(d, low);
    let singular = abs(first) <= tiny, mu = abs(first);
    for (let i = low; i < high; i++) {
      mu = abs(get(d, i + 1)) * (mu / (mu + abs(get(e, i))));
      if (!(mu > tiny)) singular = true;
    }
    if (singular || (shift / first) * (shift / first) < EPS) shift = 0;
    if (shift == 0) {
      let c: f64 = 1, oldC: f64 = 1, oldS: f64 = 0;
      for (let i = low; i < high; i++) {
        const r = givens(get(d, i) * c, get(e, i));
        if (i > low) set(e, i - 1, oldS * r);
        c = gc;
        if (Vt) rotate(width, at(Vt, i, 0, ld), at(Vt, i + 1, 0, ld), gc, gs);
        set(d, i, givens(oldC * r, get(d, i + 1) * gs));
        oldC = gc;
        oldS = gs;
        if (Ut) rotate(n, at(Ut, i, 0, ld), at(Ut, i + 1, 0, ld), gc, gs);
      }
      const h = get(d, high) * c;
      set(d, high, h * oldC);
      set(e, high - 1, h * oldS);
    } else {
      let f = (abs(first) - shift) * ((first < 0 ? -1.0 : 1.0) + shift / first), g = get(e, low);
      for (let i = low; i < high; i++) {
        let r = givens(f, g);
        if (i > low) set(e, i - 1, r);
        f = gc * get(d, i) + gs * get(e, i);
        set(e, i, gc * get(e, i) - gs * get(d, i));
        g = gs * get(d, i + 1);
        set(d, i + 1, gc * get(d, i + 1));
        if (Vt) rotate(width, at(Vt, i, 0, ld), at(Vt, i + 1, 0, ld), gc, gs);
        r = givens(f, g);
        set(d, i, r);
        f = gc * get(e, i) + gs * get(d, i + 1);
        set(d, i + 1, gc * get(d, i + 1) - gs * get(e, i));
        if (i < high - 1) {
          g = gs * get(e, i + 1);
          set(e, i + 1, gc * get(e, i + 1));
        }
        if (Ut) rotate(n, at(Ut, i, 0, ld), at(Ut, i + 1, 0, ld), gc, gs);
      }
      set(e, high - 1, f);
    }
  }
  for (let i = 0; i < n; i++) {
    if (get(d, i) < 0) {
      set(d, i, -get(d, i));
      if (Vt) scale(width, -1, at(Vt, i, 0, ld));
    }
  }
  for (let i = 0; i < n - 1; i++) {
    let k = i;
    for (let j = i + 1; j < n; j++) if (get(d, j) < get(d, k)) k = j;
    if (k == i) continue;
    const t = get(d, i);
    set(d, i, get(d, k));
    set(d, k, t);
    if (Ut) swapVectors(n, at(Ut, i, 0, ld), at(Ut, k, 0, ld));
    if (Vt) swapVectors(width, at(Vt, i, 0, ld), at(Vt, k, 0, ld));
  }
  return true;
}
