// Kinds of editors and what happens meanwhile: comparisons, one document in two editors, many cursors, tabs switched and text changed while
// a value is computed, folders of a virtual file system.
import * as vscode from "vscode";
import { api, clean, equal, evaluated, hoverText, match, notesOf, open, pause, sample, select, type, until } from "./editor.js";
import { withSettings } from "./liveNotes.js";
import { testWhere } from "./report.js";

/** Takes seconds in the engine. */
const SLOW = "\\sum_{i=1}^{1000}\\sum_{j=1}^{1000} \\sin(i j)^2";

/** A file system in memory. */
class Memory implements vscode.FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  watch = () => new vscode.Disposable(() => {});
  stat(uri: vscode.Uri): vscode.FileStat {
    const found = this.#files.get(uri.path);
    if (!found) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: found.length };
  }
  readDirectory = () => [...this.#files.keys()].map((name): [string, vscode.FileType] => [name.slice(1), vscode.FileType.File]);
  createDirectory(): void {}
  readFile(uri: vscode.Uri): Uint8Array {
    this.stat(uri);
    return this.#files.get(uri.path) as Uint8Array;
  }
  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.#files.set(uri.path, content);
  }
  delete(uri: vscode.Uri): void {
    this.#files.delete(uri.path);
  }
  rename(): void {}
}

export const editors = () =>
  suite("editors", () => {
    teardown(clean);

    test("a comparison has notes on its right side only, and hovers on both", () =>
      withSettings({ "live.enabled": true }, async () => {
        const text = (n: number) => `Here $${n} \\cdot 2$ and\n\n$\\begin{pmatrix}1&2\\\\3&${n}\\end{pmatrix}$\n`;
        const provider = vscode.workspace.registerTextDocumentContentProvider("scholiumdiff", {
          provideTextDocumentContent: ({ path }) => text(path.includes("old") ? 4 : 5),
        });
        try {
          const [left, right] = ["old", "new"].map((n) => vscode.Uri.parse(`scholiumdiff:/${n}.md`)) as [vscode.Uri, vscode.Uri];
          await vscode.commands.executeCommand("vscode.diff", left, right, "old and new");
          const { notes } = await api();
          await until(
            () => notes(right).map((n) => n.text),
            (all) => all.includes("= 10"),
            "a note on the right",
          );
          await pause(300);
          equal(notes(left).length, 0, "notes on the left");
          for (const uri of [left, right]) {
            const editor = vscode.window.visibleTextEditors.find((e) => e.document.uri.toString() === uri.toString()) as vscode.TextEditor;
            match(await hoverText(editor, new vscode.Position(2, 8)), /<img[^>]+alt="2 by 2 matrix/, `hover in ${uri.path}`);
          }
          await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
        } finally {
          provider.dispose();
        }
      }));

    test("an edit in one of two editors of a document updates the notes of both", async () => {
      const editor = await open("markdown", "$6 \\cdot 7$\n", "6 \\cdot 7");
      equal(await evaluated(editor), "= 42", "note");
      const other = await vscode.window.showTextDocument(editor.document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
      await type(other, "7", "8");
      await until(
        () => notesOf(editor),
        (all) => all.length === 1 && all[0]?.text === "= 48",
        "the note after the edit",
      );
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    });

    test("tabs switched while a value is computed: no note appears in another document", async () => {
      const slow = await open("markdown", `$${SLOW}$\n`, SLOW);
      const running = vscode.commands.executeCommand("scholium.evaluate");
      const others = [await open("markdown", `$${SLOW}$\n`), await open("markdown", "$1+1$\n"), await open("python", "1 + 1\n")];
      let over = false;
      void Promise.resolve(running).then(() => (over = true));
      for (let i = 0; !over && i < 200; i++) {
        await vscode.window.showTextDocument((others[i % others.length] as vscode.TextEditor).document, { preview: false });
        await pause(20);
      }
      await running;
      for (const o of others) equal((await notesOf(o)).length, 0, "notes of a document that did not ask");
      equal((await notesOf(slow)).length, 1, "notes of the one that did");
    }).timeout(40_000);

    test("a document closed while its value is computed leaves nothing behind, and the next is answered", async () => {
      const slow = await open("markdown", `$${SLOW}$\n`, SLOW);
      const { uri } = slow.document;
      const running = vscode.commands.executeCommand("scholium.evaluate");
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      await vscode.commands.executeCommand("scholium.cancel");
      await running;
      equal((await api()).notes(uri).length > 1, false, "notes of the closed document");
      const next = await sample("notes.md");
      select(next, "\\det A");
      equal(await evaluated(next), "= 4", "the next");
    });

    test("typing before and inside a formula while it is computed ends with its right value at its right place", async () => {
      const editor = await open("markdown", `$${SLOW} \\cdot 0$\n`, `${SLOW} \\cdot 0`);
      const running = vscode.commands.executeCommand("scholium.evaluate");
      for (let i = 0; i < 10; i++) {
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "é😀 "));
        await pause(15);
      }
      await type(editor, "1000}\\sum", "2}\\sum");
      const began = Date.now();
      await running;
      const [note] = await until(
        () => notesOf(editor),
        (all) => all.length === 1 && all[0]?.state === "value",
        "the note",
        20_000,
      );
      match(note?.text, /^[=≈] 0$/, "value");
      if (Date.now() - began > 3000) throw new Error("the old text was computed to its end");
      match(editor.document.getText().slice(...(note?.range ?? [0, 0])), /^\\sum_\{i=1\}\^\{2\}.*\\cdot 0$/, "the text of the note");
    }).timeout(40_000);

    test("of 120 selections the first 50 get notes", async () => {
      const editor = await open("markdown", Array.from({ length: 120 }, (_, i) => `$${i}+1$`).join("\n\n"));
      editor.selections = Array.from({ length: 120 }, (_, i) => new vscode.Selection(2 * i, 2, 2 * i, 2));
      await vscode.commands.executeCommand("scholium.evaluate");
      const all = await notesOf(editor);
      equal(
        all.map((n) => n.text),
        Array.from({ length: 50 }, (_, i) => `= ${i + 1}`),
        "notes",
      );
    });

    test("with 200 cursors Append writes 50 results, and one undo takes them away", async () => {
      const before = Array.from({ length: 200 }, (_, i) => `$${i}+1$`).join("\n\n");
      const editor = await open("markdown", before);
      editor.selections = Array.from({ length: 200 }, (_, i) => new vscode.Selection(2 * i, 2, 2 * i, 2));
      await vscode.commands.executeCommand("scholium.append");
      const text = editor.document.getText();
      equal((text.match(/ = /g) ?? []).length, 50, "results");
      match(text, /^\$0\+1 = 1\$\n\n\$1\+1 = 2\$/, "their places");
      await vscode.commands.executeCommand("undo");
      equal(editor.document.getText() === before, true, "the text after one undo");
    });

    test("an aid keeps the cursor where it is in the matrix", async () => {
      const editor = await open("matlab", "A = [1 2; 3 4]\nB = 1\n");
      editor.selection = new vscode.Selection(1, 2, 1, 2);
      const before = editor.selection;
      select(editor, "[1 2; 3 4]");
      await vscode.commands.executeCommand("scholium.transpose");
      equal(editor.document.lineAt(0).text, "A = [1 3; 2 4]", "text");
      equal(editor.document.lineAt(1).text, "B = 1", "the line below");
      equal(editor.selection.start.line, before.start.line - 1, "line of the cursor");
    });

    test("a file of a virtual file system is evaluated, written to, hovered over and visualized", async () => {
      const memory = new Memory();
      const registered = vscode.workspace.registerFileSystemProvider("scholiummem", memory, { isCaseSensitive: true });
      try {
        const uri = vscode.Uri.parse("scholiummem:/notes.md");
        memory.writeFile(uri, new TextEncoder().encode("$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{T}$\n"));
        const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
        editor.selection = new vscode.Selection(0, 8, 0, 8);
        match(await evaluated(editor), /1&3/, "note");
        match(await hoverText(editor, new vscode.Position(0, 8)), /<img/, "hover");
        await vscode.commands.executeCommand("scholium.visualize");
        await until(() => vscode.window.tabGroups.all.some((g) => g.tabs.some((t) => t.label.startsWith("Scholium"))), Boolean, "the panel");
        await vscode.window.showTextDocument(editor.document, { viewColumn: vscode.ViewColumn.One });
        await vscode.commands.executeCommand("scholium.append");
        match(editor.document.getText(), /= \\begin\{pmatrix\} ?1 ?& ?3/, "appended");
        await editor.document.save();
        match(new TextDecoder().decode(memory.readFile(uri)), /= \\begin/, "the file");
      } finally {
        registered.dispose();
      }
    });

    test("a .m file the editor takes for Objective-C is read as MATLAB when it is written so", async () => {
      const memory = new Memory();
      const registered = vscode.workspace.registerFileSystemProvider("scholiumem", memory, { isCaseSensitive: true });
      try {
        const live = async (name: string, text: string) => {
          const uri = vscode.Uri.parse(`scholiumem:/${name}`);
          memory.writeFile(uri, new TextEncoder().encode(text));
          // What the editor takes such a file for, unless a setting or an extension says otherwise.
          const document = await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), "objective-c");
          return vscode.window.showTextDocument(document, { preview: false });
        };
        await withSettings({ "live.enabled": true }, async () => {
          const matlab = await live("control.m", "% states\nA = [0 1; -2 -3];\nB = [0; 1];\nA*B\n");
          const texts = async (editor: vscode.TextEditor) => (await notesOf(editor)).map((n) => n.text);
          await until(
            () => texts(matlab),
            (all) => all.includes("= [1; -3]"),
            "the product",
          );
          const other = await live("main.m", "#import <Foundation/Foundation.h>\nint a[2] = {1, 2};\n");
          await pause(400);
          equal(await texts(other), [], "notes in Objective-C");
        });
      } finally {
        registered.dispose();
      }
    });

    testWhere(
      typeof process !== "undefined",
      "a setting of this run puts the extension on the browser's side",
      "in a window on another machine the extension runs there, where the files are",
      async () => {
        const found = vscode.extensions.getExtension("scholium.scholium");
        equal(found?.extensionKind, vscode.ExtensionKind.Workspace, "the side it runs on");
        equal(typeof vscode.env.remoteName, "string", "the window's name for the other machine");
        const [folder] = vscode.workspace.workspaceFolders ?? [];
        equal(folder?.uri.scheme, "file", "the scheme of the folder");
        const file = vscode.Uri.joinPath((folder as vscode.WorkspaceFolder).uri, "notes.md");
        const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file), { preview: false });
        select(editor, "\\det A");
        equal(await evaluated(editor), "= 4", "note");
      },
    );

    test("Read Value says a matrix in words", async () => {
      const editor = await open("markdown", "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n", "1&2", true);
      equal(editor.selection.isEmpty, true, "cursor");
      await api();
      const words = await vscode.commands.executeCommand<string>("scholium.readValue");
      match(words, /^2 by 2 matrix, rank 2, determinant −2\. Row 1: 1, 2\. Row 2: 3, 4\.$/, "words");
    });
  });
