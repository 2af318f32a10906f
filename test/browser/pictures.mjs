// Takes the pictures of the README from the running extension: `node test/browser/pictures.mjs`.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startChromium } from "./chromium.mjs";
import { built } from "./manifest.mjs";
import { startScreen } from "./screen.mjs";
import { startSite } from "./site.mjs";

const out = fileURLToPath(new URL("../../docs/images/browser", import.meta.url));
mkdirSync(out, { recursive: true });

// What arXiv's own style sheet does to the parts the fixture has.
const ARXIV = `body { margin: 0; font: 14px "Lucida Grande", Helvetica, Arial, sans-serif; } #content { padding: 18px 28px; } a { color: #0068ac; text-decoration: none; }
  dt { margin-top: 16px; } dd { margin-left: 36px; } .list-title { font-size: 16px; font-weight: bold; } .descriptor { display: none; } h3 { font-size: 17px; }
  @media (prefers-color-scheme: dark) { html { background: #17191c; color: #dfe3e6; } a { color: #7cc4f0; } }`;

const site = await startSite();
const screen = await startScreen({ width: 1000, height: 760 });
const driver = await startChromium({ site, screen, extension: built("chromium") });
try {
  const { page } = driver;
  for (const theme of ["light", "dark"]) {
    const scheme = [{ name: "prefers-color-scheme", value: theme }];
    await page.emulateMediaFeatures(scheme);
    await page.goto("https://arxiv.org/list/cs.LG/new");
    await page.waitForSelector("a[data-scholium]");
    await page.addStyleTag({ content: ARXIV });
    await screen.still();
    await page.screenshot({ path: `${out}/links-${theme}.png`, clip: { x: 0, y: 0, width: 760, height: 520 } });

    const { page: popup, close } = await driver.popup();
    await popup.emulateMediaFeatures(scheme);
    await popup.hover(".paper");
    await screen.still();
    // A screenshot of a popup has the size of its contents.
    await (await popup.$("body")).screenshot({ path: `${out}/popup-${theme}.png` });
    await close();

    const options = await driver.open("options.html");
    await options.emulateMediaFeatures(scheme);
    await options.setViewport({ width: 760, height: 900 });
    await options.screenshot({ path: `${out}/options-${theme}.png`, fullPage: true });
    await options.close();
    await page.bringToFront();
  }
  await page.emulateMediaFeatures([]);
  await page.goto("https://arxiv.org/abs/2401.12345v2");
  await page.addStyleTag({ content: ARXIV });
  await driver.menu(await driver.at(120, 150), [0]);
  screen.save(`${out}/menu.png`);
} finally {
  await driver.close();
  await screen.close();
  await site.close();
}
