// Tests the browser extension in real Chromium and real Firefox: `node test/browser/run.mjs [chromium|firefox ...]`; `ONLY=pattern` picks checks.
// Runs itself again where the kernel offers no network but loopback, if it may.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runChecks } from "./checks.mjs";
import { runChinese } from "./chinese.mjs";
import { startChromium } from "./chromium.mjs";
import { startFirefox } from "./firefox.mjs";
import { runHardening } from "./hardening.mjs";
import { checker } from "./harness.mjs";
import { built } from "./manifest.mjs";
import { startScreen } from "./screen.mjs";
import { startSite } from "./site.mjs";

const STARTERS = { chromium: startChromium, firefox: startFirefox };
const wanted = process.argv.slice(2).filter((name) => name in STARTERS);

enclose();
if (!existsSync(built("chromium"))) {
  const { build } = await import("../../browser-ext/build.mjs");
  await build();
}
const total = { passed: 0, failed: 0 };
for (const name of wanted.length ? wanted : Object.keys(STARTERS)) {
  const site = await startSite();
  const screen = await startScreen();
  const { check, counts } = checker(name, screen);
  const start = async (language, runs) => {
    let driver;
    await check(
      `starts with the extension in ${language}`,
      async () => {
        driver = await STARTERS[name]({ site, screen, extension: built(name), language });
      },
      true,
    );
    if (!driver) return;
    for (const run of runs) await run(driver).catch((error) => check("runs to the end", () => Promise.reject(error)));
    await driver.close().catch(() => {});
  };
  const english = process.env.HARDENING ? [] : [(driver) => runChecks(driver, site, check)];
  await start("en-US", [...english, (driver) => runHardening(driver, check)]);
  await start("zh-CN", [(driver) => runChinese(driver, check)]);
  await screen.close();
  await site.close();
  total.passed += counts.passed;
  total.failed += counts.failed;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);

/** Starts this script again in a network namespace with loopback alone; where that is not allowed the browsers' own rules must do. */
function enclose() {
  if (process.env.SCHOLIUM_ENCLOSED) return;
  const unshare = ["unshare", process.getuid?.() === 0 ? "-n" : "-rn"];
  if (spawnSync(unshare[0], [unshare[1], "true"]).status !== 0) {
    console.log("note: no network namespace here; names still resolve to the test site alone");
    return;
  }
  const script = 'ip link set lo up && exec "$@"';
  const command = [process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const { status } = spawnSync(unshare[0], [unshare[1], "sh", "-c", script, "enclosed", ...command], {
    stdio: "inherit",
    env: { ...process.env, SCHOLIUM_ENCLOSED: "1" },
  });
  process.exit(status ?? 1);
}
