// Measures the extension in real Chromium and prints one line of JSON: milliseconds and bytes.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../browser-ext/build.mjs";
import { startChromium } from "./chromium.mjs";
import { startSite } from "./site.mjs";

const RUNS = 15;
const out = mkdtempSync(join(tmpdir(), "scholium-measure-"));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

await build({ out, measure: true });
const site = await startSite();
const driver = await startChromium({ site, screen: null, extension: `${out}/chromium` });
try {
  const { page, browser } = driver;
  // The clock of the thread, so that other work on the machine does not count.
  const place = [];
  const wall = [];
  for (let i = 0; i < RUNS; i++) {
    await page.goto("about:blank");
    await page.tracing.start({ categories: ["blink.user_timing"] });
    await page.goto("https://arxiv.org/list/cs.LG/2401?skip=0&show=2000", { waitUntil: "load" });
    await page.waitForSelector("a[data-scholium]");
    const links = await page.evaluate(() => document.querySelectorAll("a[data-scholium]").length);
    if (links !== 2000) throw new Error(`${links} links for 2000 papers`);
    const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
    const [start, end] = ["scholium:start", "scholium:end"].map((name) => traceEvents.find((e) => e.name === name));
    place.push((end.tts - start.tts) / 1000);
    wall.push((end.ts - start.ts) / 1000);
  }

  // From asking to the tab, with a worker that has to be woken first, and with one that runs.
  const own = await driver.open("options.html");
  const isTab = (t) => t.type() === "page" && t.url().startsWith("https://papers.cool/");
  const ask = async () => {
    const asked = await own.evaluate(() => {
      void chrome.runtime.sendMessage({ type: "open", ids: [{ source: "arxiv", id: "2402.00001" }] });
      return performance.timeOrigin + performance.now();
    });
    const target = await browser.waitForTarget(isTab);
    const ms = performance.timeOrigin + performance.now() - asked;
    await (await target.page()).close();
    return ms;
  };
  const wake = [];
  const warm = [];
  for (let i = 0; i < RUNS; i++) {
    warm.push(await ask());
    await driver.sleepBackground();
    wake.push(await ask());
  }
  const size = (name) => readFileSync(`${out}/chromium/${name}`).length;
  const imports = [...readFileSync(`${out}/chromium/background.js`, "utf8").matchAll(/from"\.\/(shared-\w+\.js)"/g)].map((m) => m[1]);
  const bytes = { background: size("background.js"), shared: imports.reduce((n, name) => n + size(name), 0), content: size("content.js") };
  console.log(
    JSON.stringify({
      place: median(place),
      placeWall: median(wall),
      wake: median(wake),
      wakeBest: Math.min(...wake),
      warm: median(warm),
      bytes,
    }),
  );
} finally {
  await driver.close();
  await site.close();
  rmSync(out, { recursive: true, force: true });
}
