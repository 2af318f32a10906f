// The fast loops. Only this room knows that they are WebAssembly.
export { calibrate } from "./calibrate.js";
export * from "./dense.js";
export * from "./error.js";
export * from "./fourier.js";
export { rootsOfUnity } from "./fourierTables.js";
export {
  type Build,
  decodeAlone,
  decodeBase64,
  HELP_PAYS,
  kernels as loadedKernels,
  outgrown,
  supportedBuild,
  useKernels,
  useTileRows,
} from "./load.js";
export * from "./orthogonal.js";
export * from "./spectral.js";
export { type HelperStart, helpersReady, serveHelper, type Threads, useThreads } from "./threads.js";
export { spend, useWatcher, watched } from "./watch.js";
