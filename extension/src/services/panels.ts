// The panels of Visualize: at most one follows its formula, pinned ones keep their value. The view draws; what it shows comes in messages.
import * as vscode from "vscode";
import { DecodeError, integer, object, optional, range, shortText } from "../decode.js";
import { type Change, moveRange } from "../edits.js";
import { type FromPanel, fromPanel, type PanelAnswer, type ToPanel, type View } from "../protocol.js";
import { editorRange } from "./documents.js";
import { currentTheme, type Services } from "./index.js";
import { failureText, placeOf } from "./notes.js";
import { panelHtml } from "./panelHtml.js";
import { panelTexts } from "./panelTexts.js";

const MOST_PANELS = 4;

/** What a panel keeps over a reload of the window; written by the view, so it is decoded like any other message. */
const savedState = object({ uri: shortText(8192), range, rank: optional(integer()) });

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly disposables: vscode.Disposable[];
  uri: string;
  range: readonly [number, number];
  pinned: boolean;
  ready: boolean;
  rev: number;
  view?: View;
  /** The newest message of each type, for a view that starts or comes back. */
  readonly last: Map<ToPanel["type"], ToPanel>;
  updating: boolean;
  again: boolean;
}

export class Panels implements vscode.Disposable {
  readonly #services: Services;
  readonly #viewType: string;
  readonly #open = new Set<Shown>();
  readonly #watching: vscode.Disposable;

  constructor(services: Services, viewType: string) {
    this.#services = services;
    this.#viewType = viewType;
    const { documents, settings, engine } = services;
    this.#watching = vscode.Disposable.from(
      documents.onDidChange(({ document, changes }) => this.#edited(document, changes)),
      documents.onDidClose((document) => this.#closed(document.uri.toString())),
      settings.onDidChange(() => this.#each((p) => this.#sendSettings(p))),
      vscode.window.onDidChangeActiveColorTheme(() => this.#each((p) => this.#sendSettings(p))),
      engine.onDidCrash((reason) => this.#each((p) => p.pinned || this.#state(p, "lost", services.texts.t("The engine stopped ({0}).", reason)))),
    );
  }

  dispose(): void {
    this.#watching.dispose();
    for (const shown of this.#open) shown.panel.dispose();
  }

  /** Shows the value at a range in the panel that follows, or in a new one. The focus stays in the editor. */
  async show(document: vscode.TextDocument, at: readonly [number, number]): Promise<void> {
    let shown = [...this.#open].find((p) => !p.pinned);
    if (!shown) {
      const { t } = this.#services.texts;
      if (this.#open.size >= MOST_PANELS) {
        void vscode.window.showInformationMessage(t("{0} panels are pinned already; close or unpin one.", MOST_PANELS));
        return;
      }
      const panel = vscode.window.createWebviewPanel(
        this.#viewType,
        "Scholium",
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        {
          enableScripts: true,
          localResourceRoots: [this.#resources()],
        },
      );
      shown = this.#adopt(panel, document.uri.toString(), at);
    } else {
      shown.uri = document.uri.toString();
      shown.range = at;
      shown.panel.reveal(undefined, true);
    }
    await this.#update(shown);
  }

  /** A panel that VS Code brings back after a reload. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#resources()] };
    const { t } = this.#services.texts;
    try {
      const saved = savedState(state);
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(saved.uri, true));
      await this.#update(this.#adopt(panel, saved.uri, saved.range), document);
    } catch (e) {
      if (!(e instanceof DecodeError)) this.#services.log.warn(`panel not restored: ${e}`);
      this.#state(this.#adopt(panel, "", [0, 0]), "empty", t("Select a matrix or formula, then run Visualize."));
    }
  }

  #resources = () => vscode.Uri.joinPath(this.#services.context.extensionUri, "dist", "webview");
  #each = (f: (p: Shown) => void) => this.#open.forEach(f);

  #adopt(panel: vscode.WebviewPanel, uri: string, at: readonly [number, number]): Shown {
    const shown: Shown = {
      panel,
      disposables: [],
      uri,
      range: at,
      pinned: false,
      ready: false,
      rev: 0,
      last: new Map(),
      updating: false,
      again: false,
    };
    panel.webview.html = panelHtml(panel.webview, this.#resources(), this.#services.texts.t("Scholium panel"));
    shown.disposables.push(
      panel.webview.onDidReceiveMessage((message) => this.#received(shown, message)),
      panel.onDidDispose(() => {
        this.#open.delete(shown);
        for (const d of shown.disposables) d.dispose();
      }),
    );
    this.#open.add(shown);
    this.#sendSettings(shown);
    return shown;
  }

  #send(shown: Shown, message: ToPanel): void {
    if (message.type !== "settings") shown.last.delete(message.type === "show" ? "state" : "show");
    shown.last.set(message.type, message);
    if (shown.ready) void shown.panel.webview.postMessage(message);
  }

  #sendSettings(shown: Shown): void {
    const { settings, texts } = this.#services;
    this.#send(shown, { type: "settings", palette: settings.palette(), theme: currentTheme(), motion: settings.motion(), texts: panelTexts(texts) });
  }

  #state(shown: Shown, state: (ToPanel & { type: "state" })["state"], message: string, hint?: string): void {
    // A state never takes the picture away that is there: keep the value for a view that starts later.
    const value = shown.last.get("show");
    this.#send(shown, { type: "state", rev: ++shown.rev, state, message, ...(hint ? { hint } : {}) });
    if (value && state !== "empty") shown.last.set("show", value);
  }

  async #update(shown: Shown, given?: vscode.TextDocument): Promise<void> {
    if (shown.updating) {
      shown.again = true;
      return;
    }
    shown.updating = true;
    try {
      do {
        shown.again = false;
        const document = given ?? this.#services.documents.get(shown.uri);
        if (document && this.#open.has(shown)) await this.#ask(shown, document);
      } while (shown.again);
    } finally {
      shown.updating = false;
    }
  }

  async #ask(shown: Shown, document: vscode.TextDocument): Promise<void> {
    const { engine, settings, texts } = this.#services;
    const { version } = document;
    const timeout = settings.timeout(document);
    const waiting = setTimeout(() => this.#state(shown, "loading", texts.t("Computing ...")), 150);
    const outcome = await engine.run(
      "panel",
      { place: placeOf(document, shown.range), conventions: settings.conventions(document), timeout },
      { timeout, priority: 0 },
    );
    clearTimeout(waiting);
    if (document.version !== version || !this.#open.has(shown)) return;
    if (outcome.status === "done") this.#answered(shown, outcome.answer);
    else if (outcome.status !== "stale" && outcome.status !== "cancelled") this.#state(shown, "problem", failureText(outcome, texts));
  }

  #answered(shown: Shown, answer: PanelAnswer): void {
    const { t } = this.#services.texts;
    if (answer.ok) {
      shown.range = answer.region.range;
      shown.view = answer.view;
      shown.panel.title = `Scholium: ${answer.view.title}`;
      this.#send(shown, { type: "show", rev: ++shown.rev, pinned: shown.pinned, view: answer.view });
      return;
    }
    const { message, hint } = answer.problem;
    if (shown.view) this.#state(shown, "stale", t("Last good value; the formula has changed. {0}", message), hint);
    else this.#state(shown, "problem", message, hint);
  }

  #edited(document: vscode.TextDocument, changes: readonly Change[]): void {
    const uri = document.uri.toString();
    this.#each((p) => {
      if (p.uri !== uri) return;
      p.range = moveRange(p.range, changes);
      if (!p.pinned) void this.#update(p);
    });
  }

  #closed(uri: string): void {
    const { t } = this.#services.texts;
    this.#each((p) => p.uri === uri && this.#state(p, "stale", t("The source is closed; this is its last value.")));
  }

  #received(shown: Shown, data: unknown): void {
    let message: FromPanel;
    try {
      message = fromPanel(data);
    } catch (e) {
      if (!(e instanceof DecodeError)) throw e;
      this.#services.log.warn(`message of the panel refused: ${e.message}`);
      return;
    }
    void this.#act(shown, message);
  }

  async #act(shown: Shown, message: FromPanel): Promise<void> {
    const { documents, engine, places } = this.#services;
    const document = documents.get(shown.uri);
    switch (message.type) {
      case "ready":
        shown.ready = true;
        for (const type of ["settings", "show", "state"] as const) {
          const last = shown.last.get(type);
          if (last) void shown.panel.webview.postMessage(last);
        }
        return;
      case "pin":
        shown.pinned = message.pinned;
        if (!message.pinned) await this.#update(shown);
        return;
      case "goto":
      case "back": {
        if (!document) return;
        const editor = await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
        if (message.type === "back") return;
        editor.selection = new vscode.Selection(document.positionAt(shown.range[0]), document.positionAt(shown.range[1]));
        editor.revealRange(editorRange(document, shown.range));
        return;
      }
      case "copy":
        if (document) {
          const id = places.remember({ uri: shown.uri, version: document.version, range: shown.range });
          await vscode.commands.executeCommand("scholium.copyAs", id, message.format);
        }
        return;
      case "save":
        return this.#save(message.format, message.base64);
      case "restart":
        engine.restart();
        return this.#update(shown);
      case "example":
        await vscode.commands.executeCommand("scholium.openSample");
        return;
      default:
        return;
    }
  }

  async #save(format: string, base64: string): Promise<void> {
    const { t } = this.#services.texts;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `matrix.${format}`) } : {}),
      filters: { [format.toUpperCase()]: [format] },
    });
    if (!target) return;
    const binary = atob(base64);
    await vscode.workspace.fs.writeFile(
      target,
      Uint8Array.from(binary, (c) => c.charCodeAt(0)),
    );
    void vscode.window.showInformationMessage(t("Saved {0}", vscode.workspace.asRelativePath(target)));
  }
}
