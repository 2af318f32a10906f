// Level 1 and 2: entries, dot products, axpy, rotations, matrix-vector products. Row-major, float64 unless generic.

// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  else return f64x2.add(f64x2.mul(a, b), c);
}

/** c - a b. */
// @ts-ignore: decorator
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(a, b, c);
  else return f64x2.sub(c, f64x2.mul(a, b));
}

/** The address of entry (i, j) of a row-major matrix with `ld` numbers a row. */
// @ts-ignore: decorator
@inline
export function at(a: usize, i: i32, j: i32, ld: i32): usize {
  return a + ((<usize>i * <usize>ld + <usize>j) << 3);
}

// @ts-ignore: decorator
@inline
export function get(p: usize, i: i32): f64 {
  return load<f64>(p + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
export function set(p: usize, i: i32, value: f64): void {
  store<f64>(p + (<usize>i << 3), value);
}

// @ts-ignore: decorator
@inline
export function getIndex(p: usize, i: i32): i32 {
  return load<i32>(p + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
export function setIndex(p: usize, i: i32, value: i32): void {
  store<i32>(p + (<usize>i << 2), value);
}

/** The sum of both lanes. */
// @ts-ignore: decorator
@inline
export function lanes(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

export function swapVectors(n: i32, a: usize, b: usize): void {
  let j = 0;
  for (; j + 2 <= n; j += 2) {
    const t = v128.load(a), u = v128.load(b);
    v128.store(a, u);
    v128.store(b, t);
    a += 16;
    b += 16;
  }
  if (j < n) {
    const t = load<f64>(a), u = load<f64>(b);
    store<f64>(a, u);
    store<f64>(b, t);
  }
}

/** y += s x */
export function axpy(n: i32, s: f64, x: usize, y: usize): void {
  const v = f64x2.splat(s);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    v128.store(y, madd(v, v128.load(x), v128.load(y)));
    v128.store(y, madd(v, v128.load(x, 16), v128.load(y, 16)), 16);
    x += 32;
    y += 32;
  }
  for (; j < n; j++) {
    store<f64>(y, load<f64>(y) + s * load<f64>(x));
    x += 8;
    y += 8;
  }
}

export function dot(n: i32, x: usize, y: usize): f64 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let j = 0;
  for (; j + 8 <= n; j += 8) {
    s0 = madd(v128.load(x), v128.load(y), s0);
    s1 = madd(v128.load(x, 16), v128.load(y, 16), s1);
    s2 = madd(v128.load(x, 32), v128.load(y, 32), s2);
    s3 = madd(v128.load(x, 48), v128.load(y, 48), s3);
    x += 64;
    y += 64;
  }
  for (; j + 2 <= n; j += 2) {
    s0 = madd(v128.load(x), v128.load(y), s0);
    x += 16;
    y += 16;
  }
  let s = lanes(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  if (j < n) s += load<f64>(x) * load<f64>(y);
  return s;
}

/** x *= s */
export function scale(n: i32, s: f64, x: usize): void {
  const v = f64x2.splat(s);
  let j = 0;
  for (; j + 2 <= n; j += 2) {
    v128.store(x, f64x2.mul(v, v128.load(x)));
    x += 16;
  }
  if (j < n) store<f64>(x, s * load<f64>(x));
}

/** The largest magnitude; NaN as soon as one entry is NaN. */
export function maxAbs(n: i32, x: usize): f64 {
  // pmax is one instruction (max takes five) but loses NaN: 0 x adds up to NaN where entries are not finite, which takes a second look
  const zero = f64x2.splat(0), end = x + (<usize>n << 3);
  let m0 = zero, m1 = zero, s0 = zero, s1 = zero, s2 = zero, s3 = zero, p = x;
  for (; p + 64 <= end; p += 64) {
    const u = v128.load(p), v = v128.load(p, 16), w = v128.load(p, 32), t = v128.load(p, 48);
    m0 = f64x2.pmax(m0, f64x2.pmax(f64x2.abs(u), f64x2.abs(v)));
    m1 = f64x2.pmax(m1, f64x2.pmax(f64x2.abs(w), f64x2.abs(t)));
    s0 = madd(u, zero, s0);
    s1 = madd(v, zero, s1);
    s2 = madd(w, zero, s2);
    s3 = madd(t, zero, s3);
  }
  m0 = f64x2.pmax(m0, m1);
  let m = max(f64x2.extract_lane(m0, 0), f64x2.extract_lane(m0, 1));
  if (lanes(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3))) != 0) p = x;
  for (; p < end; p += 8) m = max(m, abs(load<f64>(p)));
  return m;
}

/** (x, y) := (c x + s y, c y - s x) */
export function rotate(n: i32, x: usize, y: usize, c: f64, s: f64): void {
  const cv = f64x2.splat(c), sv = f64x2.splat(s);
  let j = 0;
  for (; j + 2 <= n; j += 2) {
    const a = v128.load(x), b = v128.load(y);
    v128.store(x, madd(sv, b, f64x2.mul(cv, a)));
    v128.store(y, f64x2.sub(f64x2.mul(cv, b), f64x2.mul(sv, a)));
    x += 16;
    y += 16;
  }
  if (j < n) {
    const a = load<f64>(x), b = load<f64>(y);
    store<f64>(x, c * a + s * b);
    store<f64>(y, c * b - s * a);
  }
}

/** The same for columns p and q of a matrix with n rows. */
export function rotateColumns(n: i32, a: usize, p: i32, q: i32, c: f64, s: f64, ld: i32): void {
  const step = <usize>ld << 3;
  let x = at(a, 0, p, ld), y = at(a, 0, q, ld);
  for (let i = 0; i < n; i++) {
    const u = load<f64>(x), v = load<f64>(y);
    store<f64>(x, c * u + s * v);
    store<f64>(y, c * v - s * u);
    x += step;
    y += step;
  }
}

/** y = A x, A m x n */
export function gemvN(m: i32, n: i32, A: usize, ld: i32, x: usize, y: usize): void {
  let i = 0;
  const even = n & ~1;
  for (; i + 4 <= m; i += 4) {
    let p0 = at(A, i, 0, ld), p1 = at(A, i + 1, 0, ld), p2 = at(A, i + 2, 0, ld), p3 = at(A, i + 3, 0, ld);
    let a = f64x2.splat(0), b = a, c = a, d = a, xp = x;
    for (let j = 0; j < even; j += 2) {
      const v = v128.load(xp);
      a = madd(v, v128.load(p0), a);
      b = madd(v, v128.load(p1), b);
      c = madd(v, v128.load(p2), c);
      d = madd(v, v128.load(p3), d);
      p0 += 16;
      p1 += 16;
      p2 += 16;
      p3 += 16;
      xp += 16;
    }
    let sa = lanes(a), sb = lanes(b), sc = lanes(c), sd = lanes(d);
    if (even < n) {
      const v = load<f64>(xp);
      sa += v * load<f64>(p0);
      sb += v * load<f64>(p1);
      sc += v * load<f64>(p2);
      sd += v * load<f64>(p3);
    }
    set(y, i, sa);
    set(y, i + 1, sb);
    set(y, i + 2, sc);
    set(y, i + 3, sd);
  }
  for (; i < m; i++) set(y, i, dot(n, at(A, i, 0, ld), x));
}

/** y = A^T x, A m x n */
export function gemvT(m: i32, n: i32, A: usize, ld: i32, x: usize, y: usize): void {
  memory.fill(y, 0, <usize>n << 3);
  let i = 0;
  const even = n & ~1;
  for (; i + 4 <= m; i += 4) {
    let p0 = at(A, i, 0, ld), p1 = at(A, i + 1, 0, ld), p2 = at(A, i + 2, 0, ld), p3 = at(A, i + 3, 0, ld), yp = y;
    const xi = x + (<usize>i << 3);
    const x0 = v128.load_splat<f64>(xi), x1 = v128.load_splat<f64>(xi, 8), x2 = v128.load_splat<f64>(xi, 16), x3 = v128.load_splat<f64>(xi, 24);
    for (let j = 0; j < even; j += 2) {
      v128.store(yp, f64x2.add(madd(x0, v128.load(p0), madd(x1, v128.load(p1), v128.load(yp))), madd(x2, v128.load(p2), f64x2.mul(x3, v128.load(p3)))));
      p0 += 16;
      p1 += 16;
      p2 += 16;
      p3 += 16;
      yp += 16;
    }
    if (even < n) {
      store<f64>(yp, load<f64>(yp) + get(xi, 0) * load<f64>(p0) + get(xi, 1) * load<f64>(p1) + get(xi, 2) * load<f64>(p2) + get(xi, 3) * load<f64>(p3));
    }
  }
  for (; i < m; i++) axpy(n, get(x, i), at(A, i, 0, ld), y);
}

/** B = A^T, A m x n, by blocks of 8 so that both sides stay in cache. */
export function transpose(m: i32, n: i32, A: usize, lda: i32, B: usize, ldb: i32): void {
  for (let i = 0; i < m; i += 8) {
    const ie = min(i + 8, m);
    for (let j = 0; j < n; j += 8) {
      const je = min(j + 8, n);
      for (let p = i; p < ie; p++) for (let q = j; q < je; q++) store<f64>(at(B, q, p, ldb), load<f64>(at(A, p, q, lda)));
    }
  }
}

/** Copies a rows x columns block. */
export function copyBlock(rows: i32, columns: i32, from: usize, ldFrom: i32, to: usize, ldTo: i32): void {
  for (let i = 0; i < rows; i++) memory.copy(at(to, i, 0, ldTo), at(from, i, 0, ldFrom), <usize>columns << 3);
}

/** The first n columns of the identity of order m. */
export function setIdentity(m: i32, n: i32, A: usize): void {
  memory.fill(A, 0, (<usize>m * <usize>n) << 3);
  for (let i = 0; i < min(m, n); i++) store<f64>(at(A, i, i, n), 1);
}

/**
 * The power of two that brings a largest magnitude outside [2^-200, 2^200] near 1, so that squares and squares of squares neither overflow nor underflow;
 * 1 when it lies inside (or is 0 or not finite).
 */
export function safeScale(largest: f64): f64 {
  const exponent = (reinterpret<i64>(largest) >> 52) & 0x7ff;
  if (!(largest > 0) || exponent == 0x7ff || (exponent > 823 && exponent < 1223)) return 1;
  if (exponent == 0) return 1.0715086071862673e301; // 2^1000
  if (exponent > 2040) return 9.332636185032189e-302; // 2^-1000
  return reinterpret<f64>((2046 - exponent) << 52);
}
