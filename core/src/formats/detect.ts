// Which notation a text is written in, and whether another reading would give another value.

import { type Expr, FormulaFailure } from "../expr/index.js";
import type { Format, FormatName, Parsed } from "./format.js";
import { formats } from "./table.js";

export interface Detected {
  readonly name: FormatName;
  /** Further notations whose readers accept the text, with another value: "read as Y". */
  readonly alternatives: readonly FormatName[];
}

/** Longer texts are judged by their marks alone; reading them again in other notations would take too long. */
const compareLength = 4000;

/** What a reader makes of a text; null when it does not accept it, and when it knows a print-out of its own that was shortened, that. */
function read(format: Format, text: string): Parsed | "truncated" | null {
  try {
    return format.parse(text);
  } catch (e) {
    if (e instanceof FormulaFailure) return e.error.kind === "truncated" ? "truncated" : null;
    throw e;
  }
}

/**
 * The notation of a text. A hint (the editor's language) wins when its reader accepts the text; then unmistakable marks,
 * likely ones, and at last whatever reads it. Linear in the text for each notation that may be meant.
 */
export function detectFormat(text: string, hint?: FormatName): Detected {
  const scored = formats.map((format) => ({ format, score: format.name === hint ? 4 : format.detect(text) })).filter((s) => s.score > 0);
  scored.sort((a, b) => b.score - a.score);
  let chosen: { format: Format; parsed: Parsed; score: number } | undefined;
  for (const { format, score } of scored) {
    const parsed = read(format, text);
    if (parsed === "truncated") return { name: format.name, alternatives: [] };
    if (parsed) {
      chosen = { format, parsed, score };
      break;
    }
  }
  if (!chosen) return { name: scored[0]?.format.name ?? "plain", alternatives: [] };
  const own = text.length <= compareLength ? signature(chosen.parsed) : undefined;
  if (own === undefined || chosen.score === 3) return { name: chosen.format.name, alternatives: [] };
  const alternatives: FormatName[] = [];
  const seen = new Set([own]);
  for (const { format } of scored) {
    if (format === chosen.format) continue;
    const parsed = read(format, text);
    const other = parsed && parsed !== "truncated" && signature(parsed);
    if (!other || seen.has(other)) continue;
    seen.add(other);
    alternatives.push(format.name);
  }
  return { name: chosen.format.name, alternatives };
}

/** The numbers a text stands for, as text; undefined when it is no plain literal. */
function signature(parsed: Parsed): string | undefined {
  const last = parsed.statements[parsed.statements.length - 1];
  if (last?.kind !== "expression" && last?.kind !== "define") return undefined;
  const value = numbers(last.body, 0);
  return value && `${value}`;
}

function numbers(e: Expr, depth: number): string | undefined {
  if (depth > 40) return undefined;
  const all = (items: readonly Expr[]): string | undefined => {
    const parts = items.map((i) => numbers(i, depth + 1));
    return parts.includes(undefined) ? undefined : `[${parts.join()}]`;
  };
  switch (e.kind) {
    case "number":
      return `${e.value}${e.imaginary ? "i" : ""}`;
    case "unary": {
      const v = e.op === "negate" || e.op === "plus" ? numbers(e.operand, depth + 1) : undefined;
      return v && (e.op === "negate" ? (v.startsWith("-") ? v.slice(1) : `-${v}`) : v);
    }
    case "binary": {
      const [a, b] = [numbers(e.left, depth + 1), numbers(e.right, depth + 1)].map(Number) as [number, number];
      if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
      const f = { add: a + b, subtract: a - b, multiply: a * b, elementwise: a * b, divide: a / b, elementdivide: a / b }[e.op as string];
      return f === undefined ? undefined : `${f}`;
    }
    case "call": {
      if (e.name !== "quotient" && e.name !== "frac") return undefined;
      const [a, b] = e.args.map((x) => Number(numbers(x, depth + 1))) as [number, number];
      return Number.isNaN(a / b) ? undefined : `${e.name === "quotient" ? Math.trunc(a / b) : a / b}`;
    }
    case "array":
    case "list":
      return all(e.items);
    case "matrix": {
      const rows = e.rows.map(all);
      return rows.includes(undefined) ? undefined : e.rows.length === 1 ? rows[0] : `[${rows.join()}]`;
    }
    case "literal": {
      const { shape, data, imag } = e.value;
      if (imag || data.length > 400) return undefined;
      const [rows, columns] = [shape[0] as number, shape[1]];
      if (columns === undefined || rows === 1) return `[${Array.from(data).join()}]`;
      if (shape.length > 2) return undefined;
      return `[${Array.from({ length: rows }, (_, i) => `[${Array.from(data.subarray(i * columns, (i + 1) * columns)).join()}]`).join()}]`;
    }
    default:
      return undefined;
  }
}
