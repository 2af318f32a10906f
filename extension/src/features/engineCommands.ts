// Cancel Computation, Restart Engine, Show Log, and the one message when the engine has died.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";

const ONCE_A_MINUTE = 60_000;

export function register({ engine, log, texts }: Services): vscode.Disposable {
  let told = 0;
  return vscode.Disposable.from(
    vscode.commands.registerCommand("scholium.cancel", () => engine.cancelAll()),
    vscode.commands.registerCommand("scholium.restartEngine", () => engine.restart()),
    vscode.commands.registerCommand("scholium.showLog", () => log.show(true)),
    engine.onDidCrash((reason) => {
      if (Date.now() - told < ONCE_A_MINUTE) return;
      told = Date.now();
      const restart = texts.t("Restart Engine");
      const message =
        engine.state === "paused"
          ? texts.t("The engine stopped three times in a minute and is paused; your text is unchanged.")
          : texts.t("The engine stopped ({0}). It has been restarted; your text is unchanged.", reason);
      void vscode.window.showWarningMessage(message, ...(engine.state === "paused" ? [restart] : [])).then((pressed) => {
        if (pressed === restart) engine.restart();
      });
    }),
  );
}
