// Benchmarks of long-range models: the generator of one, and published tables.
export * from "./listops.js";
export * from "./lra.js";
export * from "./noisyCopy.js";
