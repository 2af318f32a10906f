// Hover, panel, live notes, status: what is seen besides the note.
import * as vscode from "vscode";
import { api, clean, equal, evaluated, hoverText, match, notesOf, open, select, until } from "./editor.js";

const panelOpen = () => vscode.window.tabGroups.all.some((g) => g.tabs.some((t) => t.label.startsWith("Scholium")));

export const look = () =>
  suite("hover, panel, live notes", () => {
    teardown(clean);

    test("the hover of a formula shows a typeset picture, facts and actions", async () => {
      const editor = await open("markdown", "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n");
      const text = await hoverText(editor, new vscode.Position(0, 8));
      match(
        text,
        /<img src="data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+" width="\d+" height="\d+" alt="2 by 2 matrix, rank 2, determinant −2\./,
        "picture",
      );
      match(text, /det.*−?-?2/, "facts");
      match(text, /command:scholium\.visualize\?%5B\d+%5D/, "actions");
      if (text.length > 60_000) throw new Error(`the hover has ${text.length} characters`);
    });

    test("a hover of 300 x 300 numbers stays small", async () => {
      const rows = Array.from({ length: 300 }, (_, i) => Array.from({ length: 300 }, (_, j) => (i * j) % 11).join(" "));
      const editor = await open("matlab", `[${rows.join("; ")}]\n`);
      editor.selection = new vscode.Selection(0, 0, 0, editor.document.lineAt(0).text.length);
      await evaluated(editor);
      const text = await hoverText(editor, new vscode.Position(0, 3));
      match(text, /300 ?× ?300/, "shape");
      if (text.length > 60_000) throw new Error(`the hover has ${text.length} characters`);
    });

    test("plain words have no hover of ours", async () => {
      const editor = await open("markdown", "Just words here.\n");
      equal(/data:image|scholium/.test(await hoverText(editor, new vscode.Position(0, 3))), false, "hover");
    });

    test("Visualize opens a panel beside and leaves the focus in the editor", async () => {
      const editor = await open("markdown", "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}");
      await vscode.commands.executeCommand("scholium.visualize");
      await until(panelOpen, (open_) => open_, "the panel's tab");
      equal(vscode.window.activeTextEditor?.document.uri.toString(), editor.document.uri.toString(), "active editor");
    });

    test("live notes show every formula in sight and follow edits; toggling takes them away", async () => {
      const editor = await open("markdown", "$a = 3$\n\nThen $a^2$ and $a + 1$.\n\n$\\det \\begin{pmatrix}a&1\\\\1&a\\end{pmatrix}$\n");
      await vscode.commands.executeCommand("scholium.toggleLive");
      const texts = async () => (await notesOf(editor)).map((n) => n.text);
      await until(texts, (all) => all.includes("= 9") && all.includes("= 4") && all.includes("= 8"), "live notes");
      select(editor, "3", false);
      await editor.edit((edit) => edit.replace(editor.selection, "5"));
      await until(texts, (all) => all.includes("= 25") && all.includes("= 6") && all.includes("= 24"), "live notes after an edit");
      await vscode.commands.executeCommand("scholium.toggleLive");
      await until(texts, (all) => all.length === 0, "no live notes");
    });

    test("panels opened again and again and closed leave none behind and the engine alive", async () => {
      const editor = await open("markdown", "$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}");
      for (let i = 0; i < 20; i++) {
        await vscode.window.showTextDocument(editor.document);
        await vscode.commands.executeCommand("scholium.visualize");
        const tabs = await until(
          () => vscode.window.tabGroups.all.flatMap((g) => g.tabs.filter((t) => t.label.startsWith("Scholium"))),
          (all) => all.length > 0,
          "the panel's tab",
        );
        equal(tabs.length, 1, "panels");
        await vscode.window.tabGroups.close(tabs);
      }
      equal((await api()).engine.state === "paused", false, "paused");
    });
  });
