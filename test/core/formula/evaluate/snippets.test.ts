// What people have in code, as it stands: expressions and print-outs with the values and shapes their own language gives them.
//
// The values of Python, MATLAB and R come from NumPy 2.4 with SciPy 1.17, Octave 7.3 and R 4.2; those of PyTorch, Julia and the
// others are NumPy's for the same mathematics, or follow from the definition of the language or format.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Value } from "../../../../core/src/expr/index.js";
import { detectFormat, type FormatName } from "../../../../core/src/formats/index.js";
import { run } from "../../../../core/src/formula/index.js";
import { rationalToNumber } from "../../../../core/src/linalg/index.js";

type Entry = number | boolean | "nan" | "inf" | "-inf" | { readonly re: number; readonly im: number };
type Nested = Entry | readonly Nested[];
interface Case {
  readonly group: string;
  readonly language: FormatName | "auto";
  readonly input: string;
  /** Nested entries; a list of parts of unequal shapes; or the word for a refusal. */
  readonly want: Nested | { readonly parts: readonly Case["want"][] } | "refused";
}

const { cases } = JSON.parse(readFileSync(new URL("../../../data/formula/snippets.json", import.meta.url), "utf8")) as { cases: readonly Case[] };

const entryOf = (re: number, im: number): Entry => (im === 0 ? re : { re, im });

/** A value as nested entries, or as parts. */
function plain(v: Value): Case["want"] {
  switch (v.kind) {
    case "rational":
      return rationalToNumber(v);
    case "real":
      return v.value;
    case "complex":
      return entryOf(v.re, v.im);
    case "boolean":
      return v.value;
    case "array": {
      const nest = (axis: number, from: number): Nested => {
        if (axis === v.shape.length) return entryOf(v.data[from] as number, v.imag?.[from] ?? 0);
        const stride = v.shape.slice(axis + 1).reduce((p, n) => p * n, 1);
        return Array.from({ length: v.shape[axis] as number }, (_, i) => nest(axis + 1, from + i * stride));
      };
      return nest(0, 0);
    }
    case "list":
      return { parts: v.items.map(plain) };
    case "record":
      return { parts: Object.values(v.fields).map(plain) };
    default:
      return "refused";
  }
}

const isParts = (w: Case["want"]): w is { readonly parts: readonly Case["want"][] } => typeof w === "object" && w !== null && "parts" in w;
const special: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY };
const number = (x: Nested): readonly [number, number] =>
  typeof x === "object" && "re" in x ? [x.re, x.im] : [typeof x === "string" ? (special[x] as number) : Number(x), 0];
const near = (x: number, y: number): boolean => Object.is(x, y) || x === y || Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x), Math.abs(y));

/** Whether two values agree in shape and entries; a list of equal shapes is an array of one more axis, MATLAB's 1×1 a number. */
function same(got: Case["want"], want: Case["want"]): boolean {
  if (got === "refused" || want === "refused") return got === want;
  if (isParts(got) || isParts(want)) {
    const [a, b] = [isParts(got) ? got.parts : got, isParts(want) ? want.parts : want];
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, k) => same(x, b[k] as Case["want"]));
  }
  if (Array.isArray(got) || Array.isArray(want)) {
    if (!Array.isArray(got) || !Array.isArray(want)) return false;
    return got.length === want.length && got.every((x, k) => same(x, want[k] as Nested));
  }
  const [a, b] = [number(got as Nested), number(want as Nested)];
  return near(a[0], b[0]) && near(a[1], b[1]);
}

const single = (w: Case["want"]): Case["want"] =>
  Array.isArray(w) && w.length === 1 && Array.isArray(w[0]) && w[0].length === 1 && !Array.isArray(w[0][0]) ? (w[0][0] as Entry) : w;

describe("code as it stands", () => {
  for (const group of new Set(cases.map((c) => c.group)))
    it(`${group} comes to the values of the real thing`, async () => {
      const wrong: string[] = [];
      for (const c of cases.filter((x) => x.group === group)) {
        const language = c.language === "auto" ? detectFormat(c.input).name : c.language;
        const a = await run({ input: c.input, language });
        const got = a.ok ? plain(a.value) : "refused";
        const [x, y] = c.language === "matlab" ? [single(got), single(c.want)] : [got, c.want];
        if (!same(x, y))
          wrong.push(`${c.input.replaceAll("\n", " ⏎ ")}: ${a.ok ? JSON.stringify(got) : a.error.message}, not ${JSON.stringify(c.want)}`);
      }
      expect(wrong).toEqual([]);
    });
});
