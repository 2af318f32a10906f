// The least base for a context length, with a certificate.
import { MathError, said } from "../linalg/index.js";
import { finish, type Steps } from "../signal/index.js";
import { cosineSums, cosineSweep } from "./decay.js";
import { requireEven, requireWhole } from "./frequencies.js";

// With x = ln b and t_i = m·θ_i(x), θ_i = e^(-2ix/d): B_m' = Σ(2i/d)·t_i·sin t_i and |B_m''| <= Σ(2i/d)²(min(t_i, t_i²) + t_i²), a bound that falls with x.
// So from B_m(x) < 0 follows B_m < 0 as long as B_m(x) + B_m'(x)h + ½M₂h² < 0: the sweep jumps over such intervals, and where no witness m is left, b is feasible.

/** Smallest jump in ln b: the certificate holds up to it. */
const LEAST_STEP = 1e-10;
/** Witnesses kept between two scans: at L = 128k, d = 128 the sweep takes 6.7 s with 96, 6.3 s with 160, 5.5 s with 256. */
const POOL = 256;
/** Distances looked at in one go. */
const CHUNK = 2 ** 15;

interface Witness {
  readonly m: number;
  negative: boolean;
  /** The sign is certain for all ln b up to here. */
  until: number;
}

function frequencies(x: number, half: number): Float64Array {
  const theta = new Float64Array(half);
  for (let i = 0; i < half; i++) theta[i] = Math.exp((-i / half) * x);
  return theta;
}

/** B_m at the frequencies θ(x), its slope in x, and the bounds of slope and curvature for all larger x. */
function taylor(m: number, theta: Float64Array): { value: number; slope: number; lipschitz: number; curvature: number } {
  const half = theta.length;
  let value = 0;
  let slope = 0;
  let lipschitz = 0;
  let curvature = 0;
  for (let i = 0; i < half; i++) {
    const rate = i / half;
    const t = m * theta[i];
    const least = Math.min(t, t * t);
    value += Math.cos(t);
    slope += rate * t * Math.sin(t);
    lipschitz += rate * least;
    curvature += rate * rate * (least + t * t);
  }
  return { value, slope, lipschitz, curvature };
}

/** B_m above minus this counts as zero: what rounding of the angles mθ can add up to. */
const slack = (m: number, half: number): number => m * half * 2 ** -53;

/** How far |B| stays away from zero: the larger of the first- and second-order certificates. `slope` is that of |B| towards zero. */
function safeStep(size: number, slope: number, lipschitz: number, curvature: number): number {
  const linear = lipschitz > 0 ? size / lipschitz : Number.POSITIVE_INFINITY;
  const root = Math.sqrt(slope * slope + 2 * curvature * size);
  const quadratic = slope > 0 ? (2 * size) / (slope + root) : curvature > 0 ? (root - slope) / curvature : Number.POSITIVE_INFINITY;
  return Math.max(linear, quadratic);
}

/** Follows the sign of B_m from x, whose frequencies are given, to where it may change. */
function follow(witness: Witness, x: number, theta: Float64Array): void {
  let at = x;
  for (let round = 0; round < 64; round++) {
    const { value, slope, lipschitz, curvature } = taylor(witness.m, round === 0 ? theta : frequencies(at, theta.length));
    const negative = value < -slack(witness.m, theta.length);
    if (round === 0) witness.negative = negative;
    else if (negative !== witness.negative) break;
    const step = negative ? safeStep(-value, slope, lipschitz, curvature) : safeStep(Math.max(0, value), -slope, lipschitz, curvature);
    if (step < LEAST_STEP) break;
    at += step;
    // One step is enough for a positive witness: it is looked at again when the sweep gets there.
    if (!negative) break;
  }
  witness.until = at;
}

/** The most telling m < L with B_m < 0 at x: deep ones with small m stay negative longest. Stops early once a chunk gives a full pool. */
function scan(x: number, L: number, half: number): Witness[] {
  const sweep = cosineSweep(frequencies(x, half));
  let found: { m: number; depth: number }[] = [];
  let certain = 0;
  for (let from = 0; from < L; from += CHUNK) {
    const sums = cosineSums(sweep, from, Math.min(CHUNK, L - from));
    for (let j = 0; j < sums.length; j++) {
      if (sums[j] >= 0) continue;
      found.push({ m: from + j, depth: -sums[j] / (from + j) });
      if (sums[j] < -4 * slack(from + j, half)) certain++;
    }
    if (certain >= POOL) break;
  }
  found = found.sort((a, b) => b.depth - a.depth).slice(0, POOL);
  return found.map(({ m }) => ({ m, negative: true, until: x }));
}

/** The infimum of ln b >= start feasible for L, or null beyond `end`. */
function* sweepFrom(start: number, end: number, L: number, half: number): Steps<number | null> {
  let x = start;
  let pool: Witness[] = [];
  while (x <= end) {
    let best = Number.NEGATIVE_INFINITY;
    const theta = frequencies(x, half);
    for (const witness of pool) {
      if (witness.until <= x) follow(witness, x, theta);
      if (witness.negative && witness.until > best) best = witness.until;
    }
    if (best > Number.NEGATIVE_INFINITY) {
      x = Math.max(best, x + LEAST_STEP);
      continue;
    }
    yield x;
    pool = scan(x, L, half);
    for (const witness of pool) follow(witness, x, theta);
    pool = pool.filter((witness) => witness.negative);
    if (pool.length === 0) return x;
  }
  return null;
}

export interface BaseBoundOptions {
  /** A base from which to start: legal when it is at most the bound, such as the bound of a smaller L. */
  readonly from?: number;
  /** Bases above this are not looked at. */
  readonly cap?: number;
}

/**
 * b* = inf{b >= 1 : Σ_i cos(m·b^(-2i/d)) >= 0 for all 0 <= m < L}, or null when no base up to `cap` serves (d = 2 with L >= 3). The feasible bases are no interval, so bisection is
 * wrong; this sweeps x = ln b upwards and jumps over intervals that a witness m certifies infeasible by a second-order bound, up to steps of 1e-10 in ln b. Starts at the bound of L/2, which
 * is not larger. Seconds at L = 128k, d = 128; memory O(d·256 + L). Throws "domain" for an odd d or L < 1. Source: Base of RoPE (arXiv 2405.14591) §4, kexue.fm 10122; the method is our own.
 */
export const ropeBaseLowerBound = (L: number, d: number, options: BaseBoundOptions = {}): number | null =>
  finish(ropeBaseLowerBoundSteps(L, d, options));

/** {@link ropeBaseLowerBound} in portions; progress is ln b against its asymptotic estimate. */
export function* ropeBaseLowerBoundSteps(L: number, d: number, { from = 1, cap = 1e18 }: BaseBoundOptions = {}): Steps<number | null> {
  requireEven(d);
  requireWhole(L, "L", 1);
  if (!(from >= 1 && cap >= from)) throw new MathError("domain", said`the sweep must go from a base >= 1 upwards, not from ${from} to ${cap}`);
  // cos m alone decides for d = 2.
  if (d === 2) return L <= 2 ? from : null;
  const goal = 1.1 * Math.log(Math.max(10, (L / 0.6165) * (1 + 64 / d)));
  const lengths = [L];
  if (from === 1) while (lengths[0] > 64) lengths.unshift(Math.ceil(lengths[0] / 2));
  let x: number | null = Math.log(from);
  for (const length of lengths) {
    const sweep: Steps<number | null> = sweepFrom(x, Math.log(cap), length, d / 2);
    for (let step = sweep.next(); ; step = sweep.next()) {
      if (step.done) {
        x = step.value;
        break;
      }
      yield Math.min(0.99, step.value / goal);
    }
    if (x === null) return null;
  }
  return Math.exp(x);
}

/** First zero of the cosine integral Ci(x) = γ + ln x + Σ(-1)^k·x^(2k)/(2k·(2k)!), by Newton's method. */
function cosineIntegralZero(): number {
  const EULER = 0.5772156649015329;
  const ci = (x: number) => {
    let sum = EULER + Math.log(x);
    for (let k = 1, power = 1; k < 12; k++) {
      power *= (-x * x) / ((2 * k - 1) * 2 * k);
      sum += power / (2 * k);
    }
    return sum;
  };
  let x = 0.6;
  for (let round = 0; round < 8; round++) x -= (ci(x) * x) / Math.cos(x);
  return x;
}

/** L/x0 with x0 = 0.6165..., the first zero of Ci: the bound for d → ∞, always below b*. */
export function ropeBaseAsymptotic(L: number): { readonly x0: number; readonly base: number } {
  requireWhole(L, "L", 1);
  const x0 = cosineIntegralZero();
  return { x0, base: L / x0 };
}
