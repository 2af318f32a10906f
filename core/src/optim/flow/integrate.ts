// Gradient flow x' = −∇f by the classical one-step methods.

import { MathError, said } from "../../linalg/index.js";
import { isFiniteVector, requireThat, type Vector } from "../guard.js";
import type { TestFunction } from "../problems/testFunctions.js";

export const flowMethods = ["euler", "midpoint", "heun", "rk4", "implicitEuler", "trapezoid"] as const;
export type FlowMethod = (typeof flowMethods)[number];

const add = (x: Vector, s: number, d: Vector): Vector => x.map((v, i) => v + s * (d[i] as number));

/** Solves Jd = r for a small dense Jacobian by elimination with partial pivoting. */
function eliminate(J: Float64Array, r: Vector): Vector {
  const n = r.length;
  const [a, b] = [J.slice(), r.slice()];
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k] as number) > Math.abs(a[p * n + k] as number)) p = i;
    for (let j = 0; j < n; j++) [a[k * n + j], a[p * n + j]] = [a[p * n + j] as number, a[k * n + j] as number];
    [b[k], b[p]] = [b[p] as number, b[k] as number];
    for (let i = k + 1; i < n; i++) {
      const f = (a[i * n + k] as number) / (a[k * n + k] as number);
      for (let j = k; j < n; j++) a[i * n + j] = (a[i * n + j] as number) - f * (a[k * n + j] as number);
      b[i] = (b[i] as number) - f * (b[k] as number);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) b[i] = (b[i] as number) - (a[i * n + j] as number) * (b[j] as number);
    b[i] = (b[i] as number) / (a[i * n + i] as number);
  }
  return b;
}

/** Newton on y + θh∇f(y) = c from x, until the step is below 1e-14(1+|y|). */
function implicit(fn: TestFunction, x: Vector, c: Vector, th: number): Vector {
  let y = x;
  for (let k = 0; k < 60; k++) {
    const { gradient, hessian } = fn(y);
    const n = y.length;
    const residual = y.map((v, i) => v + th * (gradient[i] as number) - (c[i] as number));
    const J = hessian.data.map((v, i) => th * v + (i % (n + 1) === 0 ? 1 : 0));
    const d = eliminate(J, residual);
    y = add(y, -1, d);
    if (Math.hypot(...d) < 1e-14 * (1 + Math.hypot(...y))) return y;
  }
  return y;
}

/** One step of length h. */
export function flowStep(fn: TestFunction, x: Vector, h: number, method: FlowMethod): Vector {
  const g = (at: Vector): Vector => fn(at).gradient.map((v) => -v);
  switch (method) {
    case "euler":
      return add(x, h, g(x));
    case "midpoint":
      return add(x, h, g(add(x, h / 2, g(x))));
    case "heun": {
      const k1 = g(x);
      const k2 = g(add(x, h, k1));
      return x.map((v, i) => v + (h / 2) * ((k1[i] as number) + (k2[i] as number)));
    }
    case "rk4": {
      const k1 = g(x);
      const k2 = g(add(x, h / 2, k1));
      const k3 = g(add(x, h / 2, k2));
      const k4 = g(add(x, h, k3));
      return x.map((v, i) => v + (h / 6) * ((k1[i] as number) + 2 * (k2[i] as number) + 2 * (k3[i] as number) + (k4[i] as number)));
    }
    case "implicitEuler":
      return implicit(fn, x, x, h);
    case "trapezoid":
      return implicit(fn, x, add(x, h / 2, g(x)), h / 2);
    default:
      throw new MathError("domain", said`unknown method ${JSON.stringify(method)}; there are ${flowMethods.join(", ")}`);
  }
}

/** The path from x0, index 0 being the start; it ends early where it leaves the finite numbers. Orders 1, 2, 2, 4, 1, 2 (Hairer, Nørsett, Wanner 1993). */
export function flowPath(
  fn: TestFunction,
  x0: ArrayLike<number>,
  h: number,
  method: FlowMethod,
  steps: number,
): { x: Vector[]; status: "done" | "diverged" } {
  requireThat(h > 0, said`the step must be positive, it is ${h}`);
  const x: Vector[] = [Float64Array.from(x0)];
  for (let k = 0; k < steps; k++) {
    const next = flowStep(fn, x[k] as Vector, h, method);
    if (!isFiniteVector(next)) return { x, status: "diverged" };
    x.push(next);
  }
  return { x, status: "done" };
}

// Dormand and Prince 1980: fifth order with an embedded fourth.
const C = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** Gradient flow to time t by an adaptive Runge-Kutta pair, local error below rtol·(1+|x|). Throws MathError "no-convergence" after 10⁶ steps. */
export function flowExact(fn: TestFunction, x0: ArrayLike<number>, t: number, rtol = 1e-12): Vector {
  let x = Float64Array.from(x0);
  let [time, h] = [0, Math.min(t, 1e-3)];
  for (let count = 0; time < t; count++) {
    if (count > 1e6) throw new MathError("no-convergence", said`the flow did not reach t = ${t} in a million steps`, undefined, x);
    h = Math.min(h, t - time);
    const k: Vector[] = [fn(x).gradient.map((v) => -v)];
    for (const row of C) {
      let y = x;
      row.forEach((c, j) => {
        if (c) y = add(y, h * c, k[j] as Vector) as Float64Array<ArrayBuffer>;
      });
      k.push(fn(y).gradient.map((v) => -v));
    }
    let error = 0;
    const next = x.map((v, i) => {
      let [s, e] = [0, 0];
      (C[5] as number[]).forEach((c, j) => {
        s += c * ((k[j] as Vector)[i] as number);
      });
      ERROR.forEach((c, j) => {
        e += c * ((k[j] as Vector)[i] as number);
      });
      error = Math.max(error, Math.abs(h * e) / (rtol * (1 + Math.abs(v))));
      return v + h * s;
    });
    if (Number.isNaN(error) && h <= t * 1e-12)
      throw new MathError("nonfinite", said`the flow left the finite numbers near t = ${time}`, undefined, x);
    if (error <= 1) {
      x = next;
      time += h;
    }
    h *= Number.isNaN(error) ? 0.2 : Math.min(5, Math.max(0.2, 0.9 * (error || 1e-10) ** -0.2));
  }
  return x;
}
