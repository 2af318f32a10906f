// Every command by name; a new one is one file and one line here.

import { apart } from "./apart.js";
import { charpoly } from "./charpoly.js";
import { cholesky } from "./cholesky.js";
import { collect } from "./collect.js";
import type { FormulaCommand } from "./command.js";
import { det } from "./det.js";
import { differentiate } from "./differentiate.js";
import { eigenvalues } from "./eigenvalues.js";
import { eigenvectors } from "./eigenvectors.js";
import { equivalent } from "./equivalent.js";
import { expand } from "./expand.js";
import { factor } from "./factor.js";
import { integrate } from "./integrate.js";
import { inverse } from "./inverse.js";
import { limit } from "./limit.js";
import { lu } from "./lu.js";
import { nullspace } from "./nullspace.js";
import { numeric } from "./numeric.js";
import { qr } from "./qr.js";
import { rank } from "./rank.js";
import { rref } from "./rref.js";
import { series } from "./series.js";
import { simplify } from "./simplify.js";
import { singularvalues } from "./singularvalues.js";
import { solve } from "./solve.js";
import { steps } from "./steps.js";
import { svd } from "./svd.js";
import { trace } from "./trace.js";
import { transpose } from "./transpose.js";

/** Commands on expressions. */
const symbolic: readonly FormulaCommand[] = [simplify, expand, factor, collect, apart, solve, series, limit, differentiate, integrate];

/** Commands on matrices and finished values. */
const numerical: readonly FormulaCommand[] = [
  charpoly,
  cholesky,
  det,
  eigenvalues,
  eigenvectors,
  equivalent,
  inverse,
  lu,
  nullspace,
  numeric,
  qr,
  rank,
  rref,
  singularvalues,
  steps,
  svd,
  trace,
  transpose,
];

const table = (list: readonly FormulaCommand[]): ReadonlyMap<string, FormulaCommand> => new Map(list.map((c) => [c.name, c] as const));

export const symbolicCommands = table(symbolic);
export const commands: ReadonlyMap<string, FormulaCommand> = table([...symbolic, ...numerical]);
export { factorInteger } from "./factor.js";
export type { FormulaCommand };
