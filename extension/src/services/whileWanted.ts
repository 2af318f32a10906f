// A provider the editor asks at each key is registered only while a document in sight wants it.
import * as vscode from "vscode";
import type { Settings } from "./settings.js";

/** Registers once a document in sight is wanted for, and takes it back when none is any more. */
export function whileWanted(
  wants: (document: vscode.TextDocument) => boolean,
  provide: () => vscode.Disposable,
  settings: Settings,
): vscode.Disposable {
  let provider: vscode.Disposable | undefined;
  const check = () => {
    const wanted = vscode.window.visibleTextEditors.some(({ document }) => wants(document));
    if (wanted) provider ??= provide();
    else {
      provider?.dispose();
      provider = undefined;
    }
  };
  check();
  return vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(check),
    settings.onDidChange(check),
    new vscode.Disposable(() => provider?.dispose()),
  );
}
