// `npm run check`: types, lint and format, and the laws of the house.
import { existsSync } from "node:fs";
import { bin, root, run } from "./run.mjs";

const checks = [
  ...["core", "extension", "browser-ext", "test"]
    .filter((p) => existsSync(`${root}${p}/tsconfig.json`))
    // What did not change since the last check is not checked again.
    .map((p) => [`types of ${p}`, "tsc", ["-p", p, "--incremental", "--tsBuildInfoFile", `${root}.cache/types/${p}.tsbuildinfo`]]),
  ["lint and format", "biome", ["check", "--diagnostic-level=warn", "--error-on-warnings", "."]],
  ["laws of the house", "depcruise", ["core/src", "extension", "browser-ext", "--config", ".dependency-cruiser.cjs"]],
];

let failed = 0;
for (const [name, tool, args] of checks) {
  const { code, output } = await run(bin(tool), args, { quiet: true });
  console.log(`${code === 0 ? "ok  " : "FAIL"} ${name}`);
  if (code !== 0) {
    failed++;
    console.log(output);
  }
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
