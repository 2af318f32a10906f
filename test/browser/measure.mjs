// Measures the extension in real Chromium and prints one line of JSON: milliseconds and bytes.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "../../browser-ext/build.mjs";
import { startChromium } from "./chromium.mjs";
import { startScreen } from "./screen.mjs";
import { startSite } from "./site.mjs";

const RUNS = 15;
const CLICKS = 7;
const PAPERS = 2000;
const LIST = `https://arxiv.org/list/cs.LG/2401?skip=0&show=${PAPERS}`;
const out = mkdtempSync(join(tmpdir(), "scholium-measure-"));
const BUSY = { nodes: 20_000, frames: 180 };
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const least = (values) => Math.min(...values);

await build({ out, measure: true });
const ours = `${out}/chromium`;
const site = await startSite();
const started = [];
const screens = [];
try {
  const list = {};
  for (const [name, extension] of Object.entries({ ours, bare: bareContent() })) list[name] = await start(extension);
  const runs = { ours: [], bare: [] };
  // In turns, so that other work on the machine hits both.
  for (let i = 0; i < RUNS; i++) for (const name of ["ours", "bare"]) runs[name].push(await place(list[name], name === "ours"));
  const sum = (run) => run.reduce((a, b) => a + b, 0);
  const content = {
    longest: median(runs.ours.map(({ all }) => Math.max(...all))),
    first: median(runs.ours.map(({ opened }) => opened[0])),
    opened: median(runs.ours.map(({ opened }) => sum(opened))),
    openedBest: least(runs.ours.map(({ opened }) => sum(opened))),
    links: runs.ours[0].links,
    slices: runs.ours[0].all.length,
    total: least(runs.ours.map(({ all }) => sum(all))),
    bare: least(runs.bare.map(({ all }) => sum(all))),
  };

  const busy = await busyFrames(list.ours);

  const clicks = {};
  for (const [name, extension, rows] of [
    ["ours", ours, [0]],
    ["bare", bareBackground(), []],
  ]) {
    const screen = await startScreen();
    screens.push(screen);
    const driver = await start(extension, screen);
    clicks[name] = { driver, rows, own: await driver.open("options.html"), warm: [], wake: [] };
    await driver.page.bringToFront();
    await driver.page.goto("https://blog.example/post");
  }
  for (let i = 0; i < CLICKS; i++)
    for (const taker of Object.values(clicks)) {
      taker.warm.push(await click(taker));
      taker.wake.push(await click(taker, true));
    }
  const times = ({ warm, wake }) => ({ warm: median(warm), warmBest: least(warm), wake: median(wake), wakeBest: least(wake) });
  const size = (name) => readFileSync(`${ours}/${name}`).length;
  const bytes = { background: size("background.js"), later: size("later.js"), content: size("content.js") };
  console.log(JSON.stringify({ content, busy, click: times(clicks.ours), bareClick: times(clicks.bare), bytes }));
} finally {
  for (const driver of started) await driver.close();
  for (const screen of screens) await screen.close();
  await site.close();
  rmSync(out, { recursive: true, force: true });
}

async function start(extension, screen = null) {
  const driver = await startChromium({ site, screen, extension });
  started.push(driver);
  return driver;
}

/**
 * Thread milliseconds of each slice of work on the long list, by the clock of the thread, so that other work does not count: those until all is
 * done that is done before anybody scrolls, and all, scrolled to the end.
 */
async function place({ page }, scrolls) {
  const count = () => page.$$eval("a[data-scholium]", (all) => all.length);
  const go = async () => {
    await page.goto("about:blank");
    await page.tracing.start({ categories: ["blink.user_timing"] });
    await page.goto(LIST, { waitUntil: "load" });
  };
  await go();
  // What waits for somebody to use the page begins after two seconds.
  if (scrolls) await sleep(3000);
  const links = await count();
  const opened = await slicesOf(page);
  if (!scrolls) return { opened, all: opened, links };
  await go();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForFunction((n) => document.querySelectorAll("a[data-scholium]").length === n, { polling: 100 }, PAPERS);
  return { opened, all: await slicesOf(page), links };
}

async function slicesOf(page) {
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const marks = traceEvents.filter((e) => /^scholium:(start|end)$/.test(e.name)).sort((a, b) => a.ts - b.ts);
  return marks.flatMap((mark, i) => (mark.name === "scholium:end" ? (mark.tts - marks[i - 1].tts) / 1000 : []));
}

/** Thread milliseconds of the longest slice, of which a frame has at most one, on a large page that changes with every frame. */
async function busyFrames({ page }) {
  await page.goto("https://openreview.net/group?id=ICLR.cc/2024/Conference");
  await page.waitForSelector("a[data-scholium]");
  await page.tracing.start({ categories: ["blink.user_timing"] });
  await page.evaluate(async ({ nodes, frames }) => {
    const root = document.querySelector("#__next");
    root.insertAdjacentHTML("beforeend", "<p hidden>x</p>".repeat(nodes));
    for (let i = 0; i < frames; i++) {
      root.lastElementChild.replaceWith(document.createElement("p"));
      await new Promise(requestAnimationFrame);
    }
  }, BUSY);
  const all = await slicesOf(page);
  return { longest: Math.max(...all), median: median(all), slices: all.length };
}

/** Milliseconds from the key that chooses the menu's entry for a link until the browser has the new tab, seen by a page of the extension. */
async function click({ driver, rows, own }, asleep = false) {
  const { page, browser } = driver;
  await driver.screen.still();
  const box = await (await page.$("#link")).boundingBox();
  const choose = await driver.menu(await driver.at(box.x + 60, box.y + box.height / 2), rows);
  if (asleep) await driver.sleepBackground();
  await own.evaluate(() => {
    window.heard = new Promise((resolve) => {
      chrome.tabs.onCreated.addListener(function heard() {
        chrome.tabs.onCreated.removeListener(heard);
        resolve(performance.timeOrigin + performance.now());
      });
    });
  });
  const pressed = performance.timeOrigin + performance.now();
  await choose();
  const heard = await own.evaluate(() => window.heard);
  const tab = await browser.waitForTarget((t) => t.type() === "page" && t.url().startsWith("https://papers.cool/"));
  await (await tab.page()).close();
  await page.bringToFront();
  return heard - pressed;
}

/** The least that puts the same links there: a loop, a copied element, no rules. What the browser takes for it is the floor. */
function bareContent() {
  const dir = `${out}/bare-content`;
  cpSync(ours, dir, { recursive: true });
  writeFileSync(
    `${dir}/content.js`,
    `performance.mark("scholium:start");
    const a = document.createElement("a");
    a.textContent = "Cool Papers";
    for (const [name, value] of Object.entries({ "data-scholium": "", target: "_blank", rel: "noopener noreferrer", title: "Open in Cool Papers" }))
      a.setAttribute(name, value);
    for (const last of document.querySelectorAll("#articles > dt > :last-child")) {
      const copy = a.cloneNode(true);
      copy.setAttribute("href", "https://papers.cool/arxiv/" + last.getAttribute("href").slice(8));
      last.after(", ", copy);
    }
    performance.mark("scholium:end");`,
  );
  return dir;
}

/** An extension that does nothing but open a tab beside the current one when told. What the browser takes for it is the floor. */
function bareBackground() {
  const dir = `${out}/bare-background`;
  mkdirSync(dir);
  cpSync(`${ours}/icons`, `${dir}/icons`, { recursive: true });
  const { icons } = JSON.parse(readFileSync(`${ours}/manifest.json`, "utf8"));
  const background = { service_worker: "background.js" };
  const manifest = { manifest_version: 3, name: "bare", version: "1", icons, permissions: ["contextMenus"], background };
  writeFileSync(`${dir}/manifest.json`, JSON.stringify(manifest));
  writeFileSync(
    `${dir}/background.js`,
    `chrome.runtime.onInstalled.addListener(() => chrome.contextMenus.create({ id: "link", title: "bare", contexts: ["link"] }));
    chrome.contextMenus.onClicked.addListener((_, { id, index, windowId }) =>
      void chrome.tabs.create({ url: "https://papers.cool/arxiv/2402.00001", active: true, index: index + 1, openerTabId: id, windowId }));`,
  );
  writeFileSync(`${dir}/options.html`, "<!doctype html><html data-ready><body></body></html>");
  return dir;
}
