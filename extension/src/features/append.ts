// Evaluate and Append: the result is written after its formula, "= result", or "⇒ x = 2" when it is a statement.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import { atEnd, putResults } from "../services/textEdits.js";

export function register(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand("scholium.append", (argument?: unknown) =>
    putResults(services, argument, (document, value) => ({
      range: atEnd(document, value),
      text: `${value.implied ?? services.settings.separator(document)}${value.text}`,
    })),
  );
}
