// Figures made from values: what there is to see in a matrix, a vector, a spectrum, a sampled function.
export * from "./action.js";
export * from "./curve.js";
export * from "./eigenvalues.js";
export * from "./energy.js";
export * from "./graph.js";
export * from "./histogram.js";
export * from "./pattern.js";
