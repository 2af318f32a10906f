// Signals: Fourier transforms, convolution, polynomials.
export * from "./convolve.js";
export { fft, ifft, type Signal } from "./fft.js";
export * from "./polynomial.js";
export * from "./rfft.js";
