// Polynomials by their coefficients, highest power first (as NumPy's polyval and the characteristic polynomial have them).
import { type Complex, companion, eigenvalues, MathError, type Spectrum, said } from "../linalg/index.js";
import { convolve } from "./convolve.js";

/** p(x) by Horner's rule: n multiplications, backward stable. The empty polynomial is 0. */
export function evaluatePolynomial(p: ArrayLike<number>, x: number): number {
  let y = 0;
  for (let i = 0; i < p.length; i++) y = y * x + p[i];
  return y;
}

/** p(z) at a complex point, by Horner's rule. */
export function evaluatePolynomialComplex(p: ArrayLike<number>, z: Complex): Complex {
  let re = 0;
  let im = 0;
  for (let i = 0; i < p.length; i++) [re, im] = [re * z.re - im * z.im + p[i], re * z.im + im * z.re];
  return { re, im };
}

/** p·q: the convolution of the coefficients. */
export const multiplyPolynomials = (p: ArrayLike<number>, q: ArrayLike<number>): Float64Array => convolve(p, q);

/** p + q, aligned at the constant terms. */
export function addPolynomials(p: ArrayLike<number>, q: ArrayLike<number>): Float64Array {
  const n = Math.max(p.length, q.length);
  const out = new Float64Array(n);
  for (let i = 0; i < p.length; i++) out[n - p.length + i] += p[i];
  for (let i = 0; i < q.length; i++) out[n - q.length + i] += q[i];
  return out;
}

/** p = q·quotient + remainder with the remainder shorter than q. Throws "divide-by-zero" when q has no coefficient or a leading 0. */
export function dividePolynomials(p: ArrayLike<number>, q: ArrayLike<number>): { quotient: Float64Array; remainder: Float64Array } {
  if (q.length === 0 || q[0] === 0) throw new MathError("divide-by-zero", "a polynomial cannot be divided by one without a leading coefficient");
  const rest = Float64Array.from(p);
  const steps = Math.max(0, p.length - q.length + 1);
  const quotient = new Float64Array(steps);
  for (let i = 0; i < steps; i++) {
    const c = rest[i] / q[0];
    quotient[i] = c;
    rest[i] = 0;
    for (let j = 1; j < q.length; j++) rest[i + j] -= c * q[j];
  }
  return { quotient, remainder: rest.slice(steps) };
}

/** p′. */
export function differentiatePolynomial(p: ArrayLike<number>): Float64Array {
  const n = Math.max(0, p.length - 1);
  return Float64Array.from({ length: n }, (_, i) => p[i] * (n - i));
}

/** The monic polynomial with these (real) roots. */
export const polynomialFromRoots = (roots: ArrayLike<number>): Float64Array =>
  Array.from(roots).reduce((p: Float64Array, r) => multiplyPolynomials(p, [1, -r]), Float64Array.of(1));

/**
 * All roots with multiplicity, as the eigenvalues of the balanced companion matrix (Edelman & Murakami 1995): 10n³ flops, backward stable relative to the largest coefficient.
 * A root of multiplicity k is found to about eps^(1/k). Leading zeros are dropped, trailing ones are exact roots 0; constants have no roots.
 * The zero polynomial is MathError "domain" (every number is a root); NaN or infinity "nonfinite".
 */
export function polynomialRoots(p: ArrayLike<number>): Spectrum {
  const c = Array.from(p);
  const bad = c.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw new MathError("nonfinite", said`coefficient ${bad + 1} of the polynomial is ${c[bad]}`);
  const first = c.findIndex((x) => x !== 0);
  if (first < 0) throw new MathError("domain", "every number is a root of the zero polynomial");
  let last = c.length - 1;
  while (c[last] === 0) last--;
  const core = c.slice(first, last + 1);
  const monic = core.map((x) => x / core[0]);
  if (monic.some((x) => !Number.isFinite(x)))
    throw new MathError("nonfinite", said`the leading coefficient ${core[0]} is too small beside the others`, "scale the variable first");
  const r = eigenvalues(companion(monic));
  const zeros = c.length - 1 - last;
  const extend = (x: Float64Array) => {
    const out = new Float64Array(x.length + zeros);
    out.set(x);
    return out;
  };
  return { re: extend(r.re), im: extend(r.im) };
}
