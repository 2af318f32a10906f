// Functions that a notation has alone, or means differently: found before the common ones.
// One file per notation, one line here.

import type { FormatName } from "../../../formats/index.js";
import type { FormulaFunction } from "../function.js";

export const dialects: Partial<Record<FormatName, ReadonlyMap<string, FormulaFunction>>> = {};
