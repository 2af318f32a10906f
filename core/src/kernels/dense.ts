// Products, triangular systems and factorisations on plain row-major arrays. Every function answers false or null where there are no kernels: the caller
// then runs its TypeScript twin. Factorisations answer null for matrices that must be scaled first, too, and throw KernelError "nonfinite".
import { admit, call, copyOut, HELP_PAYS, kernels, put, refresh, room, take } from "./load.js";

/** op(A)·op(B) sizes: C is m×n, the inner size k. A transposed operand is stored k×m (n×k). */
export interface ProductSizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** op(A)·op(B) as a new array. */
export function product(a: Float64Array, b: Float64Array, sizes: ProductSizes): Float64Array | null {
  const k = kernels(sizes.m * sizes.n * sizes.k);
  if (!k) return null;
  const { m, n, k: inner, transposeA, transposeB } = sizes;
  return call(k, (x) => {
    const pa = put(k, a);
    const pb = a === b ? pa : put(k, b);
    const c = room(k, m * n);
    x.gemm(m, n, inner, 1, pa, transposeA ? 1 : inner, transposeA ? m : 1, pb, transposeB ? 1 : n, transposeB ? inner : 1, c, n, 0);
    return take(k, c, m * n);
  });
}

/** The product into an array that is there, or added to it. */
export function productInto(into: Float64Array, a: Float64Array, b: Float64Array, sizes: ProductSizes, add = false): boolean {
  const k = kernels(sizes.m * sizes.n * sizes.k);
  if (!k) return false;
  const { m, n, k: inner, transposeA, transposeB } = sizes;
  call(k, (x) => {
    const pa = put(k, a);
    const pb = a === b ? pa : put(k, b);
    const c = room(k, m * n);
    x.gemm(m, n, inner, 1, pa, transposeA ? 1 : inner, transposeA ? m : 1, pb, transposeB ? 1 : n, transposeB ? inner : 1, c, n, 0);
    copyOut(k, c, into, add);
  });
  return true;
}

/** Blocks of one shape inside a larger array: where each begins, and how far its rows are apart. */
export interface Blocks {
  readonly data: Float64Array;
  readonly starts: ArrayLike<number>;
  readonly stride: number;
}

/** Many small products at once, C[i] = op(A[i])·op(B[i]) (added to C with `add`); the blocks of C fill its array. */
export function productBlocks(c: Blocks, a: Blocks, b: Blocks, sizes: ProductSizes, add = false): boolean {
  const k = kernels();
  if (!k) return false;
  const { m, n, k: inner, transposeA, transposeB } = sizes;
  call(k, (x) => {
    const pa = put(k, a.data);
    const pb = a.data === b.data ? pa : put(k, b.data);
    const pc = room(k, c.data.length);
    const [ar, ac] = transposeA ? [1, a.stride] : [a.stride, 1];
    const [br, bc] = transposeB ? [1, b.stride] : [b.stride, 1];
    for (let i = 0; i < c.starts.length; i++)
      x.gemm(m, n, inner, 1, pa + 8 * a.starts[i], ar, ac, pb + 8 * b.starts[i], br, bc, pc + 8 * c.starts[i], c.stride, 0);
    copyOut(k, pc, c.data, add);
  });
  return true;
}

/** (Ar + i Ai)(Br + i Bi) from four real products on planes that are copied in once; a missing plane is zero. */
export function complexProduct(
  a: readonly [Float64Array, Float64Array | undefined],
  b: readonly [Float64Array, Float64Array | undefined],
  sizes: ProductSizes,
  conjugateA = false,
  conjugateB = false,
): [Float64Array, Float64Array] | null {
  const k = kernels(sizes.m * sizes.n * sizes.k);
  if (!k) return null;
  const { m, n, k: inner, transposeA, transposeB } = sizes;
  return call(k, (x) => {
    const [ar, ai] = a.map((plane) => plane && put(k, plane));
    const [br, bi] = b.map((plane) => plane && put(k, plane));
    const re = room(k, m * n);
    const im = room(k, m * n);
    const times = (alpha: number, p: number, q: number, c: number, accumulate: number) =>
      x.gemm(m, n, inner, alpha, p, transposeA ? 1 : inner, transposeA ? m : 1, q, transposeB ? 1 : n, transposeB ? inner : 1, c, n, accumulate);
    const sa = conjugateA ? -1 : 1;
    const sb = conjugateB ? -1 : 1;
    times(1, ar!, br!, re, 0);
    if (ai && bi) times(-sa * sb, ai, bi, re, 1);
    let written = 0;
    if (bi) {
      times(sb, ar!, bi, im, 0);
      written = 1;
    }
    if (ai) {
      times(sa, ai, br!, im, written);
      written = 1;
    }
    if (!written) return [take(k, re, m * n), new Float64Array(m * n)];
    return [take(k, re, m * n), take(k, im, m * n)];
  });
}

/** The float32 product. */
export function product32(a: Float32Array, b: Float32Array, sizes: ProductSizes): Float32Array | null {
  const k = kernels();
  if (!k) return null;
  const { m, n, k: inner, transposeA, transposeB } = sizes;
  return call(k, (x) => {
    const pa = x.alloc(a.length * 4);
    const pb = x.alloc(b.length * 4);
    const c = x.alloc(m * n * 4);
    refresh(k);
    k.f32.set(a, pa / 4);
    k.f32.set(b, pb / 4);
    x.gemm32(m, n, inner, 1, pa, transposeA ? 1 : inner, transposeA ? m : 1, pb, transposeB ? 1 : n, transposeB ? inner : 1, c, n, 0);
    refresh(k);
    return k.f32.slice(c / 4, c / 4 + m * n);
  });
}

/** Solves with a triangle of order n in place of b (n×w). */
export function solveTriangle(
  t: Float64Array,
  b: Float64Array,
  n: number,
  w: number,
  options: { lower: boolean; unit: boolean; transpose?: boolean },
): boolean {
  const k = kernels(n * n * w, HELP_PAYS.factors);
  if (!k) return false;
  call(k, (x) => {
    const pt = put(k, t);
    const pb = put(k, b);
    const { lower, unit, transpose = false } = options;
    const solve = lower !== transpose ? x.solveLower : x.solveUpper;
    solve(n, w, pt, transpose ? 1 : n, transpose ? n : 1, unit ? 1 : 0, pb, w);
    copyOut(k, pb, b);
  });
  return true;
}

/** P·A = L·U packed; row j was swapped with row pivots[j], in that order. `zeroPivot` is the place of the first zero pivot or -1. */
export function factorLu(a: Float64Array, m: number, n: number): { packed: Float64Array; pivots: Int32Array; zeroPivot: number } | null {
  const k = kernels(m * n * Math.min(m, n), HELP_PAYS.factors);
  if (!k) return null;
  return call(k, (x) => {
    const steps = Math.min(m, n);
    const pa = admit(k, a);
    if (pa === null) return null;
    const pivots = x.alloc(steps * 4);
    const zeroPivot = x.lu(m, n, pa, n, pivots);
    const packed = take(k, pa, m * n);
    return { packed, pivots: k.i32.slice(pivots / 4, pivots / 4 + steps), zeroPivot };
  });
}

/** A solution, unless an exactly zero pivot (its place in `zeroPivot`, else -1) left none. */
export interface Solution {
  readonly x: Float64Array;
  readonly zeroPivot: number;
}

/** A⁻¹·B (n×w) without the factors leaving the kernels. */
export function solveGeneral(a: Float64Array, b: Float64Array, n: number, w: number): Solution | null {
  const k = kernels(n * n * (n + w), HELP_PAYS.factors);
  if (!k) return null;
  return call(k, (x) => {
    const pa = admit(k, a);
    if (pa === null) return null;
    const pb = put(k, b);
    const pivots = x.alloc(n * 4);
    const zeroPivot = x.lu(n, n, pa, n, pivots);
    if (zeroPivot < 0) x.luSolve(n, w, pa, n, pivots, pb, w);
    return { x: take(k, pb, n * w), zeroPivot };
  });
}

/** A⁻¹. */
export function invertGeneral(a: Float64Array, n: number): Solution | null {
  const k = kernels(n ** 3, HELP_PAYS.factors);
  if (!k) return null;
  return call(k, (x) => {
    const pa = admit(k, a);
    if (pa === null) return null;
    const pivots = x.alloc(n * 4);
    const zeroPivot = x.lu(n, n, pa, n, pivots);
    if (zeroPivot < 0) x.luInverse(n, pa, pivots);
    return { x: take(k, pa, n * n), zeroPivot };
  });
}

/** L with A = L·Lᵀ; `failed` is -1, or the order less one of the first leading minor that is not positive, with `pivot` its value there. */
export function factorCholesky(a: Float64Array, n: number): { L: Float64Array; failed: number; pivot: number } | null {
  const k = kernels(n ** 3, HELP_PAYS.factors);
  if (!k) return null;
  return call(k, (x) => {
    const pa = admit(k, a);
    if (pa === null) return null;
    const failed = x.cholesky(n, pa, n);
    const L = take(k, pa, n * n);
    return { L, failed, pivot: failed < 0 ? 0 : L[failed * (n + 1)] };
  });
}
