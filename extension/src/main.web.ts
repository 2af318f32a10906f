// Entry of the web extension host: vscode.dev and other editors in a browser.
import * as vscode from "vscode";
import { type Api, type Later, start } from "./main.js";
import { webPort } from "./services/port.web.js";

/** The host's loader knows one file; the second is read and run as the host does the first. */
async function later(directory: vscode.Uri): Promise<Later> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(directory, "later.js"));
  const module = { exports: {} as Later };
  new Function("module", "exports", "require", new TextDecoder().decode(bytes))(module, module.exports, () => vscode);
  return module.exports;
}

export function activate(context: vscode.ExtensionContext): Api {
  const directory = vscode.Uri.joinPath(context.extensionUri, "dist");
  return start(context, webPort(directory), () => later(directory));
}
