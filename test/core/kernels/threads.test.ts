import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeThreads } from "../../../core/src/cli/threads.js";
import { HELP_PAYS, helpersReady, loadedKernels, useThreads, watched } from "../../../core/src/kernels/index.js";
import { inverse, type Matrix, multiply, qr } from "../../../core/src/linalg/index.js";
import { helperFile } from "./helperFile.js";
import { random } from "./matrices.js";

const LARGE = HELP_PAYS.product;

describe("helper threads", () => {
  let file: URL;
  beforeAll(async () => {
    file = await helperFile();
  });
  afterAll(() => {
    useThreads(null);
    rmSync(file);
  });

  /** Waits for those who help: they start with the first large routine. */
  async function gathered(): Promise<void> {
    multiply(random(256), random(256));
    for (let i = 0; i < 200 && helpersReady() === 0; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(helpersReady()).toBe(1);
  }

  it("give the same bits as one thread, before they are there and after, in products and inside other routines", async () => {
    const [wide, tall, square, large] = [random(200, 700), random(700, 200), random(512), random(1024)];
    const compute = () =>
      [multiply(wide, tall), multiply(tall, wide), qr(square).Q, inverse(large)].map((m) => Buffer.from((m as Matrix).data.buffer));
    const alone = compute();
    expect(useThreads(nodeThreads(file, 1))).toBe(true);
    const agree = () => expect(compute().map((bits, p) => bits.equals(alone[p]))).toEqual(alone.map(() => true));
    agree();
    await gathered();
    for (let i = 0; i < 3; i++) agree();
    const before = loadedKernels(LARGE)!.exports.mark();
    compute();
    expect(loadedKernels(LARGE)!.exports.mark()).toBe(before);
  });

  it("are not asked where they would not pay, and memory is not shared there", () => {
    useThreads(nodeThreads(file, 1));
    const shared = (work: number, pays?: number) => loadedKernels(work, pays)!.shared;
    expect(shared(1000)).toBe(false);
    expect(shared(256 ** 3)).toBe(true);
    expect([256, 512].map((n) => shared(n ** 3, HELP_PAYS.qr))).toEqual([false, true]);
    expect([512, 1024].map((n) => shared(n ** 3, HELP_PAYS.factors))).toEqual([false, true]);
  });

  it("leave nothing half done where a product is cancelled on the way", async () => {
    useThreads(nodeThreads(file, 1));
    await gathered();
    const [a, large] = [random(512), random(1024)];
    const whole = multiply(a, a).data;
    let looks = 0;
    const stop = () => {
      if (++looks === 2) throw new Error("cancelled");
    };
    // the helper's looks are not counted: how many there are in one inverse depends on who does how much
    const often = () => {
      for (let i = 0; i < 10; i++) inverse(large);
    };
    expect(() => watched(stop, often)).toThrow("cancelled");
    expect(multiply(a, a).data).toEqual(whole);
    expect(helpersReady()).toBe(1);
  });

  it("go home when they are sent, and one that cannot start is missed by nobody", async () => {
    useThreads(nodeThreads(file, 1));
    await gathered();
    useThreads(null);
    expect(helpersReady()).toBe(0);
    expect(loadedKernels(LARGE)!.shared).toBe(false);
    useThreads(nodeThreads(new URL("./missing.mjs", file), 1));
    const a = random(256);
    expect(multiply(a, a).data.every(Number.isFinite)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(multiply(a, a).data.every(Number.isFinite)).toBe(true);
  });

  it("are not used where memory cannot be shared", () => {
    const holder = globalThis as { SharedArrayBuffer?: unknown };
    const shared = holder.SharedArrayBuffer;
    try {
      holder.SharedArrayBuffer = undefined;
      expect(useThreads(nodeThreads(file, 1))).toBe(false);
      expect(loadedKernels(LARGE)!.shared).toBe(false);
    } finally {
      holder.SharedArrayBuffer = shared;
    }
  });
});
