// The low-rank adapter: a frozen weight plus a product of two thin factors.

import { add, MathError, type Matrix, multiply, requireFinite, said, scale, shapeText, subtract } from "../linalg/index.js";

/**
 * W = (W₀ - s·A₀B₀) + s·A·B in the orientation Y = XW: W is n×m (n inputs), A n×r, B r×m.
 * PyTorch and PEFT store the transposes: A = lora_Aᵀ, B = lora_Bᵀ.
 */
export interface Lora {
  readonly A: Matrix;
  readonly B: Matrix;
  readonly scale: number;
}

/** Refuses factors that do not make an n×m product of rank >= 1. */
export function requireLora({ A, B, scale: s }: Lora, weight?: Matrix): void {
  requireFinite(A, "the adapter");
  requireFinite(B, "the adapter");
  if (A.columns < 1) throw new MathError("domain", "an adapter needs rank 1 or more");
  if (A.columns !== B.rows) throw new MathError("shape-mismatch", said`factors ${shapeText(A)} and ${shapeText(B)} do not multiply`);
  if (!Number.isFinite(s)) throw new MathError("domain", said`the scale must be finite, it is ${s}`);
  if (weight && (weight.rows !== A.rows || weight.columns !== B.columns))
    throw new MathError("shape-mismatch", said`an adapter of ${A.rows}×${B.columns} does not fit a weight of ${shapeText(weight)}`);
}

/** s·A·B. O(nmr). */
export function loraProduct(l: Lora): Matrix {
  requireLora(l);
  return scale(multiply(l.A, l.B), l.scale);
}

/** The frozen part W₀ - s·A₀B₀, so that training starts at W₀ whatever A₀ and B₀ are. */
export const loraFrozen = (w0: Matrix, init: Lora): Matrix => {
  requireLora(init, w0);
  return subtract(w0, loraProduct(init));
};

/** (W₀ - s·A₀B₀) + s·A·B: the weight the adapter stands for. O(nmr). */
export const loraMerge = (w0: Matrix, init: Lora, current: Lora): Matrix => {
  requireLora(current, w0);
  return add(loraFrozen(w0, init), loraProduct(current));
};

export interface LoraGradients {
  readonly gA: Matrix;
  readonly gB: Matrix;
}

/** G_A = s·GBᵀ, G_B = s·AᵀG from G = ∂L/∂W. O(nmr). */
export function loraGradients(l: Lora, G: Matrix): LoraGradients {
  requireLora(l, G);
  requireFinite(G, "the gradient");
  return {
    gA: scale(multiply(G, l.B, { b: "transpose" }), l.scale),
    gB: scale(multiply(l.A, G, { a: "transpose" }), l.scale),
  };
}

/** s²(AAᵀG + GBᵀB): the direction in which one small SGD step on A and B moves W. */
export function loraEquivalentGradient(l: Lora, G: Matrix): Matrix {
  const { gA, gB } = loraGradients(l, G);
  return scale(add(multiply(gA, l.B), multiply(l.A, gB)), l.scale);
}

/** What of the adapter's scale or rank makes learning impossible or odd, in words; empty when nothing does. */
export const loraWarnings = (l: Lora): string[] => (l.scale === 0 ? ["the scale is 0: the adapter never changes the weight"] : []);
