// `npm run golden -- FILE...`: calls every case's routine and compares with the reference. Ends with `N passed, N failed`.

import { readFileSync } from "node:fs";
import { callRoutine, catalogue } from "@scholium/core/catalogue";
import { judge } from "../tools/judge-golden.mjs";

interface Case {
  readonly id: string;
  readonly routine: string;
  readonly input: Record<string, unknown>;
  readonly expected: Record<string, unknown>;
}

export function runGolden(file: string): { passed: number; failed: string[] } {
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: readonly Case[] };
  let passed = 0;
  const failed: string[] = [];
  for (const c of cases) {
    let why: string | null;
    try {
      why = judge(c, JSON.parse(JSON.stringify(callRoutine(catalogue, c.routine, c.input))));
    } catch (e) {
      why = e instanceof Error ? `${e.name}: ${e.message}` : String(e);
    }
    if (why === null) passed++;
    else failed.push(`${c.id} (${c.routine}): ${why}`);
  }
  return { passed, failed };
}

const files = process.argv.slice(2);
if (files.length > 0 && import.meta.url.endsWith(process.argv[1]?.split("/").pop() ?? "")) {
  let passed = 0;
  let failed = 0;
  for (const file of files) {
    const result = runGolden(file);
    for (const line of result.failed) console.log(line);
    passed += result.passed;
    failed += result.failed.length;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
