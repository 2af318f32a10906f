// Paste Matrix as ...: what a spreadsheet, NumPy, MATLAB or LaTeX left on the clipboard, in the notation of the document.
import * as vscode from "vscode";
import { offsets } from "../services/documents.js";
import type { Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";
import { acceptedTarget } from "../services/target.js";
import { askForCommand, problemMessage } from "../services/values.js";

const LONGEST = 16_000_000;

function ask(services: Services, document: vscode.TextDocument, range: readonly [number, number], given: string, format?: string) {
  const timeout = services.settings.timeout(document);
  return askForCommand(
    services,
    "paste",
    { place: placeOf(document, range), conventions: services.settings.conventions(document), timeout, given, ...(format ? { format } : {}) },
    timeout,
  );
}

export async function pasteSpecial(services: Services, wanted?: unknown): Promise<void> {
  const { t } = services.texts;
  const target = acceptedTarget(services, undefined);
  if (!target?.editor) return;
  const { document, editor } = target;
  const given = await vscode.env.clipboard.readText();
  if (given.length > LONGEST) return void vscode.window.showInformationMessage(t("The clipboard has more than 16 million characters."));
  const at = target.ranges[0] as readonly [number, number];
  let answer = await ask(services, document, at, given, typeof wanted === "string" ? wanted : undefined);
  if (!answer) return;
  if (!answer.ok) return void vscode.window.showInformationMessage(problemMessage(answer.problem));
  if (typeof wanted !== "string") {
    const [own, ...others] = answer.notations;
    const items = [
      { label: t("{0}, as in this document", own?.title ?? ""), name: "" },
      ...others.map(({ name, title }) => ({ label: title, name })),
    ];
    const picked = await vscode.window.showQuickPick(items, {
      title: t("Paste Matrix as ..."),
      placeHolder: t("{0} from {1}", answer.shape, answer.from),
    });
    if (!picked) return;
    if (picked.name) answer = await ask(services, document, at, given, picked.name);
    if (!answer?.ok) return void (answer && vscode.window.showInformationMessage(problemMessage(answer.problem)));
  }
  const { text } = answer;
  await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
}

/** What a matrix on a clipboard looks like: columns by tabs, brackets with numbers, or a LaTeX environment. */
const MATRIX = /\d\t[-+\d.]|\\begin\{\w*(?:matrix|array)\}|\[\s*\[?\s*[-+]?[\d.]|^\s*\w+\s*=\s*\n/;
const PROMPT = 300;

/** For the paste menu of the editor: the plain text stays the default. */
export async function pasteEdits(
  services: Services,
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  data: vscode.DataTransfer,
  token: vscode.CancellationToken,
): Promise<vscode.DocumentPasteEdit[]> {
  const given = (await data.get("text/plain")?.asString()) ?? "";
  const [range] = ranges;
  if (!range || given.length > 1_000_000 || !MATRIX.test(given) || !services.settings.allows(document)) return [];
  const outcome = await services.engine.run(
    "paste",
    { place: placeOf(document, offsets(document, range)), conventions: services.settings.conventions(document), timeout: PROMPT, given },
    { timeout: PROMPT, priority: 1, token },
  );
  if (outcome.status !== "done" || !outcome.answer.ok || outcome.answer.text.trim() === given.trim()) return [];
  const title = services.texts.t("Paste {0} matrix as {1}", outcome.answer.shape, outcome.answer.notations[0]?.title ?? "");
  const edit = new vscode.DocumentPasteEdit(outcome.answer.text, title, vscode.DocumentDropOrPasteEditKind.Text.append("scholium"));
  edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
  return [edit];
}
