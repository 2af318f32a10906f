// The panel in the hands of a user: each kind of view, keys, following and pinning, comparing, exports, a dead engine, a reload.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withWorkspace } from "./drive.mjs";
import { stepsOf } from "./steps.mjs";

const NOTES = String.raw`# Matrices

$$A = \begin{pmatrix} 4 & 1 & -2 \\ 1 & 3 & 0 \\ -2 & 0 & 5 \end{pmatrix}$$

Words without a formula stand here.

$$B = \begin{pmatrix} 4 & 1 & -2 \\ 1 & 7 & 0 \\ -2 & 0 & 5 \end{pmatrix}$$

$$f(x) = a x^2 + \sin(x)$$

$$g(x, y) = x^2 - y^2$$
`;
const CODE = "W = sin((1:700)' * (1:700) / 9000)\n";

/** The panel as these steps see it. */
export function panelOf(me) {
  const view = () => me.webview();
  const { page } = me;
  return {
    view,
    title: () =>
      view()
        .locator("#title")
        .innerText()
        .catch(() => ""),
    async goto(line, column) {
      await this.toEditor();
      await me.goto(line, column);
    },
    async toEditor() {
      await page.keyboard.press("Control+1");
      await me.until(() => page.evaluate(() => document.activeElement?.closest(".monaco-editor") !== null), Boolean, "the focus in the editor");
    },
    async visualize(line, column) {
      await this.goto(line, column);
      await page.waitForTimeout(500);
      await page.keyboard.press("Shift+Alt+V");
    },
    shows(title) {
      return me.until(this.title, (t) => t === title || (title instanceof RegExp && title.test(t)), `the title ${title}`, 15_000);
    },
    choose: (picture) => view().locator("#picture").selectOption(picture),
    facts: (pattern, what, milliseconds) =>
      me.until(
        () =>
          view()
            .locator("#tab-body")
            .innerText()
            .catch(() => ""),
        (t) => pattern.test(t),
        what,
        milliseconds,
      ),
    figure: (pattern, what) =>
      me.until(
        () =>
          view()
            .locator(".figures.large .figure-one")
            .first()
            .getAttribute("aria-label")
            .catch(() => ""),
        (t) => pattern.test(t ?? ""),
        what,
      ),
    press: (key) => view().locator("#heatmap").press(key),
    readout: (pattern) =>
      me.until(
        () => view().locator(".readout").innerText(),
        (t) => pattern.test(t),
        `a read-out like ${pattern}`,
      ),
  };
}

/** Share of the heatmap's pixels that are painted. */
export const painted = (view) =>
  view.locator("#heatmap").evaluate((c) => {
    const { data } = c.getContext("2d").getImageData(0, 0, c.width, c.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i]) count++;
    return count / (data.length / 4);
  });

export async function drivePanel(vsix, browser, say) {
  let folder;
  const fill = (ws) => {
    folder = ws;
    writeFileSync(path.join(ws, "notes.md"), NOTES);
    writeFileSync(path.join(ws, "matrices.m"), CODE);
  };
  const settings = { "files.associations": { "*.m": "matlab" }, "files.simpleDialog.enable": true };
  await withWorkspace(vsix, browser, { fill, settings, viewport: { width: 1400, height: 850 }, name: "panel-failure" }, async (me, shot, opened) => {
    const { page } = me;
    const panel = panelOf(me);
    const violations = [];
    page.on("console", (m) => /Content Security Policy|message refused/.test(m.text()) && violations.push(m.text()));
    const step = stepsOf(say, shot, { part: "panel-" });
    await me.openFile("notes.md");

    await step("a matrix is drawn, its facts are beside it, and the focus stays in the text", async () => {
      await panel.goto(2, 24);
      // The key is bound where the extension has seen a formula; it starts with the editor.
      const tab = page.locator(".tab", { hasText: "Scholium" });
      for (let tries = 0; tries < 20 && !(await tab.count()); tries++) {
        await page.keyboard.press("Shift+Alt+V");
        await page.waitForTimeout(1000);
      }
      await panel.shows("A");
      await panel.facts(/rank\s*3[\s\S]*symmetric/, "facts");
      await me.until(
        () => painted(panel.view()),
        (part) => part > 0.2,
        "the painted part of the heatmap",
      );
      if (!(await page.evaluate(() => document.activeElement?.closest(".monaco-editor") !== null))) throw new Error("the focus left the editor");
    });
    await step("the cell cursor is moved by keys and read out exactly, as a grid", async () => {
      const heatmap = panel.view().locator("#heatmap");
      await panel.press("ArrowRight");
      await panel.press("ArrowDown");
      await panel.readout(/row 2, column 2: 3/);
      await panel.press("Control+End");
      await panel.readout(/row 3, column 3: 5/);
      const role = await heatmap.evaluate((c) => [
        c.getAttribute("role"),
        c.getAttribute("aria-rowcount"),
        document.getElementById(c.getAttribute("aria-activedescendant")).textContent,
      ]);
      if (role.join() !== "grid,3,5") throw new Error(role.join());
      await me.until(
        () => panel.view().locator("#live").innerText(),
        (t) => /row 3, column 3: 5/.test(t),
        "the spoken cell",
      );
    });
    await step("zoom, pan and fit work by keys and wheel", async () => {
      const sample = () =>
        panel
          .view()
          .locator("#heatmap")
          .evaluate((c) => c.toDataURL());
      const before = await sample();
      await panel.press("+");
      await panel.press("Alt+ArrowRight");
      await me.until(sample, (s) => s !== before, "another picture");
      await panel.press("0");
      await me.until(sample, (s) => s === before, "the picture from before");
    });
    await step("a row profile follows the cursor, and leaves again", async () => {
      await panel.press("r");
      await me.until(
        () =>
          panel
            .view()
            .locator(".profile .figure-one")
            .getAttribute("aria-label")
            .catch(() => ""),
        (t) => /Row 3/.test(t ?? ""),
        "the profile of row 3",
      );
      await panel.press("r");
    });
    await step("the table reads every entry and has headers", async () => {
      await panel.press("t");
      const cells = panel.view().locator(".table td");
      await me.until(
        () => cells.allInnerTexts(),
        (all) => all.filter(Boolean).join() === "4,1,−2,1,3,0,−2,0,5",
        "the entries",
      );
      if ((await panel.view().locator("th[scope=row]").count()) !== 3) throw new Error("row headers");
      await panel.view().locator("#table").press("Enter");
    });
    await step("the tabs are one stop of the Tab key, and arrows, Home and End go from one to the next", async () => {
      const tab = (name) => panel.view().locator(`#tab-${name}`);
      const open = (name) =>
        me.until(
          () =>
            panel
              .view()
              .locator("[role=tab]")
              .evaluateAll((all) =>
                all.filter((e) => e.tabIndex === 0 && e.ariaSelected === "true" && e === document.activeElement).map((e) => e.id),
              ),
          (ids) => ids.join() === `tab-${name}`,
          `${name} open with the focus on its tab`,
        );
      await tab("Facts").focus();
      for (const [key, name] of [
        ["ArrowRight", "Spectrum"],
        ["ArrowLeft", "Facts"],
        ["ArrowLeft", "Compare"],
        ["ArrowRight", "Facts"],
        ["End", "Compare"],
        ["Home", "Facts"],
      ]) {
        await page.keyboard.press(key);
        await open(name);
      }
    });
    await step("eigenvalues, pattern, graph and the action on the sphere take the heatmap's place", async () => {
      for (const [name, words] of [
        ["eigenvalues", /Eigenvalues/],
        ["pattern", /7 entries are not zero/],
        ["graph", /Graph of the matrix/],
        ["action", /Action on the unit sphere/],
      ]) {
        await panel.choose(name);
        await panel.figure(words, name);
      }
    });
    await step("the figure in space is turned by keys", async () => {
      const figure = panel.view().locator(".figures.large .figure-one").first();
      const drawn = () => figure.evaluate((e) => e.querySelector("path")?.getAttribute("d"));
      const before = await drawn();
      await figure.press("ArrowLeft");
      await me.until(drawn, (d) => d !== before, "another side");
      await panel.choose("heatmap");
    });
    await step("the spectrum's slider shows the approximation of its rank and the error", async () => {
      await panel.view().locator("#tab-Spectrum").click();
      await panel.facts(/numerical rank\s*3/, "the spectrum");
      await panel.view().locator("input#rank").press("Home");
      await panel.view().locator("input#rank").press("ArrowRight");
      await panel.choose("approximation");
      await me.until(
        () => panel.view().locator(".figure .facts").first().innerText(),
        (t) => /rank\s*1/.test(t) && /relative error\s*0\./.test(t),
        "the error",
      );
      await panel.choose("heatmap");
    });
    await step("histogram and norms are in Distribution", async () => {
      await panel.view().locator("#tab-Distribution").click();
      await panel.facts(/mean\s*1\.111/, "the mean");
      if ((await panel.view().locator("#tab-body .figure-one").count()) !== 3) throw new Error("three figures are expected");
    });
    await step("every factorisation gives its factors and a residual near rounding", async () => {
      await panel.view().locator("#tab-Factors").click();
      for (const [name, identity] of [
        ["lu", /P A = L U/],
        ["qr", /A = Q R/],
        ["cholesky", /A = L Lᴴ/],
        ["svd", /A = U Σ Vᴴ/],
        ["eigen", /A = V D Vᴴ/],
        ["schur", /A = Z T Zᴴ/],
        ["polar", /A = U H/],
      ]) {
        await panel.view().locator("#factor").selectOption(name);
        await panel.facts(identity, name);
        await panel.facts(/relative residual\s*(0(\s|$)|[\d.]+e−1[4-9])/, `the residual of ${name}`);
      }
    });
    await step("the panel follows the selection to another matrix and stays on words", async () => {
      await panel.goto(6, 24);
      await panel.shows("B");
      await panel.goto(4, 3);
      await page.waitForTimeout(600);
      await panel.shows("B");
    });
    await step("the panel follows edits, and keeps the last value of a broken formula", async () => {
      await panel.goto(6, NOTES.split("\n")[6].indexOf("7") + 1);
      await page.keyboard.press("Backspace");
      await page.keyboard.type("9");
      await panel.view().locator("#tab-Facts").click();
      await panel.facts(/trace\s*18/, "the new trace");
      await panel.toEditor();
      await page.keyboard.type("&&");
      await me.until(
        () => panel.view().locator(".state").innerText(),
        (t) => /Last good value/.test(t),
        "the badge",
      );
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      await me.until(
        () => panel.view().locator("body").getAttribute("data-state"),
        (s) => s === "value",
        "a value again",
      );
    });
    await step("a pinned panel keeps its value, a second one opens, and they are compared", async () => {
      await panel.press("f");
      await me.until(
        () => panel.view().locator("#pin").innerText(),
        (t) => t === "Pinned",
        "Pinned",
      );
      await panel.visualize(2, 24);
      await me.until(
        () => page.locator(".tab", { hasText: "Scholium" }).count(),
        (n) => n === 2,
        "two panels",
      );
      await panel.shows("A");
      await panel.view().locator("#tab-Compare").click();
      await panel.facts(/largest difference[\s\S]*\(2, 2\)/, "the largest difference");
      await panel.facts(/equal entries\s*8 of 9/, "equal entries");
      await shot("panel-compare");
    });
    await step("a function is a curve with a slider, and a function of two variables a contour and a surface", async () => {
      await panel.visualize(8, 12);
      await panel.shows(/^f\(x\)/);
      await panel.figure(/f\(x\).*points/, "the curve");
      const slider = panel.view().locator("input[type=range][aria-label=a]");
      const before = await panel.view().locator(".figure .facts").first().innerText();
      await slider.press("ArrowRight");
      await me.until(
        () => panel.view().locator(".figure .facts").first().innerText(),
        (t) => t !== before && /max/.test(t),
        "other extremes",
      );
      await panel.visualize(10, 16);
      await panel.shows(/^g\(x, y\)/);
      await panel.figure(/Values over x from/, "the contour");
      await panel.choose("surface");
      await panel.figure(/Surface over x/, "the surface");
    });
    await step("exports go through the save dialog: CSV, NPY, LaTeX, NumPy, SVG, PNG", async () => {
      await panel.visualize(2, 24);
      await panel.shows("A");
      for (const [format, extension, good] of [
        ["csv", "csv", (b) => b.toString() === "4,1,-2\n1,3,0\n-2,0,5\n"],
        ["npy", "npy", (b) => b.subarray(1, 6).toString() === "NUMPY" && b.length === 128 + 72],
        ["latex", "tex", (b) => /\\begin\{[bp]matrix\}/.test(b.toString())],
        ["numpy", "py", (b) => /^np\.array/.test(b.toString())],
        ["svg", "svg", (b) => /^<svg/.test(b.toString())],
        ["png", "png", (b) => b.subarray(1, 4).toString() === "PNG"],
      ]) {
        await panel.view().locator("#export").selectOption(format);
        const box = page.locator(".quick-input-widget input[type='text']").first();
        await box.waitFor();
        await me.until(
          () => box.inputValue(),
          (v) => v.endsWith(`A.${extension}`),
          "the proposed name",
        );
        await page.keyboard.press("Enter");
        const file = path.join(folder, `A.${extension}`);
        await me.until(() => existsSync(file), Boolean, file);
        await me.until(() => good(readFileSync(file)), Boolean, `the content of ${file}`);
        if (existsSync(`${file}.scholium-part`)) throw new Error("a draft was left");
      }
    });
    await step("a large matrix gets finer as one zooms in, and its entries are exact", async () => {
      await panel.toEditor();
      await me.openFile("matrices.m");
      await panel.visualize(0, 6);
      await panel.shows("W");
      await panel.press("Control+Home");
      await panel.readout(/row 1, column 1: 0\.000111111/);
      for (let i = 0; i < 28; i++) await panel.press("+");
      await panel.press("Control+End");
      await panel.readout(/row 700, column 700: 0?\.?[-−]?0\.\d{8,}/);
      await me.until(
        () => painted(panel.view()),
        (part) => part > 0.5,
        "tiles where one looks",
      );
    });
    await step("after the engine was restarted the panel's questions are answered again", async () => {
      await me.command("Scholium: Restart Engine");
      await panel.view().locator("#tab-Distribution").click();
      await panel.facts(/standard deviation/, "the distribution");
    });
    await step("hidden and shown again the panel is as it was", async () => {
      await panel.view().locator("#scale").selectOption("log");
      await page.waitForTimeout(400);
      const tab = page.locator(".tab", { hasText: "Scholium" });
      await tab.first().click();
      await page.waitForTimeout(800);
      await tab.last().click();
      await panel.shows("W");
      await me.until(
        () => panel.view().locator("#scale").inputValue(),
        (v) => v === "log",
        "the scale",
      );
      await me.until(
        () => panel.view().locator("#tab-Distribution").getAttribute("aria-selected"),
        (v) => v === "true",
        "the tab",
      );
    });
    await step("Esc goes back to the editor", async () => {
      await panel.press("Escape");
      await me.until(() => page.evaluate(() => document.activeElement?.closest(".monaco-editor") !== null), Boolean, "the focus in the editor");
    });
    await step("a reload of the window brings the panels back with their values", async () => {
      await page.waitForTimeout(800);
      await page.reload();
      await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
      await me.until(
        () => page.locator(".tab", { hasText: "Scholium: W" }).count(),
        (n) => n === 1,
        "the tab",
        40_000,
      );
      await me.until(panel.title, (t) => t === "W" || t === "B", "its value", 40_000);
    });
    await step("nothing was refused by the policy of the page or by a decoder, and nothing left this machine", async () => {
      if (violations.length) throw new Error(violations.join("\n"));
      if (opened.outside.length) throw new Error(opened.outside.join("\n"));
    });
  });
}
