// The notes beside formulas: which exist, where they are, and what they say. Explicit notes come from a command and follow their formula
// through edits; live notes are given anew for a document each time. How they look is the painter's.
//
// A note belongs to a document and a range, never to the active editor. An answer for another version of the document is dropped.

import * as vscode from "vscode";
import { type Change, moveRange } from "../edits.js";
import type { Evaluation, LiveAnswer, Problem } from "../protocol.js";
import { type Documents, editorRange, languageOf } from "./documents.js";
import type { Engine } from "./engine.js";
import type { Texts } from "./l10n.js";
import { editorLiveNotes } from "./liveNotes.js";
import { announced } from "./progress.js";
import { type Questions, questions } from "./questions.js";
import type { Settings } from "./settings.js";

export type NoteState = "pending" | "value" | "stale" | "problem";

export interface Note {
  readonly id: number;
  readonly uri: string;
  /** The formula in the document as it is now. */
  readonly range: readonly [number, number];
  readonly explicit: boolean;
  readonly state: NoteState;
  /** What is shown, without the mark of its state. */
  readonly text: string;
  /** The same where there is little room. */
  readonly brief?: readonly string[] | undefined;
  /** The last answer; of an older text while the state is stale. */
  readonly evaluation?: Evaluation;
  /** The name its formula defines. */
  readonly named?: string;
  /** What is wrong, when something is. */
  readonly problem?: Problem;
}

export interface Notes {
  /** Evaluates the ranges (empty ones are cursors) and keeps a note for each. Resolves when all have an answer. */
  show(document: vscode.TextDocument, ranges: readonly (readonly [number, number])[]): Promise<readonly Note[]>;
  /** Brings the live notes of a document up to date. */
  setLive(document: vscode.TextDocument, answer: LiveAnswer): void;
  /** The last round of live notes in place; 0 for none. */
  liveRound(uri: string): number;
  /** No live notes have come for a while: those of formulas edited since are of an older text. */
  markLiveStale(uri: string): void;
  clearLive(uri: string): void;
  /** Removes the explicit notes of a document, or only some. */
  clear(uri: string, which?: (note: Note) => boolean): void;
  of(uri: string): readonly Note[];
  /** The note whose line ends at this position or whose formula contains it. */
  at(document: vscode.TextDocument, position: vscode.Position): Note | undefined;
  readonly onDidChange: vscode.Event<string>;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A formula that stops being readable keeps its last value this long before the error shows. */
const PATIENCE = 700;
/** A value older than this without a new answer is marked stale. */
const STALE_AFTER = 150;
/** A first answer that takes longer is announced by a mark. */
const PENDING_AFTER = 400;

interface Explicit extends Writable<Note> {
  /** The last answer that was a value. */
  value?: Evaluation & { ok: true };
  lastEdit: number;
  /** Stopped by the reader or a limit: not tried again until its formula is edited. */
  halted?: boolean;
  /** Stop the computations of a text that is being changed. */
  readonly asking: Questions;
  timer?: ReturnType<typeof setTimeout>;
}

export function editorNotes(engine: Engine, documents: Documents, settings: Settings, texts: Texts, subscriptions: vscode.Disposable[]): Notes {
  const changed = new vscode.EventEmitter<string>();
  const explicit = new Map<string, Explicit[]>();
  const refreshing = new Map<string, { again: boolean }>();
  let nextId = 1;

  const fire = (uri: string) => changed.fire(uri);
  const live = editorLiveNotes(fire, subscriptions);

  /** Asks the engine for one note and puts its answer in place. */
  async function answer(document: vscode.TextDocument, note: Explicit): Promise<void> {
    if (note.halted) return;
    const { version } = document;
    const conventions = settings.conventions(document);
    const timeout = settings.timeout(document);
    const mark = setTimeout(
      () => {
        note.text = note.value ? note.text : "⋯";
        note.state = note.value ? "stale" : "pending";
        fire(note.uri);
      },
      note.value ? STALE_AFTER : PENDING_AFTER,
    );
    const outcome = await note.asking.run(
      "evaluate",
      { place: placeOf(document, note.range), conventions, style: settings.noteStyle(document), timeout },
      { timeout, priority: 0 },
    );
    clearTimeout(mark);
    if (document.version !== version) return void (await refresh(note.uri)); // the text went on: ask about the newest
    if (outcome.status === "done") settle(note, outcome.answer);
    else if (outcome.status === "stale") {
      if (!note.value) drop(note);
    } else {
      note.halted = outcome.status === "cancelled" || outcome.status === "timeout";
      note.state = "problem";
      note.text = failureText(outcome, texts);
      note.evaluation = undefined;
    }
  }

  function settle(note: Explicit, evaluation: Evaluation): void {
    clearTimeout(note.timer);
    if (evaluation.ok) {
      note.range = evaluation.region.range;
      note.value = evaluation;
      note.evaluation = evaluation;
      note.state = "value";
      note.text = evaluation.note;
      note.brief = evaluation.brief;
      return;
    }
    if (evaluation.region) note.range = evaluation.region.range;
    const wait = note.value ? note.lastEdit + PATIENCE - Date.now() : 0;
    if (wait > 0) {
      note.state = "stale";
      note.timer = setTimeout(() => {
        settle(note, evaluation);
        fire(note.uri);
      }, wait);
      return;
    }
    note.state = "problem";
    note.evaluation = evaluation;
    note.text = evaluation.note;
    note.brief = evaluation.brief;
    if (evaluation.problem.kind === "timeout") note.halted = true;
  }

  function drop(note: Explicit): void {
    clearTimeout(note.timer);
    const left = (explicit.get(note.uri) ?? []).filter((n) => n !== note);
    if (left.length) explicit.set(note.uri, left);
    else explicit.delete(note.uri);
  }

  /** Evaluates all explicit notes of a document again; one round at a time, the newest text wins. */
  async function refresh(uri: string): Promise<void> {
    const going = refreshing.get(uri);
    if (going) {
      going.again = true;
      return;
    }
    const round = { again: false };
    refreshing.set(uri, round);
    try {
      do {
        round.again = false;
        const document = documents.get(uri);
        if (!document) break;
        await Promise.all([...(explicit.get(uri) ?? [])].map((note) => answer(document, note)));
        if (!round.again) fire(uri);
      } while (round.again);
    } finally {
      refreshing.delete(uri);
    }
  }

  function edited(document: vscode.TextDocument, changes: readonly Change[]): void {
    const uri = document.uri.toString();
    const notes = explicit.get(uri);
    const now = Date.now();
    let dropped = false;
    for (const note of [...(notes ?? [])]) {
      const touched = changes.some((c) => c.start < note.range[1] && c.start + c.length > note.range[0]);
      note.range = grown(document, moveRange(note.range, changes), changes);
      note.lastEdit = now;
      if (touched) {
        note.halted = false;
        note.asking.giveUp();
      }
      if ((note.range[0] === note.range[1] && note.text !== "") || (touched && settings.clearOnEdit(document))) {
        drop(note);
        dropped = true;
      }
    }
    const gone = live.edited(uri, changes);
    if (notes) void refresh(uri);
    if (dropped || gone) fire(uri);
    const cells = documents.family(uri);
    if (cells) refreshCells(cells.filter((cell) => cell !== uri));
  }

  /** What stands in one cell of a notebook may change the values in others. */
  function refreshCells(cells: readonly string[]): void {
    for (const cell of cells) if (explicit.has(cell)) void refresh(cell);
  }

  subscriptions.push(
    changed,
    documents.onDidChange(({ document, changes }) => edited(document, changes)),
    documents.onDidChangeFamily(refreshCells),
    documents.onDidClose((document) => {
      const uri = document.uri.toString();
      for (const note of explicit.get(uri) ?? []) clearTimeout(note.timer);
      explicit.delete(uri);
      live.clear(uri);
      fire(uri);
    }),
    settings.onDidChange((e) => {
      if (!["format", "note", "evaluate"].some((part) => e.affectsConfiguration(`scholium.${part}`))) return;
      for (const uri of explicit.keys()) void refresh(uri);
    }),
    new vscode.Disposable(() => {
      for (const note of [...explicit.values()].flat()) clearTimeout(note.timer);
    }),
  );

  return {
    async show(document, ranges) {
      const uri = document.uri.toString();
      const added: Explicit[] = ranges.map((range) => ({
        id: nextId++,
        uri,
        range,
        explicit: true,
        state: "pending",
        text: "",
        lastEdit: 0,
        asking: questions(engine),
      }));
      explicit.set(uri, [...(explicit.get(uri) ?? []), ...added]);
      const stop = () => {
        for (const note of added) note.asking.giveUp();
      };
      await announced(texts, Promise.all(added.map((note) => answer(document, note))), stop);
      // A new note takes the place of older ones about the same text.
      const answered = added.filter((note) => note.text !== "" && explicit.get(uri)?.includes(note));
      const replaced = (old: Explicit) => !added.includes(old) && answered.some((n) => n.range[0] <= old.range[1] && old.range[0] <= n.range[1]);
      for (const old of [...(explicit.get(uri) ?? [])].filter(replaced)) drop(old);
      fire(uri);
      return answered;
    },
    setLive: live.apply,
    liveRound: live.known,
    markLiveStale: live.markStale,
    clearLive(uri) {
      if (live.clear(uri)) fire(uri);
    },
    clear(uri, which = () => true) {
      for (const note of explicit.get(uri) ?? []) if (which(note)) drop(note);
      fire(uri);
    },
    of(uri) {
      const own = explicit.get(uri) ?? [];
      const others = live.of(uri).filter((l) => !own.some((e) => e.range[0] < l.range[1] && l.range[0] < e.range[1]));
      return [...own, ...others];
    },
    at(document, position) {
      const all = this.of(document.uri.toString());
      const containing = all.find((n) => editorRange(document, n.range).contains(position));
      if (containing) return containing;
      const atEnd = position.character >= document.lineAt(position.line).text.trimEnd().length;
      return atEnd ? all.find((n) => document.positionAt(n.range[1]).line === position.line) : undefined;
    },
    onDidChange: changed.event,
  };
}

/** Delimiters of a formula, with the blanks between them and what is typed. */
const OPENING = /(?:\$|\\[([])\s*$/;
const CLOSING = /^\s*(?:\$|\\[)\]])/;
const NEAR = 8;

/** The range with what was typed at its ends, where that is still between the delimiters of its formula. */
function grown(document: vscode.TextDocument, [start, end]: readonly [number, number], changes: readonly Change[]): readonly [number, number] {
  const [change] = changes;
  if (changes.length !== 1 || !change || change.text === "") return [start, end];
  const [from, to] = [change.start, change.start + change.text.length];
  const text = (a: number, b: number) => document.getText(editorRange(document, [a, b]));
  const blank = (a: number, b: number) => b - a <= NEAR && text(a, b).trim() === "";
  if (from >= end && blank(end, from) && CLOSING.test(text(to, to + NEAR))) return [start, to];
  if (to <= start && blank(to, start) && OPENING.test(text(Math.max(0, from - NEAR), from))) return [from, end];
  return [start, end];
}

/** A document of more than this many characters is not copied to the engine: only what is selected is evaluated. */
const LARGEST_COPY = 5_000_000;

/** A range of a document as a question's place. */
export function placeOf(document: vscode.TextDocument, range: readonly [number, number]) {
  const whole = { uri: document.uri.toString(), version: document.version, language: languageOf(document), range };
  const last = document.offsetAt(new vscode.Position(document.lineCount, 0));
  return last > LARGEST_COPY ? { ...whole, text: document.getText(editorRange(document, range)) } : whole;
}

/** What a note says when the engine could not answer at all. */
export function failureText(outcome: { status: string; limit?: number; message?: string }, texts: Texts): string {
  switch (outcome.status) {
    case "timeout":
      return `⏱ ${texts.t("stopped after {0} s", (outcome.limit ?? 0) / 1000)}`;
    case "cancelled":
      return `⏱ ${texts.t("cancelled")}`;
    case "quarantined":
      return `⚠\uFE0E ${texts.t("stopped the engine twice; change it to try again")}`;
    case "paused":
      return `⚠\uFE0E ${texts.t("the engine is paused; restart it")}`;
    default:
      return `⚠\uFE0E ${texts.t("the engine stopped and was restarted")}`;
  }
}
