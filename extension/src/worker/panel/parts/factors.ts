// A factorisation: its factors as heatmaps, and how well their product gives the matrix back.
import type { Figure } from "@scholium/core/figure";
import {
  adjoint,
  cholesky,
  eigen,
  isHermitian,
  lu,
  MathError,
  type Matrix,
  multiply,
  multiplyAll,
  norm,
  permutationMatrix,
  polar,
  qr,
  schur,
  subtract,
  svd,
  symmetricEigen,
} from "@scholium/core/linalg";
import type { FactorName } from "../../../panelMessages.js";
import { costly, line, ofMatrix, pictures, smallHeatmap, UNASKED, workOf } from "./common.js";

interface Factored {
  readonly factors: readonly (readonly [string, Matrix])[];
  /** What the factors should give, written out, and how far off they are. */
  readonly identity: string;
  readonly residual: number;
  readonly more?: readonly { label: string; value: string }[];
}

const off = (a: Matrix, b: Matrix) => norm(subtract(a, b), "fro") / (norm(a, "fro") || 1);
const unit = (n: number): Matrix => ({
  rows: n,
  columns: n,
  data: Float64Array.from({ length: n * n }, (_, k) => (Math.floor(k / n) === k % n ? 1 : 0)),
});
/** ‖QᴴQ − I‖. */
const skewness = (q: Matrix) => norm(subtract(multiply(q, q, { a: "adjoint" }), unit(q.columns)), "fro");
const orthogonality = (name: string, q: Matrix) => line(`‖${name}ᴴ${name} − I‖F`, skewness(q));

function diagonal(re: Float64Array, im?: Float64Array): Matrix {
  const n = re.length;
  const spread = (x: Float64Array) => Float64Array.from({ length: n * n }, (_, k) => (Math.floor(k / n) === k % n ? x[k % n] : 0));
  return { rows: n, columns: n, data: spread(re), ...(im?.some((x) => x !== 0) ? { imag: spread(im) } : {}) };
}

const methods: Readonly<Record<FactorName, (a: Matrix) => Factored>> = {
  lu: (a) => {
    const { L, U, permutation, zeroPivot } = lu(a);
    const pa = multiply(permutationMatrix(permutation), a);
    return {
      factors: [
        ["L", L],
        ["U", U],
      ],
      identity: "P A = L U",
      residual: off(pa, multiply(L, U)),
      more: zeroPivot >= 0 ? [line("zero pivot", zeroPivot + 1)] : [],
    };
  },
  qr: (a) => {
    const { Q, R } = qr(a);
    return {
      factors: [
        ["Q", Q],
        ["R", R],
      ],
      identity: "A = Q R",
      residual: off(a, multiply(Q, R)),
      more: [orthogonality("Q", Q)],
    };
  },
  cholesky: (a) => {
    if (!isHermitian(a, 1e-12)) throw new MathError("domain", "The matrix is not symmetric, so it has no Cholesky factor");
    const L = cholesky(a);
    return { factors: [["L", L]], identity: "A = L Lᴴ", residual: off(a, multiply(L, L, { b: "adjoint" })) };
  },
  svd: (a) => {
    const { U, s, V } = svd(a);
    const S = diagonal(s);
    return {
      factors: [
        ["U", U],
        ["Σ", S],
        ["V", V],
      ],
      identity: "A = U Σ Vᴴ",
      residual: off(a, multiply(multiply(U, S), V, { b: "adjoint" })),
      more: [orthogonality("U", U), orthogonality("V", V)],
    };
  },
  eigen: (a) => {
    if (isHermitian(a, 1e-14)) {
      const { values, vectors } = symmetricEigen(a);
      const D = diagonal(values);
      return {
        factors: [
          ["V", vectors],
          ["D", D],
        ],
        identity: "A = V D Vᴴ",
        residual: off(a, multiply(multiply(vectors, D), adjoint(vectors))),
        more: [orthogonality("V", vectors)],
      };
    }
    const { values, vectors } = eigen(a);
    const D = diagonal(values.re, values.im);
    return {
      factors: [
        ["V", vectors],
        ["D", D],
      ],
      identity: "A V = V D",
      residual: norm(subtract(multiply(a, vectors), multiply(vectors, D)), "fro") / (norm(a, "fro") || 1),
    };
  },
  schur: (a) => {
    const { Z, T } = schur(a);
    return {
      factors: [
        ["Z", Z],
        ["T", T],
      ],
      identity: "A = Z T Zᴴ",
      residual: off(a, multiplyAll(Z, T, adjoint(Z))),
      more: [orthogonality("Z", Z)],
    };
  },
  polar: (a) => {
    const side = a.rows >= a.columns ? "right" : "left";
    const { U, H } = polar(a, side);
    const [product, identity] = side === "right" ? [multiply(U, H), "A = U H"] : [multiply(H, U), "A = H U"];
    return {
      factors: [
        ["U", U],
        ["H", H],
      ],
      identity,
      residual: off(a, product),
      more: side === "right" ? [orthogonality("U", U)] : [],
    };
  },
};

export const factors = ofMatrix(({ name, force }: { name: FactorName; force: boolean }, { matrix }) => {
  if (!force && workOf(matrix) > UNASKED) return costly(matrix);
  const { factors: found, identity, residual, more = [] } = methods[name](matrix);
  const figures: Figure[] = found.map(([title, m]) => smallHeatmap(m.imag ? `|${title}|` : title, m));
  return pictures(figures, [line("identity", identity), line("relative residual", residual), ...more]);
});
