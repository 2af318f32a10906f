// Values in the notations of core; null where the notation cannot hold the value.
import type { Value } from "@scholium/core/expr";
import { type FormatName, findFormat, type PrintOptions } from "@scholium/core/formats";

export const printValue = (value: Value, format: FormatName, options: PrintOptions): string | null =>
  findFormat(format)?.print?.(value, options) ?? null;
