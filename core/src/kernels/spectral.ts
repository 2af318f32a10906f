// Hessenberg form, real Schur form and general eigenvectors on plain row-major arrays. Each answers null where there are no kernels or the matrix must be
// scaled first, and throws KernelError "nonfinite".
import { KernelError } from "./error.js";
import { type Address, admit, call, type Exports, type Kernels, kernels, put, room, take, takeParts } from "./load.js";

/** A = Q·H·Qᵀ. */
export function factorHessenberg(a: Float64Array, n: number): { Q: Float64Array; H: Float64Array } | null {
  const k = kernels();
  if (!k) return null;
  return call(k, (x) => {
    const h = admit(k, a);
    if (h === null) return null;
    const q = room(k, n * n);
    x.hessenberg(n, h, q);
    return { Q: take(k, q, n * n), H: take(k, h, n * n) };
  });
}

/** Eigenvalues in diagonal order of T, conjugate pairs adjacent, positive imaginary part first. */
export interface Eigenvalues {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The eigenvalues lie side by side, real parts first. */
function reduce(k: Kernels, x: Exports, t: Address, z: Address, n: number, re = room(k, 2 * n)): [Address, Address] {
  const im = re + 8 * n;
  if (x.schur(n, t, z, re, im) !== 0) throw new KernelError("no-convergence", `the QR iteration of a ${n}×${n} matrix did not converge`);
  return [re, im];
}

/** A = Z·T·Zᵀ with standardised 2×2 blocks; the eigenvalues alone when `vectors` is false. Throws KernelError "no-convergence". */
export function factorSchur(a: Float64Array, n: number, vectors = true): { Z: Float64Array; T: Float64Array; values: Eigenvalues } | null {
  const k = kernels();
  if (!k) return null;
  return call(k, (x) => {
    const t = admit(k, a);
    if (t === null) return null;
    const z = vectors ? room(k, n * n) : 0;
    const [re, im] = reduce(k, x, t, z, n);
    const none = new Float64Array(0);
    return { Z: vectors ? take(k, z, n * n) : none, T: vectors ? take(k, t, n * n) : none, values: { re: take(k, re, n), im: take(k, im, n) } };
  });
}

/**
 * Eigenvalues and right eigenvectors (columns, norm 1, a real positive first entry of nearly largest modulus) of D·A·D⁻¹, where D = diag(scale) undid
 * the balancing that made A (null: none). `imag` is null when all eigenvalues are real.
 */
export function eigenGeneral(
  a: Float64Array,
  n: number,
  scale: Float64Array | null,
): { values: Eigenvalues; vectors: Float64Array; imag: Float64Array | null } | null {
  const k = kernels();
  if (!k) return null;
  return call(k, (x) => {
    const t = admit(k, a);
    if (t === null) return null;
    const z = room(k, n * n);
    const out = room(k, 2 * n + 2 * n * n);
    const [re, im] = reduce(k, x, t, z, n, out);
    const d = scale ? put(k, scale) : 0;
    const vr = out + 16 * n;
    const complex = x.schurVectors(n, t, z, re, im, d, vr, vr + 8 * n * n) !== 0;
    const [valuesRe, valuesIm, vectors, imag] = takeParts(k, out, complex ? [n, n, n * n, n * n] : [n, n, n * n]);
    return { values: { re: valuesRe, im: valuesIm }, vectors, imag: imag ?? null };
  });
}
