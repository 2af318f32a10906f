// Residuals and orthogonality of our results in units of n·eps·‖A‖ (goal: at most 10), printed beside the times.
import {
  cholesky,
  eigen,
  inverse,
  lu,
  type Matrix,
  multiply,
  permutationMatrix,
  pivotedQr,
  qr,
  scaleMatrixByPower,
  svd,
  symmetricEigen,
} from "../../core/src/linalg/index.js";

const frobenius = (a: Matrix): number => {
  let s = 0;
  for (const plane of a.imag ? [a.data, a.imag] : [a.data]) for (const x of plane) s += x * x;
  return Math.sqrt(s);
};

const difference = (a: Matrix, b: Matrix): number => {
  const data = a.data.map((x, i) => x - b.data[i]);
  const imag = a.imag?.map((x, i) => x - (b.imag?.[i] ?? 0));
  return frobenius({ ...a, data, imag });
};

const unit = (n: number): Matrix => ({ rows: n, columns: n, data: Float64Array.from({ length: n * n }, (_, p) => (p % (n + 1) === 0 ? 1 : 0)) });

const scaled = (a: Matrix, re: Float64Array, im?: Float64Array): Matrix => {
  const n = a.columns;
  if (!im) return { ...a, data: a.data.map((x, p) => x * re[p % n]) };
  const y = a.imag ?? new Float64Array(a.data.length);
  return {
    ...a,
    data: a.data.map((x, p) => x * re[p % n] - y[p] * im[p % n]),
    imag: y.map((v, p) => v * re[p % n] + a.data[p] * im[p % n]),
  };
};

const departure = (q: Matrix) => difference(multiply(q, q, { a: "adjoint" }), unit(q.columns));

/** The errors of one routine, as absolute numbers: of the factorisation, and of its orthogonal factors. */
const checks: Record<string, (a: Matrix) => number[]> = {
  lu: (a) => {
    const f = lu(a);
    return [difference(multiply(permutationMatrix(f.permutation), a), multiply(f.L, f.U))];
  },
  cholesky: (a) => {
    const L = cholesky(a);
    return [difference(a, multiply(L, L, { b: "transpose" }))];
  },
  inverse: (a) => {
    const x = inverse(a);
    return [(difference(multiply(a, x), unit(a.rows)) / frobenius(x)) * Math.sqrt(a.rows)];
  },
  qr: (a) => {
    const { Q, R } = qr(a);
    return [difference(a, multiply(Q, R)), departure(Q)];
  },
  "pivoted qr": (a) => {
    const { Q, R, permutation } = pivotedQr(a);
    return [difference(multiply(a, permutationMatrix(permutation), { b: "transpose" }), multiply(Q, R)), departure(Q)];
  },
  eigh: (a) => {
    const { values, vectors } = symmetricEigen(a);
    return [difference(multiply(a, vectors), scaled(vectors, values)), departure(vectors)];
  },
  svd: (a) => {
    const { U, s, V } = svd(a);
    return [difference(a, multiply(scaled(U, s), V, { b: "transpose" })), departure(U), departure(V)];
  },
  eig: (a) => {
    const { values, vectors } = eigen(a);
    return [difference(multiply(a, vectors), scaled(vectors, values.re, values.im))];
  },
};

/** "residual 0.3, orthogonality 0.2" in units of n·eps (times the norm, for residuals); undefined for routines without a check. */
export function accuracy(name: string, a: Matrix, eps: number): string | undefined {
  const check = checks[name];
  if (!check) return undefined;
  const [residual, ...orthogonality] = check(scaleMatrixByPower(a, 0));
  const size = a.rows * eps;
  const text = `residual ${(residual / frobenius(a) / size).toFixed(2)}`;
  return orthogonality.length
    ? `${text}, orthogonality ${(Math.max(...orthogonality) / Math.sqrt(a.rows) / size).toFixed(2)} n eps`
    : `${text} n eps`;
}
