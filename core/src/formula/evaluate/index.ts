export * from "./budget.js";
export { evaluate, gradientName } from "./evaluate.js";
export type { FormulaFunction } from "./function.js";
export { functions } from "./functions/index.js";
export { stripStyle } from "./name.js";
export { bound, type Definition, definitionScope, emptyScope } from "./scope.js";
