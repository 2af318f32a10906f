// The discrete Fourier transform of lengths 2^k, k >= 3: radix 4 in Stockham's order, and from what the first cache holds on, four steps (Bailey 1990):
// blocks of `width` columns are transformed, turned and transposed, then blocks of `width` rows, all within the first caches.
//
// Inside, two complex numbers lie as 32 bytes, two real parts before two imaginary ones: a number has one address. Planes are read by the first stage
// and written by the last one. Tables come from the host in the order of their use (see ../fourierTables.ts).
import { spend } from "./gemm";
import { allocMatrix, mark, release } from "./memory";
import { madd, nmadd } from "./vector";

/** Stores (re + im i)(wr + wi i) as a pair. */
// @ts-ignore: decorator
@inline
function putTurned(to: usize, re: v128, im: v128, wr: v128, wi: v128): void {
  v128.store(to, nmadd(wi, im, f64x2.mul(wr, re)));
  v128.store(to, madd(wr, im, f64x2.mul(wi, re)), 16);
}

/**
 * Radix 4 from rows `row` bytes apart, each of `vectors` pairs, to rows without gaps: input row p + m k gives output row 4 p + j. T is v128 for pairs, f64
 * for planes `plane` bytes apart.
 */
// @ts-ignore: decorator
@inline
function stage<T>(m: i32, vectors: i32, x: usize, row: usize, plane: usize, y: usize, table: usize): void {
  const step: usize = sizeof<T>() == 16 ? 32 : 16, width = <usize>vectors * 32, block = row * <usize>m;
  for (let p = 0; p < m; p++) {
    const w1r = v128.load_splat<f64>(table), w1i = v128.load_splat<f64>(table, 8), w2r = v128.load_splat<f64>(table, 16), w2i = v128.load_splat<f64>(table, 24);
    const w3r = v128.load_splat<f64>(table, 32), w3i = v128.load_splat<f64>(table, 40);
    let a = x, b = a + block, c = b + block, d = c + block, o0 = y, o1 = o0 + width, o2 = o1 + width, o3 = o2 + width;
    const end = o1;
    do {
      const ar = v128.load(a), br = v128.load(b), cr = v128.load(c), dr = v128.load(d);
      let ai: v128, bi: v128, ci: v128, di: v128;
      if (sizeof<T>() == 16) {
        ai = v128.load(a, 16);
        bi = v128.load(b, 16);
        ci = v128.load(c, 16);
        di = v128.load(d, 16);
      } else {
        ai = v128.load(a + plane);
        bi = v128.load(b + plane);
        ci = v128.load(c + plane);
        di = v128.load(d + plane);
      }
      const sr = f64x2.add(ar, cr), si = f64x2.add(ai, ci), ur = f64x2.sub(ar, cr), ui = f64x2.sub(ai, ci);
      const tr = f64x2.add(br, dr), ti = f64x2.add(bi, di), vr = f64x2.sub(bi, di), vi = f64x2.sub(dr, br);
      v128.store(o0, f64x2.add(sr, tr));
      v128.store(o0, f64x2.add(si, ti), 16);
      putTurned(o1, f64x2.add(ur, vr), f64x2.add(ui, vi), w1r, w1i);
      putTurned(o2, f64x2.sub(sr, tr), f64x2.sub(si, ti), w2r, w2i);
      putTurned(o3, f64x2.sub(ur, vr), f64x2.sub(ui, vi), w3r, w3i);
      a += step;
      b += step;
      c += step;
      d += step;
      o0 += 32;
      o1 += 32;
      o2 += 32;
      o3 += 32;
    } while (o0 < end);
    x += row;
    y = o3;
    table += 48;
  }
}

function planesToPairs(m: i32, vectors: i32, x: usize, row: usize, plane: usize, y: usize, table: usize): void {
  stage<f64>(m, vectors, x, row, plane, y, table);
}

function pairsToPairs(m: i32, vectors: i32, x: usize, y: usize, table: usize): void {
  stage<v128>(m, vectors, x, <usize>vectors * 32, 16, y, table);
}

/** Radix 4 at stride 1 from planes: two values of p at a time (their roots side by side in the table), transposed in registers on the way out. */
function firstStage(m: i32, xr: usize, xi: usize, y: usize, table: usize): void {
  const step = <usize>m << 3;
  for (let p = 0; p < m; p += 2) {
    const br0 = xr + step, bi0 = xi + step, cr0 = br0 + step, ci0 = bi0 + step;
    const ar = v128.load(xr), ai = v128.load(xi), br = v128.load(br0), bi = v128.load(bi0);
    const cr = v128.load(cr0), ci = v128.load(ci0), dr = v128.load(cr0 + step), di = v128.load(ci0 + step);
    const sr = f64x2.add(ar, cr), si = f64x2.add(ai, ci), ur = f64x2.sub(ar, cr), ui = f64x2.sub(ai, ci);
    const tr = f64x2.add(br, dr), ti = f64x2.add(bi, di), vr = f64x2.sub(bi, di), vi = f64x2.sub(dr, br);
    const w1r = v128.load(table), w1i = v128.load(table, 16), w2r = v128.load(table, 32), w2i = v128.load(table, 48), w3r = v128.load(table, 64), w3i = v128.load(table, 80);
    const y0r = f64x2.add(sr, tr), y0i = f64x2.add(si, ti);
    let er = f64x2.add(ur, vr), ei = f64x2.add(ui, vi);
    const y1r = nmadd(w1i, ei, f64x2.mul(w1r, er)), y1i = madd(w1r, ei, f64x2.mul(w1i, er));
    v128.store(y, v128.shuffle<f64>(y0r, y1r, 0, 2));
    v128.store(y, v128.shuffle<f64>(y0i, y1i, 0, 2), 16);
    v128.store(y, v128.shuffle<f64>(y0r, y1r, 1, 3), 64);
    v128.store(y, v128.shuffle<f64>(y0i, y1i, 1, 3), 80);
    er = f64x2.sub(sr, tr);
    ei = f64x2.sub(si, ti);
    const y2r = nmadd(w2i, ei, f64x2.mul(w2r, er)), y2i = madd(w2r, ei, f64x2.mul(w2i, er));
    er = f64x2.sub(ur, vr);
    ei = f64x2.sub(ui, vi);
    const y3r = nmadd(w3i, ei, f64x2.mul(w3r, er)), y3i = madd(w3r, ei, f64x2.mul(w3i, er));
    v128.store(y, v128.shuffle<f64>(y2r, y3r, 0, 2), 32);
    v128.store(y, v128.shuffle<f64>(y2i, y3i, 0, 2), 48);
    v128.store(y, v128.shuffle<f64>(y2r, y3r, 1, 3), 96);
    v128.store(y, v128.shuffle<f64>(y2i, y3i, 1, 3), 112);
    xr += 16;
    xi += 16;
    y += 128;
    table += 96;
  }
}

/** The last stage, without roots: row q + rows k of pairs gives rows q + rows j of planes, `row` bytes apart. */
function last4(rows: i32, vectors: i32, x: usize, yr: usize, yi: usize, row: usize): void {
  const block = <usize>(rows * vectors) * 32, out = <usize>rows * row, plane = yi - yr;
  for (let q = 0; q < rows; q++) {
    let o0 = yr, o1 = o0 + out, o2 = o1 + out, o3 = o2 + out;
    const end = yr + <usize>vectors * 16;
    do {
      const b = x + block, c = b + block, d = c + block;
      const ar = v128.load(x), ai = v128.load(x, 16), br = v128.load(b), bi = v128.load(b, 16), cr = v128.load(c), ci = v128.load(c, 16), dr = v128.load(d), di = v128.load(d, 16);
      const sr = f64x2.add(ar, cr), si = f64x2.add(ai, ci), ur = f64x2.sub(ar, cr), ui = f64x2.sub(ai, ci);
      const tr = f64x2.add(br, dr), ti = f64x2.add(bi, di), vr = f64x2.sub(bi, di), vi = f64x2.sub(dr, br);
      v128.store(o0, f64x2.add(sr, tr));
      v128.store(o0 + plane, f64x2.add(si, ti));
      v128.store(o1, f64x2.add(ur, vr));
      v128.store(o1 + plane, f64x2.add(ui, vi));
      v128.store(o2, f64x2.sub(sr, tr));
      v128.store(o2 + plane, f64x2.sub(si, ti));
      v128.store(o3, f64x2.sub(ur, vr));
      v128.store(o3 + plane, f64x2.sub(ui, vi));
      x += 32;
      o0 += 16;
      o1 += 16;
      o2 += 16;
      o3 += 16;
    } while (o0 < end);
    yr += row;
  }
}

function last2(rows: i32, vectors: i32, x: usize, yr: usize, yi: usize, row: usize): void {
  const block = <usize>(rows * vectors) * 32, out = <usize>rows * row, plane = yi - yr;
  for (let q = 0; q < rows; q++) {
    for (let o = yr, end = yr + <usize>vectors * 16; o < end; o += 16) {
      const b = x + block, ar = v128.load(x), ai = v128.load(x, 16), br = v128.load(b), bi = v128.load(b, 16);
      v128.store(o, f64x2.add(ar, br));
      v128.store(o + plane, f64x2.add(ai, bi));
      v128.store(o + out, f64x2.sub(ar, br));
      v128.store(o + out + plane, f64x2.sub(ai, bi));
      x += 32;
    }
    yr += row;
  }
}

/**
 * The stages after the first one of `width` transforms of order n side by side in pairs: planes of rows `row` bytes apart. A single one (width 1) is written
 * without gaps. `x` and `spare` are overwritten.
 */
function rest(n: i32, width: i32, x: usize, spare: usize, table: usize, yr: usize, yi: usize, row: usize): void {
  let left = n >> 2, s = 4;
  table += <usize>left * 48;
  for (; left > 4; left >>= 2, s <<= 2) {
    pairsToPairs(left >> 2, (s * width) >> 1, x, spare, table);
    table += <usize>(left >> 2) * 48;
    const t = x;
    x = spare;
    spare = t;
  }
  if (width == 1) {
    width = s;
    row = <usize>s << 3;
    s = 1;
  }
  if (left == 4) last4(s, width >> 1, x, yr, yi, row);
  else last2(s, width >> 1, x, yr, yi, row);
}

/** Rows k < n of `width` columns from `from` on in planes: times e^(-2 pi i k column / N), transposed to pairs. `near` has the roots of the first columns, `far` those of column `from`. */
function turn(n: i32, width: i32, xr: usize, xi: usize, near: usize, far: usize, z: usize, jump: usize): void {
  const row = <usize>width << 3;
  for (let k = 0; k < n; k += width) {
    let to = z;
    for (let i = 0; i < width; i += 2) {
      const f0r = v128.load_splat<f64>(far), f0i = v128.load_splat<f64>(far, 8), f1r = v128.load_splat<f64>(far, 16), f1i = v128.load_splat<f64>(far, 24);
      let p = to, other = near + (row << 1);
      const end = xr + row;
      do {
        const n0r = v128.load(near), n0i = v128.load(near, 16), n1r = v128.load(other), n1i = v128.load(other, 16);
        const w0r = nmadd(n0i, f0i, f64x2.mul(n0r, f0r)), w0i = madd(n0r, f0i, f64x2.mul(n0i, f0r));
        const w1r = nmadd(n1i, f1i, f64x2.mul(n1r, f1r)), w1i = madd(n1r, f1i, f64x2.mul(n1i, f1r));
        const ar = v128.load(xr), ai = v128.load(xi), br = v128.load(xr + row), bi = v128.load(xi + row);
        const cr = nmadd(w0i, ai, f64x2.mul(w0r, ar)), ci = madd(w0r, ai, f64x2.mul(w0i, ar));
        const dr = nmadd(w1i, bi, f64x2.mul(w1r, br)), di = madd(w1r, bi, f64x2.mul(w1i, br));
        v128.store(p, v128.shuffle<f64>(cr, dr, 0, 2));
        v128.store(p, v128.shuffle<f64>(ci, di, 0, 2), 16);
        p += row << 1;
        v128.store(p, v128.shuffle<f64>(cr, dr, 1, 3));
        v128.store(p, v128.shuffle<f64>(ci, di, 1, 3), 16);
        p += row << 1;
        near += 32;
        other += 32;
        xr += 16;
        xi += 16;
      } while (xr < end);
      near = other;
      xr += row;
      xi += row;
      far += 32;
      to += 32;
    }
    z += jump;
  }
}

/**
 * The transform of n = 2^k >= 8 numbers in place. `columns` is 0, or n = rows * columns is done in four steps with blocks of `width` (even) columns and rows.
 * Table: the stages' roots (of rows, then of columns), then `width` roots for each of `rows`, then `rows` for each block of columns.
 */
export function fftPower(n: i32, columns: i32, width: i32, xr: usize, xi: usize, table: usize): void {
  const mk = mark();
  if (columns == 0) {
    const a = allocMatrix(n, 2), b = allocMatrix(n, 2);
    firstStage(n >> 2, xr, xi, a, table);
    rest(n, 1, a, b, table, xr, xi, 0);
    release(mk);
    return;
  }
  const rows = n / columns, most = max(rows, columns) * width, z = allocMatrix(n, 2), a = allocMatrix(most, 2), b = allocMatrix(most, 2);
  const second = table + <usize>stageBytes(rows), near = second + <usize>stageBytes(columns), jump = <usize>(columns * width) << 4;
  let far = near + (<usize>(rows * width) << 4);
  for (let j = 0; j < columns; j += width) {
    planesToPairs(rows >> 2, width >> 1, xr + (<usize>j << 3), <usize>columns << 3, xi - xr, a, table);
    // the result stays in what is free then: planes of rows * width numbers
    const odd = (ctz(rows) - 3) >> 1 & 1, free = odd ? a : b, im = free + (<usize>(rows * width) << 3);
    rest(rows, width, a, b, table, free, im, <usize>width << 3);
    turn(rows, width, free, im, near, far, z + (<usize>(j * width) << 4), jump);
    far += <usize>rows << 4;
    spend(<i64>rows * width * 8);
  }
  for (let k = 0; k < rows; k += width) {
    const at = z + <usize>(k / width) * jump;
    pairsToPairs(columns >> 2, width >> 1, at, a, second);
    rest(columns, width, a, b, second, xr + (<usize>k << 3), xi + (<usize>k << 3), <usize>rows << 3);
    spend(<i64>columns * width * 8);
  }
  release(mk);
}

/** The bytes of the roots of a length's stages: all but the last one. */
function stageBytes(n: i32): i32 {
  let bytes = 0;
  for (let left = n; left > 4; left >>= 2) bytes += (left >> 2) * 48;
  return bytes;
}
