// numpy-ts (Zig compiled to WebAssembly) on the same matrices. It needs Node 22, so it is loaded only when the benchmark runs.
import type { Matrix } from "../../core/src/linalg/index.js";
import { least } from "./measure.js";
import { type Row, row } from "./row.js";

/** Sizes that end within seconds. */
const SIZES: Record<string, readonly number[]> = { gemm: [64, 256, 512], inverse: [64, 256], cholesky: [64, 256], qr: [64], svd: [64], eigh: [64] };

/** Its results lie in a memory that only grows: each is given back. */
function dispose(value: unknown): void {
  if (value === null || typeof value !== "object") return;
  if ("dispose" in value && typeof value.dispose === "function") value.dispose();
  else for (const part of Object.values(value)) dispose(part);
}

/** Rows for the routines measured in `ours` (ms by routine and order); none where numpy-ts cannot be loaded. */
export async function numpyTsRows(ours: Record<string, Record<number, number>>, make: (name: string, n: number) => Matrix): Promise<Row[]> {
  const np = await import("numpy-ts").catch(() => null);
  if (!np) return [];
  const out: Row[] = [];
  for (const [name, sizes] of Object.entries(SIZES))
    for (const n of sizes) {
      const value = ours[name]?.[n];
      if (!value) continue;
      const m = make(name, n);
      const a = np.array(Array.from({ length: n }, (_, i) => Array.from(m.data.subarray(i * n, (i + 1) * n))));
      const { linalg } = np;
      const run: Record<string, () => unknown> = {
        gemm: () => np.matmul(a, a),
        inverse: () => linalg.inv(a),
        cholesky: () => linalg.cholesky(a),
        qr: () => linalg.qr(a),
        svd: () => linalg.svd(a),
        eigh: () => linalg.eigh(a),
      };
      const peerValue = least(() => dispose(run[name]()), 50);
      out.push(row({ suite: "linalg", case: `${name} ${n}`, value, unit: "ms", peer: "numpy-ts", peerValue, goal: "" }));
      a.dispose();
    }
  return out;
}
