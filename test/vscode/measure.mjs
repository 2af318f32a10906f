// How fast the packaged extension answers in the real editor. Prints one JSON object of measurements in milliseconds.
// usage: node test/vscode/measure.mjs [KEYS]
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageVsix } from "../../tools/package-vsix.mjs";
import { root } from "../../tools/run.mjs";
import { installHost } from "../../tools/vscodeHost.mjs";
import { withWorkspace } from "./drive.mjs";
import { launchChromium } from "./workbench.mjs";

const keys = Number(process.argv[2] ?? 100);

/** In the page: the time from a key to the frame in which the note has another text. */
const instrument = () => {
  const shown = () =>
    [...document.querySelectorAll(".editor-group-container .view-lines span[class*='ced-']")]
      .map((e) => getComputedStyle(e, "::after").content)
      .join("|");
  const text = () => document.querySelector(".editor-group-container .view-lines").textContent;
  globalThis.scholiumKeys = [];
  globalThis.scholiumTyped = [];
  addEventListener(
    "keydown",
    (e) => {
      if (!/^(\d|Backspace|=)$/.test(e.key)) return;
      const began = performance.now();
      const before = shown();
      const textBefore = text();
      let typed = e.key === "=";
      const look = () => {
        if (!typed && text() !== textBefore) {
          typed = true;
          globalThis.scholiumTyped.push(performance.now() - began);
        }
        const now = shown();
        if (now !== before && now !== "") globalThis.scholiumKeys.push(performance.now() - began);
        else if (performance.now() - began < 3000) requestAnimationFrame(look);
        else globalThis.scholiumKeys.push(Number.POSITIVE_INFINITY);
      };
      requestAnimationFrame(look);
    },
    true,
  );
};

/** A matrix whose determinant changes with its first entry; eight rows a line, so that its end stays in sight. */
const matrix = (n) => {
  const entry = (i, j) => (i === j ? n + 2 : ((i * 7 + j * 3) % 5) - 2);
  const rows = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j)).join("&"));
  return `\\begin{pmatrix}${rows.map((r, i) => (i % 8 === 7 && i < n - 1 ? `${r}\\\\\n` : i < n - 1 ? `${r}\\\\` : r)).join("")}\\end{pmatrix}`;
};
const cases = {
  "2x2 inverse": `$${matrix(2)}^{-1}$`,
  "6x6 determinant": `$\\det ${matrix(6)}$`,
  "16x16 determinant": `$\\det ${matrix(16)}$`,
  "64x64 trace of the inverse": `$$\n\\operatorname{tr}(${matrix(64)}^{-1})\n$$`,
};

/** A note in which every line has a formula. */
const LIVE_FORMULAS = 2000;
const manyFormulas = Array.from({ length: LIVE_FORMULAS }, (_, i) => `Formula ${i}: $${i % 97} + ${i % 13} \\cdot 3$ in the text.`).join("\n");
let typing;

await installHost();
const browser = await launchChromium();
const result = {};
try {
  const files = Object.entries(cases);
  const fill = (folder) => {
    for (const [i, [, text]] of files.entries()) writeFileSync(path.join(folder, `case${i}.md`), `${text}\n`);
    writeFileSync(path.join(folder, "many.md"), manyFormulas);
  };
  await withWorkspace(await packageVsix(), browser, { fill, settings: { "[markdown]": { "editor.wordWrap": "off" } } }, async (me) => {
    await me.page.evaluate(instrument);
    const taken = async (action) => {
      const count = await me.page.evaluate(() => globalThis.scholiumKeys.length);
      await action();
      await me.page.waitForFunction((n) => globalThis.scholiumKeys.length > n, count, { timeout: 15_000, polling: 20 });
      return me.page.evaluate(() => globalThis.scholiumKeys.at(-1));
    };
    for (let i = 0; i < files.length; i++) {
      const [name, text] = files[i];
      await me.openFile(`case${i}.md`);
      // Behind the first digit of the first entry: typing and taking back a digit there changes the value each time.
      const lines = text.split("\n");
      const line = lines.findIndex((l) => /\d/.test(l));
      await me.goto(line, lines[line].search(/\d/) + 1);
      await me.page.waitForTimeout(300);
      const typedBefore = await me.page.evaluate(() => globalThis.scholiumTyped.length);
      const first = await taken(() => me.page.keyboard.press("Alt+Equal"));
      const times = [];
      for (let k = 0; k < keys; k++) {
        times.push(await taken(() => me.page.keyboard.press(k % 2 ? "Backspace" : "5")));
        await me.page.waitForTimeout(30);
      }
      const typed = (await me.page.evaluate((from) => globalThis.scholiumTyped.slice(from), typedBefore)).sort((a, b) => a - b);
      times.sort((a, b) => a - b);
      const of = (all, p) => all[Math.min(all.length - 1, Math.ceil(p * all.length) - 1)];
      const at = (p) => of(times, p);
      result[name] = {
        first,
        p50: at(0.5),
        p95: at(0.95),
        typed50: of(typed, 0.5),
        typed95: of(typed, 0.95),
        within50: times.filter((t) => t <= 50).length / times.length,
      };
      await me.page.keyboard.press("Control+s");
    }
    // The same keys in a note of 2,000 formulas, without live notes and with them: what do they add to a keystroke?
    await me.openFile("many.md");
    const typed = async () => {
      await me.goto(1000, "Formula 1000: $".length);
      await me.page.waitForTimeout(1000);
      const from = await me.page.evaluate(() => globalThis.scholiumTyped.length);
      for (let k = 0; k < keys; k++) {
        await me.page.keyboard.press(k % 2 ? "Backspace" : "5");
        await me.page.waitForTimeout(60);
      }
      return (await me.page.evaluate((n) => globalThis.scholiumTyped.slice(n), from)).sort((a, b) => a - b);
    };
    const p95 = (all) => all[Math.max(0, Math.ceil(0.95 * all.length) - 1)];
    const off = p95(await typed());
    await me.command("Scholium: Toggle Live Notes in This Document");
    await me.until(me.notes, (all) => all.length > 5, "live notes", 30_000);
    typing = { off, on: p95(await typed()) };
  });
} finally {
  await browser.close();
}
const size = readFileSync(path.join(root, "extension/dist/main.js")).length;
console.log(JSON.stringify({ keys: result, typing, bundle: size }));
