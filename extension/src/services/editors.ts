// Which editors show notes: those of a document's own, the right side of a comparison, and cells of notebooks. What is embedded elsewhere (the
// left side, a peek, a merge) stays as it is.
import * as vscode from "vscode";

/** Whether an editor may show notes. Editors inside others have no column. */
export function showsNotes(editor: vscode.TextEditor): boolean {
  if (editor.viewColumn !== undefined || editor.document.uri.scheme === "vscode-notebook-cell") return true;
  const uri = editor.document.uri.toString();
  const comparisons = vscode.window.tabGroups.all.flatMap((group) =>
    group.activeTab?.input instanceof vscode.TabInputTextDiff ? [group.activeTab.input] : [],
  );
  return comparisons.some(({ modified, original }) => modified.toString() === uri && original.toString() !== uri);
}

/** The choice for a document holds for the whole notebook of a cell: its address without the cell's mark. */
export const ownerOf = (uri: vscode.Uri): string => (uri.scheme === "vscode-notebook-cell" ? uri.with({ fragment: "" }) : uri).toString();
