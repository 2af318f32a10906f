// Draws notes as text after the line: one decoration per line, never text of the document, never a line more, never a scroll.
import * as vscode from "vscode";
import { editorRange } from "./documents.js";
import type { Note, Notes } from "./notes.js";
import type { Settings } from "./settings.js";

const MOST_LINES = 200;
/** After a line longer than this a note is kept short. */
const LONG_LINE = 100;
const SHORT_NOTE = 24;
const LONGEST_LEAD = 16;
const MOST_ON_A_LINE = 3;
const SEPARATOR = " · ";
/** No decoration at all on lines longer than this. */
const LONGEST_LINE = 20_000;

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

/** A note may stand directly after its formula when nothing but blanks, closing delimiters and punctuation follows on the line. */
const nothingFollows = (rest: string) => /^[\s)\]}$.,;:!?。，；：|>*`"'\\]{0,3}$/u.test(rest.trimEnd());

/** The words that name a formula at the end of a line it is not alone in. */
function lead(document: vscode.TextDocument, note: Note): string {
  const source = document
    .getText(editorRange(document, note.range))
    .replace(/^\$+|\$+$/g, "")
    .trim();
  if (source.length <= LONGEST_LEAD && !source.includes("\n")) return `${source} `;
  const named = note.evaluation?.region?.named;
  return named && named.length <= LONGEST_LEAD ? `${named} ` : "";
}

/** What stands on one line. */
function compose(document: vscode.TextDocument, line: number, notes: readonly Note[], lineEnd: boolean, longest: number): Painted {
  const { text, range } = document.lineAt(line);
  const room = text.length > LONG_LINE ? SHORT_NOTE : Number.POSITIVE_INFINITY;
  const look: Look = notes.every((n) => n.state === "problem") ? "problem" : notes.some((n) => n.state === "value") ? "value" : "stale";
  const said = (n: Note) => (n.state === "stale" ? `${n.text} ⋯` : n.text);
  const [only] = notes;
  if (only && notes.length === 1) {
    const end = document.positionAt(only.range[1]);
    const after = only.explicit && !lineEnd && end.line === line && nothingFollows(text.slice(end.character));
    const alone = text.slice(0, document.positionAt(only.range[0]).line === line ? document.positionAt(only.range[0]).character : 0).trim() === "";
    const words = after || alone || !only.explicit ? said(only) : `${lead(document, only)}${said(only)}`;
    return { look, position: range.end, text: shorten(words, room) };
  }
  const shown: string[] = [];
  let left = (room === SHORT_NOTE ? SHORT_NOTE * 2 : longest) + SEPARATOR.length;
  for (const note of notes) {
    const words = `${lead(document, note)}${said(note)}`;
    if (shown.length >= MOST_ON_A_LINE || words.length + SEPARATOR.length > left) continue;
    shown.push(words);
    left -= words.length + SEPARATOR.length;
  }
  const more = notes.length - shown.length;
  return { look, position: range.end, text: [...shown, ...(more ? [`+${more}`] : [])].join(SEPARATOR) };
}

/** Paints the notes of every visible editor and repaints when they, the editors or the visible lines change. */
export function paintNotes(notes: Notes, settings: Settings, subscriptions: vscode.Disposable[]): void {
  const looks: Record<Look, vscode.TextEditorDecorationType> = {
    value: afterStyle("foreground"),
    stale: afterStyle("staleForeground", { fontStyle: "italic" }),
    problem: afterStyle("errorForeground"),
  };
  const painted = new WeakMap<vscode.TextEditor, string>();
  /** Editors whose decorations are set; the others have nothing to take away. */
  const dirty = new Set<vscode.TextEditor>();

  function paint(editor: vscode.TextEditor): void {
    const { document } = editor;
    const all = notes.of(document.uri.toString());
    if (all.length === 0 && !dirty.has(editor)) return;
    const byLine = new Map<number, Note[]>();
    const cursor = editor.selection.active.line;
    for (const note of all) {
      if (note.text === "") continue;
      const line = document.positionAt(note.range[1]).line;
      if (document.lineAt(line).text.length > LONGEST_LINE && !note.explicit) continue;
      byLine.set(line, [...(byLine.get(line) ?? []), note]);
    }
    const lines = [...byLine.keys()].sort((a, b) => Math.abs(a - cursor) - Math.abs(b - cursor)).slice(0, MOST_LINES);
    const lineEnd = settings.notePosition(document) === "lineEnd";
    const { maxLength: longest } = settings.noteStyle(document);
    const composed = lines.map((line) =>
      compose(
        document,
        line,
        (byLine.get(line) as Note[]).toSorted((a, b) => a.range[0] - b.range[0]),
        lineEnd,
        longest,
      ),
    );
    const key = composed.map((p) => `${p.look} ${p.position.line} ${p.position.character} ${p.text}`).join("\n");
    if (painted.get(editor) === key) return;
    painted.set(editor, key);
    if (key) dirty.add(editor);
    else dirty.delete(editor);
    for (const look of Object.keys(looks) as Look[])
      editor.setDecorations(
        looks[look],
        composed
          .filter((p) => p.look === look)
          .map((p) => ({ range: new vscode.Range(p.position, p.position), renderOptions: { after: { contentText: unbroken(p.text) } } })),
      );
  }

  const paintAll = (uri?: string) => {
    for (const editor of vscode.window.visibleTextEditors) if (!uri || editor.document.uri.toString() === uri) paint(editor);
  };
  subscriptions.push(
    ...Object.values(looks),
    notes.onDidChange(paintAll),
    vscode.window.onDidChangeVisibleTextEditors((editors) => {
      for (const editor of dirty) if (!editors.includes(editor)) dirty.delete(editor);
      paintAll();
    }),
  );
}
