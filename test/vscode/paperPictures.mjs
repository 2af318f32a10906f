// Pictures of a paper's hover in the given themes.
// usage: node test/vscode/paperPictures.mjs [light|dark|hc-dark|hc-light ...]     writes docs/images/vscode/papers-THEME.png
import path from "node:path";
import { packageVsix } from "../../tools/package-vsix.mjs";
import { root } from "../../tools/run.mjs";
import { installHost } from "../../tools/vscodeHost.mjs";
import { hoverOn, references, withWorkspace } from "./drive.mjs";
import { themeSettings } from "./themes.mjs";
import { launchChromium } from "./workbench.mjs";

const wanted = process.argv.slice(2);

await installHost();
const browser = await launchChromium();
try {
  const vsix = await packageVsix();
  for (const [theme, title] of Object.entries(themeSettings)) {
    if (wanted.length && !wanted.includes(theme)) continue;
    const settings = { "workbench.colorTheme": title, "editor.stickyScroll.enabled": false, "editor.occurrencesHighlight": "off" };
    const viewport = { width: 1000, height: 520 };
    await withWorkspace(vsix, browser, { fill: references, settings, viewport, name: `papers-${theme}` }, async (me) => {
      await me.openFile("related.md");
      await me.page.keyboard.press("Control+b");
      await hoverOn(me, "arXiv:2104.09864v5");
      await me.page.screenshot({ path: path.join(root, `docs/images/vscode/papers-${theme}.png`) });
    });
    console.log(`docs/images/vscode/papers-${theme}.png`);
  }
} finally {
  await browser.close();
}
