// Putting results into the text: the only place where the extension changes a document, always on a command, always one step to undo.
import * as vscode from "vscode";
import type { Evaluation } from "../protocol.js";
import { editorRange } from "./documents.js";
import type { Services } from "./index.js";
import { type Note, placeOf } from "./notes.js";
import { acceptedTarget, type Target } from "./target.js";
import { askForCommand } from "./values.js";

export type ValueOf = Evaluation & { ok: true };

/** How a result enters the text. */
export type Placement = (document: vscode.TextDocument, value: ValueOf) => { readonly range: vscode.Range; readonly text: string };

async function evaluateAll(services: Services, { document, ranges }: Target): Promise<ValueOf[]> {
  const values: ValueOf[] = [];
  const problems: (readonly [number, number])[] = [];
  const timeout = services.settings.timeout(document);
  for (const range of ranges) {
    const answer = await askForCommand(
      services,
      "evaluate",
      {
        place: placeOf(document, range),
        conventions: services.settings.conventions(document),
        style: services.settings.noteStyle(document),
        timeout,
      },
      timeout,
    );
    if (!answer) return [];
    if (answer.ok) values.push(answer);
    else problems.push(range);
  }
  // What could not be evaluated says so beside its formula, in a note.
  if (problems.length) await services.notes.show(document, problems);
  return values;
}

/** Evaluates the command's target and puts each result where `placement` says. A read-only document gets nothing; the result is copied instead. */
export async function putResults(services: Services, argument: unknown, placement: Placement): Promise<void> {
  const { t } = services.texts;
  const target = acceptedTarget(services, argument);
  if (!target) return;
  const { document } = target;
  const { version } = document;
  const values = await evaluateAll(services, target);
  if (values.length === 0) return;
  if (document.version !== version) {
    void vscode.window.showInformationMessage(t("The text changed while it was evaluated; nothing was done."));
    return;
  }
  // Two cursors in one formula are one formula.
  const single = values.filter((v, i) => values.findIndex((w) => `${w.region.range}` === `${v.region.range}`) === i);
  const places = single.map((value) => placement(document, value));
  const uri = document.uri.toString();
  const isOf = (note: Note) => note.explicit && single.some(({ region: { range } }) => note.range[0] < range[1] && range[0] < note.range[1]);
  const noted = new Set(services.notes.of(uri).flatMap((note) => (isOf(note) ? [note.id] : [])));
  const editor = target.editor ?? vscode.window.visibleTextEditors.find((e) => e.document === document);
  const edited = editor?.edit((edit) => {
    for (const { range, text } of places) edit.replace(range, text);
  });
  // Documents that are read-only refuse by an answer, by an exception, or by doing nothing: what counts is whether the text changed.
  await edited?.then(
    () => undefined,
    () => undefined,
  );
  // What stands in the text needs no note beside it.
  if (document.version !== version) return services.notes.clear(uri, ({ id }) => noted.has(id));
  await vscode.env.clipboard.writeText(single.map((v) => v.text).join("\n"));
  void vscode.window.showInformationMessage(t("This document is read-only; the result was copied instead."));
}

export const atEnd = (document: vscode.TextDocument, value: ValueOf): vscode.Range => {
  const { end } = editorRange(document, value.region.range);
  return new vscode.Range(end, end);
};
