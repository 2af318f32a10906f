import { constantMatrix, type Node, normalMatrix, plainProducts, reusedArena, type Tape, tape, trainer } from "@scholium/core/autodiff";
import { type Matrix, mulberry32 } from "@scholium/core/linalg";
import { describe, expect, test } from "vitest";

const random = mulberry32(7);
const A = normalMatrix(random, 4, 6, 1);
const B = normalMatrix(random, 6, 3, 1);
const C = normalMatrix(random, 4, 6, 1);
const D = normalMatrix(random, 4, 6, 1);
const row = normalMatrix(random, 1, 6, 1);
const other = normalMatrix(random, 1, 6, 1);
const narrow = normalMatrix(random, 1, 3, 1);
const zeros = (m: Matrix) => constantMatrix(m.rows, m.columns, 0);

/** Sum of squares against a fixed target, so that every entry matters. */
const finish = (t: Tape, n: Node) => t.meanSquare(n, constantMatrix(n.rows, n.columns, 0.3));

const operations: Record<string, [inputs: Matrix[], build: (t: Tape, x: Node[]) => Node]> = {
  matmul: [[A, B], (t, [a, b]) => finish(t, t.matmul(a, b))],
  matmulTransposed: [[A, C], (t, [a, b]) => finish(t, t.matmulTransposed(a, b))],
  "linear with its bias": [[A, B, narrow], (t, [x, w, b]) => finish(t, t.linear(x, w, b))],
  "linear cut at zero": [[A, B, narrow], (t, [x, w, b]) => finish(t, t.linear(x, w, b, "relu"))],
  "add of a row": [[A, row], (t, [a, b]) => finish(t, t.add(a, b))],
  sub: [[A, C], (t, [a, b]) => finish(t, t.sub(a, b))],
  "mul by a row": [[A, row], (t, [a, b]) => finish(t, t.mul(a, b))],
  scale: [[A], (t, [a]) => finish(t, t.scale(a, -2.5))],
  tanh: [[A], (t, [a]) => finish(t, t.tanh(a))],
  relu: [[A], (t, [a]) => finish(t, t.relu(a))],
  silu: [[A], (t, [a]) => finish(t, t.silu(a))],
  concat: [[A, C], (t, [a, b]) => finish(t, t.concat(a, b))],
  "gather with repeats": [[A], (t, [a]) => finish(t, t.gather(a, [2, 0, 2, 3]))],
  layerNorm: [[A, row, other], (t, [a, g, b]) => finish(t, t.layerNorm(a, g, b))],
  "attention of two sequences with three heads": [[A, C, D], (t, [q, k, v]) => finish(t, t.attention(q, k, v, 2, 3))],
  meanRows: [[A], (t, [a]) => finish(t, t.meanRows(a, 2))],
  "crossEntropy with a row left out": [[A], (t, [a]) => t.crossEntropy(a, [1, -1, 5, 0])],
  "meanSquare with weights": [[A], (t, [a]) => t.meanSquare(a, C, [1, 0.5, 2, 0])],
};

describe("gradients", () => {
  test.each(Object.entries(operations))("the gradient of %s agrees with finite differences", (_, [inputs, build]) => {
    const t = tape();
    const nodes = inputs.map((m) => t.leaf(m));
    t.backward(build(t, nodes));
    const value = (changed: Matrix[]) => {
      const s = tape();
      return build(
        s,
        changed.map((m) => s.leaf(m)),
      ).data[0];
    };
    const h = 1e-6;
    inputs.forEach((m, k) => {
      for (let i = 0; i < m.data.length; i++) {
        const shifted = (by: number) => inputs.map((x, j) => (j === k ? { ...x, data: x.data.map((v, e) => (e === i ? v + by : v)) } : x));
        expect(nodes[k].grad[i]).toBeCloseTo((value(shifted(h)) - value(shifted(-h))) / (2 * h), 6);
      }
    });
  });

  test.each(Object.entries(operations))("plain loops and kernels give the same gradients of %s", (_, [inputs, build]) => {
    const run = (options?: Parameters<typeof tape>[0]) => {
      const t = tape(options);
      const nodes = inputs.map((m) => t.leaf(m));
      t.backward(build(t, nodes));
      return nodes.flatMap((n) => [...n.grad]);
    };
    const plain = run({ products: plainProducts });
    run().forEach((v, i) => {
      expect(v).toBeCloseTo(plain[i], 12);
    });
  });

  test.each(Object.entries(operations))("%s gives the same numbers in arrays that are used again", (_, [inputs, build]) => {
    const arena = reusedArena();
    const run = (shared: boolean) => {
      arena.reset();
      const t = tape(shared ? { arena } : {});
      const nodes = inputs.map((m) => t.leaf(m));
      const loss = build(t, nodes);
      t.backward(loss);
      return [loss.data[0], ...nodes.flatMap((n) => [...n.grad])];
    };
    const fresh = run(false);
    run(true);
    expect(run(true)).toEqual(fresh);
    const values = tape({ valuesOnly: true });
    expect(
      build(
        values,
        inputs.map((m) => values.leaf(m)),
      ).data[0],
    ).toBe(fresh[0]);
  });

  test("shapes that do not fit are named, and backward starts from a scalar only", () => {
    const t = tape();
    expect(() => t.add(t.leaf(A), t.leaf(B))).toThrow(/4×6 and 6×3/);
    expect(() => t.matmul(t.leaf(A), t.leaf(C))).toThrow(/4×6 and 4×6/);
    expect(() => t.matmulTransposed(t.leaf(A), t.leaf(B))).toThrow(/4×6 and 6×3/);
    expect(() => t.linear(t.leaf(A), t.leaf(B), t.leaf(row))).toThrow(/1×6/);
    expect(() => t.attention(t.leaf(A), t.leaf(A), t.leaf(A), 3, 2)).toThrow(/3 sequences/);
    expect(() => t.backward(t.leaf(A))).toThrow(/4×6/);
  });
});

test("the trainer finds the least-squares fit and leaves its start alone", () => {
  const start = { w: zeros(B) };
  const target = constantMatrix(4, 3, 1);
  const run = trainer(start, { lr: 0.05 });
  let loss = 0;
  for (let k = 0; k < 800; k++) loss = run.step((t, p) => t.meanSquare(t.matmul(t.leaf(A), p.w), target));
  expect(loss).toBeLessThan(1e-6);
  expect(start.w.data.every((v) => v === 0)).toBe(true);
});

test("a loss that is not finite changes nothing", () => {
  const run = trainer({ w: constantMatrix(1, 1, 2) }, { lr: 1 });
  run.step((t, p) => t.scale(p.w, Number.POSITIVE_INFINITY));
  expect(run.parameters().w.data[0]).toBe(2);
});
