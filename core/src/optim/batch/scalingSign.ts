// The best learning rate of sign updates as the batch grows: it can rise and fall again (the surge).

import { MathError, type Matrix, said } from "../../linalg/index.js";
import { requireSameLength } from "../guard.js";
import { sign } from "../optimizers/optimizer.js";
import { erf } from "./erf.js";
import { noiseTraces } from "./scalingSgd.js";

/** How E sign(g_B) is modelled: exactly for Gaussian components, its algebraic approximation, or with one noise-to-signal ratio for all. */
export type SignMode = "erf" | "algebraic" | "meanfield" | "meanfield2";

export interface SignCurve {
  /** mu[b][i] = E sign of component i at batch b. */
  readonly mu: readonly (readonly number[])[];
  readonly eta: readonly number[];
  readonly deltaL: readonly number[];
}

export interface Surge {
  readonly sumAbsG: number;
  readonly traceH: number;
  readonly offDiag: number;
  readonly kappa2: number;
  readonly etaInf: number;
  readonly deltaLMax: number;
  readonly betaNoise: number | null;
  readonly etaMax: number | null;
  readonly bPeak: number | null;
  readonly bNoise2: number;
}

export interface SignScaling {
  readonly modes: Readonly<Record<SignMode, SignCurve>>;
  readonly surge: Surge;
}

const MODES: Readonly<Record<SignMode, (g: number, s: number, b: number, kappa2: number) => number>> = {
  erf: (g, s, b) => (s === 0 ? sign(g) : erf((g / s) * Math.sqrt(b / 2))),
  algebraic: (g, s, b) => (s === 0 ? sign(g) : g / s / Math.sqrt(Math.PI / (2 * b) + (g / s) ** 2)),
  meanfield: (g, _, b, kappa2) => sign(g) / Math.sqrt(1 + (Math.PI * kappa2) / (2 * b)),
  meanfield2: (g, s, b) => (g === 0 ? 0 : g / Math.sqrt(g * g + (s * s) / b)),
};

/**
 * η* = Σμᵢgᵢ / (Σ Hᵢᵢ + Σ_{i≠j} μᵢμⱼHᵢⱼ) for each model of μ, and the closed form of the mean field with its peak.
 * kappa2 (default tr Σ/gᵀg) is the noise-to-signal ratio of the mean field. When the off-diagonal sum is not positive there is no surge: its entries are null. O(n²) a batch.
 * Li et al. 2024 (arXiv 2405.14578), equations 1 to 18; Su, kexue.fm 10542.
 */
export function scalingSign(g: ArrayLike<number>, sigma: ArrayLike<number>, H: Matrix, batch: readonly number[], kappa2?: number): SignScaling {
  const n = g.length;
  if (H.rows !== n || H.columns !== n)
    throw new MathError("shape-mismatch", said`the Hessian is ${H.rows}×${H.columns}, the gradient has ${n} entries`);
  requireSameLength(g, sigma, "gradient and noise");
  const h = (i: number, j: number) => H.data[i * n + j] as number;
  let [A, D, O, gg] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const gi = g[i] as number;
    A += Math.abs(gi);
    D += h(i, i);
    gg += gi * gi;
    for (let j = 0; j < n; j++) if (j !== i) O += sign(gi * (g[j] as number)) * h(i, j);
  }
  const k2 = kappa2 ?? noiseTraces(sigma, H)[0] / gg;
  const curve = (mode: SignMode): SignCurve => {
    const mu = batch.map((b) => Array.from({ length: n }, (_, i) => MODES[mode](g[i] as number, sigma[i] as number, b, k2)));
    const at = mu.map((m) => {
      let [top, bottom] = [0, D];
      for (let i = 0; i < n; i++) {
        top += (m[i] as number) * (g[i] as number);
        for (let j = 0; j < n; j++) if (j !== i) bottom += (m[i] as number) * (m[j] as number) * h(i, j);
      }
      return [top / bottom, top ** 2 / (2 * bottom)] as const;
    });
    return { mu, eta: at.map(([eta]) => eta), deltaL: at.map(([, dl]) => dl) };
  };
  const b2 = O > 0 ? D / O : null;
  return {
    modes: { erf: curve("erf"), algebraic: curve("algebraic"), meanfield: curve("meanfield"), meanfield2: curve("meanfield2") },
    surge: {
      sumAbsG: A,
      traceH: D,
      offDiag: O,
      kappa2: k2,
      etaInf: A / (D + O),
      deltaLMax: A ** 2 / (2 * (D + O)),
      betaNoise: b2 === null ? null : Math.sqrt(b2),
      etaMax: b2 === null ? null : A / (2 * Math.sqrt(D * O)),
      bPeak: b2 === null || b2 >= 1 ? null : (Math.PI * k2 * b2) / (2 * (1 - b2)),
      bNoise2: (Math.PI * k2 * D) / (2 * (D + O)),
    },
  };
}
