// Firefox with the extension, inside the closed site: WebDriver BiDi, menus and keys through the display. What a native menu shows is read in the
// browser's own window.
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { until } from "./harness.mjs";
import { manifest } from "./manifest.mjs";

const UUID = "5b1f7c1e-3f0e-4c55-9a3e-5c1d1d8a7e10";

export async function startFirefox({ site, screen, extension, language = "en-US" }) {
  const id = manifest("firefox").browser_specific_settings.gecko.id;
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: screen === null,
    env: { ...(screen?.env ?? process.env), LANG: "C.UTF-8" },
    acceptInsecureCerts: true,
    defaultViewport: null,
    args: ["--remote-allow-system-access", ...(screen ? [`--width=${screen.width}`, `--height=${screen.height}`] : [])],
    extraPrefsFirefox: {
      "network.dns.forceResolve": "127.0.0.1",
      "network.socket.forcePort": `443=${site.port};80=${site.port}`,
      "network.proxy.type": 0,
      "network.manage-offline-status": false,
      "extensions.webextensions.uuids": JSON.stringify({ [id]: UUID }),
      "ui.prefersReducedMotion": 1,
      "browser.translations.enable": false,
    },
  });
  const send = async (method, params) => (await browser.connection.send(method, params)).result;
  const tree = await send("browsingContext.getTree", { "moz:scope": "chrome", maxDepth: 0 });
  const context = tree.contexts.find((c) => c.url === "chrome://browser/content/browser.xhtml").context;

  /** Runs a function in the browser's own window. */
  const chrome = async (fn, ...args) => {
    const expression = `(async () => JSON.stringify((await (${fn})(...${JSON.stringify(args)})) ?? null))()`;
    const answer = await send("script.evaluate", { expression, target: { context }, awaitPromise: true });
    if (answer.type !== "success") throw new Error(`in Firefox: ${answer.exceptionDetails.text}`);
    return JSON.parse(answer.result.value);
  };
  // A language whose pack is not installed is still the one extensions are asked in.
  await chrome((wanted) => {
    Services.locale.availableLocales = [...new Set([wanted, "en-US"])];
    Services.locale.requestedLocales = [wanted];
  }, language);
  await browser.installExtension(extension);
  const [page] = await browser.pages();
  await page.bringToFront();
  if (screen) {
    // Without a window manager nobody gives the window the keyboard.
    const [window] = (await screen.xdo("search", "--onlyvisible", "--class", "firefox")).split("\n");
    await screen.xdo("windowfocus", window);
  }

  /** The extension's rows of an open menu: `[{ id, label, x, y }]`, in screen coordinates. */
  const rows = (parent) =>
    chrome(
      async (menuId, extensionId) => {
        const menu = document.getElementById(menuId);
        const popup = menu.menupopup ?? menu;
        for (let i = 0; popup.state !== "open" && i < 100; i++) await new Promise((r) => setTimeout(r, 50));
        if (popup.state !== "open") throw new Error("the menu did not open");
        const prefix = extensionId.replace(/[^\w-]/g, "_").toLowerCase();
        return [...popup.children]
          .filter((n) => n.id.toLowerCase().startsWith(prefix) && !n.hidden && !n.collapsed)
          .map((n) => {
            const { width, height } = n.getBoundingClientRect();
            return { id: n.id, label: n.label, x: n.screenX + width / 2, y: n.screenY + height / 2, parent: Boolean(n.menupopup) };
          });
      },
      parent,
      id,
    );

  /** Runs a function in the open popup, which Firefox shows to no driver: a script sent into it from the browser's own window. */
  const inPopup = (fn, ...args) =>
    chrome(
      async (source, values) => {
        const popup = document.querySelector(".webextension-popup-browser");
        if (popup?.closest("panel")?.state !== "open") throw new Error("no popup is open");
        const name = `scholium:${Math.random()}`;
        const heard = new Promise((resolve) => {
          setTimeout(() => resolve({ error: "the popup does not answer" }), 3000);
          popup.messageManager.addMessageListener(name, function listener({ data }) {
            popup.messageManager.removeMessageListener(name, listener);
            resolve(data);
          });
        });
        const code = `(async () => JSON.stringify((await (${source})(...${values})) ?? null))()`;
        const script = `(async () => {
          const page = new Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
          const answer = {};
          try {
            answer.value = JSON.parse(await Cu.evalInSandbox(${JSON.stringify(code)}, page));
          } catch (error) {
            answer.error = String(error);
          }
          sendAsyncMessage(${JSON.stringify(name)}, answer);
        })()`;
        popup.messageManager.loadFrameScript(`data:,${encodeURIComponent(script)}`, false);
        const { value, error } = await heard;
        if (error) throw new Error(error);
        return value;
      },
      String(fn),
      JSON.stringify(args),
    );

  const driver = {
    name: "firefox",
    browser,
    page,
    screen,
    chrome,
    base: `moz-extension://${UUID}`,
    async at(x, y) {
      const [left, top] = await page.evaluate(() => [mozInnerScreenX, mozInnerScreenY]);
      return { x: left + x, y: top + y };
    },
    /** Opens the context menu and walks into the extension's submenu, by row numbers. */
    async menu(point, path) {
      await screen.click(point.x, point.y, 3);
      let [entry] = await rows("contentAreaContextMenu");
      if (!entry) {
        await screen.key("Escape");
        throw new Error("the context menu has no entry of the extension");
      }
      for (const row of path) {
        await screen.click(entry.x, entry.y);
        await sleep(150);
        await screen.still();
        entry = (await rows(entry.id))[row];
        if (!entry) throw new Error(`no row ${row} in the submenu`);
      }
      return () => screen.click(entry.x, entry.y);
    },
    async hasEntry(point) {
      await screen.click(point.x, point.y, 3);
      const found = await rows("contentAreaContextMenu");
      await screen.key("Escape");
      await screen.still();
      return found.length > 0;
    },
    async omnibox(text) {
      await screen.key("ctrl+l");
      await chrome(async () => {
        for (let i = 0; !gURLBar.focused && i < 100; i++) await new Promise((r) => setTimeout(r, 50));
      });
      await screen.type(`cp ${text}`);
      await sleep(300);
      await screen.still();
    },
    /** Opens the real popup by its shortcut, with the keyboard in its filter: `look` runs a function in it. */
    async popup() {
      await screen.key("alt+shift+l");
      const spot = await until("the popup", () =>
        chrome(() => {
          const popup = document.querySelector(".webextension-popup-browser");
          const { height } = popup?.getBoundingClientRect() ?? { height: 0 };
          return popup?.closest("panel")?.state === "open" && height > 60 ? { x: popup.screenX + 120, y: popup.screenY + 24 } : null;
        }),
      );
      await until("its papers", () => inPopup(() => "ready" in document.documentElement.dataset));
      await screen.still();
      // Without a window manager only a click brings the keyboard into the popup.
      await screen.click(spot.x, spot.y);
      await screen.still();
      return { look: inPopup, close: () => screen.key("Escape", "Escape") };
    },
    /** Runs a function in the popup that is open. */
    inPopup,
    async open(file) {
      const own = await browser.newPage();
      // Puppeteer's own navigation never sees pages of extensions finish.
      await send("browsingContext.navigate", { context: own.mainFrame()._id, url: `moz-extension://${UUID}/${file}`, wait: "complete" });
      await own.waitForSelector("html[data-ready]");
      return own;
    },
    /** Does what makes the browser ask for a right, and agrees. */
    async allow(act) {
      await act();
      await chrome(async () => {
        for (let i = 0; i < 100; i++) {
          const note = document.querySelector("#notification-popup popupnotification");
          if (document.querySelector("#notification-popup")?.state === "open" && note) {
            await new Promise((r) => setTimeout(r, 700));
            return void note.button.click();
          }
          await new Promise((r) => setTimeout(r, 50));
        }
        throw new Error("nothing was asked");
      });
    },
    /** Suspends the event page, as Firefox does by itself when it is idle. */
    async sleepBackground() {
      await chrome((ext) => WebExtensionPolicy.getByID(ext).extension.terminateBackground(), id);
    },
    async pdfReady() {
      await page.waitForSelector(".textLayer span", { timeout: 15_000 });
      await screen.still();
    },
    close: () => browser.close(),
  };
  return driver;
}
