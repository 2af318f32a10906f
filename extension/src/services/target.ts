// What a command acts on: the place a hover's link speaks of, or the selections of the active editor.
import * as vscode from "vscode";
import { offsets } from "./documents.js";
import type { Services } from "./index.js";

export interface Target {
  readonly document: vscode.TextDocument;
  /** Empty ranges are cursors. */
  readonly ranges: readonly (readonly [number, number])[];
  /** The editor the selections are of. */
  readonly editor?: vscode.TextEditor;
}

/** Most selections one command answers. */
export const MOST_SELECTIONS = 50;
/** A selection longer than this is refused before it is sent. */
const LONGEST_SELECTION = 64_000_000;

/** Says why nothing can be done here; null when something can. */
export function refusal(services: Services, target: Target): string | null {
  const { t } = services.texts;
  const { document, ranges } = target;
  if (!services.settings.allows(document)) return t("Scholium is switched off for this document.");
  if (ranges.some(([start, end]) => end - start > LONGEST_SELECTION)) return t("The selection has more than 64 million characters; select less.");
  const [start, end] = ranges[0] ?? [0, 0];
  // A NUL within the first characters is how editors, too, tell that a file is not text.
  const sample = document.getText(
    new vscode.Range(document.positionAt(Math.max(0, start - 500)), document.positionAt(Math.min(end, start + 2000) + 500)),
  );
  if (sample.includes("\0")) return t("This is not text; it cannot be evaluated.");
  return null;
}

/** The target of a command given this argument. Selections are in document order, at most 50; more are told about once. */
export function targetOf(services: Services, argument: unknown): Target | undefined {
  const { t } = services.texts;
  const place = services.places.recall(argument);
  if (place) {
    const document = services.documents.get(place.uri);
    if (document && document.version === place.version) return { document, ranges: [place.range] };
    void vscode.window.showInformationMessage(t("The text has changed since; open the hover again."));
    return undefined;
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const all = editor.selections.map((s) => offsets(editor.document, s)).sort((a, b) => a[0] - b[0]);
  if (all.length > MOST_SELECTIONS)
    void vscode.window.showInformationMessage(t("{0} selections; the first {1} were evaluated.", all.length, MOST_SELECTIONS));
  return { document: editor.document, ranges: all.slice(0, MOST_SELECTIONS), editor };
}

/** targetOf, when something can be done there; otherwise the reader is told why not. */
export function acceptedTarget(services: Services, argument: unknown): Target | undefined {
  const target = targetOf(services, argument);
  const reason = target && refusal(services, target);
  if (!reason) return target;
  void vscode.window.showInformationMessage(reason);
  return undefined;
}
