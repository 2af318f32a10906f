// Values that show by themselves: live notes, inlay hints, code lenses, problems.
import * as vscode from "vscode";
import { api, clean, equal, match, notesOf, open, pause, select, until } from "./editor.js";

const configuration = () => vscode.workspace.getConfiguration("scholium");

/** Runs with settings changed, and changes them back. */
export async function withSettings(values: Readonly<Record<string, unknown>>, action: () => Promise<void>): Promise<void> {
  const set = async (clear: boolean) => {
    for (const [key, value] of Object.entries(values))
      await configuration().update(key, clear ? undefined : value, vscode.ConfigurationTarget.Global);
  };
  await set(false);
  try {
    await action();
  } finally {
    await set(true);
  }
}

const texts = async (editor: vscode.TextEditor) => (await notesOf(editor)).map((n) => n.text);
const shows = (editor: vscode.TextEditor, wanted: readonly string[], what: string) =>
  until(
    () => texts(editor),
    (all) => wanted.every((w) => all.includes(w)),
    what,
  );

const SYMMETRIC = "$$\nA = \\begin{bmatrix}\n2 & 1 & 0 \\\\\n1 & 2 & 1 \\\\\n0 & 1 & 2\n\\end{bmatrix}\n$$\n";

export const liveNotes = () =>
  suite("live", () => {
    teardown(clean);

    test("a definition that changes changes what depends on it, further down and through others", () =>
      withSettings({ "live.enabled": true }, async () => {
        const editor = await open("markdown", "$a = 2$\n\n$b = a^3$\n\nSo $b + 1$, and $7 \\cdot 6$.\n");
        await shows(editor, ["= 8", "= 9", "= 42"], "values");
        select(editor, "2");
        await editor.edit((edit) => edit.replace(editor.selection, "3"));
        await shows(editor, ["= 27", "= 28", "= 42"], "values after the edit");
      }));

    test("taking away a definition uncovers the one above it", () =>
      withSettings({ "live.enabled": true }, async () => {
        const editor = await open("markdown", "$c = 2$\n\n$c = 5$\n\nHere $c + 1$.\n");
        await shows(editor, ["= 6"], "with the nearest definition");
        await editor.edit((edit) => edit.delete(new vscode.Range(2, 0, 3, 0)));
        await shows(editor, ["= 3"], "with the one above");
      }));

    test("a formula broken while typing keeps its last value, then says what is wrong, and comes back", () =>
      withSettings({ "live.enabled": true }, async () => {
        const editor = await open("markdown", "Here $1 + (2 \\cdot 3)$ stands.\n");
        await shows(editor, ["= 7"], "the value");
        select(editor, ")", true);
        const lines = editor.document.lineCount;
        await editor.edit((edit) => edit.delete(new vscode.Range(editor.selection.active, editor.selection.active.translate(0, 1))));
        const stale = await until(
          () => notesOf(editor),
          (all) => all[0]?.state === "stale",
          "a stale note",
          3000,
        );
        equal(stale[0]?.text, "= 7", "the last value");
        await until(
          () => notesOf(editor),
          (all) => all.length === 1 && all[0]?.state === "problem",
          "then the problem",
        );
        equal(editor.document.lineCount, lines, "lines");
        await editor.edit((edit) => edit.insert(editor.selection.active, ")"));
        await shows(editor, ["= 7"], "the value again");
      }));

    test("of 2,000 formulas those nearest to the cursor have notes, at most 200, and typing among them is answered", () =>
      withSettings({ "live.enabled": true }, async () => {
        const lines = Array.from({ length: 2000 }, (_, i) => `$${i} + ${i}$`);
        const editor = await open("markdown", lines.join("\n"));
        await until(
          () => notesOf(editor),
          (all) => all.length > 20,
          "notes",
        );
        const at = new vscode.Position(1000, 2);
        editor.selection = new vscode.Selection(at, at);
        editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
        await shows(editor, ["= 2000"], "the note at the cursor");
        await editor.edit((edit) => edit.insert(new vscode.Position(1000, 1), "9"));
        await shows(editor, ["= 92000"], "the note of what was typed");
        const all = await notesOf(editor);
        if (all.length > 200) throw new Error(`${all.length} notes`);
        for (const n of all) match(editor.document.getText().slice(...n.range), /^\d+ \+ \d+$/, "the text of a note");
      }));

    test("the choice for a document stays when it is closed and opened again", async () => {
      const extension = vscode.extensions.getExtension("scholium.scholium") as vscode.Extension<unknown>;
      const uri = vscode.Uri.joinPath(extension.extensionUri, "samples/notes.tex");
      const show = async () => vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
      await show();
      await vscode.commands.executeCommand("scholium.toggleLive");
      await until(
        async () => texts(await show()),
        (all) => all.length > 0,
        "notes",
      );
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      const again = await show();
      await until(
        () => texts(again),
        (all) => all.length > 0,
        "notes when opened again",
      );
      await vscode.commands.executeCommand("scholium.toggleLive");
      await until(
        () => texts(again),
        (all) => all.length === 0,
        "none when switched off",
      );
    });

    test("a file with a merge conflict has no live notes", () =>
      withSettings({ "live.enabled": true }, async () => {
        const editor = await open("markdown", "$1+1$\n<<<<<<< ours\n$2+2$\n=======\n$3+3$\n>>>>>>> theirs\n");
        await pause(600);
        equal(await texts(editor), [], "notes");
        await editor.edit((edit) => {
          edit.delete(new vscode.Range(1, 0, 2, 0));
          edit.delete(new vscode.Range(3, 0, 6, 0));
        });
        await shows(editor, ["= 2", "= 4"], "notes when it is resolved");
      }));

    test("as inlay hints values stand at the end of their lines", () =>
      withSettings({ "live.enabled": true, "live.style": "inlay" }, async () => {
        const editor = await open("markdown", "$6 \\cdot 7$\n");
        await shows(editor, ["= 42"], "the value");
        const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
          "vscode.executeInlayHintProvider",
          editor.document.uri,
          new vscode.Range(0, 0, 1, 0),
        );
        const label = hints[0]?.label as vscode.InlayHintLabelPart[];
        equal(label[0]?.value, "= 42", "the hint");
        equal(hints[0]?.position.character, editor.document.lineAt(0).text.length, "its column");
      }));

    test("errors are in the Problems view as serious as the setting says, at their place", () =>
      withSettings({ problems: "information" }, async () => {
        const text = "😀 $\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}^{-1}$ and $1+1$\n";
        const editor = await open("markdown", text);
        const own = () => vscode.languages.getDiagnostics(editor.document.uri).filter((d) => d.source === "Scholium");
        const [found] = await until(own, (all) => all.length === 1, "one problem");
        equal(found?.severity, vscode.DiagnosticSeverity.Information, "severity");
        match(found?.message, /singular/, "message");
        match(editor.document.getText(found?.range), /begin\{pmatrix\}/, "place");
        select(editor, "2&4");
        await editor.edit((edit) => edit.replace(editor.selection, "3&4"));
        await until(own, (all) => all.length === 0, "no problem after the repair");
      }));

    test("code lenses are off, and on they stand above matrices and named formulas with their rank", async () => {
      const editor = await open("markdown", `${SYMMETRIC}\n$b = \\det A$\n`);
      const lenses = async (resolve: number) =>
        (await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", editor.document.uri, resolve)).filter((l) =>
          /^scholium\./.test(l.command?.command ?? ""),
        );
      await api();
      equal((await lenses(10)).length, 0, "lenses when off");
      await withSettings({ "codeLens.enabled": true }, async () => {
        const all = await until(
          () => lenses(10),
          (l) => l.length >= 4,
          "lenses",
        );
        equal(all.map((l) => l.command?.title).sort(), ["A: 3×3 · rank 3", "SVD", "Visualize", "b = 4"], "titles");
        equal(
          all.map((l) => l.range.start.line),
          [0, 0, 0, 8],
          "lines",
        );
      });
    });
  });
