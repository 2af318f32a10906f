// Dots that a progression explains: 1 + 2 + ⋯ + 10. At least two terms before, an exact hit of the end; never a guess.

import { type Expr, fail, type Range, said } from "../../expr/index.js";
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
  if (n > limit) return fail("too-large", said`the dots stand for ${n} terms, the limit is ${limit}`, range);
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

/**
 * The terms of 1^2 + 2^2 + \cdots + 5^2 or \frac{1}{1\cdot 2} + \frac{1}{2\cdot 3} + \cdots + \frac{1}{9\cdot 10}: one shape with whole numbers in it,
 * each of which stays or counts on by a fixed step, and all reach the last term together. null when that is not the pattern;
 * terms that are single numbers are for `expandDots`.
 */
export function grownTerms(before: readonly Expr[], end: Expr, limit: number, range: Range): Expr[] | null {
  const shapes = [...before, end].map((e) => shapeOf(e));
  const [first] = shapes;
  if (!first || first.text === "#" || shapes.some((s) => !s || s.text !== first.text)) return null;
  const leaves = (shapes as Shape[]).map((s) => s.numbers);
  const last = leaves[leaves.length - 1] as readonly bigint[];
  let count: bigint | null = null;
  const steps: bigint[] = [];
  for (let k = 0; k < last.length; k++) {
    const values = leaves.slice(0, -1).map((l) => l[k] as bigint);
    const step = (values[1] as bigint) - (values[0] as bigint);
    if (values.some((v, i) => v !== (values[0] as bigint) + BigInt(i) * step)) return null;
    const gap = (last[k] as bigint) - (values[0] as bigint);
    if (step === 0n ? gap !== 0n : gap % step !== 0n || (count !== null && count !== gap / step)) return null;
    if (step !== 0n) count = gap / step;
    steps.push(step);
  }
  if (count === null || count < BigInt(before.length)) return null;
  if (count > BigInt(limit)) return fail("too-large", said`the dots stand for ${count} terms, the limit is ${limit}`, range);
  const start = leaves[0] as readonly bigint[];
  return Array.from({ length: Number(count) + 1 }, (_, i) =>
    withNumbers(
      before[0] as Expr,
      start.map((v, k) => v + BigInt(i) * (steps[k] as bigint)),
    ),
  );
}

interface Shape {
  /** The expression with # for every whole number. */
  readonly text: string;
  readonly numbers: readonly bigint[];
}

/** Only sums, products, quotients, powers and signs of numbers and names; null for anything else or too much of it. */
function shapeOf(e: Expr): Shape | null {
  const numbers: bigint[] = [];
  let nodes = 0;
  const walk = (x: Expr): string | null => {
    if (++nodes > 60) return null;
    if (x.kind === "number") {
      if (x.exact?.den !== 1n || x.imaginary) return null;
      numbers.push(x.exact.num);
      return "#";
    }
    if (x.kind === "name") return x.subscript ? null : x.name;
    if (x.kind === "unary") {
      const operand = walk(x.operand);
      return operand && `${x.op}(${operand})`;
    }
    if (x.kind !== "binary") return null;
    const [left, right] = [walk(x.left), walk(x.right)];
    return left && right && `${x.op}(${left},${right})`;
  };
  const text = walk(e);
  return text === null ? null : { text, numbers };
}

/** The expression with other whole numbers in the same places. */
function withNumbers(e: Expr, numbers: readonly bigint[]): Expr {
  let at = 0;
  const walk = (x: Expr): Expr => {
    if (x.kind === "number") {
      const n = numbers[at++] as bigint;
      return { ...x, value: Number(n), exact: { num: n, den: 1n } };
    }
    if (x.kind === "unary") return { ...x, operand: walk(x.operand) };
    if (x.kind !== "binary") return x;
    const left = walk(x.left);
    return { ...x, left, right: walk(x.right) };
  };
  return walk(e);
}
