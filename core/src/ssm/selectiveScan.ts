// The selective scan of Mamba: a diagonal recurrence whose step, input and output weights depend on the token.
import { MathError, type Matrix, said } from "../linalg/index.js";
import { finish, type Steps } from "../signal/index.js";

export interface SelectiveScanOptions {
  /** L × D inputs. */
  readonly u: Matrix;
  /** L × D steps before softplus. */
  readonly deltaRaw: Matrix;
  /** D × N. */
  readonly A: Matrix;
  /** L × N. */
  readonly B: Matrix;
  /** L × N. */
  readonly C: Matrix;
  /** D feed-through weights. */
  readonly D: ArrayLike<number>;
  /** Whether the step is softplus(deltaRaw), or deltaRaw itself. */
  readonly softplus?: boolean;
  /** "euler": Δ·B·u (Mamba's code); "zoh": expm1(ΔA)/A·B·u. */
  readonly inputRule?: "euler" | "zoh";
}

export interface SelectiveScan {
  /** L × D. */
  readonly y: Matrix;
  /** D × N, after the last token. */
  readonly state: Matrix;
}

const PORTION = 2 ** 19;

/** ln(1 + e^x) without overflow: max(x, 0) + log1p(e^(-|x|)). */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/**
 * h = e^(ΔA)∘h + (input), y = C·h + D·u for each of D channels with N states each. O(L·D·N) time, memory O(L·D + D·N).
 * Throws "shape-mismatch". Source: Mamba (arXiv 2312.00752) §3.2, alg. 2.
 */
export const selectiveScan = (options: SelectiveScanOptions): SelectiveScan => finish(selectiveScanSteps(options));

/** {@link selectiveScan} in portions of about half a million state updates. */
export function* selectiveScanSteps(options: SelectiveScanOptions): Steps<SelectiveScan> {
  const { u, deltaRaw, A, B, C } = options;
  const [L, channels, N] = [u.rows, u.columns, A.columns];
  const wrong =
    deltaRaw.rows !== L ||
    deltaRaw.columns !== channels ||
    A.rows !== channels ||
    B.rows !== L ||
    B.columns !== N ||
    C.rows !== L ||
    C.columns !== N ||
    options.D.length !== channels;
  if (wrong)
    throw new MathError(
      "shape-mismatch",
      said`u ${L}×${channels} and A ${A.rows}×${N} need deltaRaw ${L}×${channels}, B and C ${L}×${N}, D of ${channels}; got ${deltaRaw.rows}×${deltaRaw.columns}, ${B.rows}×${B.columns}, ${C.rows}×${C.columns}, ${options.D.length}`,
    );
  const { inputRule = "euler" } = options;
  if (inputRule !== "euler" && inputRule !== "zoh")
    throw new MathError("unsupported", said`no input rule "${String(inputRule)}"`, "use euler or zoh");
  const y = new Float64Array(L * channels);
  const h = new Float64Array(channels * N);
  const portion = Math.max(1, Math.floor(PORTION / Math.max(1, channels * N)));
  for (let from = 0; from < L; from += portion) {
    if (from > 0) yield from / L;
    advance(options, h, y, from, Math.min(from + portion, L));
  }
  return { y: { rows: L, columns: channels, data: y }, state: { rows: channels, columns: N, data: h } };
}

/** Tokens from..to: updates h in place and writes their rows of y. */
function advance(o: SelectiveScanOptions, h: Float64Array, y: Float64Array, from: number, to: number): void {
  const channels = o.u.columns;
  const N = o.A.columns;
  const A = o.A.data;
  const B = o.B.data;
  const C = o.C.data;
  const held = o.inputRule === "zoh";
  for (let t = from; t < to; t++)
    for (let d = 0; d < channels; d++) {
      const raw = o.deltaRaw.data[t * channels + d];
      const delta = (o.softplus ?? true) ? softplus(raw) : raw;
      const input = o.u.data[t * channels + d];
      let sum = o.D[d] * input;
      for (let n = 0; n < N; n++) {
        const a = A[d * N + n];
        const p = d * N + n;
        const gain = held ? (a === 0 ? delta : Math.expm1(delta * a) / a) : delta;
        h[p] = Math.exp(delta * a) * h[p] + gain * B[t * N + n] * input;
        sum += C[t * N + n] * h[p];
      }
      y[t * channels + d] = sum;
    }
}
