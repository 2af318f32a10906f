// A command that takes long says so, and can be cancelled.
import * as vscode from "vscode";
import type { Texts } from "./l10n.js";

/** A notification with Cancel appears when a command has not answered after this time. */
const PATIENCE = 2000;

/** Waits for what a command started; from 2 s on with a notification whose button calls `cancel`. */
export async function announced<T>(texts: Texts, running: Promise<T>, cancel: () => void): Promise<T> {
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: texts.t("Scholium is computing ..."), cancellable: true },
      (_, token) => {
        token.onCancellationRequested(cancel);
        return running.then(() => undefined);
      },
    );
  }, PATIENCE);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
  }
}
