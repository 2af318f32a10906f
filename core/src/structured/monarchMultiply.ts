// The product of a Monarch matrix with vectors.

import { MathError, type Matrix, multiply, said } from "../linalg/index.js";
import { leftBlock, type Monarch, monarchColumns, monarchRows, rightBlock } from "./monarch.js";

/**
 * M·x for a vector, M·X for the columns of a matrix: y_k = R_k x_k, z[l][(k, τ)] = y_k[(τ, l)], out[s, l] = Σ L_l[s][·] z_l[·].
 * 2·params operations a column (4n^1.5 for square n with blocks of √n; dense 2n²). Throws "shape-mismatch".
 */
export function monarchMultiply(f: Monarch, x: Float64Array): Float64Array;
export function monarchMultiply(f: Monarch, x: Matrix): Matrix;
export function monarchMultiply(f: Monarch, x: Float64Array | Matrix): Float64Array | Matrix;
export function monarchMultiply(f: Monarch, x: Float64Array | Matrix): Float64Array | Matrix {
  const rows = x instanceof Float64Array ? x.length : x.rows;
  if (rows !== monarchColumns(f))
    throw new MathError("shape-mismatch", said`cannot multiply a ${monarchRows(f)}×${monarchColumns(f)} Monarch matrix by ${rows} rows`);
  return x instanceof Float64Array ? multiplyVector(f, x) : multiplyColumns(f, x);
}

function multiplyVector(f: Monarch, x: Float64Array): Float64Array {
  const { inBlocks: K, inBlockSize: P, outBlocks: Lb, outBlockSize: S, blockRank: t, L, R } = f;
  const width = K * t;
  const z = new Float64Array(Lb * width);
  for (let k = 0, at = 0; k < K; k++)
    for (let tau = 0; tau < t; tau++)
      for (let l = 0; l < Lb; l++) {
        let sum = 0;
        for (let p = 0, q = k * P; p < P; p++, q++, at++) sum += R[at] * x[q];
        z[l * width + k * t + tau] = sum;
      }
  const out = new Float64Array(S * Lb);
  for (let l = 0, at = 0; l < Lb; l++)
    for (let s = 0; s < S; s++) {
      let sum = 0;
      for (let j = 0, q = l * width; j < width; j++, q++, at++) sum += L[at] * z[q];
      out[s * Lb + l] = sum;
    }
  return out;
}

function multiplyColumns(f: Monarch, x: Matrix): Matrix {
  const { inBlocks: K, inBlockSize: P, outBlocks: Lb, outBlockSize: S, blockRank: t } = f;
  const c = x.columns;
  const width = K * t;
  const z = new Float64Array(Lb * width * c);
  for (let k = 0; k < K; k++) {
    const y = multiply(rightBlock(f, k), { rows: P, columns: c, data: x.data.subarray(k * P * c, (k + 1) * P * c) }).data;
    for (let tau = 0; tau < t; tau++)
      for (let l = 0; l < Lb; l++) {
        const from = (tau * Lb + l) * c;
        z.set(y.subarray(from, from + c), (l * width + k * t + tau) * c);
      }
  }
  const data = new Float64Array(S * Lb * c);
  for (let l = 0; l < Lb; l++) {
    const y = multiply(leftBlock(f, l), { rows: width, columns: c, data: z.subarray(l * width * c, (l + 1) * width * c) }).data;
    for (let s = 0; s < S; s++) data.set(y.subarray(s * c, (s + 1) * c), (s * Lb + l) * c);
  }
  return { rows: S * Lb, columns: c, data };
}
