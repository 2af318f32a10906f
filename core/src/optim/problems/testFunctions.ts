// The small functions that optimizers are shown on, with gradient and Hessian.

import { MathError, type Matrix, matrix, said } from "../../linalg/index.js";
import { requireThat, type Vector } from "../guard.js";

export interface Evaluation {
  readonly value: number;
  readonly gradient: Vector;
  readonly hessian: Matrix;
}

/** A smooth function of two variables. */
export type TestFunction = (x: Vector) => Evaluation;

export type TestFunctionDescription =
  | { readonly name: "quadratic"; readonly kappa?: number; readonly theta?: number; readonly center?: readonly number[] }
  | { readonly name: "rosenbrock"; readonly a?: number; readonly b?: number }
  | { readonly name: "himmelblau" }
  | { readonly name: "beale" }
  | { readonly name: "saddle" };

const evaluation = (value: number, g: readonly number[], h: readonly number[]): Evaluation => ({
  value,
  gradient: Float64Array.from(g),
  hessian: matrix(2, 2, h),
});

/** ½(x−c)ᵀ Q diag(1, 1/κ) Qᵀ(x−c) with Q the rotation by θ: L = 1, μ = 1/κ. */
function quadratic({ kappa = 10, theta = 0, center = [0, 0] }: { kappa?: number; theta?: number; center?: readonly number[] }): TestFunction {
  requireThat(kappa >= 1, said`the condition number kappa must be at least 1, it is ${kappa}`);
  const [c, s, mu] = [Math.cos(theta), Math.sin(theta), 1 / kappa];
  const [h11, h12, h22] = [c * c + mu * s * s, c * s * (1 - mu), s * s + mu * c * c];
  return (x) => {
    const [u, v] = [(x[0] as number) - (center[0] ?? 0), (x[1] as number) - (center[1] ?? 0)];
    const g = [h11 * u + h12 * v, h12 * u + h22 * v] as const;
    return evaluation((g[0] * u + g[1] * v) / 2, g, [h11, h12, h12, h22]);
  };
}

/** (a−x)² + b(y−x²)², minimum 0 at (a, a²) (Rosenbrock 1960). */
const rosenbrock =
  ({ a = 1, b = 100 }: { a?: number; b?: number }): TestFunction =>
  ([x, y]) => {
    const d = (y as number) - (x as number) * (x as number);
    const u = x as number;
    return evaluation(
      (a - u) ** 2 + b * d * d,
      [-2 * (a - u) - 4 * b * u * d, 2 * b * d],
      [2 - 4 * b * (d - 2 * u * u), -4 * b * u, -4 * b * u, 2 * b],
    );
  };

/** (x²+y−11)² + (x+y²−7)², four minima of value 0 (Himmelblau 1972). */
const himmelblau: TestFunction = (at) => {
  const [x, y] = at as unknown as [number, number];
  const p = x * x + y - 11;
  const q = x + y * y - 7;
  return evaluation(
    p * p + q * q,
    [4 * x * p + 2 * q, 2 * p + 4 * y * q],
    [4 * p + 8 * x * x + 2, 4 * x + 4 * y, 4 * x + 4 * y, 2 + 4 * q + 8 * y * y],
  );
};

/** Σᵢ (cᵢ − x + x yⁱ)², c = (1.5, 2.25, 2.625), minimum 0 at (3, 0.5) (Beale 1958). */
const beale: TestFunction = (at) => {
  const [x, y] = at as unknown as [number, number];
  let [f, gx, gy, hxx, hxy, hyy] = [0, 0, 0, 0, 0, 0];
  [1.5, 2.25, 2.625].forEach((c, k) => {
    const i = k + 1;
    const r = c - x + x * y ** i;
    const rx = y ** i - 1;
    const ry = x * i * y ** (i - 1);
    const rxy = i * y ** (i - 1);
    const ryy = i > 1 ? x * i * (i - 1) * y ** (i - 2) : 0;
    f += r * r;
    gx += 2 * r * rx;
    gy += 2 * r * ry;
    hxx += 2 * rx * rx;
    hxy += 2 * (rx * ry + r * rxy);
    hyy += 2 * (ry * ry + r * ryy);
  });
  return evaluation(f, [gx, gy], [hxx, hxy, hxy, hyy]);
};

/** (x²−y²)/2 + y⁴/4: a saddle at 0, minima −1/4 at (0, ±1). */
const saddle: TestFunction = (at) => {
  const [x, y] = at as unknown as [number, number];
  return evaluation((x * x - y * y) / 2 + y ** 4 / 4, [x, y ** 3 - y], [1, 0, 0, 3 * y * y - 1]);
};

function described(description: TestFunctionDescription): TestFunction {
  switch (description.name) {
    case "quadratic":
      return quadratic(description);
    case "rosenbrock":
      return rosenbrock(description);
    case "himmelblau":
      return himmelblau;
    case "beale":
      return beale;
    case "saddle":
      return saddle;
    default:
      throw new MathError("unsupported", said`no test function named ${JSON.stringify((description as { name: unknown }).name)}`);
  }
}

/** The function a description names. Throws MathError for an unknown name, a condition number below 1 or a point that is not in the plane. O(1) an evaluation. */
export function testFunction(description: TestFunctionDescription): TestFunction {
  const f = described(description);
  return (x) => {
    if (x.length !== 2) throw new MathError("shape-mismatch", said`${description.name} is a function of 2 variables; the point has ${x.length}`);
    return f(x);
  };
}
