// The companion matrix of a polynomial.
import { MathError } from "../error.js";
import type { Matrix } from "../matrix.js";
import { allocate } from "../shape.js";

/** The matrix whose eigenvalues are the roots of c_0·x^n + c_1·x^(n-1) + ... + c_n: first row -c_k/c_0, ones below the diagonal. c_0 must not be 0 ("domain"). */
export function companion(coefficients: ArrayLike<number>): Matrix {
  const n = Math.max(0, coefficients.length - 1);
  if (n > 0 && coefficients[0] === 0) throw new MathError("domain", "a companion matrix needs a leading coefficient that is not 0");
  const data = allocate(n, n);
  for (let j = 0; j < n; j++) data[j] = -coefficients[j + 1] / coefficients[0];
  for (let i = 1; i < n; i++) data[i * n + i - 1] = 1;
  return { rows: n, columns: n, data };
}
