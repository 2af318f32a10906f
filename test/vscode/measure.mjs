// How fast the packaged extension answers in the real editor. Prints one JSON object of measurements in milliseconds.
// A probe (test/vscode/probe) stands beside it in the same window and tells the editor's own floor.
// usage: node test/vscode/measure.mjs [KEYS]
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageVsix } from "../../tools/package-vsix.mjs";
import { root } from "../../tools/run.mjs";
import { installHost } from "../../tools/vscodeHost.mjs";
import { withWorkspace } from "./drive.mjs";
import { launchChromium } from "./workbench.mjs";

const keys = Number(process.argv[2] ?? 100);
const PROFILE = process.env.PROFILE;

/** In the page: the time from a key to the end of the frame that shows its character, and of the one that shows another note. */
const instrument = () => {
  const lines = () => document.querySelector(".editor-group-container.active .view-lines");
  const shown = () =>
    [...document.querySelectorAll(".editor-group-container .view-lines span[class*='ced-']")]
      .map((e) => getComputedStyle(e, "::after").content)
      .join("|");
  globalThis.scholiumKeys = [];
  globalThis.scholiumTyped = [];
  let key;
  // A message posted while a frame is made arrives when it has been painted.
  const channel = new MessageChannel();
  const painted = [];
  channel.port1.onmessage = () => painted.shift()?.();
  const afterFrame = (then) => {
    painted.push(then);
    channel.port2.postMessage(0);
  };
  const look = () => {
    const k = key;
    if (!k) return;
    if (!k.typed && lines().textContent !== k.text) {
      k.typed = true;
      afterFrame(() => globalThis.scholiumTyped.push(performance.now() - k.began));
    }
    if (!k.notes) return;
    const now = shown();
    if (now === k.note || now === "") return;
    key = undefined;
    afterFrame(() => globalThis.scholiumKeys.push(performance.now() - k.began));
  };
  new MutationObserver(look).observe(document.querySelector(".part.editor"), {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["class"],
  });
  addEventListener(
    "keydown",
    (e) => {
      if (!/^(\d|Backspace|=)$/.test(e.key)) return;
      const notes = globalThis.scholiumWatched !== "typed";
      key = { began: performance.now(), notes, note: notes ? shown() : "", text: lines().textContent, typed: e.key === "=" };
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

const of = (all, p) => [...all].sort((a, b) => a - b)[Math.max(0, Math.min(all.length - 1, Math.ceil(p * all.length) - 1))];
/** Milliseconds of our own code at a start, by the clock and of the thread's processor time. */
const took = ({ evaluation, activation }) => {
  const both = (of) => [evaluation, activation].reduce((sum, [began, ended]) => sum + of(ended) - of(began), 0);
  return { clock: both((m) => m.clock), processor: both(({ processor }) => (processor.user + processor.system) / 1000) };
};
const summary = (all) => ({ p50: of(all, 0.5), p95: of(all, 0.95) });
/** How often live notes are switched off and on, and how often the extension starts. */
const ROUNDS = 4;
const STARTS = 7;
/** Another digit each time, so that no answer is remembered from the key before. */
const digit = (k) => (k % 2 ? "Backspace" : String(1 + ((k / 2) % 9)));

await installHost();
const vsix = await packageVsix();
const probe = await packageVsix(path.join(root, "test/vscode/probe"));
const browser = await launchChromium();
const result = { keys: {} };
try {
  const files = Object.entries(cases).filter(([name]) => !process.env.CASE || name.startsWith(process.env.CASE));
  const fill = (folder) => {
    for (const [i, [, text]] of files.entries())
      for (const name of ["case", "floor"]) writeFileSync(path.join(folder, `${name}${i}.md`), `${text}\n`);
    writeFileSync(path.join(folder, "many.md"), manyFormulas);
    result.folder = folder;
  };
  const settings = { "[markdown]": { "editor.wordWrap": "off" }, "scholium.exclude": ["**/floor*.md"] };
  await withWorkspace(vsix, browser, { fill, settings, name: "measure", more: [probe] }, async (me, _shot, { context }) => {
    const { page } = me;
    await page.evaluate(instrument);
    const taken = async (action) => {
      const count = await page.evaluate(() => globalThis.scholiumKeys.length);
      await action();
      await page.waitForFunction((n) => globalThis.scholiumKeys.length > n, count, { timeout: 15_000, polling: 20 });
      return page.evaluate(() => globalThis.scholiumKeys.at(-1));
    };
    const report = async () => {
      const file = path.join(result.folder, "report.json");
      writeFileSync(file, "");
      await page.keyboard.press("Control+Alt+F10");
      return JSON.parse(await me.until(() => readFileSync(file, "utf8"), Boolean, "the probe's report"));
    };
    const profiled = async (name, action) => {
      if (!PROFILE) return action();
      const session = await context.newCDPSession(page);
      await session.send("Profiler.enable");
      await session.send("Profiler.start");
      const value = await action();
      const { profile } = await session.send("Profiler.stop");
      writeFileSync(path.join(PROFILE, `${name}.cpuprofile`), JSON.stringify(profile));
      return value;
    };
    /** The times of keys in a file: to the note, and to the character itself. */
    async function typeIn(file, text, { first } = {}) {
      await me.openFile(file);
      // Behind the first digit of the first entry: typing and taking back a digit there changes the value each time.
      const lines = text.split("\n");
      const line = lines.findIndex((l) => /\d/.test(l));
      await me.goto(line, lines[line].search(/\d/) + 1);
      await page.waitForTimeout(300);
      const began = first ? await taken(() => page.keyboard.press("Alt+Equal")) : undefined;
      await page.keyboard.press("Control+Alt+F9");
      const typedBefore = await page.evaluate(() => globalThis.scholiumTyped.length);
      const times = [];
      await profiled(file, async () => {
        for (let k = 0; k < keys; k++) {
          times.push(await taken(() => page.keyboard.press(digit(k))));
          await page.waitForTimeout(30);
        }
      });
      const typed = await page.evaluate((from) => globalThis.scholiumTyped.slice(from), typedBefore);
      const { own } = await report();
      if (PROFILE) console.error(file, summary(times), summary(typed), summary(own));
      await page.keyboard.press("Control+s");
      return {
        first: began,
        note: summary(times),
        typed: summary(typed),
        own: summary(own),
        within50: times.filter((t) => t <= 50).length / times.length,
      };
    }
    for (const [i, [name, text]] of files.entries()) {
      const ours = await typeIn(`case${i}.md`, text, { first: true });
      const floor = await typeIn(`floor${i}.md`, text);
      result.keys[name] = { ...ours, floor: floor.note };
    }
    // The same keys in a note of 2,000 formulas, without live notes and with them: what do they add to a keystroke?
    await page.evaluate(() => void (globalThis.scholiumWatched = "typed"));
    await me.openFile("many.md");
    const typed = async (name) => {
      await me.goto(1000, "Formula 1000: $".length);
      await page.waitForTimeout(1000);
      await page.keyboard.press("Control+Alt+F9");
      await page.waitForTimeout(100);
      const from = await page.evaluate(() => globalThis.scholiumTyped.length);
      await profiled(name, async () => {
        for (let k = 0; k < keys; k++) {
          await page.keyboard.press(digit(k));
          await page.waitForTimeout(60);
        }
      });
      const { longest, own } = await report();
      if (PROFILE) console.error(name, longest, summary(own));
      return { times: await page.evaluate((n) => globalThis.scholiumTyped.slice(n), from), longest, own };
    };
    // Rounds of each in turn, as the machine is not always equally quiet.
    const [off, on] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      off.push(await typed("off"));
      await me.command("Scholium: Toggle Live Notes in This Document");
      await me.until(me.notes, (all) => all.length > 5, "live notes", 30_000);
      on.push(await typed("on"));
      await me.command("Scholium: Toggle Live Notes in This Document");
      await me.noNotes();
    }
    const quietest = (rounds) => rounds.map((r) => summary(r.times)).reduce((a, b) => (b.p95 < a.p95 ? b : a));
    const least = (rounds) => Math.min(...rounds.map((r) => r.longest));
    // A start shares two cores with the browser and the server: the least disturbed of several tells what our own code needs.
    const starts = [];
    await page.keyboard.press("Control+s");
    await page.locator(".tab.active:not(.dirty)").first().waitFor();
    for (let k = 0; k < STARTS; k++) {
      await page.reload();
      await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 90_000 });
      await page.locator(".editor-group-container.active .monaco-editor .view-line").first().waitFor();
      await me.openFile("case0.md");
      await me.goto(0, 3);
      await page.keyboard.press("Alt+Equal");
      await me.until(me.notes, (all) => all.length > 0, "a note", 30_000);
      await page.keyboard.press("Control+Alt+F9");
      await page.waitForTimeout(100);
      starts.push(took((await report()).moments));
    }
    result.starts = starts;
    result.typing = { off: quietest(off), on: quietest(on), longestOff: least(off), longest: least(on), own: summary(on.flatMap((r) => r.own)) };
  });
} finally {
  await browser.close();
}
result.bundle = readFileSync(path.join(root, "extension/dist/main.js")).length;
delete result.folder;
console.log(JSON.stringify(result));
