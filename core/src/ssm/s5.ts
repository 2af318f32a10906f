// S5: one diagonal state space with many inputs and outputs.
import { MathError, type Matrix } from "../linalg/index.js";
import { finish, type Signal, type Steps } from "../signal/index.js";
import { discretizeDiagonal } from "./s4d.js";

export interface S5Options {
  /** N eigenvalues. */
  readonly A: Signal;
  /** N × H, complex. */
  readonly B: Matrix;
  /** H × N, complex. */
  readonly C: Matrix;
  /** H feed-through weights. */
  readonly D: ArrayLike<number>;
  /** One step a state. */
  readonly dt: ArrayLike<number>;
  /** L × H. */
  readonly u: Matrix;
  /** True when only one of each conjugate pair of states is stored: y = 2·Re(Cx) + Du. */
  readonly conjSym?: boolean;
}

const PORTION = 2 ** 20;

/** x_k = Λ̄x_{k-1} + B̄u_k (zoh, a step for every state), y_k = Re(Cx_k) + D∘u_k, L × H. O(L·N·H), memory O(L·H + N). Source: S5 (arXiv 2208.04933) §3. */
export const s5Layer = (options: S5Options): Matrix => finish(s5LayerSteps(options));

/** {@link s5Layer} in portions. */
export function* s5LayerSteps({ A, B, C, D, dt, u, conjSym = true }: S5Options): Steps<Matrix> {
  const N = A.re.length;
  const H = u.columns;
  if (B.rows !== N || B.columns !== H || C.columns !== N || C.rows !== H || D.length !== H)
    throw new MathError(
      "shape-mismatch",
      `${N} states and ${H} channels need B ${N}×${H}, C ${H}×${N} and D of ${H}, not ${B.rows}×${B.columns}, ${C.rows}×${C.columns} and ${D.length}`,
    );
  const { Ad, f } = discretizeDiagonal(A, dt, "zoh");
  const bi = B.imag ?? new Float64Array(B.data.length);
  const ci = C.imag ?? new Float64Array(C.data.length);
  const factor = conjSym ? 2 : 1;
  const out = new Float64Array(u.rows * H);
  const xr = new Float64Array(N);
  const xi = new Float64Array(N);
  const portion = Math.max(1, Math.floor(PORTION / Math.max(1, N * H)));
  for (let k = 0; k < u.rows; k++) {
    if (k > 0 && k % portion === 0) yield k / u.rows;
    for (let n = 0; n < N; n++) {
      let inRe = 0;
      let inIm = 0;
      for (let h = 0; h < H; h++) {
        inRe += B.data[n * H + h] * u.data[k * H + h];
        inIm += bi[n * H + h] * u.data[k * H + h];
      }
      const re = Ad.re[n] * xr[n] - Ad.im[n] * xi[n] + f.re[n] * inRe - f.im[n] * inIm;
      xi[n] = Ad.re[n] * xi[n] + Ad.im[n] * xr[n] + f.re[n] * inIm + f.im[n] * inRe;
      xr[n] = re;
    }
    for (let h = 0; h < H; h++) {
      let sum = 0;
      for (let n = 0; n < N; n++) sum += C.data[h * N + n] * xr[n] - ci[h * N + n] * xi[n];
      out[k * H + h] = factor * sum + D[h] * u.data[k * H + h];
    }
  }
  return { rows: u.rows, columns: H, data: out };
}
