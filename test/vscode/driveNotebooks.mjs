// Notebooks in the hands of a user: a real .ipynb with Markdown and code cells, its outputs left alone. Pictures in test-results/vscode.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withWorkspace } from "./drive.mjs";
import { pickTheme } from "./driveNotes.mjs";
import { stepsOf } from "./steps.mjs";
import { themes } from "./themes.mjs";

const cell = (kind, source, more = {}) => ({ cell_type: kind, metadata: {}, source: source.split(/(?<=\n)/), ...more });
const OUTPUT = { output_type: "stream", name: "stdout", text: ["printed by the kernel\n"] };
const code = (source, outputs = []) => cell("code", source, { execution_count: outputs.length ? 1 : null, outputs });
const notebook = () => ({
  cells: [
    cell("markdown", "# Springs\n\nThe force is $k = 3$."),
    code("import numpy as np\nA = np.array([[2, -1], [-1, 2]])\nprint('kernel')", [OUTPUT]),
    cell("markdown", "Its determinant $\\det A$ and $k \\cdot \\det A$."),
    code("B = np.array([[1, 2], [3, 4]])\nA @ B"),
    code("W = model.weights()\nprint(W)"),
    cell("markdown", "Unknown here: $\\det W$."),
  ],
  metadata: { language_info: { name: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
});

export async function driveNotebooks(vsix, browser, say) {
  let file;
  const fill = (folder) => {
    file = path.join(folder, "springs.ipynb");
    writeFileSync(file, JSON.stringify(notebook(), null, 1));
  };
  const settings = { "scholium.live.enabled": true, "scholium.codeLens.enabled": true, "notebook.lineNumbers": "off" };
  await withWorkspace(vsix, browser, { fill, settings, name: "failure-notebooks" }, async (me, shot) => {
    const { page, hasNote } = me;
    const step = stepsOf(say, shot, { part: "notebooks-", only: process.env.ONLY });
    /** Where a rendered Markdown cell stands on the page: such cells are drawn in frames. */
    const rendered = async (text) => {
      for (const frame of page.frames()) {
        const found = frame.getByText(text).first();
        if (await found.count()) return found.boundingBox();
      }
      throw new Error(`"${text}" is nowhere`);
    };
    const line = (text) => page.locator(".notebook-editor .monaco-editor .view-line", { hasText: text }).first();
    await me.openTab("springs.ipynb");
    await page.locator(".notebook-editor .monaco-editor .view-line", { hasText: "A @ B" }).first().waitFor();
    await page.keyboard.press("Control+b");

    await step("a code cell has the values of its formulas beside them, with arrays of the cells above", async () => {
      await hasNote(/= np\.array\(\[\[-1, 0\], \[5, 6\]\]\)|= \[\[?-1,? 0/, 30_000);
    });
    await step("Evaluate in a code cell notes the selected product, and Escape clears it before it leaves the cell", async () => {
      await line("A @ B").click();
      await page.keyboard.press("End");
      await page.keyboard.press("Shift+Home");
      await page.keyboard.press("Alt+Equal");
      await hasNote(/-1,? 0/);
    });
    await step("a hover over an array of a code cell shows it typeset", async () => {
      // The list of cells sets its rows anew for a moment after a note has gone.
      const at = await me.until(() => line("B = np.array").boundingBox(), Boolean, "the line of the array");
      await page.mouse.move(at.x + 60, at.y + at.height / 2, { steps: 3 });
      await page.mouse.move(at.x + 130, at.y + at.height / 2, { steps: 4 });
      await page.locator(".monaco-hover:visible img[alt*='2 by 2']").first().waitFor();
      await shot("notebook-hover");
      await page.mouse.move(5, 400);
    });
    await step("code lenses stand above the arrays of code cells", async () => {
      await page.locator(".notebook-editor .codelens-decoration a", { hasText: "Visualize" }).first().waitFor();
    });
    await step(
      "a Markdown cell being edited has live notes with definitions of the cells above; rendered, it says how many formulas it has",
      async () => {
        const at = await rendered("Its determinant");
        await page.mouse.dblclick(at.x + 20, at.y + at.height / 2);
        await hasNote(/det A = 3/, 20_000);
        await hasNote(/k · det A = 9|det A = 9/);
        for (const [name, { label }] of Object.entries(themes)) {
          await pickTheme(me, label);
          await page.waitForTimeout(700);
          await shot(`notebook-${name}`);
        }
        await page.keyboard.press("Control+Enter");
        await page.locator(".notebook-editor .cell-status-item", { hasText: "2 formulas" }).first().waitFor();
      },
    );
    await step("an edit of the array changes the notes of the cells below", async () => {
      const array = line("A = np.array");
      await array.click();
      await page.keyboard.press("Home");
      for (let i = 0; i < "A = np.array([[".length; i++) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Delete");
      await page.keyboard.type("7");
      await hasNote(/\[\[?4,? 10/, 20_000);
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      await hasNote(/\[\[?-1,? 0/, 20_000);
    });
    await step("a cell moved below its use takes its names away, and moved back brings them again", async () => {
      await line("B = np.array").click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await line("A = np.array").click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Alt+ArrowDown");
      await page.keyboard.press("Alt+ArrowDown");
      await me.until(me.notes, (all) => !all.some((t) => /-1,? 0/.test(t)), "no product", 20_000);
      await page.keyboard.press("Alt+ArrowUp");
      await page.keyboard.press("Alt+ArrowUp");
      await hasNote(/\[\[?-1,? 0/, 20_000);
    });
    await step("saved, the notebook has its outputs as they were, and nothing of ours", async () => {
      await line("A @ B").click();
      await page.keyboard.press("End");
      await page.keyboard.type(" ");
      await page.keyboard.press("Backspace");
      await page.keyboard.press("Control+s");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
      const saved = JSON.parse(readFileSync(file, "utf8"));
      const wanted = notebook();
      const sources = (n) => n.cells.map((c) => [c.cell_type, [c.source].flat().join("").trimEnd()]);
      if (JSON.stringify(sources(saved)) !== JSON.stringify(sources(wanted))) throw new Error(JSON.stringify(sources(saved)));
      const { outputs } = saved.cells[1];
      if (outputs.length !== 1 || outputs[0].name !== OUTPUT.name || [outputs[0].text].flat().join("") !== OUTPUT.text.join(""))
        throw new Error(JSON.stringify(outputs));
      if (/scholium/i.test(readFileSync(file, "utf8"))) throw new Error("something of ours is in the file");
    });
    await step("a deleted cell takes its notes with it", async () => {
      const product = /\[\[?-1,? 0/;
      await line("A @ B").click();
      await page.keyboard.press("End");
      // An explicit note besides the live one.
      await page.keyboard.press("Alt+Equal");
      await hasNote(product);
      await page.keyboard.press("Escape");
      await me.command("Notebook: Delete Cell");
      await line("A @ B").waitFor({ state: "detached" });
      await me.until(me.notes, (all) => !all.some((t) => product.test(t)), "no product", 20_000);
    });
  });
}
