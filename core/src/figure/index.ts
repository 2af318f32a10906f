export * from "./colors.js";
export * from "./figure.js";
export * from "./heatmap.js";
export * from "./number.js";
export * from "./png.js";
export * from "./svg/index.js";
export * from "./theme.js";
export * from "./words.js";
