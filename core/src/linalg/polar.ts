// The polar decomposition.
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { said } from "./phrase.js";
import { copy, shapeText } from "./shape.js";
import { svd } from "./svd.js";

/** A = U·H (right) or A = H·U (left): U with orthonormal columns (rows), H Hermitian positive semidefinite. */
export interface Polar {
  readonly U: Matrix;
  readonly H: Matrix;
}

/**
 * The polar decomposition by the SVD A = PΣQᴴ: U = PQᴴ, H = QΣQᴴ or PΣPᴴ (Golub & Van Loan §9.4.3), about 25n³ flops, backward stable. H is unique, U too where A has full rank;
 * for a rank-deficient A some unitary completion is chosen. Right needs m >= n, left m <= n ("shape-mismatch"). Empty matrices have empty parts. Throws "nonfinite".
 */
export function polar(a: Matrix, side: "right" | "left" = "right"): Polar {
  if (side === "right" ? a.rows < a.columns : a.rows > a.columns)
    throw new MathError(
      "shape-mismatch",
      side === "right"
        ? said`no right polar decomposition of a ${shapeText(a)} matrix`
        : said`no left polar decomposition of a ${shapeText(a)} matrix`,
      side === "right" ? "use the left one" : "use the right one",
    );
  const f = svd(a);
  const basis = side === "right" ? f.V : f.U;
  const scaled = copy(basis);
  for (const x of scaled.imag ? [scaled.data, scaled.imag] : [scaled.data]) for (let i = 0; i < x.length; i++) x[i] *= f.s[i % f.s.length];
  return { U: multiply(f.U, f.V, { b: "adjoint" }), H: multiply(scaled, basis, { b: "adjoint" }) };
}
