// Pictures of the side bar, the code actions, completion, comparison and the walkthrough, in the given themes.
// usage: node test/vscode/aidPictures.mjs [light|dark|hc-dark|hc-light ...]     writes docs/images/vscode/*.png; PICTURE=name,name for some (compare needs definitions)
import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import { root } from "../../tools/run.mjs";
import { freshProfile, remoteUri, startServer, workbenchUrl } from "./server.mjs";
import { themeSettings } from "./themes.mjs";
import { launchChromium, openWorkbench, user } from "./workbench.mjs";

const wanted = process.argv.slice(2).filter((t) => themeSettings[t]);
const images = path.join(root, "docs/images/vscode");
mkdirSync(images, { recursive: true });

async function pictures(browser, theme) {
  const profile = freshProfile({
    "editor.minimap.enabled": false,
    "workbench.colorTheme": themeSettings[theme],
    "window.autoDetectColorScheme": false,
  });
  cpSync(path.join(root, "extension/samples"), profile.ws, { recursive: true });
  const server = await startServer(profile, { testing: true });
  try {
    const payload = [["extensionDevelopmentPath", remoteUri(server.authority, path.join(root, "extension"))]];
    const { page, context } = await openWorkbench(browser, workbenchUrl(server.authority, { folder: profile.ws, payload }), {
      viewport: { width: 1360, height: 760 },
    });
    const me = user(page);
    const shot = async (name) => {
      await page.waitForTimeout(700);
      await page.screenshot({ path: path.join(images, `${name}-${theme}.png`) });
      console.log(`${name}-${theme}.png`);
    };
    const attempt = async (name, action) => {
      if (process.env.PICTURE && !process.env.PICTURE.split(",").includes(name)) return;
      try {
        await action();
      } catch (e) {
        console.log(`${name}: ${String(e).slice(0, 300)}`);
        await page.screenshot({ path: path.join(images, `failed-${name}-${theme}.png`) });
      }
    };
    await me.openFile("notes.md");
    await page.waitForTimeout(4000); // the commands of the extension are known a moment after its files
    await attempt("walkthrough", async () => {
      await page.keyboard.press("Control+b");
      await me.command("Scholium: Get Started");
      await page.locator(".getting-started-step, .step-list-container").first().waitFor();
      await page.waitForTimeout(1500);
      await shot("walkthrough");
      await page.keyboard.press("Control+w");
      await page.keyboard.press("Control+b");
    });
    await attempt("definitions", async () => {
      await me.command("Scholium: Show Definitions");
      await page.locator(".pane-body .monaco-list-row", { hasText: "3×3" }).first().waitFor();
      await shot("definitions");
    });
    await attempt("actions", async () => {
      await page.locator(".editor-group-container.active .view-line").first().click();
      await me.select(6, 1, 37);
      await page.keyboard.press("Control+.");
      await page.locator(".action-widget", { hasText: "Transpose here" }).waitFor();
      await shot("actions");
      await page.keyboard.press("Escape");
    });
    await attempt("completion", async () => {
      await me.goto(12, 58);
      await page.keyboard.press("Control+End");
      await page.keyboard.type("\n\n$\\newton");
      await page.locator(".suggest-widget .monaco-list-row", { hasText: "newtonSchulz" }).first().waitFor();
      await page.keyboard.press("Control+Space");
      await shot("completion");
      await page.keyboard.press("Escape");
    });
    await attempt("compare", async () => {
      await page.locator(".pane-body .monaco-list-row", { hasText: "3×3" }).first().click({ button: "right" });
      await page.locator(".monaco-menu .action-item", { hasText: "Pin Value" }).first().click();
      await page.locator(".pane-body .monaco-list-row", { hasText: "notes.md:" }).first().waitFor();
      // Another value under the same name, to have a difference.
      await me.goto(9, 20);
      await page.keyboard.press("Delete");
      await page.keyboard.type("5");
      await page.locator(".pane-body .monaco-list-row", { hasText: "= [5 1 0" }).first().waitFor();
      await page.locator(".pane-body .monaco-list-row", { hasText: "3×3" }).first().click({ button: "right" });
      await page.locator(".monaco-menu .action-item", { hasText: "Compare with Pinned" }).first().click();
      await me.webview().locator("img").first().waitFor();
      await shot("compare");
    });
    await context.close();
  } finally {
    await server.stop();
    profile.remove();
  }
}

const browser = await launchChromium();
try {
  for (const theme of wanted.length ? wanted : Object.keys(themeSettings)) await pictures(browser, theme);
} finally {
  await browser.close();
}
