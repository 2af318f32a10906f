// Replace with Result: the result takes the place of its formula.
import * as vscode from "vscode";
import { editorRange } from "../services/documents.js";
import type { Services } from "../services/index.js";
import { putResults } from "../services/textEdits.js";

export function register(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand("scholium.replace", (argument?: unknown) =>
    putResults(services, argument, (document, value) => ({ range: editorRange(document, value.region.range), text: value.text })),
  );
}
