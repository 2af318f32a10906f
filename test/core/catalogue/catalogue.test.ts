import { callRoutine, catalogue, decodeMatrix, encode, entries } from "@scholium/core/catalogue";
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
  test("matrices are read from every form and non-finite numbers survive", () => {
    expect(decodeMatrix({ rows: 1, cols: 2, data: ["NaN", "-Infinity"] }).data[1]).toBe(Number.NEGATIVE_INFINITY);
    expect(decodeMatrix([[{ re: 1, im: 2 }]]).imag?.[0]).toBe(2);
    expect(() => decodeMatrix([[1, 2], [3]])).toThrow(/differ/);
    expect(encode({ rows: 1, columns: 1, data: Float64Array.of(Number.POSITIVE_INFINITY) })).toEqual({ rows: 1, cols: 1, data: ["Infinity"] });
  });
});
