// Roots of polynomials with coefficients that are terms: exact where radicals of degree two suffice, numeric otherwise.

import { fail, said } from "../../expr/index.js";
import { rationalToNumber } from "../../linalg/index.js";
import { factorPoly } from "./factor.js";
import { fromCoefficients, normal, normalFraction, polynomialIn, polyTerm } from "./fraction.js";
import { fromNumber } from "./fromExpr.js";
import { type Complex, valueOf } from "./numeric.js";
import { degreeIn } from "./poly.js";
import { denest, shorten } from "./simplify.js";
import {
  divide,
  e,
  frac,
  half,
  imaginary,
  int,
  isNum,
  isZeroTerm,
  minus,
  minusOne,
  namesOf,
  nameTerm,
  negate,
  pi,
  power,
  productOf,
  sqrt,
  square,
  sum,
  type Term,
  times,
  two,
} from "./term.js";

const variable = nameTerm("\u0001x");
/** Exact factors of higher degrees take too long. */
const maxDegree = 256;

/** All roots with multiplicity, or null when a factor of degree three or more has free names in its coefficients. */
export function rootsOfPolynomial(coefficients: readonly Term[]): Term[] | null {
  const c = coefficients.map(normal);
  while (c.length > 0 && isZeroTerm(c[c.length - 1]!)) c.pop();
  if (c.length < 2) return [];
  if (c.length - 1 > maxDegree)
    return fail("too-large", said`a polynomial of degree ${c.length - 1}: roots are found up to degree ${maxDegree}`, [0, 0]);
  const { fraction, ring } = normalFraction(fromCoefficients(c, variable));
  const g = ring.generators.find((v) => v.base.id === variable.id);
  if (!g) return [];
  const out: Term[] = [];
  for (const { part, multiplicity } of factorPoly(fraction.num).factors) {
    if (degreeIn(part, g.index) === 0) continue;
    const p = polynomialIn(polyTerm(part, ring), variable);
    const roots = p && rootsOfFactor(p);
    if (!roots) return null;
    for (let i = 0; i < multiplicity; i++) out.push(...roots);
  }
  return out;
}

function rootsOfFactor(c: readonly Term[]): Term[] | null {
  const n = c.length - 1;
  if (n === 1) return [shorten(normal(divide(negate(c[0]!), c[1]!)))];
  if (n === 2) return quadraticRoots(c[2]!, c[1]!, c[0]!);
  if (c.slice(1, n).every(isZeroTerm)) return binomialRoots(divide(negate(c[0]!), c[n]!), n);
  if (n === 4 && isZeroTerm(c[1]!) && isZeroTerm(c[3]!)) {
    return quadraticRoots(c[4]!, c[2]!, c[0]!).flatMap((z) => {
      const r = denest(sqrt(z));
      return [r, negate(r)];
    });
  }
  if (c.every((t) => namesOf(t).length === 0)) return numericRoots(c.map(valueOf)).map(fromComplex);
  return n === 3 ? cardano(c) : null;
}

/** (−b ± √(b² − 4ac))/2a. */
export function quadraticRoots(a: Term, b: Term, c: Term): Term[] {
  const discriminant = shorten(normal(minus(square(b), times(int(4), a, c))));
  const root = sqrt(discriminant);
  return [1, -1].map((s) => shorten(divide(sum(negate(b), times(int(s), root)), times(two, a))));
}

/** x^n = v for real v: the real root times the roots of unity whose sines are known. */
function binomialRoots(v: Term, n: number): Term[] | null {
  const value = isNum(v) ? rationalToNumber(v.r) : null;
  if (value === null && namesOf(v).length > 0) {
    if (n > 4) return null;
    const r = power(v, frac(1, n));
    return n === 3 ? unity(3, 0).map((u) => times(u, r)) : [r, negate(r), times(imaginary, r), times(minusOne, imaginary, r)];
  }
  if (value === null || n > 12) return null;
  const radius = power(value < 0 ? negate(v) : v, frac(1, n));
  return unity(n, value < 0 ? 1 : 0).map((u) => shorten(times(radius, u)));
}
/** e^{iπ(2k + offset)/n}, exactly where sines are known, else as e^{iφ}. */
function unity(n: number, offset: 0 | 1): Term[] {
  return Array.from({ length: n }, (_, k) => power(e, productOf([frac(2 * k + offset, n), imaginary, pi])));
}
/** Cardano's formula with symbolic coefficients. */
function cardano(c: readonly Term[]): Term[] {
  const [d, cc, b, a] = c as [Term, Term, Term, Term];
  const shift = divide(negate(b), times(int(3), a));
  const p = normal(divide(minus(times(int(3), a, cc), square(b)), times(int(3), square(a))));
  const q = normal(
    divide(sum(times(two, power(b, int(3))), times(int(-9), a, b, cc), times(int(27), square(a), d)), times(int(27), power(a, int(3)))),
  );
  const root = sqrt(sum(times(frac(1, 4), square(q)), times(frac(1, 27), power(p, int(3)))));
  const u = power(sum(times(frac(-1, 2), q), root), frac(1, 3));
  return [0, 1, 2].map((k) => {
    const w = k === 0 ? int(1) : sum(frac(-1, 2), times(int(k === 1 ? 1 : -1), half, imaginary, sqrt(int(3))));
    return sum(shift, times(w, u), negate(divide(p, times(int(3), w, u))));
  });
}

const fromComplex = (z: Complex): Term =>
  Math.abs(z.im) <= 1e-13 * Math.max(1, Math.abs(z.re)) ? fromNumber(z.re) : sum(fromNumber(z.re), times(fromNumber(z.im), imaginary));

/** All complex roots by the Durand–Kerner iteration, polished by Newton's. Real polynomials give exactly conjugate pairs. */
export function numericRoots(c: readonly Complex[]): Complex[] {
  const n = c.length - 1;
  const lead = c[n]!;
  const mul = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
  const div = (a: Complex, b: Complex): Complex => {
    const s = b.re * b.re + b.im * b.im;
    return { re: (a.re * b.re + a.im * b.im) / s, im: (a.im * b.re - a.re * b.im) / s };
  };
  const monic = c.map((x) => div(x, lead));
  const at = (z: Complex): Complex => {
    let s: Complex = monic[n]!;
    for (let k = n - 1; k >= 0; k--) {
      const t = mul(s, z);
      s = { re: t.re + monic[k]!.re, im: t.im + monic[k]!.im };
    }
    return s;
  };
  const slope = (z: Complex): Complex => {
    let s: Complex = { re: n, im: 0 };
    for (let k = n - 1; k >= 1; k--) {
      const t = mul(s, z);
      s = { re: t.re + k * monic[k]!.re, im: t.im + k * monic[k]!.im };
    }
    return s;
  };
  const radius = 1 + Math.max(...monic.slice(0, n).map((x) => Math.hypot(x.re, x.im)));
  const scale = Math.min(radius, Math.max(1e-3, Math.hypot(monic[0]!.re, monic[0]!.im) ** (1 / n)));
  let z = Array.from(
    { length: n },
    (_, k): Complex => ({ re: scale * Math.cos((2 * Math.PI * k) / n + 0.4), im: scale * Math.sin((2 * Math.PI * k) / n + 0.4) }),
  );
  for (let step = 0; step < 500; step++) {
    let change = 0;
    z = z.map((x, i) => {
      let d: Complex = { re: 1, im: 0 };
      z.forEach((y, j) => {
        if (i !== j) d = mul(d, { re: x.re - y.re, im: x.im - y.im });
      });
      const w = div(at(x), d);
      if (!Number.isFinite(w.re)) return x;
      change = Math.max(change, Math.hypot(w.re, w.im) / Math.max(1, Math.hypot(x.re, x.im)));
      return { re: x.re - w.re, im: x.im - w.im };
    });
    if (change < 1e-15) break;
  }
  const real = c.every((x) => x.im === 0);
  return z
    .map((x) => {
      let y = x;
      for (let k = 0; k < 3; k++) {
        const w = div(at(y), slope(y));
        if (Number.isFinite(w.re) && Math.hypot(w.re, w.im) < 1e-3) y = { re: y.re - w.re, im: y.im - w.im };
      }
      return real && Math.abs(y.im) < 1e-10 * Math.max(1, Math.abs(y.re)) ? { re: y.re, im: 0 } : y;
    })
    .sort((a, b) => a.re - b.re || a.im - b.im);
}
