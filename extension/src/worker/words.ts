// A value in words, for a screen reader: complete up to 6 x 6, beyond that its shape, first and last row, and extremes.
import { type ArrayValue, asMatrix, listOf, said, type Value } from "@scholium/core/expr";
import { formatNumber } from "@scholium/core/figure";
import type { Facts } from "./facts.js";
import { english, type Say } from "./tongue.js";

const MOST = 6;

function entry(a: ArrayValue, k: number, say: Say): string {
  const [re, im] = [a.data[k] as number, a.imag?.[k] ?? 0];
  if (im === 0) return formatNumber(re);
  const [real, size] = [formatNumber(re), formatNumber(Math.abs(im))];
  return say(im < 0 ? said`${real} minus ${size} i` : said`${real} plus ${size} i`);
}

function arrayWords(a: ArrayValue, facts: Facts, say: Say): string {
  const m = asMatrix(a);
  if (!m) return say(said`${a.shape.join("×")} array.`);
  const { rows, columns } = m;
  const row = (i: number, from = 0, to = columns) => Array.from({ length: to - from }, (_, j) => entry(a, i * columns + from + j, say)).join(", ");
  const known = (name: string) => facts.list.find((f) => f.name === name)?.value;
  if (a.shape.length === 1 || columns === 1) {
    const vector = a.shape.length === 1;
    if (rows <= MOST * MOST) {
      const all = Array.from({ length: rows }, (_, i) => entry(a, i, say)).join(", ");
      return say(vector ? said`Vector of ${rows}: ${all}.` : said`Column of ${rows}: ${all}.`);
    }
    const [first, last, least, greatest] = [entry(a, 0, say), entry(a, rows - 1, say), known("min") ?? "?", known("max") ?? "?"];
    return say(
      vector
        ? said`Vector of ${rows}, from ${first} to ${last}, least ${least}, greatest ${greatest}.`
        : said`Column of ${rows}, from ${first} to ${last}, least ${least}, greatest ${greatest}.`,
    );
  }
  const [rank, det] = [known("rank"), known("det")];
  const head = say(listOf([said`${rows} by ${columns} matrix`, ...(rank ? [said`rank ${rank}`] : []), ...(det ? [said`determinant ${det}`] : [])]));
  if (rows <= MOST && columns <= MOST) return `${head}. ${Array.from({ length: rows }, (_, i) => say(said`Row ${i + 1}: ${row(i)}.`)).join(" ")}`;
  const shown = Math.min(columns, MOST);
  const [first, last] = [row(0, 0, shown), row(rows - 1, 0, shown)];
  return `${head}. ${say(
    columns > MOST ? said`First row: ${first} and so on. Last row: ${last} and so on.` : said`First row: ${first}. Last row: ${last}.`,
  )}`;
}

/** The value in words; `text` is how it is written when there is nothing better to say. */
export function wordsOf(value: Value, facts: Facts, text: string, say: Say = english): string {
  const words = value.kind === "array" ? arrayWords(value, facts, say) : text;
  return words.length > 8000 ? `${words.slice(0, 7999)}…` : words;
}
