// The S4 convolution kernel through its truncated generating function.
import {
  column,
  identity,
  MathError,
  type Matrix,
  matrix,
  matrixPower,
  multiply,
  requireFinite,
  said,
  selectRows,
  solve,
  subtract,
} from "../linalg/index.js";
import { finish, ifft, irfft, type Signal, type Steps } from "../signal/index.js";
import { discretize } from "./discretize.js";
import { liveStates, type Nplr, type NplrKind, nplr } from "./nplr.js";
import { requireCount, requirePositive } from "./orthogonalPolynomials.js";

/** Node × state pairs of one portion. */
const PORTION = 2 ** 20;
/** Below this ratio of smallest to largest resolvent denominator the low-rank correction cancels; the node is solved densely. */
const NEAR_POLE = 1e-7;

/** A = Λ - P·Qᴴ (columns of P and Q) in the eigenbasis, with input B and truncated output C̃. */
export interface Dplr {
  readonly lambda: Signal;
  /** rank × N. */
  readonly P: Matrix;
  /** rank × N; Qᴴ enters, so pass P for the HiPPO forms. */
  readonly Q: Matrix;
  /** N × 1. */
  readonly B: Matrix;
  /** 1 × N, C̃ = C(I - Ad^L). */
  readonly Ctilde: Matrix;
  readonly dt: number;
}

const imagOf = (a: Matrix): Float64Array => a.imag ?? new Float64Array(a.data.length);

/** Products of entries over the states: for each pair (i, j) the numerators whose sums over R' the kernel needs. */
function numerators(left: readonly Signal[], right: readonly Signal[]): Signal[] {
  return left.flatMap((a) =>
    right.map((b) => ({
      re: a.re.map((x, n) => x * b.re[n] - a.im[n] * b.im[n]),
      im: a.re.map((x, n) => x * b.im[n] + a.im[n] * b.re[n]),
    })),
  );
}

const rowsOf = (a: Matrix, conjugated = false): Signal[] =>
  Array.from({ length: a.rows }, (_, r) => {
    const from = r * a.columns;
    const im = imagOf(a).slice(from, from + a.columns);
    return { re: a.data.slice(from, from + a.columns), im: conjugated ? im.map((x) => -x) : im };
  });

const columnOf = (a: Matrix): Signal => ({ re: a.data, im: imagOf(a) });

/**
 * K̂(z) = 2[k00 - (1+z)·k01·(I + (1+z)k11)⁻¹·k10] at the nodes z = e^(-2πil/L), l = 0, ..., count - 1, where k00 = Σ C̃B/R', k01 = Σ C̃P/R', k10 = Σ Q̄B/R', k11 = Σ Q̄P/R' and
 * R' = (2/Δ)(1-z) - (1+z)λ. The textbook form divides by 1 + z and fails at z = -1 (every even L); this one has no such pole. Where R' nearly vanishes
 * (λ = 0 at z = 1) the node is solved as a dense system. With count = L this is the DFT of the kernel. O(N·count·(1 + rank)²).
 */
export function* s4DftSteps(system: Dplr, L: number, count = L): Steps<Signal> {
  requireCount(L, "L");
  requirePositive(system.dt, "the step dt");
  const { lambda, P, Q } = system;
  const N = lambda.re.length;
  const rank = P.rows;
  const sides = 1 + rank;
  const left = [...rowsOf(system.Ctilde), ...rowsOf(Q, true)];
  const right = [columnOf(system.B), ...rowsOf(P)];
  const terms = numerators(left, right);
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  const pr = new Float64Array(N);
  const pi = new Float64Array(N);
  const sums: Signal = { re: new Float64Array(sides * sides), im: new Float64Array(sides * sides) };
  const portion = Math.max(1, Math.floor(PORTION / Math.max(1, N)));
  for (let l = 0; l < count; l++) {
    if (l > 0 && l % portion === 0) yield l / count;
    // z = e^(-2ih): 1 - z = 2i·sin h·e^(-ih), 1 + z = 2·cos h·e^(-ih). R' = 2e^(-ih)·D with D = (2/Δ)i·sin h - λ·cos h.
    const h = (Math.PI * l) / L;
    const s = (2 / system.dt) * Math.sin(h);
    const c = 2 * l === L ? 0 : Math.cos(h);
    // NaN when every denominator vanishes: a pole as well.
    if (!(resolvents(lambda, s, c, pr, pi) >= NEAR_POLE)) {
      const value = denseNode(system, s, c);
      [re[l], im[l]] = rotated(value.re, value.im, h);
      continue;
    }
    for (let t = 0; t < terms.length; t += 2) accumulatePair(terms[t], terms[t + 1], pr, pi, sums, t);
    const value = withoutRank(sums, rank, c);
    [re[l], im[l]] = rotated(value.re, value.im, h);
  }
  return { re, im };
}

/** x·e^(ih). */
const rotated = (re: number, im: number, h: number): [number, number] => {
  const cos = Math.cos(h);
  const sin = Math.sin(h);
  return [re * cos - im * sin, re * sin + im * cos];
};

/** 1/D_n into (pr, pi); answers min|D|/max|D|. */
function resolvents(lambda: Signal, s: number, c: number, pr: Float64Array, pi: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let n = 0; n < pr.length; n++) {
    const dr = -c * lambda.re[n];
    const di = s - c * lambda.im[n];
    const size = dr * dr + di * di;
    if (size < least) least = size;
    if (size > most) most = size;
    pr[n] = dr / size;
    pi[n] = -di / size;
  }
  // An empty system has no pole.
  return pr.length === 0 ? 1 : Math.sqrt(least / most);
}

/** Σ term_n/D_n of two terms at once: each reciprocal is read half as often. An odd last term stands alone. */
function accumulatePair(first: Signal, second: Signal | undefined, pr: Float64Array, pi: Float64Array, sums: Signal, at: number): void {
  const { re, im } = first;
  const { re: re2, im: im2 } = second ?? first;
  let a = 0;
  let b = 0;
  let a2 = 0;
  let b2 = 0;
  for (let n = 0; n < pr.length; n++) {
    const x = pr[n];
    const y = pi[n];
    a += re[n] * x - im[n] * y;
    b += re[n] * y + im[n] * x;
    a2 += re2[n] * x - im2[n] * y;
    b2 += re2[n] * y + im2[n] * x;
  }
  sums.re[at] = a;
  sums.im[at] = b;
  if (!second) return;
  sums.re[at + 1] = a2;
  sums.im[at + 1] = b2;
}

/** k00 - c·k01(I + c·k11)⁻¹k10: with R' = 2e^(-ih)D the factors 2 and (1 + z) reduce to c = cos h. */
function withoutRank(sums: Signal, rank: number, c: number): { re: number; im: number } {
  const width = rank + 1;
  if (rank === 1) {
    const [dr, di] = [1 + c * sums.re[3], c * sums.im[3]];
    const size = dr * dr + di * di;
    const nr = sums.re[1] * sums.re[2] - sums.im[1] * sums.im[2];
    const ni = sums.re[1] * sums.im[2] + sums.im[1] * sums.re[2];
    return { re: sums.re[0] - (c * (nr * dr + ni * di)) / size, im: sums.im[0] - (c * (ni * dr - nr * di)) / size };
  }
  const block = (rows: number[], columns: number[], plus: number, factor: number) =>
    matrix(
      rows.length,
      columns.length,
      rows.flatMap((i) => columns.map((j) => factor * sums.re[i * width + j] + (i === j ? plus : 0))),
      rows.flatMap((i) => columns.map((j) => factor * sums.im[i * width + j])),
    );
  const inner = Array.from({ length: rank }, (_, i) => i + 1);
  const middle = solve(block(inner, inner, 1, c), block(inner, [0], 0, 1));
  const product = multiply(block([0], inner, 0, c), middle);
  return { re: sums.re[0] - product.data[0], im: sums.im[0] - imagOf(product)[0] };
}

/** C̃·(diag(D) + c·P·Qᴴ)⁻¹·B by elimination: O(N³), for single nodes near a pole. */
function denseNode({ lambda, P, Q, B, Ctilde }: Dplr, s: number, c: number): { re: number; im: number } {
  const N = lambda.re.length;
  const low = multiply(P, Q, { a: "transpose", b: "conjugate" });
  const data = low.data.map((x, p) => c * x - (p % (N + 1) === 0 ? c * lambda.re[p % N] : 0));
  const imag = imagOf(low).map((x, p) => c * x + (p % (N + 1) === 0 ? s - c * lambda.im[p % N] : 0));
  const y = multiply(Ctilde, solve(matrix(N, N, data, imag), B));
  return { re: y.data[0], im: imagOf(y)[0] };
}

/**
 * The kernel K_0, ..., K_{L-1} of a real bilinear-discretised DPLR system: half the nodes, one inverse transform. O(NL + L log L), memory O(N + L).
 * Source: S4 (arXiv 2111.00396) app. C.3, in the form without the pole at z = -1.
 */
export function* s4KernelDplrSteps(system: Dplr, L: number): Steps<Float64Array> {
  const half = yield* s4DftSteps(system, L, Math.floor(L / 2) + 1);
  return irfft(half, L);
}

export const s4KernelDplr = (system: Dplr, L: number): Float64Array => finish(s4KernelDplrSteps(system, L));

export interface S4Options {
  readonly kind: NplrKind;
  readonly N: number;
  readonly w?: number;
  readonly dt: number;
  /** Real output weights; of fout N entries, or N - 1 without the dead state. */
  readonly C: ArrayLike<number>;
}

export interface S4System {
  readonly form: Nplr;
  readonly Ad: Matrix;
  readonly Bd: Matrix;
  /** C̃ = C(I - Ad^L) in the real basis. */
  readonly Ctilde: Float64Array;
  readonly dplr: Dplr;
  /** Set when the step cannot resolve the fastest modes: dt·max|Im λ| > π. */
  readonly warning?: string;
}

/** The bilinear discretisation of a HiPPO system with the output C truncated to L samples. O(N³·log L). */
export function s4System(options: S4Options, L: number): S4System {
  requireCount(L, "L");
  const { dt, N, kind } = options;
  requirePositive(dt, "the step dt");
  const form = nplr(options);
  const B = multiply(form.V, form.B);
  const given = Float64Array.from(options.C);
  const C = kind === "fout" && given.length === N ? selectRows(column(given), liveStates(N)).data : given;
  if (C.length !== form.A.rows)
    throw new MathError("length-mismatch", said`${kind} with ${form.A.rows} states needs as many entries in C, not ${given.length}`);
  const { Ad, Bd } = discretize(form.A, { rows: B.rows, columns: 1, data: B.data }, dt, "bilinear");
  const power = matrixPower(Ad, L);
  requireFinite(power, `the power ${L} of an unstable system`);
  const Ctilde = multiply(matrix(1, C.length, C), subtract(identity(C.length), power));
  const fastest = form.lambda.im.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  return {
    form,
    Ad,
    Bd,
    Ctilde: Ctilde.data,
    dplr: { lambda: form.lambda, P: form.P, Q: form.P, B: form.B, Ctilde: multiply(Ctilde, form.V), dt },
    ...(dt * fastest > Math.PI && { warning: `the step ${dt} cannot resolve modes of frequency up to ${fastest.toPrecision(4)}` }),
  };
}

/** The kernel of a HiPPO system from its parameters: {@link s4System}, then {@link s4KernelDplr}. */
export const s4Kernel = (options: S4Options, L: number): Float64Array => s4KernelDplr(s4System(options, L).dplr, L);

/** The kernel with its whole spectrum, for display. */
export function s4KernelWithDft(options: S4Options, L: number): { readonly K: Float64Array; readonly dft: Signal; readonly system: S4System } {
  const system = s4System(options, L);
  const dft = finish(s4DftSteps(system.dplr, L));
  return { K: ifft(dft.re, dft.im).re, dft, system };
}
