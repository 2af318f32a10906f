// The numbers an adapter is scaled by.

import { MathError, said } from "../linalg/index.js";

/** s = α/r (LoRA) or α/√r (rsLoRA, arXiv 2312.03732: outputs keep their size as r grows). Throws "domain" for r < 1. */
export function loraScaling(alpha: number, r: number, kind: "lora" | "rslora" = "lora"): number {
  if (!(Number.isInteger(r) && r >= 1)) throw new MathError("domain", said`an adapter needs rank 1 or more, not ${r}`);
  return alpha / (kind === "rslora" ? Math.sqrt(r) : r);
}

/**
 * η_B/η_A of LoRA+ for an n×m weight: `su` = (n/m)√(n/r), from equal contributions of A and B to a stable change (Su, kexue.fm 10001); `order` = √n, how it grows.
 * The paper (arXiv 2402.12354) argues Θ(n) and uses about 16; nothing here is applied by itself. Throws "domain" for sizes below 1.
 */
export function loraPlusRatio(n: number, m: number, r: number): { readonly su: number; readonly order: number } {
  for (const [name, x] of [
    ["n", n],
    ["m", m],
    ["r", r],
  ] as const)
    if (!(Number.isInteger(x) && x >= 1)) throw new MathError("domain", said`${name} must be a whole number from 1 on, it is ${x}`);
  return { su: (n / m) * Math.sqrt(n / r), order: Math.sqrt(n) };
}
