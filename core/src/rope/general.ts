// What else than RoPE makes a score depend on relative position only: every solution, in one and two dimensions.
import {
  add,
  expm,
  hstack,
  identity,
  MathError,
  type Matrix,
  matrix,
  multiply,
  norm,
  qr,
  said,
  scale,
  selectColumns,
  subtract,
  symmetricEigen,
} from "../linalg/index.js";

function requireSkew(B: Matrix, name: string): void {
  if (B.rows !== B.columns || B.imag) throw new MathError("not-square", said`${name} must be a real square matrix, not ${B.rows}×${B.columns}`);
  const size = norm(B, "max");
  for (let i = 0; i < B.rows; i++)
    for (let j = 0; j <= i; j++)
      if (!(Math.abs(B.data[i * B.rows + j] + B.data[j * B.rows + i]) <= 1e-9 * size))
        throw new MathError("domain", said`${name} must be skew-symmetric; entries (${i + 1}, ${j + 1}) and (${j + 1}, ${i + 1}) do not cancel`);
}

/**
 * B = P·Λ·Pᵀ with P orthogonal and Λ of 2×2 blocks [[0, -θ], [θ, 0]]: the θ descending, ⌊d/2⌋ of them (an odd d leaves one more zero). The block form loses nothing for softmax attention,
 * since P is absorbed by the projections. From the Hermitian -iB, 9d³·4 flops. Throws "domain" for a B that is not skew-symmetric. Source: kexue.fm 9403.
 */
export function skewCanonical(B: Matrix): { readonly angles: Float64Array; readonly P: Matrix } {
  requireSkew(B, "B");
  const d = B.rows;
  const half = Math.floor(d / 2);
  // Averaging with the transpose makes -iB Hermitian to the last bit.
  const imag = B.data.map((x, p) => (B.data[(p % d) * d + Math.floor(p / d)] - x) / 2);
  const { values, vectors } = symmetricEigen(matrix(d, d, new Float64Array(d * d), imag));
  const largest = d === 0 ? 0 : Math.abs(values[d - 1]);
  const angles = Float64Array.from({ length: half }, (_, i) => Math.max(0, values[d - 1 - i]));
  const turning = angles.filter((t) => t > 1e-13 * d * largest).length;
  for (let i = turning; i < half; i++) angles[i] = 0;
  // v = x + iy to +iθ gives the plane (√2·x, -√2·y); planes of different eigenvectors are orthogonal.
  const planes = Array.from({ length: turning }, (_, i) => selectColumns(vectors, [d - 1 - i])).map((v) =>
    matrix(
      d,
      2,
      Array.from({ length: 2 * d }, (_, p) => Math.SQRT2 * (p % 2 === 0 ? v.data[p >> 1] : -(v.imag as Float64Array)[p >> 1])),
    ),
  );
  if (turning === 0) return { angles, P: identity(d) };
  const turningPlanes = hstack(...planes);
  if (2 * turning === d) return { angles, P: turningPlanes };
  // The kernel of B: what is orthogonal to all planes.
  const { Q } = qr(turningPlanes, { mode: "full" });
  const rest = Array.from({ length: d - 2 * turning }, (_, i) => 2 * turning + i);
  return { angles, P: hstack(turningPlanes, selectColumns(Q, rest)) };
}

/** R_n = e^(nB), the general solution of R_mᵀ·R_n = R_{n-m} for real positions: it holds if and only if B is skew-symmetric. Source: kexue.fm 9403. */
export function ropeGeneral(B: Matrix, position: number): Matrix {
  requireSkew(B, "B");
  return expm(scale(B, position));
}

export interface PlaneGenerators {
  /** e^(xB1 + yB2) at the first point. */
  readonly R1: Matrix;
  /** Largest entry of R1ᵀ·R2 - R(p2 - p1): 0 if and only if scores are relative. */
  readonly relativityResidual: number;
  /** Largest entry of B1·B2 - B2·B1. */
  readonly commutator: number;
}

/** R_{x,y} = e^(xB1 + yB2): relative in both coordinates exactly when both generators are skew-symmetric and commute. Source: kexue.fm 8397. */
export function rope2dGenerators(B1: Matrix, B2: Matrix, p1: readonly [number, number], p2: readonly [number, number]): PlaneGenerators {
  requireSkew(B1, "B1");
  requireSkew(B2, "B2");
  const R = (x: number, y: number) => expm(add(scale(B1, x), scale(B2, y)));
  const R1 = R(...p1);
  const between = R(p2[0] - p1[0], p2[1] - p1[1]);
  return {
    R1,
    relativityResidual: norm(subtract(multiply(R1, R(...p2), { a: "transpose" }), between), "max"),
    commutator: norm(subtract(multiply(B1, B2), multiply(B2, B1)), "max"),
  };
}
