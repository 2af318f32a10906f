// All fuzz targets one after the other: `npm run fuzz -- --seconds N [--seed S]`. A target that finds something fails the run.

import { run as formats } from "./formats.js";
import { run as latex } from "./latex.js";
import { papers } from "./papers.js";
import { run as routines } from "./routines.js";

type Target = (seconds: number, seed: number) => unknown | Promise<unknown>;

/** A new target is one file and one line here. */
const targets: readonly (readonly [name: string, target: Target])[] = [
  ["latex", latex],
  ["formats", formats],
  ["routines", routines],
  [
    "papers",
    async (seconds, seed) => {
      const counts = await papers({ seconds, seed });
      if (counts.failed > 0) throw new Error(`${counts.failed} texts failed, printed above`);
      return counts;
    },
  ],
];

/** The number after an option; the fallback when it is absent or no number. */
function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(name);
  const value = Number(process.argv[at + 1]);
  return at >= 0 && Number.isFinite(value) ? value : fallback;
}

const seconds = Math.max(option("--seconds", 30), 1);
const seed = Math.floor(option("--seed", 1));
let passed = 0;
let failed = 0;
console.log(`seed ${seed}, ${seconds} s for ${targets.length} targets`);
for (const [name, target] of targets) {
  try {
    const counts = await target(seconds / targets.length, seed);
    console.log(`${name.padEnd(10)}${JSON.stringify(counts)}`);
    passed++;
  } catch (e) {
    console.log(`FOUND ${name} with seed ${seed}: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}`);
    failed++;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
