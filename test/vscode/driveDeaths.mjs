// What dies in the middle of things and comes back, in the hands of a user: the extension host and the window.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { withWorkspace } from "./drive.mjs";
import { stepsOf } from "./steps.mjs";

const NOTE = "# Note\n\n$A = \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n\nThen $\\det A$ is all.\n\n$6 \\cdot 7$\n";
const PRODUCT = 6;
const SLOW = "$\\sum_{i=1}^{3000}\\sum_{j=1}^{3000} \\sin(i j)^2$\n\n$1+1$\n";
/** A busy machine takes long to start a host, and the extension in it. */
const RETURN = 90_000;
const STATE_WRITTEN = 7_000;

export async function driveDeaths(vsix, browser, say) {
  const fill = (folder) => {
    writeFileSync(path.join(folder, "note.md"), NOTE);
    writeFileSync(path.join(folder, "slow.md"), SLOW);
  };

  await withWorkspace(vsix, browser, { fill, name: "failure-deaths" }, async (me, shot, opened) => {
    const { page, hasNote, noNotes } = me;
    const line = (text) => page.locator(".editor-group-container.active .view-line", { hasText: text }).first();
    const step = stepsOf(say, shot, { part: "deaths-", only: process.env.ONLY });
    await me.openFile("note.md");

    await step("live notes come back by themselves when the extension host was killed, and Evaluate works", async () => {
      await me.command("Scholium: Toggle Live Notes in This Document");
      await hasNote(/det A = -2/, RETURN);
      const before = opened.server.extensionHosts();
      if (before.length !== 1) throw new Error(`${before.length} extension hosts`);
      process.kill(before[0], "SIGKILL");
      await noNotes(RETURN);
      await me.until(opened.server.extensionHosts, (now) => now.length > 0 && !now.includes(before[0]), "another extension host", RETURN);
      await hasNote(/det A = -2/, RETURN);
      await me.goto(PRODUCT, 10);
      await page.keyboard.press("Backspace");
      await page.keyboard.type("8");
      await hasNote(/= 48/, RETURN);
      await me.command("Scholium: Toggle Live Notes in This Document");
      await noNotes();
      await me.goto(PRODUCT, 3);
      await page.keyboard.press("Alt+Equal");
      await hasNote(/= 48/);
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      await hasNote(/= 42/);
      await page.keyboard.press("Escape");
      await noNotes();
    });

    await step("a window reloaded while live notes and a long computation run has them back, the text as it was, and one engine", async () => {
      await me.openFile("slow.md");
      await me.command("Scholium: Toggle Live Notes in This Document");
      await hasNote(/= 2/);
      await me.goto(0, 10);
      // A workbench in a browser writes down every five seconds which editors are open.
      await page.waitForTimeout(STATE_WRITTEN);
      await page.keyboard.press("Alt+Equal");
      await page.waitForTimeout(500);
      await page.reload();
      await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: RETURN });
      await line("sin").waitFor({ timeout: RETURN });
      await hasNote(/= 2/, RETURN);
      if ((await line("sin").textContent()).replaceAll("\u00a0", " ") !== SLOW.split("\n")[0]) throw new Error("the text has changed");
      await me.goto(2, 4);
      await page.keyboard.type("1");
      await hasNote(/= 12/);
      await page.keyboard.press("Control+z");
      await hasNote(/= 2/);
      // The host of the window that went away ends, and its engine with it.
      await me.until(opened.server.extensionHosts, (now) => now.length === 1, "one extension host", RETURN);
      await me.command("Scholium: Toggle Live Notes in This Document");
      await noNotes();
      await page.keyboard.press("Control+w");
    });
  });
}
