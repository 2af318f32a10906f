// Whatever is selected, the answer is a clear message in place; the text stays, and the editor answers.
import * as vscode from "vscode";
import { clean, equal, evaluated, match, note, notesOf, open, until } from "./editor.js";

/** What is selected (all of it) -> what the note must say. */
const cases: readonly [name: string, language: string, text: string, said: RegExp][] = [
  ["an unparsable selection", "matlab", "[1 2; 3 ] ] 4", /⚠.*\]/],
  ["a shape mismatch", "python", "np.array([[1,2,3],[4,5,6]]) @ np.array([[1,2],[3,4]])", /⚠.*2×3.*2×2/],
  ["a truncated printout", "python", "array([[1., 2., ..., 9.],\n       [1., 2., ..., 9.]])", /⚠.*(…|\.\.\.|shortened|truncated)/i],
  ["a ragged matrix", "matlab", "[1 2 3; 4 5]", /⚠.*2.*3|⚠.*3.*2/],
  ["a singular inverse", "markdown", "\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}^{-1}", /⚠.*singular/],
  ["an environment without an end", "markdown", "\\begin{pmatrix}1&2\\\\3&4", /⚠.*pmatrix/],
  ["an unknown name", "markdown", "Q + 1", /⚠.*Q/],
];

export const badInput = () =>
  suite("bad input", () => {
    teardown(clean);

    for (const [name, language, text, said] of cases)
      test(`${name} gets a short note with its reason and changes nothing`, async () => {
        const editor = await open(language, text, text);
        const shown = await evaluated(editor, "problem");
        match(shown, said, "note");
        if ([...shown].length > 64) throw new Error(`the note has ${[...shown].length} characters: ${shown}`);
      });

    test("an empty selection in plain words says that there is no formula", async () => {
      const editor = await open("markdown", "Nothing to compute here.\n", "to compute", true);
      match(await evaluated(editor, "problem"), /⚠.*[Nn]o formula/, "note");
    });

    test("a file that is not text is refused", async () => {
      const editor = await open("plaintext", "PK\u0003\u0004\0\0\0\0binary\0\0", "binary");
      await vscode.commands.executeCommand("scholium.evaluate");
      equal((await notesOf(editor)).length, 0, "notes");
    });

    test("a selection of a million characters is answered while the editor stays responsive", async () => {
      const rows = Array.from({ length: 500 }, (_, i) => Array.from({ length: 400 }, (_, j) => ((i * 7 + j * 3) % 97) / 10).join(", "));
      const text = `[${rows.join(";\n")}]`;
      const editor = await open("matlab", text);
      editor.selection = new vscode.Selection(new vscode.Position(0, 0), editor.document.positionAt(text.length));
      const running = vscode.commands.executeCommand("scholium.evaluate");
      let over = false;
      let turns = 0;
      void Promise.resolve(running).then(() => (over = true));
      for (; !over; turns++) await new Promise((resolve) => setTimeout(resolve, 1));
      match((await notesOf(editor))[0]?.text, /500 ?× ?400/, "note");
      if (turns < 3) throw new Error("the extension host had no turn while the selection was evaluated");
    });

    test("a computation beyond its limit is stopped and the next one works", async () => {
      const settings = vscode.workspace.getConfiguration("scholium");
      await settings.update("evaluate.timeout", 300, vscode.ConfigurationTarget.Global);
      try {
        const slow = await open(
          "markdown",
          "$\\sum_{i=1}^{3000}\\sum_{j=1}^{3000} \\sin(i j)^2$\n",
          "\\sum_{i=1}^{3000}\\sum_{j=1}^{3000} \\sin(i j)^2",
        );
        match(await evaluated(slow, "problem"), /⏱|stopped|longer/, "note");
        const next = await open("markdown", "$1+1$\n", "1+1");
        equal(await evaluated(next), "= 2", "the next note");
      } finally {
        await settings.update("evaluate.timeout", undefined, vscode.ConfigurationTarget.Global);
      }
    });

    test("Cancel Computation ends a long one, and the next works", async () => {
      const slow = await open(
        "markdown",
        "$\\sum_{i=1}^{3000}\\sum_{j=1}^{3000} \\sin(i j)^2$\n",
        "\\sum_{i=1}^{3000}\\sum_{j=1}^{3000} \\sin(i j)^2",
      );
      const running = vscode.commands.executeCommand("scholium.evaluate");
      await new Promise((resolve) => setTimeout(resolve, 150));
      await vscode.commands.executeCommand("scholium.cancel");
      await running;
      equal((await notesOf(slow)).filter((n) => n.state === "value").length, 0, "notes with a value");
      equal(await evaluated(await open("markdown", "$1+1$\n", "1+1")), "= 2", "the next note");
    });

    test("CRLF, tabs and astral characters before the formula leave its place right", async () => {
      const editor = await open("markdown", "😀\t𝔸 words\r\n\t😀 $\\frac{1}{2}+\\frac{1}{3}$ 😀\r\n", "\\frac{1}{2}+\\frac{1}{3}");
      await vscode.commands.executeCommand("scholium.evaluate");
      match(await note(editor), /^= \\?[a-z]*\{?5\}?[/]?\{?6\}?/, "note");
      const [shown] = await notesOf(editor);
      equal(editor.document.getText().slice(...shown.range), "\\frac{1}{2}+\\frac{1}{3}", "range");
    });

    test("text changed while evaluating drops the old answer", async () => {
      const editor = await open("markdown", "$\\sum_{k=1}^{20000} k$\n", "\\sum_{k=1}^{20000} k");
      const running = vscode.commands.executeCommand("scholium.evaluate");
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), "more\n"));
      await running;
      const all = await until(
        () => notesOf(editor),
        (n) => n.every((x) => x.state === "value"),
        "settled notes",
      );
      for (const n of all) equal(editor.document.getText().slice(...n.range), "\\sum_{k=1}^{20000} k", "range");
    });
  });
