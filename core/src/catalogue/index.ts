export * from "./routine.js";
