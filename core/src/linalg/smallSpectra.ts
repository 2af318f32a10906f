// Symmetric eigenvalues, singular values and their vectors of real matrices up to 4×4, by Jacobi's rotations in plain loops: at these sizes they take half
// the time of the kernels' reductions, and small values come out to high relative accuracy.
import { isModerate, SMALL_ORDER, smallCopy } from "./small.js";

/** Half a unit in the last place, squared: what an off-diagonal entry, squared, may be beside the product of its diagonal ones. */
const ROUNDOFF_SQUARED = 2 ** -106;
const MOST_SWEEPS = 40;

export const isSmall = (rows: number, columns: number): boolean => rows > 1 && columns > 1 && rows <= SMALL_ORDER && columns <= SMALL_ORDER;

export interface SmallEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** Columns, the first entry of (nearly) largest magnitude positive; null when not wanted. */
  readonly vectors: Float64Array | null;
}

/** A symmetric matrix of order 2 to 4 (lower triangle read) by cyclic Jacobi (Golub & Van Loan §8.5); null when A is not moderate. */
export function smallSymmetricEigen(a: Float64Array, n: number, wantVectors: boolean): SmallEigen | null {
  if (!isModerate(a)) return null;
  const w = smallCopy(a, n);
  const v = wantVectors ? new Float64Array(n * n) : null;
  if (v) for (let i = 0; i < n; i++) v[i * (n + 1)] = 1;
  if (!diagonalise(w, v, n)) return null;
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = w[i * (n + 1)];
  for (let i = 0; i < n - 1; i++) {
    let least = i;
    for (let j = i + 1; j < n; j++) if (values[j] < values[least]) least = j;
    if (least === i) continue;
    swap(values, i, least);
    if (v) swapColumns(v, n, n, i, least);
  }
  if (v) for (let j = 0; j < n; j++) if (leadsNegative(v, n, n, j)) negateColumn(v, n, n, j);
  return { values, vectors: v };
}

/** Sweeps over the lower triangle of w until nothing is left to rotate; columns of v follow. */
function diagonalise(w: number[], v: Float64Array | null, n: number): boolean {
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let q = 1; q < n; q++)
      for (let p = 0; p < q; p++) {
        const x = w[q * n + p];
        const a = w[p * n + p];
        const b = w[q * n + q];
        if (x * x <= ROUNDOFF_SQUARED * Math.abs(a * b)) continue;
        rotated = true;
        const theta = (b - a) / (2 * x);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        w[p * n + p] = a - t * x;
        w[q * n + q] = b + t * x;
        w[q * n + p] = 0;
        for (let r = 0; r < n; r++) {
          if (r === p || r === q) continue;
          const i = r < p ? p * n + r : r * n + p;
          const j = r < q ? q * n + r : r * n + q;
          const g = w[i];
          const h = w[j];
          w[i] = c * g - s * h;
          w[j] = s * g + c * h;
        }
        if (v) rotate(v, n, n, p, q, c, s);
      }
    if (!rotated) return true;
  }
  return false;
}

/**
 * The SVD of a matrix with 2 to 4 rows and columns by one-sided Jacobi (Demmel & Veselić 1992): columns are made orthogonal. k = min(m, n) values, U m×k, V n×k; in each
 * column of U the first entry of (nearly) largest magnitude is positive. Null when A is not moderate or a column vanishes: others then complete U.
 */
export function smallSvd(a: Float64Array, m: number, n: number): { U: Float64Array; s: Float64Array; V: Float64Array } | null {
  const k = Math.min(m, n);
  const v = new Float64Array(k * k);
  for (let i = 0; i < k; i++) v[i * (k + 1)] = 1;
  const u = orthogonalColumns(a, m, n, v);
  if (!u) return null;
  const long = Math.max(m, n);
  const s = columnNorms(u, long, k);
  for (let i = 0; i < k - 1; i++) {
    let most = i;
    for (let j = i + 1; j < k; j++) if (s[j] > s[most]) most = j;
    if (most === i) continue;
    swap(s, i, most);
    swapColumns(u, long, k, i, most);
    swapColumns(v, k, k, i, most);
  }
  // a square that underflows is as good as none
  if (!(s[k - 1] > 2 ** -450)) return null;
  for (let j = 0; j < k; j++) for (let i = j; i < long * k; i += k) u[i] /= s[j];
  const U = m >= n ? u : v;
  const V = m >= n ? v : u;
  for (let j = 0; j < k; j++)
    if (leadsNegative(U, m, k, j)) {
      negateColumn(U, m, k, j);
      negateColumn(V, n, k, j);
    }
  return { U, s, V };
}

/** The singular values alone, descending. */
export function smallSingularValues(a: Float64Array, m: number, n: number): Float64Array | null {
  const u = orthogonalColumns(a, m, n, null);
  return u && columnNorms(u, Math.max(m, n), Math.min(m, n)).sort().reverse();
}

/** A, or its transpose when it is wide, with its columns made orthogonal; v follows. */
function orthogonalColumns(a: Float64Array, m: number, n: number, v: Float64Array | null): Float64Array | null {
  if (!isModerate(a)) return null;
  const u = new Float64Array(a);
  if (m < n) for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) u[i * m + j] = a[j * n + i];
  return orthogonalise(u, v, Math.max(m, n), Math.min(m, n)) ? u : null;
}

function columnNorms(u: Float64Array, m: number, n: number): Float64Array {
  const s = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = j; i < m * n; i += n) sum += u[i] * u[i];
    s[j] = Math.sqrt(sum);
  }
  return s;
}

/** Rotates pairs of columns of u (m×n) until all are orthogonal to rounding; columns of v (n×n) follow. */
function orthogonalise(u: Float64Array, v: Float64Array | null, m: number, n: number): boolean {
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let q = 1; q < n; q++)
      for (let p = 0; p < q; p++) {
        let a = 0;
        let b = 0;
        let x = 0;
        for (let i = p, j = q; i < m * n; i += n, j += n) {
          a += u[i] * u[i];
          b += u[j] * u[j];
          x += u[i] * u[j];
        }
        // 16: the rounding of sums of four
        if (x * x <= 16 * ROUNDOFF_SQUARED * a * b) continue;
        rotated = true;
        const theta = (b - a) / (2 * x);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        rotate(u, m, n, p, q, c, t * c);
        if (v) rotate(v, n, n, p, q, c, t * c);
      }
    if (!rotated) return true;
  }
  return false;
}

export interface PairEigen {
  readonly values: { readonly re: Float64Array; readonly im: Float64Array };
  /** Columns of norm 1 with a real positive first entry of (nearly) largest modulus. */
  readonly vectors: Float64Array;
  /** Null when the eigenvalues are real. */
  readonly imag: Float64Array | null;
}

/**
 * Eigenvalues and vectors of a general 2×2 matrix [a b; c d] by its quadratic equation about d: with p = (a - d)/2, λ = d + z, z² - 2pz = bc. The root of larger
 * magnitude is formed first, the other one from it, so nothing cancels. Null when A is not moderate.
 */
export function pairEigen(x: Float64Array): PairEigen | null {
  if (!isModerate(x)) return null;
  const [a, b, c, d] = [x[0], x[1], x[2], x[3]];
  const p = (a - d) / 2;
  const square = p * p + b * c;
  const re = new Float64Array(2);
  const im = new Float64Array(2);
  const vectors = new Float64Array(4);
  if (square >= 0) {
    const z = p < 0 ? p - Math.sqrt(square) : p + Math.sqrt(square);
    re[0] = d + z;
    re[1] = z === 0 ? d : d - (b / z) * c;
    // (z, c) and (b, -z); where z = 0 one of b and c is zero, and so may be the whole vector
    putUnit(vectors, 0, z !== 0 || c !== 0 ? z : 1, c);
    putUnit(vectors, 1, b, z !== 0 || b !== 0 ? -z : 1);
    return { values: { re, im }, vectors, imag: null };
  }
  const w = Math.sqrt(-square);
  re[0] = re[1] = (a + d) / 2;
  im[0] = w;
  im[1] = -w;
  const imag = new Float64Array(4);
  const swapped = Math.abs(b) < Math.abs(c) * (1 - 2e-9);
  // (b, -p + iw), or (p + iw, c) times the sign of its larger, real entry: its squared norm is b² + |bc|
  const big = swapped ? c : b;
  const scale = (big < 0 ? -1 : 1) / Math.sqrt(big * big + Math.abs(b * c));
  const real = swapped ? 2 : 0;
  for (let j = 0; j < 2; j++) {
    vectors[real + j] = big * scale;
    vectors[2 - real + j] = (swapped ? p : -p) * scale;
    imag[2 - real + j] = im[j] * scale;
  }
  return { values: { re, im }, vectors, imag };
}

/** Column j of a 2×2 matrix := (x, y) over its norm, turned as the sign convention has it. */
function putUnit(v: Float64Array, j: number, x: number, y: number): void {
  const size = Math.sqrt(x * x + y * y);
  const lead = Math.abs(x) >= Math.abs(y) * (1 - 1e-9) ? x : y;
  const divisor = lead < 0 ? -size : size;
  v[j] = 0 + x / divisor;
  v[2 + j] = 0 + y / divisor;
}

/** (column p, column q) := (c·p - s·q, s·p + c·q) of a matrix with n columns. */
function rotate(x: Float64Array, m: number, n: number, p: number, q: number, c: number, s: number): void {
  for (let i = p, j = q; i < m * n; i += n, j += n) {
    const g = x[i];
    const h = x[j];
    x[i] = c * g - s * h;
    x[j] = s * g + c * h;
  }
}

function swap(x: Float64Array, i: number, j: number): void {
  const t = x[i];
  x[i] = x[j];
  x[j] = t;
}

function swapColumns(x: Float64Array, m: number, n: number, p: number, q: number): void {
  for (let i = 0; i < m * n; i += n) swap(x, i + p, i + q);
}

/** True when the first entry of column j within 1e-9 (relative) of its largest magnitude is negative. */
function leadsNegative(x: Float64Array, m: number, n: number, j: number): boolean {
  let big = 0;
  for (let i = j; i < m * n; i += n) big = Math.max(big, Math.abs(x[i]));
  big *= 1 - 1e-9;
  for (let i = j; i < m * n; i += n) if (Math.abs(x[i]) >= big) return x[i] < 0;
  return false;
}

function negateColumn(x: Float64Array, m: number, n: number, j: number): void {
  for (let i = j; i < m * n; i += n) x[i] = 0 - x[i];
}
