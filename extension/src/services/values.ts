// Values for commands that need them whole: asks the engine, shows that it is busy, and turns every other outcome into one message.
import * as vscode from "vscode";
import type { Answer, Ask, JobKind } from "../protocol.js";
import type { Services } from "./index.js";
import { failureText } from "./notes.js";
import { announced } from "./progress.js";
import { questions } from "./questions.js";

/** Runs a job for a command. Undefined when there is no answer; the reader has been told why. */
export async function askForCommand<K extends JobKind>(services: Services, kind: K, ask: Ask<K>, timeout: number): Promise<Answer<K> | undefined> {
  const { engine, texts } = services;
  const { run, giveUp } = questions(engine);
  const outcome = await announced(texts, run(kind, ask, { timeout, priority: 0 }), giveUp);
  if (outcome.status === "done") return outcome.answer;
  if (outcome.status === "stale") void vscode.window.showInformationMessage(texts.t("The text changed while it was evaluated; nothing was done."));
  else if (outcome.status !== "cancelled") void vscode.window.showWarningMessage(failureText(outcome, texts));
  return undefined;
}

/** A message about a formula that has no value. */
export const problemMessage = (problem: { message: string; hint?: string }) =>
  problem.hint ? `${problem.message} ${problem.hint}` : problem.message;
