// The pseudo-inverse as a limit: Tikhonov's regularisation.

import { MathError, type Matrix, multiply, said, svd } from "../linalg/index.js";
import { scaleColumns } from "./check.js";

/**
 * (AᵀA + eps·I)⁻¹Aᵀ = V diag(σ/(σ² + eps)) Uᵀ, n×m, from the SVD and never through AᵀA. O(mn·min(m, n)).
 * Tends to A⁺ as eps → 0: the error is eps/(σ(σ² + eps)) in each direction. eps = 0 gives 0 in the null space, as A⁺ does. Throws "domain" for eps < 0, "nonfinite".
 * Su, kexue.fm 10366; Golub & Van Loan §6.1.4.
 */
export function pinvTikhonov(a: Matrix, eps: number): Matrix {
  if (!(eps >= 0)) throw new MathError("domain", said`the regularisation must not be negative, it is ${eps}`);
  const { U, s, V } = svd(a);
  // σ/(σ² + eps) as 1/(σ + eps/σ): σ² may leave the range.
  return multiply(
    scaleColumns(
      V,
      s.map((x) => (x === 0 ? 0 : 1 / (x + eps / x))),
    ),
    U,
    { b: "adjoint" },
  );
}
