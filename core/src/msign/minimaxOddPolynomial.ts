// The odd polynomial nearest to one on an interval: how Newton-Schulz coefficients are designed.

import { MathError, said } from "../linalg/index.js";

export interface MinimaxOdd {
  /** a, b (and c): p(x) = ax + bx³ (+ cx⁵). */
  readonly coeffs: readonly number[];
  /** max |p(x) - 1| on [l, u]. */
  readonly error: number;
  /** Where p has its maximum (and minimum) inside. */
  readonly extrema: readonly number[];
}

/**
 * The odd polynomial of degree 3 or 5 that minimises max |p(x) - 1| on [l, u], 0 < l <= u. It equioscillates at l, the extrema and u with signs -, +, (-, +).
 * Degree 3 has a closed form (x₁² = (l² + lu + u²)/3); degree 5 takes a few Remez exchanges. For 1 - l/u below 5·10⁻⁶ the limit (15/8u, -10/8u³, 3/8u⁵) is the answer.
 * The error and the values on [l, u] are accurate throughout. Throws "domain", "no-convergence".
 * Amsel et al. 2025 (arXiv 2505.16932), §4; CANS (arXiv 2506.10935); Su, kexue.fm 10996.
 */
export function minimaxOddPolynomial(l: number, u: number, degree: 3 | 5 = 5): MinimaxOdd {
  if (!(l > 0 && u >= l && Number.isFinite(u))) throw new MathError("domain", said`the interval [${l}, ${u}] must satisfy 0 < l <= u`);
  if (degree !== 3 && degree !== 5) throw new MathError("domain", said`the degree must be 3 or 5, not ${degree}`);
  // On [l/u, 1]: powers of u stay out of the equations.
  const f = degree === 3 ? cubic(l / u) : 1 - l / u < 5e-6 ? limit(l / u) : quintic(l / u);
  return { coeffs: f.coeffs.map((c, i) => c / u ** (2 * i + 1)), error: f.error, extrema: f.extrema.map((x) => x * u) };
}

function cubic(l: number): MinimaxOdd {
  const square = (l * l + l + 1) / 3;
  const x = Math.sqrt(square);
  const b = -2 / (2 * x ** 3 + 3 * x * x * l - l ** 3);
  const a = -3 * b * square;
  // p(x₁) - 1, the same as 1 - p(l).
  return { coeffs: [a, b], error: Math.max(0, x * (a + b * square) - 1), extrema: [x] };
}

const limit = (l: number): MinimaxOdd => ({
  coeffs: [15 / 8, -10 / 8, 3 / 8],
  // p - 1 = O((1 - x)³) there: below rounding.
  error: Math.abs(l * (15 / 8 + l * l * (-10 / 8 + (3 / 8) * l * l)) - 1),
  extrema: [l + (1 - l) / 4, l + (3 * (1 - l)) / 4],
});

const ROUNDS = 100;

function quintic(l: number): MinimaxOdd {
  let q = l + (1 - l) / 4;
  let r = l + (3 * (1 - l)) / 4;
  let before = Number.NaN;
  for (let round = 0; round < ROUNDS; round++) {
    const { coeffs, error } = interpolate([l, q, r, 1]);
    const [a, b, c] = coeffs;
    const root = Math.sqrt(Math.max(0, 9 * b * b - 20 * a * c));
    const next = [Math.sqrt((-3 * b - root) / (10 * c)), Math.sqrt((-3 * b + root) / (10 * c))];
    if (Math.abs(error - before) <= 1e-15 * Math.max(1e-2, Math.abs(error)) || !(next[0] > l && next[1] < 1 && next[0] < next[1]))
      return { coeffs, error: Math.abs(error), extrema: [q, r] };
    [q, r] = next;
    before = error;
  }
  throw new MathError("no-convergence", said`the exchange for [${l}, 1] did not settle in ${ROUNDS} rounds`);
}

/**
 * a, b, c and E with p(x_i) = 1 - E, 1 + E, 1 - E, 1 + E at four points. In y = x², q(y) = p(x)/x is quadratic and equals 1/x ∓ E/x, so its third divided difference is zero,
 * which gives E; the others give q in Newton's form. The differences of 1/x have closed forms, so no digits are lost on narrow intervals where the 4×4 system is singular.
 */
function interpolate(x: readonly [number, number, number, number]): { coeffs: [number, number, number]; error: number } {
  const y = x.map((v) => v * v);
  const second = (i: number) => {
    const [p, q, r] = [x[i], x[i + 1], x[i + 2]];
    return (p + q + r) / (p * q * r * (p + q) * (q + r) * (p + r));
  };
  const plain = [1 / x[0], -1 / (x[0] * x[1] * (x[0] + x[1])), second(0), (second(1) - second(0)) / (y[3] - y[0])];
  const signed = differences(
    x.map((v, i) => (i % 2 === 0 ? -1 : 1) / v),
    y,
  );
  const error = -plain[3] / signed[3];
  const [d0, d1, d2] = [0, 1, 2].map((i) => plain[i] + error * signed[i]);
  return { coeffs: [d0 - d1 * y[0] + d2 * y[0] * y[1], d1 - d2 * (y[0] + y[1]), d2], error };
}

/** Newton's divided differences f[y0], f[y0, y1], ... */
function differences(f: readonly number[], y: readonly number[]): number[] {
  const d = [...f];
  for (let order = 1; order < d.length; order++) for (let i = d.length - 1; i >= order; i--) d[i] = (d[i] - d[i - 1]) / (y[i] - y[i - order]);
  return d;
}
