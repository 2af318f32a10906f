// Chromium with the extension, inside the closed site: the DevTools protocol over a pipe, menus and keys through the display.
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { GROUND } from "../../browser-ext/src/icon.mjs";

export async function startChromium({ site, screen, extension, language = "en-US" }) {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: screen === null,
    env: { ...(screen?.env ?? process.env), LANGUAGE: language.replace("-", "_") },
    pipe: true, // extensions are loaded by a command that only the pipe allows
    enableExtensions: [extension],
    defaultViewport: null,
    ignoreDefaultArgs: ["--enable-automation"],
    args: [
      `--host-resolver-rules=MAP * 127.0.0.1:${site.port}`,
      `--ignore-certificate-errors-spki-list=${site.spki}`,
      "--no-proxy-server",
      "--disable-component-update",
      "--test-type", // no bar about flags, which would move the page down
      `--lang=${language}`,
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...(screen ? ["--window-position=0,0", `--window-size=${screen.width},${screen.height}`] : []),
    ],
  });
  const isWorker = (target) => target.type() === "service_worker" && target.url().endsWith("/background.js");
  const target = await browser.waitForTarget(isWorker, { timeout: 20_000 });
  const id = new URL(target.url()).host;
  const [page] = await browser.pages();
  const worker = async () => (await browser.waitForTarget(isWorker, { timeout: 10_000 })).worker();

  return {
    name: "chromium",
    browser,
    page,
    screen,
    worker,
    base: `chrome-extension://${id}`,
    /** Runs a function in the background. */
    background: async (fn, ...args) => (await worker()).evaluate(fn, ...args),
    /** The point of the screen for a point of the page. */
    async at(x, y) {
      const [left, top] = await page.evaluate(() => [screenX + (outerWidth - innerWidth) / 2, screenY + outerHeight - innerHeight]);
      return { x: left + x, y: top + y };
    },
    /**
     * Opens the context menu and chooses rows of the extension's submenu by number, one for each level. No interface tells what a native menu
     * shows: the entry is found by its icon.
     */
    async menu(point, rows) {
      await screen.click(point.x, point.y, 3);
      let icon = null;
      for (let i = 0; i < 80 && !icon; i++) {
        await sleep(50);
        icon = findIcon(screen);
      }
      if (!icon) {
        await screen.key("Escape");
        throw new Error("the context menu has no entry of the extension");
      }
      await screen.still();
      icon = findIcon(screen) ?? icon;
      // Resting on the entry opens its submenu; the key does as well, and goes to the first row either way.
      await screen.move(icon.x + 40, icon.y);
      await sleep(500);
      await screen.still();
      for (const row of rows) {
        await screen.key("Right");
        for (let i = 0; i < row; i++) await screen.key("Down");
        await screen.still(80);
      }
      return () => screen.key("Return");
    },
    /** Whether the context menu at a point has an entry of the extension. */
    async hasEntry(point) {
      await screen.click(point.x, point.y, 3);
      await sleep(400);
      await screen.still();
      const icon = findIcon(screen);
      await screen.key("Escape");
      await screen.still();
      return icon !== null;
    },
    async omnibox(text) {
      await screen.key("ctrl+l");
      await screen.still();
      await screen.type("cp ");
      await screen.still();
      await screen.type(text);
      await screen.still();
    },
    /** Opens the real popup by its shortcut: `look` runs a function in it, `page` is what Chromium's driver has of it. */
    async popup() {
      await screen.key("alt+shift+l");
      const opened = await browser.waitForTarget((t) => t.url() === `chrome-extension://${id}/popup.html`, { timeout: 10_000 });
      const popup = await opened.asPage();
      await popup.waitForSelector("html[data-ready]");
      await popup.waitForFunction(() => document.hasFocus());
      await screen.still();
      return { page: popup, look: (fn, ...args) => popup.evaluate(fn, ...args), close: () => popup.close().catch(() => {}) };
    },
    async open(file) {
      const own = await browser.newPage();
      await own.goto(`chrome-extension://${id}/${file}`);
      await own.waitForSelector("html[data-ready]");
      return own;
    },
    /** Does what makes the browser ask for a right, and agrees. */
    async allow(act) {
      await act();
      await sleep(800);
      await screen.still();
      // The refusal is chosen at first.
      await screen.key("Tab", "Return");
    },
    /** Ends the service worker, as Chromium does by itself after 30 idle seconds. */
    async sleepBackground() {
      await (await worker()).close();
      while (browser.targets().some(isWorker)) await sleep(20);
    },
    pdfReady: () => pdfReady(screen),
    close: () => browser.close(),
  };
}

/** The extension's icon in a menu: below the tabs and the toolbar, which show it as well. */
const findIcon = (screen) => screen.find(GROUND, 50, 90);

/** The PDF viewer is there once its dark bar and the white page are drawn. */
async function pdfReady(screen) {
  for (let i = 0; i < 100; i++) {
    if (screen.find([255, 255, 255], 200_000) && screen.find([40, 40, 40], 20_000)) break;
    await sleep(100);
  }
  await screen.still(200);
}
