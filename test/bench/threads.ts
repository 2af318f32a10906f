// Products, and routines made of them, on two threads against one: wall time, the least over interleaved calls.
import { rmSync } from "node:fs";
import { nodeThreads } from "../../core/src/cli/threads.js";
import { helpersReady, product, useThreads } from "../../core/src/kernels/index.js";
import { cholesky, column, eigen, inverse, type Matrix, multiply, packedLu, qr, solve, svd, symmetricEigen } from "../../core/src/linalg/index.js";
import { helperFile } from "../core/kernels/helperFile.js";
import { uniform } from "./measure.js";
import { type Row, row } from "./row.js";

const BUDGET = 1000;

export async function threadRows(): Promise<Row[]> {
  const helper = await helperFile();
  const threads = nodeThreads(helper, 1);
  // Threads are sent home and called back between the calls; alone, the kernels' memory is their own.
  const use = async (two: boolean) => {
    if (!useThreads(two ? threads : null)) return;
    const start = { rows: 256, columns: 256, data: new Float64Array(256 * 256) };
    for (let i = 0; i < 100 && helpersReady() === 0; i++) {
      multiply(start, start);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await use(true);
  if (helpersReady() === 0) return [];
  const out: Row[] = [];
  const compare = async (label: string, goal: string, f: () => unknown) => {
    let [one, two] = [Infinity, Infinity];
    const end = performance.now() + BUDGET;
    const time = () => {
      const start = performance.now();
      f();
      return performance.now() - start;
    };
    while (performance.now() < end || two === Infinity) {
      await use(false);
      for (let i = 0; i < 4; i++) one = Math.min(one, time());
      await use(true);
      for (let i = 0; i < 4; i++) two = Math.min(two, time());
    }
    out.push(row({ suite: "linalg", case: `two threads, ${label}`, value: two, unit: "ms wall", peer: "one thread", peerValue: one, goal }));
  };
  for (const n of [256, 512, 1024]) {
    const data = Float64Array.from({ length: n * n }, uniform(n));
    const a: Matrix = { rows: n, columns: n, data };
    await compare(`gemm ${n}`, n >= 512 ? ">= 1.7" : "", () => product(data, data, { m: n, n, k: n }));
    const b = column(data.subarray(0, n));
    const symmetric = { ...a, data: data.map((x, p) => x + data[(p % n) * n + Math.floor(p / n)]) };
    const definite = { ...a, data: symmetric.data.map((x, p) => (p % (n + 1) === 0 ? x + 2 * n : x)) };
    for (const [name, f] of [
      ["LU", () => packedLu(a)],
      ["solve", () => solve(a, b)],
      ["Cholesky", () => cholesky(definite)],
      ["inverse", () => inverse(a)],
      ["QR", () => qr(a)],
      ["symmetric eigen", () => symmetricEigen(symmetric)],
      ["SVD", () => svd(a)],
      ["eigen", () => eigen(a)],
    ] as const)
      if (n < 1024 || name !== "eigen") await compare(`${name} ${n}`, "", f);
  }
  rmSync(helper);
  useThreads(null);
  return out;
}
