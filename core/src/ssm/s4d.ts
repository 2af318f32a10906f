// Diagonal state spaces: S4D.
import { MathError, modulus, said } from "../linalg/index.js";
import { finish, type Signal, type Steps } from "../signal/index.js";
import { nplr } from "./nplr.js";
import { requireCount, requirePositive } from "./orthogonalPolynomials.js";

export type S4dKind = "lin" | "inv" | "legs" | "real";
export const s4dKinds: readonly S4dKind[] = ["lin", "inv", "legs", "real"];

/**
 * The initial eigenvalues, N/2 of them (the half with positive imaginary part): lin -½ + iπn; inv -½ + i(N/π)(N/(2n+1) - 1); legs the upper half of Λ of LegS's normal part;
 * real -(n+1). For odd N the half is rounded down. Source: S4D (arXiv 2206.11893) §4.
 */
export function s4dInit(kind: S4dKind, N: number): Signal {
  requireCount(N, "N");
  const half = Math.floor(N / 2);
  const fill = (re: (n: number) => number, im: (n: number) => number): Signal => ({
    re: Float64Array.from({ length: half }, (_, n) => re(n)),
    im: Float64Array.from({ length: half }, (_, n) => im(n)),
  });
  if (kind === "lin")
    return fill(
      () => -0.5,
      (n) => Math.PI * n,
    );
  if (kind === "inv")
    return fill(
      () => -0.5,
      (n) => (N / Math.PI) * (N / (2 * n + 1) - 1),
    );
  if (kind === "real")
    return fill(
      (n) => -(n + 1),
      () => 0,
    );
  if (kind !== "legs") throw new MathError("unsupported", said`no S4D initialisation "${String(kind)}"`, said`use one of ${s4dKinds.join(", ")}`);
  const { lambda } = nplr({ kind: "legs", N });
  return { re: lambda.re.slice(N - half), im: lambda.im.slice(N - half) };
}

export interface DiagonalSystem {
  readonly A: Signal;
  readonly B: Signal;
  readonly C: Signal;
  /** One step for all states, or one each. */
  readonly dt: number | ArrayLike<number>;
  readonly method?: "zoh" | "bilinear";
}

/** Ā and the factor f of B̄ = f·B for every state. zoh: Ā = e^(ΔA), f = expm1(ΔA)/A (Δ at A = 0); bilinear: Ā = (1+ΔA/2)/(1-ΔA/2), f = Δ/(1-ΔA/2). */
export function discretizeDiagonal(
  A: Signal,
  dt: number | ArrayLike<number>,
  method: "zoh" | "bilinear" = "zoh",
): { readonly Ad: Signal; readonly f: Signal } {
  const n = A.re.length;
  const empty = (): Signal => ({ re: new Float64Array(n), im: new Float64Array(n) });
  const Ad = empty();
  const f = empty();
  if (typeof dt !== "number" && dt.length !== n) throw new MathError("length-mismatch", said`${n} states need ${n} steps, not ${dt.length}`);
  for (let i = 0; i < n; i++) {
    const step = typeof dt === "number" ? dt : dt[i];
    requirePositive(step, "the step dt");
    const x = step * A.re[i];
    const y = step * A.im[i];
    if (method === "bilinear") {
      // 1/(1 - ΔA/2)
      const size = (1 - x / 2) ** 2 + (y / 2) ** 2;
      if (size === 0) throw new MathError("singular", said`the bilinear rule has a pole at ΔA = 2 (state ${i + 1})`, "take a smaller step");
      const [ir, ii] = [(1 - x / 2) / size, y / 2 / size];
      [Ad.re[i], Ad.im[i]] = [(1 + x / 2) * ir - (y / 2) * ii, (1 + x / 2) * ii + (y / 2) * ir];
      [f.re[i], f.im[i]] = [step * ir, step * ii];
      continue;
    }
    if (method !== "zoh") throw new MathError("unsupported", said`no diagonal discretisation "${String(method)}"`, "use zoh or bilinear");
    const grow = Math.exp(x);
    [Ad.re[i], Ad.im[i]] = [grow * Math.cos(y), grow * Math.sin(y)];
    const [er, ei] = [Math.expm1(x) * Math.cos(y) - 2 * Math.sin(y / 2) ** 2, grow * Math.sin(y)];
    const size = A.re[i] ** 2 + A.im[i] ** 2;
    if (size === 0) f.re[i] = step;
    else [f.re[i], f.im[i]] = [(er * A.re[i] + ei * A.im[i]) / size, (ei * A.re[i] - er * A.im[i]) / size];
  }
  return { Ad, f };
}

/** Running powers are set anew from the exponential after so many steps. */
const RESYNC = 512;
const PORTION = 2 ** 20;

/**
 * K_k = 2·Re Σ_n C_n·B_n·f_n·Ā_n^k for k < L, the conjugate half of the states implied. O(NL) by running powers, set anew every 512 steps; memory O(N + L).
 * Throws "length-mismatch", "domain" (dt <= 0), "singular" (bilinear at ΔA = 2).
 */
export const s4dKernel = (system: DiagonalSystem, L: number): Float64Array => finish(s4dKernelSteps(system, L));

/** {@link s4dKernel} in portions. */
export function* s4dKernelSteps({ A, B, C, dt, method }: DiagonalSystem, L: number): Steps<Float64Array> {
  requireCount(L, "L", 0);
  const N = A.re.length;
  if (B.re.length !== N || C.re.length !== N)
    throw new MathError("length-mismatch", said`${N} states need as many entries in B and C, not ${B.re.length} and ${C.re.length}`);
  const { Ad, f } = discretizeDiagonal(A, dt, method);
  const out = new Float64Array(L);
  const size = Float64Array.from({ length: N }, (_, n) => modulus(Ad.re[n], Ad.im[n]));
  const angle = Float64Array.from({ length: N }, (_, n) => Math.atan2(Ad.im[n], Ad.re[n]));
  const perPortion = Math.max(1, Math.floor(PORTION / Math.max(1, N * RESYNC)));
  for (let from = 0, block = 0; from < L; from += RESYNC, block++) {
    if (block > 0 && block % perPortion === 0) yield from / L;
    const to = Math.min(from + RESYNC, L);
    for (let n = 0; n < N; n++) {
      const br = B.re[n] * f.re[n] - B.im[n] * f.im[n];
      const bi = B.re[n] * f.im[n] + B.im[n] * f.re[n];
      const start = from === 0 ? 1 : size[n] ** from;
      const [sr, si] = [start * Math.cos(angle[n] * from), start * Math.sin(angle[n] * from)];
      const [cr, ci] = [2 * (C.re[n] * br - C.im[n] * bi), 2 * (C.re[n] * bi + C.im[n] * br)];
      addPowers(out, from, to, cr * sr - ci * si, cr * si + ci * sr, Ad.re[n], Ad.im[n]);
    }
  }
  return out;
}

function addPowers(out: Float64Array, from: number, to: number, startRe: number, startIm: number, ar: number, ai: number): void {
  let re = startRe;
  let im = startIm;
  for (let k = from; k < to; k++) {
    out[k] += re;
    const next = re * ar - im * ai;
    im = re * ai + im * ar;
    re = next;
  }
}
