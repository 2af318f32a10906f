// Reverse-mode differentiation and a step-by-step trainer for the small examples.
export * from "./tape.js";
export * from "./train.js";
