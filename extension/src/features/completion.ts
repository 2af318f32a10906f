// Completion and parameter hints inside formulas.
import * as vscode from "vscode";
import { complete, parameterHints } from "../later/completion.js";
import type { Services } from "../services/index.js";

const EVERYWHERE = [{ scheme: "*" }, { notebookType: "*" }];

export function register(services: Services): vscode.Disposable {
  const on = (document: vscode.TextDocument) =>
    services.settings.allows(document) && vscode.workspace.getConfiguration("scholium", document).get("completion") !== "off";
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      EVERYWHERE,
      {
        provideCompletionItems: async (document, position, token) => (on(document) ? complete(services, document, position, token) : undefined),
      },
      "\\",
    ),
    vscode.languages.registerSignatureHelpProvider(
      EVERYWHERE,
      {
        provideSignatureHelp: async (document, position, token) => (on(document) ? parameterHints(services, document, position, token) : undefined),
      },
      "(",
      ",",
    ),
  );
}
