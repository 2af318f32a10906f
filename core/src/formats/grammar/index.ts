export * from "./lexer.js";
export * from "./pratt.js";
export * from "./token.js";
