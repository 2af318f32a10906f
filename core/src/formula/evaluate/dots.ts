// Dots that a progression explains: 1 + 2 + ⋯ + 10. At least two terms before, an exact hit of the end; never a guess.

import { fail, type Range } from "../../expr/index.js";
import { add, divide, equal, isZero, multiply, one, re, type Scalar, subtract, toInteger } from "./scalar.js";

/** The terms from the first one before the dots to the first one after, dots filled in. */
export function expandDots(before: readonly Scalar[], after: readonly Scalar[], limit: number, range: Range): Scalar[] {
  const unclear = (): never =>
    fail(
      "unresolved-ellipsis",
      "the terms around the dots are no arithmetic, geometric or reciprocal progression that ends where the dots do",
      range,
      "Write out more terms, or use a sum with bounds",
    );
  const end = after[0];
  if (before.length < 2 || !end) return unclear();
  const filled = arithmetic(before, end, limit, range) ?? geometric(before, end, limit, range) ?? reciprocal(before, end, limit, range);
  return filled ? [...filled, ...after.slice(1)] : unclear();
}

const close = (a: Scalar, b: Scalar): boolean =>
  equal(a, b) || (a.kind === "real" || b.kind === "real" ? Math.abs(re(a) - re(b)) <= 1e-12 * Math.max(1, Math.abs(re(a))) : false);

function arithmetic(before: readonly Scalar[], end: Scalar, limit: number, range: Range): Scalar[] | null {
  const [first, second] = [before[0] as Scalar, before[1] as Scalar];
  const step = subtract(second, first);
  if (isZero(step)) return null;
  for (let k = 2; k < before.length; k++) if (!close(subtract(before[k] as Scalar, before[k - 1] as Scalar), step)) return null;
  const steps = divide(subtract(end, first), step);
  const n = steps.kind === "real" && Math.abs(steps.value - Math.round(steps.value)) < 1e-9 ? Math.round(steps.value) : toInteger(steps);
  if (n === null || n < before.length) return null;
  if (n > limit) return fail("too-large", `the dots stand for ${n} terms, the limit is ${limit}`, range);
  return Array.from({ length: n + 1 }, (_, k) => add(first, multiply({ kind: "rational", num: BigInt(k), den: 1n }, step)));
}

function geometric(before: readonly Scalar[], end: Scalar, limit: number, range: Range): Scalar[] | null {
  const [first, second] = [before[0] as Scalar, before[1] as Scalar];
  if (isZero(first) || isZero(second)) return null;
  const ratio = divide(second, first);
  if (equal(ratio, one)) return null;
  for (let k = 2; k < before.length; k++)
    if (isZero(before[k - 1] as Scalar) || !close(divide(before[k] as Scalar, before[k - 1] as Scalar), ratio)) return null;
  const terms = [...before];
  const size = Math.abs(re(ratio));
  if (size === 1) return null;
  // The sizes are monotone: stop once the end is passed.
  for (;;) {
    const next = multiply(terms[terms.length - 1] as Scalar, ratio);
    terms.push(next);
    if (close(next, end)) return terms;
    const passed = size > 1 ? Math.abs(re(next)) > Math.abs(re(end)) : Math.abs(re(next)) < Math.abs(re(end));
    if (passed || !Number.isFinite(re(next))) return null;
    if (terms.length > Math.min(limit, 100_000)) return fail("too-large", "the dots stand for too many terms", range);
  }
}

function reciprocal(before: readonly Scalar[], end: Scalar, limit: number, range: Range): Scalar[] | null {
  if ([...before, end].some(isZero)) return null;
  const flip = (s: Scalar) => divide(one, s);
  return arithmetic(before.map(flip), flip(end), limit, range)?.map(flip) ?? null;
}
