// LoRA-Pro: gradients of the factors that together move the weight as full fine-tuning would.

import {
  add,
  MathError,
  type Matrix,
  multiply,
  said,
  scale,
  selectColumns,
  shapeText,
  subtract,
  svd,
  sylvester,
  transpose,
} from "../linalg/index.js";
import { type Lora, type LoraGradients, requireLora } from "./lora.js";

export const loraProModes = ["zero", "symmetric", "sylvester"] as const;
export type LoraProMode = (typeof loraProModes)[number];

export interface LoraPro {
  readonly HA: Matrix;
  readonly HB: Matrix;
  /** s(H_A·B + A·H_B) = P_A·G + G·P_B - P_A·G·P_B: the projection of G on the tangent space of the rank-r matrices at A·B; the same in every mode. n×m. */
  readonly equivalent: () => Matrix;
  /** ⟨G_A, H_A⟩ + ⟨G_B, H_B⟩ = ‖equivalent‖_F² >= 0: the first-order fall of the loss, per unit step. */
  readonly descent: number;
  /** ‖H_A - G_A‖² + ‖H_B - G_B‖². */
  readonly changeSq: number;
}

/** (MᵀM)⁺ and an orthonormal basis of the range, from the SVD of M: the Gram matrix, which squares the condition, is never formed. */
function gramInverse(m: Matrix, rcond: number): { inverse: Matrix; basis: Matrix } {
  const f = svd(m);
  const kept = Array.from(f.s.keys()).filter((i) => f.s[i] > 0 && f.s[i] ** 2 > rcond * f.s[0] ** 2);
  const V = selectColumns(f.V, kept);
  const k = kept.length;
  const scaled = { ...V, data: V.data.map((x, i) => x / f.s[kept[i % k]]) };
  return { inverse: multiply(scaled, scaled, { b: "transpose" }), basis: selectColumns(f.U, kept) };
}

const dot = (a: Matrix, b: Matrix): number => a.data.reduce((sum, x, i) => sum + x * b.data[i], 0);

/**
 * H_A = s⁻²G_A(BBᵀ)⁺ + A·C, H_B = s⁻²(AᵀA)⁺G_B(I - B⁺B) - C·B minimise ‖s(H_A·B + A·H_B) - G‖_F from G_A, G_B alone; C is free:
 * "zero" C = 0; "symmetric" least ‖H_A·B - A·H_B‖; "sylvester" least change of the gradients, the paper's choice.
 * Singular Gram matrices take the pseudo-inverse, relative cut `rcond`: at B = 0, H_A = 0 and H_B = A⁺G/s. O((n + m)r² + r³).
 * Throws "shape-mismatch", "domain" for s = 0, "nonfinite". Wang & Liang 2024 (arXiv 2407.18242), theorems 2.1 to 2.3; Su, kexue.fm 10266.
 */
export function loraProAdjust(
  l: Lora,
  { gA, gB }: LoraGradients,
  { mode = "sylvester", rcond = 1e-10 }: { mode?: LoraProMode; rcond?: number } = {},
): LoraPro {
  requireLora(l);
  const { A, B, scale: s } = l;
  if (s === 0) throw new MathError("domain", "LoRA-Pro needs a scale that is not 0");
  if (gA.rows !== A.rows || gA.columns !== A.columns || gB.rows !== B.rows || gB.columns !== B.columns)
    throw new MathError("shape-mismatch", said`gradients ${shapeText(gA)}, ${shapeText(gB)} do not fit factors ${shapeText(A)}, ${shapeText(B)}`);
  const a = gramInverse(A, rcond);
  const b = gramInverse(transpose(B), rcond);
  const over = 1 / (s * s);
  const GA = scale(multiply(gA, b.inverse), over);
  const GB = scale(multiply(a.inverse, gB), over);
  const C = corrections[mode]({ A, B, GA, GB, bInverse: b.inverse });
  // (I - B⁺B) applied from the right, by the basis of B's rows.
  const outside = subtract(GB, multiply(multiply(GB, b.basis), b.basis, { b: "transpose" }));
  const HA = C ? add(GA, multiply(A, C)) : GA;
  const HB = C ? subtract(outside, multiply(C, B)) : outside;
  return {
    HA,
    HB,
    equivalent: () => scale(add(multiply(HA, B), multiply(A, HB)), s),
    descent: dot(gA, HA) + dot(gB, HB),
    changeSq: [subtract(HA, gA), subtract(HB, gB)].reduce((sum, d) => sum + dot(d, d), 0),
  };
}

interface Correction {
  readonly A: Matrix;
  readonly B: Matrix;
  /** s⁻²G_A(BBᵀ)⁺ and s⁻²(AᵀA)⁺G_B. */
  readonly GA: Matrix;
  readonly GB: Matrix;
  readonly bInverse: Matrix;
}

const corrections: Record<LoraProMode, (c: Correction) => Matrix | null> = {
  zero: () => null,
  symmetric: ({ B, GB, bInverse }) => scale(multiply(multiply(GB, B, { b: "transpose" }), bInverse), -0.5),
  sylvester: ({ A, B, GA }) =>
    sylvester(multiply(A, A, { a: "transpose" }), multiply(B, B, { b: "transpose" }), scale(multiply(A, GA, { a: "transpose" }), -1), {
      semidefinite: true,
    }),
};
