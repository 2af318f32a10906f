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

/** The value in a notation; in LaTeX when that notation cannot hold it. */
export function printValue(value: Value, language: FormatName, options: Printing = {}): string {
  const how = {
    digits: options.digits ?? 17,
    ...(options.environment !== undefined && { environment: options.environment }),
    ...(options.inline !== undefined && { inline: options.inline }),
  };
  return findFormat(language)?.print?.(value, how) ?? findFormat("latex")?.print?.(value, how) ?? "";
}
