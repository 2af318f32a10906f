export * from "./commands/index.js";
export * from "./context.js";
export * from "./evaluate/index.js";
export { exactText } from "./exactText.js";
export * from "./print.js";
export * from "./request.js";
export * from "./run.js";
