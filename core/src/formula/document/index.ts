export { type Cell, type Edit, editDocument, type FormulaDocument, openDocument, type Source } from "./document.js";
export type { Defined, Entry } from "./entry.js";
export { affected, definitionsFor, type EvaluateDefinition, type Place, type Seen, scopeAt, statementsAbove } from "./scope.js";
