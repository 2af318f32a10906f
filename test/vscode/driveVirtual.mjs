// A workspace without a folder on any disk: its files live in another extension's memory, as those of a remote repository do.
import { withWorkspace } from "./drive.mjs";
import { panelOf } from "./drivePanel.mjs";
import { stepsOf } from "./steps.mjs";
import { tinyVsix } from "./tinyVsix.mjs";

const NOTES = String.raw`$A = \begin{pmatrix}1&2\\3&4\end{pmatrix}$ and its inverse:

$A^{-1}$
`;

const memory = () =>
  tinyVsix({
    name: "memory",
    activationEvents: ["onFileSystem:mem"],
    main: `const vscode = require("vscode");
      const files = new Map([["/note.md", new TextEncoder().encode(${JSON.stringify(NOTES)})]]);
      const changed = new vscode.EventEmitter();
      const stat = ({ path }) => {
        if (path === "/") return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
        const bytes = files.get(path);
        if (!bytes) throw vscode.FileSystemError.FileNotFound(path);
        return { type: vscode.FileType.File, ctime: 0, mtime: 1, size: bytes.length };
      };
      exports.activate = (context) => context.subscriptions.push(vscode.workspace.registerFileSystemProvider("mem", {
        onDidChangeFile: changed.event,
        watch: () => new vscode.Disposable(() => {}),
        stat,
        readDirectory: () => [...files.keys()].map((name) => [name.slice(1), vscode.FileType.File]),
        readFile: (uri) => (stat(uri), files.get(uri.path)),
        writeFile: (uri, bytes) => void files.set(uri.path, bytes),
        createDirectory() {}, delete() {}, rename() {},
      }));`,
  });

export async function driveVirtual(vsix, browser, say) {
  await withWorkspace(vsix, browser, { name: "failure-virtual", more: [memory()], folder: "mem:/" }, async (me, shot) => {
    const { page, hasNote, noNotes } = me;
    const step = stepsOf(say, shot, { part: "virtual-", only: process.env.ONLY });
    await step("in a virtual workspace a formula is evaluated, appended, saved, and drawn in the panel", async () => {
      await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "note.md" }).first().dblclick();
      await page.locator(".editor-group-container.active .monaco-editor .view-line").first().waitFor();
      await me.goto(2, 2);
      await page.keyboard.press("Alt+Equal");
      await hasNote(/-2&1.*frac\{3\}\{2\}/);
      await page.keyboard.press("Shift+Alt+Equal");
      await page.locator(".view-line", { hasText: "frac" }).first().waitFor();
      await noNotes();
      await page.keyboard.press("Control+s");
      await page.locator(".tab.active:not(.dirty)", { hasText: "note.md" }).first().waitFor();
      await me.goto(0, 8);
      await page.waitForTimeout(500);
      await page.keyboard.press("Shift+Alt+V");
      await panelOf(me).facts(/rank\s*2/, "facts in the panel", 15_000);
      await shot("virtual");
    });
  });
}
