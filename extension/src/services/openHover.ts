// Whether a hover of ours stands open. The editor closes a hover on any key before it looks for the key's command and tells nobody: so Esc would take the note
// along with the hover over it.
import * as vscode from "vscode";

export interface OpenHover {
  /** One was made for a position of the active editor. */
  opened(position: vscode.Position): void;
  /** Whether one was open when a key was pressed, which has closed it. */
  closed(): boolean;
}

/** A hover at the cursor was opened by keys and stays until the next; one under the mouse goes with it, unseen by us: it is taken for open this long. */
const MOUSE_MS = 10_000;

export function openHover(subscriptions: vscode.Disposable[]): OpenHover {
  let until = 0;
  const gone = () => {
    until = 0;
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
      until = vscode.window.activeTextEditor?.selection.active.isEqual(position) ? Number.POSITIVE_INFINITY : Date.now() + MOUSE_MS;
    },
    closed() {
      const open = Date.now() < until;
      gone();
      return open;
    },
  };
}
