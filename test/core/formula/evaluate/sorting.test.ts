// Sorting and running sums of long arrays: the same results as by the engine's own sort, and looks on the way.

import { describe, expect, it } from "vitest";
import { catalogue } from "../../../../core/src/catalogue/index.js";
import { ascending, placesInOrder, sortedNumbers } from "../../../../core/src/formula/evaluate/sorting.js";
import { run } from "../../../../core/src/formula/index.js";
import { watched } from "../../../../core/src/linalg/index.js";

const scattered = (n: number): Float64Array => Float64Array.from({ length: n }, (_, k) => Math.sin(k * k + 1));

/** How often a watcher looks in. */
function looksDuring(body: () => unknown): number {
  let looks = 0;
  watched(() => looks++, body);
  return looks;
}

const python = async (input: string) => {
  const answer = await run({ input, language: "python", definitions: [] }, { catalogue });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};

describe("numbers in order", () => {
  it.each([0, 1, 2, 1000, 65536, 65537, 300_001])("%i of them are sorted as by the engine, NaN last", (n) => {
    const data = scattered(n);
    if (n > 10) data[7] = data[n - 1] = Number.NaN;
    if (n > 100) data[50] = Infinity;
    const before = data.slice();
    expect(sortedNumbers(data)).toEqual(data.slice().sort());
    expect(data).toEqual(before);
  });

  it("places keep equal entries as they stand", () => {
    const data = [3, 1, Number.NaN, 1, 2, Number.NaN, 0];
    expect(placesInOrder(7, (x, y) => ascending(data[x] as number, data[y] as number))).toEqual([6, 1, 3, 4, 0, 2, 5]);
  });

  it("long sorts let a watcher look in", () => {
    const data = scattered(400_000);
    expect(looksDuring(() => sortedNumbers(data))).toBeGreaterThan(3);
    expect(looksDuring(() => placesInOrder(100_000, (x, y) => ascending(data[x] as number, data[y] as number)))).toBeGreaterThan(10);
  });

  it.each([
    ["np.sort([3, float('nan'), -1, 2.5])", "-1, 2.5, 3, NaN"],
    ["np.argsort([3, float('nan'), -1, 2.5])", "2, 3, 0, 1"],
    ["np.unique([2.5, 1, float('nan'), 2.5, float('nan'), -0.0, 0])", "0, 1, 2.5, NaN"],
    ["np.cumsum([0.5, 1, 2])", "0.5, 1.5, 3.5"],
    ["np.cumprod([0.5, 4, 2])", "0.5, 2, 4"],
    ["np.median([0.5, float('nan'), 2])", "NaN"],
    ["np.median([4.5, 1, 2, 3])", "2.5"],
  ])("%s", async (input, expected) => {
    const value = await python(input);
    const numbers =
      value.kind === "array"
        ? [...value.data]
        : value.kind === "real"
          ? [value.value]
          : value.kind === "rational"
            ? [Number(value.num) / Number(value.den)]
            : [];
    expect(numbers.map((x) => x + 0).join(", ")).toBe(expected);
  });
});
