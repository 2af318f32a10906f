// Gaussian test matrices from a uniform generator.

import { gaussian, MathError, type Matrix, type Random, said } from "../linalg/index.js";

/** A rows×columns matrix of standard normal numbers (Box and Muller). */
export function gaussianMatrix(rows: number, columns: number, random: Random): Matrix {
  const z = gaussian(random);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, z) };
}

/** What a routine needs when neither the random object nor a generator was given. */
export function needRandom(random: Random | undefined, what: string): Random {
  if (!random) throw new MathError("domain", said`${what} needs the random numbers: pass them or a generator`, "for example rng: mulberry32(1)");
  return random;
}
