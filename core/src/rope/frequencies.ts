// The rotation frequencies of rotary position embedding.
import { MathError, said } from "../linalg/index.js";

/** Refuses a head dimension that is not an even whole number. */
export function requireEven(d: number): void {
  if (!Number.isInteger(d) || d < 2 || d % 2 === 1)
    throw new MathError("domain", said`the dimension must be an even whole number, not ${d}`, "RoPE turns pairs of channels");
}

export function requirePositive(value: number, name: string): void {
  if (!(value > 0 && Number.isFinite(value))) throw new MathError("domain", said`${name} must be a positive number, not ${value}`);
}

export function requireWhole(value: number, name: string, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new MathError("domain", said`${name} must be a whole number of at least ${least}, not ${value}`);
}

/** θ_i = base^(-2i/d) for i < d/2: the angle by which pair i turns from one position to the next. Source: RoFormer (arXiv 2104.09864) §3.2.2. */
export function ropeFrequencies(d: number, base = 10000): Float64Array {
  requireEven(d);
  requirePositive(base, "the base");
  return Float64Array.from({ length: d / 2 }, (_, i) => base ** ((-2 * i) / d));
}
