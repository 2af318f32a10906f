import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convolve, fft, ifft, irfft, rfft } from "../../../core/src/signal/index.js";

/** The definition, with the angle reduced in whole numbers. */
function dft(re: ArrayLike<number>, im: ArrayLike<number>): { re: number[]; im: number[] } {
  const n = re.length;
  const out = { re: new Array<number>(n).fill(0), im: new Array<number>(n).fill(0) };
  for (let k = 0; k < n; k++)
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * ((j * k) % n)) / n;
      out.re[k] += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
      out.im[k] += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
    }
  return out;
}

const samples = (n: number, seed: number) => Float64Array.from({ length: n }, (_, i) => Math.sin(seed + 12.9898 * (i + 1) * (1 + (i % 7))));
const distance = (x: ArrayLike<number>, y: ArrayLike<number>) => Math.max(0, ...Array.from(x, (v, i) => Math.abs(v - y[i])));

describe("the Fourier transform", () => {
  it("agrees with its definition for every length up to 80, and for primes, squares and smooth lengths beyond", () => {
    for (const n of [...Array(81).keys(), 97, 101, 121, 128, 169, 210, 243, 256, 289, 343, 360, 37 * 4, 41 * 3, 509]) {
      const re = samples(n, 1);
      const im = samples(n, 2);
      const y = fft(re, im);
      const expected = dft(re, im);
      const limit = 1e-14 * (n + 1) * 4;
      expect(distance(y.re, expected.re), `length ${n}`).toBeLessThan(limit);
      expect(distance(y.im, expected.im), `length ${n}`).toBeLessThan(limit);
    }
  });

  it("is undone by its inverse to a few eps at any length", () => {
    for (const n of [1, 2, 1000, 1024, 4096, 6561, 7919, 10007]) {
      const re = samples(n, 3);
      const im = samples(n, 4);
      const y = fft(re, im);
      const back = ifft(y.re, y.im);
      expect(distance(back.re, re), `length ${n}`).toBeLessThan(5e-15 * Math.log2(n + 2));
      expect(distance(back.im, im), `length ${n}`).toBeLessThan(5e-15 * Math.log2(n + 2));
    }
  });

  it("keeps the energy (Parseval) and does not change its input", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 60 }), (x) => {
        const before = x.slice();
        const y = fft(x);
        const energy = x.reduce((s, v) => s + v * v, 0);
        const spectral = y.re.reduce((s, v, i) => s + v * v + y.im[i] ** 2, 0) / x.length;
        expect(Math.abs(spectral - energy)).toBeLessThanOrEqual(1e-12 * energy + 1e-300);
        expect(x).toEqual(before);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it("of a real signal is half of the complex one, for even and odd lengths", () => {
    for (const n of [1, 2, 3, 4, 5, 6, 9, 16, 30, 37, 74, 100, 243]) {
      const x = samples(n, 5);
      const half = rfft(x);
      const full = fft(x);
      expect(half.re.length).toBe(Math.floor(n / 2) + 1);
      expect(distance(half.re, full.re)).toBeLessThan(1e-13 * n);
      expect(distance(half.im, full.im)).toBeLessThan(1e-13 * n);
      expect(distance(irfft(half, n), x)).toBeLessThan(1e-14 * (n + 10));
    }
  });

  it("of nothing is nothing, and planes of different lengths are refused", () => {
    expect(fft([]).re.length).toBe(0);
    expect(rfft([]).re.length).toBe(0);
    expect(irfft(rfft([])).length).toBe(0);
    expect(() => fft([1, 2], [1])).toThrow("2 real parts but 1 imaginary parts");
    expect(() => irfft({ re: new Float64Array(3), im: new Float64Array(3) }, 9)).toThrow("has 5 coefficients, not 3");
  });
});

describe("convolution", () => {
  it("by transforms equals the direct sum", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (m, n) => {
        const a = samples(m, 6);
        const b = samples(n, 7);
        expect(distance(convolve(a, b, { method: "fft" }), convolve(a, b, { method: "direct" }))).toBeLessThan(1e-13 * (m + n));
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it("has NumPy's three sizes", () => {
    expect([...convolve([1, 2, 3], [0, 1, 0.5])]).toEqual([0, 1, 2.5, 4, 1.5]);
    expect([...convolve([1, 2, 3], [0, 1, 0.5], { mode: "same" })]).toEqual([1, 2.5, 4]);
    expect([...convolve([1, 2, 3], [0, 1, 0.5], { mode: "valid" })]).toEqual([2.5]);
    expect(convolve([], [1]).length).toBe(0);
  });
});
