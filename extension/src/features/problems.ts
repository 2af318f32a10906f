// Errors of formulas in the Problems view, as serious as the setting says; off unless asked for. Quiet while one types.
import * as vscode from "vscode";
import type { Problem } from "../protocol.js";
import { editorRange, languageOf } from "../services/documents.js";
import type { Services } from "../services/index.js";

/** Pause after the last key before errors are reported. */
const REST = 700;
const LARGEST = 5_000_000;

const severities = {
  hint: vscode.DiagnosticSeverity.Hint,
  information: vscode.DiagnosticSeverity.Information,
  warning: vscode.DiagnosticSeverity.Warning,
} as const;

export function register({ documents, engine, settings }: Services): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("scholium");
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  async function problemsOf(document: vscode.TextDocument): Promise<readonly Problem[] | undefined> {
    const uri = document.uri.toString();
    const { version } = document;
    const { budget } = settings.live(document);
    for (;;) {
      const outcome = await engine.run(
        "problems",
        { uri, version, language: languageOf(document), conventions: settings.conventions(document), timeout: budget },
        { timeout: Math.max(2000, budget * 10), priority: 2 },
      );
      if (outcome.status !== "done" || document.version !== version) return undefined;
      if (!outcome.answer.more) return outcome.answer.problems;
    }
  }

  async function report(document: vscode.TextDocument): Promise<void> {
    const chosen = document.isClosed || !settings.allows(document) ? "off" : settings.problems(document);
    if (chosen === "off" || document.offsetAt(new vscode.Position(document.lineCount, 0)) > LARGEST) return collection.delete(document.uri);
    const problems = await problemsOf(document);
    if (!problems) return;
    collection.set(
      document.uri,
      problems.map(({ kind, message, hint, range }) => {
        const diagnostic = new vscode.Diagnostic(editorRange(document, range), hint ? `${message} ${hint}` : message, severities[chosen]);
        diagnostic.source = "Scholium";
        diagnostic.code = kind;
        return diagnostic;
      }),
    );
  }

  function schedule(document: vscode.TextDocument, wait = REST) {
    const uri = document.uri.toString();
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => {
        timers.delete(uri);
        void report(document);
      }, wait),
    );
  }
  const scheduleVisible = () => {
    for (const { document } of vscode.window.visibleTextEditors) schedule(document, 0);
  };

  scheduleVisible();
  return vscode.Disposable.from(
    collection,
    documents.onDidChange(({ document }) => settings.problems(document) !== "off" && schedule(document)),
    documents.onDidChangeFamily(scheduleVisible),
    documents.onDidClose((document) => {
      clearTimeout(timers.get(document.uri.toString()));
      timers.delete(document.uri.toString());
      collection.delete(document.uri);
    }),
    vscode.window.onDidChangeVisibleTextEditors(scheduleVisible),
    settings.onDidChange(scheduleVisible),
    new vscode.Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
}
