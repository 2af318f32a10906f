// Texts the reader sees at run time, in the language of the editor. English is the key; l10n/bundle.l10n.*.json hold the translations.
import * as vscode from "vscode";

export interface Texts {
  /** The text in the editor's language, with {0}, {1} ... filled in. */
  t(message: string, ...values: readonly (string | number)[]): string;
}

export const editorTexts: Texts = { t: (message, ...values) => vscode.l10n.t(message, ...values) };
