// Get Started and Report Issue.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";

export const openWalkthrough = ({ context }: Services): Thenable<unknown> =>
  vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false);

/** The editor's own reporter, with what is needed to find a fault and no text of any document. */
export function reportIssue({ context, engine }: Services): Thenable<unknown> {
  const { version } = context.extension.packageJSON as { version: string };
  const kind = vscode.env.uiKind === vscode.UIKind.Web ? "web" : "desktop";
  const body = `Scholium ${version} on VS Code ${vscode.version}, ${kind}, remote: ${vscode.env.remoteName ?? "none"}, engine: ${engine.state}\n\n`;
  return vscode.commands.executeCommand("workbench.action.openIssueReporter", { extensionId: context.extension.id, issueBody: body });
}
