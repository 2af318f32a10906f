// The mean value theorem behind one-evaluation steps: somewhere in the middle the slope is exactly right.

import { MathError, said } from "../linalg/index.js";
import { type Denoiser, midSlope, rk4LogSigma } from "./pfOde.js";

export interface GaussianMeanValue {
  /** x at tNext when x at t is the returned x. */
  readonly exact: number;
  readonly x: number;
  /** The r whose middle slope lands exactly; null when the residual does not change sign on [0, 1]. */
  readonly rOpt: number | null;
  readonly tMid: number | null;
  readonly eulerError: number;
  readonly dpm2Error: number;
}

/** For data N(0, s²): the exact step x(t') = x(t)√((s²+t'²)/(s²+t²)) from x = √(s²+t²), and the best middle time. Su, kexue.fm 9881. */
export function gaussianMeanValue(s: number, t: number, tNext: number): GaussianMeanValue {
  if (!(s > 0 && t > tNext && tNext > 0)) throw new MathError("domain", said`this needs s > 0 and t > tNext > 0; they are ${s}, ${t} and ${tNext}`);
  const denoise: Denoiser = (x, sigma) => x.map((v) => (v * s * s) / (s * s + sigma * sigma));
  const x = Math.sqrt(s * s + t * t);
  const exact = Math.sqrt(s * s + tNext * tNext);
  const residual = (r: number) => (midSlope(r)(denoise, Float64Array.of(x), t, tNext)[0] as number) - exact;
  let [low, high] = [0, 1];
  const rising = residual(high) > 0;
  let rOpt: number | null = null;
  if (residual(low) > 0 !== rising) {
    for (let k = 0; k < 200; k++) {
      const middle = (low + high) / 2;
      if (middle === low || middle === high) break;
      if (residual(middle) > 0 === rising) high = middle;
      else low = middle;
    }
    rOpt = (low + high) / 2;
  }
  return { exact, x, rOpt, tMid: rOpt === null ? null : tNext ** rOpt * t ** (1 - rOpt), eulerError: residual(0), dpm2Error: residual(0.5) };
}

export interface MeanDirectionFit {
  /** The chosen r of each step. */
  readonly r: number[];
  /** Mean squared distance to the teacher after each step. */
  readonly stepMse: number[];
  /** Where the points end. */
  readonly x0: Float64Array[];
}

/** Where the teacher of a step starts: from the student's own points, or on its own trajectory from the first noise level, as in the paper. */
export type TeacherStart = "student" | "trajectory";

/**
 * Chooses r for each step from a grid so that the points, carried so far by the student, come nearest to a fine teacher (Runge-Kutta in ln σ).
 * On the teacher's own trajectory a step also repairs what earlier steps missed; from the student's points it cannot.
 * Ties go to the first of the grid. O(steps · (grid + 4·substeps) · points) denoiser calls. Zhou et al. 2023 (arXiv 2312.00094), §3.
 */
export function fitMeanDirection(
  denoise: Denoiser,
  sigmas: ArrayLike<number>,
  points: readonly ArrayLike<number>[],
  grid: readonly number[],
  teacherSubsteps = 40,
  teacherStart: TeacherStart = "student",
): MeanDirectionFit {
  if (points.length === 0 || grid.length === 0) throw new MathError("shape-mismatch", "fitting needs points and a grid of r");
  let batch: Float64Array[] = points.map((p) => Float64Array.from(p));
  let teacher = batch;
  const [rs, mses]: [number[], number[]] = [[], []];
  for (let k = 0; k + 1 < sigmas.length; k++) {
    const [t, u] = [sigmas[k] as number, sigmas[k + 1] as number];
    teacher = (teacherStart === "student" ? batch : teacher).map((x) => rk4LogSigma(denoise, x, t, u, teacherSubsteps));
    let best = { mse: Number.POSITIVE_INFINITY, r: grid[0] as number, x: batch };
    for (const r of grid) {
      const step = midSlope(r);
      const x = batch.map((p) => step(denoise, p, t, u));
      let mse = 0;
      x.forEach((p, i) => {
        p.forEach((v, j) => {
          mse += (v - ((teacher[i] as Float64Array)[j] as number)) ** 2 / x.length;
        });
      });
      if (mse < best.mse) best = { mse, r, x };
    }
    rs.push(best.r);
    mses.push(best.mse);
    batch = best.x;
  }
  return { r: rs, stepMse: mses, x0: batch };
}
