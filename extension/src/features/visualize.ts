// Visualize: a panel beside the editor with the picture, spectrum and facts of the value at the cursor. It follows the formula until pinned.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import { Panels } from "../services/panels.js";
import { acceptedTarget } from "../services/target.js";

const VIEW_TYPE = "scholium.visualize";

export function register(services: Services): vscode.Disposable {
  const panels = new Panels(services, VIEW_TYPE);
  return vscode.Disposable.from(
    panels,
    vscode.commands.registerCommand("scholium.visualize", async (argument?: unknown) => {
      const target = acceptedTarget(services, argument);
      const [range] = target?.ranges ?? [];
      if (target && range) await panels.show(target.document, range);
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (panel, state) => panels.restore(panel, state),
    }),
  );
}
