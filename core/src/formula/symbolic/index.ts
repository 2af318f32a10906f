// The symbolic side of the formula language: see interface.ts for how the evaluator uses it.

export { withBudget } from "./budget.js";
export { symbolicLimit } from "./calculus.js";
export { symbolicIntegral } from "./definite.js";
export { symbolicDerivative } from "./derivative.js";
export { loadSymbolicEngine, withEngine } from "./engine.js";
export { equivalent } from "./equivalent.js";
export { polynomialExtremum } from "./extremum.js";
export { freeNames, fromExpr } from "./fromExpr.js";
export * from "./interface.js";
export { canEvaluate, valueOf } from "./numeric.js";
export { isZero, symbolicBinary, symbolicCall, symbolicNorm, symbolicRelation, symbolicUnary } from "./operations.js";
export { symbolicProduct, symbolicSum } from "./summation.js";
export { substitute } from "./tree.js";
export { freeName, liftValue, settle } from "./values.js";
