// Copy Result As...: the value of the formula at the cursor, in any notation, on the clipboard.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";
import { acceptedTarget } from "../services/target.js";
import { askForCommand, problemMessage } from "../services/values.js";

/** Notations offered, with the name a reader knows them by. */
const NOTATIONS = [
  ["latex", "LaTeX"],
  ["python", "NumPy"],
  ["matlab", "MATLAB"],
  ["julia", "Julia"],
  ["json", "JSON"],
  ["csv", "CSV"],
  ["markdown", "Markdown"],
] as const;

export function register(services: Services): vscode.Disposable {
  const { t } = services.texts;
  return vscode.commands.registerCommand("scholium.copyAs", async (argument?: unknown, wanted?: unknown) => {
    const target = acceptedTarget(services, argument);
    if (!target) return;
    const { document, ranges } = target;
    const known = NOTATIONS.find(([id]) => id === wanted);
    const chosen =
      known ??
      (
        await vscode.window.showQuickPick(
          NOTATIONS.map((notation) => ({ label: notation[1], notation })),
          { title: t("Copy Result As..."), placeHolder: t("Notation") },
        )
      )?.notation;
    if (!chosen) return;
    const [format, title] = chosen;
    const timeout = services.settings.timeout(document);
    const printed: string[] = [];
    for (const range of ranges) {
      const conventions = { ...services.settings.conventions(document), digits: 17 };
      const answer = await askForCommand(services, "print", { place: placeOf(document, range), conventions, timeout, format }, timeout);
      if (!answer) return;
      if (!answer.ok) {
        void vscode.window.showInformationMessage(problemMessage(answer.problem));
        return;
      }
      printed.push(answer.text);
    }
    await vscode.env.clipboard.writeText(printed.join("\n"));
    vscode.window.setStatusBarMessage(t("Copied as {0}", title), 3000);
  });
}
