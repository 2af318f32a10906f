// Code lenses above matrices written over several lines and above named formulas: shape from the text at once, so that their line is there
// from the start, rank and links when they come into sight. Off unless asked for: a lens moves the text.
import * as vscode from "vscode";
import { moveRange } from "../edits.js";
import type { Lens } from "../protocol.js";
import { editorRange, languageOf } from "../services/documents.js";
import { showsNotes } from "../services/editors.js";
import type { Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";
import { whileWanted } from "../services/whileWanted.js";

const LARGEST = 5_000_000;
/** A lens this near to the cursor is not taken away. */
const NEAR = 5;
/** A lens that was moved through edits of one event; more are not followed. */
const MOST_CHANGES = 100;

class ValueLens extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    readonly document: vscode.TextDocument,
    readonly lens: Lens,
  ) {
    super(range);
  }
}

export function register({ documents, engine, places, settings, texts }: Services): vscode.Disposable {
  const { t } = texts;
  const changed = new vscode.EventEmitter<void>();
  const last = new Map<string, readonly Lens[]>();

  /** Lenses that are gone from the text but near the cursor stay until it has left. */
  function withKept(document: vscode.TextDocument, now: readonly Lens[]): Lens[] {
    const editor = vscode.window.activeTextEditor;
    const before = last.get(document.uri.toString()) ?? [];
    if (editor?.document !== document) return [...now];
    const cursor = editor.selection.active.line;
    const kept = before.filter(
      (l) =>
        Math.abs(document.positionAt(l.range[0]).line - cursor) <= NEAR && !now.some((n) => n.range[0] <= l.range[1] && l.range[0] <= n.range[1]),
    );
    return [...now, ...kept];
  }

  async function provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    const uri = document.uri.toString();
    if (!settings.codeLens(document) || !settings.allows(document)) return [];
    if (document.offsetAt(new vscode.Position(document.lineCount, 0)) > LARGEST) return [];
    if (vscode.window.visibleTextEditors.some((e) => e.document === document && !showsNotes(e))) return [];
    const { version } = document;
    const outcome = await engine.run("lenses", { uri, version, language: languageOf(document) }, { timeout: 2000, priority: 1, token });
    const lenses = outcome.status === "done" ? withKept(document, outcome.answer.lenses) : (last.get(uri) ?? []);
    last.set(uri, lenses);
    return lenses.flatMap((lens) => {
      const { start } = editorRange(document, lens.range);
      const at = new vscode.Range(start, start);
      const value = new ValueLens(at, document, lens);
      const id = places.remember({ uri, version: document.version, range: lens.range });
      const link = (title: string, ...more: readonly unknown[]) =>
        new vscode.CodeLens(at, { command: "scholium.visualize", title, arguments: [id, ...more] });
      return lens.isMatrix ? [value, link(t("Visualize")), link("SVD", "svd")] : [value];
    });
  }

  async function resolveCodeLens(item: vscode.CodeLens, token: vscode.CancellationToken): Promise<vscode.CodeLens> {
    if (!(item instanceof ValueLens)) return item;
    const { document, lens } = item;
    const { budget } = settings.live(document);
    // What the text alone says stands when there is no value.
    const command = { command: "scholium.evaluate", title: lens.title, tooltip: t("Show the value beside it") };
    const known = last.get(document.uri.toString())?.find((l) => l.range[0] === lens.range[0]);
    const outcome = known
      ? await engine.run(
          "summary",
          { place: placeOf(document, lens.range), conventions: settings.conventions(document), timeout: budget },
          { timeout: budget * 5, priority: 2, token },
        )
      : undefined;
    if (outcome?.status === "done" && outcome.answer.ok) command.title = outcome.answer.title;
    const id = places.remember({ uri: document.uri.toString(), version: document.version, range: lens.range });
    item.command = { ...command, arguments: [id] };
    return item;
  }

  return vscode.Disposable.from(
    changed,
    whileWanted(
      settings.codeLens,
      () =>
        vscode.languages.registerCodeLensProvider([{ scheme: "*" }], {
          onDidChangeCodeLenses: changed.event,
          provideCodeLenses,
          resolveCodeLens,
        }),
      settings,
    ),
    documents.onDidChange(({ document, changes }) => {
      const uri = document.uri.toString();
      const lenses = last.get(uri);
      if (!lenses) return;
      if (changes.length > MOST_CHANGES) last.delete(uri);
      else
        last.set(
          uri,
          lenses.map((l) => ({ ...l, range: moveRange(l.range, changes) })).filter((l) => l.range[0] < l.range[1]),
        );
    }),
    documents.onDidClose((document) => last.delete(document.uri.toString())),
    settings.onDidChange(() => {
      last.clear();
      changed.fire();
    }),
  );
}
