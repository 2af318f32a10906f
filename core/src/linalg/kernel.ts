// Where linalg meets the kernels: their reports become errors of this room.
import { KernelError } from "../kernels/index.js";
import { MathError } from "./error.js";

/** Order from which a factorisation is faster with the copies into the kernels and back than in plain loops (see `npm run bench -- linalg`). */
export const KERNEL_ORDER = 5;

/** Runs `body`, naming what a kernel reports as a {@link MathError}. */
export function withKernels<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    throw new MathError(error.kind, error.message, error.kind === "too-large" ? "work on blocks or a sample" : undefined);
  }
}
