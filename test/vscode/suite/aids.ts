// Editing aids: code actions, paste special, completion, parameter hints, insertions, commands of the formula language.
import * as vscode from "vscode";
import { api, clean, equal, match, open, select, until } from "./editor.js";

async function actions(editor: vscode.TextEditor, kind?: string): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", editor.document.uri, editor.selection, kind, 30);
}
const ours = (all: readonly vscode.CodeAction[]) => all.filter((a) => a.kind?.value.includes("scholium"));

async function apply(editor: vscode.TextEditor, title: string): Promise<string> {
  const action = await until(
    async () => ours(await actions(editor)).find((a) => a.title === title),
    (a) => a?.edit !== undefined,
    title,
  );
  if (!action?.edit) throw new Error(`no edit of ${title}`);
  await vscode.workspace.applyEdit(action.edit);
  return editor.document.getText();
}

async function completions(editor: vscode.TextEditor): Promise<vscode.CompletionItem[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    editor.document.uri,
    editor.selection.active,
  );
  return list.items;
}
const labelOf = (i: vscode.CompletionItem) => (typeof i.label === "string" ? i.label : i.label.label);

const cursorAfter = (editor: vscode.TextEditor, text: string) => {
  const at = editor.document.positionAt(editor.document.getText().indexOf(text) + text.length);
  editor.selection = new vscode.Selection(at, at);
};

export const aids = () =>
  suite("editing aids", () => {
    suiteSetup(async () => (await api()).ready);
    teardown(clean);

    test("a selected LaTeX matrix can be transposed, aligned and given rows and columns", async () => {
      const matrix = "\\begin{pmatrix}1&2\\\\3&x^2\\end{pmatrix}";
      const cases: [string, string][] = [
        ["Transpose here", "$\\begin{pmatrix}1&3\\\\2&x^2\\end{pmatrix}^{-1}$\n"],
        ["Insert row below", "$\\begin{pmatrix}1&2\\\\3&x^2\\\\0&0\\end{pmatrix}^{-1}$\n"],
        ["Insert column to the right", "$\\begin{pmatrix}1&2&0\\\\3&x^2&0\\end{pmatrix}^{-1}$\n"],
      ];
      for (const [title, expected] of cases) {
        const editor = await open("markdown", `$${matrix}^{-1}$\n`, matrix);
        equal(await apply(editor, title), expected, title);
      }
      const editor = await open("markdown", "$\\begin{bmatrix}1.5&-2\\\\10&3\\end{bmatrix}$\n", "\\begin{bmatrix}1.5&-2\\\\10&3\\end{bmatrix}");
      equal(await apply(editor, "Align columns"), "$\\begin{bmatrix}\n  1.5 & -2 \\\\\n   10 &  3\n\\end{bmatrix}$\n", "aligned");
    });

    test("matrices of NumPy, MATLAB and CSV keep their notation when transposed", async () => {
      const cases: [string, string, string, string][] = [
        ["python", "A = np.array([[1, 2], [3, 4]])\n", "np.array([[1, 2], [3, 4]])", "A = np.array([[1, 3], [2, 4]])\n"],
        ["matlab", "A = [1 -2; 3 4];\n", "[1 -2; 3 4]", "A = [1 3; -2 4];\n"],
        ["csv", "1,2\n3,4\n", "1,2\n3,4", "1,3\n2,4\n"],
      ];
      for (const [language, text, selected, expected] of cases) {
        const editor = await open(language, text, selected);
        equal(await apply(editor, "Transpose here"), expected, language);
      }
    });

    test("one step undoes an action, and the text is as it was", async () => {
      const before = "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n";
      const editor = await open("markdown", before, "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}");
      await apply(editor, "Transpose here");
      await vscode.commands.executeCommand("undo");
      equal(editor.document.getText(), before, "text");
    });

    test("words of prose get no action", async () => {
      const editor = await open("markdown", "Just some words here.\n\n$a + b$\n", "some words");
      equal(
        ours(await actions(editor)).map((a) => a.title),
        [],
        "actions",
      );
    });

    test("a definition is extracted above its formula, and a result is inserted after it", async () => {
      const matrix = "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}";
      const editor = await open("markdown", `Then $\\det ${matrix}$ is known.\n`, matrix);
      equal(await apply(editor, "Extract definition"), `$A = ${matrix}$\n\nThen $\\det A$ is known.\n`, "extracted");
      const sum = await open("markdown", "$1 + 2$\n", "1 + 2");
      equal(await apply(sum, "Insert result"), "$1 + 2 = 3$\n", "inserted");
      const rounding = await open("markdown", "$3.14159265 + 2/3$\n", "3.14159265 + 2/3");
      equal(await apply(rounding, "Round numbers"), "$3.142 + 2/3$\n", "rounded");
    });

    test("Convert To writes brackets of LaTeX and other notations", async () => {
      const editor = await open("markdown", "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n", "\\begin{pmatrix}", true);
      await vscode.commands.executeCommand("scholium.convert", "bmatrix");
      equal(editor.document.getText(), "$\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}$\n", "bmatrix");
      await vscode.commands.executeCommand("scholium.convert", "matlab");
      match(editor.document.getText(), /^\[1,? 2; 3,? 4\]\n$/, "MATLAB");
    });

    test("what spreadsheets, NumPy, MATLAB and LaTeX leave on the clipboard is pasted in the document's notation", async () => {
      const sources = [
        "1\t2\n3\t4\n",
        "[[1. 2.]\n [3. 4.]]",
        "A =\n\n     1     2\n     3     4\n",
        "\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}",
        "Out[3]: array([[1, 2],\n       [3, 4]])",
      ];
      for (const source of sources) {
        await vscode.env.clipboard.writeText(source);
        const markdown = await open("markdown", "\n");
        await vscode.commands.executeCommand("scholium.pasteSpecial", "latex");
        match(
          markdown.document.getText(),
          /^\$\$\n\\begin\{[a-z]*matrix\}\s*1(\.0)?\s*&\s*2(\.0)?\s*\\\\\s*3(\.0)?\s*&\s*4(\.0)?\s*\\end\{[a-z]*matrix\}\n\$\$\n$/,
          source,
        );
        const python = await open("python", "x = \n");
        python.selection = new vscode.Selection(0, 4, 0, 4);
        await vscode.commands.executeCommand("scholium.pasteSpecial", "python");
        match(python.document.getText(), /^x = np\.array\(\[\[1\.?0?, ?2\.?0?\],\s*\[3\.?0?, ?4\.?0?\]\]\)\n$/, source);
      }
    });

    test("functions of the catalogue and of the language, and names defined above, are completed in formulas only", async () => {
      const editor = await open("markdown", "$Q = 3$\n\nprose sv\n\n$\\det(A) + sv$\n");
      cursorAfter(editor, "+ sv");
      const all = await until(
        () => completions(editor),
        (items) => items.some((i) => labelOf(i) === "svd"),
        "svd",
      );
      const svd = all.find((i) => labelOf(i) === "svd") as vscode.CompletionItem;
      match((svd.insertText as vscode.SnippetString).value, /^\\+operatorname\{svd\\?\}\(\$\{1:A\}\)$/, "snippet");
      if (!all.some((i) => labelOf(i) === "Q")) throw new Error("the name defined above is missing");
      const routine = all.find((i) => labelOf(i) === "newtonSchulz");
      match((routine?.documentation as vscode.MarkdownString | undefined)?.value, /Source:/, "documentation of a routine");
      const unfinished = await open("markdown", "An unfinished $\\sv");
      cursorAfter(unfinished, "\\sv");
      await until(
        () => completions(unfinished),
        (items) => items.some((i) => labelOf(i) === "svd"),
        "svd where the dollar is not closed yet",
      );
      await vscode.window.showTextDocument(editor.document);
      cursorAfter(editor, "prose sv");
      equal(
        (await completions(editor)).some((i) => labelOf(i) === "svd"),
        false,
        "in prose",
      );
    });

    test("parameter hints name the argument being written", async () => {
      const editor = await open("markdown", "$\\operatorname{kron}(A, B)$\n");
      cursorAfter(editor, "(A, ");
      const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
        "vscode.executeSignatureHelpProvider",
        editor.document.uri,
        editor.selection.active,
        ",",
      );
      equal([help?.signatures[0]?.label, help?.activeParameter], ["kron(A, B)", 1], "signature");
    });

    test("Insert Function and Insert Matrix write a call and a matrix where the cursor is", async () => {
      const editor = await open("markdown", "\n");
      await vscode.commands.executeCommand("scholium.insertFunction", "kron");
      equal(editor.document.getText(), "$\\operatorname{kron}(A, B)$\n", "function");
      const matlab = await open("matlab", "\n");
      await vscode.commands.executeCommand("scholium.insertMatrix", "2x3");
      equal(matlab.document.getText(), "[0 0 0; 0 0 0]\n", "matrix");
    });

    test("commands of the formula language put their results into the text", async () => {
      const cases: [string, string, string, RegExp][] = [
        ["det", "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n", "replace", /^\$-2\$\n$/],
        ["expand", "$(x+1)^2$\n", "after", /^\$\(x\+1\)\^2 = x\^\{?2\}? ?\+ ?2 ?x ?\+ ?1\$\n$/],
        ["factor", "$x^2 - 1$\n", "replace", /x ?[-+] ?1/],
        ["differentiate", "$x^3$\n", "after", /^\$x\^3\$\n\n\$3 ?x\^\{?2\}?\$\n$/],
        ["solve", "$x^2 = 4$\n", "replace", /2/],
        ["inverse", "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n", "replace", /-2.*1.*\\frac\{3\}\{2\}/s],
        ["rank", "$\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}$\n", "replace", /^\$1\$\n$/],
        ["numeric", "$\\sqrt{2}$\n", "after", /\\approx 1\.41421356/],
      ];
      for (const [name, text, then, expected] of cases) {
        const editor = await open("markdown", text);
        editor.selection = new vscode.Selection(0, 3, 0, 3);
        await vscode.commands.executeCommand(`scholium.formula.${name}`, then);
        match(editor.document.getText(), expected, name);
      }
    });

    test("Row-Reduce with Steps shows a page of steps", async () => {
      const editor = await open("markdown", "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n");
      select(editor, "1&2", true);
      await vscode.commands.executeCommand("scholium.formula.steps");
      await until(
        () => vscode.workspace.textDocuments.find((d) => d.uri.scheme === "scholium-steps")?.getText() ?? "",
        (text) => (text.match(/\$\$/g) ?? []).length >= 4,
        "the steps",
      );
    });
  });
