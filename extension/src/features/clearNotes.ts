// Clear Notes: from the palette all explicit notes of the document, by Esc those on the cursor's line, unless Esc closed a hover.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import type { Note } from "../services/notes.js";

export function register({ hovers, notes }: Services): vscode.Disposable {
  return vscode.commands.registerCommand("scholium.clearNotes", (how?: unknown) => {
    const editor = vscode.window.activeTextEditor;
    if (how === "line" && hovers.closed()) return;
    if (!editor) return;
    const { document, selection } = editor;
    const isHere = ({ range }: Note) => document.positionAt(range[1]).line === selection.active.line;
    notes.clear(document.uri.toString(), how === "line" ? isHere : undefined);
  });
}
