// Low-rank adaptation: LoRA and its relatives.
export * from "./adaLora.js";
export * from "./dora.js";
export * from "./lora.js";
export * from "./loraGaInit.js";
export * from "./loraInit.js";
export * from "./loraProAdjust.js";
export * from "./loraScaling.js";
export * from "./loraTrajectory.js";
export * from "./pissaInit.js";
export * from "./problems.js";
