// Where linalg meets the kernels: their reports become errors of this room.
import { KernelError } from "../kernels/index.js";
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { requireFinite } from "./shape.js";

/** Order from which a factorisation is faster with the copies into the kernels and back than in plain loops (see `npm run bench -- linalg`). */
export const KERNEL_ORDER = 5;

/** The same for spectra, whose TypeScript bodies allocate more. */
export const SPECTRAL_ORDER = 2;

/** Runs `body`, naming what a kernel reports as a {@link MathError}; `a` and `what` say whose entries are not finite. */
export function withKernels<T>(body: () => T, a?: Matrix, what = "this"): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    if (a && error.kind === "nonfinite") requireFinite(a, what);
    throw new MathError(error.kind, error.message, error.kind === "too-large" ? "work on blocks or a sample" : undefined);
  }
}
