// A matrix on the clipboard in the editor's own paste menu.
import * as vscode from "vscode";
import { pasteEdits } from "../later/paste.js";
import type { Services } from "../services/index.js";

export const register = (services: Services): vscode.Disposable =>
  vscode.languages.registerDocumentPasteEditProvider(
    [{ scheme: "*" }, { notebookType: "*" }],
    { provideDocumentPasteEdits: (document, ranges, data, _context, token) => pasteEdits(services, document, ranges, data, token) },
    { providedPasteEditKinds: [vscode.DocumentDropOrPasteEditKind.Text.append("scholium")], pasteMimeTypes: ["text/plain"] },
  );
