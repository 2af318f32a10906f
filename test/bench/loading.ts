// How long the kernels take to load in a fresh process (decode, compile, instantiate), and how large they are.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { type Row, row } from "./row.js";

const KERNELS = fileURLToPath(new URL("../../core/src/kernels", import.meta.url));
const PROCESSES = 7;
const LIMIT_MS = 3;
const LIMIT_KIB = 60;

const SCRIPT = `import { kernels } from "./load.js";
const start = performance.now();
const k = kernels();
console.log(k ? performance.now() - start : -1);`;

/** The least first load of several processes, and the size of both modules. */
export function loadingRows(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), "scholium-"));
  try {
    const bundled = (contents: string, outfile: string) =>
      buildSync({ stdin: { contents, resolveDir: KERNELS, loader: "ts" }, bundle: true, format: "esm", target: "node20", minify: true, outfile });
    const program = join(folder, "load.mjs");
    bundled(SCRIPT, program);
    const times = Array.from({ length: PROCESSES }, () => Number(spawnSync(process.execPath, [program], { encoding: "utf8" }).stdout));
    const value = Math.min(...times.filter((t) => t >= 0));
    const sizes = join(folder, "sizes.mjs");
    bundled(
      `import { relaxed } from "./generated/relaxed.js"; import { simd } from "./generated/simd.js";
console.log(JSON.stringify([relaxed, simd].map((text) => atob(text).length)));`,
      sizes,
    );
    const [relaxed, simd] = JSON.parse(spawnSync(process.execPath, [sizes], { encoding: "utf8" }).stdout) as number[];
    const size = (name: string, bytes: number) =>
      row({ suite: "linalg", case: `${name} build`, value: bytes / 1024, unit: "KiB", peer: "limit", peerValue: LIMIT_KIB, goal: "<= 1" });
    return [
      row({ suite: "linalg", case: "load the kernels", value, unit: "ms", peer: "limit", peerValue: LIMIT_MS, goal: "<= 1" }),
      size("relaxed", relaxed),
      size("simd", simd),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
