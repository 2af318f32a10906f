import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { nodeThreads } from "../../../core/src/cli/threads.js";
import { helpersReady, loadedKernels, useThreads } from "../../../core/src/kernels/index.js";
import { inverse, multiply } from "../../../core/src/linalg/index.js";
import { helperFile } from "./helperFile.js";
import { random } from "./matrices.js";

it("two threads give the same bits as one, in products and inside other routines", async () => {
  const file = await helperFile();
  const [wide, tall, square] = [random(200, 700), random(700, 200), random(260)];
  const compute = () => [multiply(wide, tall), multiply(tall, wide), inverse(square)].map((m) => Buffer.from(m.data.buffer));
  const alone = compute();
  const started = useThreads(nodeThreads(file, 1));
  try {
    expect(started).toBe(true);
    for (let i = 0; i < 8; i++) {
      expect(compute().every((bits, p) => bits.equals(alone[p]))).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(helpersReady()).toBe(1);
    const before = loadedKernels()!.exports.mark();
    compute();
    expect(loadedKernels()!.exports.mark()).toBe(before);
  } finally {
    useThreads(null);
    rmSync(file);
  }
});
