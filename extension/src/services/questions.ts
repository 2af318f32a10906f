// Questions to the engine that can be given up together: those about a note, of a panel, of a command.
import * as vscode from "vscode";
import type { Answer, Ask, JobKind } from "../protocol.js";
import type { Engine, Outcome, RunOptions } from "./engine.js";

export interface Questions {
  run<K extends JobKind>(kind: K, ask: Ask<K>, options: RunOptions): Promise<Outcome<Answer<K>>>;
  /** Cancels those that have no answer yet. */
  giveUp(): void;
}

export function questions(engine: Engine): Questions {
  const asked = new Set<vscode.CancellationTokenSource>();
  return {
    async run(kind, ask, options) {
      const source = new vscode.CancellationTokenSource();
      asked.add(source);
      const outcome = await engine.run(kind, ask, { ...options, token: source.token });
      asked.delete(source);
      source.dispose();
      return outcome;
    },
    giveUp() {
      for (const source of asked) source.cancel();
    },
  };
}
