// Interpolative decompositions and column subset selection.
export { fromColumns, type Id, type Measure } from "./fromColumns.js";
export * from "./greedyColumnSubset.js";
export * from "./idToPrecision.js";
export * from "./interpolativeDecomposition.js";
export * from "./rowId.js";
export * from "./strongRrqr.js";
export * from "./volumeSampling.js";
