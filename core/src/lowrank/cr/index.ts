// Column-row approximation of a product X·Y = Σ x_i y_iᵀ.
export * from "./crOptimalSubset.js";
export * from "./crSample.js";
export * from "./crStats.js";
export * from "./crTopK.js";
export * from "./crWeights.js";
