// Sparsity measures and what may be asked of them.
export * from "./attention.js";
export * from "./axioms.js";
export * from "./measures.js";
