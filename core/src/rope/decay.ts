// How the expected score of two equal vectors falls with their distance.
import { type Matrix, matrix, multiply } from "../linalg/index.js";
import { ropeFrequencies } from "./frequencies.js";

export interface RopeDecay {
  /** B_m = Σ_i cos(mθ_i). */
  readonly Bm: Float64Array;
  /** (2/d)·Σ_j |S_j|, S_j = Σ_{i<j} e^(imθ_i): the bound by Abel summation. */
  readonly meanAbsPartialSum: Float64Array;
}

/** B_m and the mean partial sum at the given distances. O(d·m.length). Source: Base of RoPE (arXiv 2405.14591); kexue.fm 8265 and 10122. */
export function ropeDecay(d: number, base: number, m: ArrayLike<number>): RopeDecay {
  const theta = ropeFrequencies(d, base);
  const Bm = new Float64Array(m.length);
  const meanAbsPartialSum = new Float64Array(m.length);
  for (let j = 0; j < m.length; j++) {
    let re = 0;
    let im = 0;
    for (const t of theta) {
      re += Math.cos(m[j] * t);
      im += Math.sin(m[j] * t);
      meanAbsPartialSum[j] += Math.hypot(re, im) / theta.length;
    }
    Bm[j] = re;
  }
  return { Bm, meanAbsPartialSum };
}

/** Distances per row of a sweep. */
const WIDTH = 256;

/** What a sweep over many distances needs once for its frequencies. */
export interface CosineSweep {
  readonly theta: ArrayLike<number>;
  /** cos(bθ_i) and -sin(bθ_i) for b < 256, 2h × 256. */
  readonly fine: Matrix;
}

export function cosineSweep(theta: ArrayLike<number>): CosineSweep {
  const h = theta.length;
  const data = new Float64Array(2 * h * WIDTH);
  for (let i = 0; i < h; i++)
    for (let b = 0; b < WIDTH; b++) {
      data[i * WIDTH + b] = Math.cos(b * theta[i]);
      data[(h + i) * WIDTH + b] = -Math.sin(b * theta[i]);
    }
  return { theta, fine: matrix(2 * h, WIDTH, data) };
}

/**
 * Σ_i cos(mθ_i) for `count` consecutive m from `start`, as one matrix product: with m = start + 256a + b, cos mθ = cos((start + 256a)θ)·cos bθ - sin(...)·sin bθ.
 * 2d multiply-adds a distance. Error about d·m·eps from rounding the angles.
 */
export function cosineSums({ theta, fine }: CosineSweep, start: number, count: number): Float64Array {
  const h = theta.length;
  const rows = Math.ceil(count / WIDTH);
  const data = new Float64Array(rows * 2 * h);
  for (let a = 0; a < rows; a++)
    for (let i = 0; i < h; i++) {
      const angle = (start + a * WIDTH) * theta[i];
      data[a * 2 * h + i] = Math.cos(angle);
      data[a * 2 * h + h + i] = Math.sin(angle);
    }
  return multiply(matrix(rows, 2 * h, data), fine).data.subarray(0, count);
}

/** B_m for m = 0, ..., L-1. */
export const ropeDecayCurve = (d: number, base: number, L: number): Float64Array => cosineSums(cosineSweep(ropeFrequencies(d, base)), 0, L).slice();
