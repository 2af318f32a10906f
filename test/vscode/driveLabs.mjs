// Labs in the hands of a user: the gallery, every lab, sliders by keyboard, a training played, paused, stepped and cancelled, links, a reload.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../tools/run.mjs";
import { withWorkspace } from "./drive.mjs";
import { stepsOf } from "./steps.mjs";

const NOTES = "# Labs\n\nThe [base of RoPE](scholium:lab/rope-base?d=64&base=500) has a lower bound.\n\nEnd.\n";

const folder = path.join(root, "core/src/labs");
/** Every lab's name: each file says its own. */
const ids = readdirSync(folder).flatMap((f) => /^ {2}id: "([a-z0-9-]+)",$/m.exec(readFileSync(path.join(folder, f), "utf8"))?.[1] ?? []);

export async function driveLabs(vsix, browser, say) {
  const fill = (ws) => {
    writeFileSync(path.join(ws, "notes.md"), NOTES);
    writeFileSync(path.join(ws, "all.md"), ids.map((id) => `- [${id} lab](scholium:lab/${id}?volume=11)\n`).join(""));
  };
  await withWorkspace(vsix, browser, { fill, viewport: { width: 1400, height: 850 }, name: "labs-failure" }, async (me, shot, opened) => {
    const { page } = me;
    const violations = [];
    page.on("console", (m) => /Content Security Policy|message refused/.test(m.text()) && violations.push(m.text()));
    const step = stepsOf(say, shot, { part: "labs-" });
    const lab = () => me.webview();
    const text = (selector) => () =>
      lab()
        .locator(selector)
        .first()
        .innerText()
        .catch(() => "");
    const figure = () =>
      lab()
        .locator(".figure-one")
        .first()
        .getAttribute("aria-label")
        .catch(() => "");
    const shows = (id) =>
      me.until(
        () =>
          lab()
            .locator("main")
            .getAttribute("data-lab")
            .catch(() => ""),
        (v) => v === id,
        `the lab ${id}`,
        20_000,
      );
    /** Opens the gallery and takes the lab whose title matches. */
    const fromGallery = async (title) => {
      await me.command("Scholium: Open Lab...");
      const box = page.locator(".quick-input-widget input[type='text']").first();
      await page.locator(".quick-input-list .monaco-list-row").nth(1).waitFor();
      await box.fill(title);
      await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title }).waitFor();
      await page.keyboard.press("Enter");
    };
    const status = (pattern, what) => me.until(text("#status"), (t) => pattern.test(t), what, 20_000);
    const stepsDone = async () => Number(/\d+/.exec(await text("#status")())?.[0]);
    // The list of files waits for the extension host, which on a busy machine takes longer than a step may.
    for (let tries = 0; ; tries++) {
      const ready = await me.openFile("notes.md").then(
        () => true,
        (e) => {
          if (tries > 2) throw e;
        },
      );
      if (ready) break;
      await page.keyboard.press("Escape");
    }
    await step("the gallery lists the labs with their claims, by topic", async () => {
      await page.waitForTimeout(1500); // the extension starts with the document
      await me.command("Scholium: Open Lab...");
      await page.locator(".quick-input-list .monaco-list-row").nth(1).waitFor();
      const titles = await page.locator(".quick-input-list .monaco-list-row .label-name").allInnerTexts();
      if (!titles.some((t) => /Self-pretraining/.test(t)) || titles.length < 5) throw new Error(titles.join());
      await page.keyboard.press("Escape");
    });
    await step("a lab opens from the gallery with its story and figures", async () => {
      await fromGallery("Newton-Schulz");
      await shows("matrix-sign");
      await me.until(figure, (t) => /Curves of after/.test(t ?? ""), "the curve");
      await me.until(text(".facts"), (t) => /0\.4705/.test(t), "the least output");
    });
    await step("a slider moved by the keyboard changes the figure, its number and the facts; 0 resets", async () => {
      const slider = lab().locator("#in-steps");
      const before = await figure();
      await slider.press("ArrowRight");
      await me.until(figure, (t) => t !== before, "another figure");
      if ((await lab().locator("#in-steps + input").inputValue()) !== "6") throw new Error("the number does not follow");
      await lab().locator("h1").click();
      await lab().locator("body").press("0");
      await me.until(figure, (t) => t === before, "the figure from before");
      const box = lab().locator("#in-steps + input");
      await box.fill("99");
      await box.press("Enter");
      await me.until(
        () => box.inputValue(),
        (v) => v === "10",
        "the largest number of steps",
      );
    });
    await step("figures are given as tables too", async () => {
      await lab().locator("#table").click();
      await me.until(
        () => lab().locator("table").count(),
        (n) => n === 2,
        "two tables",
      );
      if (!/singular value/.test(await lab().locator("thead").first().innerText())) throw new Error("no headers");
      await lab().locator("#table").click();
      await me.until(
        () => lab().locator(".figure-one").count(),
        (n) => n === 2,
        "the figures again",
      );
    });
    await step("every lab opens by a link, draws its figures, and says what it does not know of the link", async () => {
      if (ids.length < 10) throw new Error(ids.join());
      for (const id of ids) {
        await me.openFile("all.md");
        const link = page
          .locator(".view-line", { hasText: `${id} lab` })
          .locator(".detected-link")
          .first();
        await link.waitFor();
        await page.keyboard.down("Control");
        await link.click();
        await page.keyboard.up("Control");
        await shows(id);
        await me.until(
          () => lab().locator(".figure-one svg").count(),
          (n) => n > 0,
          `figures of ${id}`,
        );
        await me.until(text(".misfits"), (t) => /no input named volume/.test(t), "the misfit");
      }
    });
    await step("a training is played, paused, stepped, resumed and cancelled; its figures grow", async () => {
      await fromGallery("Gradients through a codebook");
      await shows("vq-gradient");
      await lab().locator("#in-steps + input").fill("6000");
      await lab().locator("#in-steps + input").press("Enter");
      await lab().locator("#play").click();
      await status(/^Step \d+ of 6000/, "progress");
      await me.until(figure, (t) => /straight through: starts at .* points: \d+/.test(t ?? ""), "points of the curve");
      await lab().locator("#play").click();
      await status(/^Paused at step/, "the pause");
      const at = await stepsDone();
      await page.waitForTimeout(500);
      if ((await stepsDone()) !== at) throw new Error("it went on while paused");
      await lab().locator("#step").click();
      await me.until(stepsDone, (n) => n === at + 1, "one step more");
      await lab().locator("#play").click();
      await status(/^Step \d+ of 6000/, "progress again");
      await me.until(stepsDone, (n) => n > at + 1, "more steps");
      await lab().locator("#cancel").click();
      await status(/^Cancelled after step/, "the end");
    });
    await step("trained to the end it gives the same numbers twice", async () => {
      const run = async () => {
        await lab().locator("#play").click();
        await status(/^Trained: 400 steps/, "the end");
        return text(".facts")();
      };
      await lab().locator("#in-steps + input").fill("400");
      await lab().locator("#in-steps + input").press("Enter");
      await me.until(text("#status"), (t) => t === "", "a fresh start");
      const first = await run();
      await lab().locator("#in-steps").press("ArrowRight");
      await lab().locator("#in-steps").press("ArrowLeft");
      await me.until(text("#status"), (t) => t === "", "a fresh start");
      if ((await run()) !== first) throw new Error("other numbers");
      if (!/%/.test(first)) throw new Error(first);
    });
    await step("changing an input while it trains ends the training and shows the new start", async () => {
      await lab().locator("#in-steps + input").fill("6000");
      await lab().locator("#in-steps + input").press("Enter");
      await lab().locator("#play").click();
      await status(/^Step \d+/, "progress");
      await lab().locator("#in-centre").press("ArrowLeft");
      await me.until(text("#status"), (t) => t === "", "no training");
      await me.until(text("#play"), (t) => t === "Play", "Play");
    });
    await step("a training that diverges says so and keeps its last finite figures", async () => {
      await lab().locator(".presets button", { hasText: "diverges" }).click();
      await me.until(
        () => lab().locator("#in-lr + input").inputValue(),
        (v) => v === "0.05",
        "the preset",
      );
      await page.waitForTimeout(300);
      await lab().locator("#play").click();
      await status(/^Diverged/, "the divergence");
      await me.until(figure, (t) => !/NaN|Infinity/.test(t ?? "NaN"), "finite figures");
    });
    await step("the lab goes into the note as a link, which opens it again at its values", async () => {
      await lab().locator("#gallery").click();
      const box = page.locator(".quick-input-widget input[type='text']").first();
      await box.fill("Newton-Schulz");
      await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "Newton" }).waitFor();
      await page.keyboard.press("Enter");
      await shows("matrix-sign");
      await lab().locator("#in-steps").press("ArrowRight");
      await me.until(text(".facts"), (t) => !/0\.4705/.test(t), "other facts");
      await lab().locator("#copy").click();
      await me.until(
        () => page.evaluate(() => navigator.clipboard.readText()),
        (t) => t === "scholium:lab/matrix-sign?steps=6",
        "the clipboard",
      );
    });
    await step("Insert into note puts the link at the cursor of the text the lab was opened from, and shows that text", async () => {
      await me.openFile("notes.md");
      await me.goto(4, 4);
      await fromGallery("Newton-Schulz");
      await shows("matrix-sign");
      await lab().locator("#in-steps").press("ArrowRight");
      await me.until(text(".facts"), (t) => !/0\.4705/.test(t), "other facts");
      await lab().locator("#insert").click();
      const inserted = page.locator(".view-line", { hasText: "scholium:lab/matrix-sign?steps=6" }).first();
      await inserted.waitFor();
      const line = (await inserted.innerText()).replaceAll("\u00a0", " ");
      if (!/^End\.\[Newton-Schulz: .*\]\(scholium:lab\/matrix-sign\?steps=6\)$/.test(line)) throw new Error(line);
      await page.keyboard.press("Control+z");
      await inserted.waitFor({ state: "detached" });
    });
    await step("a link in a document opens the lab at its values", async () => {
      await me.openFile("notes.md");
      const link = page.locator(".view-line", { hasText: "base of RoPE" }).locator(".detected-link").first();
      await link.waitFor();
      await page.keyboard.down("Control");
      await link.click();
      await page.keyboard.up("Control");
      await shows("rope-base");
      await me.until(
        () => lab().locator("#in-d + input").inputValue(),
        (v) => v === "64",
        "d = 64",
      );
      await me.until(
        () => lab().locator("#in-base + input").inputValue(),
        (v) => v === "500",
        "b = 500",
      );
    });
    await step("hidden and shown again, and after a reload of the window, the lab stands at its values", async () => {
      await page.locator(".tab", { hasText: "notes.md" }).first().click();
      await page.waitForTimeout(500);
      await page.locator(".tab", { hasText: "RoPE" }).first().click();
      await shows("rope-base");
      await me.until(
        () => lab().locator("#in-d + input").inputValue(),
        (v) => v === "64",
        "d = 64",
      );
      await page.waitForTimeout(7000); // the workbench of the web writes what its editors keep every few seconds
      await page.reload();
      await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
      await shows("rope-base");
      await me.until(
        () => lab().locator("#in-d + input").inputValue(),
        (v) => v === "64",
        "d = 64",
      );
      await me.until(figure, (t) => /Curves of sum/.test(t ?? ""), "the curve");
    });
    await step("nothing was refused by the policy of the page or by a decoder, and nothing left this machine", async () => {
      if (violations.length) throw new Error(violations.join("\n"));
      if (opened.outside.length) throw new Error(opened.outside.join("\n"));
    });
  });
}
