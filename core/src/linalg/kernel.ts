// Where linalg meets the kernels: their reports become errors of this room.
import { KernelError } from "../kernels/index.js";
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import { requireFinite, shapeText } from "./shape.js";

/** Order from which a factorisation is faster with the copies into the kernels and back than in plain loops (see `npm run bench -- linalg`). */
export const KERNEL_ORDER = 5;

/** The same for spectra, whose TypeScript bodies allocate more. */
export const SPECTRAL_ORDER = 2;

/** A matrix, or what a product takes in its place. */
type Operand = Matrix | { readonly rows: number; readonly columns: number };

/** Runs `body`, naming what a kernel reports as a {@link MathError}: whose entries are not finite (the first operand's), whose sizes do not fit. */
export function withKernels<T>(body: () => T, what: string, ...operands: readonly [Operand, ...Operand[]]): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    const [a, b] = operands;
    if (error.kind === "nonfinite" && "data" in a) requireFinite(a, what);
    if (error.kind === "no-convergence") throw new MathError(error.kind, said`${what} of a ${shapeText(a)} matrix did not converge`);
    if (error.kind !== "too-large") throw new MathError(error.kind, error.message);
    const shapes = b ? said`${shapeText(a)} and ${shapeText(b)}` : shapeText(a);
    throw new MathError("too-large", said`${what} of ${shapes}: ${error.message}`, "work on blocks or a sample");
  }
}
