// Rotating queries and keys by their position.
import { MathError, type Matrix, said, zeros } from "../linalg/index.js";
import { requireEven, requirePositive, requireWhole, ropeFrequencies } from "./frequencies.js";

/** Which channels form a pair: "interleaved" (2i, 2i+1) as in RoFormer, "half" (i, i + d/2) as in LLaMA and GPT-NeoX. One is a permutation of the other. */
export type RopeLayout = "interleaved" | "half";
export const ropeLayouts: readonly RopeLayout[] = ["interleaved", "half"];

/** The two channels of pair i. */
export function pairOf(i: number, d: number, layout: RopeLayout): [number, number] {
  if (layout === "interleaved") return [2 * i, 2 * i + 1];
  if (layout === "half") return [i, i + d / 2];
  throw new MathError("unsupported", said`no layout "${String(layout)}"`, "use interleaved or half");
}

/** x with pair i turned by angle_i. */
export function rotatePairs(x: ArrayLike<number>, angles: ArrayLike<number>, layout: RopeLayout = "interleaved"): Float64Array {
  requireEven(x.length);
  if (angles.length !== x.length / 2)
    throw new MathError("length-mismatch", said`${x.length} channels need ${x.length / 2} angles, not ${angles.length}`);
  const out = new Float64Array(x.length);
  for (let i = 0; i < angles.length; i++) {
    const [a, b] = pairOf(i, x.length, layout);
    const c = Math.cos(angles[i]);
    const s = Math.sin(angles[i]);
    out[a] = x[a] * c - x[b] * s;
    out[b] = x[b] * c + x[a] * s;
  }
  return out;
}

/** R_pos·x. Positions may be fractional or negative. O(d). Throws "domain" for an odd length. */
export const applyRope = (x: ArrayLike<number>, position: number, base = 10000, layout: RopeLayout = "interleaved"): Float64Array =>
  rotatePairs(
    x,
    ropeFrequencies(x.length, base).map((t) => position * t),
    layout,
  );

/** R_pos as a d×d matrix: orthogonal, R_mᵀ·R_n = R_{n-m}. */
export function ropeMatrix(position: number, d: number, base = 10000, layout: RopeLayout = "interleaved"): Matrix {
  const theta = ropeFrequencies(d, base);
  const R = zeros(d);
  theta.forEach((t, i) => {
    const [a, b] = pairOf(i, d, layout);
    const c = Math.cos(position * t);
    const s = Math.sin(position * t);
    R.data[a * d + a] = c;
    R.data[b * d + b] = c;
    R.data[a * d + b] = -s;
    R.data[b * d + a] = s;
  });
  return R;
}

export const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  if (x.length !== y.length) throw new MathError("length-mismatch", said`vectors of ${x.length} and ${y.length} entries have no inner product`);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
};

/** (R_m·q)·(R_n·k) = qᵀ·R_{n-m}·k: the logit of a query at m and a key at n. */
export const ropeScore = (
  q: ArrayLike<number>,
  k: ArrayLike<number>,
  m: number,
  n: number,
  base = 10000,
  layout: RopeLayout = "interleaved",
): number => dot(applyRope(q, m, base, layout), applyRope(k, n, base, layout));

/** Rows of X rotated by their index. */
export function rotateRows(X: Matrix, base = 10000, layout: RopeLayout = "interleaved", position: (row: number) => number = (row) => row): Matrix {
  const data = new Float64Array(X.data.length);
  for (let i = 0; i < X.rows; i++) data.set(applyRope(X.data.subarray(i * X.columns, (i + 1) * X.columns), position(i), base, layout), i * X.columns);
  return { rows: X.rows, columns: X.columns, data };
}

/** The terms of a logit when queries and keys carry a bias: qᵀRk + aᵀRk + qᵀRb + aᵀRb with R = R_{n-m}. Source: kexue.fm 9577. */
export function ropeBiasTerms(
  vectors: { readonly q: ArrayLike<number>; readonly k: ArrayLike<number>; readonly a: ArrayLike<number>; readonly b: ArrayLike<number> },
  m: number,
  n: number,
  base = 10000,
): { readonly qk: number; readonly ak: number; readonly qb: number; readonly ab: number; readonly total: number } {
  const { q, k, a, b } = vectors;
  const term = (x: ArrayLike<number>, y: ArrayLike<number>) => ropeScore(x, y, m, n, base);
  const terms = { qk: term(q, k), ak: term(a, k), qb: term(q, b), ab: term(a, b) };
  return { ...terms, total: terms.qk + terms.ak + terms.qb + terms.ab };
}

/** λ·Σcos(mθ_i) at the given distances m: the logit of the biases a = b = √λ·(1, 0, 1, 0, ...) alone (Sandwich). Source: kexue.fm 9577. */
export function sandwichBias(d: number, lambda: number, offsets: ArrayLike<number>, base = 10000): Float64Array {
  const theta = ropeFrequencies(d, base);
  return Float64Array.from(offsets, (m) => lambda * theta.reduce((s, t) => s + Math.cos(m * t), 0));
}

/** floor(n/β^j) mod β for j < digits: position n written in base β, lowest digit first; digit j is to n what the angle n/β^j is to RoPE. */
export const baseDigits = (n: number, beta: number, digits: number): number[] => mixedRadixDigits(n, new Array<number>(digits).fill(beta)).lowToHigh;

/** n in the given radices, lowest digit first, and what is left above them. */
export function mixedRadixDigits(n: number, radices: readonly number[]): { readonly lowToHigh: number[]; readonly overflow: number } {
  requireWhole(n, "n", 0);
  let rest = n;
  const lowToHigh = radices.map((radix) => {
    requireWhole(radix, "a radix", 2);
    const digit = rest % radix;
    rest = (rest - digit) / radix;
    return digit;
  });
  return { lowToHigh, overflow: rest };
}

/** RoPE in two dimensions: the first half of the channels turns with x, the second with y, θ_i = base^(-4i/d) for i < d/4. Source: kexue.fm 8397. */
export function rope2d(v: ArrayLike<number>, [x, y]: readonly [number, number], base = 10000): Float64Array {
  const d = v.length;
  if (d < 4 || d % 4 !== 0) throw new MathError("domain", said`two-dimensional RoPE needs a dimension divisible by 4, not ${d}`);
  requirePositive(base, "the base");
  const theta = ropeFrequencies(d / 2, base);
  const half = (from: number, p: number) =>
    rotatePairs(
      Array.from(v).slice(from, from + d / 2),
      theta.map((t) => p * t),
    );
  return Float64Array.of(...half(0, x), ...half(d / 2, y));
}
