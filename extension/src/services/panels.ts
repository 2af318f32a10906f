// The panels of Visualize: at most one follows the selection, pinned ones keep their value. The view draws; what it shows comes in messages.
//
// Invariant: what a panel shows is a value in the engine under `sight.key`; when the engine has lost it, it is made again from its recipe.
import * as vscode from "vscode";
import { DecodeError } from "../decode.js";
import { type Change, moveRange } from "../edits.js";
import {
  type ExportFormat,
  type FactorName,
  type FromPanel,
  factorName,
  fromPanel,
  type Part,
  type PartAnswer,
  type Recipe,
  type Sight,
  saved,
  type ToPanel,
} from "../panelMessages.js";
import type { PanelAnswer } from "../protocol.js";
import { editorRange, offsets } from "./documents.js";
import { currentTheme, type Services } from "./index.js";
import { failureText, placeOf } from "./notes.js";
import { pageTexts } from "./pageTexts.js";
import { type PanelParts, panelHtml, panelParts } from "./panelHtml.js";
import { PANEL_TEXTS } from "./panelTexts.js";
import { type Questions, questions } from "./questions.js";
import { saveBytes } from "./saveBytes.js";

const MOST_PANELS = 4;
/** A value that is here sooner is shown without a sign of waiting. */
const PATIENCE = 150;
/** The selection rests so long before a panel follows it. */
const REST = 120;
/** Without a document there are no settings of its own. */
const NO_DOCUMENT = "untitled:scholium";

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly disposables: vscode.Disposable[];
  uri: string;
  range: readonly [number, number];
  /** Asked again in place of the document's text. */
  recipe: Recipe | null;
  pinned: boolean;
  ready: boolean;
  /** The page is set and has not spoken yet: the editor keeps messages for it until it is there. */
  loading: boolean;
  rev: number;
  sight?: Sight;
  /** Sent when the view is there. */
  look?: ToPanel & { type: "look" };
  /** The newest message of each type, for a view that starts or comes back. */
  readonly last: Map<ToPanel["type"], ToPanel>;
  /** The question that is on its way, and the end of it and of those that follow it. */
  asked?: { readonly question: string; why: Ask };
  updating?: Promise<void>;
  /** Another question waits for the end of that one. */
  again?: Ask;
  /** What is being computed for it, and would be for nothing when it shows something else or is closed. */
  readonly asking: Questions;
}

/** The factorisation of this name. */
function factorisation(name: unknown): FactorName | undefined {
  try {
    return factorName(name);
  } catch {
    return undefined;
  }
}

type Ask = "formula" | "selection";

/** What is asked of the engine for a panel, told apart from other questions. */
const questionOf = ({ uri, range, pinned, recipe }: Shown, document: vscode.TextDocument | undefined): string =>
  pinned && recipe ? "recipe" : `${uri} ${document?.version} ${range}`;

/** What one waits for while one looks: it goes before what stands beside it. */
const URGENT: ReadonlySet<Part["kind"]> = new Set(["tile", "cell", "profile"]);

export class Panels implements vscode.Disposable {
  readonly #services: Services;
  readonly #viewType: string;
  readonly #open = new Set<Shown>();
  readonly #watching: vscode.Disposable;
  readonly #parts: Promise<PanelParts>;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(services: Services, viewType: string) {
    this.#services = services;
    this.#viewType = viewType;
    const { documents, settings, engine, texts } = services;
    this.#parts = panelParts(this.#resources());
    this.#watching = vscode.Disposable.from(
      documents.onDidChange(({ document, changes }) => this.#edited(document, changes)),
      documents.onDidClose((document) => this.#closed(document.uri.toString())),
      settings.onDidChange(() => this.#each((p) => this.#sendSettings(p))),
      vscode.window.onDidChangeActiveColorTheme(() => this.#each((p) => this.#sendSettings(p))),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#selected(textEditor)),
      engine.onDidCrash((reason) => this.#each((p) => this.#state(p, "lost", texts.t("The engine stopped ({0}).", reason)))),
    );
  }

  dispose(): void {
    clearTimeout(this.#rest);
    this.#watching.dispose();
    for (const shown of this.#open) shown.panel.dispose();
  }

  /** Shows the value at a range in the panel that follows, or in a new one, and its factors when they are named. The focus stays in the editor. */
  async show(document: vscode.TextDocument, at: readonly [number, number], factors?: unknown): Promise<void> {
    let shown = this.#following();
    if (shown) {
      shown.uri = document.uri.toString();
      shown.range = at;
      shown.panel.reveal(undefined, true);
    } else {
      const { t } = this.#services.texts;
      if (this.#open.size >= MOST_PANELS) {
        void vscode.window.showInformationMessage(t("{0} panels are pinned already; close or unpin one.", MOST_PANELS));
        return;
      }
      const panel = vscode.window.createWebviewPanel(
        this.#viewType,
        "Scholium",
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        this.#options(),
      );
      shown = this.#adopt(panel, document.uri.toString(), at);
    }
    await this.#update(shown);
    const name = factorisation(factors);
    if (name) this.#lookAt(shown, name);
  }

  /** A panel that VS Code brings back after a reload. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    panel.webview.options = this.#options();
    const { t } = this.#services.texts;
    let shown: Shown | undefined;
    try {
      const { uri, range, pinned, recipe } = saved(state);
      shown = this.#adopt(panel, uri, range);
      // Two panels cannot both follow.
      shown.pinned = pinned || [...this.#open].some((p) => p !== shown && !p.pinned);
      shown.recipe = recipe ?? null;
      if (shown.pinned && recipe) return await this.#update(shown);
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
      await this.#update(shown, document);
    } catch (e) {
      if (!(e instanceof DecodeError)) this.#services.log.warn(`panel not restored: ${e}`);
      this.#state(shown ?? this.#adopt(panel, "", [0, 0]), "empty", t("Select a matrix or formula, then run Visualize."));
    }
  }

  #options = () => ({ enableScripts: true, enableCommandUris: false, localResourceRoots: [this.#resources()] });
  #resources = () => vscode.Uri.joinPath(this.#services.context.extensionUri, "dist", "webview");
  #following = () => [...this.#open].find((p) => !p.pinned);
  #each = (f: (p: Shown) => void) => this.#open.forEach(f);

  #adopt(panel: vscode.WebviewPanel, uri: string, at: readonly [number, number]): Shown {
    const shown: Shown = {
      panel,
      disposables: [],
      uri,
      range: at,
      recipe: null,
      pinned: false,
      ready: false,
      loading: false,
      rev: 0,
      last: new Map(),
      asking: questions(this.#services.engine),
    };
    // Before the page is set: its script may be ready at once.
    shown.disposables.push(
      panel.webview.onDidReceiveMessage((message) => this.#received(shown, message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is thrown away and cannot be told anything; it says "ready" when it is back.
        if (!panel.visible) shown.ready = shown.loading = false;
      }),
      panel.onDidDispose(() => {
        this.#open.delete(shown);
        shown.asking.giveUp();
        for (const d of shown.disposables) d.dispose();
        this.#forget(shown.sight?.key);
        this.#sendOthers();
      }),
    );
    this.#open.add(shown);
    this.#sendSettings(shown);
    void this.#parts.then((parts) => {
      if (!this.#open.has(shown)) return;
      panel.webview.html = panelHtml(panel.webview, parts, this.#services.texts.t("Scholium panel"));
      shown.loading = true;
      this.#sendAll(shown);
    });
    return shown;
  }

  #forget(key: string | undefined): void {
    const { engine } = this.#services;
    // An engine that is off has nothing to forget.
    if (key !== undefined && engine.state !== "off") void engine.run("forget", { key }, { timeout: 5000, priority: 2 });
  }

  // ---- messages to the view

  #send(shown: Shown, message: ToPanel): void {
    if (message.type !== "part") shown.last.set(message.type, message);
    if (shown.ready || shown.loading) void shown.panel.webview.postMessage(message);
  }

  /** What a page has to know to show what it shall. */
  #sendAll(shown: Shown): void {
    for (const type of ["settings", "others", "show", "state"] as const) {
      const last = shown.last.get(type);
      if (last) void shown.panel.webview.postMessage(last);
    }
  }

  #sendSettings(shown: Shown): void {
    const { settings, texts } = this.#services;
    this.#send(shown, {
      type: "settings",
      palette: settings.palette(),
      theme: currentTheme(),
      motion: settings.motion(),
      texts: pageTexts(texts, PANEL_TEXTS),
    });
  }

  /** Opens the view of a factorisation, now or when the view is there. */
  #lookAt(shown: Shown, factors: FactorName): void {
    const look = { type: "look" as const, factors };
    if (shown.ready) void shown.panel.webview.postMessage(look);
    else shown.look = look;
  }

  /** A state never takes away the picture that is there. */
  #state(shown: Shown, state: (ToPanel & { type: "state" })["state"], message: string, hint?: string): void {
    this.#send(shown, { type: "state", rev: ++shown.rev, state, message: message.slice(0, 4000), ...(hint ? { hint: hint.slice(0, 4000) } : {}) });
  }

  #sendOthers(): void {
    this.#each((p) => {
      const values = [...this.#open].flatMap(({ sight }) =>
        sight?.kind === "matrix" && sight.key !== p.sight?.key
          ? [{ key: sight.key, title: `${sight.title} (${sight.rows} × ${sight.columns})` }]
          : [],
      );
      this.#send(p, { type: "others", values });
    });
  }

  // ---- values

  /** Asks for the value. What is asked already is not asked again; anything else takes the place of what is asked. */
  #update(shown: Shown, given?: vscode.TextDocument, why: Ask = "formula"): Promise<void> {
    const document = given ?? this.#services.documents.get(shown.uri);
    if (!shown.updating) {
      shown.updating = this.#askAll(shown, document, why).finally(() => {
        shown.updating = undefined;
      });
    } else if (shown.asked?.question === questionOf(shown, document)) {
      if (why === "formula") shown.asked.why = why;
    } else {
      if (shown.again !== "formula") shown.again = why;
      shown.asking.giveUp();
    }
    return shown.updating;
  }

  async #askAll(shown: Shown, document: vscode.TextDocument | undefined, why: Ask): Promise<void> {
    await this.#ask(shown, document, why);
    while (shown.again && this.#open.has(shown)) {
      const next = shown.again;
      shown.again = undefined;
      await this.#ask(shown, this.#services.documents.get(shown.uri), next);
    }
  }

  async #ask(shown: Shown, document: vscode.TextDocument | undefined, why: Ask): Promise<void> {
    const { settings, texts } = this.#services;
    const recipe = shown.pinned && shown.recipe ? shown.recipe : undefined;
    if (!document && !recipe) return;
    const scope = document ?? vscode.Uri.parse(shown.uri || NO_DOCUMENT);
    const version = document?.version;
    const asked = { question: questionOf(shown, document), why };
    shown.asked = asked;
    const place =
      recipe || !document
        ? { uri: shown.uri, version: version ?? 0, language: recipe?.language ?? "plaintext", range: shown.range, text: recipe?.text ?? "" }
        : placeOf(document, shown.range);
    const timeout = settings.timeout(scope);
    const waiting = setTimeout(() => asked.why === "formula" && this.#state(shown, "loading", texts.t("Computing ...")), PATIENCE);
    const ask = { place, conventions: settings.conventions(scope), timeout, ...(recipe ? { recipe } : {}) };
    const outcome = await shown.asking.run("panel", ask, { timeout, priority: why === "formula" ? 0 : 1 });
    clearTimeout(waiting);
    shown.asked = undefined;
    if (!this.#open.has(shown)) return;
    if (!recipe && document && document.version !== version) return;
    if (outcome.status === "done") this.#answered(shown, outcome.answer, asked.why);
    else if (asked.why === "formula" && outcome.status !== "stale" && outcome.status !== "cancelled")
      this.#state(shown, outcome.status === "crashed" ? "lost" : "problem", failureText(outcome, texts));
  }

  #answered(shown: Shown, answer: PanelAnswer, why: Ask): void {
    const { t } = this.#services.texts;
    if (answer.ok) {
      const { sight, region } = answer;
      const old = shown.sight?.key;
      if (!shown.pinned || !shown.recipe) shown.range = region.range;
      shown.sight = sight;
      shown.recipe = sight.recipe;
      const size = sight.kind === "matrix" ? ` (${sight.rows}×${sight.columns})` : "";
      shown.panel.title = `Scholium: ${sight.title.length > 24 ? `${sight.title.slice(0, 23)}…` : sight.title}${size}`;
      shown.last.delete("state");
      this.#send(shown, { type: "show", rev: ++shown.rev, pinned: shown.pinned, sight, source: { uri: shown.uri, range: shown.range } });
      if (old !== sight.key) {
        shown.asking.giveUp();
        this.#forget(old);
      }
      this.#sendOthers();
      return;
    }
    // Passing over prose, or over what has no picture, is no reason to take the last one away.
    if (why === "selection") return;
    const { message, hint } = answer.problem;
    if (shown.sight) this.#state(shown, "stale", t("Last good value; the formula has changed. {0}", message), hint);
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

  #selected(editor: vscode.TextEditor): void {
    clearTimeout(this.#rest);
    const shown = this.#following();
    const { documents, settings } = this.#services;
    const uri = editor.document.uri.toString();
    if (!shown?.panel.visible || !settings.followsSelection() || documents.get(uri) !== editor.document || !settings.allows(editor.document)) return;
    this.#rest = setTimeout(() => {
      const range = offsets(editor.document, editor.selection);
      const inside = uri === shown.uri && range[0] >= shown.range[0] && range[1] <= shown.range[1];
      // A cursor inside the formula that is shown asks nothing new; a selection inside it is a formula of its own.
      if (!this.#open.has(shown) || shown.pinned || shown.updating || (inside && range[0] === range[1])) return;
      void this.#followTo(shown, editor.document, range);
    }, REST);
  }

  /** Looks at another place, and comes back when there is nothing to see. */
  async #followTo(shown: Shown, document: vscode.TextDocument, range: readonly [number, number]): Promise<void> {
    const before = { uri: shown.uri, range: shown.range, key: shown.sight?.key };
    shown.uri = document.uri.toString();
    shown.range = range;
    await this.#update(shown, document, "selection");
    if (shown.sight?.key === before.key) {
      shown.uri = before.uri;
      shown.range = before.range;
    }
  }

  #closed(uri: string): void {
    const { t } = this.#services.texts;
    this.#each((p) => p.uri === uri && this.#state(p, "closed", t("The source is closed; this is its last value.")));
  }

  // ---- messages of the view

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
    switch (message.type) {
      case "ready":
        shown.ready = true;
        shown.loading = false;
        if (message.rev < shown.rev || shown.rev === 0) this.#sendAll(shown);
        if (shown.look) void shown.panel.webview.postMessage(shown.look);
        shown.look = undefined;
        return;
      case "ask": {
        const answer = await this.#part(shown, message.part);
        if (answer && this.#open.has(shown)) this.#send(shown, { type: "part", id: message.id, answer });
        return;
      }
      case "pin":
        return this.#pin(shown, message.pinned);
      case "goto":
      case "back":
        return this.#reveal(shown, message.type === "goto");
      case "export":
        return this.#export(shown, message.format, message.scale);
      case "save":
        return this.#save(shown, message.bytes, message.format);
      case "restart":
        this.#services.engine.restart();
        shown.asked = undefined;
        return this.#update(shown);
      case "example":
        await vscode.commands.executeCommand("scholium.openSample");
    }
  }

  async #pin(shown: Shown, pinned: boolean): Promise<void> {
    shown.pinned = pinned;
    const last = shown.last.get("show");
    if (last?.type === "show") shown.last.set("show", { ...last, pinned });
    if (pinned) return;
    // Only one follows: the one that did keeps its value from now on.
    this.#each((p) => {
      if (p === shown || p.pinned) return;
      p.pinned = true;
      if (p.sight) this.#send(p, { type: "show", rev: ++p.rev, pinned: true, sight: p.sight, source: { uri: p.uri, range: p.range } });
    });
    await this.#update(shown);
  }

  async #reveal(shown: Shown, select: boolean): Promise<void> {
    const document = this.#services.documents.get(shown.uri);
    if (!document) return;
    const column = vscode.window.visibleTextEditors.find((e) => e.document === document)?.viewColumn ?? vscode.ViewColumn.One;
    const editor = await vscode.window.showTextDocument(document, { viewColumn: column });
    if (!select) return;
    editor.selection = new vscode.Selection(document.positionAt(shown.range[0]), document.positionAt(shown.range[1]));
    editor.revealRange(editorRange(document, shown.range));
  }

  /** A part of the value; undefined when a newer picture is on its way. */
  async #part(shown: Shown, part: Part, again = true): Promise<PartAnswer | undefined> {
    const { settings, texts } = this.#services;
    const key = shown.sight?.key;
    if (key === undefined) return undefined;
    const timeout = Math.max(settings.timeout(vscode.Uri.parse(shown.uri || NO_DOCUMENT)), 6000);
    const outcome = await shown.asking.run("part", { key, part, timeout }, { timeout, priority: URGENT.has(part.kind) ? 0 : 1 });
    if (key !== shown.sight?.key) return undefined;
    if (outcome.status === "done") {
      if (outcome.answer.kind !== "gone") return outcome.answer;
      if (!again) return { kind: "refused", message: texts.t("The value is gone; visualize it again."), costly: false };
      return this.#remade(shown, part);
    }
    if (outcome.status === "crashed") return this.#remade(shown, part);
    return { kind: "refused", message: failureText(outcome, texts), costly: false };
  }

  /** Makes lost values again from their recipes. The view asks anew when its value has another key. */
  async #remade(shown: Shown, part: Part): Promise<PartAnswer | undefined> {
    const lost = part.kind === "compare" ? [...this.#open].filter((p) => p.sight?.key === part.other) : [];
    for (const p of [shown, ...lost]) {
      const pinned = p.pinned;
      p.pinned = true;
      await this.#update(p);
      p.pinned = pinned;
      const last = p.last.get("show");
      if (last?.type === "show" && last.pinned !== pinned) this.#send(p, { ...last, rev: ++p.rev, pinned });
    }
    return undefined;
  }

  async #export(shown: Shown, format: ExportFormat, scale: (FromPanel & { type: "export" })["scale"]): Promise<void> {
    const palette = this.#services.settings.palette();
    const answer = await this.#part(shown, { kind: "export", format, theme: currentTheme(), palette, ...(scale ? { scale } : {}) });
    if (answer?.kind === "bytes") await this.#save(shown, answer.bytes, answer.extension);
    else if (answer?.kind === "refused") void vscode.window.showInformationMessage(answer.message);
  }

  async #save(shown: Shown, bytes: Uint8Array, extension: string): Promise<void> {
    const named = shown.sight?.title.replace(/[^\p{L}\p{N}_-]+/gu, "") || "value";
    await saveBytes(this.#services.texts, `${named.slice(0, 40)}.${extension}`, bytes, shown.uri);
  }
}
