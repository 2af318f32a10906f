// Ways to start an adapter without looking at the weight or its gradient.

import { gaussian, MathError, type Matrix, orthonormalize, type Random, said, transpose, zeros } from "../linalg/index.js";
import type { Lora } from "./lora.js";

export const loraInits = ["kaiming", "orthogonal"] as const;
export type LoraInit = (typeof loraInits)[number];

/**
 * "kaiming": A uniform in ±1/√n (PyTorch's kaiming_uniform with a = √5), B = 0, as LoRA. "orthogonal": orthonormal columns of A and rows of B from Gaussian draws.
 * Throws "domain" for r < 1, and for "orthogonal" with r > min(n, m). Hu et al. 2021 (arXiv 2106.09685).
 */
export function loraInit(
  n: number,
  m: number,
  r: number,
  random: Random,
  { kind = "kaiming", scale = 1 }: { kind?: LoraInit; scale?: number } = {},
): Lora {
  if (!(Number.isInteger(r) && r >= 1)) throw new MathError("domain", said`an adapter needs rank 1 or more, not ${r}`);
  if (kind === "kaiming") {
    const bound = 1 / Math.sqrt(n);
    return { A: { rows: n, columns: r, data: Float64Array.from({ length: n * r }, () => (2 * random() - 1) * bound) }, B: zeros(r, m), scale };
  }
  if (r > Math.min(n, m)) throw new MathError("domain", said`there are no ${r} orthonormal directions in ${n}×${m}`);
  const z = gaussian(random);
  const basis = (rows: number): Matrix => orthonormalize({ rows, columns: r, data: Float64Array.from({ length: rows * r }, z) });
  return { A: basis(n), B: transpose(basis(m)), scale };
}
