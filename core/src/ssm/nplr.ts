// Normal plus low rank: the form in which S4 diagonalises the HiPPO matrices stably.
import { MathError, type Matrix, matrix, multiply, said, selectRows, symmetricEigen } from "../linalg/index.js";
import type { Signal } from "../signal/index.js";
import { type HippoKind, hippoMatrices, hippoSettings } from "./hippoMatrices.js";
import { legendreNorm } from "./orthogonalPolynomials.js";

export interface Nplr {
  /** The system itself, A = V·(Λ - P̃ᴴ...)·Vᴴ in the real basis; of fout without its dead state. */
  readonly A: Matrix;
  /** Real low-rank factor, rank × N: A + PᵀP is normal. */
  readonly Preal: Matrix;
  /** Eigenvalues of A + PᵀP by growing imaginary part; one real part for all. */
  readonly lambda: Signal;
  /** Unitary eigenvectors as columns. */
  readonly V: Matrix;
  /** P·V̄ as rank × N: row r holds the entries of V*p_r. */
  readonly P: Matrix;
  /** V*B as a column. */
  readonly B: Matrix;
}

export type NplrKind = Extract<HippoKind, "legs" | "legs-pm1" | "legt" | "lagt" | "lagt-s4" | "fout">;

interface Correction {
  /** Rows of P. */
  readonly rows: (N: number, w: number, B: Float64Array) => readonly ((n: number) => number)[];
  /** Real part of every eigenvalue of A + PᵀP. */
  readonly shift: number;
}

const scaledLegendre = { rows: () => [(n: number) => Math.sqrt(n + 0.5)], shift: -0.5 };
const constant = (shift: number): Correction => ({ rows: () => [() => Math.SQRT1_2], shift });

const corrections: Readonly<Record<NplrKind, Correction>> = {
  legs: scaledLegendre,
  "legs-pm1": scaledLegendre,
  lagt: constant(-0.5),
  "lagt-s4": constant(0),
  legt: { rows: (_N, w) => [1, 0].map((parity) => (n: number) => (n % 2 === parity ? legendreNorm(n) / Math.sqrt(w) : 0)), shift: 0 },
  // B = (2/w)·b, so √(2/w)·b = √(w/2)·B.
  fout: { rows: (_N, w, B) => [(n) => Math.sqrt(w / 2) * B[n]], shift: 0 },
};

export const nplrKinds = Object.keys(corrections) as readonly NplrKind[];

/** The places of fout's states without index 1, the sine of frequency 0, whose row, column and input are zero. */
export const liveStates = (N: number): number[] => Array.from({ length: N }, (_, n) => n).filter((n) => n !== 1);

/**
 * A = V(Λ - P̃P̃*)V* with V unitary: K = A + PᵀP - ρI is exactly skew-symmetric, so -iK is Hermitian and its eigenvectors are well conditioned (those of A are not).
 * P: legs √(n+½), ρ = -½; lagt, lagt-s4 the constant √½; legt √((2n+1)/w) on odd and on even n (rank 2); fout (corrected) √(2/w)·b, its dead state dropped first: N - 1 states.
 * Odd N of legt and lagt-s4 has an eigenvalue 0. Phases of the eigenvectors are free: compare Λ, |V*B| and conj(P̃)·B̃ only. 9(2N)³ flops.
 * Source: S4 (arXiv 2111.00396) Thm 1, app. C.1; kexue.fm 10162.
 */
export function nplr(options: { readonly kind: NplrKind; readonly N: number; readonly w?: number }): Nplr {
  const correction = corrections[options.kind];
  if (!correction)
    throw new MathError("unsupported", said`no normal-plus-low-rank form of "${options.kind}"`, said`use one of ${nplrKinds.join(", ")}`);
  const { w } = hippoSettings(options);
  const full = hippoMatrices(options);
  const live = options.kind === "fout" ? liveStates(options.N) : null;
  const A = live ? selectSquare(full.A, live) : full.A;
  const B = live ? selectRows(full.B, live) : full.B;
  const N = A.rows;
  const rows = correction.rows(N, w, B.data);
  const Preal = matrix(
    rows.length,
    N,
    Float64Array.from({ length: rows.length * N }, (_, p) => rows[Math.floor(p / N)](p % N)),
  );
  const K = multiply(Preal, Preal, { a: "transpose" }).data.map((x, p) => x + A.data[p] - (p % (N + 1) === 0 ? correction.shift : 0));
  // -iK; averaging with the transpose removes rounding, so that the Hermitian solver sees a Hermitian matrix.
  const imag = K.map((x, p) => (K[(p % N) * N + Math.floor(p / N)] - x) / 2);
  const { values, vectors: V } = symmetricEigen(matrix(N, N, new Float64Array(N * N), imag));
  return {
    A,
    Preal,
    lambda: { re: new Float64Array(N).fill(correction.shift), im: values },
    V,
    P: multiply(Preal, V, { b: "conjugate" }),
    B: multiply(V, B, { a: "adjoint" }),
  };
}

function selectSquare(a: Matrix, places: readonly number[]): Matrix {
  const n = places.length;
  return matrix(
    n,
    n,
    places.flatMap((i) => places.map((j) => a.data[i * a.columns + j])),
  );
}
