// Every notation, in the order they are offered. A new one is one file and one line here.

export { type Detected, detectFormat } from "./detect.js";
export * from "./format.js";
export { type Macro, type Macros, macrosOf } from "./latex.js";
export { assignedNames } from "./shared/assign.js";
export { findFormat, formats } from "./table.js";
