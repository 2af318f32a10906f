// Products, and routines made of them, on two threads against one: wall time, the least over interleaved calls.
import { rmSync } from "node:fs";
import { nodeThreads } from "../../core/src/cli/threads.js";
import { loadedKernels, product, useKernels, useThreads } from "../../core/src/kernels/index.js";
import { inverse, type Matrix } from "../../core/src/linalg/index.js";
import { helperFile } from "../core/kernels/helperFile.js";
import { uniform } from "./measure.js";
import { type Row, row } from "./row.js";

const BUDGET = 3000;

export async function threadRows(): Promise<Row[]> {
  const helper = await helperFile();
  if (!useThreads(nodeThreads(helper, 1))) return [];
  const shared = loadedKernels();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const out: Row[] = [];
  const compare = (label: string, goal: string, f: () => unknown) => {
    let [one, two] = [Infinity, Infinity];
    const end = performance.now() + BUDGET;
    const time = () => {
      const start = performance.now();
      f();
      return performance.now() - start;
    };
    time();
    while (performance.now() < end) {
      shared?.exports.setThreads(0);
      one = Math.min(one, time());
      shared?.exports.setThreads(1);
      two = Math.min(two, time());
    }
    out.push(row({ suite: "linalg", case: `two threads, ${label}`, value: two, unit: "ms wall", peer: "one thread", peerValue: one, goal }));
  };
  for (const n of [256, 512, 1024]) {
    const data = Float64Array.from({ length: n * n }, uniform(n));
    const a: Matrix = { rows: n, columns: n, data };
    compare(`gemm ${n}`, n >= 512 ? ">= 1.7" : "", () => product(data, data, { m: n, n, k: n }));
    if (n === 512) compare(`inverse ${n}`, "", () => inverse(a));
  }
  rmSync(helper);
  useThreads(null);
  useKernels(undefined);
  return out;
}
