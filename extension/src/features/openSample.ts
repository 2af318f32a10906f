// Open Samples: notes that show what can be evaluated, opened as they are in the extension.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";

export function register({ context, texts }: Services): vscode.Disposable {
  return vscode.commands.registerCommand("scholium.openSample", async (name?: unknown) => {
    const folder = vscode.Uri.joinPath(context.extensionUri, "samples");
    const files = (await vscode.workspace.fs.readDirectory(folder)).map(([file]) => file).sort();
    const file = files.find((f) => f === name) ?? (await vscode.window.showQuickPick(files, { placeHolder: texts.t("Sample") }));
    if (!file) return;
    const source = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, file));
    // A copy without a file, so that trying things out leaves the sample as it is.
    const copy = await vscode.workspace.openTextDocument({ language: source.languageId, content: source.getText() });
    await vscode.window.showTextDocument(copy);
  });
}
