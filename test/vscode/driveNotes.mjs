// What shows by itself, in the hands of a user and in four themes: live notes, hovers, code lenses, reloads. The
// pictures it takes are kept in test-results/vscode; SCHOLIUM_PICTURES=folder keeps the good ones elsewhere as well.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../tools/run.mjs";
import { withWorkspace } from "./drive.mjs";
import { stepsOf } from "./steps.mjs";
import { themes } from "./themes.mjs";

const TOUR = String.raw`# Notes

The matrix of the spring chain,

$$
A = \begin{bmatrix}
 2 & -1 &  0 \\
-1 &  2 & -1 \\
 0 & -1 &  2
\end{bmatrix}
$$

has $\det A$ and $\operatorname{tr} A$; its inverse is $A^{-1}$.

With $b = \begin{pmatrix}1\\0\\1\end{pmatrix}$ the chain moves by $A^{-1} b$.

The norm $\|b\|_2$ is quiet, $\sum_{k=1}^{10} k^2$ exact.

What is wrong says so: $A \begin{pmatrix}1&2\\3&4\end{pmatrix}$.
`;

/** In the page: the contrast of each note with the background behind it, by the formula of WCAG. */
export const contrasts = () => {
  const rgb = (css) => (css.match(/[\d.]+/g) ?? []).map(Number);
  const light = (css) => {
    const [r, g, b] = rgb(css).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(getComputedStyle(document.querySelector(".editor-group-container.active .monaco-editor-background")).backgroundColor);
  return [...document.querySelectorAll(".editor-group-container.active .view-lines span[class*='ced-']")]
    .map((e) => getComputedStyle(e, "::after"))
    .filter((s) => s.content && s.content !== "none")
    .map((s) => {
      const ink = light(s.color);
      return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    });
};

/** Chooses a colour theme by keys. */
export async function pickTheme({ page }, label) {
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+t");
  const box = page.locator(".quick-input-widget input[type='text']").first();
  await box.waitFor();
  await box.fill(label);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: label }).waitFor();
  await page.waitForTimeout(400);
  await page.keyboard.press("Enter");
  await box.waitFor({ state: "hidden" });
}

export async function driveNotes(vsix, browser, say) {
  const fill = (folder) => {
    writeFileSync(path.join(folder, "tour.md"), TOUR);
    writeFileSync(path.join(folder, "slow.md"), "$\\sum_{i=1}^{3000}\\sum_{j=1}^{3000} \\sin(i j)^2$\n\n$1+1$\n");
    writeFileSync(path.join(folder, "wide.md"), `$1+1$ ${"word ".repeat(60)}\n\n$2+2$\n`);
    writeFileSync(path.join(folder, "large.md"), `$20+3$\n${"words and words again\n".repeat(2_400_000)}`);
  };
  await withWorkspace(
    vsix,
    browser,
    { fill, name: "failure-notes", settings: { "scholium.live.enabled": true, "workbench.editorLargeFileConfirmation": 1000 } },
    async (me, shot, opened) => {
      const { page, hasNote, noNotes } = me;
      const keep = async (name) => {
        await page.waitForTimeout(400);
        await shot(name);
        const folder = process.env.SCHOLIUM_PICTURES;
        if (!folder) return;
        mkdirSync(folder, { recursive: true });
        copyFileSync(path.join(root, "test-results/vscode", `${name}.png`), path.join(folder, `${name}.png`));
      };
      const step = stepsOf(say, shot);
      const theme = (label) => pickTheme(me, label);
      const lineBox = (text) => page.locator(".editor-group-container.active .view-line", { hasText: text }).first().boundingBox();
      const rest = () => page.mouse.move(640, 780);
      const hoverOn = async (text, dx) => {
        const box = await lineBox(text);
        await page.mouse.move(box.x + dx, box.y + box.height / 2, { steps: 5 });
        const img = page.locator(".monaco-hover:visible img").first();
        await img.waitFor();
        await me.until(
          () => img.evaluate((i) => i.naturalWidth),
          (w) => w > 0,
          "a decoded picture",
        );
      };
      const noHover = async () => {
        await rest();
        await page.locator(".monaco-hover:visible").first().waitFor({ state: "hidden" });
      };

      await me.openFile("tour.md");
      await step("switching live notes on moves no text, in a line or down the page", async () => {
        const places = () =>
          page
            .locator(".editor-group-container.active .view-line > span")
            .evaluateAll((all) => all.map((e) => [e.parentElement.getBoundingClientRect().top, e.firstElementChild?.getBoundingClientRect().left]));
        await hasNote(/det A = 4/);
        await me.command("Scholium: Toggle Live Notes in This Document");
        await noNotes();
        const before = await places();
        await me.command("Scholium: Toggle Live Notes in This Document");
        await hasNote(/det A = 4/);
        await hasNote(/⚠.*3×3.*2×2/);
        const after = await places();
        if (JSON.stringify(before.sort()) !== JSON.stringify(after.sort())) throw new Error(`${JSON.stringify(before)}\n${JSON.stringify(after)}`);
      });
      for (const [name, { label }] of Object.entries(themes))
        await step(`notes can be read and hovers are in the right ink in ${label}`, async () => {
          await theme(label);
          await me.goto(0, 0);
          const all = await me.until(
            () => page.evaluate(contrasts),
            (c) => c.length >= 4,
            "notes",
          );
          if (all.some((c) => c < 4.5)) throw new Error(`contrasts ${all.map((c) => c.toFixed(2))}`);
          await keep(`live-${name}`);
          await hoverOn("bmatrix", 120);
          const box = await page.locator(".monaco-hover:visible").first().boundingBox();
          if (box.width > 752 || box.height > 402) throw new Error(`the hover has ${box.width} × ${box.height}`);
          await keep(`hover-${name}`);
          await noHover();
        });
      await step("a note after a long line is short and brings no scroll bar to wrapped lines", async () => {
        await me.openFile("wide.md");
        await hasNote(/= 2/);
        const longest = Math.max(...(await me.notes()).map((t) => t.length));
        if (longest > 24) throw new Error(`a note of ${longest} characters`);
      });
      await step("a document of 50 MB opens, a selection in it is evaluated, and the next document works", async () => {
        await me.openFile("large.md");
        await me.select(0, 1, 5);
        await page.keyboard.press("Alt+Equal");
        await page.waitForTimeout(1500);
        await page.keyboard.press("Control+w");
        await me.openFile("tour.md");
        await hasNote(/det A = 4/);
      });
      await step("after a reload in the middle of a computation live notes are back and the engine answers", async () => {
        await me.openFile("slow.md");
        await me.goto(0, 5);
        await page.keyboard.press("Alt+Equal");
        await page.waitForTimeout(300);
        await page.reload();
        await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
        await me.openFile("tour.md");
        await me.until(me.notes, (all) => all.some((t) => /det A = 4/.test(t)), "live notes", 30_000);
      });
      await step("no request left this machine", async () => {
        if (opened.outside.length) throw new Error(opened.outside.join("\n"));
      });
    },
  );
  await withWorkspace(
    vsix,
    browser,
    { fill, settings: { "scholium.codeLens.enabled": true, "scholium.live.enabled": true, "scholium.problems": "warning" }, name: "failure-lenses" },
    async (me, shot) => {
      const { page } = me;
      const began = Date.now();
      try {
        await me.openFile("tour.md");
        await page.locator(".codelens-decoration a", { hasText: "Visualize" }).first().waitFor();
        await me.until(
          () => page.locator(".codelens-decoration").first().textContent(),
          (t) => /rank 3/.test(t),
          "the rank",
        );
        await page.locator(".monaco-editor .squiggly-warning").first().waitFor();
        await me.command("View: Focus Problems");
        await page.waitForTimeout(600);
        await shot("lenses");
        if (process.env.SCHOLIUM_PICTURES)
          copyFileSync(path.join(root, "test-results/vscode/lenses.png"), path.join(process.env.SCHOLIUM_PICTURES, "lenses.png"));
        say({ state: "pass", title: "code lenses stand above matrix and names, and the problem is in the Problems view", ms: Date.now() - began });
      } catch (e) {
        await shot("failed-lenses");
        say({ state: "fail", title: "code lenses and problems", error: String(e?.stack ?? e) });
      }
    },
  );
}
