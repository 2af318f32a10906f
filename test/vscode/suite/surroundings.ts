// Where documents live: notebooks, comparisons, virtual files; and what happens when the engine goes away.
import * as vscode from "vscode";
import { api, clean, equal, evaluated, match, notesOf, open, until } from "./editor.js";
import { withSettings } from "./liveNotes.js";
import { markdown, notebookOf, python } from "./notebook.js";
import { testWhere } from "./report.js";

/** The note of the first formula of a cell, as the engine answers it. */
async function valueIn(notebook: vscode.NotebookDocument, index: number): Promise<string> {
  const { document } = notebook.cellAt(index);
  const at = document.getText().indexOf("$") + 1;
  const outcome = await (await api()).engine.run(
    "evaluate",
    {
      place: { uri: document.uri.toString(), version: document.version, language: document.languageId, range: [at, at] },
      conventions: { exact: "auto", digits: 4, output: "source", scope: "above" },
      style: { maxLength: 64, maxRows: 6, maxColumns: 6 },
      timeout: 3000,
    },
    { timeout: 3000, priority: 0 },
  );
  if (outcome.status !== "done") return outcome.status;
  return outcome.answer.ok ? outcome.answer.note : outcome.answer.problem.message;
}

async function moveCell(notebook: vscode.NotebookDocument, from: number, to: number): Promise<void> {
  const cell = notebook.cellAt(from);
  const data = new vscode.NotebookCellData(cell.kind, cell.document.getText(), cell.document.languageId);
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(from, from + 1))]);
  await vscode.workspace.applyEdit(edit);
  const insert = new vscode.WorkspaceEdit();
  insert.set(notebook.uri, [vscode.NotebookEdit.insertCells(to, [data])]);
  await vscode.workspace.applyEdit(insert);
}

export const surroundings = () =>
  suite("surroundings", () => {
    teardown(clean);

    test("a formula of a notebook sees the cells above, Markdown and code, and no cell below", async () => {
      const notebook = await notebookOf([
        markdown("$b = 3$"),
        python("A = np.array([[1, 2], [3, 4]])"),
        markdown("So $b \\cdot \\det A$."),
        markdown("$b = 100$"),
      ]);
      equal(await valueIn(notebook, 2), "= -6", "with the array of the code cell");
    });

    test("moving a cell of a notebook changes what a formula sees", async () => {
      const notebook = await notebookOf([markdown("$q = 2$"), markdown("$q = 5$"), markdown("Here $q + 1$")]);
      equal(await valueIn(notebook, 2), "= 6", "before");
      await moveCell(notebook, 0, 1);
      equal(await valueIn(notebook, 2), "= 3", "after");
    });

    test("a name that only the kernel knows says so", async () => {
      const notebook = await notebookOf([python("W = model.weights()"), markdown("$\\det W$")]);
      match(await valueIn(notebook, 1), /W comes from the kernel; Scholium reads literals only/, "message");
    });

    test("an edit in one cell changes the live note in another", () =>
      withSettings({ "live.enabled": true }, async () => {
        const notebook = await notebookOf([python("k = 4"), python("k * 10")]);
        const second = notebook.cellAt(1).document;
        const texts = async () => (await api()).notes(second.uri).map((n) => n.text);
        await until(texts, (all) => all.includes("= 40"), "the note");
        const edit = new vscode.WorkspaceEdit();
        edit.replace(notebook.cellAt(0).document.uri, new vscode.Range(0, 4, 0, 5), "7");
        await vscode.workspace.applyEdit(edit);
        await until(texts, (all) => all.includes("= 70"), "the note after the edit");
      }));

    test("documents of a virtual file system and of a content provider are evaluated", async () => {
      const text = "$\\det \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n";
      const provider = vscode.workspace.registerTextDocumentContentProvider("scholiumtest", { provideTextDocumentContent: () => text });
      try {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.parse("scholiumtest:/notes.md"));
        const editor = await vscode.window.showTextDocument(document, { preview: false });
        editor.selection = new vscode.Selection(0, 6, 0, 6);
        equal(await evaluated(editor), "= -2", "note");
      } finally {
        provider.dispose();
      }
    });

    test("a result for a read-only document is copied instead", async () => {
      const provider = vscode.workspace.registerTextDocumentContentProvider("scholiumfixed", { provideTextDocumentContent: () => "$6 \\cdot 7$\n" });
      try {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.parse("scholiumfixed:/fixed.md"));
        const editor = await vscode.window.showTextDocument(document, { preview: false });
        editor.selection = new vscode.Selection(0, 3, 0, 3);
        await vscode.env.clipboard.writeText("");
        await vscode.commands.executeCommand("scholium.replace");
        equal(await until(vscode.env.clipboard.readText, (t) => t !== "", "clipboard"), "42", "clipboard");
        equal(document.getText(), "$6 \\cdot 7$\n", "text");
      } finally {
        provider.dispose();
      }
    });

    test("beyond 5 MB a document has no live notes, and its selection is evaluated all the same", () =>
      withSettings({ "live.enabled": true }, async () => {
        const editor = await open("markdown", `$2+3$\n${`${"words and words again ".repeat(50)}\n`.repeat(5000)}`);
        editor.selection = new vscode.Selection(0, 1, 0, 4);
        equal(await evaluated(editor), "= 5", "note");
        equal((await notesOf(editor)).length, 1, "notes");
      })).timeout(60_000);

    test("a formula behind five million characters on its line is found at its place", async () => {
      const editor = await open("markdown", `${"😀 words ".repeat(540_000)}$20+3$\r\n`);
      const at = editor.document.getText().indexOf("20+3");
      const position = editor.document.positionAt(at);
      editor.selection = new vscode.Selection(position, position.translate(0, 4));
      await vscode.commands.executeCommand("scholium.evaluate");
      const [note] = await notesOf(editor);
      equal(note?.text, "= 23", "note");
      equal(note?.range, [at, at + 4], "range");
    }).timeout(60_000);

    test("thousands of matrices in one document are read and the one at the cursor evaluated", async () => {
      const all = Array.from({ length: 3000 }, (_, i) => `$\\begin{pmatrix}${i}&1\\\\1&${i}\\end{pmatrix}$`);
      const editor = await open("markdown", all.join("\n\n"));
      editor.selection = new vscode.Selection(4000, 20, 4000, 20);
      match(await evaluated(editor), /2000/, "note");
    }).timeout(60_000);

    testWhere(
      typeof process !== "undefined",
      "only Node's worker threads have a memory limit",
      "an engine that runs out of memory says so at the formula, and the next computation works",
      async () => {
        await withSettings({ "evaluate.memory": 128, "evaluate.timeout": 50_000 }, async () => {
          const { engine } = await api();
          engine.restart();
          // Every formula above the one asked about is read for its definitions.
          const editor = await open("markdown", `${"$a = 1 + 2$\n".repeat(400_000)}$a + 1$`);
          const end = editor.document.lineCount - 1;
          editor.selection = new vscode.Selection(end, 2, end, 2);
          const text = editor.document.getText();
          await vscode.commands.executeCommand("scholium.evaluate");
          const [note] = await notesOf(editor);
          match(note?.text, /⚠.*engine stopped/, "note");
          equal(editor.document.getText() === text, true, "text unchanged");
          equal(await evaluated(await open("markdown", "$1+1$\n", "1+1")), "= 2", "the next note");
        });
        (await api()).engine.restart();
      },
      150_000,
    );
    testWhere(
      typeof process !== "undefined",
      "only Node's worker threads have a memory limit",
      "a matrix of three million numbers is read within the least memory an engine may have, and the next computation works",
      async () => {
        await withSettings({ "evaluate.memory": 128, "evaluate.timeout": 50_000 }, async () => {
          const { engine } = await api();
          engine.restart();
          const editor = await open("matlab", `[${"1.5 2.5;\n".repeat(1_500_000)}]`);
          editor.selection = new vscode.Selection(0, 0, editor.document.lineCount, 0);
          const text = editor.document.getText();
          await vscode.commands.executeCommand("scholium.evaluate");
          const [note] = await notesOf(editor);
          equal(note?.text, "= 1500000×2", "note");
          equal(editor.document.getText() === text, true, "text unchanged");
          equal(await evaluated(await open("markdown", "$1+1$\n", "1+1")), "= 2", "the next note");
        });
        (await api()).engine.restart();
      },
      150_000,
    );
  });
