import { expect, it } from "vitest";
import {
  eigen,
  eigenvalues,
  hessenberg,
  type Matrix,
  multiply,
  pivotedQr,
  qr,
  schur,
  singularValues,
  svd,
  symmetricEigen,
  symmetricEigenvalues,
} from "../../../core/src/linalg/index.js";
import { onEveryBuild } from "./builds.js";
import { build, departure, distance, hardGeneral, hardSymmetric, largest, plainProduct, random, times, transposed } from "./matrices.js";

const orders = [1, 2, 3, 5, 8, 16, 24, 25, 31, 33, 49, 64, 100, 129];
const shapes: [number, number][] = [
  [1, 1],
  [2, 3],
  [3, 2],
  [5, 5],
  [8, 8],
  [9, 20],
  [20, 9],
  [33, 33],
  [70, 33],
  [33, 70],
  [65, 64],
  [100, 100],
];

/** Largest error of values in units of n·eps of the largest one. */
const apart = (x: Float64Array, y: Float64Array): number =>
  Math.max(0, ...x.map((v, i) => Math.abs(v - y[i]))) / (Math.max(...y.map(Math.abs), 0) || 1) / (2 ** -52 * Math.max(1, x.length));

onEveryBuild("orthogonal factorisations", () => {
  it.each(shapes)("%i×%i: QR, thin and full, plain and pivoted", (m, n) => {
    const a = random(m, n);
    for (const mode of ["thin", "full"] as const) {
      const f = qr(a, { mode });
      expect(distance(plainProduct(f.Q, f.R), a)).toBeLessThan(10);
      expect(departure(f.Q)).toBeLessThan(10);
      for (let i = 0; i < f.R.rows; i++) for (let j = 0; j < Math.min(i, n); j++) expect(f.R.data[i * n + j]).toBe(0);
      const p = pivotedQr(a, { mode });
      const permuted = build(m, n, (i, j) => a.data[i * n + p.permutation[j]]);
      expect(distance(plainProduct(p.Q, p.R), permuted)).toBeLessThan(10);
      expect(departure(p.Q)).toBeLessThan(10);
      for (let k = 1; k < Math.min(m, n); k++)
        expect(Math.abs(p.R.data[k * n + k])).toBeLessThanOrEqual(Math.abs(p.R.data[(k - 1) * n + k - 1]) * (1 + 1e-10));
    }
  });

  it("pivoted QR stops where it is told, or where nothing is left", () => {
    const x = random(40, 6, 1);
    const a = plainProduct(x, random(6, 50, 2));
    const byTolerance = pivotedQr(a, { tolerance: 1e-10 });
    expect(byTolerance.steps).toBe(6);
    expect(byTolerance.R.rows).toBe(6);
    const permuted = build(40, 50, (i, j) => a.data[i * 50 + byTolerance.permutation[j]]);
    expect(distance(plainProduct(byTolerance.Q, byTolerance.R), permuted)).toBeLessThan(50);
    const bySteps = pivotedQr(a, { steps: 3 });
    expect([bySteps.Q.columns, bySteps.R.rows, bySteps.steps]).toEqual([3, 3, 3]);
  });

  it.each(shapes)("%i×%i: the SVD, thin and full, and its values alone", (m, n) => {
    const a = random(m, n);
    for (const mode of ["thin", "full"] as const) {
      const { U, s, V } = svd(a, { mode });
      const k = Math.min(m, n);
      const first = (x: Matrix) => build(x.rows, k, (i, j) => x.data[i * x.columns + j]);
      expect(distance(plainProduct(times(first(U), s), transposed(first(V))), a)).toBeLessThan(20);
      expect(departure(U)).toBeLessThan(20);
      expect(departure(V)).toBeLessThan(20);
      expect([U.columns, V.columns]).toEqual(mode === "full" ? [m, n] : [k, k]);
      for (let i = 1; i < k; i++) expect(s[i]).toBeLessThanOrEqual(s[i - 1]);
      expect(apart(singularValues(a), s)).toBeLessThan(20);
    }
  });
});

onEveryBuild("symmetric eigenvalues", () => {
  const check = (a: Matrix) => {
    const { values, vectors } = symmetricEigen(a);
    const size = largest(a);
    const left = multiply(a, vectors);
    expect(distance(left, times(vectors, values)) * (largest(times(vectors, values)) / (size || 1))).toBeLessThan(50);
    expect(departure(vectors)).toBeLessThan(20);
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1]);
    expect(apart(symmetricEigenvalues(a), values)).toBeLessThan(50);
    return values;
  };

  it.each(orders)("of a random matrix of order %i", (n) => {
    const a = random(n);
    check(build(n, n, (i, j) => a.data[i * n + j] + a.data[j * n + i]));
  });

  for (const [name, a] of Object.entries(hardSymmetric(70)))
    it(`of a hard matrix: ${name}, by eigenvalues and by singular values`, () => {
      const values = check(a);
      const { U, s, V } = svd(a);
      expect(departure(U)).toBeLessThan(20);
      expect(departure(V)).toBeLessThan(20);
      expect(distance(plainProduct(times(U, s), transposed(V)), a)).toBeLessThan(50);
      const magnitudes = values.map(Math.abs).sort().reverse();
      expect(apart(s, magnitudes)).toBeLessThan(50);
    });
});

onEveryBuild("Schur forms", () => {
  const check = (a: Matrix) => {
    const n = a.rows;
    const h = hessenberg(a);
    expect(distance(plainProduct(plainProduct(h.Q, h.H), transposed(h.Q)), a)).toBeLessThan(30);
    const { Z, T, values } = schur(a);
    expect(departure(Z)).toBeLessThan(50);
    expect(distance(plainProduct(plainProduct(Z, T), transposed(Z)), a)).toBeLessThan(100);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) {
        const x = T.data[i * n + j];
        if (x === 0) continue;
        // a standardised 2×2 block: equal diagonal, off-diagonal of opposite signs
        expect(j).toBe(i - 1);
        expect(T.data[i * (n + 1)]).toBe(T.data[j * (n + 1)]);
        expect(x * T.data[j * n + i]).toBeLessThan(0);
      }
    const trace = a.data.reduce((s, x, p) => (p % (n + 1) === 0 ? s + x : s), 0);
    expect(Math.abs(values.re.reduce((s, x) => s + x, 0) - trace)).toBeLessThan(1e-12 * n * n * (largest(a) || 1));
    expect(values.im.reduce((s, x) => s + x, 0)).toBe(0);
    const e = eigen(a, { balance: false });
    const vi = e.vectors.imag ?? new Float64Array(n * n);
    const left = multiply(a, e.vectors);
    const right: Matrix = {
      rows: n,
      columns: n,
      data: e.vectors.data.map((x, p) => x * e.values.re[p % n] - vi[p] * e.values.im[p % n]),
      imag: vi.map((y, p) => y * e.values.re[p % n] + e.vectors.data[p] * e.values.im[p % n]),
    };
    expect((distance(left, right) * largest(right)) / (largest(a) || 1)).toBeLessThan(100);
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let i = 0; i < n; i++) s += e.vectors.data[i * n + j] ** 2 + vi[i * n + j] ** 2;
      expect(s).toBeCloseTo(1, 10);
    }
  };

  it.each([...orders, 150])("of a random matrix of order %i", (n) => check(random(n)));

  for (const [name, a] of Object.entries(hardGeneral(60))) it(`of a hard matrix: ${name}`, () => check(a));

  it("eigenvalues alone are those of the Schur form", () => {
    for (const n of [2, 5, 20, 60, 120]) {
      const a = random(n);
      const key = (v: { re: Float64Array; im: Float64Array }) =>
        Array.from(v.re, (x, i) => [x, v.im[i]]).sort((p, q) => (Math.abs(p[0] - q[0]) > 1e-8 ? p[0] - q[0] : p[1] - q[1]));
      const alone = key(eigenvalues(a));
      key(schur(a).values).forEach(([re, im], i) => {
        expect(Math.hypot(re - alone[i][0], im - alone[i][1])).toBeLessThan(1e-9);
      });
    }
  });
});
