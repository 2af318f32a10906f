// Live notes: the value of every formula in sight, beside it, as one types. On by a setting or per document by a command.
import * as vscode from "vscode";
import { languageOf, offsets } from "../services/documents.js";
import { ownerOf, showsNotes } from "../services/editors.js";
import type { Services } from "../services/index.js";
import { type Questions, questions } from "../services/questions.js";

/** Documents larger than this, in characters, and lines longer than this get no live notes. */
const LARGEST = 5_000_000;
const LONGEST_LINE = 20_000;
/** Where the choice per document is kept between sessions. */
const CHOICES = "live.choices";
const MOST_CHOICES = 200;
/** An answer that takes longer leaves what was edited marked as stale. */
const STALE_AFTER = 150;
/** A question that has run for this long when its text changes is given up: its answer would be dropped. */
const SUPERSEDED_AFTER = 50;
/** Scrolling asks at most this often. */
const SCROLL = 50;

/**
 * How edits are gathered, by what the last answer cost: at most one question in this time, or one when typing has paused this long. The
 * first edit after a rest is asked about at once.
 */
const pace = (cost: number) => (cost < 5 ? { wait: 16, pause: false } : cost < 100 ? { wait: 120, pause: false } : { wait: 300, pause: true });

/** What is being asked about a document. */
interface Round {
  again: boolean;
  readonly version: number;
  readonly asking: Questions;
}

export function register({ context, documents, engine, notes, settings, texts }: Services): vscode.Disposable {
  const choices = new Map<string, boolean>(context.workspaceState.get<[string, boolean][]>(CHOICES, []));
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const staleTimers = new Map<string, ReturnType<typeof setTimeout>>();
  const asking = new Map<string, Round>();
  const cost = new Map<string, number>();
  const askedAt = new Map<string, number>();

  const isOn = (document: vscode.TextDocument) =>
    settings.allows(document) && (choices.get(ownerOf(document.uri)) ?? settings.live(document).enabled);

  /** The lines in sight in the document's editors and a screen each way, without lines too long to be read. */
  function visible(document: vscode.TextDocument): (readonly [number, number])[] {
    const ranges: (readonly [number, number])[] = [];
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document !== document || !showsNotes(editor)) continue;
      for (const shown of editor.visibleRanges) {
        const screen = shown.end.line - shown.start.line + 1;
        const last = Math.min(document.lineCount - 1, shown.end.line + screen);
        let from = Math.max(0, shown.start.line - screen);
        const add = (to: number) => {
          if (to >= from) ranges.push(offsets(document, new vscode.Range(from, 0, to, document.lineAt(to).text.length)));
        };
        for (let line = from; line <= last; line++)
          if (document.lineAt(line).text.length > LONGEST_LINE) {
            add(line - 1);
            from = line + 1;
          }
        add(last);
      }
    }
    return ranges;
  }

  function cursorOf(document: vscode.TextDocument): number {
    const editor =
      vscode.window.activeTextEditor?.document === document
        ? vscode.window.activeTextEditor
        : vscode.window.visibleTextEditors.find((e) => e.document === document);
    return editor ? document.offsetAt(editor.selection.active) : 0;
  }

  async function ask(document: vscode.TextDocument, { run }: Questions): Promise<boolean> {
    const uri = document.uri.toString();
    if (document.isClosed || !isOn(document) || document.offsetAt(new vscode.Position(document.lineCount, 0)) > LARGEST) {
      notes.clearLive(uri);
      return false;
    }
    const ranges = visible(document);
    if (ranges.length === 0) return false;
    const { version } = document;
    askedAt.set(uri, performance.now());
    const { most, budget } = settings.live(document);
    const outcome = await run(
      "live",
      {
        uri,
        version,
        language: languageOf(document),
        ranges: ranges.slice(0, 1024),
        cursor: cursorOf(document),
        most,
        known: notes.liveRound(uri),
        conventions: settings.conventions(document),
        style: settings.noteStyle(document),
        timeout: budget,
      },
      { timeout: Math.max(2000, budget * 10), priority: 2 },
    );
    if (outcome.status === "cancelled") return document.version !== version;
    if (outcome.status !== "done") return false;
    cost.set(uri, outcome.milliseconds);
    if (!isOn(document)) return false;
    if (document.version !== version) return true;
    clearTimeout(staleTimers.get(uri));
    staleTimers.delete(uri);
    notes.setLive(document, outcome.answer);
    return outcome.answer.waiting.length > 0;
  }

  /** One question at a time for a document; when the text went on meanwhile or formulas wait their turn, the next follows at once. */
  async function update(document: vscode.TextDocument): Promise<void> {
    const uri = document.uri.toString();
    const going = asking.get(uri);
    if (going) {
      going.again = true;
      const spent = performance.now() - (askedAt.get(uri) ?? 0);
      if (going.version === document.version || spent < SUPERSEDED_AFTER) return;
      // What is dear is asked about less often from now on, or it would never come to its end while one types.
      cost.set(uri, Math.max(cost.get(uri) ?? 0, 2 * spent));
      going.asking.giveUp();
      return;
    }
    try {
      for (let again = true; again; ) {
        const round: Round = { again: false, version: document.version, asking: questions(engine) };
        asking.set(uri, round);
        again = await ask(document, round.asking);
        again ||= round.again;
      }
    } finally {
      asking.delete(uri);
    }
  }

  function schedule(document: vscode.TextDocument, { wait, pause }: { readonly wait: number; readonly pause: boolean }) {
    const uri = document.uri.toString();
    if (timers.has(uri)) {
      if (!pause) return;
      clearTimeout(timers.get(uri));
    }
    timers.set(
      uri,
      setTimeout(() => {
        timers.delete(uri);
        void update(document);
      }, wait),
    );
  }

  function scheduleEdited(document: vscode.TextDocument) {
    const uri = document.uri.toString();
    const { wait, pause } = pace(cost.get(uri) ?? 0);
    const rest = pause ? wait : (askedAt.get(uri) ?? Number.NEGATIVE_INFINITY) + wait - performance.now();
    if (rest <= 0 && !timers.has(uri)) void update(document);
    else schedule(document, { wait: Math.max(0, rest), pause });
  }

  function edited(document: vscode.TextDocument) {
    const uri = document.uri.toString();
    for (const { document: other } of vscode.window.visibleTextEditors)
      if (other === document || documents.family(uri)?.includes(other.uri.toString())) if (isOn(other)) scheduleEdited(other);
    if (!isOn(document) || staleTimers.has(uri)) return;
    staleTimers.set(
      uri,
      setTimeout(() => {
        staleTimers.delete(uri);
        notes.markLiveStale(uri);
      }, STALE_AFTER),
    );
  }

  const scheduleVisible = (wait = 0) => {
    for (const document of new Set(vscode.window.visibleTextEditors.map((e) => e.document))) {
      if (isOn(document)) schedule(document, { wait, pause: false });
      else notes.clearLive(document.uri.toString());
    }
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
    const owner = ownerOf(document.uri);
    const on = !isOn(document);
    choices.delete(owner); // to the end: the most recent choices are kept
    choices.set(owner, on);
    if (!document.isUntitled) void context.workspaceState.update(CHOICES, [...choices].slice(-MOST_CHOICES));
    scheduleVisible();
    liveKey();
  }

  scheduleVisible();
  liveKey();
  return vscode.Disposable.from(
    vscode.commands.registerCommand("scholium.toggleLive", toggle),
    documents.onDidChange(({ document }) => edited(document)),
    documents.onDidChangeFamily((cells) => {
      for (const { document } of vscode.window.visibleTextEditors)
        if (cells.includes(document.uri.toString()) && isOn(document)) schedule(document, { wait: 0, pause: false });
    }),
    documents.onDidClose((document) => {
      const uri = document.uri.toString();
      for (const map of [timers, staleTimers]) {
        clearTimeout(map.get(uri));
        map.delete(uri);
      }
      cost.delete(uri);
      askedAt.delete(uri);
    }),
    // A worker that died forgets what it told: the next answer starts anew, and here is its occasion.
    engine.onDidCrash(() => scheduleVisible(1000)),
    vscode.window.onDidChangeActiveTextEditor(liveKey),
    vscode.window.onDidChangeVisibleTextEditors(() => scheduleVisible()),
    vscode.window.onDidChangeTextEditorVisibleRanges(
      ({ textEditor: { document } }) => isOn(document) && schedule(document, { wait: SCROLL, pause: false }),
    ),
    settings.onDidChange(() => {
      scheduleVisible();
      liveKey();
    }),
    new vscode.Disposable(() => {
      for (const timer of [...timers.values(), ...staleTimers.values()]) clearTimeout(timer);
    }),
  );
}
