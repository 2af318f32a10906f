// Definite integrals by numbers: tanh–sinh (double exponential) quadrature, which forgives endpoint singularities.

import { tick } from "./budget.js";

/** An integral's value with an estimate of its error; NaN when the function is not real or does not decay. */
export interface Quadrature {
  readonly value: number;
  readonly error: number;
}

/**
 * ∫ f over [a, b], either end may be infinite. Takahasi & Mori (1974): x = tanh(π/2 sinh t) on finite intervals,
 * exp(π/2 sinh t) on half-lines, sinh(π/2 sinh t) on the line; the step is halved until two levels agree.
 * Finite intervals are split in eight first, so that kinks and interior poles show in the error.
 */
export function integrateNumerically(f: (x: number) => number, a: number, b: number, tolerance = 1e-13): Quadrature {
  if (a === b) return { value: 0, error: 0 };
  if (a > b) {
    const r = integrateNumerically(f, b, a, tolerance);
    return { value: -r.value, error: r.error };
  }
  if (a === Number.NEGATIVE_INFINITY && b === Number.POSITIVE_INFINITY) {
    return add(halfLine(f, 0, 1, tolerance), halfLine(f, 0, -1, tolerance));
  }
  if (b === Number.POSITIVE_INFINITY) return halfLine(f, a, 1, tolerance);
  if (a === Number.NEGATIVE_INFINITY) return halfLine(f, b, -1, tolerance);
  return finite(f, a, b, tolerance);
}

const add = (x: Quadrature, y: Quadrature): Quadrature => ({ value: x.value + y.value, error: x.error + y.error });

function finite(f: (x: number) => number, a: number, b: number, tolerance: number): Quadrature {
  const whole = tanhSinh(f, a, b, tolerance);
  if (whole.error <= 1e-11 * Math.max(1, Math.abs(whole.value))) return whole;
  return adaptive(f, a, b, tolerance, 0);
}

function adaptive(f: (x: number) => number, a: number, b: number, tolerance: number, depth: number): Quadrature {
  const m = (a + b) / 2;
  const halves = [tanhSinh(f, a, m, tolerance), tanhSinh(f, m, b, tolerance)] as const;
  const ends = [
    [a, m],
    [m, b],
  ] as const;
  let out: Quadrature = { value: 0, error: 0 };
  halves.forEach((h, i) => {
    const good = h.error <= 1e-12 * Math.max(1, Math.abs(h.value));
    out = add(out, good || depth >= 7 || Number.isNaN(h.value) ? h : adaptive(f, ends[i]![0], ends[i]![1], tolerance, depth + 1));
  });
  return out;
}

/** [0, ∞) from `start`: a finite piece and the exponential tail map. */
function halfLine(f: (x: number) => number, start: number, direction: 1 | -1, tolerance: number): Quadrature {
  const near = finite((x) => f(start + direction * x), 0, 1, tolerance);
  const far = levels((t) => {
    const u = (Math.PI / 2) * Math.sinh(t);
    const x = Math.exp(u);
    const w = x * (Math.PI / 2) * Math.cosh(t);
    const y = f(start + direction * (1 + x));
    return x > 1e300 || y === 0 ? 0 : y * w;
  }, tolerance);
  return add(near, far);
}

function tanhSinh(f: (x: number) => number, a: number, b: number, tolerance: number): Quadrature {
  const h = (b - a) / 2;
  return levels((t) => {
    const u = (Math.PI / 2) * Math.sinh(t);
    const c = Math.cosh(u);
    const w = ((Math.PI / 2) * Math.cosh(t)) / (c * c);
    // The distance to the nearer end keeps its digits.
    const d = Math.exp(-Math.abs(u)) / c;
    const x = u < 0 ? a + h * d : b - h * d;
    if (x <= a || x >= b) return 0;
    return w < 1e-300 ? 0 : h * w * f(x);
  }, tolerance);
}

function levels(g: (t: number) => number, tolerance: number): Quadrature {
  const reach = 4.2;
  let step = 0.5;
  let sum = 0;
  let bad = 0;
  const take = (t: number) => {
    tick();
    const y = g(t);
    if (Number.isFinite(y)) sum += y;
    else bad++;
  };
  for (let t = -reach; t <= reach + 1e-9; t += step) take(t);
  let previous = sum * step;
  let error = Number.POSITIVE_INFINITY;
  for (let level = 0; level < 7; level++) {
    for (let t = -reach + step / 2; t < reach; t += step) take(t);
    step /= 2;
    const value = sum * step;
    error = Math.abs(value - previous);
    previous = value;
    if (level >= 2 && error <= tolerance * Math.max(1, Math.abs(value))) break;
  }
  return bad > 4 ? { value: Number.NaN, error: Number.POSITIVE_INFINITY } : { value: previous, error };
}
