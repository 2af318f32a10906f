// A headless Chromium with the workbench in it, and the hands and eyes of a user.
import { playwright } from "../../tools/vscodeHost.mjs";

/** Every wait takes this many times as long: PATIENCE=4 in the environment, for a machine that is busy with other things. */
export const patience = Number(process.env.PATIENCE ?? 1);

export const launchChromium = () =>
  playwright().chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
      ...["--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    ],
  });

/** Opens the workbench; `outside` lists requests that would have left this machine. */
export async function openWorkbench(
  browser,
  url,
  { viewport = { width: 1280, height: 800 }, deviceScaleFactor = 1, locale, onConsole, setup, timeout = 90_000 * patience } = {},
) {
  const context = await browser.newContext({ viewport, deviceScaleFactor, locale, permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000 * patience);
  const outside = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    // Webview resources carry a vscode-cdn.net address; the webview's own service worker answers them.
    if (/^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1" && !hostname.endsWith(".vscode-resource.vscode-cdn.net"))
      outside.push(request.url());
  });
  if (onConsole) page.on("console", onConsole);
  await setup?.(page);
  await page.goto(url, { timeout });
  await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout });
  return { page, context, outside };
}

/** What a user does in the workbench. */
export function user(page) {
  const focusedRow = (text) => page.locator(".quick-input-list .monaco-list-row.focused", { hasText: text });
  async function quickInput(key, text, row) {
    const box = page.locator(".quick-input-widget input[type='text']").first();
    await page.keyboard.press(key);
    await box.waitFor();
    // What an extension brings is not in a list that was made before it was there.
    for (let tries = 0; ; tries++) {
      await box.fill(text);
      try {
        await focusedRow(row).waitFor({ timeout: 4000 * patience });
        break;
      } catch (e) {
        if (tries === 4) throw e;
        await box.fill(text.slice(0, 1));
      }
    }
    await page.keyboard.press("Enter");
  }
  const me = {
    page,
    /** Opens a file in whatever editor it has. */
    async openTab(name) {
      await quickInput("Control+p", name, name);
      await page.locator(".tab.active", { hasText: name }).first().waitFor();
    },
    async openFile(name) {
      await this.openTab(name);
      await page.locator(".editor-group-container.active .monaco-editor .view-line").first().waitFor();
    },
    command: (title) => quickInput("F1", `>${title}`, title),
    /** Selects text of the active editor by its line and columns (0-based), with the keyboard. */
    async select(line, start, end) {
      await this.goto(line, start);
      await page.keyboard.down("Shift");
      for (let i = start; i < end; i++) await page.keyboard.press("ArrowRight");
      await page.keyboard.up("Shift");
    },
    async goto(line, column) {
      await quickInput("Control+g", `:${line + 1}:${column + 1}`, "");
      await page.locator(".quick-input-widget input").first().waitFor({ state: "hidden" });
    },
    /** Texts shown after lines by decorations, in document order. */
    notes: () =>
      page.locator(":is(.editor-group-container, .notebook-editor) .monaco-editor .view-lines").evaluateAll((all) =>
        all.flatMap((root) =>
          [...root.querySelectorAll("span[class*='ced-']")]
            .map((e) => getComputedStyle(e, "::after").content)
            .filter((c) => c && c !== "none" && c !== "normal")
            .map((c) => JSON.parse(c.replaceAll("\\\u00a0", "\u00a0")).replaceAll("\u00a0", " ")),
        ),
      ),
    /** Waits for a note. */
    hasNote: (pattern, ms) => me.until(me.notes, (all) => all.some((t) => pattern.test(t)), `a note like ${pattern}`, ms),
    noNotes: (ms) => me.until(me.notes, (all) => all.length === 0, "no notes", ms),
    /** The document inside the two frames of the newest webview. */
    webview: () => page.locator("iframe.webview.ready").last().contentFrame().locator("iframe#active-frame").contentFrame(),
    /** Reads again and again until the value is as wanted. */
    async until(read, wanted, what, milliseconds = 10_000) {
      let value;
      for (const end = Date.now() + milliseconds * patience; Date.now() < end; await page.waitForTimeout(40)) {
        value = await read();
        if (wanted(value)) return value;
      }
      throw new Error(`${what}: last seen ${JSON.stringify(value)}`);
    },
  };
  return me;
}
