// S5: one diagonal state space with many inputs and outputs.
import { MathError, type Matrix, multiply, said } from "../linalg/index.js";
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

/** Multiply-adds of a portion, and the rows that a product needs to be fast. */
const PORTION = 2 ** 24;
const BLOCK = 256;

/** x_k = Λ̄x_{k-1} + B̄u_k (zoh, a step for every state), y_k = Re(Cx_k) + D∘u_k, L × H. O(L·N·H), memory O(L·H + N). Source: S5 (arXiv 2208.04933) §3. */
export const s5Layer = (options: S5Options): Matrix => finish(s5LayerSteps(options));

/** {@link s5Layer} in portions. */
export function* s5LayerSteps({ A, B, C, D, dt, u, conjSym = true }: S5Options): Steps<Matrix> {
  const N = A.re.length;
  const H = u.columns;
  if (B.rows !== N || B.columns !== H || C.columns !== N || C.rows !== H || D.length !== H)
    throw new MathError(
      "shape-mismatch",
      said`${N} states and ${H} channels need B ${N}×${H}, C ${H}×${N} and D of ${H}, not ${B.rows}×${B.columns}, ${C.rows}×${C.columns} and ${D.length}`,
    );
  const { Ad, f } = discretizeDiagonal(A, dt, "zoh");
  const factor = conjSym ? 2 : 1;
  const out = new Float64Array(u.rows * H);
  const x: Signal = { re: new Float64Array(N), im: new Float64Array(N) };
  const block = Math.max(1, Math.min(BLOCK, Math.floor(PORTION / Math.max(1, N * H))));
  for (let from = 0; from < u.rows; from += block) {
    if (from > 0) yield from / u.rows;
    const inputs = { rows: Math.min(block, u.rows - from), columns: H, data: u.data.subarray(from * H, Math.min(u.rows, from + block) * H) };
    const states = advance(multiply(inputs, B, { b: "transpose" }), Ad, f, x);
    const y = multiply(states, C, { b: "transpose" }).data;
    for (let p = 0; p < y.length; p++) out[from * H + p] = factor * y[p] + D[p % H] * inputs.data[p];
  }
  return { rows: u.rows, columns: H, data: out };
}

/** The states x after each row of inputs B·u; x is left as the last one. */
function advance(inputs: Matrix, Ad: Signal, f: Signal, x: Signal): Matrix {
  const { rows, columns: N, data, imag = new Float64Array(data.length) } = inputs;
  const re = new Float64Array(rows * N);
  const im = new Float64Array(rows * N);
  for (let p = 0, n = 0; p < re.length; p++, n = n + 1 === N ? 0 : n + 1) {
    re[p] = Ad.re[n] * x.re[n] - Ad.im[n] * x.im[n] + f.re[n] * data[p] - f.im[n] * imag[p];
    im[p] = Ad.re[n] * x.im[n] + Ad.im[n] * x.re[n] + f.re[n] * imag[p] + f.im[n] * data[p];
    x.re[n] = re[p];
    x.im[n] = im[p];
  }
  return { rows, columns: N, data: re, imag: im };
}
