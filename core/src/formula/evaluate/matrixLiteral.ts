// A matrix written by rows: numbers, blocks of matrices, identities that fit between them, and dots that continue a pattern.

import { type ArrayExpr, type ArrayValue, type Expr, fail, type ListExpr, type MatrixExpr, type Range, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { checkCells, concatenate, diagonal as diagonalOf, dims, filled, fromScalars, reshaped, scalarOf, shapeText, single } from "./array.js";
import { evaluate } from "./dispatch.js";
import { expandDots } from "./dots.js";
import { isIdentity, sized } from "./identity.js";
import { semanticsOf } from "./language.js";
import { asArray } from "./operate.js";
import { equal, integer, isZero, type Scalar } from "./scalar.js";

interface Cell {
  readonly value: Value;
  readonly range: Range;
}

export function evaluateMatrix(e: MatrixExpr, context: Context): Value {
  const rows = e.rows.filter((row) => row.length > 0);
  const strict = !semanticsOf(context.language).collapse;
  if (rows.length === 0)
    return strict ? { kind: "array", shape: [0, 0], data: new Float64Array(0), exact: [] } : fail("empty", "a matrix without entries", e.range);
  if (rows.some((row) => row.some((c) => c.kind === "dots"))) return patterned(e, rows, context);
  const cells = rows.map((row) => row.map((c): Cell => ({ value: cellValue(c, context), range: c.range })));
  const blocks = cells.some((row) => row.some((c) => isBlock(c.value)));
  if (!blocks) {
    requireEqualRows(rows, e);
    return assemble(cells, e, context);
  }
  if (cells.some((row) => row.some((c) => c.value.kind === "symbolic" && !isIdentity(c.value)))) return symbolicBlocks(cells, e, context);
  return strict ? stacked(cells, e) : fitted(cells, e);
}

/** A blank cell is zero. */
const cellValue = (c: Expr, context: Context): Value => (c.kind === "hole" ? integer(0) : asArray(evaluate(c, context)));

const isBlock = (v: Value): boolean =>
  (v.kind === "array" && v.data.length !== 1) ||
  (v.kind === "array" && v.shape.length === 2) ||
  isIdentity(v) ||
  (v.kind === "symbolic" && v.expr.kind === "matrix");

function requireEqualRows(rows: readonly (readonly Expr[])[], e: MatrixExpr): void {
  const width = (rows[0] as readonly Expr[]).length;
  rows.forEach((row, i) => {
    if (row.length === width) return;
    const range: Range = row.length > 0 ? [(row[0] as Expr).range[0], (row[row.length - 1] as Expr).range[1]] : e.range;
    fail(
      "ragged",
      said`row ${i + 1} has ${row.length} ${row.length === 1 ? "entry" : "entries"}, row 1 has ${width}`,
      range,
      "Give every row the same number of entries",
    );
  });
}

function assemble(cells: readonly (readonly Cell[])[], e: MatrixExpr, context: Context): Value {
  const shape = [cells.length, cells[0]?.length ?? 0];
  const scalars: Scalar[] = [];
  for (const row of cells)
    for (const c of row) {
      const s = c.value.kind === "symbolic" ? null : scalarOf(c.value);
      if (s) scalars.push(s);
      else if (c.value.kind === "string" || c.value.kind === "function" || c.value.kind === "record")
        fail("non-numeric", said`an entry that is no number: ${shapeText(c.value)}`, c.range);
    }
  if (scalars.length === (shape[0] as number) * (shape[1] as number)) return fromScalars(shape, scalars);
  context.budget.check();
  const rows = cells.map((row) => row.map((c) => symbolic.liftValue(c.value, c.range)));
  return { kind: "symbolic", expr: { kind: "matrix", rows, ...(e.environment !== undefined && { environment: e.environment }), range: e.range } };
}

const asBlock = (v: Value): ArrayValue | null => {
  if (v.kind === "array") return v.shape.length === 1 ? reshaped(v, [v.data.length, 1]) : v;
  const s = scalarOf(v);
  return s ? fromScalars([1, 1], [s]) : null;
};

/** Rows glued side by side, then one under the other: no size is inferred (code). */
function stacked(cells: readonly (readonly Cell[])[], e: MatrixExpr): Value {
  const rows = cells.map((row) => {
    const parts = row
      .map((c) => asBlock(c.value) ?? fail("non-numeric", said`an entry that is no number: ${shapeText(c.value)}`, c.range))
      .filter((p) => p.data.length > 0 || p.shape[0] !== 0);
    if (parts.length === 0) return null;
    const height = (parts[0] as ArrayValue).shape[0];
    parts.forEach((p, k) => {
      if (p.shape[0] !== height)
        fail(
          "shape-mismatch",
          said`cannot put ${shapeText(p)} beside ${shapeText(parts[0] as ArrayValue)} (rows ${p.shape[0]} and ${height})`,
          (row[k] as Cell).range,
        );
    });
    return concatenate(parts, 1);
  });
  const kept = rows.filter((r): r is ArrayValue => r !== null);
  if (kept.length === 0) return { kind: "array", shape: [0, 0], data: new Float64Array(0), exact: [] };
  const width = (kept[0] as ArrayValue).shape[1];
  rows.forEach((r, k) => {
    if (r && r.shape[1] !== width) {
      const row = cells[k] as readonly Cell[];
      const range: Range = [(row[0] as Cell).range[0], (row[row.length - 1] as Cell).range[1]];
      const plain = cells.every((line) => line.every((c) => c.value.kind !== "array"));
      fail(plain ? "ragged" : "shape-mismatch", said`row ${k + 1} is ${r.shape[1]} wide, row 1 is ${width}`, range);
    }
  });
  void e;
  return concatenate(kept, 0);
}

/** Block matrices of mathematics: a 0 fills its place, an I takes the size its row and column leave. */
function fitted(cells: readonly (readonly Cell[])[], e: MatrixExpr): Value {
  const columns = Math.max(...cells.map((row) => row.length));
  const equal = cells.every((row) => row.length === columns);
  if (!equal) return stacked(cells, e);
  const heights = new Array<number | undefined>(cells.length);
  const widths = new Array<number | undefined>(columns);
  const set = (sizes: (number | undefined)[], k: number, n: number, c: Cell, what: string): void => {
    if (sizes[k] === undefined) sizes[k] = n;
    else if (sizes[k] !== n)
      fail("shape-mismatch", said`the block ${shapeText(c.value)} does not fit: its ${what} needs ${sizes[k]}, not ${n}`, c.range);
  };
  const known = (v: Value): readonly [number, number] | null => (v.kind === "array" ? dims(v) : null);
  cells.forEach((row, i) => {
    row.forEach((c, j) => {
      const d = known(c.value);
      if (!d) return;
      set(heights, i, d[0], c, "block row");
      set(widths, j, d[1], c, "block column");
    });
  });
  // Identities are square: they carry a size from a row to a column and back until nothing changes.
  for (let changed = true; changed; ) {
    changed = false;
    cells.forEach((row, i) => {
      row.forEach((c, j) => {
        if (!isIdentity(c.value) || (heights[i] === undefined) === (widths[j] === undefined)) return;
        if (heights[i] === undefined) heights[i] = widths[j];
        else widths[j] = heights[i];
        changed = true;
      });
    });
  }
  // Numbers other than 0 are 1×1 blocks where nothing else says more.
  cells.forEach((row, i) => {
    row.forEach((c, j) => {
      const s = c.value.kind === "array" ? null : scalarOf(c.value);
      if (!s || isZero(s)) return;
      set(heights, i, 1, c, "block row");
      set(widths, j, 1, c, "block column");
    });
  });
  const rows = cells.map((row, i) =>
    concatenate(
      row.map((c, j) => block(c, heights[i], widths[j], e)),
      1,
    ),
  );
  return concatenate(rows, 0);
}

function block(c: Cell, height: number | undefined, width: number | undefined, e: MatrixExpr): ArrayValue {
  if (c.value.kind === "array") return asBlock(c.value) as ArrayValue;
  if (isIdentity(c.value)) {
    const n = height ?? width ?? fail("identity-size", "nothing beside this I says its size", c.range, "Write I_n with its size");
    if (height !== undefined && width !== undefined && height !== width)
      fail("shape-mismatch", said`an identity cannot be ${height}×${width}`, c.range);
    return sized(c.value, n);
  }
  const s = scalarOf(c.value) ?? fail("non-numeric", said`an entry that is no number: ${shapeText(c.value)}`, c.range);
  if (height === undefined && width === undefined && !isZero(s)) return fromScalars([1, 1], [s]);
  void e;
  return filled([height ?? 1, width ?? 1], s);
}

/** Blocks of which some have free names. */
function symbolicBlocks(cells: readonly (readonly Cell[])[], e: MatrixExpr, context: Context): Value {
  const rows: Expr[][] = [];
  for (const row of cells) {
    const parts = row.map((c): readonly (readonly Expr[])[] => {
      const lifted = symbolic.liftValue(c.value, c.range);
      return lifted.kind === "matrix" ? lifted.rows : [[lifted]];
    });
    const height = Math.max(...parts.map((p) => p.length));
    for (let i = 0; i < height; i++) {
      const line: Expr[] = [];
      parts.forEach((p, k) => {
        const part = p.length === height ? (p[i] as readonly Expr[]) : null;
        if (part) line.push(...part);
        else fail("shape-mismatch", said`blocks of ${p.length} and ${height} rows in one row`, (row[k] as Cell).range);
      });
      rows.push(line);
    }
  }
  context.budget.check();
  requireEqualRows(rows, e);
  return { kind: "symbolic", expr: { kind: "matrix", rows, ...(e.environment !== undefined && { environment: e.environment }), range: e.range } };
}

/**
 * A square pattern with \ddots once on its diagonal, dots only in that row and column, and zeros or blanks elsewhere:
 * the diagonal as it goes on, n×n when a size is given (then equal entries suffice). null when the pattern is another.
 */
function diagonalPattern(rows: readonly (readonly Expr[])[], context: Context, n?: number): ArrayValue | null {
  const size = rows.length;
  if (rows.some((r) => r.length !== size)) return null;
  const k = rows.findIndex((r, i) => r[i]?.kind === "dots");
  if (k < 1 || k === size - 1) return null;
  const diagonal: Scalar[] = [];
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const c = (rows[i] as readonly Expr[])[j] as Expr;
      if (c.kind === "dots") {
        if (i !== k && j !== k) return null;
        continue;
      }
      const v = cellValue(c, context);
      const s = v.kind === "symbolic" ? null : scalarOf(v);
      if (!s || (i !== j && !isZero(s))) return null;
      if (i === j) diagonal.push(s);
    }
  const [before, after] = [diagonal.slice(0, k), diagonal.slice(k)];
  const first = diagonal[0] as Scalar;
  const dots = (rows[k] as readonly Expr[])[k] as Expr;
  const constant = diagonal.every((s) => equal(s, first));
  if (constant && n === undefined) return null;
  const entries = constant ? new Array<Scalar>(n as number).fill(first) : expandDots(before, after, context.budget.maxCells, dots.range);
  if (n !== undefined && entries.length !== n) return null;
  checkCells([entries.length, entries.length], context, dots.range);
  return diagonalOf(entries);
}

/** A pattern of dots whose size stands as its subscript: (...)_{4\times 4}. undefined when it is none. */
export function sizedPattern(e: MatrixExpr, size: readonly [number, number], context: Context): Value | undefined {
  const rows = e.rows.filter((row) => row.length > 0);
  if (!rows.some((row) => row.some((c) => c.kind === "dots"))) return undefined;
  if (size[0] === size[1]) {
    const found = diagonalPattern(rows, context, size[0]);
    if (found) return found;
  }
  const v = patterned(e, rows, context);
  return v.kind === "array" && v.shape[0] === size[0] && v.shape[1] === size[1] ? v : undefined;
}

/** Dots along every row, along every column, or both one after the other. */
function patterned(e: MatrixExpr, rows: readonly (readonly Expr[])[], context: Context): Value {
  const diagonal = diagonalPattern(rows, context);
  if (diagonal) return diagonal;
  const firstDots = rows.flat().find((c) => c.kind === "dots") as Expr;
  const unclear = (): never =>
    fail(
      "unresolved-ellipsis",
      "the dots of this matrix do not say what they stand for",
      firstDots.range,
      "Write out the entries, or give the size and a rule",
    );
  const dotted = rows.map((row) => row.every((c) => c.kind === "dots" || c.kind === "hole") && row.some((c) => c.kind === "dots"));
  const value = (c: Expr): Scalar => {
    const v = cellValue(c, context);
    return (v.kind === "symbolic" ? null : scalarOf(v)) ?? unclear();
  };
  const widest = Math.max(...rows.map((r) => r.length));
  if (rows.some((row, k) => !dotted[k] && row.length !== widest)) requireEqualRows(rows, e);
  const limit = context.budget.maxCells;
  // Every row is continued to its full length; rows of dots wait.
  const lines = rows.map((row, k): Scalar[] | null => {
    if (dotted[k]) return null;
    const at = row.findIndex((c) => c.kind === "dots");
    if (at < 0) return row.map(value);
    if (row.slice(at + 1).some((c) => c.kind === "dots")) return unclear();
    const [before, after] = [row.slice(0, at).map(value), row.slice(at + 1).map(value)];
    return [...expandDots(before, after, limit, (row[at] as Expr).range)];
  });
  const at = lines.indexOf(null);
  let full: Scalar[][];
  if (at < 0) full = lines as Scalar[][];
  else {
    if (lines.slice(at + 1).includes(null)) return unclear();
    const [before, after] = [lines.slice(0, at) as Scalar[][], lines.slice(at + 1) as Scalar[][]];
    const width = before[0]?.length ?? 0;
    if (before.length < 2 || after.length < 1 || [...before, ...after].some((l) => l.length !== width)) return unclear();
    const columns = Array.from({ length: width }, (_, j) =>
      expandColumn(
        before.map((l) => l[j] as Scalar),
        after.map((l) => l[j] as Scalar),
        limit,
        firstDots.range,
      ),
    );
    const height = Math.max(...columns.map((c) => c?.length ?? 0));
    if (height === 0) return unclear();
    full = Array.from({ length: height }, (_, i) => columns.map((c, j) => (c ? (c[i] ?? unclear()) : ((before[0] as Scalar[])[j] as Scalar))));
  }
  const width = full[0]?.length ?? 0;
  if (full.some((l) => l.length !== width)) return unclear();
  if (full.length * width > limit) return fail("too-large", said`the dots stand for ${full.length}×${width} entries`, e.range);
  return fromScalars([full.length, width], full.flat());
}

/** A column of equal entries fits any height: null. */
function expandColumn(before: readonly Scalar[], after: readonly Scalar[], limit: number, range: Range): Scalar[] | null {
  const all = [...before, ...after];
  const [first] = all;
  const same = all.every((s) => first !== undefined && s.kind === first.kind && JSON.stringify(s, replacer) === JSON.stringify(first, replacer));
  return same ? null : expandDots(before, after, limit, range);
}
const replacer = (_: string, v: unknown) => (typeof v === "bigint" ? `${v}` : v);

/** (1, 2, …, 5): a vector when its items are numbers, else a list. */
export function evaluateList(e: ListExpr, context: Context): Value {
  if (e.items.length === 0) return e.brackets === "{}" ? { kind: "list", items: [] } : fail("empty", "nothing between the brackets", e.range);
  const items = listItems(e.items, context);
  if (items.length === 1 && e.brackets !== "{}") return items[0] as Value;
  const blocks = e.brackets === "[]" ? items.filter((v): v is ArrayValue => v.kind === "array" && v.shape.length === 2) : [];
  // [A, B]: matrices of one height side by side.
  if (blocks.length === items.length && blocks.every((b) => b.shape[0] === (blocks[0] as ArrayValue).shape[0])) return concatenate(blocks, 1);
  return gathered(items);
}

/** The items with dots filled in. */
export function listItems(items: readonly Expr[], context: Context): Value[] {
  const at = items.findIndex((c) => c.kind === "dots");
  if (at < 0) return items.map((c) => evaluate(c, context));
  const dots = items[at] as Expr;
  const number = (c: Expr): Scalar => {
    if (c.kind === "dots") return fail("unresolved-ellipsis", "only one ellipsis can be continued", c.range);
    const v = evaluate(c, context);
    return (v.kind === "symbolic" ? null : scalarOf(v)) ?? fail("unresolved-ellipsis", "the dots do not say what they stand for", dots.range);
  };
  return expandDots(items.slice(0, at).map(number), items.slice(at + 1).map(number), context.budget.maxCells, dots.range);
}

function gathered(items: readonly Value[]): Value {
  const scalars = items.map((v) => (v.kind === "rational" || v.kind === "real" || v.kind === "complex" ? v : null));
  if (scalars.every((s) => s !== null)) return fromScalars([items.length], scalars as Scalar[]);
  return { kind: "list", items };
}

/** Nested lists of code: equal lengths make an array of that rank. */
export function evaluateArray(e: ArrayExpr, context: Context): Value {
  if (e.items.length === 0) return { kind: "array", shape: [0], data: new Float64Array(0), exact: [] };
  const values = e.items.map((c) => evaluate(c, context));
  const [first] = values as [Value, ...Value[]];
  if (values.some((v) => v.kind === "symbolic" && !isIdentity(v))) return symbolicArray(e, values);
  if (values.every((v) => v.kind === "boolean"))
    return {
      ...fromScalars(
        [values.length],
        values.map((v) => integer(v.kind === "boolean" && v.value ? 1 : 0)),
      ),
      element: "boolean",
    };
  if (first.kind !== "array") {
    const scalars = values.map((v) => (v.kind === "array" ? (v.shape.length === 0 ? single(v) : null) : scalarOf(v)));
    const bad = scalars.indexOf(null);
    if (bad < 0) return fromScalars([values.length], scalars as Scalar[]);
    const v = values[bad] as Value;
    if (v.kind === "array") return fail("ragged", said`item ${bad + 1} has ${v.shape[0]} entries, item 1 is a number`, (e.items[bad] as Expr).range);
    if (values.every((x) => x.kind === "string" || x.kind === "list" || x.kind === "record")) return { kind: "list", items: values };
    return fail("non-numeric", said`an entry that is no number: ${shapeText(v)}`, (e.items[bad] as Expr).range);
  }
  const parts = values.map((v, k): ArrayValue => {
    const range = (e.items[k] as Expr).range;
    if (v.kind !== "array") return fail("ragged", said`item ${k + 1} is ${shapeText(v)}, item 1 has ${first.shape[0]} entries`, range);
    if (v.shape.join() !== first.shape.join())
      return fail("ragged", said`item ${k + 1} has ${v.shape[0]} ${v.shape[0] === 1 ? "entry" : "entries"}, item 1 has ${first.shape[0]}`, range);
    return reshaped(v, [1, ...v.shape]);
  });
  return concatenate(parts, 0);
}

/** A list of lists with free names is a matrix of expressions. */
function symbolicArray(e: ArrayExpr, values: readonly Value[]): Value {
  const rows = values.map((v, k): readonly Expr[] | null => {
    const range = (e.items[k] as Expr).range;
    if (v.kind === "array" && v.shape.length === 1) return Array.from(v.data, (_, j) => symbolic.liftValue(scalarAt(v, j), range));
    if (v.kind === "symbolic" && v.expr.kind === "matrix" && v.expr.rows.every((r) => r.length === 1) && e.items[k]?.kind === "array")
      return v.expr.rows.map((r) => r[0] as Expr);
    return null;
  });
  if (rows.every((r) => r !== null)) {
    requireEqualRows(rows as Expr[][], { kind: "matrix", rows: rows as Expr[][], range: e.range });
    return { kind: "symbolic", expr: { kind: "matrix", rows: rows as Expr[][], range: e.range } };
  }
  return {
    kind: "symbolic",
    expr: { kind: "matrix", rows: values.map((v, k) => [symbolic.liftValue(v, (e.items[k] as Expr).range)]), range: e.range },
  };
}

const scalarAt = (a: ArrayValue, k: number): Scalar =>
  single({
    kind: "array",
    shape: [1],
    data: a.data.subarray(k, k + 1),
    ...(a.exact && { exact: a.exact.slice(k, k + 1) }),
    ...(a.imag && { imag: a.imag.subarray(k, k + 1) }),
  }) as Scalar;
