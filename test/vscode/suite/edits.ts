// Commands that change text or the clipboard.
import * as vscode from "vscode";
import { clean, equal, match, open, until } from "./editor.js";

const clipboard = () => vscode.env.clipboard.readText();

export const edits = () =>
  suite("results in the text", () => {
    teardown(clean);

    test("Evaluate and Append writes = result after the formula", async () => {
      const editor = await open("matlab", "[1 2; 3 4]'\n", "[1 2; 3 4]'");
      await vscode.commands.executeCommand("scholium.append");
      match(editor.document.getText(), /^\[1 2; 3 4\]' = \[1,? 3; 2,? 4\]\n$/, "text");
    });

    test("three cursors give three results and one step to undo", async () => {
      const before = "$1+1$\n$2+2$\n$3+3$\n";
      const editor = await open("markdown", before);
      editor.selections = [0, 1, 2].map((line) => new vscode.Selection(line, 2, line, 2));
      await vscode.commands.executeCommand("scholium.append");
      equal(editor.document.getText(), "$1+1 = 2$\n$2+2 = 4$\n$3+3 = 6$\n", "text");
      await vscode.commands.executeCommand("undo");
      equal(editor.document.getText(), before, "text after undo");
    });

    test("Replace with Result puts the value in the formula's place", async () => {
      const editor = await open("python", "x = np.array([[1,2],[3,4]]) @ np.array([[5],[6]])\n", "np.array([[1,2],[3,4]]) @ np.array([[5],[6]])");
      await vscode.commands.executeCommand("scholium.replace");
      match(editor.document.getText(), /^x = np\.array\(\[\[17\.?0?\],\s*\[39\.?0?\]\]\)\n$/, "text");
    });

    test("what cannot be evaluated changes no text", async () => {
      const before = "$\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}^{-1}$\n";
      const editor = await open("markdown", before, "\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}^{-1}");
      await vscode.commands.executeCommand("scholium.replace");
      equal(editor.document.getText(), before, "text");
    });

    test("Copy Result As writes every offered notation to the clipboard", async () => {
      await open("matlab", "[1 2; 3 4]'\n", "[1 2; 3 4]'");
      const expected: [string, RegExp][] = [
        ["latex", /\\begin\{[a-z]*matrix\}\s*1\s*&\s*3\s*\\\\\s*2\s*&\s*4\s*\\end/],
        ["python", /np\.array\(\[\[1\.?0?, ?3\.?0?\],\s*\[2\.?0?, ?4\.?0?\]\]\)/],
        ["matlab", /\[1,? 3;\s*2,? 4\]/],
        ["julia", /\[1 3;\s*2 4\]/],
        ["json", /\[\[1, ?3\],\s*\[2, ?4\]\]/],
        ["csv", /1,3\r?\n2,4/],
        ["markdown", /\|\s*1\s*\|\s*3\s*\|/],
      ];
      for (const [format, pattern] of expected) {
        await vscode.env.clipboard.writeText("");
        await vscode.commands.executeCommand("scholium.copyAs", undefined, format);
        match(await until(clipboard, (text) => text !== "", `clipboard for ${format}`), pattern, format);
      }
    });
  });
