// Which relative position each pair of tokens is given, and the scores that follow.
import { MathError, type Matrix, multiply, said, zeros } from "../linalg/index.js";
import { requirePositive, requireWhole } from "./frequencies.js";
import { applyRope, dot, rotateRows } from "./rotation.js";

export interface PositionOptions {
  /** Window within which positions stay as they are. */
  readonly w?: number;
  /** Slowing beyond the window (leaky), or everywhere (pi). k → ∞ of leaky is rerope; k < 1 is the inverse used in training. */
  readonly k?: number;
  /** Group size of self-extend. */
  readonly G?: number;
}

type Position = (i: number, j: number, o: Required<PositionOptions>) => number;

const positions = {
  rope: (i, j) => i - j,
  pi: (i, j, { k }) => (i - j) / k,
  rerope: (i, j, { w }) => Math.min(i - j, w),
  leaky: (i, j, { w, k }) => (i - j < w ? i - j : w + (i - j - w) / k),
  "self-extend": (i, j, { w, G }) => (i - j < w ? i - j : Math.floor(i / G) - Math.floor(j / G) + w - Math.floor(w / G)),
} satisfies Record<string, Position>;

export type PositionKind = keyof typeof positions;
export const positionKinds = Object.keys(positions) as readonly PositionKind[];

function settings({ w = 0, k = 1, G = 1 }: PositionOptions): Required<PositionOptions> {
  if (!(w >= 0)) throw new MathError("domain", said`the window w must be at least 0, not ${w}`);
  if (!(k > 0)) throw new MathError("domain", said`the slowing k must be positive, not ${k}`);
  requireWhole(G, "the group size G", 1);
  return { w, k, G };
}

/**
 * The L×L matrix of relative positions of query i and key j <= i; 0 above the diagonal (masked). rope i-j; pi (i-j)/k; rerope min(i-j, w); leaky slows by k beyond w;
 * self-extend floors by G beyond w. Source: kexue.fm 9708; arXiv 2401.01325.
 */
export function relativePositionMatrix(kind: PositionKind, L: number, options: PositionOptions = {}): Matrix {
  requireWhole(L, "L", 0);
  if (!Object.hasOwn(positions, kind))
    throw new MathError("unsupported", said`no relative positions "${kind}"`, said`use one of ${positionKinds.join(", ")}`);
  const o = settings(options);
  const P = zeros(L);
  for (let i = 0; i < L; i++) for (let j = 0; j <= i; j++) P.data[i * L + j] = (positions[kind] as Position)(i, j, o);
  return P;
}

export interface ReropeOptions {
  readonly kind: "rerope" | "leaky";
  readonly w: number;
  /** Slowing of leaky; below 1 the inverse. */
  readonly k?: number;
  readonly base?: number;
}

function requireSameRows(Q: Matrix, K: Matrix): void {
  if (Q.rows !== K.rows || Q.columns !== K.columns)
    throw new MathError("shape-mismatch", said`queries and keys must be of one shape, not ${Q.rows}×${Q.columns} and ${K.rows}×${K.columns}`);
}

function requireKind({ kind, w, k = 1 }: ReropeOptions): { w: number; k: number; leaky: boolean } {
  if (kind !== "rerope" && kind !== "leaky") throw new MathError("unsupported", said`no ReRoPE "${String(kind)}"`, "use rerope or leaky");
  return { ...settings({ w, k }), leaky: kind === "leaky" };
}

/**
 * Unscaled logits, lower triangle, by two ordinary products: within the window (R_i·q_i)·(R_j·k_j), beyond it (R_w·q_i)·k_j for rerope or
 * (R_{(i-w)/k+w}·q_i)·(R_{j/k}·k_j) for leaky. O(L²·d). Source: kexue.fm 9708, 9728; bojone/rerope.
 */
export function reropeScores(Q: Matrix, K: Matrix, options: ReropeOptions): Matrix {
  requireSameRows(Q, K);
  const { w, k, leaky } = requireKind(options);
  const { base = 10000 } = options;
  const near = [rotateRows(Q, base), rotateRows(K, base)];
  const far = leaky
    ? [rotateRows(Q, base, "interleaved", (i) => (i - w) / k + w), rotateRows(K, base, "interleaved", (j) => j / k)]
    : [rotateRows(Q, base, "interleaved", () => w), K];
  const L = Q.rows;
  const out = zeros(L);
  for (let from = 0; from < L; from += BLOCK) {
    const to = Math.min(L, from + BLOCK);
    // Row i sees keys up to i: from i - w + 1 on they are near, before that far. Columns of the block's products begin at `first`.
    const firstNear = Math.max(0, Math.ceil(from - w + 1));
    const endFar = Math.min(to, Math.max(0, Math.ceil(to - w)));
    place(out, products(near, from, to, firstNear, to), from, firstNear, (i, j) => j <= i && i - j < w);
    place(out, products(far, from, to, 0, endFar), from, 0, (i, j) => i - j >= w && j <= i);
  }
  return out;
}

/** Queries a block: the products that are not wanted stay few. */
const BLOCK = 128;

const rowsOf = (a: Matrix, from: number, to: number): Matrix => ({
  rows: to - from,
  columns: a.columns,
  data: a.data.subarray(from * a.columns, to * a.columns),
});

/** q_i·k_j for queries from..to and keys first..end. */
const products = ([q, k]: readonly Matrix[], from: number, to: number, first: number, end: number): Matrix =>
  multiply(rowsOf(q, from, to), rowsOf(k, first, Math.max(first, end)), { b: "transpose" });

/** Writes the wanted ones of a block of scores whose rows begin at `from` and columns at `first`. */
function place(out: Matrix, block: Matrix, from: number, first: number, wanted: (i: number, j: number) => boolean): void {
  for (let r = 0, p = 0; r < block.rows; r++)
    for (let c = 0; c < block.columns; c++, p++) if (wanted(from + r, first + c)) out.data[(from + r) * out.columns + first + c] = block.data[p];
}

/**
 * The logits of the last query against unrotated cached keys (rows of K, the query at the last row): key j is turned by max(j - i, far) with far = -w or (j - i + w)/k - w,
 * by min for k < 1 (the published max holds for k >= 1 only). O(L·d).
 */
export function reropeDecode(q: ArrayLike<number>, K: Matrix, options: ReropeOptions): Float64Array {
  const { w, k, leaky } = requireKind(options);
  const { base = 10000 } = options;
  const i = K.rows - 1;
  const nearer = leaky && k < 1 ? Math.min : Math.max;
  return Float64Array.from({ length: K.rows }, (_, j) => {
    const far = leaky ? (j - i + w) / k - w : -w;
    return dot(q, applyRope(K.data.subarray(j * K.columns, (j + 1) * K.columns), nearer(j - i, far), base));
  });
}

/** The slowing k for which the farthest position of a context of L stays within half the training length: w + (L-1-w)/k <= trainLength/2. */
export function leakySlowing(L: number, w: number, trainLength: number): number {
  requireWhole(L, "L", 1);
  requirePositive(trainLength, "the training length");
  if (!(w >= 0 && w < trainLength / 2)) throw new MathError("domain", said`the window must lie between 0 and half the training length, not ${w}`);
  return Math.max(1, (L - 1 - w) / (trainLength / 2 - w));
}
