// A value in words, for a screen reader: complete up to 6 x 6, beyond that its shape, first and last row, and extremes.
import { type ArrayValue, asMatrix, type Value } from "@scholium/core/expr";
import { formatNumber } from "@scholium/core/figure";
import type { Facts } from "./facts.js";

const MOST = 6;

const entry = (a: ArrayValue, k: number) =>
  a.imag?.[k] ? `${formatNumber(a.data[k])} ${a.imag[k] < 0 ? "minus" : "plus"} ${formatNumber(Math.abs(a.imag[k]))} i` : formatNumber(a.data[k]);

function arrayWords(a: ArrayValue, facts: Facts): string {
  const m = asMatrix(a);
  if (!m) return `${a.shape.join(" by ")} array.`;
  const { rows, columns } = m;
  const row = (i: number, from = 0, to = columns) => Array.from({ length: to - from }, (_, j) => entry(a, i * columns + from + j)).join(", ");
  const said = (name: string) => facts.list.find((f) => f.name === name)?.value;
  const details = [said("rank") && `rank ${said("rank")}`, said("det") && `determinant ${said("det")}`].filter(Boolean);
  if (a.shape.length === 1 || columns === 1) {
    const what = a.shape.length === 1 ? "Vector" : "Column";
    if (rows <= MOST * MOST) return `${what} of ${rows}: ${Array.from({ length: rows }, (_, i) => entry(a, i)).join(", ")}.`;
    return `${what} of ${rows}, from ${entry(a, 0)} to ${entry(a, rows - 1)}, least ${said("min") ?? "unknown"}, greatest ${said("max") ?? "unknown"}.`;
  }
  const head = [`${rows} by ${columns} matrix`, ...details].join(", ");
  if (rows <= MOST && columns <= MOST) return `${head}. ${Array.from({ length: rows }, (_, i) => `Row ${i + 1}: ${row(i)}.`).join(" ")}`;
  const shown = Math.min(columns, MOST);
  const dots = columns > MOST ? " and so on" : "";
  return `${head}. First row: ${row(0, 0, shown)}${dots}. Last row: ${row(rows - 1, 0, shown)}${dots}.`;
}

/** The value in words; `text` is how it is written when there is nothing better to say. */
export function wordsOf(value: Value, facts: Facts, text: string): string {
  const said = value.kind === "array" ? arrayWords(value, facts) : text;
  return said.length > 8000 ? `${said.slice(0, 7999)}…` : said;
}
