// Clear Notes: from the palette all explicit notes of the document, by Esc those on the cursor's line.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";

export function register({ notes }: Services): vscode.Disposable {
  return vscode.commands.registerCommand("scholium.clearNotes", (how?: unknown) => {
    const editor = vscode.window.activeTextEditor;
    if (editor) notes.clear(editor.document.uri.toString(), how === "line" ? editor.selection.active.line : undefined);
  });
}
