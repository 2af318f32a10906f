// Draws notes as text after the line: one decoration per line, never text of the document, never a line more, never a scroll.
import * as vscode from "vscode";
import type { Change } from "../edits.js";
import { readable } from "../readable.js";
import { type Documents, editorRange } from "./documents.js";
import { showsNotes } from "./editors.js";
import type { Note, Notes } from "./notes.js";
import type { Settings } from "./settings.js";

/** A line and its note should end by this column: beyond, it would be wider than many an editor is. */
const WIDTH = 100;
/** Room for a note at the end of any line; less where lines wrap, as text behind their end brings a horizontal scroll bar. */
const LEAST_ROOM = 24;
const LEAST_ROOM_WRAPPED = 16;
const LONGEST_LEAD = 16;
const MOST_ON_A_LINE = 3;
/** Wider than the dots within a note, such as `2×2 · rank 2`. */
const SEPARATOR = "  ·  ";
/** No decoration at all on lines longer than this. */
const LONGEST_LINE = 20_000;

/** An editor is repainted at most once in this time: a frame. */
const FRAME = 16;
/** Through an event of more edits than this the places of decorations are not followed. */
const MOST_CHANGES = 20;

type Look = "value" | "stale" | "problem";

const color = (id: string) => new vscode.ThemeColor(`scholium.note.${id}`);
const afterStyle = (foreground: string, extra: vscode.ThemableDecorationAttachmentRenderOptions = {}) =>
  vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: { color: color(foreground), backgroundColor: color("background"), margin: "0 0 0 1ch", ...extra },
  });

const unbroken = (text: string) => text.replaceAll(" ", "\u00a0").replaceAll("\n", "\u00a0");
const shorten = (text: string, most: number) => {
  const points = [...text];
  return points.length > most ? `${points.slice(0, most - 1).join("")}…` : text;
};

interface Painted {
  readonly look: Look;
  readonly position: vscode.Position;
  readonly text: string;
}

/** A decoration as it was set and has moved with the text since; NaN when that is not known. */
interface Standing {
  readonly look: Look;
  readonly slot: number;
  readonly text: string;
  offset: number;
}

/**
 * The editor takes all decorations of a type at once: one that changes has all others of its type set again. So each look is several
 * types, its slots, and notes are spread over them.
 */
const SLOTS = 12;
const keyOf = (look: Look, slot: number) => `${look} ${slot}`;

/** A note may stand directly after its formula when nothing but blanks, closing delimiters and punctuation follows on the line. */
const nothingFollows = (rest: string) => /^[\s)\]}$.,;:!?。，；：|>*`"'\\]{0,3}$/u.test(rest.trimEnd());

/** The words that name a formula at the end of a line it is not alone in. */
function lead(document: vscode.TextDocument, note: Note): string {
  const named = note.named ?? note.evaluation?.region?.named;
  if (named && named.length <= LONGEST_LEAD) return `${named} `;
  const source = document.getText(editorRange(document, note.range)).slice(0, 200);
  const before = note.range[0] > 0 ? document.getText(editorRange(document, [note.range[0] - 1, note.range[0]])) : "";
  // What stands between dollars or has commands is LaTeX; code is named as it is written.
  const words = [...(before === "$" || /[\\$]/.test(source) ? readable(source) : source.replace(/\s+/g, " ").trim())];
  return `${words.length <= LONGEST_LEAD ? words.join("") : `${words.slice(0, LONGEST_LEAD - 1).join("")}…`} `;
}

/** What a note may say, from the most telling to the shortest. */
const wordsOf = (note: Note): readonly string[] => [note.text, ...(note.brief ?? [])];

/** How the notes of a line are to be laid out. */
interface Layout {
  readonly lineEnd: boolean;
  readonly longest: number;
  readonly wrapped: boolean;
  /** Others have much to say on this line. */
  readonly crowded: boolean;
}

/** What stands on one line. */
function compose(document: vscode.TextDocument, line: number, notes: readonly Note[], { lineEnd, longest, wrapped, crowded }: Layout): Painted {
  const { text, range } = document.lineAt(line);
  const least = wrapped ? LEAST_ROOM_WRAPPED : LEAST_ROOM;
  const room = crowded && notes.every((n) => !n.explicit) ? least : Math.max(least, Math.min(longest, WIDTH - text.length));
  const look: Look = notes.every((n) => n.state === "problem") ? "problem" : notes.some((n) => n.state === "value") ? "value" : "stale";
  const marked = (n: Note, words: string) => (n.state === "stale" ? `${words} ⋯` : words);
  /** From the most telling to the shortest. */
  const wordings = (n: Note, before: string) => {
    const all = wordsOf(n).map((words) => marked(n, words));
    return before === "" ? all : all.flatMap((words) => [`${before}${words}`, words]);
  };
  const fits = (words: string) => [...words].length <= room;
  const [only] = notes;
  if (only && notes.length === 1) {
    const end = document.positionAt(only.range[1]);
    const after = !(only.explicit && lineEnd) && end.line === line && nothingFollows(text.slice(end.character));
    const alone = text.slice(0, document.positionAt(only.range[0]).line === line ? document.positionAt(only.range[0]).character : 0).trim() === "";
    const all = wordings(only, after || alone ? "" : lead(document, only));
    return { look, position: range.end, text: shorten(all.find(fits) ?? (all.at(-1) as string), room) };
  }
  const shown: string[] = [];
  let left = Math.max(room, 2 * least) + SEPARATOR.length;
  for (const note of notes) {
    const before = lead(document, note);
    const words = wordsOf(note)
      .map((w) => `${before}${marked(note, w)}`)
      .find((w) => w.length + SEPARATOR.length <= left);
    if (shown.length >= MOST_ON_A_LINE || words === undefined) continue;
    shown.push(words);
    left -= words.length + SEPARATOR.length;
  }
  const more = notes.length - shown.length;
  return { look, position: range.end, text: [...shown, ...(more ? [`+${more}`] : [])].join(SEPARATOR) };
}

/** Lines with more than one diagnostic of others: a live note is short there. */
function crowdedLines(document: vscode.TextDocument): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const { range, source } of vscode.languages.getDiagnostics(document.uri))
    if (source !== "Scholium") counts.set(range.start.line, (counts.get(range.start.line) ?? 0) + 1);
  return new Set([...counts].filter(([, n]) => n > 1).map(([line]) => line));
}

/** Gives what shall stand its slots: the one it stands in already, otherwise the one with the fewest. Answers also which slots are to be set. */
function assign(before: readonly Standing[], wanted: readonly (Painted & { readonly offset: number })[]) {
  const changed = new Map<string, { readonly look: Look; readonly slot: number }>();
  const change = (look: Look, slot: number) => changed.set(keyOf(look, slot), { look, slot });
  const left = new Map(before.map((p) => [p.offset, p]));
  const sizes = new Map<string, number>();
  const count = (look: Look, slot: number, by: number) => sizes.set(keyOf(look, slot), (sizes.get(keyOf(look, slot)) ?? 0) + by);
  for (const p of before) count(p.look, p.slot, 1);
  const kept = new Set<Standing>();
  const now = wanted.map(({ look, text, offset }): Standing | null => {
    const old = left.get(offset);
    if (old?.look !== look || kept.has(old)) return null;
    kept.add(old);
    if (old.text !== text) change(look, old.slot);
    return { look, slot: old.slot, text, offset };
  });
  for (const p of before)
    if (!kept.has(p)) {
      change(p.look, p.slot);
      count(p.look, p.slot, -1);
    }
  const all = wanted.map(({ look, text, offset }, i): Standing => {
    const there = now[i];
    if (there) return there;
    let slot = 0;
    for (let s = 1; s < SLOTS; s++) if ((sizes.get(keyOf(look, s)) ?? 0) < (sizes.get(keyOf(look, slot)) ?? 0)) slot = s;
    count(look, slot, 1);
    change(look, slot);
    return { look, slot, text, offset };
  });
  return { now: all, changed };
}

/** Paints the notes of every visible editor and repaints when they, the editors or the visible lines change. The event tells of each painting. */
export function paintNotes(notes: Notes, documents: Documents, settings: Settings, subscriptions: vscode.Disposable[]): vscode.Event<vscode.Uri> {
  const painted = new vscode.EventEmitter<vscode.Uri>();
  const styles: Record<Look, () => vscode.TextEditorDecorationType> = {
    value: () => afterStyle("foreground"),
    stale: () => afterStyle("staleForeground", { fontStyle: "italic" }),
    problem: () => afterStyle("errorForeground"),
  };
  /** Made when first used: most documents have few notes. */
  const types = new Map<string, vscode.TextEditorDecorationType>();
  const typeOf = (look: Look, slot: number) => {
    const key = keyOf(look, slot);
    let type = types.get(key);
    if (!type) types.set(key, (type = styles[look]()));
    return type;
  };
  /** What stands in each editor; editors without an entry have nothing to take away. */
  const standing = new Map<vscode.TextEditor, Standing[]>();
  const lastPaint = new Map<vscode.TextEditor, number>();
  const timers = new Map<vscode.TextEditor, ReturnType<typeof setTimeout>>();
  const waiting = new Set<vscode.TextEditor>();

  /** What an editor shall show. */
  function composed(editor: vscode.TextEditor): Painted[] {
    const { document } = editor;
    if (!showsNotes(editor)) return [];
    const { most, style } = settings.live(document);
    const all = notes.of(document.uri.toString()).filter((n) => n.text !== "" && (n.explicit || style === "note"));
    if (all.length === 0) return [];
    const byLine = new Map<number, Note[]>();
    for (const note of all) {
      const line = document.positionAt(note.range[1]).line;
      if (document.lineAt(line).text.length > LONGEST_LINE && !note.explicit) continue;
      const others = byLine.get(line);
      if (others) others.push(note);
      else byLine.set(line, [note]);
    }
    const cursor = editor.selection.active.line;
    const lines = [...byLine.keys()].sort((a, b) => Math.abs(a - cursor) - Math.abs(b - cursor)).slice(0, most);
    const crowded = crowdedLines(document);
    const lineEnd = settings.notePosition(document) === "lineEnd";
    const { maxLength: longest } = settings.noteStyle(document);
    const wrapped = settings.wraps(document);
    return lines.map((line) => {
      const own = (byLine.get(line) as Note[]).sort((a, b) => a.range[0] - b.range[0]);
      return compose(document, line, own, { lineEnd, longest, wrapped, crowded: crowded.has(line) });
    });
  }

  function paint(editor: vscode.TextEditor): void {
    const { document } = editor;
    const before = standing.get(editor) ?? [];
    const wanted = composed(editor).map((p) => ({ ...p, offset: document.offsetAt(p.position) }));
    if (wanted.length === 0 && before.length === 0) return;
    const { now, changed } = assign(before, wanted);
    if (changed.size === 0) return;
    for (const { look, slot } of changed.values()) {
      const own = now.flatMap((p, i) => (p.look === look && p.slot === slot ? [wanted[i] as Painted] : []));
      editor.setDecorations(
        typeOf(look, slot),
        own.map((p) => ({ range: new vscode.Range(p.position, p.position), renderOptions: { after: { contentText: unbroken(p.text) } } })),
      );
    }
    if (now.length) standing.set(editor, now);
    else standing.delete(editor);
    lastPaint.set(editor, Date.now());
    painted.fire(document.uri);
  }

  /** Paints when all who hear of the same event have heard of it, or when the frame of the last painting is over. */
  function repaint(editor: vscode.TextEditor): void {
    if (waiting.has(editor) || timers.has(editor)) return;
    const wait = (lastPaint.get(editor) ?? 0) + FRAME - Date.now();
    const go = () => {
      waiting.delete(editor);
      timers.delete(editor);
      if (vscode.window.visibleTextEditors.includes(editor)) paint(editor);
    };
    if (wait > 0) timers.set(editor, setTimeout(go, wait));
    else {
      waiting.add(editor);
      queueMicrotask(go);
    }
  }

  const repaintAll = (uri?: string) => {
    for (const editor of vscode.window.visibleTextEditors) if (!uri || editor.document.uri.toString() === uri) repaint(editor);
  };

  /**
   * The editor moves a decoration with the text around it. One that stands just where text came in may be on either side of it: it is set
   * anew, as are those of a line that may have another length or other notes now.
   */
  function follow(document: vscode.TextDocument, changes: readonly Change[]): void {
    for (const [editor, all] of standing) {
      if (editor.document !== document) continue;
      const many = changes.length > MOST_CHANGES;
      const ordered = many ? [] : [...changes].sort((a, b) => b.start - a.start);
      let lost = many || changes.some((c) => c.length > 1 || c.text.includes("\n"));
      for (const p of all) {
        if (many) p.offset = Number.NaN;
        for (const c of ordered) {
          const stop = c.start + c.length;
          if (c.start > p.offset) continue;
          p.offset = stop < p.offset || (stop === p.offset && c.text === "") ? p.offset + c.text.length - c.length : Number.NaN;
        }
        lost ||= Number.isNaN(p.offset);
      }
      if (lost) repaint(editor);
    }
  }

  subscriptions.push(
    painted,
    documents.onDidChange(({ document, changes }) => follow(document, changes)),
    notes.onDidChange(repaintAll),
    settings.onDidChange(() => repaintAll()),
    vscode.window.tabGroups.onDidChangeTabs(() => repaintAll()),
    vscode.window.onDidChangeVisibleTextEditors((editors) => {
      for (const editor of [...standing.keys(), ...lastPaint.keys()])
        if (!editors.includes(editor)) {
          standing.delete(editor);
          lastPaint.delete(editor);
          clearTimeout(timers.get(editor));
          timers.delete(editor);
        }
      repaintAll();
    }),
    new vscode.Disposable(() => {
      for (const type of types.values()) type.dispose();
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
  return painted.event;
}
