// The packaged extension in the hands of a user: real keys, real mouse, and pictures of what was seen.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../tools/run.mjs";
import { freshProfile, installVsix, startServer, teach, workbenchUrl } from "./server.mjs";
import { stepsOf } from "./steps.mjs";
import { openWorkbench, user } from "./workbench.mjs";

const shots = path.join(root, "test-results/vscode");

/**
 * Installs the package, and `more` of them, into a fresh profile, fills a workspace, opens it (or the workspace file in it) and hands over to
 * the user. With `trust` the editor asks whether folders are trusted; `locale` is the language that extensions speak; `folder`
 * an address of a folder elsewhere, which the browser opens instead.
 */
export async function withWorkspace(
  vsix,
  browser,
  { fill = () => {}, settings = {}, viewport, locale, name = "failure", more = [], trust = false, workspace, folder },
  action,
) {
  mkdirSync(shots, { recursive: true });
  const profile = freshProfile({ "editor.minimap.enabled": false, ...settings });
  fill(profile.ws);
  let server;
  let opened;
  let stopped;
  try {
    for (const file of [vsix, ...more]) await installVsix(profile, file);
    server = await startServer(profile, { trust, locale });
    // Not before: a server that starts forgets languages no extension brought.
    if (locale) teach(profile, locale);
    opened = await openWorkbench(
      browser,
      workbenchUrl(server.authority, workspace ? { workspace: path.join(profile.ws, workspace) } : { folder: folder ?? profile.ws }),
      { viewport, locale },
    );
    await action(user(opened.page), (shot) => opened.page.screenshot({ path: path.join(shots, `${shot}.png`) }), { ...opened, server });
  } catch (e) {
    await opened?.page.screenshot({ path: path.join(shots, `${name}.png`) }).catch(() => {});
    throw e;
  } finally {
    await opened?.context.close();
    stopped = await server?.stop();
    profile.remove();
  }
  if (stopped?.left) throw new Error("processes of the server were left");
}

/** The sample notes as a workspace. */
export const samples = (folder) => cpSync(path.join(root, "extension/samples"), folder, { recursive: true });

const RELATED = `# Related work

Rotary embeddings (arXiv:2104.09864v5) are what most models use today;
low-rank adaptation is 2106.09685, and its analysis 2310.06825.

- Doe et al., *An invented title*, https://aclanthology.org/2024.acl-long.1/
- Roe, https://openreview.net/forum?id=LcF-EEt8cCC
`;

/** A note with references as a workspace. */
export const references = (folder) => writeFileSync(path.join(folder, "related.md"), RELATED);

/** Opens the hover over a paper's ID, by the mouse, once the ID is a link. */
export async function hoverOn(me, id) {
  const link = me.page.locator(".editor-group-container.active .detected-link", { hasText: id.slice(0, 8) }).first();
  await link.waitFor();
  const box = await link.boundingBox();
  await me.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
  await me.page.locator(".monaco-hover a", { hasText: "Cool Papers" }).first().waitFor();
  await me.page.waitForTimeout(500);
}

const line = (me, text) => me.page.locator(".editor-group-container.active .view-line", { hasText: text }).first();
const lineNumber = (text, wanted) => text.split("\n").findIndex((l) => l.includes(wanted));

/** What a user does, as sentences; each throws when it does not come out as said. */
export async function drive(vsix, browser, say) {
  const sample = (name) => readFileSync(path.join(root, "extension/samples", name), "utf8");
  const inverse = "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}";
  await withWorkspace(
    vsix,
    browser,
    {
      fill: (folder) => {
        samples(folder);
        references(folder);
      },
    },
    async (me, shot, opened) => {
      const { page, hasNote, noNotes } = me;
      const step = stepsOf(say, shot, { only: process.env.ONLY });

      await me.openFile("notes.md");
      const markdown = sample("notes.md");
      const first = lineNumber(markdown, inverse);

      await step("Alt+= on the selected matrix shows its inverse, in the notation there is room for", async () => {
        await me.select(first, 1, 1 + inverse.length);
        await page.keyboard.press("Alt+Equal");
        await hasNote(/= \[-2 1; 3\/2 -1\/2\]/);
        await shot("note");
      });
      await step("editing a number updates the note, and undo brings it back", async () => {
        await me.goto(first, 1 + inverse.indexOf("4") + 1);
        await page.keyboard.press("Backspace");
        await page.keyboard.type("5");
        await hasNote(/-5\s*&\s*2/);
        await page.keyboard.press("Control+z");
        await page.keyboard.press("Control+z");
        await hasNote(/= \[-2 1; 3\/2 -1\/2\]/);
      });
      await step("the hover shows the typeset value and its facts", async () => {
        const box = await line(me, "1&2").boundingBox();
        await page.mouse.move(box.x + 120, box.y + box.height / 2, { steps: 5 });
        const img = page.locator(".monaco-hover img[alt*='by 2 matrix']").first();
        await img.waitFor();
        await me.until(
          () => img.evaluate((i) => i.naturalWidth),
          (w) => w > 0,
          "the picture is decoded",
        );
        await page.waitForTimeout(300);
        await shot("hover");
        await page.mouse.move(700, 640, { steps: 3 });
      });
      await step("the hover opens on the note itself", async () => {
        const note = page.locator(".editor-group-container .view-lines span[class*='ced-']").first();
        const box = await note.boundingBox();
        await page.mouse.move(box.x + box.width - 20, box.y + box.height / 2, { steps: 5 });
        await page.locator(".monaco-hover img[alt*='by 2 matrix']").first().waitFor();
        await page.mouse.move(700, 640, { steps: 3 });
      });
      await step("Esc clears the note on the line, and a second Esc does nothing of ours", async () => {
        await page.locator(".monaco-hover:visible").first().waitFor({ state: "hidden" });
        await page.keyboard.press("Escape");
        await noNotes();
        await page.keyboard.press("Escape");
      });
      await step("a singular matrix says so beside it", async () => {
        const at = lineNumber(markdown, "2&4");
        await me.goto(at, 8);
        await page.keyboard.press("Alt+Equal");
        await hasNote(/⚠.*singular/);
        await shot("problem");
        await page.keyboard.press("Escape");
      });
      await step("the context menu has Scholium's commands at a formula", async () => {
        await me.goto(first, 6);
        await page.waitForTimeout(300);
        await page.keyboard.press("Shift+F10");
        const entry = page.locator(".monaco-menu .action-item", { hasText: "Scholium" }).first();
        await entry.waitFor();
        await entry.hover();
        await page.locator(".monaco-menu .action-item", { hasText: "Visualize" }).first().waitFor();
        await page.waitForTimeout(300);
        await shot("menu");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Escape");
      });
      await step("live notes show all values in sight", async () => {
        await me.command("Scholium: Toggle Live Notes in This Document");
        await me.until(me.notes, (all) => all.length >= 5, "live notes");
        await page.waitForTimeout(300);
        await shot("live");
        await me.command("Scholium: Toggle Live Notes in This Document");
        await noNotes();
      });
      await step("Shift+Alt+V shows the matrix in a panel, drawn", async () => {
        await me.goto(lineNumber(markdown, "A = \\begin"), 30);
        await page.waitForTimeout(300);
        await page.keyboard.press("Shift+Alt+V");
        const view = me.webview();
        await me.until(
          () =>
            view
              .locator("#title")
              .textContent()
              .catch(() => ""),
          (t) => t !== "",
          "the panel's title",
        );
        await me.until(
          () =>
            view
              .locator(".facts")
              .allTextContents()
              .then((all) => all.join(" ")),
          (t) => /rank\s*3/.test(t),
          "facts",
        );
        await me.until(
          () =>
            view.locator("#heatmap").evaluate((c) => {
              const { data } = c.getContext("2d").getImageData(0, 0, c.width, c.height);
              let painted = 0;
              for (let i = 3; i < data.length; i += 4) if (data[i]) painted++;
              return painted / (data.length / 4);
            }),
          (part) => part > 0.2,
          "painted part of the heatmap",
        );
        await shot("panel");
      });
      await step("the panel is driven by keys: cursor, table, back to the editor", async () => {
        const view = me.webview();
        await view.locator("#heatmap").focus();
        await page.keyboard.press("ArrowRight");
        await me.until(
          () => view.locator(".readout").textContent(),
          (t) => /row 1, column 2: 1/.test(t),
          "the cell's value",
        );
        await page.keyboard.press("t");
        await view.locator("table th[scope='row']").first().waitFor();
        await shot("table");
        await view.locator("#table").press("Enter");
        await view.locator("#heatmap").focus();
        await page.keyboard.press("Escape");
        await me.until(() => page.evaluate(() => document.activeElement?.closest(".editor-instance") !== null), Boolean, "focus in the editor");
      });
      await step("a product of NumPy arrays, a MATLAB transpose and a CSV block are right", async () => {
        const python = sample("arrays.py");
        const product = "np.array([[1,2],[3,4]]) @ np.array([[5],[6]])";
        await me.openFile("arrays.py");
        const at = lineNumber(python, product);
        await me.select(at, python.split("\n")[at].indexOf(product), python.split("\n")[at].length);
        await page.keyboard.press("Alt+Equal");
        await hasNote(/np\.array\(\[\[17\.?0?\], ?\[39\.?0?\]\]\)/);
        await shot("numpy");
        await me.openFile("matrices.m");
        await me.select(lineNumber(sample("matrices.m"), "[1 2; 3 4]'"), 0, 11);
        await page.keyboard.press("Alt+Equal");
        await hasNote(/= \[1,? 3; 2,? 4\]/);
        await me.openFile("measurements.csv");
        await page.keyboard.press("Control+Home");
        await page.keyboard.press("Control+a");
        await page.keyboard.press("Alt+Equal");
        await hasNote(/4 ?× ?3|1,2,0\.5/);
        await shot("csv");
      });
      await step("a paper's ID is a link, whose hover offers the places to read it", async () => {
        await me.openFile("related.md");
        await hoverOn(me, "arXiv:2104.09864v5");
        const offered = await page.locator(".monaco-hover a").allTextContents();
        for (const place of ["Cool Papers", "arXiv", "arXiv PDF", "alphaXiv"])
          if (!offered.includes(place)) throw new Error(`no ${place} among ${offered.join(", ")}`);
        await shot("paper");
        await page.mouse.move(700, 640, { steps: 3 });
      });
      const opens = async (address) => {
        const asked = page.locator(".monaco-dialog-box", { hasText: "external website" });
        await me.command("Scholium: Open Papers in Selection");
        await asked.waitFor();
        const text = await asked.textContent();
        await page.keyboard.press("Escape");
        await asked.waitFor({ state: "detached" });
        if (!text.includes(address)) throw new Error(text);
      };
      await step("Open Papers in Selection asks the browser for one page with all papers of the line", async () => {
        // Without a selection the line is meant.
        await me.goto(lineNumber(RELATED, "low-rank"), 4);
        await opens("papers.cool/arxiv/2106.09685,2310.06825");
      });
      await step("Open Papers in Selection opens the papers of all lines selected, and of every cursor", async () => {
        const first = lineNumber(RELATED, "Rotary");
        await me.goto(first, 0);
        for (let lines = 0; lines < 2; lines++) await me.command("Expand Line Selection");
        await opens("papers.cool/arxiv/2104.09864,2106.09685,2310.06825");
        await me.goto(first, 0);
        // The first line takes two rows.
        for (let rows = 0; rows < 2; rows++) await me.command("Add Cursor Below");
        await opens("papers.cool/arxiv/2104.09864,2106.09685,2310.06825");
        await page.keyboard.press("Escape");
      });
      await step("Open Papers in Selection says when there is no paper", async () => {
        await me.goto(1, 0);
        await me.command("Scholium: Open Papers in Selection");
        await page.locator(".notification-list-item", { hasText: "no paper in the selection" }).waitFor();
      });
      await step("no request left this machine", async () => {
        if (opened.outside.length) throw new Error(opened.outside.join("\n"));
      });
    },
  );
}
