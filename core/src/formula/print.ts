// A value as text: in the notation it came from, and in LaTeX.

import type { Value } from "../expr/index.js";
import { type FormatName, findFormat } from "../formats/index.js";

export interface Printing {
  /** Significant digits of floating-point numbers. */
  readonly digits?: number;
  /** Matrix environment to keep. */
  readonly environment?: string;
  readonly inline?: boolean;
}

/** Arrays of more cells (512²) are named by their shape: writing them out takes seconds and up to more characters than a string can hold. */
export const mostWrittenCells = 2 ** 18;

/** The value in a notation; in LaTeX when that notation cannot hold it. */
export function printValue(value: Value, language: FormatName, options: Printing = {}): string {
  if (value.kind === "array" && value.data.length > mostWrittenCells) {
    const text = `${value.shape.join("×")} array`;
    return language === "latex" ? `\\text{${text}}` : text;
  }
  const how = {
    digits: options.digits ?? 17,
    ...(options.environment !== undefined && { environment: options.environment }),
    ...(options.inline !== undefined && { inline: options.inline }),
  };
  return findFormat(language)?.print?.(value, how) ?? findFormat("latex")?.print?.(value, how) ?? "";
}
