// Live notes: the value of every formula in sight, beside it, as one types. On by a setting or per document by a command.
import * as vscode from "vscode";
import { offsets } from "../services/documents.js";
import type { Services } from "../services/index.js";

/** Documents larger than this, in characters, get no live notes. */
const LARGEST = 5_000_000;
/** Where the choice per document is kept between sessions. */
const CHOICES = "live.choices";
const MOST_CHOICES = 200;
/** Pause after the last edit, chosen by how long the last round took. */
const delayFor = (cost: number) => (cost < 5 ? 16 : cost < 100 ? 120 : 300);

export function register({ context, documents, engine, notes, settings, texts }: Services): vscode.Disposable {
  const choices = new Map<string, boolean>(context.workspaceState.get<[string, boolean][]>(CHOICES, []));
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const cost = new Map<string, number>();

  const isOn = (document: vscode.TextDocument) =>
    settings.allows(document) && (choices.get(document.uri.toString()) ?? settings.live(document).enabled);

  /** The lines in sight in any editor of the document, and a screen each way. */
  function visible(document: vscode.TextDocument): (readonly [number, number])[] {
    const ranges: (readonly [number, number])[] = [];
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document !== document) continue;
      for (const shown of editor.visibleRanges) {
        const screen = shown.end.line - shown.start.line + 1;
        const first = Math.max(0, shown.start.line - screen);
        const last = Math.min(document.lineCount - 1, shown.end.line + screen);
        ranges.push(offsets(document, new vscode.Range(first, 0, last, document.lineAt(last).text.length)));
      }
    }
    return ranges;
  }

  async function update(document: vscode.TextDocument): Promise<void> {
    const uri = document.uri.toString();
    const ranges = visible(document).slice(0, 64);
    if (document.isClosed || ranges.length === 0) return;
    if (!isOn(document) || document.offsetAt(new vscode.Position(document.lineCount, 0)) > LARGEST) return notes.clearLive(uri);
    const { version } = document;
    const { most, budget } = settings.live(document);
    const outcome = await engine.run(
      "live",
      {
        uri,
        version,
        language: document.languageId,
        ranges,
        most,
        conventions: settings.conventions(document),
        style: settings.noteStyle(document),
        timeout: budget,
      },
      { timeout: Math.max(2000, budget * 10), priority: 2 },
    );
    if (outcome.status !== "done") return;
    cost.set(uri, outcome.milliseconds);
    if (document.version === version && isOn(document)) notes.setLive(document, outcome.answer.notes);
  }

  function schedule(document: vscode.TextDocument, delay = delayFor(cost.get(document.uri.toString()) ?? 0)) {
    const uri = document.uri.toString();
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => {
        timers.delete(uri);
        void update(document);
      }, delay),
    );
  }

  const scheduleVisible = () => {
    for (const document of new Set(vscode.window.visibleTextEditors.map((e) => e.document))) if (isOn(document)) schedule(document);
  };

  const liveKey = () => {
    const document = vscode.window.activeTextEditor?.document;
    void vscode.commands.executeCommand("setContext", "scholium.live", document !== undefined && isOn(document));
  };

  function toggle() {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return;
    if (!settings.allows(document)) {
      void vscode.window.showInformationMessage(texts.t("Scholium is switched off for this document."));
      return;
    }
    const uri = document.uri.toString();
    const on = !isOn(document);
    choices.delete(uri); // to the end: the most recent choices are kept
    choices.set(uri, on);
    if (!document.isUntitled) void context.workspaceState.update(CHOICES, [...choices].slice(-MOST_CHOICES));
    if (on) schedule(document, 0);
    else notes.clearLive(uri);
    liveKey();
  }

  scheduleVisible();
  liveKey();
  return vscode.Disposable.from(
    vscode.commands.registerCommand("scholium.toggleLive", toggle),
    documents.onDidChange(({ document }) => isOn(document) && schedule(document)),
    documents.onDidClose((document) => {
      const uri = document.uri.toString();
      clearTimeout(timers.get(uri));
      timers.delete(uri);
      cost.delete(uri);
    }),
    vscode.window.onDidChangeActiveTextEditor(liveKey),
    vscode.window.onDidChangeVisibleTextEditors(scheduleVisible),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => isOn(textEditor.document) && schedule(textEditor.document, 50)),
    settings.onDidChange(() => {
      for (const { document } of vscode.window.visibleTextEditors)
        if (isOn(document)) schedule(document);
        else notes.clearLive(document.uri.toString());
      liveKey();
    }),
    new vscode.Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
}
