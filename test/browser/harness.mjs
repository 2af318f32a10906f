// What the checks of both browsers share: counting, waiting for tabs, and closing what a check left open.
import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const results = fileURLToPath(new URL("../../test-results/browser", import.meta.url));

/**
 * Runs checks one after the other, prints a line for each, and keeps a picture of the screen where one fails. `ONLY`, a pattern of the environment,
 * picks checks by their claims.
 */
export function checker(name, screen) {
  const counts = { passed: 0, failed: 0 };
  mkdirSync(results, { recursive: true });
  const only = new RegExp(process.env.ONLY ?? "");
  const check = async (claim, act, always = false) => {
    if (!always && !only.test(claim)) return;
    const started = performance.now();
    try {
      await act();
      counts.passed++;
      console.log(`ok   ${name}: ${claim} (${Math.round(performance.now() - started)} ms)`);
    } catch (error) {
      counts.failed++;
      console.log(
        `FAIL ${name}: ${claim}\n     ${String(error.stack ?? error)
          .split("\n")
          .slice(0, 6)
          .join("\n     ")}`,
      );
      screen?.save(`${results}/${name}-${counts.failed}.png`);
      await screen?.key("Escape", "Escape").catch(() => {});
    }
  };
  return { check, counts };
}

const pages = (browser) => browser.targets().filter((t) => t.type() === "page");
const isWeb = (target) => /^https?:/.test(target.url());

/** Acts, waits for `count` new web tabs, closes them and answers their addresses in order of opening. */
export async function tabs({ browser, page }, act, count = 1, limit = 10_000) {
  const before = new Set(pages(browser));
  await act();
  let fresh = [];
  for (const end = Date.now() + limit; Date.now() < end; await sleep(30)) {
    fresh = pages(browser).filter((t) => !before.has(t) && isWeb(t));
    if (fresh.length >= count) break;
  }
  const urls = fresh.map((t) => t.url());
  for (const target of fresh) await (await target.page())?.close().catch(() => {});
  await page.bringToFront();
  if (urls.length !== count) throw new Error(`expected ${count} new tabs, came ${urls.length}: ${urls.join(" ")}`);
  return urls;
}

/** Acts and makes sure that no tab opens. */
export async function noTab(driver, act, wait = 700) {
  const before = new Set(pages(driver.browser));
  await act();
  await sleep(wait);
  const fresh = pages(driver.browser).filter((t) => !before.has(t) && isWeb(t));
  if (fresh.length) throw new Error(`a tab opened: ${fresh[0].url()}`);
}

/** Waits until `test` answers something true. */
export async function until(what, test, limit = 6000) {
  for (const end = Date.now() + limit; Date.now() < end; await sleep(40)) {
    const value = await test();
    if (value) return value;
  }
  throw new Error(`waited in vain for ${what}`);
}
