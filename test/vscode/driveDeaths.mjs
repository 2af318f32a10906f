// What dies in the middle of things and comes back, in the hands of a user: the extension host, the window, the engine; and a workspace that
// is on no disk.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { withWorkspace } from "./drive.mjs";
import { stepsOf } from "./steps.mjs";
import { tinyVsix } from "./tinyVsix.mjs";

const NOTE = "# Note\n\n$A = \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n\nThen $\\det A$ is all.\n\n$6 \\cdot 7$\n";
const PRODUCT = 6;
const SLOW = "$\\sum_{i=1}^{3000}\\sum_{j=1}^{3000} \\sin(i j)^2$\n\n$1+1$\n";
/** A busy machine takes long to start a host, and the extension in it. */
const RETURN = 90_000;

/** A file system in memory, with one note. */
const memory = () =>
  tinyVsix({
    name: "memory",
    activationEvents: ["onFileSystem:scholiummem"],
    main: `const vscode = require("vscode");
      const files = new Map([["/note.md", Buffer.from(${JSON.stringify(NOTE)})]]);
      const stat = ({ path }) => {
        if (path === "/") return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
        if (!files.has(path)) throw vscode.FileSystemError.FileNotFound(path);
        return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: files.get(path).length };
      };
      exports.activate = (context) => {
        const provider = {
          onDidChangeFile: new vscode.EventEmitter().event,
          watch: () => ({ dispose() {} }),
          stat,
          readDirectory: () => [...files.keys()].map((name) => [name.slice(1), vscode.FileType.File]),
          readFile: (uri) => (stat(uri), files.get(uri.path)),
          writeFile: (uri, content) => void files.set(uri.path, content),
          createDirectory() {}, delete() {}, rename() {},
        };
        context.subscriptions.push(vscode.workspace.registerFileSystemProvider("scholiummem", provider, { isCaseSensitive: true }));
      };`,
  });

export async function driveDeaths(vsix, browser, say) {
  const fill = (folder) => {
    writeFileSync(path.join(folder, "note.md"), NOTE);
    writeFileSync(path.join(folder, "slow.md"), SLOW);
    // Every formula above the one asked about is read for its definitions: more than a small engine holds.
    writeFileSync(path.join(folder, "heavy.md"), `${"$a = 1 + 2$\n".repeat(400_000)}$a + 1$`);
  };
  const hands = (me) => ({
    hasNote: (pattern, ms) => me.until(me.notes, (all) => all.some((t) => pattern.test(t)), `a note like ${pattern}`, ms),
    noNotes: (ms) => me.until(me.notes, (all) => all.length === 0, "no notes", ms),
    line: (text) => me.page.locator(".editor-group-container.active .view-line", { hasText: text }).first(),
  });

  await withWorkspace(vsix, browser, { fill, name: "failure-deaths", settings: { "scholium.evaluate.memory": 128 } }, async (me, shot, opened) => {
    const { page } = me;
    const step = stepsOf(say, shot, { part: "deaths-", only: process.env.ONLY });
    const { hasNote, noNotes, line } = hands(me);
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
      await page.keyboard.press("Alt+Equal");
      await page.waitForTimeout(500);
      await page.reload();
      await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: RETURN });
      await line("sin").waitFor();
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

    await step("an engine that runs out of memory says so, its text stays, and live notes elsewhere go on", async () => {
      await me.openFile("note.md");
      await me.command("Scholium: Toggle Live Notes in This Document");
      await hasNote(/det A = -2/);
      await me.openFile("heavy.md");
      await me.goto(400_000, 3);
      await page.keyboard.press("Alt+Equal");
      await hasNote(/⚠.*engine stopped/, RETURN);
      await shot("engine-stopped");
      if ((await page.locator(".tab.active.dirty").count()) !== 0) throw new Error("the text has changed");
      await page.keyboard.press("Control+w");
      await me.openFile("note.md");
      await hasNote(/det A = -2/, RETURN);
      await me.goto(PRODUCT, 10);
      await page.keyboard.type("0");
      await hasNote(/= 420/, RETURN);
      await page.keyboard.press("Control+z");
      await hasNote(/= 42$/);
    });
  });

  await withWorkspace(vsix, browser, { name: "failure-virtual", address: "scholiummem:/", more: [memory()] }, async (me, shot) => {
    const { page } = me;
    const step = stepsOf(say, shot, { part: "deaths-", only: process.env.ONLY });
    const { hasNote } = hands(me);
    await step("in a workspace on no disk Evaluate, hover, live notes and panel work, and a result is written and saved", async () => {
      await me.openFile("note.md");
      await me.goto(PRODUCT, 3);
      await page.keyboard.press("Alt+Equal");
      await hasNote(/= 42/, RETURN);
      await page.keyboard.press("Escape");
      await me.command("Scholium: Toggle Live Notes in This Document");
      await hasNote(/det A = -2/);
      await me.goto(2, 10);
      await page.keyboard.press("Control+k");
      await page.keyboard.press("Control+i");
      await page.locator(".monaco-hover:visible img[alt*='2 by 2']").first().waitFor();
      await page.keyboard.press("Escape");
      await me.goto(PRODUCT, 3);
      await page.keyboard.press("Shift+Alt+Equal");
      await page.locator(".editor-group-container.active .view-line", { hasText: "= 42" }).first().waitFor();
      await page.keyboard.press("Control+s");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
      await me.goto(2, 10);
      await page.keyboard.press("Shift+Alt+V");
      await me.until(
        () =>
          me
            .webview()
            .locator(".facts")
            .allTextContents()
            .then((all) => all.join(" "))
            .catch(() => ""),
        (t) => /rank\s*2/.test(t),
        "facts in the panel",
        RETURN,
      );
      await shot("virtual-workspace");
    });
  });
}
