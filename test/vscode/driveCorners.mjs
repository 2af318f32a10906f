// What is easily wrong at the edges, in the hands of a user: Esc among other widgets, two editors of a file, comparisons, Restricted Mode,
// several folders, the search editor, long lines, many selections, the ink of hovers, a dead engine, notebooks, a workspace without a disk.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withWorkspace } from "./drive.mjs";
import { driveDeaths } from "./driveDeaths.mjs";
import { driveNotebooks } from "./driveNotebooks.mjs";
import { contrasts, pickTheme } from "./driveNotes.mjs";
import { panelOf } from "./drivePanel.mjs";
import { driveVirtual } from "./driveVirtual.mjs";
import { stepsOf } from "./steps.mjs";
import { themes } from "./themes.mjs";
import { tinyVsix } from "./tinyVsix.mjs";

const NOTE = String.raw`# Note

$\begin{pmatrix}1&2\\3&4\end{pmatrix}^{-1}$

$6 \cdot 7$

Words and words, then $1 + (2 \cdot 3)$ and more words.

$\sum_{i=1}^{3000}\sum_{j=1}^{3000} \sin(i j)^2$
`;
/** Lines of a note that leave an editor of 99 columns much room, and little. */
const WRAPPED = [
  "$A = \\begin{pmatrix}2&1&0\\\\1&3&1\\\\0&1&4\\end{pmatrix}$",
  "$1+1$ and a few words",
  ...[57, 77, 88].map((n) => `${"words and ".repeat(10).slice(0, n - 8)}$A^{-1}$`),
].join("\n\n");
const MATRIX = 2;
const PRODUCT = 4;
const SLOW = 8;

export async function driveCorners(vsix, browser, say) {
  const fill = (folder) => {
    writeFileSync(path.join(folder, "note.md"), NOTE);
    writeFileSync(path.join(folder, "other.md"), "$2 + 3$\n\nwords\n");
    writeFileSync(path.join(folder, "old.md"), "Here $6 \\cdot 7$.\n");
    writeFileSync(path.join(folder, "pair.md"), "Both $1+1$ and $2+2$ here.\n\n$2 $\n");
    writeFileSync(path.join(folder, "wrapped.md"), WRAPPED);
    writeFileSync(path.join(folder, "many.md"), Array.from({ length: 120 }, (_, i) => `$${i}+1$ x`).join("\n"));
  };
  const steps = (shot) => stepsOf(say, shot, { part: "corners-", only: process.env.ONLY });
  const hands = (me) => {
    const { page } = me;
    return {
      evaluate: async (line, column = 3) => {
        await me.goto(line, column);
        await page.keyboard.press("Alt+Equal");
      },
      groups: () =>
        page
          .locator(".editor-group-container, .monaco-diff-editor .editor")
          .evaluateAll((all) =>
            all.map(
              (g) =>
                [...g.querySelectorAll(".view-lines span[class*='ced-']")].filter(
                  (e) => !["", "none", "normal"].includes(getComputedStyle(e, "::after").content),
                ).length,
            ),
          ),
      notification: (text) => page.locator(".notification-toast", { hasText: text }).first().waitFor(),
      async closeNotifications() {
        await me.command("Notifications: Clear All Notifications");
      },
    };
  };

  // A stand-in for modal editing: takes Esc as such extensions do, and says in which mode it is.
  const modal = tinyVsix({
    name: "modal",
    commands: [
      { command: "modal.insert", title: "Modal: Insert" },
      { command: "modal.normal", title: "Modal: Normal" },
    ],
    keybindings: [{ command: "modal.normal", key: "escape", when: "editorTextFocus && vim.active && vim.mode == 'Insert'" }],
    main: `const vscode = require("vscode");
      const said = vscode.window.createStatusBarItem();
      said.show();
      const set = async (mode) => {
        await vscode.commands.executeCommand("setContext", "vim.mode", mode);
        said.text = "-- " + mode.toUpperCase() + " --";
      };
      exports.activate = (context) => {
        vscode.commands.executeCommand("setContext", "vim.active", true);
        set("Normal");
        for (const mode of ["Insert", "Normal"])
          context.subscriptions.push(vscode.commands.registerCommand("modal." + mode.toLowerCase(), () => set(mode)));
      };`,
  });
  await withWorkspace(vsix, browser, { fill, name: "failure-corners" }, async (me, shot, opened) => {
    const { page } = me;
    const step = steps(shot);
    const { hasNote, noNotes } = me;
    const { evaluate, groups, notification, closeNotifications } = hands(me);
    await me.openFile("note.md");

    await step("Esc closes the suggestions, the find widget and the hover first, and the note only then", async () => {
      await evaluate(PRODUCT);
      await hasNote(/= 42/);
      await page.keyboard.press("Control+Space");
      const suggest = page.locator(".suggest-widget.visible").first();
      await suggest.waitFor();
      await page.keyboard.press("Escape");
      await suggest.waitFor({ state: "hidden" });
      await hasNote(/= 42/);
      await page.keyboard.press("Control+f");
      const find = page.locator(".find-widget.visible").first();
      await find.waitFor();
      await page.keyboard.press("Escape");
      await find.waitFor({ state: "hidden" });
      await hasNote(/= 42/);
      await me.goto(PRODUCT, 3);
      await page.keyboard.press("Control+k");
      await page.keyboard.press("Control+i");
      const hover = page.locator(".monaco-hover:visible img").first();
      await hover.waitFor();
      await page.keyboard.press("Escape");
      await hover.waitFor({ state: "hidden" });
      // A note would take a moment to go.
      await page.waitForTimeout(500);
      await hasNote(/= 42/);
      await page.keyboard.press("Escape");
      await noNotes();
    });
    await step("with a selection Esc clears the note first and the selection next", async () => {
      await me.select(PRODUCT, 1, 10);
      await page.keyboard.press("Alt+Equal");
      await hasNote(/= 42/);
      const selected = () => page.locator(".editor-group-container.active .selected-text").count();
      if ((await selected()) === 0) throw new Error("nothing is selected");
      await page.keyboard.press("Escape");
      await noNotes();
      if ((await selected()) === 0) throw new Error("the selection went with the note");
      await page.keyboard.press("Escape");
      await me.until(selected, (n) => n === 0, "no selection");
    });
    await step("a file in two editors has its note in both, and an edit in one changes both", async () => {
      await evaluate(PRODUCT);
      await hasNote(/= 42/);
      await page.keyboard.press("Control+Backslash");
      await me.until(groups, (all) => all.length === 2 && all.every((n) => n === 1), "a note in each editor");
      await me.goto(PRODUCT, 10);
      await page.keyboard.press("Backspace");
      await page.keyboard.type("8");
      await me.until(me.notes, (all) => all.filter((t) => /= 48/.test(t)).length === 2, "the new value in each");
      await shot("split");
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+w");
      await me.until(groups, (all) => all.length === 1, "one editor");
    });
    await step("Alt+= in the search editor still grows the context, and evaluates nothing", async () => {
      await me.command("Search Editor: New Search Editor");
      await page.locator(".search-editor .monaco-inputbox textarea, .search-editor .monaco-editor textarea").first().waitFor();
      await page.keyboard.type("cdot");
      await page.keyboard.press("Enter");
      const result = page.locator(".search-editor .view-line", { hasText: "cdot" }).last();
      await result.waitFor();
      await result.click();
      const lines = () => page.locator(".search-editor .search-results .view-line, .search-editor .monaco-editor .view-line").count();
      const before = await lines();
      await page.keyboard.press("Alt+Equal");
      await me.until(lines, (n) => n > before, "more lines of context");
      if ((await me.notes()).length) throw new Error("a note in the search editor");
      await page.keyboard.press("Control+w");
    });
    await step("a comparison shows live notes on the right only", async () => {
      await me.openFile("old.md");
      await me.command("File: Compare Active File With...");
      const box = page.locator(".quick-input-widget input[type='text']").first();
      await box.fill("other.md");
      await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "other.md" }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".monaco-diff-editor .editor.modified .view-line").first().waitFor();
      await page.locator(".monaco-diff-editor .editor.modified .view-line").first().click();
      await me.command("Scholium: Toggle Live Notes in This Document");
      const side = (name) =>
        page
          .locator(`.monaco-diff-editor .editor.${name} .view-lines span[class*='ced-']`)
          .evaluateAll((all) => all.map((e) => getComputedStyle(e, "::after").content).filter((c) => c && c !== "none" && c !== "normal"));
      await me.until(
        () => side("modified"),
        (all) => all.length === 1,
        "a note on the right",
      );
      if ((await side("original")).length) throw new Error("a note on the left");
      await shot("comparison");
      await me.command("Scholium: Toggle Live Notes in This Document");
      await page.keyboard.press("Control+w");
    });
    await step("Append takes the note of its formula along, not that of another one; a read-only document keeps its notes and copies", async () => {
      await me.openFile("pair.md");
      await evaluate(0, 17);
      await hasNote(/= 4/);
      await evaluate(0, 7);
      await hasNote(/= 2/);
      await page.keyboard.press("Shift+Alt+Equal");
      await page.locator(".editor-group-container.active .view-line", { hasText: "$1+1 = 2$" }).first().waitFor();
      await me.until(me.notes, (all) => all.length === 1 && /= 4/.test(all[0]), "only the other note");
      await me.command("File: Set Active Editor Read-only in Session");
      await me.goto(0, 20);
      await me.command('Scholium: Evaluate and Append "= Result"');
      await notification("This document is read-only; the result was copied instead.");
      await me.until(me.notes, (all) => all.length === 1 && /= 4/.test(all[0]), "the note still");
      await closeNotifications();
      await me.command("File: Reset Active Editor Read-only in Session");
      await me.command("Scholium: Clear Notes");
    });
    await step("a snippet's places are filled one after the other by Tab, and its matrix is evaluated", async () => {
      await me.openFile("pair.md");
      await me.goto(2, 3);
      await page.keyboard.type("smat2");
      await page.keyboard.press("Control+Space");
      const entry = page.locator(".suggest-widget.visible .monaco-list-row.focused", { hasText: "smat2" }).first();
      await entry.waitFor();
      await shot("snippet");
      await page.keyboard.press("Enter");
      for (const number of ["2", "1", "7", "4"]) {
        await page.keyboard.type(number);
        await page.keyboard.press("Tab");
      }
      await page.keyboard.type("^{-1}");
      await page.keyboard.press("Alt+Equal");
      await hasNote(/= .*8.*-2.*-14.*4/);
      await page.keyboard.press("Escape");
      await noNotes();
    });
    await step("tabs switched during a long computation: no note appears in the wrong file", async () => {
      await me.openFile("note.md");
      await evaluate(SLOW, 10);
      for (const name of ["other.md", "old.md", "other.md"]) {
        await me.openFile(name);
        await page.waitForTimeout(700);
        if ((await me.notes()).length) throw new Error(`a note in ${name}: ${await me.notes()}`);
      }
      await me.openFile("note.md");
      await hasNote(/⏱|⋯|≈/, 15_000);
      await me.command("Scholium: Cancel Computation").catch(() => {});
      await me.goto(SLOW, 10);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
    });
    await step("the status item says that it computes, and Cancel ends it", async () => {
      await me.goto(SLOW, 10);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Alt+Equal");
      await page.waitForTimeout(900);
      await me.command("Scholium: Cancel Computation");
      await hasNote(/⏱ cancelled/, 3000);
      await page.keyboard.press("Escape");
      await noNotes();
    });
    await step("120 selections: 50 notes and a message", async () => {
      await me.openFile("many.md");
      await me.goto(0, 0);
      await page.keyboard.press("Control+f");
      await page.keyboard.type("+1");
      await page.keyboard.press("Alt+Enter");
      await page.keyboard.press("Alt+Equal");
      await notification("120 selections; the first 50 were evaluated.");
      await page.keyboard.press("Escape");
      await closeNotifications();
      await me.command("Scholium: Clear Notes");
      await page.keyboard.press("Control+w");
    });
    await step("no bulb of ours follows the cursor through prose", async () => {
      await me.openFile("note.md");
      for (let k = 0; k < 12; k++) {
        await me.goto(6, 2 + k);
        await page.waitForTimeout(120);
        const bulbs = await page
          .locator(".editor-group-container.active .codicon-light-bulb:visible, .editor-group-container.active .lightbulb-glyph:visible")
          .count();
        if (bulbs) throw new Error(`a bulb at column ${2 + k}`);
      }
    });
    await step("opening a file with lenses off moves no line", async () => {
      await me.openFile("other.md");
      const tops = () =>
        page
          .locator(".editor-group-container.active .view-line")
          .evaluateAll((all) => all.map((e) => e.getBoundingClientRect().top).sort((a, b) => a - b));
      const before = await tops();
      await page.waitForTimeout(1500);
      if (JSON.stringify(before) !== JSON.stringify(await tops())) throw new Error("lines moved");
    });
    await step(
      "where lines wrap, no note brings a horizontal scroll bar, at the end of a short line or of one that nearly fills the editor",
      async () => {
        await me.openFile("wrapped.md");
        await me.command("Scholium: Toggle Live Notes in This Document");
        await me.until(me.notes, (all) => all.length === WRAPPED.split("\n\n").length, "the notes");
        await shot("wrapped");
        const bar = page.locator(".editor-group-container.active .editor-scrollable > .scrollbar.horizontal").first();
        const { slider, whole } = await bar.evaluate((e) => ({
          slider: e.querySelector(".slider").getBoundingClientRect().width,
          whole: e.getBoundingClientRect().width,
        }));
        if (slider < whole - 1) throw new Error(`the bar moves ${slider} of ${whole} px: ${await me.notes()}`);
        await me.command("Scholium: Toggle Live Notes in This Document");
      },
    );
    for (const [name, { label }] of Object.entries(themes))
      await step(`value, stale value and error are readable in ${label}`, async () => {
        await pickTheme(me, label);
        await me.openFile("note.md");
        await me.command("Scholium: Clear Notes").catch(() => {});
        await me.goto(6, 26);
        await page.keyboard.press("Alt+Equal");
        await hasNote(/= 7/);
        const end = NOTE.split("\n")[6].indexOf(")$") + 1;
        await me.goto(6, end);
        await page.keyboard.press("Backspace");
        await hasNote(/= 7 ⋯/);
        const stale = await page.evaluate(contrasts);
        await hasNote(/⚠/);
        const error = await page.evaluate(contrasts);
        await page.keyboard.type(")");
        await hasNote(/= 7$/);
        const value = await page.evaluate(contrasts);
        for (const [state, all] of Object.entries({ stale, error, value }))
          if (all.length === 0 || all.some((c) => c < 4.5)) throw new Error(`${state} in ${name}: ${all.map((c) => c.toFixed(2))}`);
        await page.keyboard.press("Escape");
      });
    await step("the ink of a hover follows VS Code's theme, not the system's", async () => {
      /** Mean lightness of the ink of the first picture. */
      const ink = () =>
        page
          .locator(".monaco-hover:visible img")
          .first()
          .evaluate(async (img) => {
            await img.decode();
            const c = document.createElement("canvas");
            [c.width, c.height] = [img.naturalWidth, img.naturalHeight];
            const g = c.getContext("2d");
            g.drawImage(img, 0, 0);
            const { data } = g.getImageData(0, 0, c.width, c.height);
            let [sum, count] = [0, 0];
            for (let i = 0; i < data.length; i += 4)
              if (data[i + 3] > 200) {
                sum += (data[i] + data[i + 1] + data[i + 2]) / 765;
                count++;
              }
            return count ? sum / count : -1;
          });
      for (const [system, label, light] of [
        ["light", "Dark Modern", true],
        ["dark", "Light Modern", false],
      ]) {
        await page.emulateMedia({ colorScheme: system });
        await pickTheme(me, label);
        await me.goto(PRODUCT, 3);
        await page.keyboard.press("Control+k");
        await page.keyboard.press("Control+i");
        await page.locator(".monaco-hover:visible img").first().waitFor();
        const lightness = await ink();
        if (light ? lightness < 0.6 : lightness > 0.4 || lightness < 0)
          throw new Error(`ink of lightness ${lightness} in ${label} under a ${system} system`);
        await page.keyboard.press("Escape");
      }
      await page.emulateMedia({ colorScheme: null });
    });
    await step("no request left this machine", async () => {
      if (opened.outside.length) throw new Error(opened.outside.join("\n"));
    });
  });

  await withWorkspace(vsix, browser, { fill, name: "failure-modal", more: [modal] }, async (me, shot) => {
    const { page } = me;
    const step = steps(shot);
    const { hasNote, noNotes } = me;
    const { evaluate } = hands(me);
    await step("with modal editing Esc leaves the insert mode first and clears the note next", async () => {
      await me.openFile("note.md");
      const mode = (name) => page.locator(".statusbar-item", { hasText: `-- ${name} --` }).waitFor();
      await me.command("Modal: Insert");
      await mode("INSERT");
      await evaluate(PRODUCT);
      await hasNote(/= 42/);
      await page.keyboard.press("Escape");
      await mode("NORMAL");
      await page.waitForTimeout(400);
      await hasNote(/= 42/);
      await page.keyboard.press("Escape");
      await noNotes();
    });
  });

  await withWorkspace(
    vsix,
    browser,
    {
      fill,
      name: "failure-restricted",
      trust: true,
      settings: { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" },
    },
    async (me, shot) => {
      const { page } = me;
      const step = steps(shot);
      const { hasNote } = me;
      const { evaluate } = hands(me);
      await step("in Restricted Mode Evaluate, hover and panel work", async () => {
        await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor();
        await me.openFile("note.md");
        await evaluate(MATRIX);
        await hasNote(/= \[-2 1; 3\/2 -1\/2\]/);
        await page.keyboard.press("Control+k");
        await page.keyboard.press("Control+i");
        await page.locator(".monaco-hover:visible img[alt*='2 by 2']").first().waitFor();
        await page.keyboard.press("Escape");
        await page.keyboard.press("Shift+Alt+V");
        await panelOf(me).facts(/rank\s*2/, "facts in the panel", 15_000);
        await shot("restricted");
      });
    },
  );

  const folders = (folder) => {
    for (const [name, text, digits] of [
      ["one", "$1/3 + 0.0$\n", 2],
      ["two", "$1/3 + 0.0$\n", 9],
    ]) {
      mkdirSync(path.join(folder, name, ".vscode"), { recursive: true });
      writeFileSync(path.join(folder, name, `${name}.md`), text);
      writeFileSync(
        path.join(folder, name, ".vscode/settings.json"),
        JSON.stringify({ "scholium.format.digits": digits, "scholium.format.exact": "never" }),
      );
    }
    writeFileSync(path.join(folder, "both.code-workspace"), JSON.stringify({ folders: [{ path: "one" }, { path: "two" }] }));
  };
  await withWorkspace(vsix, browser, { fill: folders, name: "failure-folders", workspace: "both.code-workspace" }, async (me, shot) => {
    const step = steps(shot);
    const { hasNote } = me;
    const { evaluate } = hands(me);
    await step("with two folders each file is evaluated by the settings of its own", async () => {
      await me.openFile("one.md");
      await evaluate(0);
      await hasNote(/≈ 0\.33$/);
      await me.openFile("two.md");
      await evaluate(0);
      await hasNote(/≈ 0\.333333333$/);
    });
  });
  await driveDeaths(vsix, browser, say);
  await driveNotebooks(vsix, browser, say);
  await driveVirtual(vsix, browser, say);
}
