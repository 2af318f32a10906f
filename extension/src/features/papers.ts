// Papers: an arXiv, OpenReview, ACL ... ID in a text is a link; its hover offers the places to read it; a command opens those of a selection.
import * as vscode from "vscode";
import type { Paper } from "../protocol.js";
import { editorRange } from "../services/documents.js";
import type { Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";
import { targetOf } from "../services/target.js";
import { askForCommand } from "../services/values.js";

/** Data in which a bare number is a number. */
const DATA = new Set(["csv", "tsv", "json", "jsonc", "log"]);
const LONGEST_DOCUMENT = 2_000_000;
const ASK_FROM = 10;
const MOST = 50;
const TIMEOUT = 2000;

const month = () => new Date().toISOString().slice(0, 7);

export function register(services: Services): vscode.Disposable {
  const { engine, settings, texts } = services;
  const { t } = texts;
  const found = new WeakMap<vscode.TextDocument, { key: string; papers: Promise<readonly Paper[]> }>();

  async function ask(document: vscode.TextDocument, destinations: readonly string[]): Promise<readonly Paper[]> {
    const outcome = await engine.run("papers", { place: placeOf(document, [0, 0]), now: month(), destinations }, { timeout: TIMEOUT, priority: 2 });
    if (outcome.status === "done") return outcome.answer.papers;
    // Nothing is known: the next one to ask is to try again.
    found.delete(document);
    return [];
  }

  /** The papers of a document, asked for once a version and order of destinations. */
  function papersOf(document: vscode.TextDocument): Promise<readonly Paper[]> {
    if (DATA.has(document.languageId) || !settings.allows(document)) return Promise.resolve([]);
    if (document.offsetAt(new vscode.Position(document.lineCount, 0)) > LONGEST_DOCUMENT) return Promise.resolve([]);
    const destinations = settings.destinations();
    const key = [document.version, document.languageId, ...destinations].join(" ");
    const known = found.get(document);
    if (known?.key === key) return known.papers;
    const papers = ask(document, destinations);
    found.set(document, { key, papers });
    return papers;
  }

  const links: vscode.DocumentLinkProvider = {
    async provideDocumentLinks(document) {
      return (await papersOf(document)).map((paper) => {
        const link = new vscode.DocumentLink(editorRange(document, paper.range), vscode.Uri.parse(paper.url, true));
        link.tooltip = t("Open {0} at {1}", paper.label, paper.places[0]?.name ?? new URL(paper.url).hostname);
        return link;
      });
    },
  };

  const hovers: vscode.HoverProvider = {
    async provideHover(document, position) {
      const at = document.offsetAt(position);
      const paper = (await papersOf(document)).find(({ range }) => range[0] <= at && at <= range[1]);
      if (!paper) return undefined;
      const places = paper.places.map(({ name, url }) => `[${name}](${url.replace(/[()]/g, (c) => (c === "(" ? "%28" : "%29"))})`).join(" · ");
      return new vscode.Hover(new vscode.MarkdownString(`**${paper.label}**\n\n${places}`), editorRange(document, paper.range));
    },
  };

  async function openSelected(): Promise<void> {
    const target = targetOf(services, undefined);
    if (!target || target.ranges.length === 0) return;
    const { document, ranges } = target;
    // Without a selection the line is meant; several cursors mean all of theirs together.
    const meant = ranges.map(([start, end]) =>
      start === end ? document.lineAt(document.positionAt(start).line).range : editorRange(document, [start, end]),
    );
    const place = { ...placeOf(document, ranges[0]), text: meant.map((range) => document.getText(range)).join("\n") };
    const answer = await askForCommand(services, "openings", { place, now: month(), destinations: settings.destinations() }, TIMEOUT);
    if (!answer) return;
    const urls = answer.urls.filter((url) => /^https:\/\//.test(url));
    if (urls.length === 0) void vscode.window.showInformationMessage(t("There is no paper in the selection."));
    else if (urls.length > MOST)
      void vscode.window.showWarningMessage(t("{0} pages are too many to open at once; select fewer papers.", urls.length));
    else {
      const open = t("Open {0} Pages", urls.length);
      if (
        urls.length > ASK_FROM &&
        (await vscode.window.showInformationMessage(t("Open {0} pages in the browser?", urls.length), { modal: true }, open)) !== open
      )
        return;
      for (const url of urls) await vscode.env.openExternal(vscode.Uri.parse(url, true));
    }
  }

  const everywhere = [{ scheme: "*" }];
  return vscode.Disposable.from(
    vscode.languages.registerDocumentLinkProvider(everywhere, links),
    vscode.languages.registerHoverProvider(everywhere, hovers),
    vscode.commands.registerCommand("scholium.openPapers", openSelected),
  );
}
