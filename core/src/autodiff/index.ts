// Reverse-mode differentiation and a step-by-step trainer for the small examples.
export * from "./arena.js";
export { kernelProducts, type Products, plainProducts } from "./products.js";
export * from "./tape.js";
export * from "./train.js";
