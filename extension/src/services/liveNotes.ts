// Live notes of each document, as the worker's answers and the reader's edits leave them. What is shown does not jump while one types: a
// formula that breaks keeps its last value for a while, and the note of the line being typed in does not grow far at once.
import * as vscode from "vscode";
import { type Change, moveRange } from "../edits.js";
import type { LiveAnswer, LiveNote } from "../protocol.js";
import { editorRange } from "./documents.js";
import type { Note } from "./notes.js";

export interface LiveNotes {
  /** The last round in place; 0 for none. */
  known(uri: string): number;
  apply(document: vscode.TextDocument, answer: LiveAnswer): void;
  /** Moves the notes through edits; true when any is gone. */
  edited(uri: string, changes: readonly Change[]): boolean;
  /** No answer has come for a while: what was edited is of an older text. */
  markStale(uri: string): void;
  clear(uri: string): boolean;
  of(uri: string): readonly Note[];
}

/** A formula that stops being readable keeps its last value this long before the error shows. */
const PATIENCE = 700;
/** A note on the line being typed in waits this long before it grows by more than ... */
const SETTLED = 300;
/** ... this many characters. */
const JUMP = 20;
/** Through an event of more edits than this, notes are not followed but made anew. */
const MOST_CHANGES = 100;

interface Held {
  readonly text: string;
  readonly brief?: readonly string[] | undefined;
  readonly state: "value" | "stale";
  readonly until: number;
}

interface Entry {
  readonly note: LiveNote;
  range: readonly [number, number];
  /** A value has stood here, so that an error is news. */
  readonly spoken: boolean;
  /** When the reader last typed in it. */
  editedAt: number;
  /** Edited, and not answered since. */
  touched: boolean;
  stale: boolean;
  /** What is shown instead for a while. */
  held?: Held;
  /** Its formula is gone; shown while held. */
  ghost?: boolean;
}

interface Known {
  round: number;
  entries: Map<number, Entry>;
  timer?: ReturnType<typeof setTimeout>;
}

const overlap = (a: readonly [number, number], b: readonly [number, number]) => a[0] <= b[1] && b[0] <= a[1];
const visible = (e: Entry) => e.note.ok || !e.note.quiet || e.spoken;

/** Whether the reader's cursor stands on a line of the range. */
function cursorIn(document: vscode.TextDocument, range: readonly [number, number]): boolean {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) return false;
  const { start, end } = editorRange(document, range);
  const { line } = editor.selection.active;
  return start.line <= line && line <= end.line;
}

export function editorLiveNotes(fire: (uri: string) => void, subscriptions: vscode.Disposable[]): LiveNotes {
  const known = new Map<string, Known>();

  /** What an entry shows now. */
  function shown(e: Entry, now: number): Pick<Note, "text" | "brief" | "state"> {
    if (e.held && now < e.held.until) return { text: e.held.text, state: e.held.state, brief: e.held.brief };
    return { text: e.note.note, brief: e.note.brief, state: e.note.ok ? (e.stale ? "stale" : "value") : "problem" };
  }

  /** Fires again when the next thing that is held runs out. */
  function watch(uri: string, state: Known): void {
    clearTimeout(state.timer);
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [id, e] of state.entries) {
      if (!e.held) continue;
      if (e.held.until <= now) {
        e.held = undefined;
        if (e.ghost) state.entries.delete(id);
      } else next = Math.min(next, e.held.until);
    }
    if (next === Number.POSITIVE_INFINITY) return;
    state.timer = setTimeout(() => {
      watch(uri, state);
      fire(uri);
    }, next - now);
  }

  /** The entry that takes the place of another one. */
  function succeed(document: vscode.TextDocument, note: LiveNote, before: Entry | undefined, now: number): Entry {
    const entry: Entry = {
      note,
      range: note.range,
      spoken: note.ok || (before?.spoken ?? false),
      editedAt: before?.editedAt ?? 0,
      touched: false,
      stale: false,
    };
    if (!before || !visible(before)) return entry;
    const last = shown(before, now);
    if (last.state === "problem" || !cursorIn(document, note.range)) return entry;
    if (!note.ok && now < entry.editedAt + PATIENCE) entry.held = { ...last, state: "stale", until: entry.editedAt + PATIENCE };
    else if (note.ok && note.note.length - last.text.length > JUMP && now < entry.editedAt + SETTLED)
      entry.held = { ...last, state: last.state === "stale" ? "stale" : "value", until: entry.editedAt + SETTLED };
    return entry;
  }

  subscriptions.push(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document } }) => {
      const uri = document.uri.toString();
      const state = known.get(uri);
      if (!state) return;
      let released = false;
      for (const [id, e] of state.entries)
        if (e.held && !cursorIn(document, e.range)) {
          e.held = undefined;
          if (e.ghost) state.entries.delete(id);
          released = true;
        }
      if (released) fire(uri);
    }),
    new vscode.Disposable(() => {
      for (const { timer } of known.values()) clearTimeout(timer);
    }),
  );

  return {
    known: (uri) => known.get(uri)?.round ?? 0,
    apply(document, answer) {
      const uri = document.uri.toString();
      const now = Date.now();
      const state: Known = known.get(uri) ?? { round: 0, entries: new Map() };
      known.set(uri, state);
      const current = new Map<number, readonly [number, number]>();
      for (let i = 0; i + 2 < answer.places.length; i += 3)
        current.set(answer.places[i] as number, [answer.places[i + 1] as number, answer.places[i + 2] as number]);
      const gone = [...state.entries.values()].filter((e) => answer.reset || !current.has(e.note.id));
      const entries = new Map<number, Entry>();
      for (const note of answer.set)
        entries.set(
          note.id,
          succeed(
            document,
            note,
            gone.find((e) => overlap(e.range, note.range)),
            now,
          ),
        );
      for (const [id, range] of current) {
        const e = state.entries.get(id);
        if (!e || answer.reset || entries.has(id)) continue;
        e.range = range;
        e.touched = false;
        e.stale = false;
        entries.set(id, e);
      }
      // Those that wait their turn keep the notes they had; a formula that was just broken keeps its last value for a while.
      const waits = (range: readonly [number, number]) => {
        for (let i = 0; i + 1 < answer.waiting.length; i += 2)
          if (overlap([answer.waiting[i] as number, answer.waiting[i + 1] as number], range)) return true;
        return false;
      };
      const succeeded = [...entries.values()].map((e) => e.range);
      for (const e of gone) {
        if (!visible(e) || succeeded.some((r) => overlap(r, e.range))) continue;
        if (waits(e.range)) entries.set(e.note.id, Object.assign(e, { stale: true }));
        else if (e.spoken && now < e.editedAt + PATIENCE && cursorIn(document, e.range)) {
          const last = shown(e, now);
          if (last.state !== "problem")
            entries.set(e.note.id, { ...e, ghost: true, held: { ...last, state: "stale", until: e.editedAt + PATIENCE } });
        }
      }
      state.entries = entries;
      state.round = answer.round;
      watch(uri, state);
      fire(uri);
    },
    edited(uri, changes) {
      const state = known.get(uri);
      if (!state) return false;
      if (changes.length > MOST_CHANGES) return this.clear(uri);
      const now = Date.now();
      let gone = false;
      for (const [id, e] of state.entries) {
        if (changes.some((c) => c.start <= e.range[1] && c.start + c.length >= e.range[0])) {
          e.editedAt = now;
          e.touched = true;
          if (e.held) e.held = { ...e.held, until: now + (e.note.ok ? SETTLED : PATIENCE) };
        }
        e.range = moveRange(e.range, changes);
        if (e.range[0] >= e.range[1]) gone = state.entries.delete(id);
      }
      return gone;
    },
    markStale(uri) {
      let any = false;
      for (const e of known.get(uri)?.entries.values() ?? [])
        if (e.touched && !e.stale) {
          e.stale = true;
          any = true;
        }
      if (any) fire(uri);
    },
    clear(uri) {
      const state = known.get(uri);
      clearTimeout(state?.timer);
      return known.delete(uri);
    },
    of(uri) {
      const state = known.get(uri);
      if (!state) return [];
      const now = Date.now();
      const out: Note[] = [];
      for (const e of state.entries.values()) {
        if (!visible(e) || (e.ghost && !(e.held && now < e.held.until))) continue;
        const { note } = e;
        out.push({
          id: -note.id,
          uri,
          range: e.range,
          explicit: false,
          ...shown(e, now),
          ...(note.named ? { named: note.named } : {}),
          ...(note.problem ? { problem: note.problem } : {}),
        });
      }
      return out;
    },
  };
}
