// The editor of somebody who reads Chinese: commands, notes, errors, hover, Problems view, panel and side bar speak the reader's language.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { withWorkspace } from "./drive.mjs";
import { panelOf } from "./drivePanel.mjs";
import { stepsOf } from "./steps.mjs";

const NOTES = String.raw`# 笔记

$$A = \begin{pmatrix} 4 & 1 & -2 \\ 1 & 3 & 0 \\ -2 & 0 & 5 \end{pmatrix}$$

$A^{-1}$

$\begin{pmatrix}1&2\\3&4\end{pmatrix} \cdot \begin{pmatrix}1&2&3\end{pmatrix}$
`;
const [MATRIX, INVERSE, MISMATCH] = [2, 4, 6];

export async function driveLanguage(vsix, browser, say) {
  const fill = (folder) => writeFileSync(path.join(folder, "笔记.md"), NOTES);
  const settings = { "scholium.problems": "warning" };
  const options = { fill, settings, locale: "zh-cn", viewport: { width: 1400, height: 850 }, name: "failure-language" };
  await withWorkspace(vsix, browser, options, async (me, shot) => {
    const { page, hasNote } = me;
    const panel = panelOf(me);
    const step = stepsOf(say, shot, { part: "language-", only: process.env.ONLY });
    await me.openFile("笔记.md");
    await step("in Chinese the commands are found by their Chinese names", async () => {
      await page.keyboard.press("F1");
      const box = page.locator(".quick-input-widget input[type='text']").first();
      await box.waitFor();
      await box.fill(">求值");
      await page.locator(".quick-input-list .monaco-list-row", { hasText: "Scholium: 求值" }).first().waitFor();
      await shot("palette-zh");
      await page.keyboard.press("Escape");
    });
    await step("in Chinese an error beside its formula and in the Problems view is a Chinese sentence", async () => {
      await me.goto(MISMATCH, 3);
      await page.keyboard.press("Alt+Equal");
      await hasNote(/2×2 不能乘以 1×3/);
      await page.keyboard.press("Control+Shift+m");
      await page.locator(".markers-panel", { hasText: "不能乘以" }).first().waitFor();
      await shot("problems-zh");
      await page.keyboard.press("Control+Shift+m");
      await page.locator(".markers-panel").first().waitFor({ state: "hidden" });
    });
    await step("in Chinese the hover names facts and actions", async () => {
      await me.goto(INVERSE, 2);
      await page.keyboard.press("Alt+Equal");
      await hasNote(/=/);
      await page.keyboard.press("Control+k");
      await page.keyboard.press("Control+i");
      const hover = page.locator(".monaco-hover", { hasText: "行列式" }).first();
      await hover.waitFor();
      for (const word of ["秩", "复制", "可视化"]) await page.locator(".monaco-hover", { hasText: word }).first().waitFor();
      await page.waitForTimeout(500);
      await shot("hover-zh");
      await page.keyboard.press("Escape");
      await hover.waitFor({ state: "hidden" });
      await hasNote(/15\/43/);
    });
    await step("in Chinese the panel's tabs, tools and read-out are Chinese, and no English word is left in it", async () => {
      await panel.visualize(MATRIX, 8);
      await panel.shows("A");
      await panel.view().locator("#tab-Factors").click();
      await panel.facts(/残差/, "the residual");
      const english = await panel
        .view()
        .locator("body")
        .evaluate((body) => {
          const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
          const found = [];
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const { parentElement: parent } = node;
            if (parent.offsetParent === null || parent.closest("mjx-container, svg, script, style")) continue;
            found.push(...(node.textContent.match(/\b[a-z]{4,}\b/g) ?? []));
          }
          return found;
        });
      if (english.length) throw new Error(`English words: ${english.join(", ")}`);
      await shot("panel-zh");
    });
  });
}
