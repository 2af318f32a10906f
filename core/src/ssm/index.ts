// State-space models: online approximation (HiPPO), S4 and its descendants, rational transfer functions, linear recurrences.
export * from "./discretize.js";
export {
  type HippoKind,
  type HippoMatrices,
  type HippoOptions,
  hippoKinds,
  hippoMatrices,
} from "./hippoMatrices.js";
export * from "./hippoOnline.js";
export * from "./hippoReconstruct.js";
export * from "./hippoSpectrum.js";
export * from "./legs.js";
export * from "./legsProject.js";
export * from "./lru.js";
export { liveStates, type Nplr, type NplrKind, nplr, nplrKinds } from "./nplr.js";
export { orthogonalPolynomials, type PolynomialKind, polynomialKinds } from "./orthogonalPolynomials.js";
export * from "./rtf.js";
export * from "./s4d.js";
export * from "./s4Kernel.js";
export * from "./s5.js";
export * from "./selectiveScan.js";
export { type RealSystem, ssmKernel, ssmKernelSteps, ssmRun } from "./ssmKernel.js";
