// The symbolic commands by name: one file each.

import type { SymbolicCommand } from "../symbolic/interface.js";
import { apart } from "./apart.js";
import { collect } from "./collect.js";
import { differentiate } from "./differentiate.js";
import { expand } from "./expand.js";
import { factor } from "./factor.js";
import { integrate } from "./integrate.js";
import { limit } from "./limit.js";
import { series } from "./series.js";
import { simplify } from "./simplify.js";
import { solve } from "./solve.js";

export const symbolicCommands: ReadonlyMap<string, SymbolicCommand> = new Map(
  [simplify, expand, factor, collect, apart, solve, series, limit, differentiate, integrate].map((c) => [c.name, c] as const),
);
export { factorInteger } from "./factor.js";
