// Notebooks for tests.
import * as vscode from "vscode";

export const markdown = (text: string) => new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, text, "markdown");
export const python = (text: string) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "python");

/** Opens and shows a new notebook. */
export async function notebookOf(cells: vscode.NotebookCellData[]): Promise<vscode.NotebookDocument> {
  const notebook = await vscode.workspace.openNotebookDocument("jupyter-notebook", new vscode.NotebookData(cells));
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

/** Opens a cell for editing. A Markdown cell has no text model while it is rendered: providers are asked nothing about it. */
export async function editCell(index: number): Promise<void> {
  const editor = vscode.window.activeNotebookEditor;
  if (!editor) throw new Error("no notebook is shown");
  editor.selections = [new vscode.NotebookRange(index, index + 1)];
  await vscode.commands.executeCommand("notebook.cell.edit");
}
