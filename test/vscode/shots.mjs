// Takes the pictures of the documentation from the running product, in every kind of theme.
// usage: node test/vscode/shots.mjs [light|dark|hc-dark|hc-light ...]     writes docs/images/vscode/NAME-THEME.png
import { readFileSync } from "node:fs";
import path from "node:path";
import { packageVsix } from "../../tools/package-vsix.mjs";
import { root } from "../../tools/run.mjs";
import { installHost } from "../../tools/vscodeHost.mjs";
import { samples, withWorkspace } from "./drive.mjs";
import { themeSettings } from "./themes.mjs";
import { launchChromium } from "./workbench.mjs";

const wanted = process.argv.slice(2);
const lines = readFileSync(path.join(root, "extension/samples/notes.md"), "utf8").split("\n");
const lineOf = (text) => lines.findIndex((l) => l.includes(text));

async function pictures(me, theme) {
  const { page } = me;
  const shot = (name) => page.screenshot({ path: path.join(root, `docs/images/vscode/${name}-${theme}.png`) });
  await me.openFile("notes.md");
  await page.keyboard.press("Control+b"); // the side bar hides what matters here
  const inverse = lineOf("pmatrix}^{-1}");
  await me.goto(inverse, 20);
  await page.keyboard.press("Alt+Equal");
  await me.until(me.notes, (all) => all.length === 1, "the note");
  await me.goto(lineOf("2&4"), 20);
  await page.keyboard.press("Alt+Equal");
  await me.until(me.notes, (all) => all.some((t) => t.startsWith("⚠")), "the problem");
  await me.goto(0, 0);
  await page.waitForTimeout(400);
  await shot("note");
  const box = await page.locator(".view-line", { hasText: "3&4\\end{pmatrix}^{-1}" }).first().boundingBox();
  await page.mouse.move(box.x + 120, box.y + box.height / 2, { steps: 5 });
  await page.locator(".monaco-hover img[alt*='by 2 matrix']").first().waitFor();
  await page.waitForTimeout(600);
  await shot("hover");
  await page.mouse.move(900, 700, { steps: 3 });
  await me.goto(inverse, 20);
  await page.waitForTimeout(400);
  await page.keyboard.press("Shift+F10");
  await page.locator(".monaco-menu .action-item", { hasText: "Scholium" }).first().hover();
  await page.locator(".monaco-menu .action-item", { hasText: "Visualize" }).first().waitFor();
  await page.waitForTimeout(300);
  await shot("menu");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await me.command("Scholium: Clear Notes");
  await me.command("Scholium: Toggle Live Notes in This Document");
  await me.until(me.notes, (all) => all.length >= 5, "live notes");
  await me.goto(0, 0);
  await page.waitForTimeout(400);
  await shot("live");
  await me.goto(lineOf("A = \\begin"), 30);
  await page.waitForTimeout(400);
  await page.keyboard.press("Shift+Alt+V");
  await me.until(
    () =>
      me
        .webview()
        .locator("h1")
        .first()
        .textContent()
        .catch(() => ""),
    Boolean,
    "the panel",
  );
  await page.waitForTimeout(1200);
  await shot("panel");
}

await installHost();
const browser = await launchChromium();
try {
  const vsix = await packageVsix();
  for (const [theme, title] of Object.entries(themeSettings)) {
    if (wanted.length && !wanted.includes(theme)) continue;
    const settings = { "workbench.colorTheme": title, "editor.stickyScroll.enabled": false, "editor.occurrencesHighlight": "off" };
    await withWorkspace(vsix, browser, { fill: samples, settings, name: `shots-${theme}` }, (me) => pictures(me, theme));
    console.log(`docs/images/vscode/*-${theme}.png`);
  }
} finally {
  await browser.close();
}
