// A discrete state-space model as a convolution and as a recurrence.
import { MathError, type Matrix, said } from "../linalg/index.js";
import { finish, type Steps } from "../signal/index.js";
import { requireCount } from "./orthogonalPolynomials.js";

/** Multiply-adds of one portion. */
const PORTION = 2 ** 22;

export interface RealSystem {
  readonly A: Matrix;
  readonly B: ArrayLike<number>;
  readonly C: ArrayLike<number>;
}

export function requireSystem({ A, B, C }: RealSystem): number {
  const n = A.rows;
  if (A.imag) throw new MathError("unsupported", "this routine takes a real system");
  if (A.columns !== n || B.length !== n || C.length !== n)
    throw new MathError("shape-mismatch", said`a system of ${A.rows}×${A.columns} A needs B and C of ${n} entries, not ${B.length} and ${C.length}`);
  return n;
}

const dot = (x: ArrayLike<number>, y: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += x[i] * y[i];
  return sum;
};

function applied(A: Matrix, x: Float64Array): Float64Array {
  const n = A.rows;
  const out = new Float64Array(n);
  for (let i = 0, p = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += A.data[p++] * x[j];
    out[i] = sum;
  }
  return out;
}

/** K_k = C·A^k·B for k < L by direct powers: O(N²L), the definition that the fast kernels are checked against. Unstable systems grow until infinity. */
export const ssmKernel = (system: RealSystem, L: number): Float64Array => finish(ssmKernelSteps(system, L));

/** {@link ssmKernel} in portions. */
export function* ssmKernelSteps(system: RealSystem, L: number): Steps<Float64Array> {
  const n = requireSystem(system);
  requireCount(L, "L", 0);
  const out = new Float64Array(L);
  const portion = Math.max(1, Math.floor(PORTION / Math.max(1, n * n)));
  let x = Float64Array.from(system.B);
  for (let k = 0; k < L; k++) {
    if (k > 0 && k % portion === 0) yield k / L;
    out[k] = dot(system.C, x);
    x = applied(system.A, x) as Float64Array<ArrayBuffer>;
  }
  return out;
}

/** x_k = A·x_{k-1} + B·u_k, y_k = C·x_k + D·u_k, from x = 0: the output after the update. Equals the causal convolution with {@link ssmKernel}. O(L·N²). */
export function ssmRun(system: RealSystem, u: ArrayLike<number>, D = 0): { readonly y: Float64Array; readonly state: Float64Array } {
  const n = requireSystem(system);
  const y = new Float64Array(u.length);
  let state = new Float64Array(n);
  for (let k = 0; k < u.length; k++) {
    const next = applied(system.A, state);
    for (let i = 0; i < n; i++) next[i] += system.B[i] * u[k];
    state = next as Float64Array<ArrayBuffer>;
    y[k] = dot(system.C, state) + D * u[k];
  }
  return { y, state };
}
