// Editing aids: transpose, align, convert, round, extract, insert. Listed from the text; the edits are made when one is chosen.
import * as vscode from "vscode";
import type { AidEdit, AidName } from "../aidMessages.js";
import { editorRange, offsets } from "../services/documents.js";
import type { Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";
import { acceptedTarget } from "../services/target.js";
import { askForCommand, problemMessage } from "../services/values.js";

const { CodeActionKind } = vscode;
const REWRITE = CodeActionKind.RefactorRewrite.append("scholium");
const EXTRACT = CodeActionKind.RefactorExtract.append("scholium");
const INLINE = CodeActionKind.RefactorInline.append("scholium");

const kinds: Readonly<Record<AidName, vscode.CodeActionKind>> = {
  transpose: REWRITE,
  align: REWRITE,
  insertRow: REWRITE,
  insertColumn: REWRITE,
  round: REWRITE,
  convert: REWRITE,
  extract: EXTRACT,
  result: INLINE,
};

export function titles({ texts: { t } }: Services): Readonly<Record<AidName, string>> {
  return {
    transpose: t("Transpose here"),
    align: t("Align columns"),
    insertRow: t("Insert row below"),
    insertColumn: t("Insert column to the right"),
    round: t("Round numbers"),
    convert: t("Convert to ..."),
    extract: t("Extract definition"),
    result: t("Insert result"),
  };
}

/** An offered action, with what it takes to make its edits. */
class AidAction extends vscode.CodeAction {
  constructor(
    title: string,
    readonly aid: AidName,
    readonly document: vscode.TextDocument,
    readonly version: number,
    readonly range: readonly [number, number],
  ) {
    super(title, kinds[aid]);
  }
}

const CHEAP = 500;

export async function offered(
  services: Services,
  document: vscode.TextDocument,
  range: vscode.Range,
  token: vscode.CancellationToken,
): Promise<vscode.CodeAction[]> {
  const at = offsets(document, range);
  const { version } = document;
  const outcome = await services.engine.run("aids", { place: placeOf(document, at) }, { timeout: CHEAP, priority: 1, token });
  if (outcome.status !== "done") return [];
  const names = titles(services);
  const actions: vscode.CodeAction[] = outcome.answer.aids.map((aid) => {
    const action = new AidAction(names[aid], aid, document, version, at);
    if (aid === "convert") action.command = { command: "scholium.convert", title: names.convert };
    return action;
  });
  if (outcome.answer.aids.includes("result")) {
    const replace = new vscode.CodeAction(services.texts.t("Replace with result"), INLINE);
    replace.command = { command: "scholium.replace", title: replace.title };
    actions.push(replace);
  }
  return actions;
}

function workspaceEdit(services: Services, document: vscode.TextDocument, edits: readonly AidEdit[]): vscode.WorkspaceEdit {
  const change = new vscode.WorkspaceEdit();
  for (const { uri, range, text } of edits) {
    const target = uri ? services.documents.get(uri) : document;
    if (target) change.replace(target.uri, editorRange(target, range), text);
  }
  return change;
}

async function editsOf(services: Services, document: vscode.TextDocument, range: readonly [number, number], aid: AidName, argument?: string) {
  const timeout = services.settings.timeout(document);
  const conventions = services.settings.conventions(document);
  const separator = aid === "result" ? services.settings.separator(document) : argument;
  return askForCommand(
    services,
    "aid",
    { place: placeOf(document, range), conventions, timeout, aid, ...(separator === undefined ? {} : { argument: separator }) },
    timeout,
  );
}

const say = (message: string) => void vscode.window.showInformationMessage(message);

/** Makes the edits of a chosen action. */
export async function resolve(services: Services, action: vscode.CodeAction): Promise<vscode.CodeAction> {
  if (!(action instanceof AidAction) || action.command || action.document.version !== action.version) return action;
  const answer = await editsOf(services, action.document, action.range, action.aid);
  if (answer?.ok) action.edit = workspaceEdit(services, action.document, answer.edits);
  else if (answer) say(problemMessage(answer.problem));
  return action;
}

async function argumentOf(
  services: Services,
  document: vscode.TextDocument,
  at: readonly [number, number],
  aid: AidName,
): Promise<string | undefined | null> {
  const { t } = services.texts;
  if (aid === "convert") {
    const outcome = await services.engine.run("aids", { place: placeOf(document, at) }, { timeout: CHEAP, priority: 0 });
    const notations = outcome.status === "done" ? outcome.answer.notations : [];
    if (notations.length === 0) {
      say(t("There is no matrix at the cursor."));
      return null;
    }
    const picked = await vscode.window.showQuickPick(
      notations.map(({ name, title }) => ({ label: title, name })),
      { title: t("Convert to ..."), placeHolder: t("Notation") },
    );
    return picked ? picked.name : null;
  }
  return undefined;
}

/** An aid as a command at the cursor. */
export async function run(services: Services, aid: AidName, given?: unknown): Promise<void> {
  const target = acceptedTarget(services, undefined);
  if (!target?.editor) return;
  const { document } = target;
  const at = target.ranges[0] as readonly [number, number];
  const { version } = document;
  const argument = typeof given === "string" ? given : await argumentOf(services, document, at, aid);
  if (argument === null) return;
  const answer = await editsOf(services, document, at, aid, argument);
  if (!answer) return;
  if (!answer.ok) return say(problemMessage(answer.problem));
  if (document.version !== version) return say(services.texts.t("The text changed while it was evaluated; nothing was done."));
  const done = await vscode.workspace.applyEdit(workspaceEdit(services, document, answer.edits));
  if (!done) say(services.texts.t("This document is read-only; nothing was changed."));
}

/** Gives the selected formula a name, asked for. */
export async function define(services: Services, given?: unknown): Promise<void> {
  const { t } = services.texts;
  const name =
    typeof given === "string"
      ? given
      : await vscode.window.showInputBox({ title: t("Define"), prompt: t("Name of the selected formula"), placeHolder: "A" });
  if (name?.trim()) await run(services, "extract", name.trim());
}
