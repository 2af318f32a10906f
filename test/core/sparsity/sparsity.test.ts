import { fromRows } from "@scholium/core/linalg";
import { attentionSparsity, sparsityAxioms, sparsityMeasures } from "@scholium/core/sparsity";
import { describe, expect, test } from "vitest";

// Robin Hood, scaling, rising tide, cloning, Bill Gates, babies (Hurley and Rickard 2009).
const TABLE: Record<string, string> = {
  gini: "YYYYYY",
  "pqIndex(0.5,1)": "YYYYYY",
  "pqIndex(1,2)": "YYYYYY",
  "-participation": "YYYYYY",
  "-effCount/n": "YYYYYY",
  hoyer: "YYY-YY",
  "1-H/ln n": "YYY-YY",
  "l2/l1": "YYY-Y-",
  "-entropy": "YYY-Y-",
  "-meanMax": "-YYYYY",
  "n*k4": "-YYYYY",
  "kurtosis k4": "-YY-Y-",
  zeroRatio: "-Y-Y-Y",
  "nearZero(0.1)": "---Y-Y",
  "-l0.5": "Y-Y---",
  "-l1": "--Y---",
};

describe("axioms", () => {
  test.each(Object.entries(TABLE))("%s meets %s", (name, row) => {
    const r = sparsityAxioms(name);
    const got = [r.robinHood, r.scaling, r.risingTide, r.cloning, r.billGates, r.babies].map((b) => (b ? "Y" : "-")).join("");
    expect(got).toBe(row);
  });
  test("an unknown measure is named in the refusal", () => expect(() => sparsityAxioms("foo")).toThrow(/foo/));
});

describe("measures", () => {
  test("equal entries are not sparse at all, a single spike is as sparse as can be", () => {
    const flat = sparsityMeasures([2, 2, 2, 2]);
    expect(flat.gini).toBeCloseTo(0, 12);
    expect(flat.hoyer).toBeCloseTo(0, 12);
    expect(flat.effectiveCount).toBeCloseTo(4, 12);
    const spike = sparsityMeasures([0, 0, -7, 0]);
    expect(spike.gini).toBeCloseTo(0.75, 12);
    expect(spike.hoyer).toBeCloseTo(1, 12);
    expect(spike.effectiveCount).toBeCloseTo(1, 12);
  });
  test("extreme scales change nothing", () => {
    expect(sparsityMeasures([1e-300, 3e-300, 0])).toEqual(sparsityMeasures([1e300, 3e300, 0]));
  });
  test("one entry has no Hoyer measure; empty, zero and non-finite vectors are refused", () => {
    expect(sparsityMeasures([3]).hoyer).toBeNull();
    expect(() => sparsityMeasures([])).toThrow(/empty/);
    expect(() => sparsityMeasures([0, 0])).toThrow(/zero vector/);
    expect(() => sparsityMeasures([1, Number.NaN])).toThrow(/finite/);
  });
});

test("attention rows sum to one under the mask, and cooling sharpens them", () => {
  const scores = fromRows([
    [1, 2, 3],
    [3, 1, 0],
    [0, 0, 5],
  ]);
  const warm = attentionSparsity(scores, { causal: true });
  expect(warm.probs.data[1]).toBe(0);
  expect(warm.rowHoyer[0]).toBeNull();
  for (let i = 0; i < 3; i++) expect(warm.probs.data.subarray(3 * i, 3 * i + 3).reduce((s, v) => s + v, 0)).toBeCloseTo(1, 12);
  expect(attentionSparsity(scores, { temperature: 0.1 }).rowEntropy[0]).toBeLessThan(attentionSparsity(scores).rowEntropy[0]);
  expect(() => attentionSparsity(scores, { temperature: 0 })).toThrow(/temperature/);
});
