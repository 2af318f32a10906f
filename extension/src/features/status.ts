// The language status item: what Scholium is doing in this document, one click from its main switch.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";

const BUSY_AFTER = 500;

export function register({ engine, notes, texts, settings }: Services): vscode.Disposable {
  const { t } = texts;
  const item = vscode.languages.createLanguageStatusItem("scholium.status", [{ scheme: "*" }]);
  item.name = "Scholium";
  let timer: ReturnType<typeof setTimeout> | undefined;

  function update() {
    const document = vscode.window.activeTextEditor?.document;
    const all = document ? notes.of(document.uri.toString()) : [];
    const live = all.filter((n) => !n.explicit).length;
    item.severity = engine.state === "paused" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    if (engine.state === "paused") {
      item.text = t("Engine paused");
      item.command = { command: "scholium.restartEngine", title: t("Restart Engine") };
    } else if (item.busy) {
      item.text = t("Computing ...");
      item.command = { command: "scholium.cancel", title: t("Cancel") };
    } else {
      const off = document && !settings.allows(document);
      item.text = off ? t("Off in this document") : live ? t("Live notes: {0}", live) : t("Notes: {0}", all.length);
      item.command = off ? undefined : { command: "scholium.toggleLive", title: live ? t("Turn off live notes") : t("Turn on live notes") };
    }
  }

  update();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    notes.onDidChange(update),
    engine.onDidChangeState((state) => {
      clearTimeout(timer);
      if (state === "busy")
        timer = setTimeout(() => {
          item.busy = true;
          update();
        }, BUSY_AFTER);
      else {
        item.busy = false;
        update();
      }
    }),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
