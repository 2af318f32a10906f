// In the status bar of a notebook's Markdown cells: how many formulas it has and their values. A rendered cell has no editor and so no notes;
// this is where they are then.
import * as vscode from "vscode";
import { languageOf } from "../services/documents.js";
import { ownerOf } from "../services/editors.js";
import type { Services } from "../services/index.js";

export function register({ context, documents, engine, settings, texts }: Services): vscode.Disposable {
  const { t } = texts;
  const changed = new vscode.EventEmitter<void>();
  const choices = () => new Map(context.workspaceState.get<[string, boolean][]>("live.choices", []));

  async function provideCellStatusBarItems(cell: vscode.NotebookCell, token: vscode.CancellationToken) {
    const { document } = cell;
    if (cell.kind !== vscode.NotebookCellKind.Markup || !settings.allows(document)) return undefined;
    const { enabled, most, budget } = settings.live(document);
    if (!(choices().get(ownerOf(document.uri)) ?? enabled)) return undefined;
    const uri = document.uri.toString();
    const outcome = await engine.run(
      "live",
      {
        uri,
        version: document.version,
        language: languageOf(document),
        ranges: [[0, document.getText().length]],
        cursor: 0,
        most,
        known: 0,
        conventions: settings.conventions(document),
        style: settings.noteStyle(document),
        timeout: budget,
      },
      { timeout: Math.max(2000, budget * 10), priority: 2, token },
    );
    if (outcome.status !== "done" || outcome.answer.total === 0) return undefined;
    const { total, set } = outcome.answer;
    const shown = set.filter((n) => !n.quiet);
    const item = new vscode.NotebookCellStatusBarItem(
      total === 1 ? t("1 formula") : t("{0} formulas", total),
      vscode.NotebookCellStatusBarAlignment.Right,
    );
    const lines = shown.map((n) => {
      const [start, end] = n.range;
      return `${document.getText().slice(start, Math.min(end, start + 60))} ${n.note}`;
    });
    item.tooltip = [t("Values stand beside the formulas while the cell is edited; a rendered cell has no place for them."), ...lines].join("\n");
    item.accessibilityInformation = { label: [item.text, ...lines].join(". ") };
    return [item];
  }

  return vscode.Disposable.from(
    changed,
    vscode.notebooks.registerNotebookCellStatusBarItemProvider("*", {
      onDidChangeCellStatusBarItems: changed.event,
      provideCellStatusBarItems,
    }),
    documents.onDidChangeFamily(() => changed.fire()),
    documents.onDidChange(({ document }) => {
      if (documents.family(document.uri.toString())) changed.fire();
    }),
    settings.onDidChange(() => changed.fire()),
  );
}
