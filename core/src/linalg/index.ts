export * from "./error.js";
export * from "./matrix.js";
export * from "./rational.js";
