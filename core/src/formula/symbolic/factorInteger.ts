// Factorisation of univariate integer polynomials: one large prime, Cantor–Zassenhaus, and recombination
// (Zassenhaus 1969; von zur Gathen & Gerhard, Modern Computer Algebra, algorithm 15.2 "big prime").

import { gcd } from "../../linalg/index.js";
import { tick } from "./budget.js";
import { integerRoot } from "./term.js";

/** Coefficients, lowest first; the last is not zero. */
export type IntPoly = readonly bigint[];

const absBig = (n: bigint): bigint => (n < 0n ? -n : n);
const trim = (p: bigint[]): bigint[] => {
  while (p.length > 0 && p[p.length - 1] === 0n) p.pop();
  return p;
};
const mod = (a: bigint, p: bigint): bigint => ((a % p) + p) % p;

export function powMod(base: bigint, exponent: bigint, p: bigint): bigint {
  let [b, k, out] = [mod(base, p), exponent, 1n];
  for (; k > 0n; k >>= 1n) {
    if (k & 1n) out = (out * b) % p;
    b = (b * b) % p;
  }
  return out;
}
const inverseMod = (a: bigint, p: bigint): bigint => powMod(a, p - 2n, p);

/** Miller–Rabin with the first twelve primes as bases: a proof below 3·10^24, beyond that an error is astronomically unlikely. */
export function isPrime(n: bigint): boolean {
  const bases = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n];
  if (n < 2n) return false;
  for (const b of bases) if (n % b === 0n) return n === b;
  let d = n - 1n;
  let s = 0;
  while (d % 2n === 0n) {
    d /= 2n;
    s++;
  }
  return bases.every((b) => {
    let x = powMod(b, d, n);
    if (x === 1n || x === n - 1n) return true;
    for (let i = 1; i < s; i++) {
      x = (x * x) % n;
      if (x === n - 1n) return true;
    }
    return false;
  });
}

function reduceMod(p: IntPoly, m: bigint): bigint[] {
  return trim(p.map((c) => mod(c, m)));
}
function mulMod(a: IntPoly, b: IntPoly, m: bigint): bigint[] {
  if (a.length === 0 || b.length === 0) return [];
  const out = new Array<bigint>(a.length + b.length - 1).fill(0n);
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) out[i + j] = out[i + j]! + a[i]! * b[j]!;
  return reduceMod(out, m);
}
function divModP(a: IntPoly, b: IntPoly, m: bigint): [bigint[], bigint[]] {
  const r = [...a];
  const q = new Array<bigint>(Math.max(0, a.length - b.length + 1)).fill(0n);
  const inverse = inverseMod(b[b.length - 1]!, m);
  for (let i = a.length - b.length; i >= 0; i--) {
    const c = (r[i + b.length - 1]! * inverse) % m;
    q[i] = c;
    if (c !== 0n) for (let j = 0; j < b.length; j++) r[i + j] = mod(r[i + j]! - c * b[j]!, m);
  }
  return [trim(q), trim(r.slice(0, Math.max(0, b.length - 1)))];
}
const remMod = (a: IntPoly, b: IntPoly, m: bigint): bigint[] => (a.length < b.length ? [...a] : divModP(a, b, m)[1]);
function monic(a: IntPoly, m: bigint): bigint[] {
  const inverse = inverseMod(a[a.length - 1]!, m);
  return a.map((c) => (c * inverse) % m);
}
function gcdMod(a: IntPoly, b: IntPoly, m: bigint): bigint[] {
  let [x, y] = [[...a], [...b]];
  while (y.length > 0) [x, y] = [y, remMod(x, y, m)];
  return x.length === 0 ? x : monic(x, m);
}
function powModPoly(base: IntPoly, exponent: bigint, f: IntPoly, m: bigint): bigint[] {
  let out: bigint[] = [1n];
  let b = remMod(base, f, m);
  for (let k = exponent; k > 0n; k >>= 1n) {
    tick();
    if (k & 1n) out = remMod(mulMod(out, b, m), f, m);
    b = remMod(mulMod(b, b, m), f, m);
  }
  return out;
}
const subMod = (a: IntPoly, b: IntPoly, m: bigint): bigint[] =>
  trim(Array.from({ length: Math.max(a.length, b.length) }, (_, i) => mod((a[i] ?? 0n) - (b[i] ?? 0n), m)));

/** Irreducible monic factors of a square-free monic polynomial modulo an odd prime. */
function factorMod(f: IntPoly, p: bigint): bigint[][] {
  const out: bigint[][] = [];
  let rest = [...f];
  let power: bigint[] = [0n, 1n];
  for (let d = 1; rest.length - 1 >= 2 * d; d++) {
    power = powModPoly(power, p, rest, p);
    const g = gcdMod(subMod(power, [0n, 1n], p), rest, p);
    if (g.length > 1) {
      out.push(...splitEqualDegree(g, d, p));
      rest = divModP(rest, g, p)[0];
      power = remMod(power, rest, p);
    }
  }
  if (rest.length > 1) out.push(rest);
  return out;
}

/** Equal-degree splitting with the fixed sequence of trial polynomials x + s, x² + s ... instead of random ones. */
function splitEqualDegree(f: bigint[], d: number, p: bigint): bigint[][] {
  if (f.length - 1 === d) return [f];
  const exponent = (p ** BigInt(d) - 1n) / 2n;
  for (let s = 1n; s < 500n; s++) {
    const trial = Array.from({ length: f.length - 1 }, (_, i) => mod(powMod(s + 1n, BigInt(i * i + 3 * i + 1), p) * (s + BigInt(i)), p));
    const t = trim(trial);
    if (t.length < 2) continue;
    const g = gcdMod(subMod(powModPoly(t, exponent, f, p), [1n], p), f, p);
    if (g.length > 1 && g.length < f.length) return [...splitEqualDegree(g, d, p), ...splitEqualDegree(divModP(f, g, p)[0], d, p)];
  }
  return [f];
}

const contentOf = (p: IntPoly): bigint => p.reduce((g, c) => gcd(g, c), 0n);
export function primitivePart(p: IntPoly): bigint[] {
  const c = contentOf(p) * (p[p.length - 1]! < 0n ? -1n : 1n);
  return p.map((x) => x / c);
}

/** a/b over the integers, or null. */
export function divideInteger(a: IntPoly, b: IntPoly): bigint[] | null {
  const r = [...a];
  const q = new Array<bigint>(Math.max(0, a.length - b.length + 1)).fill(0n);
  const lead = b[b.length - 1]!;
  for (let i = a.length - b.length; i >= 0; i--) {
    const top = r[i + b.length - 1]!;
    if (top % lead !== 0n) return null;
    q[i] = top / lead;
    if (q[i] !== 0n) for (let j = 0; j < b.length; j++) r[i + j] = r[i + j]! - q[i]! * b[j]!;
  }
  return r.every((c) => c === 0n) ? trim(q) : null;
}

/**
 * The irreducible factors of a primitive square-free integer polynomial with positive leading coefficient.
 * Degrees above 60 and more than 14 modular factors are left as they are.
 */
export function factorSquareFree(f: IntPoly): bigint[][] {
  const degree = f.length - 1;
  if (degree <= 1) return [[...f]];
  if (degree > 60) return [[...f]];
  const lead = f[degree]!;
  // Mignotte: coefficients of any factor are below 2^degree · ‖f‖₂; times the leading coefficient, twice for the sign.
  const norm =
    integerRoot(
      f.reduce((s, c) => s + c * c, 0n),
      2,
    ) + 1n;
  let p = 2n * (1n << BigInt(degree)) * norm * absBig(lead) + 101n;
  if (p % 2n === 0n) p += 1n;
  const derivative = trim(f.slice(1).map((c, i) => c * BigInt(i + 1)));
  for (;;) {
    while (!isPrime(p)) p += 2n;
    if (lead % p !== 0n && gcdMod(reduceMod(f, p), reduceMod(derivative, p), p).length === 1) break;
    p += 2n;
  }
  const modular = factorMod(monic(reduceMod(f, p), p), p);
  if (modular.length === 1) return [[...f]];
  if (modular.length > 14) return [[...f]];
  return recombine(f, modular, p);
}

function recombine(f: IntPoly, modular: bigint[][], p: bigint): bigint[][] {
  const out: bigint[][] = [];
  let rest = [...f];
  let left = modular;
  const centre = (c: bigint): bigint => (c > p / 2n ? c - p : c);
  for (let take = 1; 2 * take <= left.length; ) {
    let found = false;
    for (const subset of subsets(left.length, take)) {
      tick();
      let g: bigint[] = [mod(rest[rest.length - 1]!, p)];
      for (const i of subset) g = mulMod(g, left[i]!, p);
      const candidate = primitivePart(g.map(centre));
      const quotient = divideInteger(rest, candidate);
      if (quotient) {
        out.push(candidate);
        rest = quotient;
        left = left.filter((_, i) => !subset.includes(i));
        found = true;
        break;
      }
    }
    if (!found) take++;
  }
  if (rest.length > 1) out.push(primitivePart(rest));
  return out;
}

function* subsets(n: number, k: number, from = 0): Generator<number[]> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= n - k; i++) for (const tail of subsets(n, k - 1, i + 1)) yield [i, ...tail];
}
