// Clear Notes: from the palette all explicit notes of the document, by Esc those on the cursor's line, unless Esc closed a hover.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";

export function register({ hovers, notes }: Services): vscode.Disposable {
  return vscode.commands.registerCommand("scholium.clearNotes", (how?: unknown) => {
    const editor = vscode.window.activeTextEditor;
    if (how === "line" && hovers.closed()) return;
    if (editor) notes.clear(editor.document.uri.toString(), how === "line" ? editor.selection.active.line : undefined);
  });
}
