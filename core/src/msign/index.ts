// The matrix sign (polar factor) and how Muon computes it.
export * from "./minimaxOddPolynomial.js";
export * from "./msign.js";
export * from "./muonStep.js";
export * from "./newtonSchulz.js";
export * from "./polarExpressCoefficients.js";
export * from "./scalarRange.js";
export * from "./schedules.js";
