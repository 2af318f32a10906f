// The hover: typeset value, facts, small figures, actions. Everything is made in the worker; colours are baked in, as a picture in a
// hover follows the system's theme and not the editor's.
import * as vscode from "vscode";
import type { Fact, HoverAnswer } from "../protocol.js";
import { editorRange, offsets } from "../services/documents.js";
import { currentTheme, type Services } from "../services/index.js";
import { type Note, placeOf } from "../services/notes.js";

/** The editor cuts a hover's Markdown at 100,000 characters, in the middle of a picture if it must. */
const LONGEST = 60_000;
const COMMANDS = ["scholium.copyAs", "scholium.append", "scholium.visualize", "scholium.goTo", "scholium.keepLive"] as const;
type Command = (typeof COMMANDS)[number];
/** Languages in which formulas stand in the text itself; elsewhere other extensions have hovers of their own. */
const PROSE = new Set(["markdown", "latex", "tex", "plaintext", "restructuredtext", "typst", "csv", "tsv"]);
/** A place in a text that was not asked for by a note may take this many budgets of a live note. */
const PATIENCE = 5;
const MOST_USED = 24;
/** Whether the reader was asked once to keep values shown. */
const ASKED = "live.offered";

const escape = (text: string) => text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, "\\$&");
const attribute = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("\n", " ");

/** A picture as Markdown understands it, with its words for those who do not see it. */
function image({ svg, width, height }: { readonly svg: string; readonly width: number; readonly height: number }, words: string): string {
  const bytes = new TextEncoder().encode(svg);
  let binary = "";
  for (let i = 0; i < bytes.length; i += 4096) binary += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return `<img src="data:image/svg+xml;base64,${btoa(binary)}" width="${width}" height="${height}" alt="${attribute(words)}">`;
}

function fence(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((s) => s.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}\n${text}\n${marks}`;
}

const link = (command: Command, label: string, ...args: readonly unknown[]) =>
  `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;

/** A section of the hover; those of a high rank are left out first when there is no room. */
interface Section {
  readonly rank: number;
  readonly text: string;
  /** Stands in for it. */
  readonly instead?: string;
}

function joined(sections: readonly Section[]): string {
  let left = sections.filter((s) => s.text);
  const text = () => left.map((s) => s.text).join("\n\n");
  for (const rank of [5, 4, 3, 2]) {
    if (text().length <= LONGEST) break;
    left = left.flatMap((s) => (s.rank < rank ? [s] : s.instead ? [{ rank: 0, text: s.instead }] : []));
  }
  return text().slice(0, LONGEST);
}

export function register(services: Services): vscode.Disposable {
  const { context, engine, hovers, notes, places, settings, texts } = services;
  const { t } = texts;

  const factsLine = (facts: readonly Fact[]) => facts.map(({ label, value }) => `${escape(t(label))} **${escape(value)}**`).join(" · ");

  /** The definitions a value was made of, each a link to its place. */
  function used(document: vscode.TextDocument, answer: HoverAnswer & { ok: true }): string {
    const links = answer.used.slice(0, MOST_USED).map(({ name, range, uri }) => {
      const shown = `\`${name.replaceAll("`", "'")}\``;
      if (!range) return shown;
      const owner = uri ?? document.uri.toString();
      const version = services.documents.get(owner)?.version ?? document.version;
      return link("scholium.goTo", shown, places.remember({ uri: owner, version, range }));
    });
    return links.length ? `${t("Uses")} ${links.join(", ")}` : "";
  }

  function sections(document: vscode.TextDocument, answer: HoverAnswer & { ok: true }, note: Note | undefined): Section[] {
    const id = places.remember({ uri: document.uri.toString(), version: document.version, range: answer.region.range });
    const more = answer.abridged ? ` · ${link("scholium.visualize", t("more…"), id)}` : "";
    const actions = [
      link("scholium.copyAs", `$(copy) ${t("Copy")}`, id),
      link("scholium.append", `$(edit) ${t("Append")}`, id),
      ...(answer.isArray ? [link("scholium.visualize", `$(graph) ${t("Visualize")}`, id)] : []),
    ].join("&nbsp;&nbsp;·&nbsp;&nbsp;");
    const details = [
      ...(answer.moreFacts.length ? [factsLine(answer.moreFacts)] : []),
      ...(answer.remarks.length ? [answer.remarks.map((r) => `- ${escape(r)}`).join("\n")] : []),
    ].join("\n\n");
    const offer = note?.explicit && !context.globalState.get(ASKED) ? link("scholium.keepLive", t("Keep values shown in this file?")) : "";
    return [
      { rank: 2, text: answer.picture ? image(answer.picture, answer.words) : fence(answer.text), instead: fence(answer.text) },
      { rank: 1, text: factsLine(answer.facts) + more },
      { rank: 3, text: answer.figure ? image(answer.figure, answer.figure.words) : "" },
      { rank: 0, text: [actions, offer].filter(Boolean).join("&nbsp;&nbsp;·&nbsp;&nbsp;") },
      { rank: 4, text: used(document, answer) },
      { rank: 5, text: details && `<details><summary>${escape(t("More"))}</summary>\n\n${details}\n\n</details>` },
    ];
  }

  function markdown(text: string): vscode.MarkdownString {
    const md = new vscode.MarkdownString(text, true);
    md.supportHtml = true;
    md.isTrusted = { enabledCommands: [...COMMANDS] };
    return md;
  }

  /** What is wrong, with the text it is about. */
  function problemHover(document: vscode.TextDocument, answer: HoverAnswer & { ok: false }): vscode.Hover {
    const { problem } = answer;
    const range = editorRange(document, problem.range);
    const at = document.getText(range).slice(0, 200);
    const parts = [escape(problem.message), ...(at.trim() ? [fence(at)] : []), ...(problem.hint ? [escape(problem.hint)] : [])];
    return new vscode.Hover(markdown(parts.join("\n\n")), range);
  }

  /** What a hover at this position speaks of: its note, the selection, or what is around it. */
  function rangeAt(document: vscode.TextDocument, position: vscode.Position, note: Note | undefined): readonly [number, number] {
    if (note) return note.range;
    const editor = vscode.window.activeTextEditor;
    const selection = editor?.document === document ? editor.selection : undefined;
    if (selection && !selection.isEmpty && selection.contains(position)) return offsets(document, selection);
    const offset = document.offsetAt(position);
    return [offset, offset];
  }

  /** In code the hovers of language servers have the room; ours opens on a literal's first line and its closing bracket. */
  const onLiteral = (range: vscode.Range, position: vscode.Position) =>
    position.line === range.start.line || (position.line === range.end.line && position.character >= range.end.character - 1);

  async function hoverAt(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken) {
    const { when, scale, figures, facts } = settings.hover(document);
    if (when === "off" || !settings.allows(document)) return undefined;
    const note = notes.at(document, position);
    if (!note && when === "onNote") return undefined;
    const range = rangeAt(document, position, note);
    const literal = !note && !PROSE.has(document.languageId) && range[0] === range[1];
    const timeout = note?.explicit ? settings.timeout(document) : settings.live(document).budget * PATIENCE;
    const fontSize = vscode.workspace.getConfiguration("editor", document).get<number>("fontSize", 14) * scale;
    const outcome = await engine.run(
      "hover",
      {
        place: placeOf(document, range),
        conventions: settings.conventions(document),
        timeout,
        theme: currentTheme(),
        palette: settings.palette(),
        fontSize: Math.min(200, Math.max(4, fontSize)),
        figures,
        literal,
        facts,
      },
      { timeout, priority: 1, token },
    );
    if (outcome.status !== "done") return undefined;
    const { answer } = outcome;
    // Prose around the pointer is no error of the reader's; a problem is shown only where a note says there is one.
    if (!answer.ok) return note ? problemHover(document, answer) : undefined;
    const shown = editorRange(document, answer.region.range);
    if (literal && (!answer.literal || !onLiteral(shown, position))) return undefined;
    void vscode.commands.executeCommand("setContext", "scholium.didHover", true);
    const text = joined(sections(document, answer, note));
    return new vscode.Hover(markdown(text), shown.contains(position) ? shown : new vscode.Range(position, position));
  }

  async function provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken) {
    const hover = await hoverAt(document, position, token);
    if (hover) hovers.opened(position);
    return hover;
  }

  async function goTo(argument: unknown) {
    const place = places.recall(argument);
    const document = place && services.documents.get(place.uri);
    if (!place || !document) return;
    const range = editorRange(document, place.range);
    const cell = vscode.workspace.notebookDocuments.flatMap((n) => n.getCells()).find((c) => c.document === document);
    if (cell) {
      const at = new vscode.NotebookRange(cell.index, cell.index + 1);
      const editor = await vscode.window.showNotebookDocument(cell.notebook, { selections: [at] });
      editor.revealRange(at);
      return;
    }
    await vscode.window.showTextDocument(document, { selection: range });
  }

  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider([{ scheme: "*" }, { notebookType: "*" }], { provideHover }),
    vscode.commands.registerCommand("scholium.goTo", goTo),
    vscode.commands.registerCommand("scholium.keepLive", async () => {
      await context.globalState.update(ASKED, true);
      await vscode.commands.executeCommand("scholium.toggleLive");
    }),
  );
}
