// Making trained frequencies serve longer contexts.
import { MathError, said } from "../linalg/index.js";
import { requirePositive, ropeFrequencies } from "./frequencies.js";

export interface ScalingOptions {
  readonly d: number;
  readonly base?: number;
  /** Test length over training length. */
  readonly s?: number;
  /** Training length (dynamic-ntk, yarn). */
  readonly L0?: number;
  /** Present length (dynamic-ntk). */
  readonly seqLen?: number;
  /** Exponent of ntk-mixed: 1 gives ntk-fixed, 0 position interpolation. */
  readonly b?: number;
  /** Turns over the training length above which YaRN keeps a frequency. */
  readonly fast?: number;
  /** Turns below which YaRN interpolates wholly. */
  readonly slow?: number;
}

type Full = Required<ScalingOptions>;

const clip = (x: number): number => Math.min(1, Math.max(0, x));
const blend = (theta: Float64Array, s: number, keep: (i: number, t: number) => number): Float64Array =>
  theta.map((t, i) => {
    const gamma = keep(i, t);
    return (t / s) * (1 - gamma) + t * gamma;
  });

/** base·s^(d/(d-2)): the last frequency becomes that of position interpolation, the first stays. */
function ntk(o: Full, factor: number): Float64Array {
  if (o.d === 2) throw new MathError("domain", "NTK scaling by d/(d-2) needs d > 2");
  return ropeFrequencies(o.d, o.base * factor ** (o.d / (o.d - 2)));
}

/** Index at which a frequency makes r turns over the training length. */
const turnIndex = (o: Full, r: number): number => (o.d * Math.log(o.L0 / (2 * Math.PI * r))) / (2 * Math.log(o.base));

const methods = {
  /** θ_i/s (arXiv 2306.15595). */
  pi: (o: Full) => ropeFrequencies(o.d, o.base).map((t) => t / o.s),
  /** Base·s^(d/(d-2)) (bloc97). */
  ntk: (o: Full) => ntk(o, o.s),
  /** Base·s (kexue.fm 9675). */
  "ntk-old": (o: Full) => ropeFrequencies(o.d, o.base * o.s),
  /** θ_i·s^(-2(i+1)/d): also the digit's modulus is divided (kexue.fm 9706). */
  "ntk-fixed": (o: Full) => ropeFrequencies(o.d, o.base).map((t, i) => t * o.s ** ((-2 * (i + 1)) / o.d)),
  /** θ_i·exp(-a(i+1)^b), a = ln s/(d/2)^b: mixed radix (kexue.fm 9706). */
  "ntk-mixed": (o: Full) => {
    const a = Math.log(o.s) / (o.d / 2) ** o.b;
    return ropeFrequencies(o.d, o.base).map((t, i) => t * Math.exp(-a * (i + 1) ** o.b));
  },
  /** ntk with s·l/L0 - (s-1), l = max(seqLen, L0): grows with the text (jquesnelle/yarn). */
  "dynamic-ntk": (o: Full) => ntk(o, (o.s * Math.max(o.seqLen, o.L0)) / o.L0 - (o.s - 1)),
  /** YaRN as its code has it: the ramp is linear in the index (arXiv 2309.00071). */
  yarn: (o: Full) => {
    if (o.base <= 1) throw new MathError("domain", said`YaRN needs a base above 1, not ${o.base}`);
    const low = Math.max(0, Math.floor(turnIndex(o, o.fast)));
    const high = Math.min(o.d - 1, Math.ceil(turnIndex(o, o.slow)));
    const width = high === low ? 0.001 : high - low;
    return blend(ropeFrequencies(o.d, o.base), o.s, (i) => 1 - clip((i - low) / width));
  },
  /** YaRN as its paper has it: linear in the turns r_i = L0·θ_i/2π (kexue.fm 9948). */
  "yarn-paper": (o: Full) => blend(ropeFrequencies(o.d, o.base), o.s, (_, t) => clip(((o.L0 * t) / (2 * Math.PI) - o.slow) / (o.fast - o.slow))),
} as const;

export type ScalingMethod = keyof typeof methods;
export const scalingMethods = Object.keys(methods) as readonly ScalingMethod[];

/** The frequencies θ'_i after scaling, for every published method. Throws "domain" for an odd d, a scale or length that is not positive. */
export function ropeScaledFrequencies(method: ScalingMethod, options: ScalingOptions): Float64Array {
  if (!Object.hasOwn(methods, method))
    throw new MathError("unsupported", said`no scaling method "${method}"`, said`use one of ${scalingMethods.join(", ")}`);
  const o: Full = { base: 10000, s: 1, L0: 4096, seqLen: options.L0 ?? 4096, b: 0.625, fast: 32, slow: 1, ...options };
  requirePositive(o.s, "the scale s");
  requirePositive(o.L0, "the training length L0");
  requirePositive(o.seqLen, "the present length");
  if (!(o.fast > o.slow && o.slow > 0)) throw new MathError("domain", said`the turns must satisfy fast > slow > 0, not ${o.fast} and ${o.slow}`);
  return methods[method](o);
}

/** Factors on attention: YaRN's 0.1·ln s + 1 on cos and sin (its square on the logits) for s > 1, and max(1, ln n/ln L0) on the query at length n (kexue.fm 8823). */
export function ropeAttentionScale(
  s: number,
  trainLength: number,
  n: number,
): { readonly yarnMscale: number; readonly logitFactor: number; readonly logn: number } {
  requirePositive(s, "the scale s");
  requirePositive(n, "the length n");
  if (!(trainLength > 1)) throw new MathError("domain", said`the training length must exceed 1, not ${trainLength}`);
  const yarnMscale = s > 1 ? 0.1 * Math.log(s) + 1 : 1;
  return { yarnMscale, logitFactor: yarnMscale ** 2, logn: Math.max(1, Math.log(n) / Math.log(trainLength)) };
}

/** s(pos) = max(L0, pos + 1)/L0: the scale a dynamic method has at a position. */
export function dynamicScale(position: number, L0: number): number {
  requirePositive(L0, "the training length L0");
  return Math.max(L0, position + 1) / L0;
}
