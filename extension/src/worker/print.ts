// Values in the notations of core; null where the notation cannot hold the value or the text would be too long.
import type { Value } from "@scholium/core/expr";
import { type FormatName, findFormat, type PrintOptions } from "@scholium/core/formats";
import { mostWrittenCells } from "@scholium/core/formula";

export const printValue = (value: Value, format: FormatName, options: PrintOptions): string | null =>
  value.kind === "array" && value.data.length > mostWrittenCells ? null : (findFormat(format)?.print?.(value, options) ?? null);

/** The matrix environment of a LaTeX result, which the value keeps wherever it is printed again. */
export const environmentOf = (latex: string): string | undefined => /\\begin\{(\w*matrix\*?)\}/.exec(latex)?.[1];
