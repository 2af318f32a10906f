export { closedForm } from "./closedForm.js";
export * from "./commands/index.js";
export * from "./context.js";
export {
  affected,
  type Cell,
  type Defined,
  definitionsFor,
  type Edit,
  type Entry,
  editDocument,
  type FormulaDocument,
  openDocument,
  type Seen,
  type Source,
  statementsAbove,
} from "./document/index.js";
export * from "./evaluate/index.js";
export { exactText } from "./exactText.js";
export * from "./print.js";
export * from "./regions/index.js";
export * from "./request.js";
export * from "./run.js";
export * from "./sample.js";
export { impliedBy, isStatement } from "./statement.js";
