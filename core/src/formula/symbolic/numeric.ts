// Complex floating-point values of terms, for checking answers and for definite integrals.

import { rationalToNumber } from "../../linalg/index.js";
import { zeta } from "../evaluate/special.js";
import type { Term } from "./term.js";

export interface Complex {
  readonly re: number;
  readonly im: number;
}
export const complex = (re: number, im = 0): Complex => ({ re, im });
const nan = complex(Number.NaN, Number.NaN);

const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
const sub = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
const mul = (a: Complex, b: Complex): Complex => {
  if (a.im === 0 && b.im === 0) return { re: a.re * b.re, im: 0 };
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
};
const div = (a: Complex, b: Complex): Complex => {
  if (b.im === 0) return { re: a.re / b.re, im: a.im === 0 ? 0 : a.im / b.re };
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const r = b.im / b.re;
    const d = b.re + b.im * r;
    return { re: (a.re + a.im * r) / d, im: (a.im - a.re * r) / d };
  }
  const r = b.re / b.im;
  const d = b.re * r + b.im;
  return { re: (a.re * r + a.im) / d, im: (a.im * r - a.re) / d };
};
const modulus = (z: Complex) => Math.hypot(z.re, z.im);
const exp = (z: Complex): Complex => {
  const r = Math.exp(z.re);
  return z.im === 0 ? { re: r, im: 0 } : { re: r * Math.cos(z.im), im: r * Math.sin(z.im) };
};
const log = (z: Complex): Complex => ({ re: Math.log(modulus(z)), im: Math.atan2(z.im, z.re) });
const csqrt = (z: Complex): Complex => {
  if (z.im === 0) return z.re >= 0 ? { re: Math.sqrt(z.re), im: 0 } : { re: 0, im: Math.sqrt(-z.re) };
  const m = modulus(z);
  const re = Math.sqrt((m + Math.abs(z.re)) / 2);
  const im = Math.abs(z.im) / (2 * re);
  return z.re >= 0 ? { re, im: z.im >= 0 ? im : -im } : { re: im, im: z.im >= 0 ? re : -re };
};
const oneC = complex(1);
const iC = complex(0, 1);
const scale = (z: Complex, s: number): Complex => ({ re: z.re * s, im: z.im * s });

export function powC(a: Complex, b: Complex): Complex {
  if (b.im === 0 && Number.isInteger(b.re) && Math.abs(b.re) <= 1024) {
    if (a.im === 0) return { re: a.re ** b.re, im: 0 };
    let out = oneC;
    let base = a;
    for (let n = Math.abs(b.re); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) out = mul(out, base);
      base = mul(base, base);
    }
    return b.re < 0 ? div(oneC, out) : out;
  }
  if (a.im === 0 && b.im === 0 && a.re >= 0) return { re: a.re ** b.re, im: 0 };
  if (b.im === 0 && b.re === 0.5) return csqrt(a);
  if (a.re === 0 && a.im === 0) return b.re > 0 ? complex(0) : nan;
  return exp(mul(b, log(a)));
}

const real =
  (f: (x: number) => number) =>
  (z: Complex): Complex =>
    z.im === 0 ? complex(f(z.re)) : nan;
/** A real function where it is real, a complex formula elsewhere. */
const both =
  (f: (x: number) => number, g: (z: Complex) => Complex) =>
  (z: Complex): Complex => {
    if (z.im === 0) {
      const y = f(z.re);
      if (!Number.isNaN(y)) return complex(y);
    }
    return g(z);
  };

const sinC = both(Math.sin, (z) => ({ re: Math.sin(z.re) * Math.cosh(z.im), im: Math.cos(z.re) * Math.sinh(z.im) }));
const cosC = both(Math.cos, (z) => ({ re: Math.cos(z.re) * Math.cosh(z.im), im: -Math.sin(z.re) * Math.sinh(z.im) }));
const sinhC = both(Math.sinh, (z) => scale(sub(exp(z), exp(scale(z, -1))), 0.5));
const coshC = both(Math.cosh, (z) => scale(add(exp(z), exp(scale(z, -1))), 0.5));
const asinC = both(Math.asin, (z) => mul(complex(0, -1), log(add(mul(iC, z), csqrt(sub(oneC, mul(z, z)))))));
const atanC = both(Math.atan, (z) => mul(complex(0, 0.5), sub(log(sub(oneC, mul(iC, z))), log(add(oneC, mul(iC, z))))));

/** Γ(z) by Lanczos' approximation (g = 7, n = 9). */
function gammaC(z: Complex): Complex {
  if (z.im === 0 && Number.isInteger(z.re)) {
    if (z.re <= 0) return nan;
    if (z.re <= 171) {
      let f = 1;
      for (let i = 2; i < z.re; i++) f *= i;
      return complex(f);
    }
  }
  if (z.re < 0.5) return div(complex(Math.PI), mul(sinC(scale(z, Math.PI)), gammaC(sub(oneC, z))));
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
    9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const w = sub(z, oneC);
  let x = complex(c[0]!);
  for (let i = 1; i < 9; i++) x = add(x, div(complex(c[i]!), add(w, complex(i))));
  const t = add(w, complex(7.5));
  return mul(scale(powC(t, add(w, complex(0.5))), Math.sqrt(2 * Math.PI)), mul(exp(scale(t, -1)), x));
}

function digamma(x: number): number {
  if (x <= 0 && Number.isInteger(x)) return Number.NaN;
  if (x < 0.5) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let [y, s] = [x, 0];
  while (y < 10) {
    s -= 1 / y;
    y += 1;
  }
  const q = 1 / (y * y);
  return s + Math.log(y) - 1 / (2 * y) - q * (1 / 12 - q * (1 / 120 - q * (1 / 252 - q * (1 / 240 - q * (1 / 132)))));
}

/** erf by its series up to 3 and the continued fraction of erfc beyond. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < 0) return -erf(-x);
  if (x > 6) return 1;
  if (x < 3) {
    let [term, s] = [x, x];
    for (let n = 1; n < 200 && Math.abs(term) > 1e-18 * Math.abs(s); n++) {
      term *= (2 * x * x) / (2 * n + 1);
      s += term;
    }
    return ((2 / Math.sqrt(Math.PI)) * s) / Math.exp(x * x);
  }
  let f = 0;
  for (let n = 60; n >= 1; n--) f = n / 2 / (x + f);
  return 1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + f);
}

const functions: Readonly<Record<string, (...z: Complex[]) => Complex>> = {
  ln: (z) => (z!.re === 0 && z!.im === 0 ? complex(-Infinity) : z!.im === 0 && z!.re > 0 ? complex(Math.log(z!.re)) : log(z!)),
  log: (z, b) => (b ? div(log(z!), log(b)) : log(z!)),
  sin: (z) => sinC(z!),
  cos: (z) => cosC(z!),
  tan: (z) => div(sinC(z!), cosC(z!)),
  cot: (z) => div(cosC(z!), sinC(z!)),
  sec: (z) => div(oneC, cosC(z!)),
  csc: (z) => div(oneC, sinC(z!)),
  arcsin: (z) => asinC(z!),
  arccos: (z) => both(Math.acos, (w) => sub(complex(Math.PI / 2), asinC(w)))(z!),
  arctan: (z) => atanC(z!),
  sinh: (z) => sinhC(z!),
  cosh: (z) => coshC(z!),
  tanh: (z) => both(Math.tanh, (w) => div(sinhC(w), coshC(w)))(z!),
  coth: (z) => div(coshC(z!), sinhC(z!)),
  sech: (z) => div(oneC, coshC(z!)),
  csch: (z) => div(oneC, sinhC(z!)),
  arsinh: (z) => both(Math.asinh, (w) => log(add(w, csqrt(add(mul(w, w), oneC)))))(z!),
  arcosh: (z) => both(Math.acosh, (w) => log(add(w, mul(csqrt(add(w, oneC)), csqrt(sub(w, oneC))))))(z!),
  artanh: (z) => both(Math.atanh, (w) => scale(sub(log(add(oneC, w)), log(sub(oneC, w))), 0.5))(z!),
  abs: (z) => complex(modulus(z!)),
  arg: (z) => complex(Math.atan2(z!.im, z!.re)),
  sign: real(Math.sign) as (...z: Complex[]) => Complex,
  floor: real(Math.floor) as (...z: Complex[]) => Complex,
  ceil: real(Math.ceil) as (...z: Complex[]) => Complex,
  round: real((x) => Math.sign(x) * Math.round(Math.abs(x))) as (...z: Complex[]) => Complex,
  max: (...z) => (z.some((w) => w.im !== 0) ? nan : complex(Math.max(...z.map((w) => w.re)))),
  min: (...z) => (z.some((w) => w.im !== 0) ? nan : complex(Math.min(...z.map((w) => w.re)))),
  gamma: (z) => gammaC(z!),
  factorial: (z) => gammaC(add(z!, oneC)),
  zeta: real(zeta) as (...z: Complex[]) => Complex,
  digamma: real(digamma) as (...z: Complex[]) => Complex,
  erf: real(erf) as (...z: Complex[]) => Complex,
  sigmoid: (z) => div(oneC, add(oneC, exp(scale(z!, -1)))),
  softplus: (z) => log(add(oneC, exp(z!))),
  relu: real((x) => Math.max(0, x)) as (...z: Complex[]) => Complex,
  Re: (z) => complex(z!.re),
  Im: (z) => complex(z!.im),
  binom: (n, k) => div(gammaC(add(n!, oneC)), mul(gammaC(add(k!, oneC)), gammaC(add(sub(n!, k!), oneC)))),
};

export type Values = ReadonlyMap<string, Complex>;

/** The value of a term, NaN where it is undefined or unknown. Cost: one visit of every node. */
export function evaluate(t: Term, values: Values): Complex {
  switch (t.k) {
    case "num":
      return complex(rationalToNumber(t.r));
    case "name":
      return values.get(t.name) ?? nan;
    case "const":
      return t.name === "pi" ? complex(Math.PI) : t.name === "e" ? complex(Math.E) : t.name === "i" ? iC : t.name === "inf" ? complex(Infinity) : nan;
    case "sum": {
      let s = complex(0);
      for (const u of t.terms) s = add(s, evaluate(u, values));
      return s;
    }
    case "product": {
      let p = complex(rationalToNumber(t.coef));
      for (const f of t.factors) p = mul(p, evaluate(f, values));
      return p;
    }
    case "power":
      if (t.base.k === "const" && t.base.name === "e") return exp(evaluate(t.exponent, values));
      return powC(evaluate(t.base, values), evaluate(t.exponent, values));
    case "call": {
      const f = functions[t.name];
      return f ? f(...t.args.map((a) => evaluate(a, values))) : nan;
    }
    case "opaque":
      return nan;
  }
}

export const canEvaluate = (t: Term): boolean =>
  t.k === "opaque"
    ? false
    : t.k === "call"
      ? t.name in functions && t.args.every(canEvaluate)
      : t.k === "sum"
        ? t.terms.every(canEvaluate)
        : t.k === "product"
          ? t.factors.every(canEvaluate)
          : t.k === "power"
            ? canEvaluate(t.base) && canEvaluate(t.exponent)
            : true;

/** The value of a term without names. */
export const valueOf = (t: Term): Complex => evaluate(t, new Map());

/** A term compiled to a real function of one name; NaN where it is not real. */
export function realFunction(t: Term, name: string, others: Values = new Map()): (x: number) => number {
  const values = new Map(others);
  return (x) => {
    values.set(name, complex(x));
    const z = evaluate(t, values);
    return Math.abs(z.im) <= 1e-12 * Math.max(1, Math.abs(z.re)) ? z.re : Number.NaN;
  };
}

export const isFiniteC = (z: Complex): boolean => Number.isFinite(z.re) && Number.isFinite(z.im);
export const closeC = (a: Complex, b: Complex, tolerance = 1e-8): boolean => modulus(sub(a, b)) <= tolerance * Math.max(1, modulus(a), modulus(b));

/** Fixed points in general position for comparing expressions: irrational-looking, positive first, then of either sign. */
export function samplePoints(names: readonly string[], count = 6, positive = false): Values[] {
  const out: Values[] = [];
  for (let s = 0; s < count; s++) {
    const point = new Map<string, Complex>();
    names.forEach((name, j) => {
      const u = (0.6180339887498949 * (s + 1) + 0.7548776662466927 * (j + 1) * (s + 2) + 0.137) % 1;
      point.set(name, complex(s < 4 || positive ? 0.31 + 2.1 * u : 3.7 * (u - 0.5) + 0.013));
    });
    out.push(point);
  }
  return out;
}

/**
 * Whether two terms have the same values at sample points; with `positive`, only where rules for logarithms hold.
 * null when too few points are finite to say anything.
 */
export function sameValues(a: Term, b: Term, names: readonly string[], count = 5, tolerance = 1e-8, positive = false): boolean | null {
  let seen = 0;
  for (const point of samplePoints(names, count + 3, positive)) {
    const [x, y] = [evaluate(a, point), evaluate(b, point)];
    if (!isFiniteC(x) || !isFiniteC(y)) continue;
    if (!closeC(x, y, tolerance)) return false;
    seen++;
    if (names.length === 0) break;
  }
  return seen === 0 || (names.length > 0 && seen < 2) ? null : true;
}
