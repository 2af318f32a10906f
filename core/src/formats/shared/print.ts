// Writes numbers and blocks of numbers in the notations: one description for each, one way to lay cells out.

import type { ArrayValue, Expr, Value } from "../../expr/index.js";
import { rationalToNumber } from "../../linalg/index.js";
import type { PrintOptions } from "../format.js";
import { type Algebra, algebraText } from "./algebra.js";

/** How a notation spells what is not an ordinary number. null: it cannot. */
export interface NumberSpelling {
  readonly nan?: string | null;
  readonly inf?: string | null;
  readonly negativeInf?: string;
  /** The imaginary unit as a suffix; null: no complex numbers. */
  readonly imaginary?: string | null;
  /** Between numerator and denominator; null: fractions are printed as decimals. */
  readonly fraction?: string | null;
  /** In place of `e`: "*^". */
  readonly exponent?: string;
  /** What a whole floating-point number ends in, so that it stays one: ".0". */
  readonly point?: string;
  /** A complex number is put in brackets or a call. */
  readonly complex?: (re: string, im: string) => string;
  readonly true?: string;
  readonly false?: string;
}

export interface Spelling extends NumberSpelling {
  /** A vector over cells. */
  readonly vector: (cells: readonly string[], inline: boolean) => string;
  /** A matrix over rows of cells, already aligned unless inline. */
  readonly matrix: (rows: readonly (readonly string[])[], inline: boolean) => string;
  /** A tensor, when nested lists serve every rank. */
  readonly tensor?: boolean;
  /** How symbolic results are written, where the language has them. */
  readonly algebra?: Algebra;
  /** Adjusts a vector of strings: quotes of a string value. */
  readonly string?: (s: string) => string;
}

/** A number with so many significant digits; 17 and more keep every bit. */
export function numberText(x: number, digits: number, s: NumberSpelling): string | null {
  if (Number.isNaN(x)) return s.nan === undefined ? "NaN" : s.nan;
  if (!Number.isFinite(x)) {
    const inf = s.inf === undefined ? "Inf" : s.inf;
    return inf === null ? null : x > 0 ? inf : (s.negativeInf ?? `-${inf}`);
  }
  const y = digits < 17 ? Number(x.toPrecision(Math.max(1, digits))) : x;
  // -0 prints as 0.
  let t = String(y === 0 ? 0 : y).replace("e+", "e");
  if (s.exponent && s.exponent !== "e") t = t.replace("e", s.exponent);
  return s.point && !/[.e^]/.test(t) ? t + s.point : t;
}

interface Cell {
  readonly re: number;
  readonly im: number;
  readonly exact?: { readonly num: bigint; readonly den: bigint };
}

function cellText(c: Cell, digits: number, s: NumberSpelling, float: boolean): string | null {
  if (c.exact && c.im === 0) {
    if (c.exact.den === 1n) return `${c.exact.num}`;
    if (s.fraction) return `${c.exact.num}${s.fraction}${c.exact.den}`;
  }
  const spelling = float || !s.point ? s : { ...s, point: "" };
  const re = numberText(c.re, digits, spelling);
  if (c.im === 0 || re === null) return re;
  if (s.imaginary === null) return null;
  const im = numberText(c.im, digits, spelling);
  if (im === null) return null;
  if (s.complex) return s.complex(re, im);
  const unit = s.imaginary ?? "i";
  return c.re === 0 ? `${im}${unit}` : `${re}${im.startsWith("-") ? "" : "+"}${im}${unit}`;
}

/** Cells of equal columns: decimal points under each other. */
export function aligned(rows: readonly (readonly string[])[]): string[][] {
  const columns = Math.max(...rows.map((r) => r.length));
  const head = new Array<number>(columns).fill(0);
  const tail = new Array<number>(columns).fill(0);
  const split = (c: string) => {
    const at = /^[-+]?\d+(?=[.e*/]|$)/.exec(c)?.[0].length ?? c.length;
    return [at, c.length - at] as const;
  };
  for (const r of rows)
    r.forEach((c, j) => {
      const [h, t] = split(c);
      head[j] = Math.max(head[j] as number, h);
      tail[j] = Math.max(tail[j] as number, t);
    });
  return rows.map((r) =>
    r.map((c, j) => {
      const [h, t] = split(c);
      return " ".repeat((head[j] as number) - h) + c + " ".repeat((tail[j] as number) - t);
    }),
  );
}

const entryOf = (a: ArrayValue, k: number): Cell =>
  ({ re: a.data[k] as number, im: a.imag?.[k] ?? 0, ...(a.exact && { exact: a.exact[k] }) }) as Cell;

/** The entries of an array as text, in row-major order; null when one cannot be written. */
export function arrayCells(a: ArrayValue, digits: number, s: NumberSpelling): string[] | null {
  const out: string[] = [];
  const float = !a.exact && !a.data.every(Number.isInteger);
  for (let k = 0; k < a.data.length; k++) {
    if (a.element === "boolean" && s.true !== undefined && s.false !== undefined) {
      out.push(a.data[k] ? s.true : s.false);
      continue;
    }
    const t = cellText(entryOf(a, k), digits, s, float);
    if (t === null) return null;
    out.push(t);
  }
  return out;
}

/** Rows of equal length out of a flat list. */
export const inRows = (cells: readonly string[], columns: number): string[][] =>
  Array.from({ length: columns === 0 ? 0 : cells.length / columns }, (_, i) => cells.slice(i * columns, (i + 1) * columns));

/** The printer of a notation. */
export const printer =
  (s: Spelling) =>
  (value: Value, options: PrintOptions): string | null => {
    const inline = options.inline ?? false;
    switch (value.kind) {
      case "rational":
        return cellText({ re: rationalToNumber(value), im: 0, exact: value }, options.digits, s, false);
      case "real":
        return cellText({ re: value.value, im: 0 }, options.digits, s, !Number.isInteger(value.value));
      case "complex":
        return cellText({ re: value.re, im: value.im }, options.digits, s, true);
      case "boolean":
        return value.value ? (s.true ?? "1") : (s.false ?? "0");
      case "string":
        return s.string ? s.string(value.value) : JSON.stringify(value.value);
      case "list": {
        const items = value.items.map((v) => printer(s)(v, { ...options, inline: true }));
        return items.includes(null) ? null : s.vector(items as string[], true);
      }
      case "array": {
        const cells = arrayCells(value, options.digits, s);
        if (cells === null || cells.length === 0) return null;
        const { shape } = value;
        if (value.flavour !== undefined && shape.join() === "1,1") return cells[0] as string;
        if (shape.length <= 1) return s.vector(cells, inline);
        if (shape.length === 2) {
          const rows = inRows(cells, shape[1] as number);
          return s.matrix(inline ? rows : aligned(rows), inline);
        }
        return s.tensor ? tensorText(cells, shape, s, inline) : null;
      }
      case "symbolic":
        return s.algebra ? symbolicText(value.expr, s.algebra, s, inline) : null;
      case "solutions": {
        const values = value.values.map((v) => printer(s)(v, { ...options, inline: true }));
        const variable = s.algebra && algebraText({ kind: "name", name: value.variable, range: [0, 0] }, s.algebra);
        return s.algebra && variable && !values.includes(null) ? s.algebra.solved(variable, values as string[]) : null;
      }
      default:
        return null;
    }
  };

function symbolicText(e: Expr, algebra: Algebra, s: Spelling, inline: boolean): string | null {
  if (e.kind !== "matrix") return algebraText(e, algebra);
  const rows = e.rows.map((row) => row.map((cell) => algebraText(cell, algebra)));
  if (rows.some((row) => row.includes(null))) return null;
  const cells = rows as string[][];
  return cells.every((row) => row.length === 1) ? s.vector(cells.flat(), inline) : s.matrix(cells, inline);
}

/** Tensors of any rank as vectors of vectors. */
function tensorText(cells: readonly string[], shape: readonly number[], s: Spelling, inline: boolean): string {
  if (shape.length === 2) return s.matrix(inRows(cells, shape[1] as number), true);
  const step = cells.length / (shape[0] as number);
  return s.vector(
    Array.from({ length: shape[0] as number }, (_, i) => tensorText(cells.slice(i * step, (i + 1) * step), shape.slice(1), s, inline)),
    inline,
  );
}

/** Nested brackets: `[[1, 2], [3, 4]]`, one row a line unless inline. */
export function nested(open: string, close: string, before = "", after = ""): Pick<Spelling, "vector" | "matrix" | "tensor"> {
  const indent = " ".repeat(before.length + open.length);
  return {
    tensor: true,
    vector: (cells) => `${before}${open}${cells.join(", ")}${close}${after}`,
    matrix: (rows, inline) =>
      `${before}${open}${rows.map((r) => `${open}${r.join(", ")}${close}`).join(inline || rows.length === 1 ? ", " : `,\n${indent}`)}${close}${after}`,
  };
}

/** Rows in one pair of brackets: `[1 2; 3 4]`. A vector is one row. */
export function bracketedRows(open: string, close: string, cell: string, row: string): Pick<Spelling, "vector" | "matrix"> {
  const indent = " ".repeat(open.length);
  const matrix = (rows: readonly (readonly string[])[], inline: boolean) =>
    `${open}${rows.map((r) => r.join(cell)).join(inline || rows.length === 1 ? row : `${row.trimEnd()}\n${indent}`)}${close}`;
  return { matrix, vector: (cells) => matrix([cells], true) };
}

/** Lines of cells without brackets; a vector is a column. */
export function lines(cell: string, alignedCells = false): Pick<Spelling, "vector" | "matrix"> {
  const matrix = (rows: readonly (readonly string[])[]) =>
    rows.map((r) => (alignedCells ? r.join(cell).trimEnd() : r.map((c) => c.trim()).join(cell))).join("\n");
  return { matrix, vector: (cells) => matrix(alignedCells ? aligned(cells.map((c) => [c])) : cells.map((c) => [c])) };
}

const pythonNumbers: NumberSpelling = { nan: "np.nan", inf: "np.inf", imaginary: "j", fraction: "/", point: ".", true: "True", false: "False" };
const pythonArrays = printer({
  ...pythonNumbers,
  ...nested("[", "]", "np.array(", ")"),
  ...{ vector: (cells: readonly string[]) => `np.array([${cells.join(", ")}])` },
});
const pythonLists = printer({ ...pythonNumbers, ...nested("[", "]") });

export function printPython(value: Value, options: PrintOptions): string | null {
  if (value.kind === "array" && value.shape.length > 2) {
    const inner = pythonLists(value, options);
    return inner && `np.array(${inner})`;
  }
  if (value.kind === "list") {
    const items = value.items.map((v) => printPython(v, { ...options, inline: true }));
    return items.includes(null) ? null : `[${items.join(", ")}]`;
  }
  if (value.kind === "boolean") return value.value ? "True" : "False";
  return pythonArrays(value, options);
}

export const printMatlab = printer({
  nan: "NaN",
  inf: "Inf",
  imaginary: "i",
  fraction: "/",
  true: "true",
  false: "false",
  string: (x) => `'${x.replaceAll("'", "''")}'`,
  ...bracketedRows("[", "]", " ", "; "),
});
