// Factorisations with orthogonal factors on plain row-major arrays. Each answers null where there are no kernels or the matrix must be scaled first,
// and throws KernelError "nonfinite".
import { KernelError } from "./error.js";
import { admit, call, HELP_PAYS, kernels, room, TOGETHER, take, takeParts } from "./load.js";

/** A (m×n) = Q·R. Thin: Q m×k, R k×n with k = min(m, n); full: Q m×m, R m×n. R's diagonal has either sign. */
export function factorQr(a: Float64Array, m: number, n: number, full = false): { Q: Float64Array; R: Float64Array } | null {
  const k = kernels(m * n * Math.min(m, n), HELP_PAYS.qr);
  if (!k) return null;
  return call(k, (x) => {
    const count = Math.min(m, n);
    const q = full ? m : count;
    const pa = admit(k, a);
    if (pa === null) return null;
    const r = room(k, count * n);
    const pq = room(k, m * q);
    x.qr(m, n, pa, r, pq, q);
    return { Q: take(k, pq, m * q), R: padRows(take(k, r, count * n), count, q, n) };
  });
}

const padRows = (x: Float64Array, have: number, want: number, columns: number): Float64Array => {
  if (have === want) return x;
  const out = new Float64Array(want * columns);
  out.set(x);
  return out;
};

/** What column-pivoted QR found. Q has `width` columns, R as many rows, `made` of them final (and no others when `steps` ended it). */
export interface PivotedFactors {
  readonly Q: Float64Array;
  readonly R: Float64Array;
  readonly permutation: Int32Array;
  readonly made: number;
}

/** A with its columns in the order `permutation` = Q·R; stops after `steps` columns or before one of norm <= tolerance. `Q` is empty when not wanted. */
export function factorPivotedQr(
  a: Float64Array,
  m: number,
  n: number,
  options: { width: number; steps?: number; tolerance?: number; wantQ?: boolean },
): PivotedFactors | null {
  const k = kernels(m * n * Math.min(m, n), HELP_PAYS.factors);
  if (!k) return null;
  const { width, steps = Infinity, tolerance = 0, wantQ = true } = options;
  return call(k, (x) => {
    const count = Math.min(m, n);
    const q = wantQ ? width : 0;
    const pa = admit(k, a);
    if (pa === null) return null;
    const r = room(k, count * n);
    const pq = room(k, m * q);
    const p = x.alloc(n * 4);
    const made = x.pivotedQr(m, n, pa, r, pq, q, p, Math.min(steps, count), tolerance);
    const have = Math.min(width, count);
    return { Q: take(k, pq, m * q), R: padRows(take(k, r, have * n), have, width, n), permutation: k.i32.slice(p / 4, p / 4 + n), made };
  });
}

const converged = (code: number, what: string) => {
  if (code !== 0) throw new KernelError("no-convergence", `${what} did not converge: are all entries finite?`);
};

/**
 * Eigenvalues (ascending) and vectors (columns) of a symmetric matrix; only the lower triangle is read. In each vector the first entry of
 * (nearly) largest magnitude is positive. Throws KernelError "no-convergence".
 */
export function eigenSymmetric(a: Float64Array, n: number, vectors = true): { values: Float64Array; vectors: Float64Array | null } | null {
  const k = kernels();
  if (!k) return null;
  return call(k, (x) => {
    const pa = admit(k, a);
    if (pa === null) return null;
    const d = room(k, n);
    const gap = (d - pa) / 8;
    converged(x.symmetricEigen(n, pa, d, vectors ? 1 : 0), `the symmetric eigenvalue iteration of a ${n}×${n} matrix`);
    if (vectors) {
      const signs = room(k, n);
      x.leadingSigns(n, n, pa, signs);
      x.scaleColumns(n, n, pa, signs);
    }
    if (!vectors) return { values: take(k, d, n), vectors: null };
    if (gap + n > TOGETHER) return { values: take(k, d, n), vectors: take(k, pa, n * n) };
    const both = take(k, pa, gap + n);
    return { values: both.subarray(gap), vectors: both.subarray(0, n * n) };
  });
}

export interface SingularFactors {
  /** m×k, or m×m when full. */
  readonly U: Float64Array;
  /** k = min(m, n) values, descending. */
  readonly s: Float64Array;
  /** n×k, or n×n when full. */
  readonly V: Float64Array;
}

/**
 * A (m×n) = U·diag(s)·Vᵀ. In each column of U (of V beyond U's width) the first entry of (nearly) largest magnitude is positive.
 * Throws KernelError "no-convergence".
 */
export function factorSvd(a: Float64Array, m: number, n: number, full = false): SingularFactors | null {
  const k = kernels();
  if (!k) return null;
  return call(k, (x) => {
    const count = Math.min(m, n);
    const left = full ? m : count;
    const right = full ? n : count;
    const pa = admit(k, a);
    if (pa === null) return null;
    const lengths = [m * left, count, n * right];
    const u = room(k, m * left + count + n * right);
    const d = u + 8 * m * left;
    const v = d + 8 * count;
    converged(x.svd(m, n, pa, u, d, v, full ? 1 : 0), `the singular value iteration of a ${m}×${n} matrix`);
    const signs = room(k, Math.max(left, right));
    if (right > left) x.leadingSigns(n, right, v, signs);
    x.leadingSigns(m, left, u, signs);
    x.scaleColumns(m, left, u, signs);
    x.scaleColumns(n, right, v, signs);
    const [U, s, V] = takeParts(k, u, lengths);
    return { U, s, V };
  });
}

/** The singular values alone, descending. */
export function singularValuesOf(a: Float64Array, m: number, n: number): Float64Array | null {
  const k = kernels();
  if (!k) return null;
  return call(k, (x) => {
    const pa = admit(k, a);
    if (pa === null) return null;
    const d = room(k, Math.min(m, n));
    converged(x.svd(m, n, pa, 0, d, 0, 0), `the singular value iteration of a ${m}×${n} matrix`);
    return take(k, d, Math.min(m, n));
  });
}
