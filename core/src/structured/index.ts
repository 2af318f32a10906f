// Structured matrices: Monarch.
export {
  type Monarch,
  type MonarchShape,
  monarch,
  monarchColumns,
  monarchFlops,
  monarchFromTensors,
  monarchParams,
  monarchRows,
} from "./monarch.js";
export * from "./monarchDense.js";
export * from "./monarchDft.js";
export * from "./monarchMultiply.js";
export * from "./monarchProject.js";
export * from "./monarchSolve.js";
export * from "./monarchTranspose.js";
export * from "./monarchTransposeMultiply.js";
