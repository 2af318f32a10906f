import { readFileSync } from "node:fs";
import { type Catalogue, callRoutine, catalogue, entries, type Routine } from "@scholium/core/catalogue";
import { figureSvg } from "@scholium/core/figure";
import { run } from "@scholium/core/formula";
import { describe, expect, test } from "vitest";
import { judge } from "../../tools/judge-golden.mjs";

const { cases } = JSON.parse(readFileSync(new URL("../../data/golden/lowrank.json", import.meta.url), "utf8")) as {
  cases: { id: string; routine: string; input: Record<string, unknown>; expected: Record<string, unknown> }[];
};
const routines = [...new Set(cases.map((c) => c.routine))];

describe("the reference data of low-rank approximation", () => {
  test.each(routines)("%s agrees with every case", (name) => {
    const wrong = cases
      .filter((c) => c.routine === name)
      .flatMap((c) => {
        const why = judge(c, JSON.parse(JSON.stringify(callRoutine(catalogue, c.routine, c.input))));
        return why === null ? [] : [`${c.id}: ${why}`];
      });
    expect(wrong).toEqual([]);
  });
  test("decompositions keep the bounds their cases only name", () => {
    for (const c of cases.filter((x) => x.routine === "strongRrqr")) {
      const out = callRoutine(catalogue, c.routine, c.input) as Record<string, number>;
      expect(out["maxAbsZ"]).toBeLessThanOrEqual((c.input["f"] as number) * (1 + 1e-10));
      expect(out["err2"]).toBeLessThanOrEqual((c.expected["bound2"] as number) * (1 + 1e-8));
    }
  });
});

describe("entries of the low-rank, Monarch, matrix sign and adapter rooms", () => {
  const rooms = /kexue|Monarch|arXiv|Golub|Higham|Penrose|Schulz|Lee and Seung|Sorensen|Gu and|Mahoney|Bartels|Kahan|Frank|Wilkinson/;
  const own = entries.filter((e) => rooms.test(e.source));
  test.each(own.map((e) => [e.name, e] as const))("the example of %s runs in a formula, and its figure can be drawn", async (_name, entry) => {
    let drawn = 0;
    const watched: Routine = {
      ...entry,
      compute: (args) => {
        const result = entry.compute(args);
        const figures = entry.figure?.(result, args);
        for (const f of figures === undefined ? [] : [figures].flat()) {
          if (f) expect(figureSvg(f)).toMatch(/^<svg/);
          drawn++;
        }
        return result;
      },
    };
    const only: Catalogue = { find: (n) => (n === entry.name ? watched : catalogue.find(n)), names: catalogue.names };
    const answer = await run({ input: entry.example, language: "matlab" }, { catalogue: only });
    expect(answer.ok ? "" : answer.error.message).toBe("");
    // Names that formulas have a word of their own for never reach the entry.
    if (entry.figure && entry.name !== "msign") expect(drawn).toBeGreaterThan(0);
  });
  test("a LaTeX operator name finds its entry, and indices count from one", async () => {
    const answer = await run(
      { input: "\\operatorname{ID}(\\begin{pmatrix}1&0&0\\\\0&5&0\\\\0&0&2\\end{pmatrix}, 1)", language: "latex" },
      { catalogue },
    );
    expect(answer.ok && answer.text).toMatch(/columns/);
    expect(answer.ok && answer.value.kind === "record" && answer.value.fields["columns"]).toMatchObject({ data: Float64Array.of(2) });
  });
  test("errors in a formula name what is wrong", async () => {
    const answer = await run({ input: "cur([1 2; 3 4], 5)", language: "matlab" }, { catalogue });
    expect(!answer.ok && answer.error).toMatchObject({ kind: "index-out-of-range" });
    expect(!answer.ok && answer.error.message).toMatch(/2×2/);
  });
});

test("a routine whose name the reference data use too still takes its own arguments", () => {
  const call = (name: string, input: Record<string, unknown>) => callRoutine(catalogue, name, input) as Record<string, unknown>;
  expect(call("sylvester", { A: [[1]], B: [[1]], C: [[4]] })).toMatchObject({ data: [2] });
  expect(call("leastSquaresFactor", { F: [[2]], M: [[6]] })["residual"]).toBeCloseTo(0, 14);
  expect(call("loraScaling", { alpha: 16, r: 8 })).toBe(2);
  expect(call("muonStep", { W: [[1]], M: [[0]], G: [[2]], method: "svd" })["updateRms"]).toBeCloseTo(1, 12);
  expect(call("monarchMultiply", { L: [[2]], R: [[3]], x: [1] })["y"]).toEqual([6]);
});
