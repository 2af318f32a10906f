// What the two divide-and-conquer methods share: the secular equation 1 + rho sum z_i^2 / (d_i - x) = 0, the vectors that belong to its roots
// (Gu & Eisenstat 1995), and the bookkeeping of deflated columns.
import { alloc, mark, release } from "./memory";
import { at, get, getIndex, lanes, madd, set, setIndex } from "./vector";

/** d_i - d_j, or d_i^2 - d_j^2 without cancellation when the poles are squares (the bidiagonal case). */
// @ts-ignore: decorator
@inline
function difference(a: f64, b: f64, squared: bool): f64 {
  return squared ? (a - b) * (a + b) : a - b;
}

/**
 * Root j (0-based) of the secular equation of K poles d (ascending) with z of norm 1: the middle way (Li 1993) between the nearest pole's neighbours, kept in
 * a bracket. Writes pole - root for every pole into `row`; answers the root (its square when `squared`).
 */
export function secularRoot(K: i32, j: i32, d: usize, z: usize, rho: f64, row: usize, shifted: usize, squared: bool): f64 {
  const last = j == K - 1, dj = get(d, j);
  const gap = last ? rho : difference(get(d, j + 1), dj, squared);
  const mid = 0.5 * gap;
  let f: f64 = 0;
  for (let i = 0; i < K; i++) {
    const zi = get(z, i);
    f += (zi * zi) / (difference(get(d, i), dj, squared) - mid);
  }
  f = 1 + rho * f;
  // the sign at the midpoint says which pole is nearer: the origin
  const origin = f > 0 || last ? j : j + 1, d0 = get(d, origin);
  let low: f64, high: f64, mu = mid;
  if (last) {
    low = f > 0 ? 0 : mid;
    high = f > 0 ? mid : gap;
  } else if (f > 0) {
    low = 0;
    high = mid;
  } else {
    low = -mid;
    high = 0;
    mu = -mid;
  }
  for (let i = 0; i < K; i++) set(shifted, i, difference(get(d, i), d0, squared));
  const pole1 = get(shifted, j), pole2 = last ? 0.0 : get(shifted, j + 1);
  for (let step = 0; step < 60; step++) {
    const mv = f64x2.splat(mu);
    let v0 = f64x2.splat(0), v1 = v0, i = 0;
    for (; i + 2 <= j + 1; i += 2) {
      const o = <usize>i << 3, zi = v128.load(z + o), t = f64x2.div(zi, f64x2.sub(v128.load(shifted + o), mv));
      v0 = madd(zi, t, v0);
      v1 = madd(t, t, v1);
    }
    let psi = lanes(v0), dpsi = lanes(v1);
    for (; i <= j; i++) {
      const zi = get(z, i), t = zi / (get(shifted, i) - mu);
      psi += zi * t;
      dpsi += t * t;
    }
    v0 = f64x2.splat(0);
    v1 = v0;
    for (; i + 2 <= K; i += 2) {
      const o = <usize>i << 3, zi = v128.load(z + o), t = f64x2.div(zi, f64x2.sub(v128.load(shifted + o), mv));
      v0 = madd(zi, t, v0);
      v1 = madd(t, t, v1);
    }
    let phi = lanes(v0), dphi = lanes(v1);
    for (; i < K; i++) {
      const zi = get(z, i), t = zi / (get(shifted, i) - mu);
      phi += zi * t;
      dphi += t * t;
    }
    psi *= rho;
    dpsi *= rho;
    phi *= rho;
    dphi *= rho;
    const fx = 1 + psi + phi;
    if (abs(fx) <= 2.220446049250313e-16 * (<f64>8 + <f64>4 * (phi - psi) + abs(mu) * (dpsi + dphi))) break;
    if (fx > 0) high = mu;
    else low = mu;
    const D1 = pole1 - mu;
    let eta: f64;
    if (last) {
      const r = psi - dpsi * D1, s = dpsi * D1 * D1;
      eta = D1 + s / (1 + r);
    } else {
      const D2 = pole2 - mu, c = fx - dpsi * D1 - dphi * D2;
      const a = c * (D1 + D2) + dpsi * D1 * D1 + dphi * D2 * D2, b = D1 * D2 * fx;
      const root = sqrt(max(a * a - 4 * b * c, 0));
      eta = a <= 0 ? (a - root) / (2 * c) : (2 * b) / (a + root);
    }
    let next = mu + eta;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const done = next == mu || next == low || next == high;
    mu = next;
    if (done) break;
  }
  for (let i = 0; i < K; i++) set(row, i, get(shifted, i) - mu);
  return (squared ? d0 * d0 : d0) + mu;
}

/** The z for which the computed roots are exact (rows of S hold pole - root); its entries, with the signs of z, replace `out`. */
export function refineZ(K: i32, d: usize, z: usize, S: usize, out: usize, squared: bool): void {
  for (let i = 0; i < K; i++) set(out, i, 1);
  for (let j = 0; j < K; j++) {
    const row = at(S, j, 0, K), dj = get(d, j), dv = f64x2.splat(dj), even = j & ~1;
    for (let i = 0; i + 2 <= K; i += 2) {
      const o = <usize>i << 3;
      if (i == even) {
        for (let q = i; q < i + 2; q++) {
          set(out, q, q == j ? get(out, q) * get(row, q) : get(out, q) * (get(row, q) / difference(get(d, q), dj, squared)));
        }
      } else {
        const x = v128.load(d + o), below = f64x2.sub(x, dv);
        const t = f64x2.div(v128.load(row + o), squared ? f64x2.mul(below, f64x2.add(x, dv)) : below);
        v128.store(out + o, f64x2.mul(v128.load(out + o), t));
      }
    }
    if (K & 1) {
      const q = K - 1;
      set(out, q, q == j ? get(out, q) * get(row, q) : get(out, q) * (get(row, q) / difference(get(d, q), dj, squared)));
    }
  }
  for (let i = 0; i < K; i++) {
    const v = sqrt(abs(get(out, i)));
    set(out, i, get(z, i) < 0 ? -v : v);
  }
}

/** Merges the ascending runs [0, end) and [start, n) of d into the order `index`, written from `place` on. */
export function mergeRuns(d: usize, end: i32, start: i32, n: i32, index: usize, place: i32): void {
  let a = 0, b = start;
  while (a < end || b < n) setIndex(index, place++, a < end && (b >= n || get(d, a) <= get(d, b)) ? a++ : b++);
}

/** How many kept columns are top-only, mixed, bottom-only: what `orderByType` counted. */
export let topCount: i32 = 0;
export let mixedCount: i32 = 0;
export let bottomCount: i32 = 0;

/** The kept columns' places ordered by type, so that half of every product with zero blocks is skipped. */
export function orderByType(K: i32, kept: usize, types: usize, order: usize): void {
  let count = 0;
  for (let type = 0; type < 3; type++) {
    const before = count;
    for (let i = 0; i < K; i++) if (<i32>load<u8>(types + getIndex(kept, i)) == type) setIndex(order, count++, i);
    if (type == 0) topCount = count - before;
    else if (type == 1) mixedCount = count - before;
    else bottomCount = count - before;
  }
}

/** The order of all n values: K ascending roots first in `values`, then deflated ones in any order. */
export function finalOrder(n: i32, K: i32, values: usize, order: usize): void {
  const mk = mark(), sorted = alloc(<usize>(n + 1) << 2), rest = n - K;
  for (let t = 0; t < rest; t++) {
    const v = get(values, K + t);
    let q = t;
    while (q > 0 && get(values, getIndex(sorted, q - 1)) > v) {
      setIndex(sorted, q, getIndex(sorted, q - 1));
      q--;
    }
    setIndex(sorted, q, K + t);
  }
  let u = 0, v = 0;
  for (let i = 0; i < n; i++) {
    const root = u < K && (v >= rest || get(values, u) <= get(values, getIndex(sorted, v)));
    setIndex(order, i, root ? u++ : getIndex(sorted, v++));
  }
  release(mk);
}

/** B (rows x count, dense) := columns kept[order[from + t]] of Q. */
export function gatherColumns(rows: i32, count: i32, Q: usize, ld: i32, kept: usize, order: usize, from: i32, B: usize): void {
  const mk = mark(), offsets = alloc(<usize>(count + 1) << 2);
  for (let t = 0; t < count; t++) setIndex(offsets, t, getIndex(kept, getIndex(order, from + t)) << 3);
  for (let i = 0; i < rows; i++) {
    const src = at(Q, i, 0, ld), dst = at(B, i, 0, count);
    for (let t = 0; t < count; t++) set(dst, t, load<f64>(src + <usize>getIndex(offsets, t)));
  }
  release(mk);
}

/** Q (rows x n) := columns order[t] of `from` (ld n). */
export function scatterColumns(rows: i32, n: i32, from: usize, order: usize, Q: usize, ld: i32): void {
  for (let i = 0; i < rows; i++) {
    const src = at(from, i, 0, n), dst = at(Q, i, 0, ld);
    for (let t = 0; t < n; t++) set(dst, t, get(src, getIndex(order, t)));
  }
}
