import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ArrayValue, Expr, Value } from "../../../core/src/expr/index.js";
import { type Format, type FormatName, formats } from "../../../core/src/formats/index.js";
import { defaultSettings } from "../../../core/src/formula/context.js";
import { budgetOf } from "../../../core/src/formula/evaluate/budget.js";
import { evaluate } from "../../../core/src/formula/evaluate/evaluate.js";
import { emptyScope } from "../../../core/src/formula/evaluate/scope.js";
import { rationalToNumber } from "../../../core/src/linalg/index.js";

const valueOf = (format: Format, text: string): Value => {
  const last = format.parse(text).statements.at(-1) as { body: Expr };
  return evaluate(last.body, {
    language: format.name,
    settings: defaultSettings,
    scope: emptyScope,
    catalogue: { find: () => undefined, names: () => [] },
    budget: budgetOf(5000),
    note: () => {},
  });
};

const flat = (v: Value): { re: number[]; im: number[] } => {
  if (v.kind === "array") return { re: Array.from(v.data, (x) => x + 0), im: Array.from(v.data, (_, k) => (v.imag?.[k] ?? 0) + 0) };
  if (v.kind === "rational") return { re: [rationalToNumber(v) + 0], im: [0] };
  if (v.kind === "real") return { re: [v.value + 0], im: [0] };
  if (v.kind === "complex") return { re: [v.re + 0], im: [v.im + 0] };
  throw new Error(`a ${v.kind}`);
};

/** Ones say nothing: a 1×n matrix and a vector of n are the same in notations without vectors. */
const shape = (v: Value): string => (v.kind === "array" ? v.shape.filter((n) => n !== 1).join("×") : "");

const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true, noDefaultInfinity: true })).map((x) => x + 0);
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([m, n]) =>
    fc
      .array(number, { minLength: m * n, maxLength: m * n })
      .map((data): ArrayValue => ({ kind: "array", shape: [m, n], data: Float64Array.from(data) })),
  );
const vector = fc
  .array(number, { minLength: 2, maxLength: 5 })
  .map((data): ArrayValue => ({ kind: "array", shape: [data.length], data: Float64Array.from(data) }));
const small = fc.integer({ min: -99, max: 99 }).map((x) => x + 0);
const complexMatrix = fc
  .tuple(fc.array(small, { minLength: 4, maxLength: 4 }), fc.array(small, { minLength: 4, maxLength: 4 }))
  .map(([re, im]): ArrayValue => ({ kind: "array", shape: [2, 2], data: Float64Array.from(re), imag: Float64Array.from(im) }));

const codes = formats.filter((f) => f.print && f.name !== ("latex" as FormatName));

describe.each(codes.map((f) => [f.name, f] as const))("%s", (_name, format) => {
  const check = (v: Value, inline: boolean) => {
    const text = format.print?.(v, { digits: 17, inline });
    if (text === null || text === undefined) return;
    const back = valueOf(format, text);
    expect(flat(back), text).toEqual(flat(v));
    expect(shape(back), text).toBe(shape(v));
  };
  it("reads a printed matrix back bit for bit", () => fc.assert(fc.property(matrix, fc.boolean(), check), { numRuns: 60, seed: 1 }));
  it("reads a printed vector back bit for bit", () => fc.assert(fc.property(vector, fc.boolean(), check), { numRuns: 40, seed: 2 }));
  it("reads a printed complex matrix back where it can print one", () =>
    fc.assert(fc.property(complexMatrix, fc.boolean(), check), { numRuns: 40, seed: 3 }));
  it("prints something for a real 2×2 matrix", () => {
    expect(format.print?.({ kind: "array", shape: [2, 2], data: Float64Array.of(1, 2.5, -3, 4) }, { digits: 17 })).toBeTruthy();
  });
});
