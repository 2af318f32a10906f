// The extension in the real editor: its suite in the Node and the web extension host, and the packaged VSIX driven as a user would.
// usage: node test/vscode/run.mjs [node|web|user|panel|access|corners|labs|notes ...]     prints a line per test and ends with `N passed, N failed`.
import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { packageVsix } from "../../tools/package-vsix.mjs";
import { root, run } from "../../tools/run.mjs";
import { installHost } from "../../tools/vscodeHost.mjs";
import { buildSuites } from "./build.mjs";
import { drive } from "./drive.mjs";
import { driveAccess } from "./driveAccess.mjs";
import { driveCorners } from "./driveCorners.mjs";
import { driveLabs } from "./driveLabs.mjs";
import { driveNotes } from "./driveNotes.mjs";
import { drivePanel } from "./drivePanel.mjs";
import { freshProfile } from "./server.mjs";
import { runSuite } from "./suites.mjs";
import { launchChromium } from "./workbench.mjs";

const wanted = process.argv.slice(2);
const wants = (name) => wanted.length === 0 || wanted.includes(name);
const counts = { passed: 0, failed: 0 };
const report = (part) => (test) => {
  const ok = test.state === "pass";
  counts[ok ? "passed" : "failed"]++;
  console.log(
    `${ok ? "ok  " : "FAIL"} [${part}] ${test.title}${test.ms === undefined ? "" : ` (${Math.round(test.ms)} ms)`}${ok ? "" : `\n${test.error}`}`,
  );
};

/** A part that breaks as a whole is one failed test. */
async function part(name, action) {
  if (!wants(name)) return;
  const say = report(name);
  try {
    await action(say);
  } catch (e) {
    say({ state: "fail", title: "the run", error: String(e?.stack ?? e) });
  }
}

await installHost();
if (!existsSync(path.join(root, "extension/dist/main.js"))) {
  const { code, output } = await run("node", ["esbuild.config.mjs"], { quiet: true });
  if (code !== 0) throw new Error(output);
}
await buildSuites();
const browser = await launchChromium();
try {
  const profile = freshProfile();
  cpSync(path.join(root, "extension/samples"), profile.ws, { recursive: true });
  for (const kind of ["node", "web"]) await part(kind, (say) => runSuite(kind, browser, profile.ws, say));
  profile.remove();
  await part("user", async (say) => drive(await packageVsix(), browser, say));
  await part("panel", async (say) => drivePanel(await packageVsix(), browser, say));
  await part("access", async (say) => driveAccess(await packageVsix(), browser, say));
  await part("corners", async (say) => driveCorners(await packageVsix(), browser, say));
  await part("labs", async (say) => driveLabs(await packageVsix(), browser, say));
  await part("notes", async (say) => driveNotes(await packageVsix(), browser, say));
} finally {
  await browser.close();
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed ? 1 : 0;
