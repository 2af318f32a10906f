// From coefficients back to a signal.
import { MathError, said } from "../linalg/index.js";
import type { Signal } from "../signal/index.js";
import { gammaFunction } from "./gamma.js";
import { glagtScale, type HippoKind, type HippoOptions, hippoSettings } from "./hippoMatrices.js";
import { orthogonalPolynomials, type PolynomialKind } from "./orthogonalPolynomials.js";

type Settings = ReturnType<typeof hippoSettings>;

/** The basis functions at one point, as N values. */
type Basis = (s: number, o: Settings) => ArrayLike<number>;

const polynomials =
  (kind: PolynomialKind, at: (s: number) => number = (s) => s, weight: (s: number) => number = () => 1): Basis =>
  (s, { N }) =>
    orthogonalPolynomials(kind, N, [at(s)]).data.map((x) => weight(s) * x);

const tilted: Basis = (lag, { N, alpha, beta }) => {
  if (beta === 0) throw new MathError("domain", "glagt with beta = 0 has no input to reconstruct", "use lagt-s4");
  const envelope = (lag ** alpha * Math.exp((-(1 - beta) * lag) / 2)) / glagtScale(alpha, beta);
  let weight = gammaFunction(1 + alpha);
  return orthogonalPolynomials("laguerre", N, [lag], alpha).data.map((x, n) => {
    if (n > 0) weight *= (n + alpha) / n;
    return (envelope * x) / Math.sqrt(weight);
  });
};

const fourier: Basis = (s, { N }) =>
  Array.from({ length: N }, (_, n) => {
    const angle = 2 * Math.PI * Math.floor(n / 2) * (1 - s);
    return n === 0 ? 1 : Math.SQRT2 * (n % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });

const bases: Readonly<Partial<Record<HippoKind, Basis>>> = {
  legs: polynomials("legendre-shifted-orthonormal"),
  "legs-pm1": polynomials("legendre-shifted-orthonormal", undefined, () => Math.SQRT1_2),
  "legs-plain": polynomials("legendre", (s) => 2 * s - 1),
  legt: polynomials("legendre-shifted-orthonormal"),
  "legt-plain": polynomials("legendre", (s) => 2 * s - 1),
  lmu: polynomials("legendre", (s) => 1 - 2 * s),
  lagt: polynomials("laguerre"),
  "lagt-s4": polynomials("laguerre", undefined, (lag) => Math.exp(-lag / 2)),
  glagt: tilted,
  fout: fourier,
};

/**
 * Σ c_n·basis_n at the given points. For the window and scaled kinds a point s in [0, 1] is the relative time, 1 "now"; for the Laguerre kinds it is the lag itself.
 * The complex kinds need c of 2N + 1 complex numbers; see {@link hippoReconstructComplex}. O(N·s.length). Throws "length-mismatch".
 */
export function hippoReconstruct(options: HippoOptions, c: ArrayLike<number>, s: ArrayLike<number>): Float64Array {
  const o = hippoSettings(options);
  const basis = bases[options.kind];
  if (!basis) throw new MathError("unsupported", said`${options.kind} has complex coefficients`, "use hippoReconstructComplex");
  if (c.length !== o.N) throw new MathError("length-mismatch", said`${options.kind} of N = ${o.N} needs ${o.N} coefficients, not ${c.length}`);
  return Float64Array.from(s, (x) => {
    const b = basis(x, o);
    let sum = 0;
    for (let n = 0; n < o.N; n++) sum += c[n] * b[n];
    return sum;
  });
}

/** Re Σ c_n·e^(2πins), n = -N..N, at relative times s: the signal of fout-complex and fous-complex coefficients. */
export function hippoReconstructComplex(c: Signal, s: ArrayLike<number>): Float64Array {
  if (c.re.length % 2 === 0) throw new MathError("length-mismatch", said`Fourier coefficients from -N to N are odd in number, not ${c.re.length}`);
  const N = (c.re.length - 1) / 2;
  return Float64Array.from(s, (x) => {
    let sum = 0;
    for (let n = -N; n <= N; n++) sum += c.re[n + N] * Math.cos(2 * Math.PI * n * x) - c.im[n + N] * Math.sin(2 * Math.PI * n * x);
    return sum;
  });
}
