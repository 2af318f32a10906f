// Editing aids in the light bulb's menu: offered where a selection covers something, or when one asks.
import * as vscode from "vscode";
import { offered, resolve } from "../later/aids.js";
import type { Services } from "../services/index.js";

const { CodeActionKind } = vscode;
const KINDS = [CodeActionKind.RefactorRewrite, CodeActionKind.RefactorExtract, CodeActionKind.RefactorInline].map((k) => k.append("scholium"));

export function register(services: Services): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, range, { triggerKind, only }, token) {
      const asked = triggerKind === vscode.CodeActionTriggerKind.Invoke || only !== undefined;
      if ((range.isEmpty && !asked) || !services.settings.allows(document)) return undefined;
      if (only && !KINDS.some((k) => only.contains(k) || k.contains(only))) return undefined;
      return offered(services, document, range, token);
    },
    resolveCodeAction: (action) => resolve(services, action),
  };
  return vscode.languages.registerCodeActionsProvider([{ scheme: "*" }, { notebookType: "*" }], provider, { providedCodeActionKinds: KINDS });
}
