// The panel for those who use it by keys or by ear, and in whatever theme: every control is reached, named and left again; a lens opens it at
// its factors; a change of theme keeps what one looks at; a setting keeps it where it is.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { withWorkspace } from "./drive.mjs";
import { driveLanguage } from "./driveLanguage.mjs";
import { pickTheme } from "./driveNotes.mjs";
import { painted, panelOf } from "./drivePanel.mjs";
import { stepsOf } from "./steps.mjs";

const NOTES = String.raw`$$
A = \begin{pmatrix}
4 & 1 & -2 \\
1 & 3 & 0 \\
-2 & 0 & 5
\end{pmatrix}
$$

$$B = \begin{pmatrix} 4 & 1 \\ 1 & 7 \end{pmatrix}$$
`;

/** Colour of the pixel in the middle of the heatmap's first cell. */
const firstCell = (view) =>
  view.locator("#heatmap").evaluate((c) => [...c.getContext("2d").getImageData(Math.round(c.width / 6), Math.round(c.height / 6), 1, 1).data].join());

export async function driveAccess(vsix, browser, say) {
  const fill = (folder) => writeFileSync(path.join(folder, "notes.md"), NOTES);
  const settings = { "scholium.codeLens.enabled": true, "scholium.panel.followSelection": false, "files.simpleDialog.enable": true };
  await withWorkspace(vsix, browser, { fill, settings, viewport: { width: 1400, height: 850 }, name: "failure-access" }, async (me, shot) => {
    const { page } = me;
    const panel = panelOf(me);
    const step = stepsOf(say, shot, { part: "access-", only: process.env.ONLY });
    /** What has the focus in the panel: its id, else its words. */
    const focused = () =>
      panel
        .view()
        .locator("body")
        .evaluate(() => {
          const e = document.activeElement;
          return e?.id || e?.getAttribute("aria-label") || e?.textContent?.trim().slice(0, 40) || e?.tagName || "";
        });
    await me.openFile("notes.md");
    await step("the lens SVD opens the panel at its factors", async () => {
      await page.locator(".codelens-decoration a", { hasText: "SVD" }).first().click();
      await panel.shows("A");
      await me.until(
        () => panel.view().locator("#tab-Factors").getAttribute("aria-selected"),
        (v) => v === "true",
        "the tab",
      );
      await me.until(
        () => panel.view().locator("#factor").inputValue(),
        (v) => v === "svd",
        "the factorisation",
      );
      await panel.facts(/relative residual/, "the residual");
    });
    await step("by keys alone every control of the panel is reached, a cell read, the value exported, and the editor found again", async () => {
      await panel.view().locator("#pin").focus();
      const seen = [];
      for (let k = 0; k < 24; k++) {
        seen.push(await focused());
        await page.keyboard.press("Tab");
        if (seen.length > 4 && (await focused()) === seen[0]) break;
      }
      for (const id of ["pin", "goto", "picture", "scale", "table", "export", "keys", "heatmap", "tab-Factors", "factor"])
        if (!seen.includes(id)) throw new Error(`${id} is not reached: ${seen.join(" > ")}`);
      await panel.view().locator("#heatmap").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("End");
      await panel.readout(/row 2, column 3: 0/);
      await page.keyboard.press("e");
      await me.until(focused, (id) => id === "export", "the focus on the export menu");
      await page.keyboard.type("CSV");
      await page.keyboard.press("Enter");
      const box = page.locator(".quick-input-widget input[type='text']").first();
      await me.until(
        () => box.inputValue().catch(() => ""),
        (v) => v.endsWith("A.csv"),
        "the proposed name",
      );
      await page.keyboard.press("Escape");
      await box.waitFor({ state: "hidden" });
      await panel.view().locator("#heatmap").focus();
      await page.keyboard.press("Escape");
      await me.until(() => page.evaluate(() => document.activeElement?.closest(".editor-instance") !== null), Boolean, "the focus in the editor");
    });
    await step("to a screen reader the panel is named: grid, tabs, table with headers, and one quiet voice", async () => {
      const tree = await panel.view().locator("body").ariaSnapshot();
      for (const wanted of [
        /heading "A"/,
        /grid "Heatmap with a cell cursor"/,
        /tablist/,
        /tab "Factors" \[selected\]/,
        /tabpanel/,
        /combobox "View"/,
        /combobox "Colours"/,
        /combobox "Export"/,
      ])
        if (!wanted.test(tree)) throw new Error(`${wanted} is not in\n${tree}`);
      const unnamed = await panel
        .view()
        .locator("button, select, input, [role='img']")
        .evaluateAll((all) =>
          all
            .filter((e) => e.offsetParent !== null)
            .filter((e) => !(e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent.trim() || e.labels?.length))
            .map((e) => e.outerHTML.slice(0, 120)),
        );
      if (unnamed.length) throw new Error(`without a name: ${unnamed.join("\n")}`);
      const voices = await panel.view().locator("[aria-live]").count();
      if (voices !== 1) throw new Error(`${voices} live regions`);
      await panel.view().locator("#heatmap").focus();
      await page.keyboard.press("t");
      await panel.view().locator("table th[scope='row']").first().waitFor();
      const table = await panel.view().locator(".figure").ariaSnapshot();
      for (const wanted of [/columnheader "1"/, /rowheader "1"/, /cell "4"/])
        if (!wanted.test(table)) throw new Error(`${wanted} is not in\n${table}`);
      await panel.view().locator("#table").press("Enter");
    });
    await step("a slider is announced once, when it rests", async () => {
      await panel.view().locator("#tab-Spectrum").click();
      await panel.view().locator("#rank").waitFor();
      await page.waitForTimeout(1500);
      await panel
        .view()
        .locator("[aria-live]")
        .evaluate((e) => {
          window.spoken = [];
          new MutationObserver(() => e.textContent && window.spoken.push(e.textContent)).observe(e, {
            childList: true,
            characterData: true,
            subtree: true,
          });
        });
      await panel.view().locator("#rank").focus();
      for (const key of ["ArrowRight", "ArrowLeft", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
      await page.waitForTimeout(2000);
      const spoken = await panel
        .view()
        .locator("body")
        .evaluate(() => window.spoken);
      if (new Set(spoken).size > 1) throw new Error(`spoken: ${spoken.join(" | ")}`);
      const said = await panel.view().locator("#rank").getAttribute("aria-valuetext");
      if (!/rank \d of 3/.test(said ?? "")) throw new Error(`the slider says ${said}`);
    });
    await step("another theme recolours the figure in place and keeps zoom and cell", async () => {
      await panel.view().locator("#heatmap").focus();
      for (let k = 0; k < 3; k++) await page.keyboard.press("+");
      await page.waitForTimeout(500);
      const readout = await panel.view().locator(".readout").innerText();
      const before = await firstCell(panel.view());
      await panel.toEditor();
      await pickTheme(me, "Light High Contrast");
      await me.until(
        () =>
          panel
            .view()
            .locator("body")
            .evaluate((b) => b.classList.contains("vscode-high-contrast-light")),
        Boolean,
        "the theme in the panel",
      );
      await page.waitForTimeout(300);
      if ((await painted(panel.view())) < 0.2) throw new Error("nothing is drawn");
      if ((await panel.view().locator(".readout").innerText()) !== readout) throw new Error("another cell");
      const after = await firstCell(panel.view());
      if (after === "0,0,0,0") throw new Error(`was ${before}, is ${after}`);
      await shot("panel-hc-light");
      await pickTheme(me, "Dark Modern");
    });
    await step("with followSelection off the panel stays with its formula", async () => {
      await panel.goto(8, 30);
      await page.waitForTimeout(1500);
      const title = await panel.title();
      if (title === "B") throw new Error("it followed");
      await panel.visualize(8, 30);
      await panel.shows("B");
    });
  });
  await driveLanguage(vsix, browser, say);
}
