// Refusals at the door of the optimisation room, with the value in the message.

import { MathError, type Sentence, said } from "../linalg/index.js";

/** A vector of parameters or a gradient. */
export type Vector = Float64Array;

export function requireThat(ok: boolean, message: Sentence): void {
  if (!ok) throw new MathError("domain", message);
}

export function requireSameLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>, what: string): void {
  if (a.length !== b.length) throw new MathError("shape-mismatch", said`${what}: lengths ${a.length} and ${b.length} differ`);
  if (a.length === 0) throw new MathError("shape-mismatch", said`${what}: an empty vector`);
}

/** Learning rate (>= 0) and decay factors (in [0, 1)). */
export function requireHyper(lr: number, factors: Readonly<Record<string, number>>): void {
  requireThat(lr >= 0, said`the learning rate must not be negative, it is ${lr}`);
  for (const [name, v] of Object.entries(factors)) requireThat(v >= 0 && v < 1, said`${name} must be in [0, 1), it is ${v}`);
}

export const isFiniteVector = (x: ArrayLike<number>): boolean => {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i] as number)) return false;
  return true;
};

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += (a[i] as number) * (b[i] as number);
  return s;
};

/** √(Σx²), scaled so that it neither overflows nor underflows. */
export function norm2(x: ArrayLike<number>): number {
  let top = 0;
  for (let i = 0; i < x.length; i++) top = Math.max(top, Math.abs(x[i] as number));
  if (top === 0 || !Number.isFinite(top)) return top;
  let s = 0;
  for (let i = 0; i < x.length; i++) s += ((x[i] as number) / top) ** 2;
  return top * Math.sqrt(s);
}
