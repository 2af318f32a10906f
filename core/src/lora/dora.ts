// DoRA: direction by the adapter, length by itself.

import { add, MathError, type Matrix, requireFinite, said, vectorNorm } from "../linalg/index.js";
import { type Lora, loraGradients, loraProduct, requireLora } from "./lora.js";

/** ‖V_{:,j}‖ for each output unit: the magnitudes DoRA starts from, taken of W₀. */
export const doraMagnitude = (v: Matrix): Float64Array =>
  Float64Array.from({ length: v.columns }, (_, j) => vectorNorm(v.data, j, v.rows, v.columns));

interface Parts {
  readonly V: Matrix;
  readonly c: Float64Array;
  /** magnitude_j/c_j; 1 where the column is zero, which has no direction. */
  readonly factor: Float64Array;
}

function parts(w0: Matrix, l: Lora, magnitude: ArrayLike<number>): Parts {
  requireFinite(w0, "DoRA");
  requireLora(l, w0);
  if (magnitude.length !== w0.columns) throw new MathError("length-mismatch", said`${magnitude.length} magnitudes for ${w0.columns} output units`);
  const V = add(w0, loraProduct(l));
  const c = doraMagnitude(V);
  return { V, c, factor: c.map((x, j) => (x === 0 ? 1 : magnitude[j] / x)) };
}

/** W = V·diag(magnitude/‖V_{:,j}‖) with V = W₀ + s·A·B. One magnitude for each output unit (column here; a row in PyTorch). O(nmr). Liu et al. 2024 (arXiv 2402.09353). */
export function doraForward(w0: Matrix, l: Lora, magnitude: ArrayLike<number>): Matrix {
  const { V, factor } = parts(w0, l, magnitude);
  return { ...V, data: V.data.map((x, i) => x * factor[i % V.columns]) };
}

export interface DoraGradients {
  readonly gMag: Float64Array;
  readonly gA: Matrix;
  readonly gB: Matrix;
}

/**
 * Gradients from G = ∂L/∂W: g_mag = Σ_i G_ij V_ij/c_j; through V either with c held fixed (`detach`, §4.3 of the paper and PEFT's default), G·mag/c, or in full,
 * (mag/c)(G - V(GᵀV)_jj/c²). O(nmr).
 */
export function doraGradients(
  w0: Matrix,
  l: Lora,
  magnitude: ArrayLike<number>,
  G: Matrix,
  { detach = true }: { detach?: boolean } = {},
): DoraGradients {
  const { V, c, factor } = parts(w0, l, magnitude);
  requireLora(l, G);
  const m = V.columns;
  const dot = new Float64Array(m);
  G.data.forEach((g, i) => {
    dot[i % m] += g * V.data[i];
  });
  const gMag = dot.map((d, j) => (c[j] === 0 ? 0 : d / c[j]));
  const data = G.data.map((g, i) => {
    const j = i % m;
    return factor[j] * (detach || c[j] === 0 ? g : g - (V.data[i] * dot[j]) / c[j] ** 2);
  });
  const { gA, gB } = loraGradients(l, { ...G, data });
  return { gMag, gA, gB };
}
