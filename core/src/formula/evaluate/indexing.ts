// Taking entries and parts: numbers, ranges, lists of places and masks, counted from 0 or from 1.

import { type ArrayValue, fail, type Range, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { type AxisPlaces, isPaired, selectPaired, withoutMasks } from "./advancedIndex.js";
import { entry, gather, reshaped, shapeText, stridesOf, transpose } from "./array.js";
import { isIdentity } from "./identity.js";
import { toInteger } from "./scalar.js";

/** One index: a single place (its axis goes), or several (its axis stays). Ends of slices are in the index's own count. */
export type Selector =
  | { readonly kind: "one"; readonly value: Value; readonly range: Range }
  | {
      readonly kind: "slice";
      readonly start?: Value | undefined;
      readonly step?: Value | undefined;
      readonly stop?: Value | undefined;
      readonly inclusive: boolean;
      readonly range: Range;
    }
  | { readonly kind: "many"; readonly value: ArrayValue; readonly range: Range };

const whole = (v: Value, range: Range): number => {
  const n = v.kind === "rational" || v.kind === "real" ? toInteger(v) : v.kind === "array" && v.data.length === 1 ? toInteger(entry(v, 0)) : null;
  return n ?? fail("index-out-of-range", "an index must be a whole number", range);
};

interface Rules {
  readonly origin: 0 | 1;
  /** Negative places count from the end (Python). */
  readonly negative: boolean;
  /** Ends beyond the array are cut (Python slices). */
  readonly clamp: boolean;
  /** Negative places leave entries out (R). */
  readonly exclude: boolean;
}

function place(n: number, size: number, rules: Rules, range: Range): number {
  const p = n < 0 && rules.negative ? n + size : n - rules.origin;
  if (p < 0 || p >= size) {
    const first = rules.origin;
    return fail(
      "index-out-of-range",
      said`index ${n} is outside ${first}..${size - 1 + first}`,
      range,
      rules.origin === 1 ? "Indices start at 1" : "Indices start at 0",
    );
  }
  return p;
}

function places(s: Selector, size: number, rules: Rules): { readonly at: readonly number[]; readonly keep: boolean } {
  if (s.kind === "one") {
    const n = whole(s.value, s.range);
    if (n < 0 && rules.exclude) return { at: Array.from({ length: size }, (_, k) => k).filter((k) => k !== -n - 1), keep: true };
    return { at: [place(n, size, rules, s.range)], keep: false };
  }
  if (s.kind === "many") {
    if (s.value.element === "boolean") {
      if (s.value.data.length !== size) return fail("shape-mismatch", said`a mask of ${s.value.data.length} entries for an axis of ${size}`, s.range);
      return { at: Array.from(s.value.data, (x, k) => (x ? k : -1)).filter((k) => k >= 0), keep: true };
    }
    const at = Array.from({ length: s.value.data.length }, (_, k) => whole(entry(s.value, k), s.range));
    if (rules.exclude && at.length > 0 && at.every((n) => n < 0)) {
      const out = new Set(at.map((n) => -n - 1));
      return { at: Array.from({ length: size }, (_, k) => k).filter((k) => !out.has(k)), keep: true };
    }
    return { at: at.map((n) => place(n, size, rules, s.range)), keep: true };
  }
  const step = s.step ? whole(s.step, s.range) : 1;
  if (step === 0) return fail("domain", "a slice with step 0", s.range);
  const at: number[] = [];
  if (rules.clamp) {
    const clip = (n: number, low: number, high: number) => Math.min(Math.max(n < 0 ? n + size : n, low), high);
    const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
    const start = s.start ? clip(whole(s.start, s.range), low, high) : step > 0 ? 0 : size - 1;
    const stop = s.stop ? clip(whole(s.stop, s.range), low, high) : step > 0 ? size : -1;
    for (let k = start; step > 0 ? k < stop : k > stop; k += step) at.push(k);
    return { at, keep: true };
  }
  const start = s.start ? whole(s.start, s.range) : step > 0 ? rules.origin : size - 1 + rules.origin;
  const last = s.stop ? whole(s.stop, s.range) : step > 0 ? size - 1 + rules.origin : rules.origin;
  const stop = s.inclusive || !s.stop ? last : last - Math.sign(step);
  for (let k = start; step > 0 ? k <= stop : k >= stop; k += step) at.push(place(k, size, rules, s.range));
  return { at, keep: true };
}

/** base[selectors]. A vector index on a matrix by one index goes by columns (MATLAB, R, Julia) or takes rows (NumPy). */
export function select(base: Value, selectors: readonly Selector[], origin: 0 | 1, context: Context, range: Range): Value {
  if (isIdentity(base)) {
    const [i, j] = selectors;
    if (i?.kind === "one" && j?.kind === "one")
      return whole(i.value, i.range) === whole(j.value, j.range) ? base.identity : { kind: "rational", num: 0n, den: 1n };
  }
  if (base.kind === "list") {
    const [s] = selectors;
    if (!s || selectors.length > 1) return fail("index-out-of-range", "a list has one index", range);
    const rules = rulesOf(origin, context);
    const { at, keep } = places(s, base.items.length, rules);
    return keep ? { kind: "list", items: at.map((k) => base.items[k] as Value) } : (base.items[at[0] as number] as Value);
  }
  if (base.kind === "record") {
    const values = Object.values(base.fields);
    const [s] = selectors;
    if (s?.kind === "one" && s.value.kind === "string")
      return base.fields[s.value.value] ?? fail("index-out-of-range", said`there is no part named ${s.value.value}`, s.range);
    if (s) {
      const { at, keep } = places(s, values.length, rulesOf(origin, context));
      const chosen = at.map((k) => values[k] as Value);
      const head = keep ? ({ kind: "list", items: chosen } as const) : (chosen[0] as Value);
      return selectors.length > 1 ? select(head, selectors.slice(1), origin, context, range) : head;
    }
  }
  if (base.kind === "symbolic" && base.expr.kind === "matrix") return selectSymbolic(base, selectors, origin, context, range);
  if (base.kind === "array" && base.columns) {
    const named = byColumnNames(base, base.columns, selectors, origin);
    if (named) return selectArray(base, named, origin, context, range);
  }
  const [name] = selectors;
  if (context.language === "python" && name?.kind === "one" && name.value.kind === "string")
    return fail("unsupported", said`".${name.value.value}" is not understood`, name.range);
  if (base.kind !== "array") return fail("index-out-of-range", said`${shapeText(base)} has no entries to index`, range);
  return selectArray(base, selectors, origin, context, range);
}

/** df$x, df[2, "y"]: a column by its name; null when no index is a name. */
function byColumnNames(base: ArrayValue, columns: readonly string[], selectors: readonly Selector[], origin: 0 | 1): readonly Selector[] | null {
  const last = selectors[selectors.length - 1];
  if (last?.kind !== "one" || last.value.kind !== "string") return null;
  const name = last.value.value;
  const k = columns.indexOf(name);
  if (k < 0) return fail("index-out-of-range", said`there is no column named ${name}`, last.range, said`The columns are ${columns.join(", ")}`);
  const column: Selector = { kind: "one", value: { kind: "rational", num: BigInt(k + origin), den: 1n }, range: last.range };
  const all: Selector = { kind: "slice", inclusive: true, range: last.range };
  if (base.shape.length === 1) return [column];
  return selectors.length === 1 ? [all, column] : [selectors[0] as Selector, column];
}

const rulesOf = (origin: 0 | 1, context: Context): Rules => {
  const python = context.language === "python";
  return { origin, negative: python || context.language === "mathematica", clamp: python, exclude: context.language === "r" };
};

function selectArray(a: ArrayValue, selectors: readonly Selector[], origin: 0 | 1, context: Context, range: Range): Value {
  const rules = rulesOf(origin, context);
  const [only] = selectors;
  if (selectors.length === 1 && only && a.shape.length > 1) {
    // A mask of the same shape picks its entries; one index runs down the columns where memory does.
    const mask = only.kind === "many" && only.value.element === "boolean" && only.value.shape.join() === a.shape.join() ? only.value : null;
    const byColumns = ["matlab", "julia", "r", "fortran"].includes(context.language);
    if (mask && !byColumns) {
      const at = Array.from(mask.data, (x, k) => (x ? k : -1)).filter((k) => k >= 0);
      return gather(a, [at.length], at);
    }
    if (byColumns || (origin === 1 && Math.min(...a.shape) === 1 && context.language !== "mathematica")) {
      const column = byColumns ? transpose(a) : a;
      const flat = reshaped(column, [a.data.length]);
      const selector: Selector = mask ? { kind: "many", value: reshaped(transpose(mask), [mask.data.length]), range: only.range } : only;
      const { at, keep } = places(selector, flat.data.length, rules);
      if (!keep) return entry(flat, at[0] as number);
      if (context.language === "matlab") {
        const shape =
          only.kind === "many" && !mask
            ? isRow(a) || isColumn(a)
              ? isRow(a)
                ? [1, at.length]
                : [at.length, 1]
              : only.value.shape.length === 2
                ? only.value.shape
                : [at.length, 1]
            : isRow(a) && !(only.kind === "slice" && !only.start && !only.stop)
              ? [1, at.length]
              : [at.length, 1];
        return gather(flat, shape, at);
      }
      return gather(flat, [at.length], at);
    }
  }
  if (context.language === "python" && selectors.some((s) => s.kind === "many" && s.value.element === "boolean" && s.value.shape.length > 1))
    return selectArray(a, withoutMasks(a, selectors), origin, context, range);
  if (selectors.length > a.shape.length) {
    if (selectors.slice(a.shape.length).every((s) => s.kind === "one" && whole(s.value, s.range) === 1) && origin === 1)
      return selectArray(a, selectors.slice(0, a.shape.length), origin, context, range);
    return fail("index-out-of-range", said`${selectors.length} indices for ${shapeText(a)}`, range);
  }
  if (context.language === "python" && isPaired(selectors)) {
    const axes = a.shape.map((size, d): AxisPlaces => {
      const s = selectors[d];
      if (!s) return { kind: "slice", at: Array.from({ length: size }, (_, k) => k) };
      const { at } = places(s, size, rules);
      return s.kind === "slice" ? { kind: "slice", at } : { kind: "array", shape: s.kind === "many" ? s.value.shape : [], at };
    });
    return selectPaired(a, axes, range);
  }
  const chosen = a.shape.map((size, d) =>
    selectors[d] ? places(selectors[d] as Selector, size, rules) : { at: Array.from({ length: size }, (_, k) => k), keep: true },
  );
  const keepAll = context.language === "matlab";
  const shape = chosen.filter((c) => c.keep || keepAll).map((c) => c.at.length);
  const strides = stridesOf(a.shape);
  let at: number[] = [0];
  chosen.forEach((c, d) => {
    at = at.flatMap((p) => c.at.map((k) => p + k * (strides[d] as number)));
  });
  if (chosen.every((c) => !c.keep)) {
    const value = entry(a, at[0] as number);
    return a.element === "boolean" ? { kind: "boolean", value: a.data[at[0] as number] !== 0 } : value;
  }
  return gather(a, shape, at);
}

const isRow = (a: ArrayValue): boolean => a.shape.length === 2 && a.shape[0] === 1;
const isColumn = (a: ArrayValue): boolean => a.shape.length === 2 && a.shape[1] === 1;

/** Entries of a matrix with free names. */
function selectSymbolic(
  base: Extract<Value, { kind: "symbolic" }>,
  selectors: readonly Selector[],
  origin: 0 | 1,
  context: Context,
  range: Range,
): Value {
  if (base.expr.kind !== "matrix") return fail("unsupported", "indexing a symbol", range);
  const rows = base.expr.rows;
  const columns = rows[0]?.length ?? 0;
  const rules = rulesOf(origin, context);
  if (selectors.length === 1 && selectors[0] && (rows.length === 1 || columns === 1)) {
    const flat = rows.flat();
    const { at } = places(selectors[0], flat.length, rules);
    return { kind: "symbolic", expr: flat[at[0] as number] as (typeof flat)[number] };
  }
  const [i, j] = selectors;
  if (!i || selectors.length > 2) return fail("index-out-of-range", said`${selectors.length} indices for ${shapeText(base)}`, range);
  const r = places(i, rows.length, rules);
  const c = j ? places(j, columns, rules) : { at: Array.from({ length: columns }, (_, k) => k), keep: true };
  const cells = r.at.map((p) => c.at.map((q) => (rows[p] as (typeof rows)[number])[q] as (typeof rows)[number][number]));
  if (!r.keep && !c.keep) return { kind: "symbolic", expr: (cells[0] as (typeof cells)[number])[0] as (typeof cells)[number][number] };
  return { kind: "symbolic", expr: { ...base.expr, rows: cells } };
}
