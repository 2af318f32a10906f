// Rotary position embedding: rotations, what bases and lengths go together, scaling, relative positions, windows.
export * from "./baseLowerBound.js";
export { type RopeDecay, ropeDecay, ropeDecayCurve } from "./decay.js";
export { ropeFrequencies } from "./frequencies.js";
export * from "./general.js";
export * from "./hwfa.js";
export * from "./maxContext.js";
export * from "./published.js";
export * from "./relativePositions.js";
export {
  applyRope,
  baseDigits,
  mixedRadixDigits,
  type RopeLayout,
  rope2d,
  ropeBiasTerms,
  ropeLayouts,
  ropeMatrix,
  ropeScore,
  rotateRows,
  sandwichBias,
} from "./rotation.js";
export * from "./scaling.js";
