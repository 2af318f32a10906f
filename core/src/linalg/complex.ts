// Complex scalars as plain pairs, and the few operations on them that must not overflow or lose digits.

/** re + i·im. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A real number where the input was real, a pair where it was complex. */
export type Scalar = number | Complex;

export const complex = (re: number, im = 0): Complex => ({ re, im });
export const toComplex = (s: Scalar): Complex => (typeof s === "number" ? { re: s, im: 0 } : s);
export const conjugateScalar = (z: Complex): Complex => ({ re: z.re, im: -z.im });
export const addComplex = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
export const subtractComplex = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
export const multiplyComplex = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
/** |z| without overflow. */
export const absComplex = (z: Complex): number => modulus(z.re, z.im);

/** sqrt(x² + y²) without overflow or harmful underflow; deterministic across engines, unlike Math.hypot. */
export function modulus(x: number, y: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  const big = Math.max(a, b);
  const small = Math.min(a, b);
  if (small === 0) return big;
  if (big > 1e-140 && big < 1e140) return Math.sqrt(a * a + b * b);
  if (big === Infinity) return Infinity;
  const r = small / big;
  return big * Math.sqrt(1 + r * r);
}

/** a/b by Smith's method (1962): no overflow unless the quotient itself overflows. */
export function divideComplex(a: Complex, b: Complex): Complex {
  if (b.im === 0) return { re: a.re / b.re, im: a.im / b.re };
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const r = b.im / b.re;
    const d = b.re + b.im * r;
    return { re: (a.re + a.im * r) / d, im: (a.im - a.re * r) / d };
  }
  const r = b.re / b.im;
  const d = b.re * r + b.im;
  return { re: (a.re * r + a.im) / d, im: (a.im * r - a.re) / d };
}

/** The principal square root: real part never negative. */
export function sqrtComplex(z: Complex): Complex {
  if (z.im === 0) return z.re >= 0 ? { re: Math.sqrt(z.re), im: 0 } : { re: 0, im: Math.sqrt(-z.re) };
  // Halving first keeps |z| + |re| from overflowing.
  const t = Math.sqrt(modulus(z.re / 2, z.im / 2) + Math.abs(z.re / 2));
  if (z.re >= 0) return { re: t, im: z.im / (2 * t) };
  return { re: Math.abs(z.im) / (2 * t), im: z.im < 0 ? -t : t };
}

/** The principal logarithm, imaginary part in (-π, π]; near |z| = 1 the real part keeps its digits. */
export function logComplex(z: Complex): Complex {
  const im = Math.atan2(z.im, z.re);
  const a = Math.abs(z.re);
  const b = Math.abs(z.im);
  const big = Math.max(a, b);
  const small = Math.min(a, b);
  // log|z| = ½ log1p((|z|-1)(|z|+1)) with |z|² - 1 formed without cancellation.
  if (big > 0.5 && big < 2) return { re: 0.5 * Math.log1p((big - 1) * (big + 1) + small * small), im };
  return { re: Math.log(modulus(z.re, z.im)), im };
}

export function expComplex(z: Complex): Complex {
  const r = Math.exp(z.re);
  return z.im === 0 ? { re: r, im: 0 } : { re: r * Math.cos(z.im), im: r * Math.sin(z.im) };
}
