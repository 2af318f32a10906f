export * from "./budget.js";
export { evaluate } from "./evaluate.js";
export type { FormulaFunction } from "./function.js";
export { functions } from "./functions/index.js";
export { nearest, stripStyle } from "./name.js";
export { bound, type Definition, definitionScope, emptyScope } from "./scope.js";
