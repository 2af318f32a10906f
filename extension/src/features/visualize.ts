// Visualize: a panel beside the editor with the picture, spectrum and facts of the value at the cursor. It follows the formula until pinned.
// The panels themselves come with later.ts, when the first one is asked for.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import type { Panels } from "../services/panels.js";
import { acceptedTarget } from "../services/target.js";

const VIEW_TYPE = "scholium.visualize";

export function register(services: Services): vscode.Disposable {
  let made: Promise<Panels> | undefined;
  const panels = () => {
    made ??= services.later().then(({ panels: { Panels } }) => new Panels(services, VIEW_TYPE));
    return made;
  };
  return vscode.Disposable.from(
    new vscode.Disposable(() => void made?.then((p) => p.dispose())),
    vscode.commands.registerCommand("scholium.visualize", async (argument?: unknown, factors?: unknown) => {
      const target = acceptedTarget(services, argument);
      const [range] = target?.ranges ?? [];
      if (target && range) await (await panels()).show(target.document, range, factors);
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state) => (await panels()).restore(panel, state),
    }),
  );
}
