// Textbook problems with the values SymPy gives at two points.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../../core/src/catalogue/index.js";
import type { Expr, Value } from "../../../../core/src/expr/index.js";
import { printLatex } from "../../../../core/src/formats/latex.js";
import { type Command, closedForm, run } from "../../../../core/src/formula/index.js";
import { rationalToNumber } from "../../../../core/src/linalg/index.js";

type Point = Readonly<Record<string, number>>;
type Pair = readonly [re: number, im: number];
type Want = number | { readonly re: number; readonly im: number };
interface Case {
  readonly id: string;
  readonly input: string;
  readonly command: Command;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly definitions?: readonly string[];
  readonly want?: readonly (Want | readonly Want[])[];
  readonly anti?: readonly Want[];
  readonly roots?: readonly (readonly Want[])[];
}

const { points, cases } = JSON.parse(readFileSync(new URL("../../../data/formula/textbook.json", import.meta.url), "utf8")) as {
  points: readonly Point[];
  cases: readonly Case[];
};

const pair = (w: Want): Pair => (typeof w === "number" ? [w, 0] : [w.re, w.im]);
const close = (a: Pair, b: Pair, tolerance = 1e-7): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) <= tolerance * Math.max(1, Math.hypot(...a));

/** The numbers of a value where its names have the values of a point. */
async function numbers(v: Value, at: Point): Promise<readonly Pair[]> {
  switch (v.kind) {
    case "rational":
      return [[rationalToNumber(v), 0]];
    case "real":
      return [[v.value, 0]];
    case "complex":
      return [[v.re, v.im]];
    case "array":
      return Array.from(v.data, (x, k): Pair => [x, v.imag?.[k] ?? 0]);
    case "list":
      return (await Promise.all(v.items.map((x) => numbers(x, at)))).flat();
    case "solutions":
      return (await Promise.all(v.values.map((x) => numbers(x, at)))).flat();
    case "symbolic": {
      if (v.expr.kind === "matrix")
        return (await Promise.all(v.expr.rows.flat().map((expr: Expr) => numbers({ kind: "symbolic", expr }, at)))).flat();
      const closed = closedForm(v);
      if (closed) return numbers(closed, at);
      const definitions = Object.entries(at).map(([name, x]) => `${name === "lambda" ? "\\lambda" : name}=${x < 0 ? `(${x})` : x}`);
      const a = await run({ input: printLatex(v.expr), language: "latex", definitions });
      return a.ok && a.value.kind !== "symbolic" ? numbers(a.value, at) : [];
    }
    default:
      return [];
  }
}

async function agrees(c: Case, value: Value, at: Point, k: number): Promise<boolean> {
  if (c.anti) {
    const h = 1e-5;
    const f = async (x: number): Promise<Pair> => (await numbers(value, { ...at, x }))[0] ?? [Number.NaN, 0];
    const [above, below] = [await f((at["x"] as number) + h), await f((at["x"] as number) - h)];
    return close(pair(c.anti[k] as Want), [(above[0] - below[0]) / (2 * h), (above[1] - below[1]) / (2 * h)], 1e-4);
  }
  const got = await numbers(value, at);
  if (c.roots) {
    const want = (c.roots[k] as readonly Want[]).map(pair);
    return got.length === want.length && want.every((w) => got.some((g) => close(w, g)));
  }
  const want = [c.want?.[k] as Want | readonly Want[]].flat().map((w) => pair(w as Want));
  return got.length === want.length && want.every((w, i) => close(w, got[i] as Pair));
}

describe("textbook problems", () => {
  it.each([...new Set(cases.map((c) => c.command))])("come out right under %s", async (command) => {
    const wrong: string[] = [];
    for (const c of cases.filter((x) => x.command === command)) {
      const a = await run({ input: c.input, language: "latex", command, params: c.params ?? {}, definitions: c.definitions ?? [] }, { catalogue });
      const right = a.ok && (await Promise.all(points.map((p, k) => agrees(c, a.value, p, k)))).every(Boolean);
      if (!right) wrong.push(`${c.id} ${c.input}: ${a.ok ? a.latex : a.error.message}`);
    }
    expect(wrong).toEqual([]);
  });
});
