// Fourier transforms by the kernels. Tables of roots of unity stay in the kernels' memory from call to call, at the bottom of the arena.
import { type ComplexPlanes, powerPlan, rootsOfUnity } from "./fourierTables.js";
import { type Address, call, copyOut, type Exports, type Kernels, kernels, put, refresh, room, TOGETHER, take } from "./load.js";

/** Prime factors above this go through Bluestein's convolution. */
const LARGEST_RADIX = 31;
/** When tables take more, all are forgotten. */
const TABLE_BYTES = 48 * 2 ** 20;
/** Below this length the copies cost more than the transform in TypeScript. */
const SHORTEST = 16;

/** n as a product of radices: fours first, then a two, then odd primes ascending. */
export function radices(n: number): number[] {
  const out: number[] = [];
  let left = n;
  for (; left % 4 === 0; left /= 4) out.push(4);
  for (const p of [2, 3, 5]) for (; left % p === 0; left /= p) out.push(p);
  for (let p = 7; p * p <= left; p += 2) for (; left % p === 0; left /= p) out.push(p);
  if (left > 1) out.push(left);
  return out;
}

/** A length of the form 2^a·3^b·5^c, a multiple of 4, that is at least n. */
export function smoothLength(n: number): number {
  let best = 4;
  while (best < n) best *= 2;
  for (let five = 1; five < best; five *= 5)
    for (let three = five; three < best; three *= 3) {
      let size = 4 * three;
      while (size < n) size *= 2;
      if (size < best) best = size;
    }
  return best;
}

/** Bytes between planes: lengths are powers of two, and planes that start a multiple of 4 KiB apart would share cache sets. */
const SKEW = 17 * 64;

interface Plan {
  readonly n: number;
  readonly factors: Address;
  readonly count: number;
  readonly table: Address;
  /** A power of two has a table of its own order. */
  readonly power?: { readonly columns: number; readonly width: number };
  /** Bluestein: the plan of the convolution, the chirp, and the transform of its conjugate's extension. */
  readonly chirp?: { readonly plan: Plan; readonly re: Address; readonly im: Address; readonly fr: Address; readonly fi: Address };
}

interface Tables {
  readonly bottom: Address;
  readonly plans: Map<number, Plan>;
}

const tables = new WeakMap<Kernels, Tables>();

function planFor(k: Kernels, n: number): Plan {
  let t = tables.get(k);
  if (!t) {
    t = { bottom: k.exports.mark(), plans: new Map() };
    tables.set(k, t);
  }
  const known = t.plans.get(n);
  if (known) return known;
  if (k.exports.mark() - t.bottom > TABLE_BYTES) {
    t.plans.clear();
    k.exports.release(t.bottom);
  }
  const plan = Number.isInteger(Math.log2(n))
    ? power(k, n)
    : radices(n).every((p) => p <= LARGEST_RADIX)
      ? direct(k, n)
      : bluestein(k, n, planFor(k, smoothLength(2 * n - 1)));
  t.plans.set(n, plan);
  return plan;
}

function power(k: Kernels, n: number): Plan {
  const { columns, width, table } = powerPlan(n);
  return { n, factors: 0, count: 0, table: put(k, table), power: { columns, width } };
}

function direct(k: Kernels, n: number): Plan {
  const factors = radices(n);
  const at = k.exports.alloc(factors.length * 4);
  const { re, im } = rootsOfUnity(n);
  const table = room(k, 2 * n);
  refresh(k);
  k.i32.set(factors, at / 4);
  const views = new Float64Array(k.memory.buffer, table, 2 * n);
  views.set(re);
  views.set(im, n);
  return { n, factors: at, count: factors.length, table };
}

function bluestein(k: Kernels, n: number, plan: Plan): Plan {
  const size = plan.n;
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  const wideRe = new Float64Array(size);
  const wideIm = new Float64Array(size);
  for (let j = 0; j < n; j++) {
    // e^(-πi·j²/n), the exponent reduced in whole numbers
    const angle = (Math.PI * ((j * j) % (2 * n))) / n;
    re[j] = Math.cos(angle);
    im[j] = -Math.sin(angle);
    // the scaling of the inverse transform is put in here
    wideRe[j] = re[j] / size;
    wideIm[j] = -im[j] / size;
    if (j > 0) {
      wideRe[size - j] = wideRe[j];
      wideIm[size - j] = wideIm[j];
    }
  }
  const chirp = { plan, re: put(k, re), im: put(k, im), fr: room(k, size), fi: room(k, size) };
  call(k, (x) => {
    const [fr, fi] = run(k, x, plan, put(k, wideRe), put(k, wideIm));
    const f = new Float64Array(k.memory.buffer);
    f.copyWithin(chirp.fr / 8, fr / 8, fr / 8 + size);
    f.copyWithin(chirp.fi / 8, fi / 8, fi / 8 + size);
  });
  return { n, factors: 0, count: 0, table: 0, chirp };
}

/** Room for a plane of n numbers, apart from its neighbours' cache sets. */
const skewed = (k: Kernels, n: number): Address => room(k, n + SKEW / 8);

const putSkewed = (k: Kernels, values: Float64Array): Address => {
  const at = put(k, values);
  k.exports.alloc(SKEW);
  return at;
};

/** Transforms planes in the kernels' memory (overwritten); answers where the result is. */
function run(k: Kernels, x: Exports, plan: Plan, re: Address, im: Address): [Address, Address] {
  const { n, chirp, power } = plan;
  if (power) {
    x.fftPower(n, power.columns, power.width, re, im, plan.table);
    return [re, im];
  }
  if (!chirp) {
    const [yr, yi] = [skewed(k, n), skewed(k, n)];
    return x.fft(n, plan.factors, plan.count, re, im, yr, yi, plan.table) === 0 ? [re, im] : [yr, yi];
  }
  const size = chirp.plan.n;
  const [ar, ai] = [skewed(k, size), skewed(k, size)];
  x.multiplyComplex(n, re, im, chirp.re, chirp.im, ar, ai);
  const memory = new Uint8Array(k.memory.buffer);
  memory.fill(0, ar + 8 * n, ar + 8 * size);
  memory.fill(0, ai + 8 * n, ai + 8 * size);
  const [br, bi] = run(k, x, chirp.plan, ar, ai);
  x.multiplyComplex(size, br, bi, chirp.fr, chirp.fi, br, bi);
  // planes exchanged: the inverse transform, exchanged
  const [ci, cr] = run(k, x, chirp.plan, bi, br);
  x.multiplyComplex(n, cr, ci, chirp.re, chirp.im, re, im);
  return [re, im];
}

/** X_k = Σ_j x_j·e^(-2πi·jk/n), unscaled, in new planes or in those of `into`; null where there are no kernels (or n is small). */
export function transformPlanes(re: Float64Array, im: Float64Array, into?: ComplexPlanes): ComplexPlanes | null {
  const n = re.length;
  const k = n < SHORTEST ? null : kernels();
  if (!k) return null;
  const plan = planFor(k, n);
  // Planes that the first cache holds may lie side by side: they leave as one.
  const enter = plan.power?.columns === 0 ? put : putSkewed;
  return call(k, (x) => {
    const [yr, yi] = run(k, x, plan, enter(k, re), enter(k, im));
    if (!into) {
      return takePlanes(k, yr, yi, n);
    }
    copyOut(k, yr, into.re);
    copyOut(k, yi, into.im);
    return into;
  });
}

/** Both planes in new arrays; short ones are views of one buffer that holds what lies between them, too. */
function takePlanes(k: Kernels, re: Address, im: Address, n: number): ComplexPlanes {
  const from = (im - re) / 8;
  if (!(from >= n && from + n <= TOGETHER)) return { re: take(k, re, n), im: take(k, im, n) };
  const both = take(k, re, from + n);
  return { re: both.subarray(0, n), im: both.subarray(from) };
}

/** The first n/2 + 1 coefficients of a real signal of even length, or null. */
export function transformReal(x: Float64Array): ComplexPlanes | null {
  const n = x.length;
  const k = n < 2 * SHORTEST || n % 2 === 1 ? null : kernels();
  if (!k) return null;
  const h = n / 2;
  const half = planFor(k, h);
  const full = rootsPlan(k, n);
  return call(k, (e) => {
    const [zr, zi] = [skewed(k, h), skewed(k, h)];
    e.split(h, put(k, x), zr, zi);
    const [yr, yi] = run(k, e, half, zr, zi);
    const re = room(k, h + 1);
    const im = room(k, h + 1);
    e.unpackReal(h, yr, yi, full, re, im);
    return takePlanes(k, re, im, h + 1);
  });
}

/** The table of the roots of order n alone (n may have large prime factors). */
function rootsPlan(k: Kernels, n: number): Address {
  const t = tables.get(k)!;
  const key = -n;
  const known = t.plans.get(key) ?? t.plans.get(n);
  if (known && !known.power && !known.chirp) return known.table;
  const plan = direct(k, n);
  t.plans.set(key, plan);
  return plan.table;
}
