// The principal square root of a matrix.
import { spend } from "../kernels/index.js";
import { complex, divideComplex, sqrtComplex } from "./complex.js";
import { MathError } from "./error.js";
import { backFromSchur, onBranchCut } from "./functionSupport.js";
import { hermitianFunction, isHermitian } from "./hermitian.js";
import type { Matrix } from "./matrix.js";
import { complexSchur } from "./schur.js";
import { allocate, largestPart } from "./shape.js";

/**
 * X with X·X = A whose eigenvalues have non-negative real part: Schur form and the recurrence of Björck & Hammarling 1983, 28n³ flops
 * (Higham 2008 §6.2). Residual ‖X² - A‖ <= c·n·eps·‖X‖². Real when A is real without negative real eigenvalues, complex otherwise (on the negative axis the root is i√|λ|).
 * Hermitian matrices go by their eigenvalues. Singular matrices have a root when the zero eigenvalue carries no nilpotent part; otherwise MathError "domain". The empty matrix is its own root.
 * Throws "not-square", "nonfinite".
 */
export function sqrtm(a: Matrix): Matrix {
  if (isHermitian(a)) return hermitianFunction(a, (x) => sqrtComplex(complex(x)), true);
  const f = complexSchur(a);
  return backFromSchur(f.Z, triangularSqrt(f.T), !a.imag && !onBranchCut(f.values));
}

/** The principal root of an upper triangular complex matrix, superdiagonal by superdiagonal: (r_ii + r_jj)·r_ij = t_ij - Σ r_ik·r_kj. */
export function triangularSqrt(t: Matrix): Matrix {
  const n = t.rows;
  const re = allocate(n, n);
  const im = allocate(n, n);
  const negligible = n * 2 ** -52 * largestPart(t);
  for (let j = 0; j < n; j++) {
    const root = sqrtComplex({ re: t.data[j * (n + 1)], im: t.imag![j * (n + 1)] });
    re[j * (n + 1)] = root.re;
    im[j * (n + 1)] = root.im;
    spend(4 * j * j);
    for (let i = j - 1; i >= 0; i--) {
      let sumRe = t.data[i * n + j];
      let sumIm = t.imag![i * n + j];
      for (let k = i + 1, p = i * n + k, q = k * n + j; k < j; k++, p++, q += n) {
        sumRe -= re[p] * re[q] - im[p] * im[q];
        sumIm -= re[p] * im[q] + im[p] * re[q];
      }
      const d = { re: re[i * (n + 1)] + root.re, im: im[i * (n + 1)] + root.im };
      if (d.re !== 0 || d.im !== 0) {
        const r = divideComplex({ re: sumRe, im: sumIm }, d);
        re[i * n + j] = r.re;
        im[i * n + j] = r.im;
      } else if (Math.abs(sumRe) + Math.abs(sumIm) > negligible)
        throw new MathError("domain", "the matrix has no square root: its eigenvalue 0 has a Jordan block of order 2 or more");
    }
  }
  return { rows: n, columns: n, data: re, imag: im };
}
