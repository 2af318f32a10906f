// Diffusion: exact scores of mixtures, schedules, samplers, mean-value acceleration, Skip-Tuning.
export * from "./ddimStep.js";
export * from "./meanValue.js";
export * from "./mixture.js";
export * from "./pfOde.js";
export * from "./quantileMap.js";
export * from "./reverseSde.js";
export * from "./schedules.js";
export * from "./skipCoefficients.js";
export * from "./skipToy.js";
