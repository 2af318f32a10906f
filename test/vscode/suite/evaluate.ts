// The main job: a note beside a formula, in its notation, that follows the text.
import * as vscode from "vscode";
import { clean, equal, evaluated, match, note, notesOf, open, sample, select, type, until } from "./editor.js";

export const evaluate = () =>
  suite("evaluate", () => {
    teardown(clean);

    test("the inverse of a selected LaTeX matrix is noted in LaTeX", async () => {
      const editor = await sample("notes.md");
      select(editor, "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}");
      match(
        await evaluated(editor),
        /^= \\begin\{pmatrix\}\s*-2\s*&\s*1\s*\\\\\s*\\?[t]?frac\{?3\}?\{?2\}?\s*&\s*-\\?[t]?frac\{?1\}?\{?2\}?\s*\\end\{pmatrix\}$/,
        "note",
      );
    });

    test("the cursor inside $...$ is enough", async () => {
      const editor = await sample("notes.md");
      select(editor, "1&2\\\\3&4\\end{pmatrix}^{-1}", true);
      match(await evaluated(editor), /^= \\begin\{pmatrix\}\s*-2/, "note");
    });

    test("a product of NumPy arrays is noted as a NumPy array", async () => {
      const editor = await sample("arrays.py");
      select(editor, "np.array([[1,2],[3,4]]) @ np.array([[5],[6]])");
      match(await evaluated(editor), /^[=≈] np\.array\(\[\[17\.?0?\],\s*\[39\.?0?\]\]\)$/, "note");
    });

    test("a MATLAB transpose is noted in MATLAB", async () => {
      const editor = await sample("matrices.m");
      select(editor, "[1 2; 3 4]'");
      match(await evaluated(editor), /^[=≈] \[1,? 3; 2,? 4\]$/, "note");
    });

    test("a block of CSV is noted as a matrix of its shape", async () => {
      const editor = await open("csv", "1,2\n3,4\n5,6\n", "1,2\n3,4\n5,6");
      match(await evaluated(editor), /1,2.*3,4.*5,6|3 ?× ?2/, "note");
    });

    test("Julia and JSON are noted in their own notation", async () => {
      match(await evaluated(await open("julia", "[1 2; 3 4] * [5; 6]\n", "[1 2; 3 4] * [5; 6]")), /^[=≈] \[17[,;] 39\]$/, "Julia");
      match(await evaluated(await open("json", "[[1, 2], [3, 4]]\n", "[[1, 2], [3, 4]]")), /^= \[\[1, ?2\], ?\[3, ?4\]\]$/, "JSON");
    });

    test("definitions above are known", async () => {
      const editor = await sample("notes.md");
      select(editor, "\\det A");
      match(await evaluated(editor), /^= 4$/, "note");
    });

    test("editing a number updates the note", async () => {
      const editor = await open("markdown", "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}$\n", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}");
      const before = await evaluated(editor);
      await type(editor, "3&4", "3&5");
      const after = await until(
        async () => (await notesOf(editor))[0],
        (n) => n?.state === "value" && n.text !== before,
        "a new value",
      );
      match(after.text, /-5\s*&\s*2\s*\\\\\s*3\s*&\s*-1/, "note");
    });

    test("text typed before the formula moves its note along", async () => {
      const editor = await open("markdown", "$1+1$\n", "1+1");
      await evaluated(editor);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "😀 first a line\nthen "));
      const moved = await until(
        async () => (await notesOf(editor))[0],
        (n) => n?.state === "value" && n.range[0] > 10,
        "the note moved",
      );
      equal(editor.document.getText().slice(...moved.range), "1+1", "the text of the note");
    });

    test("what is typed at either end of a formula belongs to it", async () => {
      const editor = await open("markdown", "So $6 \\cdot 7$ it is.\n", "6 \\cdot 7");
      equal(await evaluated(editor), "= 42", "note");
      const shows = (text: string) =>
        until(
          async () => (await notesOf(editor))[0],
          (n) => n?.state === "value" && n.text === text,
          text,
        );
      await type(editor, "7", "");
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 12), "8"));
      await shows("= 48");
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 4), "1"));
      await shows("= 128");
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "9"));
      await shows("= 128");
    });

    test("a formula that breaks keeps its last value at first, then says what is wrong", async () => {
      const editor = await open("markdown", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}\n", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}");
      const before = await evaluated(editor);
      await type(editor, "\\end{pmatrix}", "\\end{pmatri");
      const stale = await until(
        async () => (await notesOf(editor))[0],
        (n) => n?.state === "stale",
        "stale",
        2000,
      );
      equal(stale.text, before, "the stale value");
      match(await note(editor, "problem"), /^⚠/, "then the problem");
    });

    test("Clear Notes removes the note, and with the line's argument only those there", async () => {
      const editor = await open("markdown", "$1+1$\n\n$2+2$\n");
      editor.selections = ["1+1", "2+2"].map((s) => {
        const at = editor.document.positionAt(editor.document.getText().indexOf(s));
        return new vscode.Selection(at, at.translate(0, 3));
      });
      await vscode.commands.executeCommand("scholium.evaluate");
      equal(
        (await notesOf(editor)).map((n) => n.text),
        ["= 2", "= 4"],
        "a note per selection",
      );
      editor.selection = new vscode.Selection(0, 1, 0, 1);
      await vscode.commands.executeCommand("scholium.clearNotes", "line");
      equal(
        (await notesOf(editor)).map((n) => n.text),
        ["= 4"],
        "after clearing the line",
      );
      await vscode.commands.executeCommand("scholium.clearNotes");
      equal((await notesOf(editor)).length, 0, "after clearing all");
    });

    test("two editors' notes do not mix, whichever is active when the answer comes", async () => {
      const first = await open("markdown", "$\\sum_{k=1}^{20000} k^2$\n", "\\sum_{k=1}^{20000} k^2");
      const running = vscode.commands.executeCommand("scholium.evaluate");
      const second = await open("markdown", "$7$\n");
      await running;
      equal((await notesOf(second)).length, 0, "notes of the other document");
      equal(
        (await notesOf(first)).map((n) => n.text),
        ["= 2666866670000"],
        "notes of the document that asked",
      );
    });
  });
