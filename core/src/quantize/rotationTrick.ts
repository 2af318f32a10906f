// Gradients through a quantiser: straight through, rotated, or reflected.

import { MathError, type Matrix, matrix, said } from "../linalg/index.js";

export interface RotationTrick {
  /** The orthogonal map with λRe = q. Formed here to be shown; gradients do not need it. */
  readonly R: Matrix;
  /** |q|/|e|. */
  readonly lambda: number;
  readonly qTilde: Float64Array;
  readonly gradSTE: Float64Array;
  readonly gradRotation: Float64Array;
  readonly gradReflection: Float64Array;
  /** Between e and q, in radians. */
  readonly angle: number;
  /** True where the rotation is not defined (e = 0, q = 0 or opposite directions) and the straight-through gradient stands in. */
  readonly fallback: boolean;
}

type Vector = Float64Array;
const dot = (a: Vector, b: Vector) => a.reduce((s, x, i) => s + x * (b[i] as number), 0);

/** The two unit directions, or null where the rotation is undefined. */
function directions(e: Vector, q: Vector): { u: Vector; v: Vector; lambda: number } | null {
  const [a, b] = [Math.hypot(...e), Math.hypot(...q)];
  if (!(a > 0) || !(b > 0)) return null;
  const [u, v] = [e.map((x) => x / a), q.map((x) => x / b)];
  return 1 + dot(u, v) < 1e-12 ? null : { u, v, lambda: b / a };
}

/** λRᵀg = λ(g + 2u(v·g) − 2w(w·g)), w = (u+v)/|u+v|: the rotation that carries u to v, run backwards on a gradient. O(d). */
export function rotationGradient(e: Vector, q: Vector, g: Vector): Vector {
  const at = directions(e, q);
  if (!at) return g.slice();
  const { u, v, lambda } = at;
  const w = u.map((x, i) => x + (v[i] as number));
  const scale = dot(w, g) / (1 + dot(u, v));
  const vg = dot(v, g);
  return g.map((x, i) => lambda * (x + 2 * (u[i] as number) * vg - (w[i] as number) * scale));
}

/** λHg with the reflection H = I − 2nnᵀ, n = (u−v)/|u−v|. O(d). */
export function reflectionGradient(e: Vector, q: Vector, g: Vector): Vector {
  const at = directions(e, q);
  if (!at) return g.slice();
  const { u, v, lambda } = at;
  const n = u.map((x, i) => x - (v[i] as number));
  const size = dot(n, n);
  const scale = size > 0 ? (2 * dot(n, g)) / size : 0;
  return g.map((x, i) => lambda * (x - scale * (n[i] as number)));
}

/**
 * All three gradients at e for a gradient at q, and the map itself: R = I + 2vuᵀ − (u+v)(u+v)ᵀ/(1+u·v). O(d²) for R, else O(d).
 * The rotated gradient keeps its angle to e as it had to q. Fifty et al. 2024 (arXiv 2410.06424), §4; Su, kexue.fm 10489.
 */
export function rotationTrick(e: Vector, q: Vector, gradQ: Vector): RotationTrick {
  const d = e.length;
  if (q.length !== d || gradQ.length !== d)
    throw new MathError("shape-mismatch", said`e, q and the gradient have ${d}, ${q.length} and ${gradQ.length} entries`);
  const at = directions(e, q);
  const R = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    R[i * d + i] = 1;
    if (!at) continue;
    const { u, v } = at;
    const c = 1 + dot(u, v);
    for (let j = 0; j < d; j++)
      R[i * d + j] =
        (R[i * d + j] as number) +
        2 * (v[i] as number) * (u[j] as number) -
        (((u[i] as number) + (v[i] as number)) * ((u[j] as number) + (v[j] as number))) / c;
  }
  const lambda = at?.lambda ?? 1;
  const cos = at ? Math.max(-1, Math.min(1, dot(at.u, at.v))) : Number.NaN;
  return {
    R: matrix(d, d, R),
    lambda,
    qTilde: at ? Float64Array.from({ length: d }, (_, i) => lambda * dot(R.subarray(i * d, (i + 1) * d), e)) : q.slice(),
    gradSTE: gradQ.slice(),
    gradRotation: rotationGradient(e, q, gradQ),
    gradReflection: reflectionGradient(e, q, gradQ),
    angle: Math.acos(cos),
    fallback: at === null,
  };
}

/** For L = |q−t|²/2: the gradient each point of a cell receives, straight through and rotated. O(nd). */
export function gradientField(points: Matrix, q: Vector, target: Vector): { ste: Matrix; rotation: Matrix } {
  const g = q.map((x, i) => x - (target[i] as number));
  const d = points.columns;
  const [ste, rotation] = [new Float64Array(points.data.length), new Float64Array(points.data.length)];
  for (let i = 0; i < points.rows; i++) {
    ste.set(g, i * d);
    rotation.set(rotationGradient(points.data.slice(i * d, (i + 1) * d), q, g), i * d);
  }
  return { ste: matrix(points.rows, d, ste), rotation: matrix(points.rows, d, rotation) };
}
