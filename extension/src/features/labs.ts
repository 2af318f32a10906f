// Labs: a page of its own for each claim one can try by hand. The page and the gallery come with later.ts, when the first lab is opened.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import type { LabPanel } from "../services/labPanel.js";

const VIEW_TYPE = "scholium.lab";

export function register(services: Services): vscode.Disposable {
  let made: Promise<LabPanel> | undefined;
  const page = () => {
    made ??= services.later().then(({ labPanel: { LabPanel } }) => new LabPanel(services, VIEW_TYPE));
    return made;
  };
  const open = async (first?: unknown, second?: unknown) => {
    const { labs } = await services.later();
    await labs.open(services, async ({ id, values }) => (await page()).open(id, values), first, second);
  };
  return vscode.Disposable.from(
    new vscode.Disposable(() => void made?.then((p) => p.dispose())),
    vscode.commands.registerCommand("scholium.openLab", open),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state) => (await page()).restore(panel, state),
    }),
    // From the Markdown preview or from outside.
    vscode.window.registerUriHandler({ handleUri: async (uri) => (await services.later()).addresses.follow(services, uri) }),
  );
}
