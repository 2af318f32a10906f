// Prefix sums in any monoid, one after the other and by the two classic parallel schemes, and linear recurrences by them.
import { MathError, said } from "../linalg/index.js";

/** An associative product with its neutral element. Order matters: the left factor comes earlier. */
export interface Monoid<T> {
  readonly identity: T;
  readonly combine: (earlier: T, later: T) => T;
}

/** What a scan costs: `rounds` follow one another, `work` products in all. */
export interface ScanResult<T> {
  readonly values: T[];
  readonly rounds: number;
  readonly work: number;
}

export type ScanMethod = "sequential" | "hillis-steele" | "blelloch";

/**
 * The inclusive scan x_0, x_0·x_1, x_0·x_1·x_2, ... of n items.
 * "sequential": n - 1 rounds and products. "hillis-steele": ⌈log₂ n⌉ rounds, about n·log₂ n products (Hillis & Steele 1986).
 * "blelloch": an up-sweep and a down-sweep of ⌈log₂ n⌉ rounds each, about 2n products (Blelloch 1990). All agree for an associative product, up to rounding.
 */
export function scan<T>(items: readonly T[], monoid: Monoid<T>, method: ScanMethod = "sequential"): ScanResult<T> {
  if (items.length === 0) return { values: [], rounds: 0, work: 0 };
  if (method === "sequential") return sequential(items, monoid);
  if (method === "hillis-steele") return hillisSteele(items, monoid);
  if (method === "blelloch") return blelloch(items, monoid);
  throw new MathError("unsupported", said`no scan "${method}"`, "use sequential, hillis-steele or blelloch");
}

function sequential<T>(items: readonly T[], { combine }: Monoid<T>): ScanResult<T> {
  const values = items.slice();
  for (let i = 1; i < values.length; i++) values[i] = combine(values[i - 1], values[i]);
  return { values, rounds: values.length - 1, work: values.length - 1 };
}

function hillisSteele<T>(items: readonly T[], { combine }: Monoid<T>): ScanResult<T> {
  let values = items.slice();
  let rounds = 0;
  let work = 0;
  for (let reach = 1; reach < values.length; reach *= 2, rounds++) {
    const before = values;
    values = before.map((x, i) => (i < reach ? x : combine(before[i - reach], x)));
    work += values.length - reach;
  }
  return { values, rounds, work };
}

function blelloch<T>(items: readonly T[], { identity, combine }: Monoid<T>): ScanResult<T> {
  let size = 1;
  while (size < items.length) size *= 2;
  const tree = Array.from({ length: size }, (_, i) => (i < items.length ? items[i] : identity));
  let rounds = 0;
  let work = 0;
  for (let half = 1; half < size; half *= 2, rounds++)
    for (let i = 2 * half - 1; i < size; i += 2 * half, work++) tree[i] = combine(tree[i - half], tree[i]);
  tree[size - 1] = identity;
  for (let half = size / 2; half >= 1; half /= 2, rounds++)
    for (let i = 2 * half - 1; i < size; i += 2 * half, work++) {
      const left = tree[i - half];
      tree[i - half] = tree[i];
      tree[i] = combine(tree[i], left);
    }
  // The sweeps leave what comes before each item; one more product makes the scan inclusive.
  return { values: items.map((x, i) => combine(tree[i], x)), rounds, work: work + items.length };
}

/** x ↦ a·x + b. */
export interface Affine {
  readonly a: number;
  readonly b: number;
}

/** Composition of affine maps, the earlier first: (a₁, b₁)∘(a₂, b₂) = (a₁a₂, a₂b₁ + b₂); the identity is (1, 0). Associative, not commutative. */
export const affine: Monoid<Affine> = {
  identity: { a: 1, b: 0 },
  combine: (p, q) => ({ a: p.a * q.a, b: q.a * p.b + q.b }),
};

/**
 * x_t = a_t·x_{t-1} + b_t from x_{-1} = x0: a linear recurrence as a scan of affine maps, the start folded into b_0.
 * "sequential" runs the recurrence itself: O(L), no memory but the answer. Throws "length-mismatch".
 */
export function linearScan(a: ArrayLike<number>, b: ArrayLike<number>, x0 = 0, method: ScanMethod = "sequential"): Float64Array {
  if (a.length !== b.length)
    throw new MathError("length-mismatch", said`a linear recurrence needs as many factors as terms, not ${a.length} and ${b.length}`);
  if (method !== "sequential") {
    const maps = Array.from({ length: a.length }, (_, t): Affine => ({ a: a[t], b: t === 0 ? a[0] * x0 + b[0] : b[t] }));
    return Float64Array.from(scan(maps, affine, method).values, (f) => f.b);
  }
  const x = new Float64Array(a.length);
  let last = x0;
  for (let t = 0; t < x.length; t++) x[t] = last = a[t] * last + b[t];
  return x;
}

/** ⌈log₂ L⌉: the rounds of the Hillis-Steele scan of L items. */
export function hillisSteeleRounds(length: number): number {
  let rounds = 0;
  for (let reach = 1; reach < length; reach *= 2) rounds++;
  return rounds;
}
