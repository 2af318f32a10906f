// The language status item: what Scholium is doing in this document, one click from its main switch.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";

const BUSY_AFTER = 500;
/** Counts of notes are brought up to date when typing rests: each change of the item is drawn by the editor. */
const REST = 250;

export function register({ engine, notes, texts, settings }: Services): vscode.Disposable {
  const { t } = texts;
  const item = vscode.languages.createLanguageStatusItem("scholium.status", [{ scheme: "*" }]);
  item.name = "Scholium";
  let busy: ReturnType<typeof setTimeout> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let last = "";

  function wanted(): Pick<vscode.LanguageStatusItem, "severity" | "text" | "command"> {
    const document = vscode.window.activeTextEditor?.document;
    const all = document ? notes.of(document.uri.toString()) : [];
    const live = all.filter((n) => !n.explicit).length;
    const { Error: serious, Information: quiet } = vscode.LanguageStatusSeverity;
    if (engine.state === "paused")
      return { severity: serious, text: t("Engine paused"), command: { command: "scholium.restartEngine", title: t("Restart Engine") } };
    if (item.busy) return { severity: quiet, text: t("Computing ..."), command: { command: "scholium.cancel", title: t("Cancel") } };
    if (document && !settings.allows(document)) return { severity: quiet, text: t("Off in this document"), command: undefined };
    return {
      severity: quiet,
      text: live ? t("Live notes: {0}", live) : t("Notes: {0}", all.length),
      command: { command: "scholium.toggleLive", title: live ? t("Turn off live notes") : t("Turn on live notes") },
    };
  }

  /** Each assignment is told to the editor, equal or not. */
  function update() {
    clearTimeout(rest);
    rest = undefined;
    const now = wanted();
    const said = JSON.stringify(now);
    if (said !== last) Object.assign(item, now);
    last = said;
  }
  const updateSoon = () => {
    rest ??= setTimeout(update, REST);
  };
  function setBusy(value: boolean) {
    if (item.busy === value) return;
    item.busy = value;
    update();
  }

  update();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    notes.onDidChange(updateSoon),
    engine.onDidChangeState((state) => {
      clearTimeout(busy);
      if (state === "busy") busy = setTimeout(() => setBusy(true), BUSY_AFTER);
      else if (item.busy) setBusy(false);
      else updateSoon();
    }),
    new vscode.Disposable(() => {
      clearTimeout(busy);
      clearTimeout(rest);
    }),
  );
}
