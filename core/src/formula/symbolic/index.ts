// The symbolic side of the formula language: see interface.ts for how the evaluator uses it.

export { symbolicDerivative } from "./derivative.js";
export { freeNames } from "./fromExpr.js";
export * from "./interface.js";
export { isZero, symbolicBinary, symbolicCall, symbolicNorm, symbolicRelation, symbolicUnary } from "./operations.js";
export { substitute } from "./tree.js";
export { freeName, liftValue, settle } from "./values.js";
