// Vector and scalar quantisation, and gradients through them.
export * from "./assign.js";
export * from "./emaUpdate.js";
export * from "./fsq.js";
export * from "./rotationTrick.js";
export * from "./vqToy.js";
