// Signals: Fourier transforms, convolution, polynomials, scans, and long work in portions.
export * from "./causalConvolve.js";
export * from "./convolve.js";
export { fft, ifft, type Signal } from "./fft.js";
export * from "./polynomial.js";
export * from "./rfft.js";
export * from "./scan.js";
export * from "./steps.js";
