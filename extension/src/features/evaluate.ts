// Evaluate: a note beside each selected formula, or beside the one at the cursor. The note follows the text until it is cleared.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import { acceptedTarget } from "../services/target.js";

export function register(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand("scholium.evaluate", async (argument?: unknown) => {
    const target = acceptedTarget(services, argument);
    if (target) await services.notes.show(target.document, target.ranges);
  });
}
