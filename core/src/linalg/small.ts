// Linear systems of order up to 4, the commonest ones: elimination in plain loops that allocate little but the result.

/** Order up to which these loops are faster than the copies into the kernels and back. */
export const SMALL_ORDER = 4;

/** A row-major matrix of order 1 to 4 as working storage: an array of numbers takes a tenth of a typed array's time. */
export function smallCopy(a: Float64Array, n: number): number[] {
  if (n === 1) return [a[0]];
  if (n === 2) return [a[0], a[1], a[2], a[3]];
  if (n === 3) return [a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8]];
  return [a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12], a[13], a[14], a[15]];
}

/** True when all entries are finite and the largest lies inside (2^-200, 2^200): products of four neither overflow nor underflow. */
export function isModerate(a: Float64Array): boolean {
  let big = 0;
  for (let i = 0; i < a.length; i++) {
    const x = Math.abs(a[i]);
    // NaN fails here, too
    if (!(x < 2 ** 200)) return false;
    if (x > big) big = x;
  }
  return big > 2 ** -200;
}

/**
 * Gaussian elimination with partial pivoting of w (n×n, overwritten by U), applied to the k columns of x; answers det W, and 0 as soon as there is no pivot.
 * The same operations in the same order as LU followed by forward substitution.
 */
function eliminate(w: number[], n: number, x: Float64Array | null, k: number): number {
  let product = 1;
  for (let c = 0; c < n; c++) {
    const top = c * n;
    let pivot = c;
    let big = Math.abs(w[top + c]);
    for (let i = c + 1; i < n; i++) {
      const v = Math.abs(w[i * n + c]);
      if (v > big) {
        big = v;
        pivot = i;
      }
    }
    if (big === 0) return 0;
    if (pivot !== c) {
      product = -product;
      for (let j = c; j < n; j++) {
        const t = w[top + j];
        w[top + j] = w[pivot * n + j];
        w[pivot * n + j] = t;
      }
      if (x)
        for (let j = 0; j < k; j++) {
          const t = x[c * k + j];
          x[c * k + j] = x[pivot * k + j];
          x[pivot * k + j] = t;
        }
    }
    const d = w[top + c];
    product *= d;
    for (let i = c + 1; i < n; i++) {
      const l = w[i * n + c] / d;
      if (l === 0) continue;
      for (let j = c + 1; j < n; j++) w[i * n + j] -= l * w[top + j];
      if (x) for (let j = 0; j < k; j++) x[i * k + j] -= l * x[c * k + j];
    }
  }
  return product;
}

/** det A, or null when A is not moderate. */
export function smallDet(a: Float64Array, n: number): number | null {
  return isModerate(a) ? eliminate(smallCopy(a, n), n, null, 0) : null;
}

/** Overwrites x (n×k) with A⁻¹·x; false, and x spoilt, when A is singular or not moderate. */
export function smallSolve(a: Float64Array, n: number, x: Float64Array, k: number): boolean {
  if (!isModerate(a)) return false;
  const w = smallCopy(a, n);
  if (eliminate(w, n, x, k) === 0) return false;
  for (let i = n - 1; i >= 0; i--) {
    const d = w[i * n + i];
    for (let c = 0; c < k; c++) {
      let s = x[i * k + c];
      for (let j = i + 1; j < n; j++) s -= w[i * n + j] * x[j * k + c];
      x[i * k + c] = s / d;
    }
  }
  return true;
}
