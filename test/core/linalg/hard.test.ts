import { describe, expect, it } from "vitest";
import * as linalg from "../../../core/src/linalg/index.js";
import { uniform } from "../../bench/measure.js";
import { onEveryBuild } from "../kernels/builds.js";
import { EPS, orthogonality, randomMatrix, ratio, spectralDistance, spectrumMatrix } from "./support.js";

const { adjoint, hilbert, multiply, multiplyAll, norm } = linalg;

/** An orthogonal matrix with no special structure. */
const rotation = (n: number, seed: number, isComplex = false) => linalg.qr(randomMatrix(n, n, seed, isComplex)).Q;
const withSpectrum = (s: readonly number[], seed: number, isComplex = false) => {
  const n = s.length;
  return multiplyAll(rotation(n, seed, isComplex), linalg.diagonalMatrix(s), adjoint(rotation(n, seed + 1, isComplex)));
};
const hermitianWith = (values: readonly number[], seed: number, isComplex = false) => {
  const q = rotation(values.length, seed, isComplex);
  return multiplyAll(q, linalg.diagonalMatrix(values), adjoint(q));
};

/** Copies of Wilkinson's W21+ on the diagonal, joined by a tiny off-diagonal entry. */
function gluedWilkinson(copies: number, glue: number): linalg.Matrix {
  const a = linalg.blockDiagonal(...Array.from({ length: copies }, () => linalg.wilkinson(21)));
  for (let k = 1; k < copies; k++) {
    const i = 21 * k;
    a.data[i * a.columns + i - 1] = glue;
    a.data[(i - 1) * a.columns + i] = glue;
  }
  return a;
}

describe("hard matrices", () => {
  it("Hilbert: the inverse of order 8 has its known whole entries, and the condition its known size", () => {
    const x = linalg.inverse(hilbert(8));
    // (H⁻¹)_ij in closed form; condition 1.5e10 leaves six digits.
    const binomial = (n: number, k: number) => Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((p, q) => p * q, 1);
    for (let i = 1; i <= 8; i++)
      for (let j = 1; j <= 8; j++) {
        const exact = (-1) ** (i + j) * (i + j - 1) * binomial(8 + i - 1, 8 - j) * binomial(8 + j - 1, 8 - i) * binomial(i + j - 2, i - 1) ** 2;
        expect(Math.abs(x.data[(i - 1) * 8 + j - 1] / exact - 1)).toBeLessThan(1e-6);
      }
    expect(linalg.cond(hilbert(8))).toBeCloseTo(1.5257575e10, -5);
    expect(linalg.rank(hilbert(20))).toBeLessThan(20);
    expect(linalg.reciprocalCondition(hilbert(12))).toBeLessThan(1e-15);
  });

  it("Hilbert: Jacobi gives every singular value of order 10 to the accuracy Cholesky's grading allows", () => {
    // Smallest singular value of H_10 (mpmath, 60 digits).
    const s = linalg.svd(hilbert(10), { method: "jacobi" }).s;
    expect(Math.abs(s[9] / 1.0931538193796657e-13 - 1)).toBeLessThan(2e-3);
    expect(Math.abs(s[0] / 1.7519196702651776 - 1)).toBeLessThan(1e-14);
  });

  it("Kahan: pivoted QR makes no exchange and misses the rank, strong rank-revealing QR finds it with one", () => {
    const k = linalg.kahan(60);
    const plain = linalg.pivotedQr(k);
    const s = linalg.singularValues(k);
    const last = (R: linalg.Matrix) => Math.abs(R.data[R.data.length - 1]);
    expect(last(plain.R) / s[59]).toBeGreaterThan(1e3);
    const strong = linalg.rankRevealingQr(k, { rank: 59 });
    expect(strong.swaps).toBe(1);
    expect(last(strong.R) / s[59]).toBeLessThan(Math.sqrt(1 + 4 * 59) + 1);
  });

  it("Wilkinson: W21+ and glued copies have orthonormal vectors although eigenvalues agree to the last digits", () => {
    for (const a of [linalg.wilkinson(21), gluedWilkinson(4, 1e-9), gluedWilkinson(3, 1e-14)]) {
      const { values, vectors } = linalg.symmetricEigen(a);
      expect(ratio(multiplyAll(vectors, linalg.diagonalMatrix(values), adjoint(vectors)), a)).toBeLessThan(30);
      expect(orthogonality(vectors)).toBeLessThan(30);
    }
    const top = linalg.symmetricEigenvalues(linalg.wilkinson(21)).slice(-2);
    // Known to 16 digits; they differ by 7e-14.
    expect(Math.abs(top[1] - 10.746194182903393)).toBeLessThan(1e-13);
    expect(Math.abs(top[0] - 10.746194182903322)).toBeLessThan(1e-13);
  });

  it("graded columns and rows: small singular values to full relative accuracy", () => {
    const core = randomMatrix(9, 9, 4);
    const grades = Array.from({ length: 9 }, (_, i) => 10 ** (-3 * i));
    const base = linalg.singularValues(core);
    expect(base[8]).toBeGreaterThan(0.01);
    // Scaling by powers of two is exact, so a column-graded matrix can be compared with its transpose and with itself unscaled in extended range.
    const graded = multiply(core, linalg.diagonalMatrix(grades));
    const s = linalg.svd(graded).s;
    const t = linalg.svd(linalg.transpose(graded)).s;
    s.forEach((x, i) => {
      expect(Math.abs(x / t[i] - 1)).toBeLessThan(1e-12);
    });
    // The product of the singular values is |det| = |det core|·Π grades, which LU of the core knows.
    const logDetCore = linalg.logDet(core).logAbs + grades.reduce((sum, g) => sum + Math.log(g), 0);
    expect(Math.abs(s.reduce((sum, x) => sum + Math.log(x), 0) - logDetCore)).toBeLessThan(1e-12 * 60);
  });

  it("clustered and repeated singular values and eigenvalues: factors stay orthonormal", () => {
    for (const isComplex of [false, true]) {
      const spectrum = [1, 1, 1, 1 + EPS, 1 - 1e-12, 1e-8, 1e-8, 1e-8 * (1 + 1e-10), 0, 0];
      const a = withSpectrum(spectrum, 31, isComplex);
      for (const method of ["auto", "jacobi", "golubKahan"] as const) {
        const { U, s, V } = linalg.svd(a, { method });
        expect(ratio(multiplyAll(U, linalg.diagonalMatrix(s), adjoint(V)), a)).toBeLessThan(30);
        expect(orthogonality(U)).toBeLessThan(30);
        expect(orthogonality(V)).toBeLessThan(30);
      }
      const h = hermitianWith(spectrum, 33, isComplex);
      const e = linalg.symmetricEigen(h);
      expect(orthogonality(e.vectors)).toBeLessThan(30);
      const expected = [...spectrum].sort((x, y) => x - y);
      e.values.forEach((x, i) => {
        expect(Math.abs(x - expected[i])).toBeLessThan(30 * 10 * EPS);
      });
    }
  });

  it("defective: a Jordan block's eigenvalues spread as theory says, and its vectors are still eigenvectors to rounding", () => {
    const n = 6;
    const j = linalg.add(linalg.identity(n), linalg.toeplitz([0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]));
    const hidden = multiplyAll(rotation(n, 3), j, adjoint(rotation(n, 3)));
    const { values, vectors } = linalg.eigen(hidden);
    expect(ratio(multiply(hidden, vectors), multiply(vectors, spectrumMatrix(values)), norm(hidden))).toBeLessThan(30);
    const one = { re: new Float64Array(n).fill(1), im: new Float64Array(n) };
    expect(spectralDistance(values, one)).toBeLessThan(10 * EPS ** (1 / n));
    // Exactly triangular input keeps its exact eigenvalues.
    expect([...linalg.eigenvalues(j).re]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it("Frank: determinant 1 and eigenvalues in reciprocal pairs", () => {
    const f = linalg.frank(9);
    expect(linalg.det(f)).toBeCloseTo(1, 9);
    const { re, im } = linalg.eigenvalues(f);
    expect(im.every((x) => x === 0)).toBe(true);
    const sorted = re.slice().sort();
    for (let i = 0; i < 9; i++) expect(sorted[i] * sorted[8 - i]).toBeCloseTo(1, 6);
  });

  it("balancing finds the eigenvalues of a badly scaled similar matrix", () => {
    const a = randomMatrix(8, 8, 12);
    const d = Array.from({ length: 8 }, (_, i) => 2 ** (12 * i));
    const scaled = multiplyAll(linalg.diagonalMatrix(d.map((x) => 1 / x)), a, linalg.diagonalMatrix(d));
    expect(spectralDistance(linalg.eigenvalues(scaled), linalg.eigenvalues(a))).toBeLessThan(1e-12);
    const { balanced, scale } = linalg.balance(scaled);
    expect(norm(balanced)).toBeLessThan(1e-10 * norm(scaled));
    // Powers of two: the similarity is exact.
    expect(scale.every((x) => Number.isInteger(Math.log2(x)))).toBe(true);
  });

  it("rank-deficient whole-number products: the numerical rank is the exact one", () => {
    for (let r = 1; r <= 5; r++) {
      const whole = (m: number, n: number, seed: number) =>
        linalg.matrix(
          m,
          n,
          randomMatrix(m, n, seed).data.map((x) => Math.round(9 * x)),
        );
      const a = multiply(whole(12, r, r), whole(r, 9, r + 50));
      const exact = linalg.exactRank({ rows: 12, columns: 9, entries: Array.from(a.data, (x) => linalg.rational(x)) });
      expect(linalg.rank(a)).toBe(exact);
      expect(linalg.rankRevealingQr(a).rank).toBe(exact);
      expect(linalg.nullSpace(a).columns).toBe(9 - exact);
    }
  });

  it("larger matrices: n = 150 stays within the same bounds", () => {
    const a = randomMatrix(150, 150, 77);
    const s = linalg.svd(a, { method: "golubKahan" });
    expect(ratio(multiplyAll(s.U, linalg.diagonalMatrix(s.s), adjoint(s.V)), a)).toBeLessThan(30);
    const e = linalg.eigen(a);
    expect(ratio(multiply(a, e.vectors), multiply(e.vectors, spectrumMatrix(e.values)), norm(a))).toBeLessThan(30);
    const b = randomMatrix(150, 2, 78);
    expect(ratio(multiply(a, linalg.solve(a, b)), b, norm(a) * norm(linalg.solve(a, b)))).toBeLessThan(30);
  });
});

onEveryBuild("companion matrices of graded polynomials", () => {
  /** Coefficients from 1 down to 1e-310, a third of them zero. */
  const polynomials = (count: number): number[][] => {
    const next = uniform(7);
    const part = () => (next() + 1) / 2;
    return Array.from({ length: count }, () =>
      Array.from({ length: 4 + Math.floor(8 * part()) }, (_, i) =>
        i === 0 ? 1 : part() < 0.35 ? 0 : next() * 10 ** (-310 * part() * (part() < 0.7 ? 1 : 0.1)),
      ),
    );
  };
  const known = [
    [1, 0, 0, 0, 8.14e-6, -5.19e-305, 0, 8.73e-59],
    [1, 2.25e-156, 0, 0, -4.93e-22, 0, -4.31e-163, -1.37e-161, 0, 0],
    [1, 0, -7.957653595294371e-17, 3.695111402776092e-83, -5.503638072956476e-31, -2.4643428646959366e-219, 0],
    [1, 9.289811866728111e-26, 0, 0, 0, 8.231138158589601e-29, 2.514089830219746e-122, 2.8e-268, 1.28e-102, 1.124e-290],
  ];

  it("the iteration ends, with orthonormal Schur vectors and a small residual, where products of entries underflow", () => {
    for (const c of [...known, ...polynomials(400)]) {
      for (const a of [linalg.companion(c), linalg.transpose(linalg.companion(c))]) {
        const { Z, T } = linalg.schur(a);
        expect(orthogonality(Z)).toBeLessThan(30);
        expect(ratio(multiplyAll(Z, T, adjoint(Z)), a)).toBeLessThan(30);
        expect(linalg.eigenvalues(a).re.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it("balanced, small roots beside large ones keep their digits", () => {
    // z^4 = -8.14e-6 but for a relative 1e-40, and z^3 = -8.73e-59 / 8.14e-6
    const { re, im } = linalg.eigenvalues(linalg.companion(known[0]));
    const sizes = Array.from(re, (x, i) => Math.hypot(x, im[i])).sort((x, y) => x - y);
    const expected = [...Array<number>(3).fill(Math.cbrt(8.73e-59 / 8.14e-6)), ...Array<number>(4).fill(8.14e-6 ** 0.25)];
    sizes.forEach((x, i) => {
      expect(Math.abs(x / expected[i] - 1)).toBeLessThan(1e-4);
    });
  });
});

describe("QR of columns from 1e-290 to 1", () => {
  it("has an orthogonal Q where the squares of some columns underflow, and R keeps those columns", () => {
    for (const n of [6, 12, 40])
      for (const tiny of [1e-100, 1e-150, 1e-155, 1e-160, 1e-163, 1e-200, 1e-290])
        for (const column of [0, 1, n - 1]) {
          const random = linalg.mulberry32(n);
          const data = Float64Array.from({ length: n * n }, (_, p) => (random() - 0.5) * (p % n === column ? tiny : 1));
          const a = { rows: n, columns: n, data };
          for (const Q of [linalg.qr(a).Q, linalg.hessenberg(a).Q, linalg.pivotedQr(a).Q]) {
            const gram = multiply(linalg.transpose(Q), Q);
            const off = gram.data.map((v, p) => Math.abs(v - (p % (n + 1) === 0 ? 1 : 0)));
            expect(Math.max(...off)).toBeLessThan(1e-13);
          }
          const { Q, R } = linalg.qr(a);
          const back = multiply(Q, R).data;
          for (let i = 0; i < n; i++) expect(Math.abs(back[i * n + column] - data[i * n + column])).toBeLessThan(1e-13 * tiny);
        }
  });
});
