// Pictures of labs in the real editor, in light, dark and high contrast, for docs/images/vscode.
// usage: node test/vscode/labShots.mjs [THEME | LAB ...]
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageVsix } from "../../tools/package-vsix.mjs";
import { root } from "../../tools/run.mjs";
import { installHost } from "../../tools/vscodeHost.mjs";
import { withWorkspace } from "./drive.mjs";
import { themeSettings } from "./themes.mjs";
import { launchChromium } from "./workbench.mjs";

/** Labs to show; the trained one is trained to its end. */
const views = [
  { id: "vq-gradient", train: true },
  { id: "optimizer-race" },
  { id: "low-rank" },
  { id: "self-pretraining", train: true, query: "?steps=600", only: true },
  { id: "skip-tuning", train: true, query: "?steps=800", only: true },
  ...[
    ...["matrix-sign", "batch-size", "sticky-sign", "langevin", "diffusion-sampling", "sparsity-axioms", "rope-base", "hippo"],
    ...["monarch", "s4-kernel", "lora-family", "attention-rnn"],
  ].map((id) => ({ id, only: true })),
];
const wanted = process.argv.slice(2);
const named = (names) => names.filter((n) => wanted.includes(n));
const images = path.join(root, "docs/images/vscode");
mkdirSync(images, { recursive: true });

await installHost();
const browser = await launchChromium();
const vsix = await packageVsix();
try {
  for (const [name, theme] of Object.entries(themeSettings)) {
    if (named(Object.keys(themeSettings)).length && !wanted.includes(name)) continue;
    // Those with `only` are drawn when they are asked for.
    const shown = views.filter((v) => (named(views.map((w) => w.id)).length ? wanted.includes(v.id) : !v.only));
    const fill = (ws) =>
      writeFileSync(path.join(ws, "labs.md"), shown.map(({ id, query = "" }) => `- [${id} lab](scholium:lab/${id}${query})\n`).join(""));
    const settings = { "workbench.colorTheme": theme, "window.autoDetectColorScheme": false, "workbench.activityBar.location": "hidden" };
    await withWorkspace(vsix, browser, { fill, settings, viewport: { width: 1280, height: 800 } }, async (me) => {
      const { page } = me;
      await me.command("View: Close Primary Side Bar").catch(() => {});
      for (const { id, train } of shown) {
        await me.openFile("labs.md");
        const link = page
          .locator(".view-line", { hasText: `${id} lab` })
          .locator(".detected-link")
          .first();
        await link.waitFor();
        await page.keyboard.down("Control");
        await link.click();
        await page.keyboard.up("Control");
        const main = me.webview().locator("main");
        await me.until(
          () => main.getAttribute("data-lab").catch(() => ""),
          (v) => v === id,
          id,
          20_000,
        );
        if (train) {
          await me.webview().locator("#play").click();
          await me.until(
            () => me.webview().locator("#status").innerText(),
            (t) => /^Trained/.test(t),
            "the end",
            90_000,
          );
        }
        await page.mouse.move(5, 400);
        await page.waitForTimeout(500);
        await page.screenshot({ path: path.join(images, `lab-${id}-${name}.png`) });
      }
    });
  }
} finally {
  await browser.close();
}
