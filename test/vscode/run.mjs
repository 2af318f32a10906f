// The extension in the real editor, in parts: the suites inside its extension hosts, and the packaged VSIX driven as a user would.
// usage: node test/vscode/run.mjs [PART ...]     the parts are parts.mjs's; prints a line per test and ends with `N passed, N failed`.
import { existsSync } from "node:fs";
import path from "node:path";
import { root, run } from "../../tools/run.mjs";
import { installHost } from "../../tools/vscodeHost.mjs";
import { buildSuites } from "./build.mjs";
import { parts } from "./parts.mjs";
import { launchChromium } from "./workbench.mjs";

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length) throw new Error(`no part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`);
const counts = { passed: 0, failed: 0 };
const report = (part) => (test) => {
  const ok = test.state === "pass";
  counts[ok ? "passed" : "failed"]++;
  console.log(
    `${ok ? "ok  " : "FAIL"} [${part}] ${test.title}${test.ms === undefined ? "" : ` (${Math.round(test.ms)} ms)`}${ok ? "" : `\n${test.error}`}`,
  );
};

await installHost();
if (!existsSync(path.join(root, "extension/dist/main.js"))) {
  const { code, output } = await run("node", ["esbuild.config.mjs"], { quiet: true });
  if (code !== 0) throw new Error(output);
}
await buildSuites();
const browser = await launchChromium();
try {
  for (const [name, action] of Object.entries(parts)) {
    if (wanted.length && !wanted.includes(name)) continue;
    const say = report(name);
    try {
      await (await action())(browser, say);
    } catch (e) {
      // A part that breaks as a whole is one failed test.
      say({ state: "fail", title: "the run", error: String(e?.stack ?? e) });
    }
  }
} finally {
  await browser.close();
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed ? 1 : 0;
