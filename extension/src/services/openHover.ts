// Whether a hover of ours was opened by keys and stands open. The editor closes a hover on any key before it looks for the key's command and tells
// nobody: so Esc would take the note along with the hover over it. One under the mouse goes with the mouse, unseen by us: there Esc is the note's.
import * as vscode from "vscode";

export interface OpenHover {
  /** One was made for a position of the active editor. */
  opened(position: vscode.Position): void;
  /** Whether one was open when a key was pressed, which has closed it. */
  closed(): boolean;
}

export function openHover(subscriptions: vscode.Disposable[]): OpenHover {
  let open = false;
  const gone = () => {
    open = false;
  };
  subscriptions.push(
    vscode.window.onDidChangeTextEditorSelection(gone),
    vscode.window.onDidChangeTextEditorVisibleRanges(gone),
    vscode.window.onDidChangeActiveTextEditor(gone),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) gone();
    }),
  );
  return {
    opened(position) {
      // By keys a hover opens at the cursor.
      open = vscode.window.activeTextEditor?.selection.active.isEqual(position) ?? false;
    },
    closed() {
      const was = open;
      gone();
      return was;
    },
  };
}
