// Entry of the Node extension host: desktop, remote and code servers.
import * as path from "node:path";
import type * as vscode from "vscode";
import { type Api, start } from "./main.js";
import { nodePort } from "./services/port.node.js";

export const activate = (context: vscode.ExtensionContext): Api =>
  start(
    context,
    nodePort(
      path.join(context.extensionUri.fsPath, "dist"),
      path.join(context.globalStorageUri.fsPath, "code", context.extension.packageJSON.version),
    ),
    () => new Promise((resolve) => setImmediate(() => resolve(require(path.join(__dirname, "later.js"))))),
  );
