import { describe, expect, it } from "vitest";
import { calibrate, decodeAlone, decodeBase64, loadedKernels, useKernels, useTileRows, watched } from "../../../core/src/kernels/index.js";
import { add, adjoint, eigen, inverse, type Matrix, multiply, qr, solve, svd, symmetricEigen } from "../../../core/src/linalg/index.js";
import { fft } from "../../../core/src/signal/index.js";
import { onCompiledBuilds } from "./builds.js";
import { random } from "./matrices.js";

const hermitianPart = (a: Matrix): Matrix => add(a, adjoint(a));

onCompiledBuilds("the kernels' memory", () => {
  it("is the same after 10^5 calls, complex and failed ones among them", () => {
    const a = random(6);
    const z = { ...a, imag: random(6).data.slice().reverse() };
    const h = hermitianPart(z);
    const bad = random(6);
    bad.data[7] = Number.NaN;
    const calls = [
      () => multiply(a, a),
      () => inverse(a),
      () => qr(a),
      () => symmetricEigen(a),
      () => svd(a),
      () => eigen(a),
      () => fft(a.data),
      () => multiply(z, a),
      () => multiply(z, z, { a: "adjoint" }),
      () => inverse(z),
      () => solve(z, a),
      () => qr(z),
      () => symmetricEigen(h),
      () => svd(z),
      () => eigen(z),
      () => fft(z.data, z.imag),
    ];
    const round = () => {
      for (const call of calls) call();
      // what matters is what a failure leaves behind
      expect(() => inverse(bad)).toThrow(/finite/);
    };
    round();
    const k = loadedKernels()!;
    const mark = k.exports.mark();
    const size = k.memory.buffer.byteLength;
    for (let made = 0; made < 100_000; made += calls.length + 1) round();
    expect(loadedKernels()).toBe(k);
    expect(k.exports.mark()).toBe(mark);
    expect(k.memory.buffer.byteLength).toBe(size);
  });

  it("grows for a large call without corrupting what was put in before", () => {
    const a = random(900);
    const c = multiply(a, a);
    const row = (i: number, j: number) => a.data.subarray(i * 900, i * 900 + 900).reduce((s, x, k) => s + x * a.data[k * 900 + j], 0);
    for (const [i, j] of [
      [0, 0],
      [899, 899],
      [450, 3],
    ])
      expect(Math.abs(c.data[i * 900 + j] - row(i, j))).toBeLessThan(1e-11);
  });

  it("is whole again after a computation was cancelled in the middle", () => {
    const a = random(400);
    const k = loadedKernels()!;
    symmetricEigen(a);
    const mark = k.exports.mark();
    let looks = 0;
    const stop = () => {
      if (++looks === 2) throw new Error("cancelled");
    };
    expect(() => watched(stop, () => inverse(multiply(a, a)))).toThrow("cancelled");
    expect(k.exports.mark()).toBe(mark);
    looks = 10;
    expect(Number.isFinite(watched(stop, () => inverse(a)).data[0])).toBe(true);
    expect(looks).toBeGreaterThan(10);
  });

  it("refuses what cannot fit before it grows", () => {
    const k = loadedKernels()!;
    const size = k.memory.buffer.byteLength;
    expect(() => k.exports.alloc(0xffff0000)).toThrow("do not fit");
    expect(k.memory.buffer.byteLength).toBe(size);
  });

  it("gives the same bits with either height of the tile", () => {
    const a = random(130);
    useTileRows(4);
    const four = multiply(a, a).data;
    useTileRows(6);
    expect(multiply(a, a).data).toEqual(four);
    let time = 0;
    expect([4, 6]).toContain(calibrate(() => time++, 6));
    useTileRows(4);
  });
});

describe("loading", () => {
  it.each([decodeBase64, decodeAlone])("decodes base64 of every remainder, with the host's help and alone", (decode) => {
    expect([...decode("AAEC")]).toEqual([0, 1, 2]);
    expect([...decode("//79")]).toEqual([255, 254, 253]);
    expect([...decode("AQI=")]).toEqual([1, 2]);
    expect([...decode("+w==")]).toEqual([251]);
  });

  it("answers null, and the twins compute, where WebAssembly is missing", () => {
    const holder = globalThis as { WebAssembly?: unknown };
    const wasm = holder.WebAssembly;
    try {
      holder.WebAssembly = undefined;
      useKernels(undefined);
      expect(loadedKernels()).toBeNull();
      expect(multiply(random(9), random(9)).data.every(Number.isFinite)).toBe(true);
    } finally {
      holder.WebAssembly = wasm;
      useKernels(undefined);
    }
  });
});
