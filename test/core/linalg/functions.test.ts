import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as linalg from "../../../core/src/linalg/index.js";
import { hermitian, randomMatrix } from "./support.js";

const { fromRows, identity, multiply, multiplyAll, norm, scale, subtract } = linalg;
const distance = (x: linalg.Matrix, y: linalg.Matrix) => norm(subtract(x, y)) / (norm(y) || 1);
const sample = fc.record({ n: fc.integer({ min: 1, max: 12 }), seed: fc.integer({ min: 1, max: 1e9 }), isComplex: fc.boolean() });
const forAll = (claim: (a: linalg.Matrix) => void, runs = 50) =>
  fc.assert(
    fc.property(sample, ({ n, seed, isComplex }) => claim(randomMatrix(n, n, seed, isComplex))),
    { numRuns: runs, seed: 21 },
  );
const plus = (a: linalg.Matrix, s: number) => linalg.add(a, scale(identity(a.rows), s));

describe("functions of matrices", () => {
  it("e^A·e^(-A) = I and e^(A/2)² = e^A", () =>
    forAll((a) => {
      expect(distance(multiply(linalg.expm(a), linalg.expm(scale(a, -1))), identity(a.rows))).toBeLessThan(1e-11);
      const half = linalg.expm(scale(a, 0.5));
      expect(distance(multiply(half, half), linalg.expm(a))).toBeLessThan(1e-12);
    }));

  it("the logarithm of e^A is A while no eigenvalue leaves the strip |im| < π, and e^(log A) is A anyway", () =>
    forAll((a) => {
      const small = scale(a, 1 / norm(a));
      expect(distance(linalg.logm(linalg.expm(small)), small)).toBeLessThan(1e-12);
      const log = linalg.logm(a);
      expect(distance(linalg.expm(log), a)).toBeLessThan(1e-11);
    }));

  it("roots and fractional powers multiply back, and agree with each other", () =>
    forAll((a) => {
      const r = linalg.sqrtm(a);
      expect(distance(multiply(r, r), a)).toBeLessThan(1e-11);
      expect(distance(linalg.matrixPower(a, 0.5), r)).toBeLessThan(1e-10);
      const c = linalg.matrixPower(a, 1 / 3);
      expect(distance(multiplyAll(c, c, c), a)).toBeLessThan(1e-10);
    }));

  it("are real for a real matrix without negative eigenvalues, complex with one", () => {
    const positive = plus(randomMatrix(5, 5, 3), 6);
    for (const f of [linalg.sqrtm, linalg.logm, (a: linalg.Matrix) => linalg.matrixPower(a, 0.3)]) expect(f(positive).imag).toBeUndefined();
    const negative = fromRows([
      [-4, 1],
      [0, 9],
    ]);
    expect(linalg.sqrtm(negative).imag![0]).toBeCloseTo(2, 14);
    expect(linalg.logm(negative).imag![0]).toBeCloseTo(Math.PI, 14);
  });

  it("whole powers are exact on whole numbers, negative ones invert, the power 0 is the identity", () => {
    const fibonacci = fromRows([
      [1, 1],
      [1, 0],
    ]);
    expect(linalg.toRows(linalg.matrixPower(fibonacci, 30))).toEqual([
      [1346269, 832040],
      [832040, 514229],
    ]);
    expect(linalg.toRows(linalg.matrixPower(fibonacci, -1))).toEqual([
      [0, 1],
      [1, -1],
    ]);
    expect(linalg.toRows(linalg.matrixPower(linalg.zeros(2), 0))).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(() => linalg.matrixPower(linalg.zeros(2), -1)).toThrow("singular");
    expect(() => linalg.matrixPower(fibonacci, Number.NaN)).toThrow("power NaN");
  });

  it("sin² + cos² = I and cosh² - sinh² = I by Schur-Parlett, for spread, clustered and defective spectra", () => {
    const jordan = fromRows([
      [0.3, 1, 0, 0],
      [0, 0.3, 1, 0],
      [0, 0, 0.3, 1],
      [0, 0, 0, 0.3],
    ]);
    const mixed = linalg.blockDiagonal(jordan, randomMatrix(4, 4, 17));
    const basis = plus(randomMatrix(8, 8, 5), 4);
    const hidden = multiplyAll(basis, mixed, linalg.inverse(basis));
    for (const a of [jordan, mixed, hidden, randomMatrix(10, 10, 9), randomMatrix(7, 7, 8, true)]) {
      const { sin, cos, sinh, cosh, exp } = linalg.entire;
      const square = (f: linalg.AnalyticFunction) => {
        const x = linalg.funm(a, f);
        return multiply(x, x);
      };
      expect(distance(linalg.add(square(sin), square(cos)), identity(a.rows))).toBeLessThan(1e-10);
      expect(distance(subtract(square(cosh), square(sinh)), identity(a.rows))).toBeLessThan(1e-9);
      expect(distance(linalg.funm(a, exp), linalg.expm(a))).toBeLessThan(1e-10);
      expect(distance(linalg.funm(a, linalg.fromValues(linalg.expComplex)), linalg.expm(a))).toBeLessThan(1e-9);
      if (!a.imag) expect(linalg.funm(a, sin).imag).toBeUndefined();
    }
  });

  it("of a Jordan block hold the derivatives of f above the diagonal", () => {
    const j = fromRows([
      [2, 1, 0],
      [0, 2, 1],
      [0, 0, 2],
    ]);
    const third = (x: linalg.Matrix) => linalg.toRows(x)[0];
    const close = (x: number[], y: number[]) => {
      x.forEach((v, i) => {
        expect(v).toBeCloseTo(y[i], 13);
      });
    };
    close(third(linalg.expm(j)), [Math.exp(2), Math.exp(2), Math.exp(2) / 2]);
    close(third(linalg.logm(j)), [Math.log(2), 0.5, -0.125]);
    close(third(linalg.sqrtm(j)), [Math.SQRT2, 1 / (2 * Math.SQRT2), -1 / (16 * Math.SQRT2)]);
    close(third(linalg.matrixPower(j, 0.3)), [2 ** 0.3, 0.3 * 2 ** -0.7, (0.3 * -0.7 * 2 ** -1.7) / 2]);
  });

  it("of a semidefinite matrix stay real: the square root of [[1,1],[1,1]] is itself over √2", () => {
    const r = linalg.sqrtm(
      fromRows([
        [1, 1],
        [1, 1],
      ]),
    );
    expect(r.imag).toBeUndefined();
    for (const x of r.data) expect(x).toBeCloseTo(Math.SQRT1_2, 14);
    const p = hermitian(randomMatrix(6, 6, 2, true));
    const g = multiply(p, p);
    expect(distance(linalg.sqrtm(g), linalg.polar(p).H)).toBeLessThan(1e-12);
  });

  it("the exponential takes any norm: decay goes to zero, turning stays orthogonal, growth is refused", () => {
    expect(linalg.toRows(linalg.expm(linalg.diagonalMatrix([-1e200, 0])))).toEqual([
      [0, 0],
      [0, 1],
    ]);
    const decay = linalg.expm(
      fromRows([
        [-1e170, 1e169],
        [0, -2e170],
      ]),
    );
    expect(decay.data.every((x) => Math.abs(x) < 1e-300)).toBe(true);
    const turn = linalg.expm(
      fromRows([
        [0, -1e6],
        [1e6, 0],
      ]),
    );
    expect(Math.abs(turn.data[0] - Math.cos(1e6))).toBeLessThan(1e-8);
    expect(() =>
      linalg.expm(
        fromRows([
          [1e170, 1],
          [2, 3],
        ]),
      ),
    ).toThrow("leaves the number range");
  });

  it("that do not exist are refused with the reason", () => {
    const nilpotent = fromRows([
      [0, 1],
      [0, 0],
    ]);
    expect(() => linalg.sqrtm(nilpotent)).toThrow("no square root");
    expect(() => linalg.logm(nilpotent)).toThrow("no logarithm");
    expect(() => linalg.matrixPower(nilpotent, -0.5)).toThrow("singular");
    expect(() => linalg.expm(fromRows([[800]]))).toThrow("the exponential of a matrix of norm 800 leaves the number range");
    expect(() => linalg.expm(scale(identity(3), 1e9))).toThrow("leaves the number range");
    expect(() => linalg.funm(linalg.diagonalMatrix([0, 1]), (z) => linalg.divideComplex(linalg.complex(1), z))).toThrow(
      "not finite at the eigenvalue 0",
    );
    expect(() => linalg.expm(linalg.zeros(2, 3))).toThrow("2×3");
  });
});
