// The Fokker-Planck equation on a line: the density of particles that roll down V and are shaken.

import { said } from "../../linalg/index.js";
import { requireSameLength, requireThat, type Vector } from "../guard.js";

export interface FokkerPlanck {
  /** Densities after each sampled number of steps. */
  readonly rho: readonly Vector[];
  /** Σ dx(ρV + Dρ ln ρ) at the start and after each sampled step: it never rises. */
  readonly freeEnergy: readonly number[];
  /** e^{−V/D}, normalised: where it ends. */
  readonly gibbs: Vector;
}

/** The Bernoulli function w/(eʷ−1), without cancellation near 0. */
const bernoulli = (w: number): number => (Math.abs(w) < 1e-12 ? 1 - w / 2 : w / Math.expm1(w));

/** e^{−V/D} with Σ ρ dx = 1. */
export function gibbsDensity(V: ArrayLike<number>, D: number, dx: number): Vector {
  let low = Number.POSITIVE_INFINITY;
  for (let i = 0; i < V.length; i++) low = Math.min(low, V[i] as number);
  const w = Float64Array.from(V, (v) => Math.exp(-(v - low) / D));
  const total = w.reduce((s, v) => s + v, 0) * dx;
  return w.map((v) => v / total);
}

export const freeEnergy = (rho: ArrayLike<number>, V: ArrayLike<number>, D: number, dx: number): number => {
  let s = 0;
  for (let i = 0; i < rho.length; i++) {
    const r = rho[i] as number;
    s += r * (V[i] as number) + (r > 0 ? D * r * Math.log(r) : 0);
  }
  return s * dx;
};

/**
 * ∂ₜρ = ∂ₓ(ρ∂ₓV) + D∂ₓₓρ with no flux at the ends: Scharfetter-Gummel fluxes and backward Euler, one tridiagonal solve a step. O(n) a step.
 * Mass is kept, densities stay positive, the discrete Gibbs density is an exact equilibrium and the free energy falls for any dt.
 * Scharfetter and Gummel 1969; Jordan, Kinderlehrer, Otto 1998 for the energy.
 */
export function fokkerPlanck1d(
  V: ArrayLike<number>,
  dx: number,
  D: number,
  rho0: ArrayLike<number>,
  dt: number,
  steps: number,
  sampleAt: readonly number[],
): FokkerPlanck {
  requireSameLength(V, rho0, "potential and density");
  requireThat(D > 0 && dx > 0 && dt > 0, said`D, dx and dt must be positive; they are ${D}, ${dx} and ${dt}`);
  const n = V.length;
  const k = (dt * D) / (dx * dx);
  // Flux out of cell i to the right: (D/dx)(B(w)ρᵢ − B(−w)ρᵢ₊₁).
  const right = Float64Array.from({ length: n }, (_, i) => (i + 1 < n ? k * bernoulli(((V[i + 1] as number) - (V[i] as number)) / D) : 0));
  const left = Float64Array.from({ length: n }, (_, i) => (i > 0 ? k * bernoulli(-((V[i] as number) - (V[i - 1] as number)) / D) : 0));
  const diagonal = right.map((r, i) => 1 + r + (left[i] as number));
  let rho = Float64Array.from(rho0);
  const wanted = new Set(sampleAt);
  const out: Vector[] = [];
  const energy = [freeEnergy(rho, V, D, dx)];
  for (let step = 1; step <= steps; step++) {
    // Thomas elimination; the matrix is an M-matrix, so no pivoting is needed.
    const c = new Float64Array(n);
    const d = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const lower = i > 0 ? -(right[i - 1] as number) : 0;
      const upper = i + 1 < n ? -(left[i + 1] as number) : 0;
      const pivot = (diagonal[i] as number) - lower * (i > 0 ? (c[i - 1] as number) : 0);
      c[i] = upper / pivot;
      d[i] = ((rho[i] as number) - lower * (i > 0 ? (d[i - 1] as number) : 0)) / pivot;
    }
    const next = new Float64Array(n);
    for (let i = n - 1; i >= 0; i--) next[i] = (d[i] as number) - (c[i] as number) * (i + 1 < n ? (next[i + 1] as number) : 0);
    rho = next;
    if (wanted.has(step)) {
      out.push(rho);
      energy.push(freeEnergy(rho, V, D, dx));
    }
  }
  return { rho: out, freeEnergy: energy, gibbs: gibbsDensity(V, D, dx) };
}
