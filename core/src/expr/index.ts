export * from "./error.js";
export * from "./expr.js";
export { nearest } from "./nearest.js";
export * from "./value.js";
