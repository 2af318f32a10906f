export * from "./context.js";
export * from "./request.js";
