// LoRA-GA: an adapter whose first step is as near to full fine-tuning as two thin factors allow.

import { add, MathError, type Matrix, multiply, norm, type Random, said, singularValues, subtract, svd, transpose } from "../linalg/index.js";
import { requireAdapterRank } from "./rank.js";

export const loraGaDirections = ["ArB2r", "A2rBr", "ArBr", "random"] as const;
export type LoraGaDirection = (typeof loraGaDirections)[number];
export const loraGaScales = ["unit", "gd", "stable", "weightS"] as const;
export type LoraGaScale = (typeof loraGaScales)[number];

export interface LoraGaOptions {
  /** Which of the first 2r singular pairs go to A and which to B: r and next r, swapped, alternating, or a random split (needs `rng`). All are equally good. */
  readonly direction?: LoraGaDirection;
  /** "unit": orthonormal factors; "gd": divided by s; "stable": times m^(1/4)/√γ; "weightS": times the mean of √(σ_i(W0)/s), i <= r. */
  readonly scale?: LoraGaScale;
  readonly gamma?: number;
  readonly s?: number;
  /** Needed by "weightS" and by `clip`. */
  readonly W0?: Matrix;
  /** Shrink A and B until max|s·A·B| <= max|W0|. */
  readonly clip?: boolean;
  readonly rng?: Random;
}

export interface LoraGa {
  readonly A: Matrix;
  readonly B: Matrix;
  /** min ‖AAᵀG + GBᵀB - G‖_F² = Σ_{i>2r} σ_i². */
  readonly minObjective: number;
  /** The factor both were multiplied by. */
  readonly factor: number;
}

/**
 * A from left, B from right singular vectors of the gradient G (n×m), different pairs for the two: minimises ‖AAᵀG + GBᵀB - G‖_F, the distance of the first SGD step from the full one.
 * With 2r > min(n, m) what exists is used and the rest is zero: the objective is then 0. A·B depends on signs of singular vectors, AAᵀ, BᵀB and the objective do not. O(nm·min(n, m)).
 * Throws "index-out-of-range" for r outside 1..min(n, m), "domain", "nonfinite". Wang et al. 2024 (arXiv 2407.05000); Su, kexue.fm 10226.
 */
export function loraGaInit(G: Matrix, r: number, options: LoraGaOptions = {}): LoraGa {
  const { direction = "ArB2r", scale = "unit", gamma = 16, s = 1, W0, clip = false, rng } = options;
  requireAdapterRank(r, G);
  if (!(s > 0)) throw new MathError("domain", said`the scale must be positive, it is ${s}`);
  if (!(gamma > 0)) throw new MathError("domain", said`gamma must be positive, it is ${gamma}`);
  const f = svd(G);
  const [left, right] = split(direction, r, rng);
  let A = columnsOf(f.U, left);
  let B = transpose(columnsOf(f.V, right));
  let factor = factors[scale]({ r, m: G.columns, gamma, s, W0 });
  if (clip) {
    if (!W0) throw new MathError("domain", "clipping needs the weight W0");
    const size = norm(multiply(A, B), "max") * s * factor * factor;
    if (size > norm(W0, "max")) factor *= Math.sqrt(norm(W0, "max") / size);
  }
  const by = (a: Matrix): Matrix => ({ ...a, data: a.data.map((x) => x * factor) });
  [A, B] = [by(A), by(B)];
  let rest = 0;
  for (let i = f.s.length - 1; i >= 2 * r; i--) rest += f.s[i] ** 2;
  return { A, B, minObjective: rest, factor };
}

/** The singular pairs for A and for B. */
function split(direction: LoraGaDirection, r: number, rng?: Random): [number[], number[]] {
  const all = Array.from({ length: 2 * r }, (_, i) => i);
  if (direction === "A2rBr") return [all.slice(r), all.slice(0, r)];
  // A takes the second, fourth ... pair.
  if (direction === "ArBr") return [all.filter((i) => i % 2 === 1), all.filter((i) => i % 2 === 0)];
  if (direction === "ArB2r") return [all.slice(0, r), all.slice(r)];
  if (!rng) throw new MathError("domain", "a random split needs a generator", "for example rng: mulberry32(1)");
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return [all.slice(0, r), all.slice(r)];
}

/** Columns by place; zero where there are none. */
function columnsOf(a: Matrix, places: readonly number[]): Matrix {
  const k = places.length;
  const data = new Float64Array(a.rows * k);
  for (let i = 0; i < a.rows; i++) for (let j = 0; j < k; j++) data[i * k + j] = places[j] < a.columns ? a.data[i * a.columns + places[j]] : 0;
  return { rows: a.rows, columns: k, data };
}

interface ScaleFacts {
  readonly r: number;
  readonly m: number;
  readonly gamma: number;
  readonly s: number;
  readonly W0?: Matrix;
}

const factors: Record<LoraGaScale, (f: ScaleFacts) => number> = {
  unit: () => 1,
  gd: ({ s }) => 1 / s,
  stable: ({ m, gamma }) => m ** 0.25 / Math.sqrt(gamma),
  weightS: ({ r, s, W0 }) => {
    if (!W0) throw new MathError("domain", "the scale weightS needs the weight W0");
    const values = singularValues(W0).subarray(0, r);
    return values.length === 0 ? 0 : values.reduce((sum, x) => sum + Math.sqrt(x / s), 0) / values.length;
  },
};

/** AAᵀG + GBᵀB beside G: the relative residual ‖· - G‖_F/‖G‖_F and the cosine between both. NaN for a zero gradient. */
export function loraFirstStep(A: Matrix, B: Matrix, G: Matrix): { readonly residual: number; readonly cosine: number } {
  const D = add(multiply(A, multiply(A, G, { a: "transpose" })), multiply(multiply(G, B, { b: "transpose" }), B));
  let dot = 0;
  for (let i = 0; i < D.data.length; i++) dot += D.data[i] * G.data[i];
  const size = norm(G, "fro");
  return { residual: norm(subtract(D, G), "fro") / size, cosine: dot / (norm(D, "fro") * size) };
}
