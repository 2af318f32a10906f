import { listopsEvaluate, listopsGenerate, noisyCopyData, trainNoisyCopy } from "@scholium/core/benchmarks";
import { mulberry32 } from "@scholium/core/linalg";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("ListOps", () => {
  test("a generated expression evaluates to its value and keeps to its bounds", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const r = listopsGenerate({ seed, maxDepth: 4, maxArgs: 4, minLength: 5, maxLength: 100 });
        expect(listopsEvaluate(r.source)).toBe(r.value);
        expect(r.length).toBeGreaterThan(5);
        expect(r.length).toBeLessThan(100);
        expect(r.depth).toBeLessThan(4);
      }),
      { numRuns: 50 },
    );
  });
  test.each(["", "[MAX 1", "1 ]", "[FOO 1 ]", "[MIN ]", "1 2", "42", "[MAX 1 ] ]"])("%j is refused", (s) =>
    expect(() => listopsEvaluate(s)).toThrow(),
  );
  test("a very deep expression does not overflow the stack", () => {
    const depth = 50_000;
    expect(listopsEvaluate(`${"[MAX ".repeat(depth)}7 ${"] ".repeat(depth)}`)).toBe(7);
  });
  test("bounds that cannot be met end with an error", () => {
    expect(() => listopsGenerate({ seed: 1, maxDepth: 1, minLength: 5, maxLength: 10 })).toThrow(/tries/);
  });
});

describe("noisy copy", () => {
  test("positive sequences copy nine tokens in ten, negative ones about one in eight", () => {
    const { tokens, labels } = noisyCopyData(mulberry32(4), 2000);
    const agree = [0, 0];
    const count = [0, 0];
    labels.forEach((l, s) => {
      count[l] += 8;
      for (let i = 0; i < 8; i++) if (tokens[s * 16 + i] === tokens[s * 16 + 8 + i]) agree[l]++;
    });
    expect(agree[1] / count[1]).toBeGreaterThan(0.88);
    expect(agree[0] / count[0]).toBeLessThan(0.2);
  });
  test("training yields every step, is repeatable, and can be stopped", () => {
    const run = () => {
      const g = trainNoisyCopy({ steps: 6, pretrainSteps: 3, trainCount: 64, testCount: 32 });
      const losses: number[] = [];
      let s = g.next();
      while (!s.done) {
        losses.push(s.value.loss);
        s = g.next();
      }
      return { losses, accuracy: s.value.testAccuracy };
    };
    const a = run();
    expect(a.losses).toHaveLength(6);
    expect(run()).toEqual(a);
    const g = trainNoisyCopy({ steps: 6, trainCount: 64, testCount: 32 });
    g.next();
    expect(g.return(undefined as never).done).toBe(true);
  });
});
