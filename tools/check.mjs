// `npm run check`: types, lint and format, and the laws of the house.
import { existsSync, rmSync } from "node:fs";
import { bin, root, run } from "./run.mjs";

const notes = (project) => `${root}.cache/types/${project}.tsbuildinfo`;

const checks = [
  ...["core", "extension", "browser-ext", "test"]
    .filter((p) => existsSync(`${root}${p}/tsconfig.json`))
    // What did not change since the last check is not checked again.
    .map((p) => [`types of ${p}`, "tsc", ["-p", p, "--incremental", "--tsBuildInfoFile", notes(p)], notes(p)]),
  ["lint and format", "biome", ["check", "--diagnostic-level=warn", "--error-on-warnings", "."]],
  ["laws of the house", "depcruise", ["core/src", "extension", "browser-ext", "--config", ".dependency-cruiser.cjs"]],
];

let failed = 0;
for (const [name, tool, args, kept] of checks) {
  const { code, output } = await run(bin(tool), args, { quiet: true });
  console.log(`${code === 0 ? "ok  " : "FAIL"} ${name}`);
  if (code !== 0) {
    failed++;
    // An error may come from a file that was not built yet, which the notes would not look for again.
    if (kept) rmSync(kept, { force: true });
    console.log(output);
  }
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
