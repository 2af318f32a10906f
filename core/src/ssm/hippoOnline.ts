// A sliding window remembered by a fixed number of coefficients.
import { MathError, said } from "../linalg/index.js";
import { type DiscretizationMethod, discretize } from "./discretize.js";
import { type HippoOptions, hippoMatrices, hippoSettings } from "./hippoMatrices.js";
import { hippoReconstruct } from "./hippoReconstruct.js";
import { midpoints, rootMeanSquare } from "./legsProject.js";
import { requireCount } from "./orthogonalPolynomials.js";

export interface HippoOnlineOptions extends HippoOptions {
  readonly samplesPerWindow: number;
  readonly method?: DiscretizationMethod;
}

export interface HippoOnline {
  readonly state: Float64Array;
  /** The last window, oldest sample first, at the middle of every sample. */
  readonly reconstruction: Float64Array;
  /** Root mean square distance from the last window of the signal. */
  readonly rmse: number;
}

const windows = new Set(["legt", "legt-plain", "lmu", "fout"]);

/**
 * Runs x = Ad·x + Bd·u over the signal with the step w/samplesPerWindow and compares what the state says of the last window with the signal.
 * Kinds legt, legt-plain, lmu, fout. O(N³ + L·N²). Throws "domain" when the signal is shorter than a window, "unsupported" for a kind without one.
 */
export function hippoOnline(u: ArrayLike<number>, options: HippoOnlineOptions): HippoOnline {
  const { samplesPerWindow, method = "zoh", kind } = options;
  if (!windows.has(kind)) throw new MathError("unsupported", said`${kind} has no sliding window`, said`use one of ${[...windows].join(", ")}`);
  requireCount(samplesPerWindow, "samplesPerWindow");
  if (u.length < samplesPerWindow)
    throw new MathError(
      "domain",
      said`${u.length} samples do not fill a window of ${samplesPerWindow}`,
      "the state means something only after a whole window",
    );
  const { N, w } = hippoSettings(options);
  const { A, B } = hippoMatrices(options);
  const { Ad, Bd } = discretize(A, B, w / samplesPerWindow, method);
  let x = new Float64Array(N);
  for (let k = 0; k < u.length; k++) {
    const next = new Float64Array(N);
    for (let n = 0; n < N; n++) {
      let sum = Bd.data[n] * u[k];
      for (let j = 0; j < N; j++) sum += Ad.data[n * N + j] * x[j];
      next[n] = sum;
    }
    x = next;
  }
  const reconstruction = hippoReconstruct(options, x, midpoints(samplesPerWindow));
  return { state: x, reconstruction, rmse: rootMeanSquare(reconstruction, Array.from(u).slice(-samplesPerWindow)) };
}
