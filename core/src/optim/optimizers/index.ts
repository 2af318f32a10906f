// The table of contents of optimizers on plain parameter vectors. (Tiger and Muon need to know what kind of parameter they move.)

import { MathError, said } from "../../linalg/index.js";
import { adam, adamw } from "./adam.js";
import { lion } from "./lion.js";
import { momentum } from "./momentum.js";
import { nesterov } from "./nesterov.js";
import { normalized } from "./normalized.js";
import type { Optimizer } from "./optimizer.js";
import { sgd } from "./sgd.js";
import { signsgd, signum } from "./signsgd.js";

export * from "./optimizer.js";
export { adam, adamw, lion, momentum, nesterov, normalized, sgd, signsgd, signum };

export const optimizers: readonly Optimizer[] = [sgd, momentum, nesterov, adam, adamw, signsgd, signum, lion, normalized];

/** The optimizer of a name; throws MathError when there is none. */
export function findOptimizer(name: string): Optimizer {
  const found = optimizers.find((o) => o.name === name);
  if (!found)
    throw new MathError("unsupported", said`no optimizer named ${JSON.stringify(name)}; there are ${optimizers.map((o) => o.name).join(", ")}`);
  return found;
}
