// Entry of the web extension host: vscode.dev and other editors in a browser.
import * as vscode from "vscode";
import { type Api, start } from "./main.js";
import { webPort } from "./services/port.web.js";

export const activate = (context: vscode.ExtensionContext): Api => start(context, webPort(vscode.Uri.joinPath(context.extensionUri, "dist")));
