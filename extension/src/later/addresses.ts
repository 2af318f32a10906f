// Addresses of this extension (code://scholium.scholium/...), from the Markdown preview or from outside. They come from anybody: each opens
// something to look at and runs nothing.
import * as vscode from "vscode";
import { type Address, addressOf, LONGEST_TEXT } from "../address.js";
import type { Services } from "../services/index.js";
import { askForCommand } from "../services/values.js";

const TIMEOUT = 5000;
const SHOWN = 80;

export async function follow(services: Services, { path, query }: vscode.Uri): Promise<void> {
  const { t } = services.texts;
  const address = addressOf(path, query);
  switch (address.kind) {
    case "lab":
      await vscode.commands.executeCommand("scholium.openLab", address.link);
      return;
    case "evaluate":
      return note(services, address);
    case "paper":
      return paper(services, address.name);
    case "unknown": {
      const gallery = t("All labs");
      const chosen = await vscode.window.showInformationMessage(t("Scholium does not know the address {0}.", path.slice(0, SHOWN)), gallery);
      if (chosen === gallery) await vscode.commands.executeCommand("scholium.openLab");
    }
  }
}

/** A text in a note without a file, with the cursor at its start: evaluating it is the reader's own doing. */
async function note({ texts }: Services, { text, language }: Address & { kind: "evaluate" }): Promise<void> {
  if (text.length > LONGEST_TEXT) {
    void vscode.window.showWarningMessage(texts.t("The text of the address has {0} characters; {1} are the most.", text.length, LONGEST_TEXT));
    return;
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content: text }));
}

/** The page of a paper, at the first of the reader's destinations. */
async function paper(services: Services, name: string): Promise<void> {
  const place = { uri: "untitled:address", version: 0, language: "markdown", range: [0, name.length] as const, text: name };
  const ask = { place, now: new Date().toISOString().slice(0, 7), destinations: services.settings.destinations() };
  const url = (await askForCommand(services, "openings", ask, TIMEOUT))?.urls.find((u) => u.startsWith("https://"));
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url, true));
  else void vscode.window.showInformationMessage(services.texts.t("The address names no paper that Scholium knows: {0}", name.slice(0, SHOWN)));
}
