import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as linalg from "../../../core/src/linalg/index.js";
import { judge } from "../../tools/judge-golden.mjs";

type Raw = { rows: number; cols: number; data: (number | string)[] };
interface Case {
  id: string;
  routine: string;
  input: Record<string, any>;
  expected: Record<string, unknown>;
}

const { cases } = JSON.parse(readFileSync(new URL("../../data/golden/lowrank.json", import.meta.url), "utf8")) as { cases: Case[] };
const read = (r: Raw) => linalg.matrix(r.rows, r.cols, r.data.map(Number));
const write = (m: linalg.Matrix) => ({ rows: m.rows, cols: m.columns, data: Array.from(m.data) });

/** Linear algebra's own answers to the reference cases that concern it. */
const answers: Record<string, (input: Record<string, any>) => Record<string, unknown>> = {
  svd: ({ A }) => {
    const a = read(A);
    const s = linalg.singularValues(a);
    const normF = linalg.norm(a);
    const norm2 = linalg.norm(a, 2);
    return {
      singularValues: Array.from(s),
      rank: linalg.rank(a),
      normF,
      norm2,
      nuclear: linalg.norm(a, "nuclear"),
      stableRank: norm2 === 0 ? 0 : (normF / norm2) ** 2,
    };
  },
  svdRelative: ({ A }) => ({ singularValues: Array.from(linalg.svd(read(A)).s) }),
  pinv: ({ A, rtol, atol }) => ({ pinv: write(linalg.pinv(read(A), { rtol, atol })), rank: linalg.rank(read(A), { rtol, atol }) }),
  sylvester: ({ P, Q, R, Ageneral, Bgeneral, Cgeneral }) => ({
    symmetric: write(linalg.sylvester(read(P), read(Q), read(R), { semidefinite: true })),
    general: write(linalg.sylvester(read(Ageneral), read(Bgeneral), read(Cgeneral))),
  }),
  emptyMatrix: ({ rows, cols }) => {
    const a = linalg.zeros(rows, cols);
    const x = linalg.pinv(a);
    const u = linalg.multiply(linalg.svd(a).U, linalg.svd(a).V, { b: "adjoint" });
    return {
      svdSingularValues: Array.from(linalg.svd(a).s),
      rank: linalg.rank(a),
      pinvRows: x.rows,
      pinvCols: x.columns,
      msignRows: u.rows,
      msignCols: u.columns,
    };
  },
};

describe("the reference cases of linear algebra", () => {
  for (const c of cases.filter((x) => answers[x.routine]))
    it(`${c.id} ${c.routine}`, () => {
      expect(judge(c, answers[c.routine](c.input))).toBeNull();
    });

  for (const c of cases.filter((x) => x.routine === "nonFinite"))
    it(`${c.id}: NaN and infinities are refused by name`, () => {
      const a = read(c.input.A as Raw);
      for (const routine of [linalg.svd, linalg.pinv, linalg.rank, linalg.pivotedQr]) {
        let kind = "none";
        try {
          routine(a);
        } catch (e) {
          kind = (e as linalg.MathError).kind;
        }
        expect(kind).toBe("nonfinite");
      }
    });

  for (const c of cases.filter((x) => x.routine === "svd" || x.routine === "svdRelative"))
    it(`${c.id}: factors multiply back, are orthonormal and signed by the rule`, () => {
      const a = read(c.input.A as Raw);
      const { U, s, V } = linalg.svd(a);
      const most = s[0] ?? 0;
      if (most === 0) return;
      // Divided by the largest singular value first, so that 2^±600 stays in range.
      const us = linalg.multiply(U, linalg.diagonalMatrix(s.map((x) => x / most)));
      const error = linalg.subtract(
        linalg.multiply(us, V, { b: "transpose" }),
        linalg.matrix(
          a.rows,
          a.columns,
          a.data.map((x) => x / most),
        ),
      );
      const n = Math.max(a.rows, a.columns);
      expect(linalg.norm(error, "max")).toBeLessThan(30 * n * 2 ** -52);
      for (const q of [U, V])
        expect(linalg.norm(linalg.subtract(linalg.multiply(q, q, { a: "transpose" }), linalg.identity(q.columns)), "max")).toBeLessThan(
          100 * n * 2 ** -52,
        );
      for (let j = 0; j < U.columns; j++) {
        const column = Array.from({ length: U.rows }, (_, i) => U.data[i * U.columns + j]);
        const big = Math.max(...column.map(Math.abs));
        expect(column.find((x) => Math.abs(x) >= big * (1 - 1e-9))).toBeGreaterThan(0);
      }
    });
});
