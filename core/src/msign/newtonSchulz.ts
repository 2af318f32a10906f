// Newton-Schulz iteration for the matrix sign: products only, no factorisation.

import { MathError, type Matrix, multiply, norm, said, transpose } from "../linalg/index.js";
import { type ScheduleName, schedules, type Triple, tripleAt } from "./schedules.js";

export interface NewtonSchulzOptions {
  readonly schedule?: ScheduleName | readonly Triple[];
  readonly steps?: number;
  /** Added to the norm before dividing, so that a zero matrix stays zero. */
  readonly eps?: number;
  /** What the matrix is divided by: Frobenius norm, its estimate from the first squared Gram matrix (tighter, nearly free), or the spectral norm. */
  readonly norm?: "fro" | "schatten8" | "spectral";
}

const combine = (x: Matrix, a: number, y: Matrix, b: number): Matrix => ({
  rows: x.rows,
  columns: x.columns,
  data: x.data.map((v, i) => a * v + b * (y.data[i] as number)),
});

/**
 * X ← aX + (bS + cS²)X with S = XXᵀ, on the side with fewer rows, from X₀ = A/(‖A‖ + eps). Acts on singular values only: A = UΣVᵀ goes to U g(Σ) Vᵀ.
 * About steps·(4r²c + 2r³) flops, r = min(m, n), c = max(m, n). Throws MathError "nonfinite", "domain" for an unknown or empty schedule or a bad number of steps.
 * K. Jordan et al. 2024 (Muon); schatten8 normalisation: Su, kexue.fm 10922.
 */
export function newtonSchulz(a: Matrix, options: NewtonSchulzOptions = {}): Matrix {
  const { schedule: given = "keller-jordan", steps = 5, eps = 1e-7, norm: which = "fro" } = options;
  const schedule: readonly Triple[] | undefined =
    typeof given === "string" ? (Object.hasOwn(schedules, given) ? schedules[given] : undefined) : given;
  if (!schedule || schedule.length === 0)
    throw new MathError("domain", said`no schedule ${String(given)}; there are ${Object.keys(schedules).join(", ")}`);
  if (!(Number.isInteger(steps) && steps >= 0)) throw new MathError("domain", said`steps must be a whole number, at least 0, not ${steps}`);
  for (const v of a.data) if (!Number.isFinite(v)) throw new MathError("nonfinite", "newtonSchulz needs finite entries");
  if (a.rows > a.columns) return transpose(newtonSchulz(transpose(a), options));
  const size = (which === "spectral" ? norm(a, 2) : norm(a, "fro")) + eps;
  let x: Matrix = { rows: a.rows, columns: a.columns, data: a.data.map((v) => v / size) };
  for (let k = 0; k < steps; k++) {
    const [p, q, r] = tripleAt(schedule, k);
    let s = multiply(x, transpose(x));
    let s2 = multiply(s, s);
    if (k === 0 && which === "schatten8") {
      // ‖S²‖_F^{1/4} bounds σ₁ of X more tightly than ‖X‖_F does; rescaling S and S² saves a product.
      const tight = norm(s2, "fro") ** 0.25;
      if (tight > 0) {
        const scaled = (m: Matrix, by: number): Matrix => ({ ...m, data: m.data.map((v) => v / by) });
        x = scaled(x, tight);
        s = scaled(s, tight ** 2);
        s2 = scaled(s2, tight ** 4);
      }
    }
    x = combine(x, p, multiply(combine(s, q, s2, r), x), 1);
  }
  return x;
}
