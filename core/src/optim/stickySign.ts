// Why sign(m) never becomes 0 after a single gradient: gradual underflow stops a few units above zero.

import { MathError, said } from "../linalg/index.js";
import { requireThat } from "./guard.js";

/** The nearest half-precision number (IEEE 754 binary16, ties to even). */
export function f16round(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const size = Math.abs(x);
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  // log2 may round up across a power of two; the unit in the last place then still divides the result.
  const ulp = 2 ** ((size < 2 ** exponent ? exponent - 1 : exponent) - 10);
  const unit = Math.max(ulp, 2 ** -24);
  const q = size / unit;
  const low = Math.floor(q);
  const rounded = (q - low > 0.5 || (q - low === 0.5 && low % 2 === 1) ? low + 1 : low) * unit;
  return Math.sign(x) * (rounded >= 65520 ? Number.POSITIVE_INFINITY : rounded);
}

const round = { float64: (x: number) => x, float32: Math.fround, float16: f16round } as const;
const smallest = { float64: 2 ** -1074, float32: 2 ** -149, float16: 2 ** -24 } as const;

/** A beta this close to 1 would take hours. */
const MOST_STEPS = 1e8;

export type FloatType = keyof typeof round;

/**
 * m ← fl(fl(β)·m) until it repeats or is 0. `steps` counts products, `finalUlps` is the end in units of the smallest subnormal.
 * For β = 0.965 it stops at 14 units in every precision: the sign stays ±1 for ever. Throws MathError "no-convergence" after 10^8 steps. Su, kexue.fm 9736.
 */
export function stickySign(dtype: FloatType, beta: number, m0: number): { steps: number; finalMomentum: number; finalUlps: number } {
  const fl = round[dtype];
  requireThat(fl !== undefined, said`dtype must be float64, float32 or float16, not ${dtype}`);
  requireThat(beta >= 0 && beta < 1, said`beta must be in [0, 1), it is ${beta}`);
  requireThat(Number.isFinite(m0), said`m0 must be finite, it is ${m0}`);
  const b = fl(beta);
  let m = fl(m0);
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    const next = fl(b * m);
    if (next === m || next === 0) return { steps, finalMomentum: next, finalUlps: next / smallest[dtype] };
    m = next;
  }
  throw new MathError("no-convergence", said`the momentum still moves after ${MOST_STEPS} steps of beta ${beta}`, "Take a beta further from 1");
}
