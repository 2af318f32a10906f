import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as linalg from "../../../core/src/linalg/index.js";
import { fft, polynomialRoots } from "../../../core/src/signal/index.js";
import { hermitian, spectralDistance } from "./support.js";

type Packed = { rows: number; columns: number; data: number[]; imag?: number[] };
type Planes = { re: number[]; im: number[] };
interface Case {
  name: string;
  a: Packed;
  b?: Packed;
  [key: string]: unknown;
}

const { cases } = JSON.parse(readFileSync(new URL("../../data/linalg/reference.json", import.meta.url), "utf8")) as { cases: Case[] };
const unpack = (p: Packed) => linalg.matrix(p.rows, p.columns, p.data, p.imag);

/** Shifts and products as make.py forms its arguments. */
const plus = (a: linalg.Matrix, s: number) => linalg.add(a, linalg.scale(linalg.identity(a.rows), s));
const positive = (a: linalg.Matrix) => plus(linalg.multiply(a, a, { b: "adjoint" }), 1);
const twice = (a: linalg.Matrix) => linalg.scale(hermitian(a), 2);
const squareShifted = (a: linalg.Matrix) => plus(linalg.multiply(a, a), 30);

/** One line for each quantity of the reference that is a matrix: how we compute it. Errors are relative to the largest entry. */
const matrices: Record<string, (a: linalg.Matrix, b: linalg.Matrix) => linalg.Matrix> = {
  inverse: (a) => linalg.inverse(a),
  solve: (a, b) => linalg.solve(a, b),
  cholesky: (a) => linalg.cholesky(positive(a)),
  expm: (a) => linalg.expm(a),
  sqrtm: (a) => linalg.sqrtm(plus(linalg.multiplyAll(positive(a), a, linalg.inverse(positive(a))), 6)),
  logm: (a) => linalg.logm(squareShifted(a)),
  power: (a) => linalg.matrixPower(squareShifted(a), 0.7),
  cosm: (a) => linalg.funm(a, linalg.entire.cos),
  sylvester: (a) => linalg.sylvester(a, plus(twice(a), 20), a),
  lyapunov: (a) => linalg.lyapunov(plus(a, -20), twice(a)),
  stein: (a) => linalg.discreteLyapunov(linalg.scale(a, 0.1), twice(a)),
  pinv: (a) => linalg.pinv(a, { rtol: 1e-13 }),
  leastSquares: (a, b) => linalg.leastSquares(a, b, { rtol: 1e-13 }),
};

const lists: Record<string, (a: linalg.Matrix) => ArrayLike<number>> = {
  s: (a) => linalg.singularValues(a),
  eigh: (a) => linalg.symmetricEigenvalues(twice(a)),
  norms: (a) => [linalg.norm(a, { entries: 1 }), ...([Infinity, "fro", 2, "nuclear"] as const).map((k) => linalg.norm(a, k))],
  rank: (a) => [linalg.rank(a)],
  logabs: (a) => [linalg.logDet(a).logAbs],
  cond1: (a) => [linalg.cond(a, 1)],
  det: (a) => {
    const d = linalg.toComplex(linalg.det(a));
    return [d.re, d.im];
  },
};

const spectra: Record<string, (a: linalg.Matrix) => linalg.Spectrum> = {
  eigenvalues: (a) => linalg.eigenvalues(a),
  pencil: (a) => linalg.generalizedEigen(a, positive(a)).values,
};

describe("linear algebra agrees with NumPy and SciPy", () => {
  for (const c of cases.filter((x) => x.a))
    it(`on the ${c.name} matrix`, () => {
      const a = unpack(c.a);
      const b = c.b ? unpack(c.b) : a;
      let checked = 0;
      for (const [key, compute] of Object.entries(matrices)) {
        if (!c[key]) continue;
        const expected = unpack(c[key] as Packed);
        const got = compute(a, b);
        expect([got.rows, got.columns], key).toEqual([expected.rows, expected.columns]);
        const error = linalg.norm(linalg.subtract(got, expected), "max") / (linalg.norm(expected, "max") || 1);
        expect(error, key).toBeLessThan(key === "expm" && c.name.startsWith("exponential") ? 5e-14 : 1e-11);
        checked++;
      }
      for (const [key, compute] of Object.entries(lists)) {
        if (c[key] === undefined) continue;
        const expected = ([] as number[]).concat(c[key] as number | number[]);
        const got = compute(a);
        // NumPy's 1-norm of a matrix is the column-sum norm.
        const first = key === "norms" ? [linalg.norm(a.rows === 1 ? linalg.vstack(a, linalg.zeros(1, a.columns)) : a, 1)] : [];
        const size = Math.max(...expected.map(Math.abs), 1e-300);
        expected.forEach((e, i) => {
          expect(Math.abs((first[i] ?? got[i]) - e) / size, `${key}[${i}]`).toBeLessThan(1e-12);
        });
        checked++;
      }
      for (const [key, compute] of Object.entries(spectra)) {
        if (!c[key]) continue;
        const expected = c[key] as Planes;
        const size = Math.max(...expected.re.map((x, i) => Math.hypot(x, expected.im[i])), 1e-300);
        expect(spectralDistance(compute(a), expected) / size, key).toBeLessThan(1e-11);
        checked++;
      }
      expect(checked).toBeGreaterThan(0);
    });

  for (const c of cases.filter((x) => x.signal))
    it(`on the ${c.name}`, () => {
      const expected = c.fft as Planes;
      const y = fft(c.signal as number[]);
      expected.re.forEach((e, i) => {
        expect(Math.hypot(y.re[i] - e, y.im[i] - expected.im[i])).toBeLessThan(2e-14 * (c.signal as number[]).length);
      });
    });

  for (const c of cases.filter((x) => x.polynomial))
    it(`on the ${c.name}`, () => {
      const expected = c.roots as Planes;
      const size = Math.max(...expected.re.map((x, i) => Math.hypot(x, expected.im[i])));
      expect(spectralDistance(polynomialRoots(c.polynomial as number[]), expected)).toBeLessThan(1e-12 * size);
    });
});
