// Statements as people write them in notebooks and scripts, with the values NumPy, SciPy, Octave and R give.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Value } from "../../../../core/src/expr/index.js";
import type { FormatName } from "../../../../core/src/formats/index.js";
import { openDocument, run, statementsAbove } from "../../../../core/src/formula/index.js";
import { rationalToNumber } from "../../../../core/src/linalg/index.js";

type Want = number | boolean | string | { readonly re: number; readonly im: number } | readonly Want[];
interface Case {
  readonly id: string;
  readonly language: FormatName;
  readonly definitions: readonly string[];
  readonly input: string;
  readonly want: Want;
}

const { cases } = JSON.parse(readFileSync(new URL("../../../data/formula/notebooks.json", import.meta.url), "utf8")) as { cases: readonly Case[] };

/** The numbers of a value in order, as pairs. */
function numbers(v: Value): (readonly [number, number])[] {
  switch (v.kind) {
    case "rational":
      return [[rationalToNumber(v), 0]];
    case "real":
      return [[v.value, 0]];
    case "complex":
      return [[v.re, v.im]];
    case "boolean":
      return [[v.value ? 1 : 0, 0]];
    case "array":
      return Array.from(v.data, (x, k) => [x, v.imag?.[k] ?? 0]);
    case "list":
      return v.items.flatMap(numbers);
    case "record":
      return Object.values(v.fields).flatMap(numbers);
    default:
      return [];
  }
}
const special: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY };
function wanted(w: Want): (readonly [number, number])[] {
  if (Array.isArray(w)) return w.flatMap(wanted);
  if (typeof w === "object") return [[(w as { re: number }).re, (w as { im: number }).im]];
  return [[typeof w === "string" ? (special[w] ?? Number.NaN) : Number(w), 0]];
}

describe("notebook statements", () => {
  for (const language of ["python", "matlab", "r", "julia"] as const)
    it(`come to the values of the real thing in ${language}`, async () => {
      const wrong: string[] = [];
      for (const c of cases.filter((x) => x.language === language)) {
        const a = await run({ input: c.input, language, definitions: c.definitions });
        const [got, want] = [a.ok ? numbers(a.value) : [], wanted(c.want)];
        const near = (x: number, y: number, scale: number) => Object.is(x, y) || Math.abs(x - y) <= 1e-8 * Math.max(1, scale);
        const same =
          a.ok &&
          got.length === want.length &&
          want.every(([re, im], k) => near(re, got[k]?.[0] ?? 0, Math.hypot(re, im)) && near(im, got[k]?.[1] ?? 0, Math.hypot(re, im)));
        if (!same) wrong.push(`${[...c.definitions, c.input].join(" ⏎ ")}: ${a.ok ? JSON.stringify(got) : a.error.message}`);
      }
      expect(wrong).toEqual([]);
    });

  it("say that a name is unknown below a statement that cannot be read, instead of answering its old value", async () => {
    const definitions = ["x = np.array([1, 0])", "for _ in range(10):\n    x = np.flip(x)"];
    const a = await run({ input: "x", language: "python", definitions });
    expect(a.ok).toBe(false);
    if (!a.ok) expect(a.error).toMatchObject({ kind: "not-a-formula", definition: { index: 1 } });
  });

  it("see every name of `a, b = b, a` as it was", async () => {
    const a = await run({ input: "[a, b]", language: "python", definitions: ["a, b = 1, 2", "a, b = b, a"] });
    expect(a.ok && numbers(a.value)).toEqual([
      [2, 0],
      [1, 0],
    ]);
  });

  it("take a loop's assignments as unknown below the loop only", () => {
    const text = "x = np.array([1, 2])\nfor k in range(3):\n    x = 2 * x\n    y = x + 1\nz = x + 1\n";
    const document = openDocument([{ language: "python", text }]);
    const inside = statementsAbove(document, { cell: 0, offset: text.indexOf("y = x") });
    const below = statementsAbove(document, { cell: 0, offset: text.indexOf("z = x") });
    expect(inside.at(-1)?.text).toBe("x = 2 * x");
    expect(below.find((s) => s.statement.kind === "define" && s.line === 3)?.text).toMatch(/^while /);
  });

  it("reads a def as a function for the lines below, and says so when it is asked itself", async () => {
    const text = "def f(x):\n    y = x + 1\n    return y * 2";
    const applied = await run({ input: "f(3)", language: "python", definitions: [text] });
    expect(applied.ok && numbers(applied.value)).toEqual([[8, 0]]);
    expect((await run({ input: text, language: "python" })).ok).toBe(false);
  });
});
