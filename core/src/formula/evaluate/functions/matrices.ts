// Named matrices by a rule for their entries, and triangles.

import { type ArrayValue, fail, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { checkCells, dims, entries, entry, fromScalars, identity, maxExactCells, scalarOf, shapeText, tabulated } from "../array.js";
import { elementwise, entryOperations } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import { kronecker } from "../product.js";
import * as s from "../scalar.js";
import { integerOf, sizes, toArray } from "./arguments.js";

type Scalar = s.Scalar;

const triangle = (name: string, aliases: readonly string[], keep: (i: number, j: number, k: number) => boolean): FormulaFunction => ({
  name,
  aliases,
  arity: [1, 2],
  apply: ([v, second], named, call) => {
    const d = v?.kind === "array" ? dims(v) : null;
    if (v?.kind !== "array" || !d) return fail("unsupported", said`${name} of ${shapeText(v as Value)}`, call.range);
    const k = integerOf(second ?? named["k"] ?? named["diagonal"], 0, call.range);
    return tabulated(v.shape, (p) => (keep(Math.floor(p / d[1]), p % d[1], k) ? entry(v, p) : s.zero));
  },
});

/** A matrix from a rule for its entry (i, j); `fill` makes matrices that are too large for exact entries, in floating point. */
const generated = (
  name: string,
  aliases: readonly string[],
  rule: (i: number, j: number, n: number) => Scalar,
  fill: (data: Float64Array, columns: number) => void,
): FormulaFunction => ({
  name,
  aliases,
  arity: [1, 2],
  apply: (args, _n, call, context) => {
    const [n, m = n] = sizes(args, call) as [number, number?];
    checkCells([n, m], context, call.range);
    if (n * m > maxExactCells) {
      const data = new Float64Array(n * m);
      fill(data, m);
      return { kind: "array", shape: [n, m], data };
    }
    const out: Scalar[] = [];
    for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out.push(rule(i, j, n));
    return fromScalars([n, m], out);
  },
});

/** A matrix from vectors and a rule. */
const fromVectors = (
  name: string,
  aliases: readonly string[],
  arity: readonly [number, number],
  build: (c: readonly Scalar[], r: readonly Scalar[], context: Context) => ArrayValue,
): FormulaFunction => ({
  name,
  aliases,
  arity,
  apply: ([v, w], _n, call, context) => {
    const list = (x: Value | undefined) => (x?.kind === "array" ? entries(x) : x ? [scalarOf(x) ?? s.zero] : []);
    const c = list(v);
    const r = w === undefined ? c : list(w);
    checkCells([c.length, Math.max(r.length, c.length)], context, call.range);
    return build(c, r, context);
  },
});

const grid = (m: number, n: number, f: (i: number, j: number) => Scalar): ArrayValue => tabulated([m, n], (k) => f(Math.floor(k / n), k % n));

const pascal = (i: number, j: number): Scalar => {
  let c = 1n;
  for (let k = 1; k <= i; k++) c = (c * BigInt(j + k)) / BigInt(k);
  return s.integer(c);
};

/** Pascal's triangle by its sums; entries beyond float64 are infinite. */
function pascalSums(data: Float64Array, columns: number): void {
  for (let p = 0; p < data.length; p++) data[p] = p < columns || p % columns === 0 ? 1 : data[p - 1] + data[p - columns];
}

/** The parity of the common bits of i and j. */
function commonParity(i: number, j: number): number {
  let odd = 0;
  for (let x = i & j; x > 0; x >>= 1) odd ^= x & 1;
  return odd;
}

const byEntry =
  (rule: (i: number, j: number) => number) =>
  (data: Float64Array, columns: number): void => {
    for (let i = 0, p = 0; p < data.length; i++) for (let j = 0; j < columns; j++, p++) data[p] = rule(i, j);
  };

/** MATLAB's magic squares: odd, doubly even and singly even orders. */
function magic(n: number): number[] {
  const out = new Array<number>(n * n).fill(0);
  const at = (i: number, j: number) => i * n + j;
  if (n % 2 === 1) {
    // De la Loubère's staircase, in the orientation MATLAB prints.
    for (let t = 0; t < n * n; t++) {
      const step = Math.floor(t / n);
      const column = (t + 1 - step + (n - 3) / 2) % n;
      out[at((n * n - t + 2 * step) % n, column < 0 ? column + n : column)] = t + 1;
    }
  } else if (n % 4 === 0) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const x = i * n + j + 1;
        out[at(i, j)] = Math.floor(((i + 1) % 4) / 2) === Math.floor(((j + 1) % 4) / 2) ? n * n + 1 - x : x;
      }
  } else {
    const p = n / 2;
    const small = magic(p);
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) {
        const x = small[i * p + j] as number;
        out[at(i, j)] = x;
        out[at(i + p, j + p)] = x + p * p;
        out[at(i, j + p)] = x + 2 * p * p;
        out[at(i + p, j)] = x + 3 * p * p;
      }
    const k = (n - 2) / 4;
    for (let i = 0; i < p; i++)
      for (let j = 0; j < n; j++) {
        const swap = j < k ? !(i === k && j === 0) : j > n - k || (i === k && j === k);
        if (swap) {
          const t = out[at(i, j)] as number;
          out[at(i, j)] = out[at(i + p, j)] as number;
          out[at(i + p, j)] = t;
        }
      }
  }
  return out;
}

export const matrices: readonly FormulaFunction[] = [
  triangle("triu", ["UpperTriangularize"], (i, j, k) => j - i >= k),
  triangle("tril", ["LowerTriangularize"], (i, j, k) => j - i <= k),
  generated(
    "hilbert",
    ["hilb", "HilbertMatrix"],
    (i, j) => ({ kind: "rational", num: 1n, den: BigInt(i + j + 1) }),
    byEntry((i, j) => 1 / (i + j + 1)),
  ),
  generated("pascal", [], pascal, pascalSums),
  generated(
    "hadamard",
    [],
    (i, j) => s.integer(commonParity(i, j) ? -1 : 1),
    byEntry((i, j) => (commonParity(i, j) ? -1 : 1)),
  ),
  {
    name: "magic",
    arity: [1, 1],
    apply: (args, _n, call, context) => {
      const [n] = sizes(args, call) as [number];
      checkCells([n, n], context, call.range);
      const numbers = n === 2 ? [4, 3, 1, 2] : magic(n);
      return tabulated([n, n], (k) => s.integer(numbers[k] as number));
    },
  },
  fromVectors("vander", ["vandermonde"], [1, 2], (c) => grid(c.length, c.length, (i, j) => s.power(c[i] as Scalar, s.integer(c.length - 1 - j)))),
  fromVectors("toeplitz", ["ToeplitzMatrix"], [1, 2], (c, r) => grid(c.length, r.length, (i, j) => (i >= j ? c[i - j] : r[j - i]) as Scalar)),
  fromVectors("circulant", [], [1, 1], (c) => grid(c.length, c.length, (i, j) => c[(i - j + c.length) % c.length] as Scalar)),
  fromVectors("hankel", ["HankelMatrix"], [1, 2], (c, r) =>
    grid(c.length, r.length, (i, j) => (i + j < c.length ? c[i + j] : r === c ? s.zero : (r[i + j - c.length + 1] ?? s.zero)) as Scalar),
  ),
  fromVectors("companion", [], [1, 1], (c) => {
    const n = c.length - 1;
    return grid(n, n, (i, j) => (i === 0 ? s.negate(s.divide(c[j + 1] as Scalar, c[0] as Scalar)) : s.integer(i === j + 1 ? 1 : 0)));
  }),
  {
    name: "kronsum",
    arity: [2, 2],
    apply: ([a, b], _n, call, context) => {
      const [x, y] = [toArray(a), toArray(b)];
      const left = kronecker(x, identity(y.shape[0] as number), context, call.range) as ArrayValue;
      const right = kronecker(identity(x.shape[0] as number), y, context, call.range) as ArrayValue;
      return elementwise(entryOperations.add, left, right, context, call.range);
    },
  },
];
