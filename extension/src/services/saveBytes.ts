// A file the reader names: written beside its place first, so that a full disk leaves no half file.
import * as vscode from "vscode";
import type { Texts } from "./l10n.js";

/** Asks for a name and writes. The folder of the document is proposed, or that of the workspace. */
export async function saveBytes({ t }: Texts, name: string, bytes: Uint8Array, beside: string): Promise<void> {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  const folder = folderOf(beside);
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { [extension.toUpperCase()]: [extension] },
    title: t("Export"),
  });
  if (!target) return;
  const draft = target.with({ path: `${target.path}.scholium-part` });
  try {
    await vscode.workspace.fs.writeFile(draft, bytes);
    await vscode.workspace.fs.rename(draft, target, { overwrite: true });
    void vscode.window.showInformationMessage(t("Saved {0}", vscode.workspace.asRelativePath(target)));
  } catch (e) {
    await vscode.workspace.fs.delete(draft).then(undefined, () => {});
    void vscode.window.showErrorMessage(t("Not saved: {0}", String((e as Error)?.message ?? e)));
  }
}

function folderOf(uri: string): vscode.Uri | undefined {
  const source = uri ? vscode.Uri.parse(uri) : undefined;
  if (source && vscode.workspace.fs.isWritableFileSystem(source.scheme) && source.scheme !== "untitled") return vscode.Uri.joinPath(source, "..");
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}
