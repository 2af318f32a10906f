// Every function of the common language by name.

import { dataFunctions } from "../dialect/data.js";
import { byName, type FormulaFunction } from "../function.js";
import { arrangements } from "./arrange.js";
import { constructors } from "./construct.js";
import { elementary } from "./elementary.js";
import { information } from "./information.js";
import { linearAlgebra } from "./linearAlgebra.js";
import { matrices } from "./matrices.js";
import { numbers } from "./numbers.js";
import { reductions } from "./reduce.js";
import { rowOperations } from "./rowOperations.js";
import { selections } from "./select.js";
import { shapes } from "./shape.js";

/** Later entries win where two families share an alias. */
export const functions: ReadonlyMap<string, FormulaFunction> = byName([
  ...dataFunctions.filter((f) => f.name === "cov"),
  ...constructors,
  ...matrices,
  ...arrangements,
  ...shapes,
  ...selections,
  ...rowOperations,
  ...numbers,
  ...elementary,
  ...reductions,
  ...information,
  ...linearAlgebra,
]);
