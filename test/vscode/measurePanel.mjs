// How fast the panel is in the real editor. Prints one JSON object of measurements.
// usage: node test/vscode/measurePanel.mjs [CYCLES]     PROFILE=FOLDER in the environment keeps a profile of the frames
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageVsix } from "../../tools/package-vsix.mjs";
import { root } from "../../tools/run.mjs";
import { installHost } from "../../tools/vscodeHost.mjs";
import { withWorkspace } from "./drive.mjs";
import { launchChromium } from "./workbench.mjs";

const cycles = Number(process.argv[2] ?? 200);
const WARM = 20;
const NOTES =
  "$$A = \\begin{pmatrix} 4 & 1 & -2 \\\\ 1 & 3 & 0 \\\\ -2 & 0 & 5 \\end{pmatrix}$$\n\n$$B = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$$\n";
const CODE = "W = (1:4096)' * (1:4096)\n";

const at = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(p * values.length) - 1)];

/** Resident memory of the extension host, in bytes; the newest one of this user. */
function hostMemory() {
  let newest = 0;
  let bytes = 0;
  for (const pid of readdirSync("/proc").filter((p) => /^\d+$/.test(p))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=extensionHost")) continue;
      const started = statSync(`/proc/${pid}`).ctimeMs;
      if (started < newest) continue;
      newest = started;
      bytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
    } catch {
      // It has ended meanwhile.
    }
  }
  return bytes;
}

/** In the view: moves 120 frames and answers the script's time in each and the time from frame to frame. */
const frames = async (canvas, how) => {
  const script = [];
  const between = [];
  const original = window.requestAnimationFrame;
  let busy = 0;
  window.requestAnimationFrame = (f) =>
    original((now) => {
      const began = performance.now();
      f(now);
      busy += performance.now() - began;
    });
  let last = 0;
  for (let k = 0; k < 120; k++) {
    const began = performance.now();
    if (how === "zoom") canvas.dispatchEvent(new WheelEvent("wheel", { deltaY: k < 60 ? -24 : 24, clientX: 200, clientY: 200, cancelable: true }));
    else canvas.dispatchEvent(new PointerEvent("pointermove", { buttons: 1, movementX: k % 40 < 20 ? 14 : -14, movementY: k % 30 < 15 ? 9 : -9 }));
    busy += performance.now() - began;
    await new Promise((resolve) =>
      original((now) => {
        if (last) between.push(now - last);
        last = now;
        resolve();
      }),
    );
    script.push(busy);
    busy = 0;
  }
  window.requestAnimationFrame = original;
  return { script, between };
};

await installHost();
const browser = await launchChromium();
const probe = await packageVsix(path.join(root, "test/vscode/probe"));
const result = { bundle: statSync(path.join(root, "extension/dist/webview/panel.js")).size };
try {
  const fill = (folder) => {
    writeFileSync(path.join(folder, "notes.md"), NOTES);
    writeFileSync(path.join(folder, "large.m"), CODE);
  };
  const settings = { "files.associations": { "*.m": "matlab" }, "scholium.evaluate.timeout": 60_000 };
  await withWorkspace(
    await packageVsix(),
    browser,
    { fill, settings, viewport: { width: 1400, height: 850 }, name: "measure-panel", more: [probe] },
    async (me, _shot, { context }) => {
      const { page } = me;
      const session = await context.newCDPSession(page);
      const tab = () => page.locator(".tab", { hasText: "Scholium" });
      const visualize = async () => {
        for (let tries = 0; tries < 20 && !(await tab().count()); tries++) {
          await page.keyboard.press("Shift+Alt+V");
          await tab()
            .first()
            .waitFor({ timeout: 1500 })
            .catch(() => {});
        }
      };
      const close = async () => {
        await tab().first().click({ button: "middle" });
        await tab().first().waitFor({ state: "detached" });
      };
      const shown = () => me.webview().locator("body[data-state='value']").waitFor({ timeout: 60_000 });
      const marks = () =>
        me
          .webview()
          .locator("body")
          .evaluate(() => ({
            document: performance.timeOrigin,
            ...Object.fromEntries(performance.getEntriesByType("mark").map((m) => [m.name, performance.timeOrigin + m.startTime])),
          }));
      const now = () => page.evaluate(() => performance.timeOrigin + performance.now());

      const profiled = async (name, action) => {
        if (!process.env.PROFILE) return action();
        await session.send("Profiler.enable");
        await session.send("Profiler.start");
        const value = await action();
        const { profile } = await session.send("Profiler.stop");
        writeFileSync(path.join(process.env.PROFILE, `${name}.cpuprofile`), JSON.stringify(profile));
        return value;
      };

      // Open to first picture, warm: the key to the first painted frame, by the clock the frames share.
      await me.openFile("notes.md");
      await me.goto(0, 24);
      await visualize();
      await shown();
      // Beside each the floor: the emptiest webview of another extension, by its own key.
      const opens = [];
      const floors = [];
      for (let k = 0; k < 7; k++) {
        await close();
        await page.waitForTimeout(300);
        const beganEmpty = await now();
        await page.keyboard.press("Control+Alt+F11");
        const probe = page.locator(".tab", { hasText: "Probe" });
        await probe.waitFor();
        await me.webview().locator("body", { hasText: "page" }).waitFor();
        await page.waitForTimeout(300);
        floors.push((await marks())["probe-painted"] - beganEmpty);
        await probe.click({ button: "middle" });
        await probe.waitFor({ state: "detached" });
        await me.goto(0, 24);
        await page.waitForTimeout(300);
        const began = await now();
        await page.keyboard.press("Shift+Alt+V");
        await shown();
        await page.waitForTimeout(300);
        const seen = await marks();
        opens.push({
          all: seen["scholium-painted"] - began,
          editor: seen.document - began,
          page: seen["scholium-script"] - seen.document,
          value: seen["scholium-show"] - seen["scholium-script"],
          drawing: seen["scholium-painted"] - seen["scholium-show"],
        });
      }
      const middle = (name) =>
        at(
          opens.map((o) => o[name]),
          0.5,
        );
      result.open = {
        p50: middle("all"),
        all: opens.map((o) => Math.round(o.all)),
        floor50: at(floors, 0.5),
        editor50: middle("editor"),
        page50: middle("page"),
        value50: middle("value"),
        drawing50: middle("drawing"),
      };

      // A matrix of 4,096 x 4,096: from the message to the first painted frame, and frames while zooming and panning.
      await me.openFile("large.m");
      await me.goto(0, 6);
      await page.waitForTimeout(600);
      const asked = await now();
      await page.keyboard.press("Shift+Alt+V");
      await me.until(
        () => me.webview().locator("#title").innerText(),
        (t) => t === "W",
        "the large matrix",
        60_000,
      );
      await page.waitForTimeout(2500);
      const m = await marks();
      result.firstPaint = m["scholium-painted"] - m["scholium-show"];
      result.computed = m["scholium-show"] - asked;
      for (const how of ["zoom", "pan"]) {
        const { script, between } = await profiled(how, () => me.webview().locator("#heatmap").evaluate(frames, how));
        result[how] = { script95: at(script, 0.95), script50: at(script, 0.5), between50: at(between, 0.5), between95: at(between, 0.95) };
      }
      await close();

      // Open and close again and again.
      await me.openFile("notes.md");
      await me.goto(0, 24);
      await page.waitForTimeout(600);
      const heap = async () => {
        await page.waitForTimeout(1500);
        await session.send("HeapProfiler.collectGarbage");
        const { usedSize } = await session.send("Runtime.getHeapUsage");
        return { page: usedSize, host: hostMemory(), frames: page.frames().length };
      };
      const cycle = async () => {
        await visualize();
        await page.waitForTimeout(60);
        await close();
      };
      for (let k = 0; k < WARM; k++) await cycle();
      const before = await heap();
      for (let k = 0; k < cycles; k++) await cycle();
      const after = await heap();
      result.cycles = { count: cycles, before, after };
    },
  );
} finally {
  await browser.close();
}
console.log(JSON.stringify(result));
