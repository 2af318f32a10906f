import { expect, it } from "vitest";
import { fft, ifft, rfft } from "../../../core/src/signal/index.js";
import { onEveryBuild } from "./builds.js";
import { uniform } from "./matrices.js";

/** The transform by its definition. */
function plain(re: Float64Array, im: Float64Array): [number[], number[]] {
  const n = re.length;
  const out: [number[], number[]] = [[], []];
  for (let k = 0; k < n; k++) {
    let [x, y] = [0, 0];
    for (let j = 0; j < n; j++) {
      const t = (-2 * Math.PI * ((j * k) % n)) / n;
      x += re[j] * Math.cos(t) - im[j] * Math.sin(t);
      y += re[j] * Math.sin(t) + im[j] * Math.cos(t);
    }
    out[0].push(x);
    out[1].push(y);
  }
  return out;
}

onEveryBuild("transforms", () => {
  it.each([
    0, 1, 2, 3, 5, 8, 15, 16, 17, 18, 20, 21, 22, 25, 26, 27, 32, 35, 49, 64, 77, 81, 97, 100, 121, 128, 143, 210, 257, 343, 512, 529, 1009, 1155,
    2048,
  ])("of length %i agree with the definition and invert", (n) => {
    const next = uniform(n + 1);
    const re = Float64Array.from({ length: n }, next);
    const im = Float64Array.from({ length: n }, next);
    const y = fft(re, im);
    const [pr, pi] = plain(re, im);
    const far = (x: ArrayLike<number>, z: ArrayLike<number>) => Math.max(0, ...Array.from(x, (v, i) => Math.abs(v - z[i])));
    expect(far(y.re, pr)).toBeLessThan(1e-14 * (n + 4));
    expect(far(y.im, pi)).toBeLessThan(1e-14 * (n + 4));
    const back = ifft(y.re, y.im);
    expect(far(back.re, re)).toBeLessThan(1e-14);
    expect(far(back.im, im)).toBeLessThan(1e-14);
    const real = rfft(re);
    const [rr, ri] = plain(re, new Float64Array(n));
    expect(far(real.re, rr)).toBeLessThan(1e-14 * (n + 4));
    expect(far(real.im, ri)).toBeLessThan(1e-14 * (n + 4));
  });

  it("keep few tables: many lengths one after another stay right", () => {
    for (let n = 16; n < 400; n += 7) {
      const x = Float64Array.from({ length: n }, (_, j) => Math.cos((2 * Math.PI * 3 * j) / n));
      const y = fft(x);
      expect(y.re[3]).toBeCloseTo(n / 2, 9);
      expect(y.re[n - 3]).toBeCloseTo(n / 2, 9);
    }
  });

  it.each([12, 13, 14, 15, 17])("of length 2^%i agree with the definition at some coefficients and invert", (power) => {
    const n = 2 ** power;
    const next = uniform(power);
    const re = Float64Array.from({ length: n }, next);
    const im = Float64Array.from({ length: n }, next);
    const y = fft(re, im);
    for (const k of [0, 1, 7, 8, 9, 63, 64, 65, n / 4, n / 2 - 1, n / 2, n - 65, n - 1]) {
      let [x, z] = [0, 0];
      for (let j = 0; j < n; j++) {
        const t = (-2 * Math.PI * ((j * k) % n)) / n;
        x += re[j] * Math.cos(t) - im[j] * Math.sin(t);
        z += re[j] * Math.sin(t) + im[j] * Math.cos(t);
      }
      // sizes are about sqrt(n)
      expect(Math.abs(y.re[k] - x)).toBeLessThan(1e-15 * n);
      expect(Math.abs(y.im[k] - z)).toBeLessThan(1e-15 * n);
    }
    const back = ifft(y.re, y.im);
    expect(Math.max(...back.re.map((v, i) => Math.abs(v - re[i])))).toBeLessThan(1e-14);
    expect(Math.max(...back.im.map((v, i) => Math.abs(v - im[i])))).toBeLessThan(1e-14);
  });

  it.each([1, 6, 16, 37, 4096])("of length %i are written to planes that are there, the input's too", (n) => {
    const next = uniform(n + 2);
    const re = Float64Array.from({ length: n }, next);
    const im = Float64Array.from({ length: n }, next);
    const fresh = fft(re, im);
    const into = { re: new Float64Array(n), im: new Float64Array(n) };
    expect(fft(re, im, into)).toBe(into);
    expect(into).toEqual({ re: Float64Array.from(fresh.re), im: Float64Array.from(fresh.im) });
    fft(re, im, { re, im });
    expect(re).toEqual(into.re);
    expect(im).toEqual(into.im);
    expect(() => fft(re, im, { re, im: new Float64Array(n + 1) })).toThrow("do not fit");
  });
});
