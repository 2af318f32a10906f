// One entry with all its digits, or exactly.
import { formatNumber } from "@scholium/core/figure";
import { rationalText } from "@scholium/core/linalg";
import type { MatrixEntry } from "../store.js";

/** The text of an entry by its place; `digits` of a number that is not exact. */
export function entryText({ value, matrix }: MatrixEntry, k: number, digits: number): string {
  const exact = value.kind === "array" ? value.exact?.[k] : undefined;
  if (exact) {
    // With the minus sign of the other numbers.
    const text = rationalText(exact).replace("-", "−");
    if (text.length <= 40) return text;
  }
  const re = matrix.data[k];
  const im = matrix.imag?.[k] ?? 0;
  if (!matrix.imag || im === 0) return formatNumber(re, digits);
  return `${formatNumber(re, digits)} ${im < 0 ? "−" : "+"} ${formatNumber(Math.abs(im), digits)}i`;
}
