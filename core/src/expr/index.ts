export * from "./error.js";
export * from "./expr.js";
export * from "./value.js";
