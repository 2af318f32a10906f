import { callRoutine, catalogue, decodeMatrix, encode, entries } from "@scholium/core/catalogue";
import { run } from "@scholium/core/formula";
import { MathError } from "@scholium/core/linalg";
import { describe, expect, test } from "vitest";

describe("entries", () => {
  test("names are unique and lower camel case, and every entry cites a source and shows an example", () => {
    const names = entries.map((e) => e.name);
    expect(new Set(names).size).toBe(names.length);
    for (const e of entries) {
      expect(e.name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(e.title.length).toBeGreaterThan(3);
      expect(e.source.length).toBeGreaterThan(3);
      expect(e.example).toContain(`${e.name}(`);
    }
  });
  test("every example comes to a value as it is written", async () => {
    const failed: string[] = [];
    for (const e of entries) {
      const a = await run({ input: e.example, language: "matlab" }, { catalogue });
      if (!a.ok) failed.push(`${e.example}: ${a.error.message}`);
    }
    expect(failed).toEqual([]);
  });
  test("a reference name belongs to one entry only", () => {
    const aliases = entries.flatMap((e) => Object.keys(e.reference ?? {}));
    expect(new Set(aliases).size).toBe(aliases.length);
  });
  test("names come from the map alone", () => {
    expect(catalogue.find("constructor")).toBeUndefined();
    expect(() => callRoutine(catalogue, "__proto__", {})).toThrow(/no routine/);
  });
});

describe("JSON", () => {
  test("a missing argument, a wrong kind and a value out of range name the argument", () => {
    expect(() => callRoutine(catalogue, "emaFacts", {})).toThrow(/beta/);
    expect(() => callRoutine(catalogue, "emaFacts", { beta: "x" })).toThrow(/beta/);
    expect(() => callRoutine(catalogue, "newtonSchulz", { A: [[1]], steps: -1 })).toThrow(/at least 0/);
    expect(() => callRoutine(catalogue, "newtonSchulz", { A: [[1]], schedule: "none" })).toThrow(/keller-jordan/);
  });
  test("reference input that does not fit names the argument, and sizes beyond memory are refused", () => {
    expect(() => callRoutine(catalogue, "optim.adamw", {})).toThrow(/routine/);
    expect(() => callRoutine(catalogue, "adaLoraImportance", { P: [[1]], lambda: [1], Q: [[1]], grads: 3 })).toThrow(/grads/);
    expect(() => callRoutine(catalogue, "newtonSchulz", { A: [[1]], steps: 1e300 })).toThrow(/at most/);
    expect(() => callRoutine(catalogue, "monarchDft", { n1: 1e200, n2: 1e200 })).toThrow(MathError);
    expect(() =>
      callRoutine(catalogue, "optim.trajectory", { optimizer: "sgd", hyper: {}, fn: { name: "saddle" }, x0: [1, 1], steps: "NaN" }),
    ).toThrow(/steps/);
    expect(() => callRoutine(catalogue, "optim.trajectory", { optimizer: "sgd", hyper: {}, fn: { name: "saddle" }, x0: [1], steps: 3 })).toThrow(
      /2 variables/,
    );
  });
  test("non-finite numbers of reference input arrive as numbers", () => {
    expect(callRoutine(catalogue, "optim.stickySign", { dtype: "float32", beta: 0.9, m0: 1 })).toMatchObject({ finalUlps: expect.any(Number) });
    expect(() => callRoutine(catalogue, "optim.stickySign", { dtype: "float32", beta: 0.9, m0: "Infinity" })).toThrow(/finite/);
  });
  test("a routine whose reference form has other arguments is still called by its own", () => {
    expect(
      callRoutine(catalogue, "ropeGeneral", {
        B: [
          [0, -1],
          [1, 0],
        ],
        n: 0,
      }),
    ).toMatchObject({ R: { rows: 2, cols: 2 } });
    expect(callRoutine(catalogue, "ropeFrequencies", { d: 2 })).toBeDefined();
  });
  test("matrices are read from every form and non-finite numbers survive", () => {
    expect(decodeMatrix({ rows: 1, cols: 2, data: ["NaN", "-Infinity"] }).data[1]).toBe(Number.NEGATIVE_INFINITY);
    expect(decodeMatrix([[{ re: 1, im: 2 }]]).imag?.[0]).toBe(2);
    expect(() => decodeMatrix([[1, 2], [3]])).toThrow(/differ/);
    expect(encode({ rows: 1, columns: 1, data: Float64Array.of(Number.POSITIVE_INFINITY) })).toEqual({ rows: 1, cols: 1, data: ["Infinity"] });
  });
});
