// Pictures of every view of the panel in the real editor, in light, dark and high contrast, for docs/images/vscode and for looking at.
// usage: node test/vscode/panelShots.mjs [THEME | VIEW ...]
// For looking at, by environment: WIDTHS=400,700,1200 are widths of the panel, LOCALE=zh-cn the editor's language, OUT where the pictures go.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageVsix } from "../../tools/package-vsix.mjs";
import { root } from "../../tools/run.mjs";
import { installHost } from "../../tools/vscodeHost.mjs";
import { withWorkspace } from "./drive.mjs";
import { themeSettings } from "./themes.mjs";
import { launchChromium } from "./workbench.mjs";

const wanted = process.argv.slice(2);
/** Those of the names that were asked for; all when none was. */
const chosen = (names) => (names.some((n) => wanted.includes(n)) ? names.filter((n) => wanted.includes(n)) : names);
const { WIDTHS, LOCALE, OUT } = process.env;
const images = OUT ?? path.join(root, "docs/images/vscode");
/** The panel takes half of the window. */
const widths = WIDTHS?.split(",").map(Number) ?? [750];

// Matrices that show something in each view.
const laplace = (n) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)).join(" ")).join("; ");
const notes = `# Matrices to look at

$$A = \\begin{pmatrix} 4 & 1 & -2 \\\\ 1 & 3 & 0 \\\\ -2 & 0 & 5 \\end{pmatrix}$$

$$R = \\begin{pmatrix} 1.2 & 0.6 \\\\ -0.4 & 0.8 \\end{pmatrix}$$

$$f(x) = e^{-a x^2} \\cos(k x)$$

$$g(x, y) = \\sin(x) \\cos(y) + \\frac{x y}{8}$$
`;
const code = `T = [${laplace(12)}]\nW = sin((1:300)' * (1:300) / 700) + cos((1:300)' * ones(1, 300) / 20)\nB = [4 1 -2; 1 3.1 0; -2 0 5]\n`;

/** What is shown: a file and text to visualize, then what is chosen in the panel. */
const views = [
  { name: "heatmap", file: "notes.md", at: "4 & 1", tab: "Facts" },
  { name: "spectrum", file: "matrices.m", at: "sin((", tab: "Spectrum", picture: "approximation", rank: 4 },
  { name: "distribution", file: "matrices.m", at: "sin((", tab: "Distribution", keys: "r" },
  { name: "factors", file: "notes.md", at: "4 & 1", tab: "Factors" },
  { name: "pattern", file: "matrices.m", at: "T = [2", tab: "Facts", picture: "pattern" },
  { name: "eigenvalues", file: "notes.md", at: "1.2 &", tab: "Facts", picture: "eigenvalues" },
  { name: "graph", file: "matrices.m", at: "T = [2", tab: "Facts", picture: "graph" },
  { name: "action2", file: "notes.md", at: "1.2 &", tab: "Facts", picture: "action" },
  { name: "action3", file: "notes.md", at: "4 & 1", tab: "Facts", picture: "action" },
  { name: "curve", file: "notes.md", at: "e^{-a", picture: "curve" },
  { name: "contour", file: "notes.md", at: "\\sin(x)", picture: "contour" },
  { name: "surface", file: "notes.md", at: "\\sin(x)", picture: "surface" },
  { name: "table", file: "notes.md", at: "4 & 1", tab: "Facts", keys: "t" },
];

await installHost();
mkdirSync(images, { recursive: true });
const browser = await launchChromium();
const vsix = await packageVsix();
try {
  for (const [name, theme] of Object.entries(themeSettings)) {
    if (!chosen(Object.keys(themeSettings)).includes(name)) continue;
    const fill = (folder) => {
      writeFileSync(path.join(folder, "notes.md"), notes);
      writeFileSync(path.join(folder, "matrices.m"), code);
    };
    const settings = {
      "workbench.colorTheme": theme,
      "window.autoDetectColorScheme": false,
      "files.associations": { "*.m": "matlab" },
      "workbench.activityBar.location": "hidden",
      "breadcrumbs.enabled": false,
    };
    const size = (width) => ({ width: 2 * width, height: 860 });
    await withWorkspace(vsix, browser, { fill, settings, viewport: size(widths[0]), locale: LOCALE }, async (me) => {
      const { page } = me;
      await me.command("View: Close Primary Side Bar").catch(() => {});
      const text = { "notes.md": notes, "matrices.m": code };
      for (const view of views.filter(({ name: n }) => chosen(views.map((v) => v.name)).includes(n))) {
        await page
          .locator(".editor-group-container")
          .first()
          .locator(".monaco-editor")
          .first()
          .click()
          .catch(() => {});
        await me.openFile(view.file);
        const before = text[view.file].slice(0, text[view.file].indexOf(view.at) + 2);
        await me.goto(before.split("\n").length - 1, before.length - before.lastIndexOf("\n") - 1);
        // The key is bound where the extension has seen a formula; it starts with the editor.
        await page.waitForTimeout(500);
        const tab = page.locator(".tab", { hasText: "Scholium" });
        do {
          await page.keyboard.press("Shift+Alt+V");
          await page.waitForTimeout(900);
        } while (!(await tab.count()));
        const panel = me.webview();
        await panel.locator("#title").waitFor({ state: "visible" });
        await page.waitForTimeout(700);
        if (view.tab) await panel.locator(`#tab-${view.tab}`).click();
        if (view.rank)
          await panel.locator("input#rank").evaluate((slider, rank) => {
            slider.value = String(rank);
            slider.dispatchEvent(new Event("input"));
          }, view.rank);
        await panel.locator("#picture").selectOption(view.picture ?? "heatmap");
        if (view.keys) {
          await panel.locator("#heatmap").focus();
          await page.keyboard.press(view.keys);
        }
        for (const width of widths) {
          if (WIDTHS) await page.setViewportSize(size(width));
          await page.waitForTimeout(700);
          await page.screenshot({ path: path.join(images, `panel-${view.name}-${name}${WIDTHS ? `-${width}` : ""}.png`) });
        }
        if (WIDTHS) await page.setViewportSize(size(widths[0]));
        if (view.keys === "t") await panel.locator("#table").click();
        if (view.keys === "r") await panel.locator("#heatmap").press("r");
      }
    });
  }
} finally {
  await browser.close();
}
