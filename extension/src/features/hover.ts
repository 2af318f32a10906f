// The hover: typeset value, facts, small figures, actions. Everything is made in the worker; colours are baked in, as a picture in a
// hover follows the system's theme and not the editor's.
import * as vscode from "vscode";
import type { HoverAnswer } from "../protocol.js";
import { editorRange } from "../services/documents.js";
import { currentTheme, type Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";

/** The editor cuts a hover's Markdown at 100,000 characters, in the middle of a picture if it must. */
const LONGEST = 60_000;
const ACTIONS = ["scholium.copyAs", "scholium.append", "scholium.visualize"] as const;
/** Languages in which formulas stand in the text itself; elsewhere other extensions have hovers of their own. */
const PROSE = new Set(["markdown", "latex", "tex", "plaintext", "csv", "tsv"]);

const escape = (text: string) => text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, "\\$&");
const attribute = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("\n", " ");

/** A picture as Markdown understands it, with its words for those who do not see it. */
function image(svg: string, width: number, height: number, words: string): string {
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

export function register(services: Services): vscode.Disposable {
  const { engine, notes, places, settings, texts } = services;
  const { t } = texts;

  /** The sections of a value's hover, the least important last. */
  function sections(answer: HoverAnswer & { ok: true }, id: number): string[] {
    const picture = answer.picture ? image(answer.picture.svg, answer.picture.width, answer.picture.height, answer.words) : fence(answer.text);
    const facts = answer.facts.map((f) => `${escape(f.label)} **${escape(f.value)}**`).join(" · ");
    const figure = answer.figure ? image(answer.figure.svg, answer.figure.width, answer.figure.height, answer.figure.words) : "";
    const link = (command: string, icon: string, label: string) =>
      `[$(${icon}) ${label}](command:${command}?${encodeURIComponent(JSON.stringify([id]))})`;
    const actions = [
      link("scholium.copyAs", "copy", t("Copy")),
      link("scholium.append", "edit", t("Append")),
      ...(answer.isArray ? [link("scholium.visualize", "graph", t("Visualize"))] : []),
    ].join("&nbsp;&nbsp;·&nbsp;&nbsp;");
    const remarks = answer.remarks.map((r) => `- ${escape(r)}`).join("\n");
    const used = answer.used.length ? `${t("Uses")} ${answer.used.map((u) => `\`${u.name.replaceAll("`", "'")}\``).join(", ")}` : "";
    return [picture, facts, figure, actions, [remarks, used].filter(Boolean).join("\n\n")].filter(Boolean);
  }

  function markdown(parts: readonly string[]): vscode.MarkdownString {
    const md = new vscode.MarkdownString(parts.join("\n\n"), true);
    md.supportHtml = true;
    md.isTrusted = { enabledCommands: [...ACTIONS] };
    return md;
  }

  async function provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken) {
    const { when, scale, figures } = settings.hover(document);
    if (when === "off" || !settings.allows(document)) return undefined;
    const note = notes.at(document, position);
    if (!note && (when === "onNote" || !PROSE.has(document.languageId))) return undefined;
    const offset = document.offsetAt(position);
    const selected = vscode.window.activeTextEditor?.selection;
    const inSelection =
      !note && selected && !selected.isEmpty && selected.contains(position) && vscode.window.activeTextEditor?.document === document;
    const range =
      note?.range ?? (inSelection ? ([document.offsetAt(selected.start), document.offsetAt(selected.end)] as const) : ([offset, offset] as const));
    const timeout = note?.explicit ? settings.timeout(document) : settings.live(document).budget * 5;
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
      },
      { timeout, priority: 1, token },
    );
    if (outcome.status !== "done") return undefined;
    const { answer } = outcome;
    if (!answer.ok) {
      // Prose around the pointer is no error of the reader's; a problem is shown only where a note says there is one.
      if (!note) return undefined;
      const { problem } = answer;
      const at = document.getText(editorRange(document, problem.range)).slice(0, 200);
      const parts = [escape(problem.message), ...(at.trim() ? [fence(at)] : []), ...(problem.hint ? [escape(problem.hint)] : [])];
      return new vscode.Hover(markdown(parts), editorRange(document, problem.range));
    }
    const id = places.remember({ uri: document.uri.toString(), version: document.version, range: answer.region.range });
    const parts = sections(answer, id);
    while (parts.length > 1 && parts.join("\n\n").length > LONGEST) parts.splice(parts.length === 2 ? 0 : 2, 1);
    const shown = editorRange(document, answer.region.range);
    return new vscode.Hover(markdown(parts), shown.contains(position) ? shown : new vscode.Range(position, position));
  }

  return vscode.languages.registerHoverProvider([{ scheme: "*" }, { notebookType: "*" }], { provideHover });
}
