import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as linalg from "../../../core/src/linalg/index.js";

const { rational, rationalText } = linalg;
type RationalMatrix = linalg.RationalMatrix;

const whole = (rows: readonly (readonly (number | string)[])[]): RationalMatrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  entries: rows.flat().map((x) => {
    const [p, q = "1"] = `${x}`.split("/");
    return rational(BigInt(p), BigInt(q));
  }),
});
const text = (m: RationalMatrix) => Array.from({ length: m.rows }, (_, i) => m.entries.slice(i * m.columns, (i + 1) * m.columns).map(rationalText));
const toFloat = (m: RationalMatrix) => linalg.matrix(m.rows, m.columns, m.entries.map(linalg.rationalToNumber));
const exactHilbert = (n: number) => whole(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => `1/${i + j + 1}`)));

const fraction = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 6 })).map(([p, q]) => rational(p, q));
const anyMatrix = (rows: fc.Arbitrary<number>, columns?: fc.Arbitrary<number>) =>
  fc
    .tuple(rows, columns ?? rows)
    .chain(([m, n]) =>
      fc
        .array(fraction, { minLength: m * (columns ? n : m), maxLength: m * (columns ? n : m) })
        .map((entries): RationalMatrix => ({ rows: m, columns: columns ? n : m, entries })),
    );
const size = fc.integer({ min: 1, max: 6 });

describe("exact linear algebra", () => {
  it("gives the determinant, inverse and reduced form of small matrices as fractions", () => {
    const a = whole([
      [1, 2],
      [3, 4],
    ]);
    expect(rationalText(linalg.exactDet(a))).toBe("-2");
    expect(text(linalg.exactInverse(a))).toEqual([
      ["-2", "1"],
      ["3/2", "-1/2"],
    ]);
    const r = linalg.exactRref(
      whole([
        [0, 2, 4, "1/2"],
        [1, 1, 1, 0],
        [1, 3, 5, "1/2"],
      ]),
    );
    expect(text(r)).toEqual([
      ["1", "0", "-1", "-1/4"],
      ["0", "1", "2", "1/4"],
      ["0", "0", "0", "0"],
    ]);
    expect(r.pivots).toEqual([0, 1]);
  });

  it("knows Hilbert's determinant and inverse, which floating point loses", () => {
    expect(rationalText(linalg.exactDet(exactHilbert(6)))).toBe("1/186313420339200000");
    const x = linalg.exactInverse(exactHilbert(12));
    expect(x.entries.every((e) => e.den === 1n)).toBe(true);
    expect(text(linalg.exactMultiply(exactHilbert(12), x))).toEqual(
      text(whole(Array.from({ length: 12 }, (_, i) => Array.from({ length: 12 }, (_, j) => (i === j ? 1 : 0))))),
    );
  });

  it("the determinant is multiplicative, and zero exactly when the rank falls", () =>
    fc.assert(
      fc.property(
        size.chain((n) => fc.tuple(anyMatrix(fc.constant(n)), anyMatrix(fc.constant(n)))),
        ([a, b]) => {
          const product = linalg.exactDet(linalg.exactMultiply(a, b));
          expect(product).toEqual(linalg.multiplyRational(linalg.exactDet(a), linalg.exactDet(b)));
          expect(linalg.exactDet(a).num === 0n).toBe(linalg.exactRank(a) < a.rows);
        },
      ),
      { numRuns: 60, seed: 5 },
    ));

  it("solutions solve, null vectors vanish, and the reduced form keeps the row space", () =>
    fc.assert(
      fc.property(anyMatrix(size, size), (a) => {
        const N = linalg.exactNullSpace(a);
        expect(N.columns + linalg.exactRank(a)).toBe(a.columns);
        expect(linalg.exactMultiply(a, N).entries.every((e) => e.num === 0n)).toBe(true);
        const r = linalg.exactRref(a);
        expect(text(linalg.exactRref(r))).toEqual(text(r));
        expect(linalg.exactMultiply(r, N).entries.every((e) => e.num === 0n)).toBe(true);
        if (a.rows !== a.columns || linalg.exactRank(a) < a.rows) return;
        const x = linalg.exactSolve(a, a);
        expect(x.entries.every((e, p) => e.num === (p % (a.rows + 1) === 0 ? 1n : 0n) && e.den === 1n)).toBe(true);
      }),
      { numRuns: 80, seed: 6 },
    ));

  it("the characteristic polynomial is monic, ends in ±det, and annihilates its matrix (Cayley-Hamilton)", () =>
    fc.assert(
      fc.property(anyMatrix(fc.integer({ min: 1, max: 5 })), (a) => {
        const p = linalg.exactCharpoly(a);
        expect(p.length).toBe(a.rows + 1);
        expect(rationalText(p[0])).toBe("1");
        const det = linalg.exactDet(a);
        expect(p[a.rows]).toEqual(a.rows % 2 === 0 ? det : linalg.negateRational(det));
        let value = p.slice(0, 1).map(() => whole(Array.from({ length: a.rows }, () => new Array(a.rows).fill(0))))[0];
        for (const c of p) {
          const next = linalg.exactMultiply(value, a);
          value = { ...next, entries: next.entries.map((e, i) => (i % (a.rows + 1) === 0 ? linalg.addRational(e, c) : e)) };
        }
        expect(value.entries.every((e) => e.num === 0n)).toBe(true);
      }),
      { numRuns: 50, seed: 8 },
    ));

  it("agrees with floating point on well-conditioned matrices", () =>
    fc.assert(
      fc.property(anyMatrix(size), (a) => {
        const f = toFloat(a);
        if (linalg.reciprocalCondition(f) < 1e-6) return;
        const d = linalg.rationalToNumber(linalg.exactDet(a));
        expect(Math.abs((linalg.det(f) as number) - d)).toBeLessThan(1e-8 * (Math.abs(d) + 1e-300));
        expect(linalg.norm(linalg.subtract(toFloat(linalg.exactInverse(a)), linalg.inverse(f)))).toBeLessThan(1e-8 * linalg.norm(linalg.inverse(f)));
      }),
      { numRuns: 60, seed: 9 },
    ));

  it("empty matrices have determinant 1 and empty forms; wrong shapes and singular ones are refused", () => {
    const empty = whole([]);
    expect(rationalText(linalg.exactDet(empty))).toBe("1");
    expect(linalg.exactInverse(empty).entries).toEqual([]);
    expect(linalg.exactCharpoly(empty).map(rationalText)).toEqual(["1"]);
    expect(linalg.exactRref(empty).pivots).toEqual([]);
    const wide = whole([[1, 2, 3]]);
    expect(() => linalg.exactDet(wide)).toThrow("1×3");
    expect(() => linalg.exactCharpoly(wide)).toThrow("1×3");
    expect(() => linalg.exactMultiply(wide, wide)).toThrow("cannot multiply 1×3 by 1×3");
    expect(() =>
      linalg.exactInverse(
        whole([
          [1, 2],
          [2, 4],
        ]),
      ),
    ).toThrow("its rank is 1");
  });
});
